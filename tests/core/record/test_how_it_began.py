"""A record begins in the middle: earlier unlinks are unknown until stated, past links are entered in any order."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, Refused
from core.models import AccountKind, EndedBy, LinkState, Role
from core.workspace import Workspace
from tests.core.record.world import FEW
from tests.support import BIRCH, DAY, LUMEN, MS, NOW, StoppedClock, add_account, add_shop, everything, linked


def shop_of(workspace: Workspace, unlinks_before: int | None = None) -> str:
    return workspace.shops.add("Lumen", "US", LUMEN, unlinks_before=unlinks_before).code


def test_earlier_unlinks_are_unknown_until_stated_and_never_adjusted(workspace: Workspace, clock: StoppedClock) -> None:
    shop = shop_of(workspace)
    add_account(workspace)
    status = workspace.shops.status(shop)
    assert (status.unlinks_used, status.unlinks_left, status.unlinks_left_at_most, status.shop.unlinks_before) == (
        0,
        None,
        3,
        None,
    )
    link = linked(workspace, workspace.shops.get(shop), "lumen.candles")
    clock.move(DAY)
    limit = next(verdict for verdict in workspace.links.check_unlink(link.id) if verdict.rule == "official.unlink-limit")
    assert (limit.outcome, "at most 2 will be left; earlier unlinks not entered" in limit.reason) == ("notice", True)
    assert not workspace.links.unlink_needs_name(link.id)
    workspace.links.unlink(link.id)
    status = workspace.shops.status(shop)
    assert (status.unlinks_used, status.unlinks_left, status.unlinks_left_at_most) == (1, None, 2)
    workspace.shops.state(shop, unlinks_before=1)
    status = workspace.shops.status(shop)
    assert (status.unlinks_used, status.unlinks_left, status.unlinks_left_at_most, status.shop.unlinks_before) == (1, 1, 1, 1)
    workspace.shops.state(shop, unlinks_before=None)
    assert workspace.shops.status(shop).unlinks_left is None


def test_at_most_none_is_none(workspace: Workspace) -> None:
    shop = shop_of(workspace)
    for day in (30, 20, 10):
        workspace.links.record_linked("was.one", shop, Role.OFFICIAL, NOW - day * DAY, NOW - (day - 2) * DAY)
    status = workspace.shops.status(shop)
    assert (status.unlinks_used, status.unlinks_left, status.unlinks_left_at_most) == (3, 0, 0)


def test_the_last_unlink_that_may_be_left_needs_the_name(workspace: Workspace) -> None:
    shop = shop_of(workspace)
    for day in (30, 20):
        workspace.links.record_linked("was.one", shop, Role.OFFICIAL, NOW - day * DAY, NOW - (day - 2) * DAY)
    link = workspace.links.record_linked("was.one", shop, Role.OFFICIAL, NOW - 10 * DAY)
    assert workspace.links.unlink_needs_name(link.id)
    with pytest.raises(InvalidInput, match="Enter the shop's name"):
        workspace.links.unlink(link.id)
    workspace.links.unlink(link.id, "Lumen")


def test_practice_knows_its_past(practice: Workspace) -> None:
    shop = practice.shops.add("Lumen", "US", LUMEN)
    assert practice.shops.status(shop.code).unlinks_left == 3


@pytest.mark.parametrize("value", [-1, 1001])
def test_earlier_unlinks_are_a_number_that_can_be(workspace: Workspace, value: int) -> None:
    shop = shop_of(workspace)
    before = everything(workspace)
    with pytest.raises((InvalidInput, Refused)):
        workspace.shops.state(shop, unlinks_before=value)
    assert everything(workspace) == before


def test_a_link_that_stands_is_one_fact_with_its_date(workspace: Workspace) -> None:
    shop = shop_of(workspace)
    link = workspace.links.record_linked("maplewick", shop, Role.OFFICIAL, NOW - 9 * DAY)
    assert (link.state, link.linked_at) == (LinkState.LINKED, NOW - 9 * DAY)
    assert {link.requested_at, link.requested_by, link.authorize_by, link.authorized_at, link.decided_at, link.linked_by} == {
        None
    }
    assert (link.against, link.confirmed) == ((), ())
    account = workspace.accounts.get("maplewick")
    assert account.unknown == ["nickname", "kind", "region", "identity_verified", "standing", "holder_is_adult"]
    events = workspace.history.page(link=link.id).events
    assert [(event.kind, event.at, event.recorded_at) for event in events] == [("link.recorded", NOW - 9 * DAY, NOW)]
    assert workspace.shops.status(shop).broken == ()


def test_a_link_that_stood_ends_as_it_ended(workspace: Workspace) -> None:
    shop = shop_of(workspace, 0)
    seller = workspace.links.record_linked("one.one", shop, Role.OFFICIAL, NOW - 9 * DAY, NOW - 7 * DAY)
    tiktok = workspace.links.record_linked("two.two", shop, Role.OFFICIAL, NOW - 6 * DAY, NOW - 5 * DAY, EndedBy.TIKTOK)
    assert (seller.ended_by, tiktok.ended_by) == (EndedBy.SELLER, EndedBy.TIKTOK)
    assert workspace.shops.status(shop).unlinks_used == 1
    told = [(event.kind, event.at, event.actor) for event in workspace.history.page(kind="link.").events]
    assert told == [
        ("link.unlinked", NOW - 5 * DAY, "TikTok"),
        ("link.recorded", NOW - 6 * DAY, "maya"),
        ("link.unlinked", NOW - 7 * DAY, "maya"),
        ("link.recorded", NOW - 9 * DAY, "maya"),
    ]


def test_practice_records_no_past(practice: Workspace) -> None:
    shop = add_shop(practice)
    add_account(practice)
    with pytest.raises(Refused, match="Only a record can"):
        practice.links.record_linked("lumen.candles", shop.code, Role.OFFICIAL, NOW)


PAST: dict[str, Callable[[Workspace], object]] = {
    "first": lambda w: w.links.record_linked("a.one", "USLC1", Role.OFFICIAL, NOW - 60 * DAY, NOW - 50 * DAY),
    "at its end": lambda w: w.links.record_linked(
        "b.one", "USLC1", Role.OFFICIAL, NOW - 50 * DAY, NOW - 40 * DAY, EndedBy.TIKTOK
    ),
    "again": lambda w: w.links.record_linked("a.one", "USLC1", Role.OFFICIAL, NOW - 40 * DAY, NOW - 30 * DAY),
    "standing": lambda w: w.links.record_linked("c.one", "USLC1", Role.OFFICIAL, NOW - 20 * DAY),
    "elsewhere": lambda w: w.links.record_linked("a.one", "GBLC1", Role.OFFICIAL, NOW - 30 * DAY, NOW - 25 * DAY),
    "marketing": lambda w: w.links.record_linked("b.one", "USLC1", Role.MARKETING, NOW - 40 * DAY),
    "marketing, an organization": lambda w: w.links.record_linked("org.one", "USLC1", Role.MARKETING, NOW - 35 * DAY),
    "the organization, elsewhere": lambda w: w.links.record_linked(
        "org.one", "GBLC1", Role.OFFICIAL, NOW - 60 * DAY, NOW - 50 * DAY
    ),
    "what the organization is": lambda w: w.accounts.state("org.one", kind=AccountKind.ORGANIZATION),
    "a fact": lambda w: w.accounts.state("c.one", region="GB", standing="banned"),
    "earlier unlinks": lambda w: w.shops.state("USLC1", unlinks_before=0),
    "probation": lambda w: w.shops.set_probation("USLC1", None),
}
"""Facts that can be entered in any order."""


def told(order: list[str]) -> dict[str, object]:
    """What a record says after these facts in this order, but for what each was against."""
    with Workspace.in_memory(actor="maya", clock=StoppedClock()) as workspace:
        workspace.shops.add("Lumen", "US", LUMEN, code="USLC1")
        workspace.shops.add("Birch", "GB", BIRCH, code="GBLC1")
        for name in order:
            with workspace.recording(anyway=True):
                PAST[name](workspace)
        found: dict[str, object] = {}
        for code in ("USLC1", "GBLC1"):
            s = workspace.shops.status(code)
            found[code] = (
                s.official and (s.official.username, s.official.linked_at),
                sorted((link.username, link.linked_at) for link in s.marketing),
                (s.unlinks_used, s.unlinks_left, s.unlinks_left_at_most, s.unlink_possible_at, s.name_matches),
                [(verdict.rule, verdict.reason) for verdict in s.broken],
                [(due.kind, due.summary) for due in s.reminders],
            )
        accounts = workspace.accounts.find()
        found["accounts"] = [(one.username, one.kind, one.region, one.standing, one.entity) for one in accounts]
        found["history"] = sorted(
            (event.at, event.kind, event.summary.partition(",")[0])
            for event in workspace.history.page(kind="link.", limit=100).events
        )
        return found


@FEW
@given(order=st.permutations(list(PAST)))
def test_the_same_facts_in_any_order_give_the_same_record(order: list[str]) -> None:
    assert told(order) == told(list(PAST))


@pytest.mark.parametrize(("begun", "ended"), [(60, 49), (55, 51), (61, None), (51, 40)])
def test_past_links_of_one_shop_do_not_overlap(workspace: Workspace, begun: int, ended: int | None) -> None:
    shop = shop_of(workspace)
    workspace.links.record_linked("a.one", shop, Role.OFFICIAL, NOW - 60 * DAY, NOW - 50 * DAY)
    before = everything(workspace)
    with (
        workspace.recording(anyway=True),
        pytest.raises(Refused, match=r"@a\.one is entered as the official account of Lumen from"),
    ):
        workspace.links.record_linked("b.one", shop, Role.OFFICIAL, NOW - begun * DAY, ended and NOW - ended * DAY)
    assert everything(workspace) == before


def test_past_links_may_touch_to_the_millisecond(workspace: Workspace) -> None:
    shop = shop_of(workspace)
    workspace.links.record_linked("b.one", shop, Role.OFFICIAL, NOW - 50 * DAY, NOW - 40 * DAY)
    with pytest.raises(Refused):
        workspace.links.record_linked("a.one", shop, Role.OFFICIAL, NOW - 60 * DAY, NOW - 50 * DAY + MS)
    workspace.links.record_linked("a.one", shop, Role.OFFICIAL, NOW - 60 * DAY, NOW - 50 * DAY)


def test_the_start_of_a_real_shop(workspace: Workspace) -> None:
    """The start that the record is made for: two shops, with what happened to them before."""
    w = workspace
    w.shops.add("Maple Wick", "US", LUMEN, code="USLCMAPLE1", unlinks_before=1)
    w.shops.add("Maple Outlet", "US", LUMEN, code="USLCMAPLE2")
    may, june = NOW.replace(month=5, day=10, hour=13, minute=30), NOW.replace(month=6, day=1)
    w.links.record_linked("maplewick", "USLCMAPLE1", Role.OFFICIAL, may)
    with w.recording(at=NOW.replace(day=20)):
        w.accounts.rename("maplewick", "maple.wick")
    live = w.links.record_linked("maple.live", "USLCMAPLE1", Role.MARKETING, june)
    with w.recording(at=june.replace(day=15)):
        w.links.unlink(live.id, by=EndedBy.TIKTOK)
    w.links.record_linked("maple.studio", "USLCMAPLE1", Role.MARKETING, june.replace(month=7))
    first = w.shops.status("USLCMAPLE1")
    assert first.official
    assert first.official.username == "maple.wick"
    assert w.accounts.get("maple.wick").former == ("maplewick",)
    assert (first.official.linked_at, first.unlink_possible_at) == (may, may + DAY)
    assert (first.unlinks_used, first.shop.unlinks_before, first.unlinks_left) == (0, 1, 2)
    assert [link.username for link in first.marketing] == ["maple.studio"]
    assert first.broken == ()
    steps = (("request", 5), ("authorize", 5), ("submit", 4), ("approve", 2))
    id = ""
    for act, days in steps:
        with w.recording(at=NOW - days * DAY):
            if act == "request":
                rules = w.policy.rules
                id = w.links.request("maple.outlet", "USLCMAPLE2", Role.OFFICIAL, agreement=True, confirmed=rules).id
            else:
                getattr(w.links, act)(id)
    second = w.shops.status("USLCMAPLE2")
    assert second.unlink_possible_at == NOW - DAY
    assert (second.shop.unlinks_before, second.unlinks_left, second.unlinks_left_at_most) == (None, None, 3)
