"""What several processes want of one workspace at the same moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core import desk
from core.models import MemberRole, Role
from core.workspace import Workspace
from tests.support import LUMEN, NOW, StoppedClock, add_account

Act = Callable[[Workspace], object]
SHOPS = ("SHOP0", "SHOP1", "SHOP2", "SHOP3")


@dataclass(frozen=True)
class Race:
    """After the acts `before`, one upon the other, each of `acts` is done by a process of its own."""

    before: tuple[Act, ...]
    acts: tuple[Act, Act, Act, Act]
    later: timedelta = timedelta()
    """How long after the preparation they act."""
    scenario: str | None = None

    @property
    def seed(self) -> str | None:
        """What ids are made from; a scenario that starts over has its own."""
        return None if self.scenario else "race"

    def prepare(self, workspace: Workspace, clock: StoppedClock) -> None:
        for act in self.before:
            act(workspace)

    def clock(self) -> StoppedClock:
        return StoppedClock(NOW + self.later)


def _shops(workspace: Workspace) -> None:
    for number, code in enumerate(SHOPS):
        workspace.shops.add(f"Lumen {number}", "US", LUMEN, code=code)
        add_account(workspace, f"user.{number}")
        add_account(workspace, f"market.{number}")


def _request(username: str, role: Role, shop: int = 0) -> Act:
    return lambda workspace: workspace.links.request(username, SHOPS[shop], role, agreement=True)


def _on_link(act: str, *more: str) -> Act:
    """Do this with the link that was requested first, the same whatever the others do."""
    return lambda workspace: getattr(workspace.links, act)(workspace.links.find()[-1].id, *more)


def _on_member(number: int, act: str, *more: object) -> Act:
    return lambda workspace: getattr(workspace.organizations, act)(workspace.organizations.every_member()[number].id, *more)


def _rename(name: str, shop: str = SHOPS[0]) -> Act:
    return lambda workspace: workspace.shops.rename(shop, name)


_REQUESTED = (_shops, _request("user.0", Role.OFFICIAL))
_IN_REVIEW = (*_REQUESTED, _on_link("authorize"), _on_link("submit"))
_LINKED = (*_IN_REVIEW, _on_link("approve"))
_MARKET, _USERS = ([_request(f"{who}.{n}", Role.MARKETING) for n in range(4)] for who in ("market", "user"))
_WANTED = [_request("user.0", Role.OFFICIAL, shop) for shop in range(3)]
_TWO_ADMINS = (
    *(_shops, lambda workspace: workspace.organizations.create(SHOPS[0], contact="owner@lumen.example")),
    lambda workspace: workspace.organizations.invite(SHOPS[0], "second@lumen.example", MemberRole.ADMIN),
    _on_member(1, "accept"),
)

RACES = {
    "the last marketing slot": Race((_shops, *_MARKET[:3]), (_USERS[0], _USERS[1], _USERS[2], _USERS[3])),
    "one account, wanted by four shops": Race((_shops,), (_WANTED[0], _WANTED[1], _WANTED[2], _USERS[0])),
    "approved, rejected, cancelled and the shop renamed": Race(
        _IN_REVIEW, (_on_link("approve"), _on_link("reject", "Blurred"), _on_link("cancel"), _rename("Lumen Lights"))
    ),
    "unlinked twice, renamed and the official account replaced": Race(
        _LINKED,
        (_on_link("unlink"), _on_link("unlink"), _rename("Lumen"), _request("user.1", Role.OFFICIAL)),
        later=timedelta(hours=24),
    ),
    "accepted as it expires": Race(
        _REQUESTED,
        (_on_link("authorize"), _on_link("cancel"), _rename("Lumen"), _request("user.1", Role.OFFICIAL)),
        later=timedelta(hours=48),
    ),
    "both admins removed": Race(
        _TWO_ADMINS,
        (
            *(_on_member(0, "remove"), _on_member(1, "remove")),
            *(_on_member(n, "change_role", MemberRole.OPERATOR) for n in (0, 1)),
        ),
    ),
    "started over while somebody works": Race(
        (), (desk.restart, _rename("Lumen Lights", "USLCDEMO01"), desk.restart, _on_link("cancel")), scenario="in-review"
    ),
}
"""The races, by the name that a failure shows."""
