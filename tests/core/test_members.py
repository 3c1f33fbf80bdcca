"""Members of an organization account: who still gets in through Seller Center after a removal."""

from collections.abc import Callable
from functools import partial

import pytest

from core.errors import InvalidInput, NotFound, Refused
from core.models import EventKind, Member, MemberRole, MemberState, Role
from core.organizations import open_in_seller_center
from core.workspace import Workspace
from tests.support import DAY, MS, NOW, StoppedClock, add_shop, everything


@pytest.fixture
def shop(workspace: Workspace) -> str:
    code = add_shop(workspace).code
    workspace.organizations.create(code, contact="owner@lumen.example", username="lumen.org")
    return code


def joined(workspace: Workspace, shop: str, contact: str = "sam@lumen.example") -> Member:
    invited = workspace.organizations.invite(shop, contact, MemberRole.OPERATOR)
    return workspace.organizations.accept(invited.id)


def still_open(workspace: Workspace, shop: str) -> list[str]:
    return [member.id for member in open_in_seller_center(workspace.organizations.members(shop))]


def test_a_removed_member_is_open_until_it_is_noted(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    organizations, sam = workspace.organizations, joined(workspace, shop)
    assert still_open(workspace, shop) == []
    organizations.remove(sam.id)
    assert still_open(workspace, shop) == [sam.id]
    clock.move(DAY)
    noted = organizations.note_removed_in_seller_center(sam.id)
    assert (noted.state, noted.seller_center_removed_at) == (MemberState.REMOVED, clock.now)
    assert organizations.members(shop)[-1] == noted
    assert still_open(workspace, shop) == []
    event = workspace.history.page(shop=shop).events[0]
    assert (event.kind, event.summary) == (EventKind.MEMBER_REMOVED, "s••••@lumen.example removed in Seller Center too")


def test_noting_it_again_changes_nothing(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    sam = joined(workspace, shop)
    workspace.organizations.remove(sam.id)
    noted = workspace.organizations.note_removed_in_seller_center(sam.id)
    clock.move(DAY)
    before = workspace.history.page(shop=shop)
    assert workspace.organizations.note_removed_in_seller_center(sam.id) == noted
    assert workspace.history.page(shop=shop) == before


def test_only_a_removed_member_can_be_noted(workspace: Workspace, shop: str) -> None:
    sam = joined(workspace, shop)
    before = everything(workspace)
    with pytest.raises(Refused, match="is active") as caught:
        workspace.organizations.note_removed_in_seller_center(sam.id)
    assert caught.value.remedy == "Remove the person first."
    with pytest.raises(NotFound):
        workspace.organizations.note_removed_in_seller_center("mem-none")
    assert everything(workspace) == before


def test_an_invitation_taken_back_leaves_nothing_open(workspace: Workspace, shop: str) -> None:
    invited = workspace.organizations.invite(shop, "kim@lumen.example", MemberRole.ADMIN)
    workspace.organizations.remove(invited.id)
    assert still_open(workspace, shop) == []


def test_who_comes_back_is_not_open_and_is_listed_once_after_leaving_again(workspace: Workspace, shop: str) -> None:
    first = joined(workspace, shop)
    workspace.organizations.remove(first.id)
    again = joined(workspace, shop, "SAM@lumen.example")
    assert still_open(workspace, shop) == []
    workspace.organizations.remove(again.id)
    assert still_open(workspace, shop) == [again.id]


def test_an_invitation_after_the_removal_that_was_taken_back_leaves_it_open(workspace: Workspace, shop: str) -> None:
    sam = joined(workspace, shop)
    workspace.organizations.remove(sam.id)
    invited = workspace.organizations.invite(shop, sam.contact, MemberRole.OPERATOR)
    assert still_open(workspace, shop) == []
    workspace.organizations.remove(invited.id)
    assert still_open(workspace, shop) == [sam.id]


def test_what_a_removal_needs_is_reported_before_it(workspace: Workspace, shop: str) -> None:
    (verdict,) = workspace.organizations.check_remove(joined(workspace, shop).id)
    assert "User Management" in verdict.reason
    (last,) = workspace.organizations.check_remove(workspace.organizations.members(shop)[0].id)
    assert last.stops


def _refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def test_an_acceptance_after_its_time_is_recorded_against_the_rule_alone(
    workspace: Workspace, clock: StoppedClock, shop: str
) -> None:
    organizations = workspace.organizations
    kim, sam = (organizations.invite(shop, f"{who}@lumen.example", MemberRole.OPERATOR) for who in ("kim", "sam"))
    clock.move(DAY - MS)
    assert organizations.accept(kim.id).state == MemberState.ACTIVE
    clock.move(MS)
    before = everything(workspace)
    with pytest.raises(Refused) as refused:
        organizations.accept(sam.id)
    [verdict] = refused.value.verdicts
    assert refused.value.anyway
    for late in (refused.value, _refused(lambda: organizations.invite(shop, "sam@lumen.example", MemberRole.OPERATOR))):
        assert late.remedy == "Record that the invitation expired, then invite the person again."
        assert late.command == f"The command: shoplink members expire {sam.id}"
    assert (verdict.rule, verdict.reason) == ("org.members", "The 24 hours to accept were over.")
    assert everything(workspace) == before
    with workspace.recording(anyway=True) as against:
        organizations.accept(sam.id)
    assert against == ["org.members"]
    assert workspace.history.page(shop=shop).events[0].against == ("org.members",)


def test_of_an_active_member_nothing_is_left_to_record(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    kim = joined(workspace, shop)
    clock.move(2 * DAY)
    again = _refused(lambda: workspace.organizations.invite(shop, kim.contact, MemberRole.ADMIN))
    assert (again.remedy, again.command) == ("Invite somebody else, or change this person's role.", "")
    for act in (workspace.organizations.accept, workspace.organizations.expire):
        assert _refused(partial(act, kim.id)).remedy.startswith("This person is a member already: nothing to record.")


def test_an_acceptance_in_time_can_be_recorded_later(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    sam = workspace.organizations.invite(shop, "sam@lumen.example", MemberRole.OPERATOR)
    clock.move(9 * DAY)
    with workspace.recording(at=clock.now - 9 * DAY + MS) as against:
        workspace.organizations.accept(sam.id)
    assert against == []


def test_nobody_is_invited_before_the_organization_account_existed(workspace: Workspace, shop: str) -> None:
    with workspace.recording(at=NOW - MS), pytest.raises(Refused, match="had no official account then"):
        workspace.organizations.invite(shop, "sam@lumen.example", MemberRole.OPERATOR)
    with workspace.recording(at=NOW):
        assert workspace.organizations.invite(shop, "sam@lumen.example", MemberRole.OPERATOR)


def test_an_invitation_does_not_expire_before_its_time(workspace: Workspace, clock: StoppedClock, shop: str) -> None:
    sam = workspace.organizations.invite(shop, "sam@lumen.example", MemberRole.OPERATOR)
    with pytest.raises(InvalidInput, match="in the future"):
        workspace.organizations.expire(sam.id)
    clock.move(9 * DAY)
    with workspace.recording(at=NOW + DAY - MS), pytest.raises(InvalidInput, match="before the invitation expires"):
        workspace.organizations.expire(sam.id)
    with workspace.recording(at=NOW + DAY):
        assert workspace.organizations.expire(sam.id).state == MemberState.EXPIRED


def test_members_of_a_shop_without_an_organization_account_need_one_first(workspace: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        workspace.organizations.members(add_shop(workspace).code)
    assert refused.value.remedy == "Link an organization account as the shop's official account first."


def test_an_invitation_is_judged_by_the_account_and_the_members_of_its_day(workspace: Workspace, clock: StoppedClock) -> None:
    alder, cedar = (add_shop(workspace, name).code for name in ("Alder", "Cedar"))
    organizations, invite = workspace.organizations, workspace.organizations.invite
    link = organizations.create(alder, contact="owner@lumen.example", username="lumen.org")
    clock.move(9 * DAY)
    workspace.links.unlink(link.id)
    workspace.links.request("lumen.org", cedar, Role.OFFICIAL, agreement=True)
    with workspace.recording(at=NOW + DAY):
        with pytest.raises(Refused, match="had no official account then") as refused:
            invite(cedar, "sam@lumen.example", MemberRole.OPERATOR)
        assert refused.value.remedy.startswith("Check the date")
        sam = invite(alder, "sam@lumen.example", MemberRole.OPERATOR)
    with workspace.recording(at=NOW + DAY + MS):
        organizations.accept(sam.id)
    assert {event.summary for event in workspace.history.page(shop=alder, kind="member.").events} >= {
        "s••••@lumen.example invited as an operator of @lumen.org",
        "s••••@lumen.example joined as an operator",
    }
    assert workspace.history.page(shop=cedar, kind="member.").events == ()
    with workspace.recording(at=NOW + MS), pytest.raises(Refused, match="an earlier invitation can't be added"):
        invite(alder, "sam@lumen.example", MemberRole.OPERATOR)
    organizations.remove(sam.id)
    with workspace.recording(at=NOW + 2 * DAY), pytest.raises(Refused, match="was a member until"):
        invite(alder, "sam@lumen.example", MemberRole.OPERATOR)


def test_the_team_of_an_unlinked_account_is_listed_until_a_new_link(workspace: Workspace, clock: StoppedClock) -> None:
    alder, cedar = (add_shop(workspace, name).code for name in ("Alder", "Cedar"))
    organizations = workspace.organizations
    link = organizations.create(alder, contact="owner@lumen.example", username="lumen.org")
    team = organizations.members(alder)
    clock.move(2 * DAY)
    workspace.links.unlink(link.id)
    assert organizations.members(alder) == team
    with pytest.raises(Refused, match="The shop has no official account, so it has no members"):
        organizations.invite(alder, "sam@lumen.example", MemberRole.OPERATOR)
    workspace.links.request("lumen.org", cedar, Role.OFFICIAL, agreement=True)
    assert organizations.members(cedar) == team
    with pytest.raises(Refused):
        organizations.members(alder)
