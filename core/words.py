"""People's words for what has a machine's name: kinds of events, fields and their values."""

from collections.abc import Iterable
from typing import Any

from core.models import Entity, EventKind, LinkState, Role

STATES = {
    LinkState.AWAITING_AUTHORIZATION: "waiting for the holder",
    LinkState.AUTHORIZED: "authorized",
    LinkState.IN_REVIEW: "in review",
    LinkState.LINKED: "linked",
    LinkState.UNLINKED: "unlinked",
    LinkState.DECLINED: "declined",
    LinkState.EXPIRED: "expired",
    LinkState.CANCELLED: "canceled",
    LinkState.REJECTED: "rejected",
}

EVENTS = {
    EventKind.LINK_REQUESTED: "Link requested",
    EventKind.LINK_AUTHORIZED: "Link authorized",
    EventKind.LINK_DECLINED: "Link declined",
    EventKind.LINK_EXPIRED: "Request expired",
    EventKind.LINK_CANCELLED: "Request canceled",
    EventKind.LINK_SUBMITTED: "Sent to review",
    EventKind.LINK_APPROVED: "Link approved",
    EventKind.LINK_REJECTED: "Link rejected",
    EventKind.LINK_LINKED: "Account linked",
    EventKind.LINK_UNLINKED: "Account unlinked",
    EventKind.LINK_RECORDED: "Earlier link recorded",
    EventKind.SHOP_ADDED: "Shop added",
    EventKind.SHOP_RENAMED: "Shop renamed",
    EventKind.SHOP_STATED: "Shop facts entered",
    EventKind.SHOP_REMOVED: "Shop removed",
    EventKind.ACCOUNT_STATED: "Account facts entered",
    EventKind.ACCOUNT_RENAMED: "Nickname changed",
    EventKind.ACCOUNT_USERNAME_CHANGED: "Username changed",
    EventKind.ACCOUNT_REMOVED: "Account removed",
    EventKind.ORGANIZATION_CREATED: "Organization account created",
    EventKind.MEMBER_INVITED: "Member invited",
    EventKind.MEMBER_ACCEPTED: "Member joined",
    EventKind.MEMBER_EXPIRED: "Member's invitation expired",
    EventKind.MEMBER_ROLE_CHANGED: "Member's role changed",
    EventKind.MEMBER_REMOVED: "Member removed",
    EventKind.PRODUCT_ADDED: "Product added",
    EventKind.PRODUCT_CHANGED: "Product changed",
    EventKind.WORKSPACE_CREATED: "Workspace created",
    EventKind.WORKSPACE_IMPORTED: "File imported",
    EventKind.CLOCK_MOVED: "Clock moved",
    EventKind.ENTRY_UNDONE: "Entry undone",
}

FIELDS = {
    "accept_by": "Accept by",
    "accepted_at": "Accepted",
    "account": "Account",
    "against": "Recorded despite",
    "authorize_by": "Authorize by",
    "authorized_at": "Authorized",
    "by_seconds": "Moved by",
    "changed_at": "Changed",
    "code": "Shop code",
    "code_is_made_up": "Made up by shoplink",
    "confirmed": "Confirmed",
    "contact": "Contact",
    "converted_at": "Updated by TikTok",
    "country": "Country",
    "created": "Added",
    "currency": "Currency",
    "decided_at": "Decided",
    "email": "Email",
    "ended_by": "Ended by",
    "entity": "Legal entity",
    "entity.kind": "Company or individual",
    "facts": "Facts entered",
    "former": "Former usernames",
    "holder_is_adult": "Holder is 18 or older",
    "id": "ID",
    "identity_verified": "Identity verified",
    "invited_at": "Invited",
    "kind": "Account type",
    "kind_before": "Account type before",
    "legal_name": "Legal name",
    "link": "Link",
    "linked_at": "Linked",
    "linked_by": "Linked by",
    "member": "Member",
    "name": "Name",
    "name_before": "Name before",
    "nickname": "Nickname",
    "nickname_before": "Nickname before",
    "origin": "Origin",
    "phone": "Phone",
    "price": "Price",
    "probation": "Probation",
    "probation_until": "Probation ends",
    "product": "Product",
    "reason": "Reason",
    "region": "Region",
    "registration_key": "Registration number",
    "registration_number": "Registration number",
    "removed_at": "Removed",
    "requested_at": "Requested",
    "requested_by": "Requested by",
    "role": "Role",
    "rules": "Rules",
    "seller": "Seller",
    "seller_center_removed_at": "Removed in Seller Center",
    "shop.kind": "Company or individual",
    "shifted_by_seconds": "Moved in total",
    "shop": "Shop",
    "standing": "Standing",
    "state": "State",
    "status": "Status",
    "submitted_at": "Sent to review",
    "title": "Title",
    "trial_ends": "Trial ends",
    "unknown": "Not entered",
    "unlinked_at": "Unlinked",
    "unlinks_before": "Earlier unlinks",
    "updated": "Changed",
    "username": "Username",
    "username_before": "Username before",
}
"""Labels of fields. `owner.field`: where a field of this owner means something else."""

ROLES = {Role.OFFICIAL: "the official account", Role.MARKETING: "a marketing account"}
"""Roles inside a sentence."""

LIMITS = {
    "accounts": "Marketing accounts",
    "admins_at_least": "Fewest admins",
    "answer_hours": "Hours to answer",
    "change_days": "Days between changes",
    "invitation_hours": "Hours to accept",
    "links": "Links",
    "max_length": "Most characters",
    "min_length": "Fewest characters",
    "named": "Named by TikTok",
    "never": "Words not allowed",
    "nickname_days": "Days between changes",
    "nickname_max_length": "Most characters",
    "owner_only": "Owner only",
    "owners_only": "Words for brand owners",
    "required": "Required",
    "trial_days": "Days of the trial",
    "unlinks": "Unlinks in total",
    "wait_days": "Days to wait",
    "wait_hours": "Hours to wait",
    "window_days": "Within days",
}
"""Labels of the limits of rules."""

VALUES: dict[str, dict[str, str]] = {
    "state": {state.value: words for state, words in STATES.items()},
    "origin": {"existing": "existing account", "created": "created for the shop"},
    "ended_by": {"seller": "the seller", "tiktok": "TikTok"},
}
"""Words for those values of a field that aren't words themselves."""


def asked(role: Role, username: str) -> str:
    """Name a link that is not decided yet, in a sentence after “the”: an official request or a marketing invitation."""
    return f"request for @{username}" if role == Role.OFFICIAL else f"invitation to @{username}"


def label(field: str, owner: str = "") -> str:
    """Return a field's label; of an unknown one its name without underscores."""
    return FIELDS.get(f"{owner}.{field}") or FIELDS.get(field) or field.replace("_", " ").capitalize()


def value(field: str, found: Any) -> str:
    """Return a field's value in words: yes and no for what is true or false."""
    if isinstance(found, bool):
        return "yes" if found else "no"
    return VALUES.get(field, {}).get(str(found), str(found))


def named(fields: Iterable[str], owner: str = "") -> str:
    """List fields inside a sentence."""
    labels = (label(field, owner) for field in fields)
    return ", ".join(words[:1].lower() + words[1:] for words in labels)


def entity_words(entity: Entity) -> str:
    """Name a legal entity, by its name if that is known, with its number and country."""
    name = f"{entity.legal_name}, " if entity.legal_name else ""
    return f"{name}{entity.registration_number} ({entity.country})"
