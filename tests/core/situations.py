"""A situation in which no rule stops anything, and functions that change facts of it."""

import copy
from dataclasses import replace
from datetime import datetime

import data
from core import policy
from core.models import (
    Account,
    AccountKind,
    Link,
    LinkState,
    Member,
    MemberRole,
    MemberState,
    Role,
    Seller,
    Shop,
    Standing,
)
from core.situation import Situation
from tests.support import DAY, LUMEN, NOW

SHOP = Shop(id="shp-1", code="USLC000001", name="Lumen Candle Co.", region="US", seller="sel-1", unlinks_before=0)
SELLER = Seller(id="sel-1", entity=LUMEN)
ACCOUNT = Account(
    id="acc-1",
    username="lumen.candles",
    nickname="Lumen",
    kind=AccountKind.PERSONAL,
    region="US",
    identity_verified=True,
    standing=Standing.GOOD,
    holder_is_adult=True,
)
FITS = Situation(moment="request", shop=SHOP, seller=SELLER, account=ACCOUNT, username="lumen.candles", agreement=True)


def link(id: str = "lnk-1", **facts: object) -> Link:
    given = {
        "shop": "shp-1",
        "account": "acc-2",
        "username": "other.one",
        "role": Role.OFFICIAL,
        "state": LinkState.LINKED,
        "requested_at": NOW - DAY,
        "requested_by": "maya",
        "linked_at": NOW,
    }
    return Link(id=id, **{**given, **facts})


def account(**facts: object) -> Situation:
    return replace(FITS, account=replace(ACCOUNT, **facts))


def shop(links: tuple[Link, ...] = (), **facts: object) -> Situation:
    """The fitting situation at another shop, with these live links of it."""
    return replace(FITS, shop=replace(SHOP, **facts), shop_links=links)


def member(number: int, role: MemberRole = MemberRole.ADMIN, state: MemberState = MemberState.ACTIVE) -> Member:
    return Member(id=f"mem-{number}", account="acc-1", contact=f"{number}@lumen.example", role=role, state=state, invited_at=NOW)


def marketing(count: int, **facts: object) -> tuple[Link, ...]:
    return tuple(link(f"lnk-{number}", role=Role.MARKETING, **facts) for number in range(1, count + 1))


def linked_before(count: int, now: datetime = NOW) -> tuple[datetime, ...]:
    """`count` moments, a day apart, the last of them a day ago."""
    return tuple(now - number * DAY for number in range(count, 0, -1))


def with_own(market: str, rule: str, **limits: int) -> policy.Policy:
    """The catalog with limits of its own for this market."""
    raw = copy.deepcopy(data.load("policy.toml"))
    for name, value in limits.items():
        versions = raw["rules"][rule]["values"][name]
        raw["rules"][rule]["values"][name] = [
            {**version, "value": value, "markets": [market]} for version in versions[:1]
        ] + versions
    return policy.parse(raw, data.load("markets.toml"))
