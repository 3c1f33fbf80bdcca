"""Import the entries of an export, with their ids and history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from core.accounts import FACTS
from core.countries import read_country
from core.errors import InvalidInput, Refused, ShoplinkError
from core.exchange import contradictions, differing
from core.exchange.kinds import OWN_EVENTS
from core.lookup import check_market
from core.models import (
    Account,
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
from core.store import differing as differing_rows
from core.store import events as event_rows
from core.store import images, missing_events
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import products as product_rows
from core.store import shops as shop_rows
from core.store.connection import Store
from core.store.differing import Stored
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
    """What later entries of the document, or those that refer to them, are checked against, and those decided at its end."""

    newest: int = 0
    """The seq of the workspace's newest event before the import."""
    has_history: bool = False
    """Whether the document has events."""
    differing: list[tuple[Stored, Stored]] = field(default_factory=list)
    """The entries that differ from those in the workspace: those, and the document's."""
    entities: dict[tuple[str, str], Entity] = field(default_factory=dict)
    """The legal entities (and their keys) of the sellers among them, as the document has them."""
    corrected: list[tuple[Seller, InvalidInput]] = field(default_factory=list)
    """The new sellers whose legal entity is here under another name or kind, and the error if that isn't corrected."""
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
    """Add a model; return None if it is there already: one that differs is kept for the document's end.

    Raises ShoplinkError on a conflict, and Follows.
    """
    store = workspace.store
    for name, found in REFERRED.items():
        ref = getattr(model, name, None)
        if ref is not None and not found(store, ref):
            if (f"{name}s" if name != "undoes" else "events", ref) in later.refused:
                raise Follows("It refers to an entry that was refused.", remedy="Correct that one first.")
            raise InvalidInput(name, f"{show(ref, 60)} is not in the document or the workspace")
    now = workspace.moment()
    for name in PAST:
        moment = getattr(model, name, None)
        if moment is not None and moment > now:
            raise InvalidInput(name, "is in the future by this workspace's clock")
    contradictions.check(model)
    if isinstance(model, Event):
        if model.at > model.recorded_at:
            raise InvalidInput("at", "is after the time when it was recorded")
        if model.kind in OWN_EVENTS:
            raise InvalidInput("kind", "is about another workspace file")
        if model.undone_by:
            later.undone[model.id] = model.undone_by
        return _event(store, model)
    if isinstance(model, Account) and model.former:
        later.former[model.id] = model.former
    model = cast(Stored, model)
    before = differing.find(store, model)
    if isinstance(model, Seller) and isinstance(before, Seller):
        if before != model:
            later.entities[model.entity.key] = model.entity.completed_by(before.entity)
    elif isinstance(model, Seller | Account) and model.entity:
        known = later.entities.get(model.entity.key) or shop_rows.entity(store, model.entity.key)
        try:
            _check_entity(model.entity, known)
        except InvalidInput as error:
            if not known or isinstance(model, Account) or not later.has_history or not workspace.is_record:
                raise
            later.entities[model.entity.key] = model.entity.completed_by(known)
            later.corrected.append((model, error))
    if before is None:
        _add(workspace, model)
        return "created"
    if not differing.is_unchanged(before, model):
        later.differing.append((before, model))
        if later.has_history and workspace.is_record:
            differing_rows.hide(store, model)
    return None


def _check_entity(entity: Entity, known: Entity | None) -> None:
    """Raise InvalidInput if the legal entity is in no known country, or known under another name or kind."""
    if not known:
        read_country("entity", entity.country)
    for name in ("legal_name", "kind"):
        said, there = getattr(entity, name), getattr(known, name, None)
        if said and there and said != there:
            raise InvalidInput(
                "entity", f"has a different {name} than the file or the workspace has for its number: {show(there, 60)}"
            )


def corrections(store: Store, later: Later) -> Iterator[tuple[Stored, differing.Act]]:
    """Yield what to do for the new sellers whose legal entity is here under another name or kind: the newer history decides.

    Call it once the document's history is in.
    """
    if not later.corrected:
        return  # it would read the whole history
    ids = {seller.id: " ".join(seller.entity.key) for seller, _ in later.corrected}
    known = differing_rows.histories(store, Entity, ids.values(), later.newest)
    for seller, error in later.corrected:
        history = known.get(ids[seller.id])
        is_newer = history is not None and history.brought is not None and history.here is None
        yield seller, partial(_correct, store, later.entities[seller.entity.key], None if is_newer else error)


def _correct(store: Store, entity: Entity, error: InvalidInput | None) -> bool:
    if error:
        raise error
    shop_rows.change_entity(store, entity)
    return False  # the seller itself is new


def not_undone(store: Store, later: Later) -> Iterator[tuple[str, str]]:
    """Yield the events that the document calls undone by another entry than the workspace does, with what to say of each."""
    for id, entry in later.undone.items():
        event = event_rows.find(store, id)
        if not event or event.undone_by == entry:
            continue
        undo = event_rows.find(store, entry)
        if event.undone_by and undo and undo.undoes == event.entry:
            yield id, f"This entry was undone on both sides: {differing.event_words(event)}. {differing.NEW_FILE}"
        else:
            yield id, f"{show(entry, 60)} didn't undo this event"


def add_missing_events(workspace: Workspace, later: Later, imported: str) -> None:
    """Add events for rows imported without any, such as a handwritten list of shops: each row is an entry of its own.

    `imported`: the import's entry.
    """
    store = workspace.store
    for shop in missing_events.shops(store):
        workspace.begin_entry()
        images.adopt(store, "shop", shop)
        seller = workspace.shops.seller(shop)
        if entity := later.entities.get(seller.entity.key):
            seller = shop_rows.complete(store, seller, entity)
        images.adopt_entity(store, seller.entity, imported)
        workspace.shops.record_added(shop, seller)
    for account in missing_events.accounts(store):
        workspace.begin_entry()
        images.adopt(store, "account", account)
        if account.entity:
            images.adopt_entity(store, account.entity, imported)
        stated = [name for name in sorted(FACTS) if getattr(account, name) is not None]
        workspace.accounts.record_stated(account, "imported from a file", stated)
    for id, usernames in later.former.items():
        workspace.begin_entry()
        if (known := account_rows.find_id(store, id)) and not known.undone_by:
            differing.add_former(workspace, known, usernames)
    for product in missing_events.products(store):
        workspace.begin_entry()
        images.adopt(store, "product", product)
        workspace.products.add_event(EventKind.PRODUCT_ADDED, product, f"Product “{product.title}” added")
    for link in missing_events.links(store):
        workspace.begin_entry()
        images.adopt(store, "link", link)
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
        workspace.begin_entry()
        images.adopt(store, "member", member)
        workspace.add_event(
            MEMBER_EVENTS[member.state],
            f"{mask_contact(member.contact)} of @{member.username}: imported as {member.state}",
            account=member.account,
            member=member.id,
            details={"member": member},
        )


def _add(workspace: Workspace, model: Stored) -> None:
    """Add an entry that is not in the workspace."""
    store = workspace.store
    match model:
        case Seller():
            shop_rows.add_seller(store, model)
        case Shop():
            check_market(workspace.policy, model.region)
            if not model.undone_by and shop_rows.code_taken(store, model.code):
                raise InvalidInput("code", f"{model.code} is another shop's here", remedy=differing.both_sides("shop"))
            shop_rows.add(store, model)
        case Account():
            if not model.undone_by:
                differing.check_username(workspace, model.username)
                if model.region is not None:
                    read_country("region", model.region)
            account_rows.add(store, model)
        case Product():
            product_rows.add(store, model)
        case Link():
            link_rows.add(store, model)
        case Member():
            member_rows.add(store, model)


def _event(store: Store, event: Event) -> str | None:
    before = event_rows.find(store, event.id)
    if before is None:
        event_rows.add(store, event)
        return "created"
    if before != event:
        raise Refused(
            f"This event is already in the workspace, and differs there: their histories are not the same. {differing.NEW_FILE}"
        )
    return None
