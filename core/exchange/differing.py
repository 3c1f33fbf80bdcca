"""Import the entries of a document that differ from those in the workspace.

The newer history decides: a newer document's entry replaces the one here, an older one changes nothing. An entry that
has changed on both sides is refused, even if both say the same: undoing one change would leave the other in the history. Where
the document brings no history of its own, its facts are entered as if typed. A practice workspace takes only those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from itertools import pairwise
from typing import cast

from core.accounts import FACTS, wrong_username
from core.clock import spoken
from core.errors import Contradiction, InvalidInput, Refused
from core.models import Account, Event, Link, Member, Product, Row, Seller, Shop
from core.store import accounts as account_rows
from core.store import differing as rows
from core.store import events, images
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import products as product_rows
from core.store import shops as shop_rows
from core.store.connection import Store
from core.store.differing import Histories, Stored
from core.text import show
from core.words import named
from core.workspace import Workspace

Act = Callable[[], bool]
"""Imports an entry. Returns whether that changed it; raises ShoplinkError."""

NEW_FILE = "Import the document into a new workspace file, or enter its changes by hand."


def find(store: Store, model: Stored) -> Stored | None:
    """Find the entry with this one's kind and id."""
    match model:
        case Seller():
            return shop_rows.find_seller(store, model.id)
        case Shop():
            return shop_rows.find_id(store, model.id)
        case Account():
            return account_rows.find_id(store, model.id)
        case Product():
            return product_rows.find(store, model.id)
        case Link():
            return link_rows.find(store, model.id)
        case Member():
            return member_rows.find(store, model.id)


def is_same(before: Stored, model: Stored) -> bool:
    """Check whether both say the same: beside what the history or another entry has.

    That is an account's former usernames, the legal entity of one that was undone, and what only one says of a seller's.
    """
    if isinstance(before, Account) and isinstance(model, Account):
        is_kept = before.undone_by and before.entity and model.entity and before.entity.same_as(model.entity)
        return before == replace(model, former=before.former, entity=before.entity if is_kept else model.entity)
    if isinstance(before, Seller) and isinstance(model, Seller):
        return before.entity.completed_by(model.entity) == model.entity.completed_by(before.entity)
    return before == model


def is_unchanged(before: Stored, model: Stored) -> bool:
    """Check whether both say the same, and the same entry of the history has written them."""
    if isinstance(model, Row) and isinstance(before, Row):
        return is_same(before, model) and model.entry in ("", before.entry)
    return before == model


def event_words(event: Event) -> str:
    """Say what an event is, and when it happened."""
    return f"{show(event.summary)} ({spoken(event.at)})"


def acts(workspace: Workspace, pairs: list[tuple[Stored, Stored]], newest: int) -> Iterator[tuple[Stored, Act]]:
    """Yield what to do for each of these entries, with it: the one here, and the one of the document.

    Call it once the document's history is in. `newest`: the seq of the newest event before it.
    """
    store = workspace.store
    ids: dict[type[Stored], list[str]] = {}
    for _, model in pairs:
        ids.setdefault(type(model), []).append(model.id)
    known = {kind: rows.histories(store, kind, ids[kind], newest) for kind in ids}
    found = [(before, model, known[type(model)].get(model.id, Histories())) for before, model in pairs]
    if not workspace.is_record:  # its triggers let a row change one step at a time, as the rules allow
        for before, model, history in found:
            if history.in_document and not is_same(before, model):
                yield model, partial(_refuse_practice, model)
                return
    for before, model, history in found:
        if history.brought and not history.here:
            yield model, partial(_replace, store, before, model, history.brought)
    images.name_entities(store)
    rest = [(model, history) for _, model, history in found if history.here or not history.brought]
    for model, _ in rest:
        yield model, partial(_show, store, model)
    for model, history in rest:
        now = find(store, model)
        here, brought = (events.find(store, id) if id else None for id in (history.here, history.brought))
        differs = now and not is_same(now, model)
        if here and brought and (differs or isinstance(model, Row)):
            yield model, partial(_refuse_both, model, here, brought)
        elif now and differs:
            workspace.begin_entry()
            newer = here if history.in_document else None
            yield model, partial(_refuse_older, model, newer) if newer else partial(_state, workspace, now, model)
    for id, entry_here, entry_brought in rows.corrected_twice(store, newest):
        seller, here, brought = shop_rows.seller(store, id), events.find(store, entry_here), events.find(store, entry_brought)
        if here and brought and id not in ids.get(Seller, ()):
            yield seller, partial(_refuse_both, seller, here, brought)


def _show(store: Store, model: Stored) -> bool:
    rows.show(store, model)
    return False


def _replace(store: Store, before: Stored, model: Stored, entry: str) -> bool:
    """Write the document's entry as it is: its own history comes along. `entry`: the newest event's about it."""
    if isinstance(before, Seller) and isinstance(model, Seller) and not before.entity.same_as(model.entity):
        raise _fixed(before, model)
    try:
        rows.replace(store, model, entry)
    except Contradiction as error:
        said = f"This {_kind(model)} is newer in the document, but {error.why}."
        raise Refused(f"{said} {NEW_FILE}") from error
    return not is_same(before, model)


def _refuse_practice(model: Stored) -> bool:
    raise Refused(
        f"This {_kind(model)} differs from the one in this practice workspace. Only a record can be brought up to date from an "
        "export. Import the document into a new record workspace."
    )


def _refuse_both(model: Stored, here: Event, brought: Event) -> bool:
    raise Refused(
        f"This {_kind(model)} has changed on both sides. Here: {event_words(here)}. In the document: {event_words(brought)}. "
        f"{NEW_FILE if here.undoes else 'Undo the one here, then import the document again.'}"
    )


def _refuse_older(model: Stored, newer: Event) -> bool:
    raise Refused(f"This {_kind(model)} has changed here since the document was written: {event_words(newer)}. {NEW_FILE}")


def _state(workspace: Workspace, before: Stored, model: Stored) -> bool:
    """Enter what a document without history says of an entry, as if typed."""
    if isinstance(model, Row) and isinstance(before, Row) and (model.undone_by or before.undone_by):
        raise _fixed(before, model)
    match model:
        case Shop():
            return workspace.shops.bring_to(cast(Shop, before), model) != before
        case Account():
            return _state_account(workspace, cast(Account, before), model)
        case Product() if model.shop == cast(Product, before).shop:
            after = workspace.products.change(
                model.id, title=model.title, price=model.price, currency=model.currency, status=model.status
            )
            return after != before
    raise _fixed(before, model)


def _state_account(workspace: Workspace, before: Account, account: Account) -> bool:
    store = workspace.store
    if before.username != account.username:
        check_username(workspace, account.username)
        names = account.former
        count = names.index(before.username) if before.username in names else 0
        add_former(workspace, before, names[count:])
        workspace.begin_entry()
        account_rows.replace(store, replace(before, username=account.username))
        for old, new in pairwise((before.username, *reversed(names[:count]), account.username)):
            workspace.accounts.record_username_changed(before, old, new)
    stated = {name: value for name in FACTS if (value := getattr(account, name)) is not None}
    known = workspace.accounts.state(account.username, **stated)
    after = replace(known, converted_at=known.converted_at or account.converted_at)
    if after != known:
        account_rows.replace(store, after)
    return after != before


def check_username(workspace: Workspace, username: str) -> None:
    """Check the new username of a document's account. Raises InvalidInput, which says what to do if it is here already."""
    if account_rows.is_taken(workspace.store, username):
        raise InvalidInput("username", f"@{username} is another account's here", remedy=both_sides("account"))
    if (verdict := workspace.accounts.username_problem(username)).stops:
        raise wrong_username(verdict)


def both_sides(kind: str) -> str:
    """Say what to do about what may have been entered both here and in the document, each with its own id."""
    return f"If one {kind} was entered on both sides, undo what was entered about it here, then import the document again."


def add_former(workspace: Workspace, account: Account, usernames: Sequence[str]) -> None:
    """Add to an account's history the former usernames (the newest first) that it doesn't have."""
    names = dict.fromkeys((account.username, *usernames))
    missing = [(old, new) for new, old in pairwise(names) if old not in account.former]
    if missing:
        account_rows.replace(workspace.store, account)  # so that the entry can be undone
    for old, new in reversed(missing):
        workspace.accounts.record_username_changed(account, old, new)


def _fixed(before: Stored, model: Stored) -> Refused:
    """Make the error for an entry that an import can't change."""
    names = [field.name for field in fields(model) if field.compare]
    others = [name for name in names if getattr(model, name) != getattr(before, name)]
    kind = _kind(model)
    if "undone_by" in others:
        said = f"This {kind} was undone {'here' if cast(Row, before).undone_by else 'in the document'}"
    else:
        said = f"This {kind} is already in the workspace, and differs there: {named(others, kind)}"
    return Refused(f"{said}. An import can't change that: enter what is right by hand, or give this {kind} another id.")


def _kind(model: Stored) -> str:
    return type(model).__name__.lower()
