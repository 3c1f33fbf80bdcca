"""The whole record as one JSON document, and back: what export gives, import takes to an equal workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from core.accounts import unknown_market
from core.errors import InvalidInput, Refused, ShoplinkError
from core.models import Account, Event, EventKind, Link, Member, Model, Product, Seller, Shop
from core.store import accounts as account_rows
from core.store import events as event_rows
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import products as product_rows
from core.store import shops as shop_rows
from core.store.connection import translated

if TYPE_CHECKING:
    from core.workspace import Workspace

FORMAT, VERSION = "shoplink", 1
EVERYTHING = 10**9
OWN_EVENTS = frozenset({EventKind.WORKSPACE_CREATED, EventKind.WORKSPACE_IMPORTED, EventKind.CLOCK_MOVED})
"""Events about the file itself: they stay with it."""

Outcome = Literal["created", "updated"]

KINDS: dict[str, type[Model]] = {
    "sellers": Seller,
    "shops": Shop,
    "accounts": Account,
    "products": Product,
    "links": Link,
    "members": Member,
    "events": Event,
}


class Problem(Model):
    """What cannot be imported: `line` is where (kind and number in the document), `field` which part of it."""

    line: str
    field: str
    message: str


class ImportResult(Model):
    created: dict[str, int]
    updated: dict[str, int]
    problems: tuple[Problem, ...] = ()


def export(workspace: Workspace) -> dict[str, Any]:
    """The document, with every text whole: phone and email too. Kinds in an order in which references precede."""
    workspace.settled()
    store = workspace.store
    found: dict[str, list[Any]] = {
        "sellers": shop_rows.sellers(store),
        "shops": shop_rows.every(store),
        "accounts": account_rows.search(store, "", EVERYTHING),
        "products": product_rows.every(store),
        "links": link_rows.search(store, None, None, EVERYTHING)[::-1],
        "members": member_rows.every(store),
        "events": [event for event in event_rows.every(store) if event.kind not in OWN_EVENTS],
    }
    entries = {kind: [model.model_dump(mode="json") for model in models] for kind, models in found.items()}
    return {"format": FORMAT, "version": VERSION, **entries}


def import_document(workspace: Workspace, document: Any, *, dry_run: bool = False) -> ImportResult:
    """Take in a document: all of it or nothing. What is there already under its id is brought to what the document says.

    Links, members and events are only ever added. Problems come back by entry and field; then nothing was changed.
    Raises InvalidInput when the document is no export at all.
    """
    parsed, problems = _parse(document)
    if not problems:
        try:
            with workspace.change():
                result = _take(workspace, parsed, problems)
                if problems or dry_run:
                    raise _Undo
                workspace.record(
                    EventKind.WORKSPACE_IMPORTED,
                    f"Imported {sum(result.created.values())} new, {sum(result.updated.values())} changed",
                    details={"created": result.created, "updated": result.updated},
                )
                return result
        except _Undo:
            if not problems:
                return result
    empty = dict.fromkeys(KINDS, 0)
    return ImportResult(created=empty, updated=empty, problems=tuple(problems))


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def _parse(document: Any) -> tuple[dict[str, list[Model]], list[Problem]]:
    remedy = "Give the file that `shoplink export` wrote."
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InvalidInput("document", "is not a shoplink export", remedy=remedy)
    if document.get("version") != VERSION:
        raise InvalidInput("document", f"has another version than {VERSION}", remedy="Import it with the shoplink that knows it.")
    problems = [
        Problem(line=str(kind)[:40], field="", message="is no kind of entry")
        for kind in document
        if kind not in {"format", "version", *KINDS}
    ]
    parsed: dict[str, list[Model]] = {}
    for kind, model in KINDS.items():
        entries = document.get(kind) or []
        if not isinstance(entries, list):
            raise InvalidInput(kind, "is not a list", remedy=remedy)
        parsed[kind] = []
        for number, entry in enumerate(entries, 1):
            try:
                parsed[kind].append(model.model_validate(entry))
            except ValidationError as error:
                problems += [
                    Problem(line=f"{kind} {number}", field=".".join(map(str, found["loc"])), message=found["msg"])
                    for found in error.errors(include_input=False, include_url=False, include_context=False)
                ]
    return parsed, problems


def _take(workspace: Workspace, parsed: dict[str, list[Model]], problems: list[Problem]) -> ImportResult:
    created, updated = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    for kind, models in parsed.items():
        for number, model in enumerate(models, 1):
            try:
                with translated(workspace.path), workspace.store.db.atomic():
                    outcome = _keep(workspace, model)
            except ShoplinkError as error:
                problems.append(Problem(line=f"{kind} {number}", field=getattr(error, "field", ""), message=error.message))
            else:
                if outcome:
                    (created if outcome == "created" else updated)[kind] += 1
    return ImportResult(created=created, updated=updated)


def _keep(workspace: Workspace, model: Model) -> Outcome | None:
    """Add a model, or bring the one of its id to it; None when it is there already. Raises ShoplinkError on a conflict."""
    store = workspace.store
    match model:
        case Seller():
            return _only_added(shop_rows.find_seller(store, model.id), model, lambda: shop_rows.add_seller(store, model))
        case Shop():
            return _keep_shop(workspace, model)
        case Account():
            return _keep_account(workspace, model)
        case Product():
            before = product_rows.find(store, model.id)
            if before is None:
                product_rows.add(store, model)
            elif before != model:
                product_rows.replace(store, model)
            return _compared(before, model)
        case Link():
            return _only_added(link_rows.find(store, model.id), model, lambda: link_rows.add(store, model))
        case Member():
            return _only_added(member_rows.find(store, model.id), model, lambda: member_rows.add(store, model))
        case Event():
            if model.at > workspace.now():
                raise InvalidInput("at", "is in the future by this workspace's clock")
            return _only_added(event_rows.find(store, model.id), model, lambda: event_rows.add(store, model))
    raise AssertionError(model)


def _keep_shop(workspace: Workspace, shop: Shop) -> Outcome | None:
    store = workspace.store
    before = shop_rows.find(store, shop.id)
    if shop.region not in workspace.policy.markets:
        raise unknown_market(workspace, shop.region)
    if shop_rows.find_seller(store, shop.seller) is None:
        raise InvalidInput("seller", f"{shop.seller} is no seller of the document or the workspace")
    if before is None:
        if shop_rows.code_taken(store, shop.code):
            raise InvalidInput("code", f"{shop.code} is another shop's")
        shop_rows.add(store, shop)
    elif before != shop:
        if (before.region, before.seller) != (shop.region, shop.seller):
            raise Refused(f"The shop {before.code} is there with another region or seller.", remedy="Neither can change.")
        workspace.shops.rename(shop.id, shop.name)
        shop_rows.replace(store, shop)
    return _compared(before, shop)


def _keep_account(workspace: Workspace, account: Account) -> Outcome | None:
    before = account_rows.find(workspace.store, account.username)
    if before is None:
        verdict = workspace.accounts.username_problem(account.username)
        if verdict.stops:
            raise InvalidInput("username", f"cannot be @{account.username}: {verdict.reason}", verdicts=(verdict,))
        account_rows.add(workspace.store, account)
        return "created"
    stated = {name: value for name in account.model_fields_set if (value := getattr(account, name)) is not None}
    merged = before.model_copy(update=stated)
    if merged != before:
        account_rows.replace(workspace.store, merged)
    return _compared(before, merged)


def _only_added(before: Model | None, model: Model, add: Callable[[], None]) -> Outcome | None:
    if before is None:
        add()
        return "created"
    if before != model:
        raise Refused(
            f"One with the id {getattr(model, 'id', '')} is there, and it is another.", remedy="Nothing of it can change."
        )
    return None


def _compared(before: Model | None, after: Model) -> Outcome | None:
    if before is None:
        return "created"
    return None if before == after else "updated"
