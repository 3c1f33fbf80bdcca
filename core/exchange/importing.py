"""Import a file, all of it or nothing; report every problem by line and field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import tzinfo
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError
from pydantic_core import to_json

from core.errors import Contradiction, InvalidInput, Refused, ShoplinkError, WorkspaceError, ended
from core.exchange import documents, sheets
from core.exchange.csv_sheet import CsvSheet
from core.exchange.differing import acts
from core.exchange.entries import Entry, Problem, Source
from core.exchange.input_file import is_document, opened
from core.exchange.json_document import JsonDocument
from core.exchange.kinds import KINDS
from core.exchange.sheet_rows import ROWS, LinkRow
from core.models import EventKind, Model
from core.plurals import count_of
from core.store import accounts as account_rows
from core.store import imports, search
from core.store import shops as shop_rows
from core.text import show
from core.toml_files import problems
from core.validation import validated
from core.workspace import Workspace

Take = Callable[[Model], str | None]
"""Imports an entry: "created", "updated", or None if it is unchanged. Raises ShoplinkError."""

Check = Callable[[str, dict[str, Any], Collection[str]], None]
"""Checks the other fields of a refused entry of a kind, given those that are wrong. Raises InvalidInput."""

Importer = Callable[[Workspace, Source, Entry, Take, Check, list[Problem]], str | None]

Progress = Callable[[float], None]
"""Called with the finished part of the file, from 0 to 1. An exception from it undoes the import."""

FIELDS = {"shop_name": "name", "date": "linked_at", "end": "unlinked_at", "earlier_unlinks": "unlinks_before"}
"""The columns of fields that use cases call otherwise."""

STEP = 200
"""Entries between two progress reports."""
MOST_NOTES = 20


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """How many entries of each kind were added and changed: none on any problem."""

    created: dict[str, int]
    updated: dict[str, int]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """Notes on how it was read: the encoding, skipped columns, sellers that may already be known."""
    against: tuple[str, ...] = ()
    """The rules that imported links are against."""


def import_file(
    workspace: Workspace,
    path: Path,
    *,
    kind: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    zone: tzinfo | None = None,
    or_pipe: bool = False,
    anyway: bool = False,
) -> ImportResult:
    """Import an export (.json), or a sheet (.csv) of `kind` or as its header says.

    Existing entries are updated; facts that the file leaves out are kept. `dry_run` rolls everything back. `zone`: of the times
    in a sheet; None: the computer's. `or_pipe`: the file may be a pipe, which is read to its end, or `-`, which is stdin.
    `anyway`: take a sheet's links even though a rule says no.
    Raises InvalidInput if the file is neither, and whatever `progress` raises.
    """
    if kind is not None and kind not in ROWS:
        raise InvalidInput("kind", f"{show(kind, 40)} doesn't exist", remedy=f"Use one of: {', '.join(ROWS)}.")
    with opened(path, or_pipe=or_pipe) as file:
        with suppress(_Refused):  # most files have no refused entry, and a savepoint for each is slow
            return _import(
                workspace, _source(file, kind), sheets.Sheets(workspace, zone, anyway), dry_run, progress, _import_entry
            )
        return _import(
            workspace, _source(file, kind), sheets.Sheets(workspace, zone, anyway), dry_run, progress, _import_or_report
        )


def _import(
    workspace: Workspace,
    source: JsonDocument | CsvSheet,
    rows: sheets.Sheets,
    dry_run: bool,
    progress: Progress | None,
    importer: Importer,
) -> ImportResult:
    later = documents.Later(has_history=isinstance(source, JsonDocument) and bool(source.places.get("events")))
    take: Take = partial(documents.take, workspace, later)
    check: Check = later.refuse
    if isinstance(source, CsvSheet):
        take, check = rows.take, rows.check
    report = progress or (lambda done: None)
    created, updated = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    found: list[Problem] = []
    imported = ""
    try:
        with imports.large_cache(workspace.store), workspace.change():
            later.newest = imports.begin(workspace.store)
            if isinstance(source, JsonDocument):
                imported = workspace.new_id("event", "imp")  # which none of the document's events has
                workspace.begin_entry(imported, undoable=False)  # it brings its own entries
            sellers, accounts = shop_rows.count_sellers(workspace.store), account_rows.count(workspace.store)
            for number, entry in enumerate(source.entries()):
                if number % STEP == 0:
                    report(source.done)
                if isinstance(source, CsvSheet):
                    workspace.begin_entry()  # each row of a sheet is a separate entry, as if typed
                if isinstance(entry, Problem):
                    found.append(entry)
                elif outcome := importer(workspace, source, entry, take, check, found):
                    (created if outcome == "created" else updated)[entry.kind] += 1
            if isinstance(source, JsonDocument):
                found += (refused := list(_take_differing(workspace, source, later, updated, report)))
                if workspace.is_record or not refused:  # practice compares nothing more once an entry is refused
                    found += _contradictions(workspace, source, later, found)
                source.notes += [
                    f"The seller {show(id, 60)} has the legal entity of the seller {show(earlier, 60)}: is that right?"
                    for id, earlier in imports.second_sellers(workspace.store)
                ]
            if isinstance(source, CsvSheet):
                created["sellers"] = shop_rows.count_sellers(workspace.store) - sellers
                if source.kind == "links":
                    created["accounts"] = account_rows.count(workspace.store) - accounts
            imports.end(workspace.store)
            if found or dry_run:
                raise _Undo
            if isinstance(source, JsonDocument):
                documents.add_missing_events(workspace, later, imported)
            if not any((*created.values(), *updated.values())) and search.newest(workspace.store) == later.newest:
                raise _Undo  # nothing new: leave no entry in History
            _record(workspace, imported, created, updated)
            search.catch_up(workspace.store, lambda: report(1.0))
            report(1.0)  # the last chance to cancel
    except _Undo:
        pass
    finally:
        source.close()
    if found:
        created, updated = dict.fromkeys(created, 0), dict.fromkeys(updated, 0)
    return ImportResult(
        created=created,
        updated=updated,
        problems=tuple(found),
        notes=_some([*source.notes, *rows.notes]),
        against=() if found else tuple(dict.fromkeys(rows.against)),
    )


def _record(workspace: Workspace, entry: str, created: dict[str, int], updated: dict[str, int]) -> None:
    """Record the import itself, in its entry or, for a sheet, in one of its own."""
    workspace.begin_entry(entry, undoable=not entry)
    counts = f"Imported {sum(created.values())} new, {sum(updated.values())} changed"
    workspace.add_event(EventKind.WORKSPACE_IMPORTED, counts, details={"created": created, "updated": updated})


def _some(notes: list[str]) -> tuple[str, ...]:
    more = [f"And {len(notes) - MOST_NOTES} more notes like these."] if len(notes) > MOST_NOTES else []
    return (*notes[:MOST_NOTES], *more)


def counted(counts: dict[str, int]) -> str:
    """Format counts: `3 shops, 1 account`, or `nothing`."""
    found = [count_of(count, kind.removesuffix("s")) for kind, count in counts.items() if count]
    return ", ".join(found) or "nothing"


class _Undo(Exception):
    """Rolls back the transaction."""


class _Refused(Exception):
    """An entry cannot be imported."""

    def __init__(self, model: Model, error: ShoplinkError) -> None:
        super().__init__()
        self.model = model
        self.error = error


def _source(file: BinaryIO, kind: str | None) -> JsonDocument | CsvSheet:
    if not is_document(file):
        return CsvSheet(file, kind)
    if kind:
        said = "A kind is for a CSV sheet; this file is a JSON document."
        raise InvalidInput("kind", "is for a sheet", message=said, command="Leave out --kind.")
    return JsonDocument(file)


def _import_entry(
    workspace: Workspace, source: Source, entry: Entry, take: Take, check: Check, found: list[Problem]
) -> str | None:
    """Import one entry: "created", "updated", or None if unchanged or in `found`.

    Raises _Refused if it cannot be imported; part of it may have been written.
    """
    try:
        model = validated(source.model[entry.kind], entry.facts)
    except ValidationError as error:
        wrong = problems(error)
        found += [source.problem(entry, loc, message) for loc, message in wrong]
        found += _others(source, entry, check, {str(loc[0]) for loc, _ in wrong if loc})
        return None
    if before := imports.first_with(workspace.store, entry.kind, _key(model), entry.place, _digest(model)):
        line = source.line(entry.kind, before.place)
        message = f"is the same as line {line}: leave one out" if before.same else f"contradicts line {line}: keep only one"
        found.append(source.problem(entry, (), message))
        return None
    try:
        return take(model)
    except WorkspaceError:  # on a full disk SQLite has rolled back: the rest must not be kept
        raise
    except ShoplinkError as error:
        raise _Refused(model, error) from error


def _import_or_report(
    workspace: Workspace, source: Source, entry: Entry, take: Take, check: Check, found: list[Problem]
) -> str | None:
    """Do the same, but report a refused entry as a problem and undo only that entry."""

    def take_part(model: Model) -> str | None:
        with workspace.part():
            return take(model)

    try:
        return _import_entry(workspace, source, entry, take_part, check, found)
    except _Refused as refused:
        reported = list(_reported(source, entry, refused.error))
        found += reported + _others(source, entry, check, {problem.field for problem in reported})
        return None


def _contradictions(
    workspace: Workspace, source: JsonDocument, later: documents.Later, found: Collection[Problem]
) -> Iterator[Problem]:
    """Yield what contradicts the history in links, and if every entry was accepted, in events."""
    refused = {problem.field.partition(".")[0] for problem in found}
    for place, field, id in imports.contradicting(workspace.store):
        if f"links[{place}]" not in refused:
            yield source.problem(Entry("links", place, {}), [field], f"is not the time in the event {show(id, 60)}")
            refused.add("links")
    for id, message in documents.not_undone(workspace.store, later) if not refused else []:
        event = Entry("events", imports.place(workspace.store, "events", id), {})
        yield source.problem(event, ["undone_by"], message)


def _take_differing(
    workspace: Workspace, source: JsonDocument, later: documents.Later, updated: dict[str, int], report: Progress
) -> Iterator[Problem]:
    """Import the entries that differ from those in the workspace, and yield the problems."""
    kinds = {model: kind for kind, model in KINDS.items()}
    todo = chain(documents.corrections(workspace.store, later), acts(workspace, later.differing, later.newest))
    for number, (model, act) in enumerate(todo):
        if number % STEP == 0:
            report(source.done)
        kind = kinds[type(model)]
        try:
            with workspace.part():
                updated[kind] += act()
        except WorkspaceError:
            raise
        except ShoplinkError as error:
            yield from _reported(source, Entry(kind, imports.place(workspace.store, kind, model.id), {}), error)


def _others(source: Source, entry: Entry, check: Check, wrong: Collection[str]) -> list[Problem]:
    """Report the mistakes in the other fields of an entry with wrong ones."""
    try:
        check(entry.kind, entry.facts, wrong)
    except InvalidInput as error:
        return list(_reported(source, entry, error))
    return []


def _reported(source: Source, entry: Entry, error: ShoplinkError) -> Iterator[Problem]:
    """Report an error, and those with it, each about the field of the entry that it names; not what follows from another."""
    if isinstance(error, documents.Follows):
        return
    known = [field.name for field in fields(source.model[entry.kind])]
    for one in (error, *(error.others if isinstance(error, InvalidInput) else ())):
        if isinstance(one, InvalidInput):
            name, said = one.field.replace(" ", "_"), f"{ended(one.problem)} {one.remedy}".strip()
        else:
            remedy = one.remedy if isinstance(one, Refused) and not one.verdicts else ""
            name, said = "", one.why if isinstance(one, Contradiction) else f"{one.message} {remedy}".strip()
        reasons = [verdict.reason for verdict in one.verdicts if verdict.reason not in said]
        field = name if name in known else FIELDS.get(name, "")
        problem = source.problem(entry, [field] if field in known else [], " ".join([said, *reasons]))
        yield replace(problem, anyway=isinstance(one, Refused) and one.anyway)


def _key(model: Model) -> str:
    """Make the key that identifies an entry of a kind."""
    if isinstance(model, LinkRow):
        return json.dumps([model.shop.upper(), model.username, model.role, model.linked_at])
    for name in ("id", "code", "username"):
        if value := getattr(model, name, None):
            return str(value) if name == "id" else str(value).upper()
    return json.dumps([getattr(model, "shop", ""), getattr(model, "title", "")])


def _digest(model: Model) -> bytes:
    return hashlib.blake2b(to_json(model), digest_size=16).digest()
