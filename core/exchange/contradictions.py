"""Find contradictions within an entry of a document, before the workspace file refuses it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.errors import InvalidInput
from core.models import Account, AccountKind, Link, LinkOrigin, LinkState, Member, MemberState, Model, Probation, Role, Shop
from core.words import value

ENDED = (LinkState.DECLINED, LinkState.EXPIRED, LinkState.CANCELLED, LinkState.REJECTED)
NEEDED: dict[str, tuple[str, ...]] = {
    LinkState.AWAITING_AUTHORIZATION: ("requested_at", "authorize_by"),
    LinkState.AUTHORIZED: ("authorized_at",),
    LinkState.IN_REVIEW: ("submitted_at",),
    LinkState.LINKED: ("linked_at",),
    LinkState.UNLINKED: ("linked_at", "unlinked_at"),
    **dict.fromkeys(ENDED, ("decided_at",)),
    LinkState.REJECTED: ("decided_at", "reason"),
}
"""The fields that a link in each state must have."""
NEEDED_OF_MEMBER: dict[str, tuple[str, ...]] = {
    MemberState.INVITED: ("accept_by",),
    MemberState.ACTIVE: ("accepted_at",),
    MemberState.REMOVED: ("removed_at",),
}
"""The same of a member."""
ONLY: dict[str, tuple[str, ...]] = {
    "linked_at": (LinkState.LINKED, LinkState.UNLINKED),
    "unlinked_at": (LinkState.UNLINKED,),
    "ended_by": (LinkState.UNLINKED, LinkState.CANCELLED),
    "removed_at": (MemberState.REMOVED,),
    "seller_center_removed_at": (MemberState.REMOVED,),
}
"""The only states in which a link or a member can have these fields."""
OF_LINK = ("requested_at", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at")
OF_MEMBER = ("invited_at", "accepted_at", "removed_at", "seller_center_removed_at")
"""Moments in the order in which they happen."""
OF_OFFICIAL = (LinkState.AUTHORIZED, LinkState.IN_REVIEW, LinkState.REJECTED)


def check(model: Model) -> None:
    """Raise InvalidInput that names a field which contradicts another."""
    match model:
        case Shop():
            if model.probation_until and model.probation != Probation.ACTIVE:
                raise InvalidInput("probation_until", "applies only to an active probation period")
        case Account():
            if model.converted_at and model.kind != AccountKind.ORGANIZATION:
                raise InvalidInput("converted_at", "applies only to organization accounts")
        case Link():
            _check_state(model, str(model.state), NEEDED)
            _check_order(model, OF_LINK)
            _check_order(model, ("requested_at", "authorize_by"))
            if model.role == Role.MARKETING and (model.state in OF_OFFICIAL or model.origin == LinkOrigin.CREATED):
                name = "state" if model.state in OF_OFFICIAL else "origin"
                raise InvalidInput(name, "applies only to official accounts")
            if model.state == LinkState.AWAITING_AUTHORIZATION and model.authorized_at:
                raise InvalidInput("authorized_at", "doesn't go with a link that is waiting for authorization")
        case Member():
            _check_state(model, str(model.state), NEEDED_OF_MEMBER)
            _check_order(model, OF_MEMBER)
            _check_order(model, ("invited_at", "accept_by"))


def _check_state(model: Any, state: str, needed: dict[str, tuple[str, ...]]) -> None:
    """Check that the state's required fields are there, and no other state's."""
    for name in needed.get(state, ()):
        if getattr(model, name) is None:
            raise InvalidInput(name, f"is missing, but the state is {value('state', state)}: add it, or correct the state")
    for name, states in ONLY.items():
        if getattr(model, name, None) is not None and state not in states:
            raise InvalidInput(name, f"doesn't go with the state {value('state', state)}")


def _check_order(model: Any, names: Iterable[str]) -> None:
    before: tuple[str, Any] | None = None
    for name in names:
        moment = getattr(model, name)
        if moment is not None and before and moment < before[1]:
            raise InvalidInput(name, f"is before {before[0]}")
        before = before if moment is None else (name, moment)
