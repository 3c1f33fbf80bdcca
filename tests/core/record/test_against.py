"""What TikTok did against a rule is recorded once more asked, and kept with the rules that it is against."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.errors import InvalidInput, Refused
from core.models import EndedBy, Link, LinkState, Role
from core.verdict import Outcome
from core.workspace import Workspace
from tests.core.record.world import World
from tests.support import DAY, LUMEN, NOW, StoppedClock, add_account, add_shop, everything, linked

HOUR = timedelta(hours=1)


@pytest.fixture
def world(workspace: Workspace, clock: StoppedClock) -> World:
    return World(workspace, clock)


def newest_against(workspace: Workspace) -> tuple[str, ...]:
    return workspace.history.get(workspace.store.value("SELECT id FROM event ORDER BY seq DESC LIMIT 1")).against


def banned(world: World, *usernames: str) -> Workspace:
    for username in usernames:
        world.workspace.accounts.state(username, standing="banned")
    return world.workspace


def expire_later(w: World) -> Link:
    w.clock.move(2 * DAY)
    return w.workspace.links.expire(w.authorized)


def unlink_early(w: World) -> Link:
    with w.workspace.as_of(w.workspace.now() - HOUR):
        return w.workspace.links.unlink(w.official)


def create_beside_a_request(w: World) -> Link:
    shop = w.workspace.links.get(w.asked).shop
    return w.workspace.organizations.create(shop, contact="ada@lumen.example")


AGAINST: dict[str, tuple[str, Callable[[World], object]]] = {
    "request": ("official.one-per-shop", lambda w: w.workspace.links.request("free.one", w.shop, Role.OFFICIAL, agreement=True)),
    "authorize a marketing account": (
        "account.good-standing",
        lambda w: banned(w, "invited.one").links.authorize(w.invitation),
    ),
    "decline after the acceptance": ("link.authorization", lambda w: w.workspace.links.decline(w.authorized)),
    "expire after the acceptance": ("link.authorization", expire_later),
    "submit without the holder": ("link.authorization", lambda w: w.workspace.links.submit(w.asked)),
    "submit against the facts": ("account.good-standing", lambda w: banned(w, "authorized.one").links.submit(w.authorized)),
    "approve without a review": ("link.review", lambda w: w.workspace.links.approve(w.authorized)),
    "approve without anything": ("link.review", lambda w: w.workspace.links.approve(w.asked)),
    "approve against the facts": ("account.good-standing", lambda w: banned(w, "review.one").links.approve(w.in_review)),
    "reject without a review": ("link.review", lambda w: w.workspace.links.reject(w.asked, "The name is taken.")),
    "unlink too early": ("official.unlink-wait", unlink_early),
    "record_linked": (
        "official.region-match",
        lambda w: w.workspace.links.record_linked("free.one", w.birch, Role.OFFICIAL, w.workspace.now()),
    ),
    "create an organization account": ("official.one-per-shop", create_beside_a_request),
}
"""An act that a rule forbids, and the rule."""


@pytest.mark.parametrize("act", AGAINST)
def test_an_act_against_a_rule_is_asked_about_and_then_kept_with_it(world: World, act: str) -> None:
    rule, do = AGAINST[act]
    workspace = world.workspace
    with pytest.raises(Refused) as refused:
        do(world)
    assert refused.value.anyway
    assert rule in {verdict.rule for verdict in refused.value.verdicts}
    rows = world.rows()
    if act == "expire after the acceptance":
        world.clock.move(-2 * DAY)
    with workspace.recording(anyway=True) as against:
        link = do(world)
    assert isinstance(link, Link)
    assert rule in link.against
    assert set(link.against) == set(newest_against(workspace)) == set(against)
    assert workspace.links.get(link.id).against == link.against
    assert world.rows() != rows
    workspace.entries.undo(workspace.entries.newest(link=link.id), "It did not happen.")
    assert world.rows() == rows


def test_without_need_anyway_leaves_no_mark(world: World) -> None:
    with world.workspace.recording(anyway=True) as against:
        link = world.workspace.links.authorize(world.asked)
    assert (link.against, newest_against(world.workspace), against) == ((), (), [])


def test_a_rule_is_judged_once_for_a_link(world: World) -> None:
    workspace = banned(world, "authorized.one")
    with workspace.recording(anyway=True):
        link = workspace.links.submit(world.authorized)
    assert link.against == ("account.good-standing",)
    assert workspace.links.approve(world.authorized).against == ("account.good-standing",)


def test_an_unknown_fact_is_no_matter_of_anyway(world: World) -> None:
    workspace = world.workspace
    with workspace.recording(anyway=True), pytest.raises(Refused) as refused:
        workspace.links.request("never.seen", world.bare, Role.OFFICIAL, agreement=True)
    assert not refused.value.anyway
    with workspace.recording(anyway=True):
        link = workspace.links.request("never.seen", world.bare, Role.OFFICIAL, agreement=True, confirmed=workspace.policy.rules)
    assert (link.against, "account.verified" in link.confirmed) == ((), True)


@pytest.mark.parametrize("act", ["authorize", "decline", "expire", "submit", "approve", "cancel"])
def test_what_has_ended_stays_ended(world: World, act: str) -> None:
    workspace = world.workspace
    workspace.links.cancel(world.asked)
    before = everything(workspace)
    with workspace.recording(anyway=True), pytest.raises(Refused) as refused:
        getattr(workspace.links, act)(world.asked)
    assert not refused.value.anyway
    assert everything(workspace) == before


@pytest.mark.parametrize("act", ["submit", "approve"])
def test_a_marketing_account_has_no_review(world: World, act: str) -> None:
    with world.workspace.recording(anyway=True), pytest.raises(Refused) as refused:
        getattr(world.workspace.links, act)(world.invitation)
    assert not refused.value.anyway


def test_what_cannot_be_recorded_is_refused_all_the_same(world: World) -> None:
    workspace = world.workspace
    official = workspace.links.get(world.official)
    before = everything(workspace)
    for username, shop, role in (
        ("free.one", world.shop, Role.OFFICIAL),
        ("official.one", world.bare, Role.OFFICIAL),
        ("official.one", world.shop, Role.MARKETING),
    ):
        with workspace.recording(anyway=True), pytest.raises(Refused, match="at the same time") as refused:
            workspace.links.record_linked(username, shop, role, official.linked_at or NOW)
        assert not refused.value.anyway
    assert everything(workspace) == before


def test_an_approval_beside_a_standing_official_account_is_refused_anyway(world: World) -> None:
    workspace = world.workspace
    with workspace.recording(anyway=True):
        link = workspace.links.request("free.one", world.shop, Role.OFFICIAL, agreement=True)
    status = workspace.shops.status(world.shop)
    assert status.official
    assert (status.official.id, [request.id for request in status.requests]) == (world.official, [link.id, world.invitation])
    assert status.broken == ()
    with workspace.recording(anyway=True), pytest.raises(Refused, match="at the same time"):
        workspace.links.approve(link.id)
    workspace.links.unlink(world.official)
    with workspace.recording(anyway=True):
        assert workspace.links.approve(link.id).state == LinkState.LINKED


def test_ended_by_tiktok_is_no_unlink_of_the_sellers_and_possible_at_any_time(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    ended = workspace.links.unlink(link.id, by=EndedBy.TIKTOK)
    assert (ended.state, ended.ended_by, ended.against) == (LinkState.UNLINKED, EndedBy.TIKTOK, ())
    status = workspace.shops.status(shop.code)
    assert (status.unlinks_used, status.unlinks_left) == (0, 3)
    event = workspace.history.page(link=link.id).events[0]
    assert (event.actor, event.entered_by) == ("TikTok", "maya")


def test_the_fourth_unlink_needs_anyway_and_the_name_only_before_the_last(workspace: Workspace, clock: StoppedClock) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN, unlinks_before=3)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    clock.move(DAY)
    with pytest.raises(Refused) as refused:
        workspace.links.unlink(link.id)
    assert ([verdict.rule for verdict in refused.value.verdicts], refused.value.anyway) == (["official.unlink-limit"], True)
    with workspace.recording(anyway=True):
        assert workspace.links.unlink(link.id).against == ("official.unlink-limit",)
    status = workspace.shops.status(shop.code)
    assert (status.unlinks_used, status.unlinks_left, status.unlinks_left_at_most) == (1, 0, 0)


@pytest.mark.parametrize("days", [(9, 7, 5, 3), (3, 5, 7, 9), (5, 9, 3, 7)])
def test_the_fourth_unlink_to_be_entered_needs_anyway_in_whatever_order(workspace: Workspace, days: tuple[int, ...]) -> None:
    shop = add_shop(workspace)
    *three, last = ((f"maple.{day}", shop.code, Role.OFFICIAL, NOW - (day + 1) * DAY, NOW - day * DAY) for day in days)
    for past in three:
        assert workspace.links.record_linked(*past).against == ()
    with pytest.raises(Refused) as refused:
        workspace.links.record_linked(*last)
    assert (refused.value.anyway, [verdict.rule for verdict in refused.value.verdicts]) == (True, ["official.unlink-limit"])
    assert workspace.shops.answer(shop.code, "official.unlink-limit").reason == "All 3 unlinks are used."
    with workspace.recording(anyway=True):
        assert workspace.links.record_linked(*last).against == ("official.unlink-limit",)
    beyond = workspace.shops.answer(shop.code, "official.unlink-limit")
    assert (beyond.outcome, beyond.reason) == (Outcome.BLOCKED, "4 unlinks are entered, and a shop has 3 in total.")


def test_anyway_is_for_records_alone(practice: Workspace) -> None:
    with pytest.raises(InvalidInput, match="only be entered in a record"), practice.recording(anyway=True):
        add_shop(practice)
    shop = add_shop(practice)
    add_account(practice, standing="banned")
    with pytest.raises(Refused) as refused:
        practice.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    assert not refused.value.anyway


def test_a_username_that_is_taken_cannot_be_recorded_for_a_new_account(world: World) -> None:
    workspace = world.workspace
    before = everything(workspace)
    with pytest.raises(Refused, match="can't get a new") as caught, workspace.recording(anyway=True):
        workspace.organizations.create(world.bare, username="free.one")
    assert not caught.value.anyway
    assert everything(workspace) == before


def test_a_links_unknown_does_not_hide_that_another_does_not_fit_a_moved_shop(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for username in ("unknown.one", "known.one"):
        add_account(workspace, username)
        linked(workspace, shop, username, Role.MARKETING)
    workspace.accounts.state("unknown.one", region=None)
    with pytest.raises(Refused) as caught:
        workspace.shops.state(shop.code, region="GB")
    assert [verdict.rule for verdict in caught.value.verdicts] == ["marketing.region-match"]
