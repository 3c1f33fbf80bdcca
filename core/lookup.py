"""Look up the shop or the market that a user named."""

from collections.abc import Iterable
from typing import Literal

from core.clock import spoken
from core.errors import InvalidInput, NotFound
from core.lookalikes import did_you_mean
from core.models import Shop
from core.policy import Policy
from core.record import Record
from core.store import events, shops
from core.store.connection import Store
from core.text import country_code, show
from core.words import named


def find_shop(store: Store, ref: str) -> Shop:
    """Find the shop with this code or id. Raises NotFound, with the code that may be meant."""
    shop = shops.find(store, ref.strip())
    if shop is None:
        meant = did_you_mean(ref.strip(), shops.codes(store))
        raise NotFound(
            f"There is no shop {show(ref, 60)} in this workspace.",
            remedy=meant.strip() or "Check the code.",
            command="See the shops with: shoplink shops",
        )
    return shop


def read_market(policy: Policy, typed: str) -> str:
    """Return the code of a market, written in any case. Raises InvalidInput if the policy does not have it."""
    code = country_code(typed)
    check_market(policy, code, typed)
    return code


def check_market(policy: Policy, code: str, typed: str = "") -> None:
    """Check that the policy has this market. Raises InvalidInput, which names what was typed."""
    if code not in policy.markets:
        codes = ", ".join(sorted(policy.markets))
        problem = f"“{show(typed or code, 60)}” is not a market shoplink knows"
        raise InvalidInput("region", problem, remedy=f"Use one of: {codes}.")


def check_newest(record: Record, subject: Literal["shop", "account", "member"], id: str, facts: Iterable[str]) -> None:
    """Check that none of these facts was entered as of a later moment. Raises InvalidInput."""
    if record.stated_at is None:
        return
    later = events.stated_after(record.store, subject, id, record.stated_at)
    for fact in facts:
        if fact in later:
            raise InvalidInput(
                "date",
                f"is before the newest {named([fact], subject)} entered, as of {spoken(later[fact])}",
                remedy="Enter a later date, or undo that entry first.",
            )
