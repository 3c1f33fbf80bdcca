"""Rules are asked as of the moment at which something happened."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, Refused
from core.models import MOMENTS, EndedBy, Link, LinkState, Role
from core.read_situation import read_situation
from core.verdict import Outcome, Verdict
from core.workspace import Workspace
from tests.core.record.world import FEW
from tests.support import DAY, MS, NOW, StoppedClock, add_account, add_shop

HOUR = timedelta(hours=1)
PATHS: dict[Role, tuple[tuple[str, ...], ...]] = {
    Role.OFFICIAL: (
        ("authorize", "submit", "approve", "unlink"),
        ("authorize", "submit", "reject"),
        ("authorize", "cancel"),
        ("decline",),
        ("expire",),
        ("approve", "unlink"),
        ("submit", "reject"),
    ),
    Role.MARKETING: (("authorize", "unlink"), ("decline",), ("cancel",), ("expire",)),
}
"""The acts on a request, in the orders in which TikTok may take them."""


@FEW
@given(data=st.data(), role=st.sampled_from(Role), spans=st.lists(st.integers(0, 3 * 86_400_000), min_size=5, max_size=5))
def test_the_states_of_a_link_replayed_at_its_moments_are_those_recorded(
    data: st.DataObject, role: Role, spans: list[int]
) -> None:
    path = data.draw(st.sampled_from(PATHS[role]))
    clock = StoppedClock()
    with Workspace.in_memory(actor="maya", clock=clock) as workspace:
        shop = add_shop(workspace)
        add_account(workspace)
        links = workspace.links
        states = [links.request("lumen.candles", shop.code, role, agreement=True)]
        at = [clock.now]
        for act, span in zip(path, spans, strict=False):
            clock.move((span + (act == "unlink")) * MS)  # which is never at the moment of the link
            if act == "expire" and states[0].authorize_by:
                clock.now = max(clock.now, states[0].authorize_by)
            when = clock.now
            more = ("The name is taken.",) if act == "reject" else ("Lumen Candle Co.",) if act == "unlink" else ()
            with workspace.recording(anyway=True, at=when):
                states.append(getattr(links, act)(states[0].id, *more))
            at.append(when)
        last = states[-1]
        assert last.as_of(at[0] - MS) is None
        for index, (state, moment) in enumerate(zip(states, at, strict=True)):
            if moment not in at[index + 1 :]:  # of several steps at one moment, the last stands from it on
                seen = last.as_of(moment)
                assert seen is not None
                assert told(seen) == told(state)
                until = at[index + 1] - MS if index + 1 < len(at) else moment + 9 * DAY
                assert told(last.as_of(until)) == told(state)


def told(link: Link | None) -> dict[str, object]:
    """The link's state and moments, and how it ended."""
    assert link
    return {name: getattr(link, name) for name in ("state", "requested_at", *MOMENTS, "linked_by", "ended_by", "reason")}


@FEW
@given(spans=st.lists(st.integers(0, 10), min_size=2, max_size=2), seller=st.booleans())
def test_a_link_recorded_as_one_fact_stands_from_its_first_moment_until_its_last(spans: list[int], seller: bool) -> None:
    with Workspace.in_memory(actor="maya", clock=StoppedClock()) as workspace:
        shop = add_shop(workspace)
        begun, ended = NOW - (30 + spans[0]) * DAY, NOW - (29 - spans[1]) * DAY
        by = EndedBy.SELLER if seller else EndedBy.TIKTOK
        with workspace.recording(anyway=True):
            link = workspace.links.record_linked("lumen.candles", shop.code, Role.OFFICIAL, begun, ended, by)
        assert link.as_of(begun - MS) is None
        for moment in (begun, ended - MS):
            seen = link.as_of(moment)
            assert seen
            assert (seen.state, seen.linked_at, seen.unlinked_at, seen.ended_by) == ("linked", begun, None, None)
        assert link.as_of(ended) == link


def judged(workspace: Workspace, shop: str, rule: str, username: str = "lumen.candles", role: Role = Role.OFFICIAL) -> Verdict:
    return next(found for found in workspace.links.check(username, shop, role).verdicts if found.rule == rule)


def test_only_unlinks_up_to_the_moment_count(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for day in (30, 20, 10):
        workspace.links.record_linked(f"was.{day}", shop.code, Role.OFFICIAL, NOW - day * DAY, NOW - (day - 3) * DAY)
    for day, left in ((28, "1 of your 3 unlinks"), (27, "1 of your 2 unlinks"), (17, "your last unlink")):
        with workspace.recording(at=NOW - day * DAY):
            assert judged(workspace, shop.code, "official.unlink-limit").reason.startswith(f"Unlinking it later uses {left}, ")
    with workspace.recording(at=NOW - 7 * DAY):
        assert judged(workspace, shop.code, "official.unlink-limit").reason.startswith("All 3 unlinks are used")
    assert [workspace.shops.status(shop.code).unlinks_used, workspace.shops.status(shop.code).unlinks_left] == [3, 0]


def test_only_links_that_stood_then_take_a_place(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    workspace.links.record_linked("was.here", shop.code, Role.OFFICIAL, NOW - 9 * DAY, NOW - 5 * DAY)
    for at, outcome in (
        (NOW - 9 * DAY - MS, Outcome.PASS),
        (NOW - 9 * DAY, Outcome.BLOCKED),
        (NOW - 5 * DAY - MS, Outcome.BLOCKED),
        (NOW - 5 * DAY, Outcome.PASS),
    ):
        with workspace.recording(at=at):
            assert judged(workspace, shop.code, "official.one-per-shop").outcome == outcome


FACTS = {
    "official.region-match": {"region": "GB"},
    "account.verified": {"identity_verified": False},
    "account.good-standing": {"standing": "suspended"},
}


@pytest.mark.parametrize("rule", FACTS)
def test_a_no_from_a_newer_fact_is_a_notice(workspace: Workspace, rule: str) -> None:
    shop = add_shop(workspace)
    with workspace.recording(at=NOW - 9 * DAY):
        add_account(workspace)
    with workspace.recording(at=NOW - DAY):
        workspace.accounts.state("lumen.candles", **FACTS[rule])
    assert judged(workspace, shop.code, rule).outcome == Outcome.BLOCKED
    with workspace.recording(at=NOW - DAY):
        assert judged(workspace, shop.code, rule).outcome == Outcome.BLOCKED
    with workspace.recording(at=NOW - DAY - MS):
        then = judged(workspace, shop.code, rule)
        assert (then.outcome, then.reason.endswith("That was entered for a later time.")) == (Outcome.NOTICE, True)
        link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    assert link.against == ()


def test_a_no_from_a_newer_fact_of_the_shop_is_a_notice_too(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with workspace.recording(at=NOW - 9 * DAY):
        add_account(workspace)
    with workspace.recording(at=NOW - DAY):
        workspace.shops.state(shop.code, region="GB")
    assert judged(workspace, shop.code, "official.region-match").outcome == Outcome.BLOCKED
    with workspace.recording(at=NOW - 2 * DAY):
        assert judged(workspace, shop.code, "official.region-match").outcome == Outcome.NOTICE


def test_an_unknown_fact_stops_then_as_now(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with workspace.recording(at=NOW - DAY, anyway=True), pytest.raises(Refused) as refused:
        workspace.links.request("never.seen", shop.code, Role.OFFICIAL, agreement=True)
    assert not refused.value.anyway


def test_what_was_entered_as_of_later_is_not_changed_by_a_link_of_before(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with workspace.recording(at=NOW - 9 * DAY):
        add_account(workspace, kind="business")
    with workspace.recording(at=NOW - DAY):
        workspace.accounts.state("lumen.candles", nickname="Called so now", kind="personal")
    with workspace.recording(at=NOW - 5 * DAY):
        link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
        for act in (workspace.links.authorize, workspace.links.submit, workspace.links.approve):
            act(link.id)
    account = workspace.accounts.get("lumen.candles")
    assert (account.nickname, account.kind) == ("Called so now", "personal")
    assert [verdict.rule for verdict in workspace.shops.broken(shop.code)] == ["official.name-match"]


def test_a_situation_of_then_has_the_states_of_then(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    account = add_account(workspace)
    with workspace.recording(at=NOW - 5 * DAY):
        link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    with workspace.recording(at=NOW - 4 * DAY):
        workspace.links.authorize(link.id)
    with workspace.as_of(NOW - 4 * DAY - MS):
        situation = read_situation(workspace, "request", shop, Role.OFFICIAL, account=account)
    assert [one.state for one in situation.shop_links] == [LinkState.AWAITING_AUTHORIZATION]


def nicknames(workspace: Workspace) -> dict[str, str | None]:
    return {account.username: account.nickname for account in workspace.accounts.find()}


def renamed_in_the_past(workspace: Workspace, shop: str, days: int) -> str | None:
    """Rename the shop as of so many days ago; return the account that was its official account then."""
    with workspace.recording(at=NOW - days * DAY):
        said = " ".join(verdict.reason for verdict in workspace.shops.check_rename(shop, "Lumen Lights"))
        renamed = workspace.shops.rename(shop, "Lumen Lights").account
    assert (f"@{renamed.username} becomes" in said) if renamed else ("no account is renamed" in said)
    return renamed.username if renamed else None


@pytest.mark.parametrize(
    ("days", "official", "names"),
    [
        (9, None, (None, None)),
        (7, "was.here", ("Lumen Lights", None)),
        (4, None, (None, None)),
        (1, "now", (None, "Lumen Lights")),
    ],
)
def test_a_rename_of_the_past_renames_the_official_account_of_then(
    workspace: Workspace, days: int, official: str | None, names: tuple[str | None, str | None]
) -> None:
    shop = add_shop(workspace)
    workspace.links.record_linked("was.here", shop.code, Role.OFFICIAL, NOW - 8 * DAY, NOW - 5 * DAY)
    workspace.links.record_linked("now", shop.code, Role.OFFICIAL, NOW - 3 * DAY)
    assert renamed_in_the_past(workspace, shop.code, days) == official
    assert nicknames(workspace) == {"was.here": names[0], "now": names[1]}


def test_an_account_that_is_another_shops_official_account_since_keeps_its_nickname(workspace: Workspace) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Other")
    workspace.links.record_linked("was.here", shop.code, Role.OFFICIAL, NOW - 8 * DAY, NOW - 5 * DAY)
    workspace.links.record_linked("was.here", other.code, Role.OFFICIAL, NOW - 3 * DAY)
    with workspace.recording(at=NOW - 7 * DAY):
        assert "@was.here keeps its nickname" in str(workspace.shops.check_rename(shop.code, "Lumen Lights"))
        workspace.shops.rename(shop.code, "Lumen Lights")
    assert nicknames(workspace) == {"was.here": None}


def test_an_unlink_before_the_shops_newest_name_says_that_the_account_has_it(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    link = workspace.links.record_linked("was.here", shop.code, Role.OFFICIAL, NOW - 8 * DAY)
    renamed_in_the_past(workspace, shop.code, 4)
    for days, says in ((3, False), (5, True)):
        with workspace.recording(at=NOW - days * DAY):
            assert ("check that it isn't the shop's" in str(workspace.links.check_unlink(link.id))) == says


def test_a_rename_before_the_newest_name_is_invalid_when_it_is_checked(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    renamed_in_the_past(workspace, shop.code, 2)
    with workspace.recording(at=NOW - 3 * DAY), pytest.raises(InvalidInput, match="before the newest name entered"):
        workspace.shops.check_rename(shop.code, "Lumen Candles")
