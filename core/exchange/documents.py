"""Import the entries of an export, with their ids and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from core.accounts import FACTS, wrong_username
from core.countries import read_country
from core.errors import InvalidInput, Refused, ShoplinkError
from core.exchange import contradictions
from core.exchange.kinds import OWN_EVENTS
from core.lookup import check_market
from core.models import (
    Account,
    AccountKind,
    Entity,
    Event,
    EventKind,
    Link,
    LinkState,
    Member,
    MemberState,
    Model,
    Product,
    Seller,
    Shop,
)
from core.store import accounts as account_rows
from core.store import events as event_rows
from core.store import images, missing_events
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import products as product_rows
from core.store import shops as shop_rows
from core.store.connection import Store
from core.text import mask_contact, show
from core.words import STATES
from core.workspace import Workspace

REFERRED: dict[str, Callable[[Store, str], object]] = {
    "seller": shop_rows.find_seller,
    "shop": shop_rows.is_there,
    "account": account_rows.is_there,
    "link": link_rows.find,
    "member": member_rows.find,
    "undoes": event_rows.find,
}
"""The fields that refer to another entry, and how to find it. All but the last are named like the kind of entry."""

PAST = (
    *("requested_at", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at"),
    *("invited_at", "accepted_at", "removed_at", "converted_at", "changed_at", "recorded_at"),
)
"""The moments that must be in the past: a clock ahead of this one may have written later ones."""

LINK_EVENTS = {
    LinkState.AWAITING_AUTHORIZATION: EventKind.LINK_REQUESTED,
    LinkState.IN_REVIEW: EventKind.LINK_SUBMITTED,
    **{state: EventKind(f"link.{state}") for state in LinkState if f"link.{state}" in list(EventKind)},
}
LAST_MOMENTS = ("unlinked_at", "linked_at", "decided_at", "submitted_at", "authorized_at", "requested_at")
"""A link's moments, the last of its steps first."""
MEMBER_EVENTS = {
    MemberState.ACTIVE: EventKind.MEMBER_ACCEPTED,
    **{state: EventKind(f"member.{state}") for state in MemberState if f"member.{state}" in list(EventKind)},
}
"""The kind of event for a link or a member that was imported in this state."""


class Follows(ShoplinkError):
    """An entry refers to one that was refused: correct that one first."""


@dataclass
class Later:
    """What later entries of the document, or those that refer to them, are checked against."""

    former: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The former usernames of accounts (their ids), the newest first."""
    undone: dict[str, str] = field(default_factory=dict)
    """The events (their ids) that an entry undid, and that entry."""
    refused: set[tuple[str, str]] = field(default_factory=set)
    """The refused entries: the kind and the id of each."""

    def refuse(self, kind: str, facts: Mapping[str, Any], wrong: object) -> None:
        """Remember a refused entry. Its other fields need no check: their types have done it."""
        self.refused.add((kind, str(facts.get("id")).strip()))


def take(workspace: Workspace, later: Later, model: Model) -> str | None:
    """Add a model, or update the one with its id; return None if it is unchanged.

    Sellers, links, members and events are only ever added. Raises ShoplinkError on a conflict, and Follows.
    """
    store = workspace.store
    for name, found in REFERRED.items():
        ref = getattr(model, name, None)
        if ref is not None and not found(store, ref):
            if (f"{name}s" if name != "undoes" else "events", ref) in later.refused:
                raise Follows("It refers to an entry that was refused.", remedy="Correct that one first.")
            raise InvalidInput(name, f"{show(ref, 60)} is not in the document or the workspace")
    now = workspace.now()
    for name in PAST:
        moment = getattr(model, name, None)
        if moment is not None and moment > now:
            raise InvalidInput(name, "is in the future by this workspace's clock")
    contradictions.check(model)
    if isinstance(model, Seller | Account) and model.entity:
        _check_entity(store, model.entity)
    match model:
        case Seller():
            return _only_added(shop_rows.find_seller(store, model.id), model, lambda: shop_rows.add_seller(store, model))
        case Shop():
            return _shop(workspace, model)
        case Account():
            if model.former:
                later.former[model.id] = model.former
            return _account(workspace, model)
        case Product():
            return _product(workspace, model)
        case Link():
            return _only_added(link_rows.find(store, model.id), model, lambda: _add_link(store, model))
        case Member():
            return _only_added(member_rows.find(store, model.id), model, lambda: member_rows.add(store, model))
        case Event():
            if model.at > model.recorded_at:
                raise InvalidInput("at", "is after the time when it was recorded")
            if model.kind in OWN_EVENTS:
                raise InvalidInput("kind", "is about another workspace file")
            if model.undone_by:
                later.undone[model.id] = model.undone_by
            return _only_added(event_rows.find(store, model.id), model, lambda: event_rows.add(store, model))
    raise AssertionError(model)


def _check_entity(store: Store, entity: Entity) -> None:
    """Raise InvalidInput if the legal entity is in no known country, or known under another name or kind."""
    known = shop_rows.entity(store, entity.key)
    if not known:
        read_country("entity", entity.country)
    for name in ("legal_name", "kind"):
        said, there = getattr(entity, name), getattr(known, name, None)
        if said and there and said != there:
            raise InvalidInput(
                "entity", f"has a different {name} than the file or the workspace has for its number: {show(there, 60)}"
            )


def not_undone(store: Store, later: Later) -> list[str]:
    """List the ids of events that the document calls undone by the wrong entry."""
    return [id for id, entry in later.undone.items() if (event := event_rows.find(store, id)) and event.undone_by != entry]


def add_missing_events(workspace: Workspace, later: Later) -> None:
    """Add events for rows imported without any, such as a handwritten list of shops."""
    store = workspace.store
    images.name_entities(store)
    for id, usernames in later.former.items():
        if (account := account_rows.find_id(store, id)) and not account.undone_by:
            for username in reversed(usernames):
                if username not in account.former:
                    workspace.accounts.record_username_changed(account, username, account.username)
    for shop in missing_events.shops(store):
        workspace.shops.record_added(shop, workspace.shops.seller(shop))
    for account in missing_events.accounts(store):
        stated = [name for name in sorted(FACTS) if getattr(account, name) is not None]
        workspace.accounts.record_stated(account, "imported from a file", stated)
    for product in missing_events.products(store):
        workspace.products.add_event(EventKind.PRODUCT_ADDED, product, f"Product “{product.title}” added")
    for link in missing_events.links(store):
        workspace.add_event(
            LINK_EVENTS[link.state],
            f"@{link.username}, {link.role}: imported as {STATES[link.state]}",
            at=next(moment for name in LAST_MOMENTS if (moment := getattr(link, name))),
            shop=link.shop,
            link=link.id,
            account=link.account,
            details={"link": link},
        )
    for member in missing_events.members(store):
        workspace.add_event(
            MEMBER_EVENTS[member.state],
            f"{mask_contact(member.contact)} of @{member.username}: imported as {member.state}",
            account=member.account,
            member=member.id,
            details={"member": member},
        )


def _shop(workspace: Workspace, shop: Shop) -> str | None:
    store = workspace.store
    before = shop_rows.find_id(store, shop.id)
    if before is None:
        check_market(workspace.policy, shop.region)
        if not shop.undone_by and shop_rows.code_taken(store, shop.code):
            raise InvalidInput("code", f"{shop.code} is another shop's")
        shop_rows.add(store, shop)
        return "created"
    if before.undone_by or shop.undone_by:
        return _only_added(before, shop, lambda: None)
    return None if workspace.shops.bring_to(before, shop) == before else "updated"


def _account(workspace: Workspace, account: Account) -> str | None:
    store = workspace.store
    before = account_rows.find_id(store, account.id)
    if (before and before.undone_by) or account.undone_by:
        return _only_added(before, account, lambda: account_rows.add(store, account))
    if (before is None or before.username != account.username) and (
        verdict := workspace.accounts.username_problem(account.username)
    ).stops:
        raise wrong_username(verdict)
    if before is None:
        if account.region is not None:
            read_country("region", account.region)
        account_rows.add(store, account)
        return "created"
    if account.username != before.username:
        workspace.accounts.record_username_changed(before, before.username, account.username)
        account_rows.replace(store, replace(before, username=account.username))
    stated = {name: value for name in FACTS if (value := getattr(account, name)) is not None}
    known = workspace.accounts.state(account.username, **stated)
    after = replace(known, seller=known.seller or account.seller, converted_at=known.converted_at or account.converted_at)
    if after != known:
        account_rows.replace(store, after)
    return None if after == before else "updated"


def _add_link(store: Store, link: Link) -> None:
    """Add a link, and a linked organization account's seller if it is missing."""
    account = account_rows.of_link(store, link)
    if (
        not link.undone_by
        and link.state == LinkState.LINKED
        and account.kind == AccountKind.ORGANIZATION
        and account.seller is None
    ):
        account_rows.replace(store, replace(account, seller=shop_rows.by_id(store, link.shop).seller))
    link_rows.add(store, link)


def _product(workspace: Workspace, product: Product) -> str | None:
    before = product_rows.find(workspace.store, product.id)
    if before is None or before.undone_by or product.undone_by:
        return _only_added(before, product, lambda: product_rows.add(workspace.store, product))
    if before.shop != product.shop:
        raise Refused(f"The product {product.id} is another shop's.", remedy="An import can't change that.")
    after = workspace.products.change(
        before.id, title=product.title, price=product.price, currency=product.currency, status=product.status
    )
    return None if after == before else "updated"


def _only_added(before: Model | None, model: Model, add: Callable[[], None]) -> str | None:
    if before is None:
        add()
        return "created"
    if before != model:
        raise Refused(f"The id {cast(Link, model).id} already belongs to a different entry.", remedy="An import can't change it.")
    return None
