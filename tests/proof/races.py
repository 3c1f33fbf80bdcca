"""What several processes want of one workspace at the same moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core import desk
from core.models import Link, Member, MemberRole, Role
from core.workspace import Workspace
from tests.support import LUMEN, NOW, StoppedClock, add_account, linked

Act = Callable[[Workspace], object]
SHOPS = ("SHOP0", "SHOP1", "SHOP2", "SHOP3")


@dataclass(frozen=True)
class Race:
    """`prepare` makes the workspace as it is before; then each of `acts` is done by a process of its own."""

    prepare: Callable[[Workspace, StoppedClock], object]
    acts: tuple[Act, Act, Act, Act]
    later: timedelta = timedelta()
    """How long after the preparation they act."""
    scenario: str | None = None

    @property
    def seed(self) -> str | None:
        """What ids are made from: a scenario that starts over has its own."""
        return None if self.scenario else "race"

    def clock(self) -> StoppedClock:
        return StoppedClock(NOW + self.later)


def _shops(workspace: Workspace) -> None:
    for number in range(4):
        workspace.shops.add(f"Lumen {number}", "US", LUMEN, code=f"SHOP{number}")
    for number in range(4):
        add_account(workspace, f"user.{number}")


def _link(workspace: Workspace) -> Link:
    """The link that was asked for first: an act names the same one whatever the others do."""
    return workspace.links.find()[-1]


def _member(workspace: Workspace, number: int) -> Member:
    return workspace.organizations.every_member()[number]


def _ask(number: int, role: Role, shop: int = 0) -> Act:
    return lambda workspace: workspace.links.request(f"user.{number}", SHOPS[shop], role, agreement=True)


def _three_places_taken(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace)
    for number in range(3):
        add_account(workspace, f"market.{number}")
        workspace.links.request(f"market.{number}", SHOPS[0], Role.MARKETING, agreement=True)


def _asked(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace)
    _ask(0, Role.OFFICIAL)(workspace)


def _in_review(workspace: Workspace, clock: StoppedClock) -> None:
    _asked(workspace, clock)
    workspace.links.authorize(_link(workspace).id)
    workspace.links.submit(_link(workspace).id)


def _standing(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace)
    linked(workspace, workspace.shops.get(SHOPS[0]), "user.0")


def _two_admins(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace)
    workspace.organizations.create(SHOPS[0], contact="owner@lumen.example")
    member = workspace.organizations.invite(SHOPS[0], "second@lumen.example", MemberRole.ADMIN)
    workspace.organizations.accept(member.id)
    workspace.organizations.invite(SHOPS[0], "third@lumen.example", MemberRole.OPERATOR)


def _on_link(act: str, *more: str) -> Act:
    return lambda workspace: getattr(workspace.links, act)(_link(workspace).id, *more)


def _rename(name: str) -> Act:
    return lambda workspace: workspace.shops.rename(SHOPS[0], name)


def _invite(contact: str) -> Act:
    return lambda workspace: workspace.organizations.invite(SHOPS[0], contact, MemberRole.OPERATOR)


def _remove(number: int) -> Act:
    return lambda workspace: workspace.organizations.remove(_member(workspace, number).id)


def _role(number: int, role: MemberRole) -> Act:
    return lambda workspace: workspace.organizations.change_role(_member(workspace, number).id, role)


def _organization(shop: int) -> Act:
    return lambda workspace: workspace.organizations.create(SHOPS[shop], contact="owner@lumen.example", username="lumen.org")


RACES = {
    "the last marketing place, wanted by four accounts": Race(
        _three_places_taken,
        (_ask(0, Role.MARKETING), _ask(1, Role.MARKETING), _ask(2, Role.MARKETING), _ask(3, Role.MARKETING)),
    ),
    "the official place, wanted by four accounts": Race(
        lambda workspace, clock: _shops(workspace),
        (_ask(0, Role.OFFICIAL), _ask(1, Role.OFFICIAL), _ask(2, Role.OFFICIAL), _ask(3, Role.OFFICIAL)),
    ),
    "one account, wanted by four shops": Race(
        lambda workspace, clock: _shops(workspace),
        (_ask(0, Role.OFFICIAL, 0), _ask(0, Role.OFFICIAL, 1), _ask(0, Role.OFFICIAL, 2), _ask(0, Role.OFFICIAL, 3)),
    ),
    "one account in both roles": Race(
        lambda workspace, clock: _shops(workspace),
        (_ask(0, Role.OFFICIAL), _ask(0, Role.MARKETING), _ask(0, Role.OFFICIAL), _ask(0, Role.MARKETING)),
    ),
    "accepted, declined and cancelled": Race(
        _asked, (_on_link("authorize"), _on_link("decline"), _on_link("cancel"), _on_link("authorize"))
    ),
    "approved, rejected and cancelled": Race(
        _in_review, (_on_link("approve"), _on_link("reject", "Blurred"), _on_link("cancel"), _on_link("approve"))
    ),
    "unlinked four times": Race(
        _standing, (_on_link("unlink"), _on_link("unlink"), _on_link("unlink"), _on_link("unlink")), later=timedelta(hours=24)
    ),
    "unlinked too early, renamed, and the place wanted": Race(
        _standing, (_on_link("unlink"), _rename("Lumen Lights"), _rename("Lumen"), _ask(1, Role.OFFICIAL))
    ),
    "renamed and approved": Race(
        _in_review,
        (_rename("Lumen Lights"), _on_link("approve"), _rename("A name that no account's nickname holds"), _rename("Lumen")),
    ),
    "expired while it is accepted": Race(
        _asked, (_on_link("authorize"), _on_link("cancel"), _rename("Lumen"), _ask(1, Role.OFFICIAL)), later=timedelta(hours=48)
    ),
    "invited twice and removed": Race(
        _two_admins, (_invite("fourth@lumen.example"), _invite("fourth@lumen.example"), _remove(2), _role(2, MemberRole.ADMIN))
    ),
    "both admins gone": Race(_two_admins, (_remove(0), _remove(1), _role(0, MemberRole.OPERATOR), _role(1, MemberRole.OPERATOR))),
    "an organization account of one name, made for four shops": Race(
        lambda workspace, clock: _shops(workspace), (_organization(0), _organization(1), _organization(2), _organization(3))
    ),
    "started over while it is worked with": Race(
        lambda workspace, clock: None,
        (
            desk.restart,
            lambda workspace: workspace.shops.rename("USLCDEMO01", "Lumen Lights"),
            desk.restart,
            lambda workspace: workspace.links.cancel(_link(workspace).id),
        ),
        scenario="in-review",
    ),
}
"""What is wanted, by what it is called where it fails."""
