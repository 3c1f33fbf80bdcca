"""Read what is typed about a shop and its seller, before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core import rules
from core.countries import read_country
from core.errors import InvalidInput, gather
from core.lookup import read_market
from core.models import EARLIER_UNLINKS, Entity, EntityKind
from core.policy import Policy
from core.read_situation import without_shop
from core.text import clean, fold_number, show
from core.verdict import Verdict


def make_entity(kind: str, legal_name: str, registration_number: str, country: str) -> Entity:
    """Make a seller's legal entity from what was typed. Raises InvalidInput for each wrong field."""
    facts = gather(
        lambda: clean("legal name", legal_name),
        lambda: _entity_kind(kind),
        lambda: read_registration_number(registration_number),
        lambda: read_country("country", country),
    )
    return Entity(legal_name=facts[0], kind=facts[1], registration_number=facts[2], country=facts[3])


def _entity_kind(kind: str) -> EntityKind:
    kinds = [entity_kind.value for entity_kind in EntityKind]
    if kind not in kinds:
        raise InvalidInput("entity kind", f"“{show(kind, 40)}” doesn't exist", remedy=f"Use one of: {', '.join(kinds)}.")
    return EntityKind(kind)


def read_registration_number(typed: str) -> str:
    """Read a legal entity's registration number. Raises InvalidInput."""
    number = clean("registration number", typed, "identifier")
    if not fold_number(number):
        raise InvalidInput("registration number", "has no letters or digits", remedy="Write it as on the registration.")
    return number


def read_unlinks_before(typed: str) -> int | None:
    """Read how many unlinks a shop had that are not entered as links; None: unknown. Raises InvalidInput."""
    if not typed.strip():
        return None
    try:
        return EARLIER_UNLINKS.number(typed)
    except InvalidInput:
        problem = f"are not a number from {EARLIER_UNLINKS.least} to {EARLIER_UNLINKS.most}"
        raise InvalidInput("earlier unlinks", problem, remedy="Write a number, such as 0 or 1.") from None


def check_new_name(
    name: str, region: str, policy: Policy, now: datetime, is_taken: Callable[[str, str], bool] = lambda name, region: False
) -> tuple[Verdict, ...]:
    """Ask the rules about a new shop's name in this market. Raises InvalidInput.

    `is_taken`: finds whether another shop has this name in this market.
    """
    name, region = gather(lambda: clean("shop name", name), lambda: read_market(policy, region))
    return rules.ask(without_shop("add", None, region=region, name=name, name_taken=is_taken(name, region)), policy, now)
