"""What several processes want of one workspace at the same moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core import desk
from core.models import Link, MemberRole, Role
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
        """What ids are made from; a scenario that starts over has its own."""
        return None if self.scenario else "race"

    def clock(self) -> StoppedClock:
        return StoppedClock(NOW + self.later)


def _shops(workspace: Workspace, clock: StoppedClock) -> None:
    for number in range(4):
        workspace.shops.add(f"Lumen {number}", "US", LUMEN, code=SHOPS[number])
        add_account(workspace, f"user.{number}")


def _first_link(workspace: Workspace) -> Link:
    """The link that was requested first, the same whatever the others do."""
    return workspace.links.find()[-1]


def _request(number: int, role: Role, shop: int = 0) -> Act:
    return lambda workspace: workspace.links.request(f"user.{number}", SHOPS[shop], role, agreement=True)


def _three_slots_taken(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace, clock)
    for number in range(3):
        add_account(workspace, f"market.{number}")
        workspace.links.request(f"market.{number}", SHOPS[0], Role.MARKETING, agreement=True)


def _requested(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace, clock)
    _request(0, Role.OFFICIAL)(workspace)


def _in_review(workspace: Workspace, clock: StoppedClock) -> None:
    _requested(workspace, clock)
    workspace.links.authorize(_first_link(workspace).id)
    workspace.links.submit(_first_link(workspace).id)


def _linked(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace, clock)
    linked(workspace, workspace.shops.get(SHOPS[0]), "user.0")


def _two_admins(workspace: Workspace, clock: StoppedClock) -> None:
    _shops(workspace, clock)
    workspace.organizations.create(SHOPS[0], contact="owner@lumen.example")
    member = workspace.organizations.invite(SHOPS[0], "second@lumen.example", MemberRole.ADMIN)
    workspace.organizations.accept(member.id)


def _on_link(act: str, *more: str) -> Act:
    return lambda workspace: getattr(workspace.links, act)(_first_link(workspace).id, *more)


def _rename(name: str) -> Act:
    return lambda workspace: workspace.shops.rename(SHOPS[0], name)


def _on_member(number: int, act: str, *more: object) -> Act:
    return lambda workspace: getattr(workspace.organizations, act)(workspace.organizations.every_member()[number].id, *more)


RACES = {
    "the last marketing slot": Race(
        _three_slots_taken,
        (_request(0, Role.MARKETING), _request(1, Role.MARKETING), _request(2, Role.MARKETING), _request(3, Role.MARKETING)),
    ),
    "one account, wanted by four shops": Race(
        _shops,
        (
            _request(0, Role.OFFICIAL, 0),
            _request(0, Role.OFFICIAL, 1),
            _request(0, Role.OFFICIAL, 2),
            _request(0, Role.MARKETING, 0),
        ),
    ),
    "approved, rejected, cancelled and the shop renamed": Race(
        _in_review, (_on_link("approve"), _on_link("reject", "Blurred"), _on_link("cancel"), _rename("Lumen Lights"))
    ),
    "unlinked twice, renamed and the official account replaced": Race(
        _linked, (_on_link("unlink"), _on_link("unlink"), _rename("Lumen"), _request(1, Role.OFFICIAL)), later=timedelta(hours=24)
    ),
    "accepted as it expires": Race(
        _requested,
        (_on_link("authorize"), _on_link("cancel"), _rename("Lumen"), _request(1, Role.OFFICIAL)),
        later=timedelta(hours=48),
    ),
    "both admins removed": Race(
        _two_admins,
        (
            *(_on_member(0, "remove"), _on_member(1, "remove")),
            *(_on_member(0, "change_role", MemberRole.OPERATOR), _on_member(1, "change_role", MemberRole.OPERATOR)),
        ),
    ),
    "started over while somebody works": Race(
        lambda workspace, clock: None,
        (
            desk.restart,
            lambda workspace: workspace.shops.rename("USLCDEMO01", "Lumen Lights"),
            desk.restart,
            lambda workspace: workspace.links.cancel(_first_link(workspace).id),
        ),
        scenario="in-review",
    ),
}
"""The races, by the name that a failure shows."""
