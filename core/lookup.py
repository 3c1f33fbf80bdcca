"""Look up the shop or the market that a user named."""

from core.errors import InvalidInput, NotFound
from core.models import Shop
from core.policy import Policy
from core.store import shops
from core.store.connection import Store
from core.text import meant, show

MAX_NEAR = 1000
"""How many names are compared with one that is not known."""


def find_shop(store: Store, ref: str) -> Shop:
    """Find the shop with this code or id. Raises NotFound."""
    shop = shops.find(store, ref.strip())
    if shop is None:
        remedy = f"{meant(ref, shops.codes(store, MAX_NEAR))}See the shops with: shoplink shops"
        raise NotFound(f"There is no shop {show(ref, 60)} in this workspace.", remedy=remedy)
    return shop


def check_market(policy: Policy, region: str) -> None:
    """Check that the policy has this market. Raises InvalidInput."""
    if region not in policy.markets:
        codes = ", ".join(sorted(policy.markets))
        raise InvalidInput("region", f"“{region}” is not a market shoplink knows", remedy=f"Use one of: {codes}.")
