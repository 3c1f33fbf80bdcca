"""An act can be recorded after it happened: everything that has a duration runs from when it happened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import InvalidInput, Refused
from core.models import EndedBy, EventKind, LinkState, MemberRole, Role
from core.verdict import Outcome, Verdict
from core.workspace import Workspace
from tests.core.record.world import LUMEN_INC
from tests.support import DAY, LUMEN, MS, NOW, StoppedClock, add_account, add_shop, everything

HOUR = timedelta(hours=1)
THEN = NOW - 2 * DAY


@pytest.fixture
def shop(workspace: Workspace) -> str:
    """A shop and a fitting account."""
    code = add_shop(workspace).code
    add_account(workspace)
    return code


def requested(workspace: Workspace, shop: str, at: datetime, role: Role = Role.OFFICIAL) -> str:
    with workspace.recording(at=at):
        return workspace.links.request("lumen.candles", shop, role, agreement=True).id


def linked(workspace: Workspace, shop: str, at: datetime) -> str:
    """The official account, all steps at this moment."""
    id = requested(workspace, shop, at)
    with workspace.recording(at=at):
        for act in (workspace.links.authorize, workspace.links.submit, workspace.links.approve):
            act(id)
    return id


def test_an_event_has_when_it_happened_and_when_it_was_recorded(workspace: Workspace, shop: str) -> None:
    linked(workspace, shop, THEN)
    for event in workspace.history.page(kind="link.").events:
        assert (event.at, event.recorded_at) == (THEN, NOW)
    assert workspace.store.value("SELECT newest_at FROM workspace") == round(NOW.timestamp() * 1000)


def test_history_is_in_the_order_in_which_things_happened(workspace: Workspace, shop: str) -> None:
    linked(workspace, shop, THEN)
    with workspace.recording(at=THEN - DAY):
        workspace.products.add(shop, "Amber jar", "18.50")
    events = workspace.history.page(shop=shop).events
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)
    assert events[-1].kind == EventKind.PRODUCT_ADDED
    first = workspace.history.page(shop=shop, limit=2)
    rest = workspace.history.page(shop=shop, limit=50, after=first.next)
    assert (*first.events, *rest.events) == events


def test_the_unlink_clock_runs_from_when_it_was_linked(workspace: Workspace, shop: str, clock: StoppedClock) -> None:
    id = linked(workspace, shop, NOW - DAY + HOUR)
    assert workspace.shops.status(shop).unlink_possible_at == NOW + HOUR
    [reminder] = [due for due in workspace.reminders.find(shop) if due.kind == "unlink_possible"]
    assert reminder.at == NOW + HOUR
    with pytest.raises(Refused):
        workspace.links.unlink(id)
    clock.move(HOUR - MS)
    with pytest.raises(Refused):
        workspace.links.unlink(id)
    clock.move(MS)
    assert workspace.links.unlink(id).unlinked_at == clock.now


@pytest.mark.parametrize("early", [MS, HOUR])
def test_an_unlink_is_asked_about_by_when_it_happened(workspace: Workspace, shop: str, early: timedelta) -> None:
    id = linked(workspace, shop, THEN)
    with workspace.recording(at=THEN + DAY - early), pytest.raises(Refused) as refused:
        workspace.links.unlink(id)
    assert [verdict.rule for verdict in refused.value.verdicts] == ["official.unlink-wait"]
    with workspace.recording(at=THEN + DAY):
        assert workspace.links.unlink(id).unlinked_at == THEN + DAY


@pytest.mark.parametrize(("late", "outcome"), [(-MS, Outcome.PASS), (timedelta(0), Outcome.NOTICE)])
def test_an_acceptance_after_its_hours_is_a_notice_as_they_are_only_reported(
    workspace: Workspace, shop: str, clock: StoppedClock, late: timedelta, outcome: Outcome
) -> None:
    id = requested(workspace, shop, THEN)
    clock.move(30 * DAY)
    with workspace.recording(at=THEN + 2 * DAY + late):
        found = {verdict.rule: verdict.outcome for verdict in workspace.links.check_next(id)}
        link = workspace.links.authorize(id)
    assert (found["link.authorization"], link.authorized_at, link.against) == (outcome, THEN + 2 * DAY + late, ())


def test_in_a_record_nothing_expires_by_itself(workspace: Workspace, shop: str, clock: StoppedClock) -> None:
    id = requested(workspace, shop, NOW)
    clock.move(9 * DAY)
    add_shop(workspace, "Another")
    assert workspace.links.get(id).state == LinkState.AWAITING_AUTHORIZATION
    expired = workspace.links.expire(id)
    assert (expired.state, expired.decided_at) == (LinkState.EXPIRED, NOW + 2 * DAY)
    event = workspace.history.page(link=id).events[0]
    assert (event.kind, event.at, event.recorded_at, event.actor) == (
        EventKind.LINK_EXPIRED,
        NOW + 2 * DAY,
        clock.now,
        "TikTok",
    )


def test_what_can_still_be_answered_has_not_expired(workspace: Workspace, shop: str) -> None:
    id = requested(workspace, shop, NOW)
    with pytest.raises(InvalidInput, match="in the future"):
        workspace.links.expire(id)


def test_an_invitation_expires_when_it_is_recorded(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    workspace.organizations.create(shop.code, contact="owner@lumen.example")
    member = workspace.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    with pytest.raises(InvalidInput, match="in the future"):
        workspace.organizations.expire(member.id)
    clock.move(5 * DAY)
    assert workspace.organizations.members(shop.code)[-1].state == "invited"
    assert workspace.organizations.expire(member.id).state == "expired"
    assert workspace.history.page(kind="member.").events[0].at == NOW + DAY


def test_in_practice_what_is_overdue_expires_by_itself_and_nobody_records_it(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    add_account(practice)
    link = practice.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    with pytest.raises(Refused, match="expire automatically"):
        practice.links.expire(link.id)
    clock.move(2 * DAY)
    assert practice.links.get(link.id).state == LinkState.EXPIRED


def test_marketing_links_are_counted_in_the_window_before_the_act(workspace: Workspace, shop: str) -> None:
    first = NOW - 40 * DAY
    for day in range(10):
        workspace.links.record_linked("lumen.candles", shop, Role.MARKETING, first + 3 * day * DAY, first + (3 * day + 1) * DAY)

    def asked() -> Verdict:
        verdicts = workspace.links.check("lumen.candles", shop, Role.MARKETING).verdicts
        return next(verdict for verdict in verdicts if verdict.rule == "marketing.link-frequency")

    assert asked().until == first + 180 * DAY
    assert asked().reason.startswith("Linked 10 of 10 times")
    with workspace.recording(at=first + 27 * DAY - MS):
        assert asked().reason.startswith("Linked 9 of 10 times")


def test_a_moment_in_the_future_is_invalid(workspace: Workspace, shop: str) -> None:
    before = everything(workspace)
    with pytest.raises(InvalidInput, match="is in the future"), workspace.recording(at=NOW + MS):
        pass
    with pytest.raises(InvalidInput, match="is in the future"):
        workspace.links.record_linked("lumen.candles", shop, Role.OFFICIAL, NOW - DAY, NOW + MS)
    assert everything(workspace) == before


def test_acts_of_now_are_recorded_though_the_clock_goes_back_a_second(
    workspace: Workspace, shop: str, clock: StoppedClock
) -> None:
    clock.move(DAY)
    now = clock.now
    with workspace.recording(at=workspace.present()):
        clock.move(-1000 * MS)
        link = workspace.links.request("lumen.candles", shop, Role.OFFICIAL, agreement=True)
    with workspace.recording(at=workspace.present()):
        workspace.links.authorize(link.id)
    events = workspace.history.page(limit=2).events
    assert [(event.at, event.recorded_at) for event in events] == [(now, now)] * 2


@pytest.mark.parametrize("ended", [False, True])
def test_a_past_link_is_recorded_though_the_clock_goes_back_a_second(workspace: Workspace, shop: str, ended: bool) -> None:
    now = NOW + DAY
    checked = [now] * (2 if ended else 1)
    workspace.clock = lambda: checked.pop() if checked else now - 1000 * MS
    link = workspace.links.record_linked("maple.wick", shop, Role.MARKETING, *((now - 9 * DAY, now) if ended else (now,)))
    assert (link.unlinked_at or link.linked_at) == now


def test_a_past_link_may_be_later_than_a_moment_that_is_stated(workspace: Workspace, shop: str) -> None:
    with workspace.recording(at=NOW - 2 * DAY):
        assert workspace.links.record_linked("maple.wick", shop, Role.MARKETING, NOW - DAY).linked_at == NOW - DAY


@pytest.mark.parametrize("anyway", [False, True])
@pytest.mark.parametrize("act", ["authorize", "decline", "cancel", "submit", "approve"])
def test_a_step_before_the_step_before_is_invalid_even_against_a_rule(
    workspace: Workspace, shop: str, act: str, anyway: bool
) -> None:
    id = requested(workspace, shop, THEN)
    before = everything(workspace)
    with workspace.recording(at=THEN - MS, anyway=anyway), pytest.raises(InvalidInput, match="before the last step"):
        getattr(workspace.links, act)(id)
    assert everything(workspace) == before
    with workspace.recording(at=THEN, anyway=True):
        getattr(workspace.links, act)(id)


def test_an_unlink_before_the_link_is_invalid(workspace: Workspace, shop: str) -> None:
    id = linked(workspace, shop, THEN)
    with workspace.recording(at=THEN - MS, anyway=True), pytest.raises(InvalidInput, match="before the last step"):
        workspace.links.unlink(id)
    with pytest.raises(InvalidInput, match="before the link was made"):
        workspace.links.record_linked("other.one", shop, Role.MARKETING, THEN, THEN - MS)


@pytest.mark.parametrize("by", EndedBy)
def test_a_link_and_its_end_on_one_date_alone_need_their_times(workspace: Workspace, shop: str, by: EndedBy) -> None:
    id = linked(workspace, shop, THEN)
    before = everything(workspace)
    with workspace.recording(at=THEN, anyway=True), pytest.raises(InvalidInput, match="that of the last step") as unlinked:
        workspace.links.unlink(id, by=by)
    with workspace.recording(anyway=True), pytest.raises(InvalidInput, match="is the moment the link was made") as recorded:
        workspace.links.record_linked("other.one", shop, Role.MARKETING, THEN, THEN, by)
    assert all(found.value.remedy.endswith("enter both with their times.") for found in (unlinked, recorded))
    assert everything(workspace) == before


def test_a_members_step_before_the_step_before_is_invalid(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    workspace.organizations.create(shop.code, contact="owner@lumen.example")
    member = workspace.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    for act in (workspace.organizations.accept, workspace.organizations.remove):
        with workspace.recording(at=NOW - MS), pytest.raises(InvalidInput, match="before the last step"):
            act(member.id)


def test_a_role_before_a_newer_one_is_invalid_even_for_the_last_admin(workspace: Workspace, clock: StoppedClock) -> None:
    shop, organizations = add_shop(workspace), workspace.organizations
    organizations.create(shop.code, contact="owner@lumen.example")
    clock.move(DAY)
    sam = organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    organizations.accept(sam.id)
    clock.move(DAY)
    organizations.change_role(sam.id, MemberRole.ADMIN)
    organizations.remove(organizations.members(shop.code)[0].id)
    with workspace.recording(at=NOW + DAY), pytest.raises(InvalidInput, match="before the newest role"):
        organizations.change_role(sam.id, MemberRole.OPERATOR)


def test_nothing_of_an_organization_account_happens_before_it_was_created(workspace: Workspace) -> None:
    first, second = add_shop(workspace), add_shop(workspace, "Lumen Home")
    with workspace.recording(at=THEN):
        link = workspace.organizations.create(first.code, username="lumen.org")
    with workspace.recording(at=THEN + DAY):
        workspace.links.unlink(link.id)
    before = everything(workspace)
    with workspace.recording(at=THEN - MS, anyway=True), pytest.raises(InvalidInput, match="was created"):
        workspace.links.request("lumen.org", second.code, Role.OFFICIAL, agreement=True)
    with workspace.recording(anyway=True), pytest.raises(InvalidInput, match="was created"):
        workspace.links.record_linked("lumen.org", second.code, Role.OFFICIAL, THEN - DAY, THEN - HOUR)
    with workspace.recording(at=THEN - MS), pytest.raises(InvalidInput, match="is before the newest"):
        workspace.accounts.state("lumen.org", standing="suspended")
    assert everything(workspace) == before


STATEMENTS: dict[str, Callable[[Workspace, str], object]] = {
    "region": lambda w, shop: w.accounts.state("lumen.candles", region="GB"),
    "standing": lambda w, shop: w.accounts.state("lumen.candles", standing="suspended"),
    "username": lambda w, shop: w.accounts.rename("lumen.candles", f"lumen.{w.store.value('SELECT count(*) FROM event')}"),
    "account type": lambda w, shop: w.accounts.convert("lumen.candles"),
    "name": lambda w, shop: w.shops.rename(shop, f"Lumen {w.store.value('SELECT count(*) FROM event')}"),
    "earlier unlinks": lambda w, shop: w.shops.state(shop, unlinks_before=1),
    "shop code": lambda w, shop: w.shops.state(shop, code="USLC000009"),
    "legal name": lambda w, shop: w.shops.state(shop, entity=LUMEN_INC),
}
"""A statement of each field."""


@pytest.mark.parametrize("field", STATEMENTS)
def test_a_statement_before_the_newest_of_its_field_is_invalid(workspace: Workspace, field: str) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN, code="USLC000001").id
    with workspace.recording(at=NOW - 5 * DAY):
        add_account(workspace)
    with workspace.recording(at=THEN):
        STATEMENTS[field](workspace, shop)
    before = everything(workspace)
    username = workspace.store.value("SELECT username FROM account")
    again = {
        "region": lambda: workspace.accounts.state(username, region="DE"),
        "standing": lambda: workspace.accounts.state(username, standing="banned"),
        "username": lambda: workspace.accounts.rename(username, "lumen.again"),
        "account type": lambda: workspace.accounts.convert(username, cancel=True),
        "name": lambda: workspace.shops.rename(shop, "Lumen Again"),
        "earlier unlinks": lambda: workspace.shops.state(shop, unlinks_before=2),
        "shop code": lambda: workspace.shops.state(shop, code="USLC000010"),
        "legal name": lambda: workspace.shops.state(shop, entity=LUMEN),
    }[field]
    with workspace.recording(at=THEN - MS, anyway=True), pytest.raises(InvalidInput, match=f"before the newest {field} entered"):
        again()
    assert everything(workspace) == before
    with workspace.recording(at=THEN):
        again()
    assert everything(workspace) != before


def test_another_field_can_be_stated_of_an_earlier_moment(workspace: Workspace) -> None:
    with workspace.recording(at=THEN):
        workspace.accounts.state("lumen.candles", region="US")
    with workspace.recording(at=THEN - DAY):
        assert workspace.accounts.state("lumen.candles", standing="good").standing == "good"


def test_only_the_facts_that_change_are_stated(workspace: Workspace) -> None:
    with workspace.recording(at=THEN):
        workspace.accounts.state("new.one", region="US", standing=None)
    event = workspace.history.page(account="new.one").events[0]
    assert (event.summary, event.details["facts"]) == ("@new.one added with region", ["region"])
    workspace.accounts.state("new.one", region="us", standing="good")
    event = workspace.history.page(account="new.one").events[0]
    assert (event.summary, event.details["facts"]) == ("@new.one has changed facts: standing", ["standing"])
    with workspace.recording(at=THEN):
        assert workspace.accounts.state("new.one", region="GB").region == "GB"


def test_an_undone_statement_is_not_the_newest_any_more(workspace: Workspace) -> None:
    with workspace.recording(at=THEN - DAY):
        workspace.accounts.state("lumen.candles", region="US")
    with workspace.recording(at=NOW):
        workspace.accounts.state("lumen.candles", region="GB")
    workspace.entries.undo(workspace.entries.newest(account="lumen.candles"), "It was another account.")
    with workspace.recording(at=THEN):
        assert workspace.accounts.state("lumen.candles", region="DE").region == "DE"


def test_in_practice_no_moment_can_be_entered(practice: Workspace) -> None:
    with pytest.raises(InvalidInput, match="only be entered in a record") as refused, practice.recording(at=NOW):
        pass
    assert "Desk" in refused.value.remedy
    with pytest.raises(InvalidInput, match="only be entered in a record"), practice.recording(anyway=True):
        pass
    with practice.recording(note="a note is for both"):
        add_shop(practice)
    assert practice.history.page().events[0].note == "a note is for both"


def test_a_note_is_kept_with_every_event_of_the_entry(workspace: Workspace, shop: str) -> None:
    id = requested(workspace, shop, THEN)
    with workspace.recording(at=THEN, note="  Ticket 4711 "):
        workspace.links.authorize(id)
    workspace.links.submit(id)
    with workspace.recording(note="Spoken to Kim"):
        workspace.links.approve(id)
    notes = [event.note for event in workspace.history.page(link=id).events]
    assert notes == ["Spoken to Kim", "Spoken to Kim", None, "Ticket 4711", None]


def test_the_policy_of_the_day_is_kept_and_asked(workspace: Workspace) -> None:
    begins = datetime(2025, 10, 3, tzinfo=UTC)
    shop = workspace.shops.add("Lumen", "ID", LUMEN, unlinks_before=0)
    add_account(workspace, region="ID")
    for at, hours in ((begins - 2 * DAY, 24), (begins, 48)):
        link = workspace.links.record_linked("lumen.candles", shop.code, Role.OFFICIAL, at)
        with workspace.recording(at=at + timedelta(hours=hours) - MS), pytest.raises(Refused) as refused:
            workspace.links.unlink(link.id)
        assert refused.value.verdicts[0].until == at + timedelta(hours=hours)
        with workspace.recording(at=at + timedelta(hours=hours)):
            workspace.links.unlink(link.id)
        assert (workspace.history.page(link=link.id).events[0].policy == "2025-10-03") == (hours == 48)


def test_who_did_it_and_who_entered_it_are_two_people(workspace: Workspace, shop: str) -> None:
    id = linked(workspace, shop, THEN)
    told = {event.kind: (event.actor, event.entered_by) for event in workspace.history.page(link=id).events}
    assert told == {
        EventKind.LINK_REQUESTED: ("maya", "maya"),
        EventKind.LINK_AUTHORIZED: ("Account holder", "maya"),
        EventKind.LINK_SUBMITTED: ("maya", "maya"),
        EventKind.LINK_APPROVED: ("TikTok", "maya"),
        EventKind.LINK_LINKED: ("TikTok", "maya"),
    }


def test_linking_settles_the_type_and_the_nickname_as_of_then(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    add_account(workspace, "ember", nickname="Lumen Candle Co.", kind=None)
    clock.move(3 * DAY)
    at = clock.now - DAY
    with workspace.recording(at=at):
        link = workspace.links.request("ember", shop, Role.OFFICIAL, agreement=True, confirmed=workspace.policy.rules)
        workspace.links.authorize(link.id)
        workspace.links.submit(link.id)
        workspace.links.approve(link.id)
    for facts in ({"kind": "personal"}, {"nickname": "Other"}):
        with pytest.raises(InvalidInput, match="before the newest"), workspace.recording(at=at - HOUR):
            workspace.accounts.state("ember", **facts)
    with workspace.recording(at=at - HOUR):
        workspace.accounts.state("ember", region="US", standing="good")


def test_what_an_account_was_created_with_is_not_stated_earlier(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    created = workspace.organizations.create(shop, username="lumen.org")
    clock.move(DAY)
    with pytest.raises(InvalidInput, match="before the newest standing"), workspace.recording(at=NOW - HOUR):
        workspace.accounts.state("lumen.org", standing="suspended")
    assert created.linked_at == NOW


def test_a_request_cannot_have_expired_while_it_could_be_answered(workspace: Workspace, shop: str) -> None:
    id = requested(workspace, shop, NOW - 3 * DAY)
    due = workspace.links.get(id).authorize_by
    assert due == NOW - DAY
    with pytest.raises(InvalidInput, match="before the request expires"), workspace.recording(at=NOW - 3 * DAY + 2 * HOUR):
        workspace.links.expire(id)
    assert workspace.links.get(id).state == LinkState.AWAITING_AUTHORIZATION
    with workspace.recording(at=due):
        assert workspace.links.expire(id).decided_at == due
