"""Reminders of a record: what should have expired, trials, broken rules; found by SQL as the rules decide."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.broken_rules import broken
from core.models import AccountKind, LinkState, MemberRole, Role
from core.store import shop_list
from core.verdict import Outcome
from core.workspace import Workspace
from tests.core.record.world import FEW
from tests.support import BIRCH, DAY, LUMEN, MS, NOW, StoppedClock, add_account, add_shop, linked

FACTS = {
    "nickname": (None, "Lumen", "Another"),
    "region": (None, "US", "GB"),
    "standing": (None, "good", "suspended", "banned"),
    "identity_verified": (None, True, False),
    "holder_is_adult": (None, True, False),
    "kind": (None, AccountKind.BUSINESS, AccountKind.ORGANIZATION),
    "entity": (None, LUMEN, BIRCH),
}
"""What may be known of a linked account, all but the first without or against a rule."""


def kinds(workspace: Workspace, shop: str | None = None) -> list[str]:
    return [due.kind for due in workspace.reminders.find(shop)]


@pytest.mark.parametrize(
    ("role", "kind", "subject"),
    [
        (Role.OFFICIAL, "authorization", "The request for @lumen.candles"),
        (Role.MARKETING, "invitation", "The invitation to @lumen.candles"),
    ],
)
def test_a_request_past_its_time_should_have_expired(
    workspace: Workspace, clock: StoppedClock, role: Role, kind: str, subject: str
) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, role, agreement=True)
    clock.move(2 * DAY - MS)
    [due] = workspace.reminders.find()
    assert (due.kind, due.at, due.summary) == (f"{kind}_expires", NOW + 2 * DAY, f"{subject} expires")
    clock.move(MS)
    [due] = workspace.reminders.find()
    said = f"{subject} should have expired: record what happened"
    assert (due.kind, due.at, due.summary, due.link) == (f"{kind}_overdue", NOW + 2 * DAY, said, link.id)
    workspace.links.expire(link.id)
    assert workspace.reminders.find() == ()


def test_an_invitation_of_a_member_past_its_time_should_have_expired(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    workspace.organizations.create(shop.code, contact="owner@lumen.example")
    member = workspace.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    assert "member_invitation_expires" in kinds(workspace)
    clock.move(3 * DAY)
    [due] = workspace.reminders.find()
    assert (due.kind, due.at) == ("member_invitation_overdue", NOW + DAY)
    assert due.summary == "The invitation to s••••@lumen.example should have expired: record what happened"
    with workspace.recording(at=NOW + MS):
        workspace.organizations.accept(member.id)
    assert workspace.reminders.find() == ()


def test_a_shop_whose_invitation_is_not_reminded_of_is_not_counted(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    workspace.organizations.create(shop.code, username="lumen.org")
    workspace.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    workspace.accounts.state("lumen.org", kind=None)
    clock.move(3 * DAY)
    assert (workspace.reminders.find(), workspace.shops.counts().due) == ((), 0)


def test_practice_reminds_of_nothing_overdue(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    add_account(practice)
    practice.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    clock.move(2 * DAY)
    assert kinds(practice) == []


def test_unlinks_that_are_unknown_still_leave_an_unlink_to_be_reminded_of(workspace: Workspace) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN)
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    assert kinds(workspace) == ["unlink_possible"]
    workspace.shops.state(shop.code, unlinks_before=3)
    assert kinds(workspace) == []


def test_a_broken_rule_is_due_since_the_link_or_the_newest_of_its_own_facts(workspace: Workspace) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN, unlinks_before=3)
    with workspace.recording(at=NOW - 9 * DAY):
        workspace.accounts.state("lumen.candles", standing="banned")
    with workspace.recording(anyway=True):
        link = workspace.links.record_linked("lumen.candles", shop.code, Role.OFFICIAL, NOW - 5 * DAY)
    [due] = workspace.reminders.find()
    assert (due.kind, due.at, due.link) == ("rule_broken", NOW - 5 * DAY, link.id)
    assert due.summary == "@lumen.candles breaks a rule: The account is banned."
    for day, standing, region, since in ((4, "banned", "US", 5), (3, "banned", "GB", 5), (2, "good", "GB", 3)):
        with workspace.recording(at=NOW - day * DAY):
            workspace.accounts.state("lumen.candles", standing=standing, region=region, phone=f"+1 415 555 010{day}")
            workspace.shops.state(shop.code, unlinks_before=day)
        assert [due.at for due in workspace.reminders.find() if due.kind == "rule_broken"] == [NOW - since * DAY]
    with workspace.recording(at=NOW - DAY, anyway=True):
        workspace.shops.state(shop.code, region="ID")
    [due] = [due for due in workspace.reminders.find() if due.kind == "rule_broken"]
    assert due.at == NOW - DAY
    with workspace.recording(anyway=True):
        workspace.shops.state(shop.code, region="GB")
    assert "rule_broken" not in kinds(workspace)


def test_an_account_of_two_sellers_breaks_the_rule_since_the_second_was_entered(workspace: Workspace) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Other")
    with workspace.recording(at=NOW - 9 * DAY):
        workspace.accounts.state("lumen.org", kind=AccountKind.ORGANIZATION, entity=LUMEN)
    workspace.links.record_linked("lumen.org", shop.code, Role.OFFICIAL, NOW - 8 * DAY)
    workspace.links.record_linked("lumen.org", other.code, Role.MARKETING, NOW - 7 * DAY)
    with workspace.recording(at=NOW - 5 * DAY, anyway=True):
        workspace.shops.state(other.code, entity=BIRCH)
    due = [(one.shop.id, one.at) for one in workspace.reminders.find() if one.kind == "rule_broken"]
    assert sorted(due) == sorted((id, NOW - 5 * DAY) for id in (shop.id, other.id))


def test_marketing_accounts_beyond_the_slots_break_the_limit_in_whatever_order_they_are_entered(workspace: Workspace) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN, unlinks_before=3)
    for day in range(1, 6):
        link = workspace.links.record_linked(f"maple.{day}", shop.code, Role.MARKETING, NOW - day * DAY)
        assert link.against == ()
    reason = "5 marketing accounts are linked; the shop has 4 slots."
    [verdict] = workspace.shops.status(shop.code).broken
    assert (verdict.rule, verdict.outcome, verdict.reason) == ("marketing.limit", Outcome.BLOCKED, reason)
    assert verdict in workspace.shops.standing(shop.code)
    assert verdict == workspace.shops.answer(shop.code, "marketing.limit")
    due = [one for one in workspace.reminders.find() if one.kind == "rule_broken"]
    assert [(one.summary, one.at) for one in due] == [(f"@maple.1 breaks a rule: {reason}", NOW - DAY)]
    assert workspace.shops.page(due_first=True).shops[0].due == 1
    workspace.links.unlink(workspace.links.find(shop=shop.code)[-1].id)
    assert (workspace.shops.status(shop.code).broken, kinds(workspace)) == ((), [])


def test_of_marketing_accounts_linked_at_one_moment_the_one_requested_last_is_beyond_the_slots(workspace: Workspace) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN, unlinks_before=3)
    for day in range(7, 10):
        workspace.links.record_linked(f"maple.{day}", shop.code, Role.MARKETING, NOW - day * DAY)
    requests = []
    for days in (4, 5):
        add_account(workspace, f"maple.{days}")
        with workspace.recording(at=NOW - days * DAY):
            requests.append(workspace.links.request(f"maple.{days}", shop.code, Role.MARKETING, agreement=True))
    for link in requests:
        with workspace.recording(at=NOW - 3 * DAY, anyway=True):
            workspace.links.authorize(link.id)
    reason = "5 marketing accounts are linked; the shop has 4 slots."
    assert [due.summary for due in workspace.reminders.find()] == [f"@maple.4 breaks a rule: {reason}"]


def test_another_program_s_change_is_seen(tmp_path: Path, clock: StoppedClock) -> None:
    with Workspace.create(tmp_path / "w.db", actor="maya", clock=clock) as one:
        shop = one.shops.add("Lumen", "US", LUMEN, unlinks_before=3)
        one.links.record_linked("lumen.candles", shop.code, Role.OFFICIAL, NOW - DAY)
        assert one.shops.page(due_first=True).shops[0].due == 0
        assert one.reminders.find() == ()
        with Workspace.open(tmp_path / "w.db", actor="ana", clock=clock) as other:
            other.accounts.state("lumen.candles", standing="banned")
        assert kinds(one) == ["rule_broken"]
        one.accounts.state("lumen.candles", standing="good")
        assert kinds(one) == []
        with Workspace.open(tmp_path / "w.db", actor="ana", clock=clock, read_only=True) as reader:
            assert kinds(reader) == []


def test_shops_with_something_due_are_counted_once_each_up_to_a_number(workspace: Workspace, clock: StoppedClock) -> None:
    shops = [workspace.shops.add("Lumen", "US", LUMEN, code=f"USLC{number}", unlinks_before=3) for number in range(3)]
    for number, shop in enumerate(shops):
        add_account(workspace, f"lumen.{number}")
        link = workspace.links.request(f"lumen.{number}", shop.code, Role.OFFICIAL, agreement=True)
        if number == 0:
            workspace.links.authorize(link.id)
            add_account(workspace, "lumen.fan")
            workspace.links.request("lumen.fan", shop.code, Role.MARKETING, agreement=True)
    clock.move(90 * DAY)
    counted = [shop_list.count_due(workspace.store, clock(), most) for most in (1, 2, 3, 4)]
    assert counted == [1, 2, 3, 3]
    assert [workspace.shops.count(most) for most in (1, 3, 4)] == [1, 3, 3]


@st.composite
def shops_with_accounts(draw: st.DrawFn) -> list[tuple[Role, str, dict[str, object]]]:
    """Linked accounts: role, shop, and what is known of each."""
    roles = st.tuples(st.sampled_from(Role), st.sampled_from(["USLC1", "GBLC1", "IDLC1"]))
    facts = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FACTS.items()})
    return [(role, shop, dict(known)) for (role, shop), known in draw(st.lists(st.tuples(roles, facts), min_size=1, max_size=9))]


@FEW
@given(accounts=shops_with_accounts())
def test_the_reminders_of_all_shops_find_what_the_rules_say_is_broken(
    accounts: list[tuple[Role, str, dict[str, object]]],
) -> None:
    clock = StoppedClock()
    with Workspace.in_memory(actor="maya", clock=clock) as workspace:
        for region, entity in (("US", LUMEN), ("GB", BIRCH), ("ID", LUMEN)):
            workspace.shops.add("Lumen", region, entity, code=f"{region}LC1", unlinks_before=3)
        for number, (role, shop, facts) in enumerate(accounts):
            taken = role == Role.OFFICIAL and any(
                link.role == Role.OFFICIAL for link in workspace.links.find(shop=shop, state=LinkState.LINKED)
            )
            with workspace.recording(anyway=True):
                username = f"account.{number}"
                workspace.links.record_linked(username, shop, Role.MARKETING if taken else role, NOW - 9 * DAY)
                clock.move(MS)
                workspace.accounts.state(username, **facts)
        decided = {shop: by_rules(workspace, shop) for shop in ("USLC1", "GBLC1", "IDLC1")}
        for shop, links in decided.items():
            assert sorted(due.link or "" for due in workspace.reminders.find(shop)) == sorted(links)
        due = workspace.reminders.find()
        assert {one.link for one in due} == {id for links in decided.values() for id in links}
        page = workspace.shops.page(due_first=True).shops
        soonest = [min((one.at for one in due if one.shop.code == found.shop.code), default=None) for found in page]
        known = [moment for moment in soonest if moment]
        assert soonest == sorted(known) + [None] * (len(soonest) - len(known))
        assert workspace.shops.counts().due == len({one.shop.id for one in due if one.at <= workspace.now()})
        assert [found.due for found in page] == [len(workspace.reminders.find(found.shop.code)) for found in page]
        seen, after = [], None
        while True:
            part = workspace.shops.page(due_first=True, limit=1, after=after)
            seen += part.shops
            if (after := part.next) is None:
                break
        assert tuple(seen) == page


def by_rules(workspace: Workspace, shop: str) -> list[str]:
    return [
        link.id
        for link in workspace.links.find(shop=shop, state=LinkState.LINKED)
        if broken(workspace, workspace.shops.get(shop), link)
    ]


@pytest.mark.parametrize("standing", [True, False])
def test_a_rejection_is_due_only_while_nothing_took_its_place(workspace: Workspace, standing: bool) -> None:
    shop = workspace.shops.add("Lumen", "US", LUMEN, unlinks_before=3)
    for username in ("lumen.candles", "brindle.and.oat"):
        add_account(workspace, username)
    with workspace.recording(at=NOW - 3 * DAY):
        link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    with workspace.recording(anyway=True):
        workspace.links.reject(link.id, "The picture is blurred.")
    assert (kinds(workspace), workspace.shops.counts().due) == (["review_decided"], 1)
    if standing:
        workspace.links.record_linked("brindle.and.oat", shop.code, Role.OFFICIAL, NOW - 9 * DAY)
        assert (kinds(workspace), kinds(workspace, shop.code), workspace.shops.counts().due) == ([], [], 0)
    else:
        with workspace.recording(at=NOW - 9 * DAY):
            workspace.links.request("brindle.and.oat", shop.code, Role.OFFICIAL, agreement=True)
        assert "review_decided" not in kinds(workspace)
    assert workspace.shops.page(due_first=True).shops[0].due == len(workspace.reminders.find())


def test_products_that_were_never_entered_are_not_tracked(workspace: Workspace, practice: Workspace) -> None:
    for of, tracked in ((workspace, False), (practice, True)):
        shop = add_shop(of)
        assert (of.products.shop_page(shop.code).tracked, of.products.shop_page(shop.code).synced) == (tracked, False)
        add_account(of)
        linked(of, shop, "lumen.candles")
        assert of.shops.status(shop.code).shop_page.tracked == tracked
        of.products.add(shop.code, "Amber jar", "18.50")
        assert of.products.shop_page(shop.code).tracked


def test_an_invitation_is_reported_at_the_shop_that_its_account_is_linked_to_alone(workspace: Workspace) -> None:
    team, other = add_shop(workspace, "Team"), add_shop(workspace, "Other")
    workspace.organizations.create(team.code, username="lumen.org")
    workspace.organizations.invite(team.code, "sam@lumen.example", MemberRole.OPERATOR)
    workspace.accounts.state("lumen.org", kind=None)
    with workspace.recording(anyway=True):
        workspace.links.request("lumen.org", other.code, Role.OFFICIAL, agreement=True, confirmed=workspace.policy.rules)
        workspace.accounts.state("lumen.org", kind=AccountKind.ORGANIZATION)
    due = [reminder.shop.code for reminder in workspace.reminders.find() if reminder.kind == "member_invitation_expires"]
    assert due == [team.code]
