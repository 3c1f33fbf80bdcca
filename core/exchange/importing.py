"""Import a file: all of it or nothing, with every problem by its line and field."""

from __future__ import annotations

import hashlib
import json
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import to_json

from core.errors import InvalidInput, ShoplinkError, WorkspaceError
from core.exchange import documents, sheets
from core.exchange.csv_sheet import ROWS, CsvSheet
from core.exchange.entries import Entry, Problem, Source
from core.exchange.json_document import JsonDocument
from core.exchange.kinds import KINDS
from core.models import EventKind, Model
from core.plurals import count_of
from core.store import imports, search
from core.text import show
from core.toml_files import problems
from core.validation import validated
from core.workspace import Workspace

Take = Callable[[Model], str | None]
"""Takes an entry in: "created", "updated", or None when nothing had to be done. Raises ShoplinkError."""

Taken = Callable[[Workspace, Source, Entry, Take, list[Problem]], str | None]

Progress = Callable[[float], None]
"""Called now and then with how much of the file is done, from 0 to 1. What it raises stops the import without a trace."""

STEP = 200
"""Entries between two reports of progress: there are many a second."""
PIECE = 2**16
"""Bytes that are looked through at once."""
SAVE_AS = "Save it in UTF-8, then try again: in a spreadsheet, a sheet is saved as “CSV UTF-8”."


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """How many entries of each kind were added and changed; with any problem, none was."""

    created: dict[str, int]
    updated: dict[str, int]
    problems: tuple[Problem, ...] = ()


def import_file(
    workspace: Workspace, path: Path, *, kind: str | None = None, dry_run: bool = False, progress: Progress | None = None
) -> ImportResult:
    """Import an export (.json) or a sheet (.csv, of `kind`, or of what its columns say): all of it or nothing.

    What is there already is brought to what the file says; nothing that the file leaves out is forgotten. `dry_run` does
    all but keep it. Raises InvalidInput when it is no such file at all, and whatever `progress` raises.
    """
    with suppress(_Refused):  # nearly always all can be taken in, and to be able to take back each entry alone takes long
        return _imported(workspace, path, kind, dry_run, progress, _taken)
    return _imported(workspace, path, kind, dry_run, progress, _taken_or_reported)


def _imported(
    workspace: Workspace, path: Path, kind: str | None, dry_run: bool, progress: Progress | None, taken: Taken
) -> ImportResult:
    source = _opened(path, kind)
    take = sheets.Sheets(workspace).take if isinstance(source, CsvSheet) else partial(documents.take, workspace)
    report = progress or (lambda done: None)
    created, updated = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    found: list[Problem] = []
    try:
        with imports.large_cache(workspace.store), workspace.change():
            imports.begin(workspace.store)
            for number, entry in enumerate(source.entries()):
                if number % STEP == 0:
                    report(source.done)
                if isinstance(source, CsvSheet):
                    workspace.begin_entry()  # each row of a sheet is an entry, as if somebody had typed it
                if isinstance(entry, Problem):
                    found.append(entry)
                elif outcome := taken(workspace, source, entry, take, found):
                    (created if outcome == "created" else updated)[entry.kind] += 1
            imports.end(workspace.store)
            if found or dry_run:
                raise _Undo
            if isinstance(source, JsonDocument):
                documents.add_missing_events(workspace)
            else:
                workspace.begin_entry()
            workspace.add_event(
                EventKind.WORKSPACE_IMPORTED,
                f"Imported {sum(created.values())} new, {sum(updated.values())} changed",
                details={"created": created, "updated": updated},
            )
            search.catch_up(workspace.store, lambda: report(1.0))
            report(1.0)  # the last moment at which it can be stopped
    except _Undo:
        pass
    finally:
        if isinstance(source, CsvSheet):
            source.close()
    if found:
        created, updated = dict.fromkeys(created, 0), dict.fromkeys(updated, 0)
    return ImportResult(created=created, updated=updated, problems=tuple(found))


def counted(counts: dict[str, int]) -> str:
    """`3 shops, 1 account`, or `nothing`."""
    found = [count_of(count, kind.removesuffix("s")) for kind, count in counts.items() if count]
    return ", ".join(found) or "nothing"


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


class _Refused(Exception):
    """An entry cannot be taken in."""

    def __init__(self, model: Model, error: ShoplinkError) -> None:
        super().__init__()
        self.model = model
        self.error = error


def _opened(path: Path, kind: str | None) -> JsonDocument | CsvSheet:
    if kind is not None and kind not in ROWS:
        raise InvalidInput("kind", f"{show(kind, 40)} is none", remedy=f"Use one of: {', '.join(ROWS)}.")
    try:
        _check_encoding(path)
        with path.open("rb") as file:
            start = file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()
        return JsonDocument(path) if start[:1] in (b"{", b"[") and kind is None else CsvSheet(path, kind)
    except FileNotFoundError:
        raise InvalidInput("file", f"{show(str(path))} is not there", remedy="Look at the name and the folder.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that is no file's name"
        raise InvalidInput("file", f"{show(str(path))} cannot be read: {why}", remedy="Name a file that you may read.") from None


def _check_encoding(path: Path) -> None:
    """Raise InvalidInput, naming the line, when the file is not text in UTF-8. It is read in pieces."""
    decoder = getincrementaldecoder("utf-8")()
    line = 1
    with path.open("rb") as file:
        wide = b"\0" in file.read(2)  # UTF-16 without its mark: letters with a NUL beside each
        file.seek(0)
        while not wide:
            piece = file.read(PIECE)
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                break
            if not piece:
                return
            line += piece.count(b"\n")
    raise InvalidInput("file", f"{show(str(path))} is not text in UTF-8 (line {line})", remedy=SAVE_AS)


def _taken(workspace: Workspace, source: Source, entry: Entry, take: Take, found: list[Problem]) -> str | None:
    """Take one entry in: "created", "updated", or None when nothing had to be done or a problem was found.

    Raises _Refused when it cannot be taken in; part of it may be.
    """
    try:
        model = validated(source.model[entry.kind], entry.facts)
    except ValidationError as error:
        found += [source.problem(entry, loc, message) for loc, message in problems(error)]
        return None
    if before := imports.first_with(workspace.store, entry.kind, _key(model), entry.place, _digest(model)):
        line = source.line(entry.kind, before.place)
        message = f"is a duplicate of line {line}: leave one out" if before.same else f"contradicts line {line}: decide for one"
        found.append(source.problem(entry, (), message))
        return None
    try:
        return take(model)
    except WorkspaceError:  # the disk is full: SQLite has taken all of it back, and what followed would be kept alone
        raise
    except ShoplinkError as error:
        raise _Refused(model, error) from error


def _taken_or_reported(workspace: Workspace, source: Source, entry: Entry, take: Take, found: list[Problem]) -> str | None:
    """Do the same as `_taken`, but report an entry that is refused as a problem, and undo that entry alone."""

    def alone(model: Model) -> str | None:
        with workspace.store.part():
            return take(model)

    try:
        return _taken(workspace, source, entry, alone, found)
    except _Refused as refused:
        error = refused.error
        field = [error.field.replace(" ", "_")] if isinstance(error, InvalidInput) else []
        said = error.problem if isinstance(error, InvalidInput) else error.message
        reasons = [verdict.reason for verdict in error.verdicts if verdict.reason not in said]
        named = [name for name in field if name in vars(refused.model)]
        found.append(source.problem(entry, named, " ".join([said, *reasons])))
        return None


def _key(model: Model) -> str:
    """What makes two entries of a kind the same thing."""
    for name in ("id", "code", "username"):
        if value := getattr(model, name, None):
            return str(value) if name == "id" else str(value).upper()
    return json.dumps([getattr(model, "shop", ""), getattr(model, "title", "")])


def _digest(model: Model) -> bytes:
    return hashlib.blake2b(to_json(model), digest_size=16).digest()
