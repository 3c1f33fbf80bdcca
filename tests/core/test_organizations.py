"""Organization accounts: what a record may leave out, and practice asks for."""

import pytest

from core import doctor, scenarios
from core.errors import InvalidInput
from core.models import EventKind, MemberRole
from core.workspace import Workspace
from tests.support import LUMEN, StoppedClock, add_shop, everything


def test_a_record_notes_an_organization_account_without_a_contact_and_without_an_admin(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    link = workspace.organizations.create(shop.code, username="lumen.org")
    account = workspace.links.account(link)
    assert (account.email, account.phone, account.entity) == (None, None, LUMEN)
    assert workspace.organizations.members(shop.code) == ()
    assert [event.kind for event in workspace.history.page(shop=shop.code).events] == [
        EventKind.LINK_LINKED,
        EventKind.ORGANIZATION_CREATED,
        EventKind.SHOP_ADDED,
    ]
    assert workspace.shops.answer(shop.id, "org.members").reason == "0 members, 0 of them admin."
    assert all(check.ok for check in doctor.examine(workspace) if check.id not in {"file", "writable"})
    member = workspace.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    workspace.organizations.accept(member.id)
    assert workspace.organizations.change_role(member.id, MemberRole.ADMIN).role == MemberRole.ADMIN


@pytest.mark.parametrize(
    ("contact", "email", "phone"),
    [("ada@lumen.example", "ada@lumen.example", None), ("+1 555 010 0142", None, "+1 555 010 0142")],
)
def test_a_contact_is_the_first_admin(workspace: Workspace, contact: str, email: str | None, phone: str | None) -> None:
    shop = add_shop(workspace)
    account = workspace.links.account(workspace.organizations.create(shop.code, contact=contact))
    assert (account.email, account.phone) == (email, phone)
    (admin,) = workspace.organizations.members(shop.code)
    assert (admin.contact, admin.role) == (contact, MemberRole.ADMIN)


def test_practice_asks_for_the_contact(clock: StoppedClock) -> None:
    with scenarios.in_memory("new-shop", actor="maya", clock=clock) as workspace:
        before = everything(workspace)
        with pytest.raises(InvalidInput, match="Enter the email or phone number of the person who logs in first"):
            workspace.organizations.create("USLCDEMO01")
        assert everything(workspace) == before
