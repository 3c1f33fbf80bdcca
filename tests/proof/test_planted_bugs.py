"""Bugs that are planted in the program: the comparison with the model finds each."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.activation import Activation
from core.models import Link
from core.record import Record
from core.store import links
from core.store.connection import Store
from tests.proof.machine import walk
from tests.proof.machine.world import World
from tests.proof.rules import drive

Plant = Callable[[pytest.MonkeyPatch], None]
MS = timedelta(milliseconds=1)


def wait_from_recorded_at(patch: pytest.MonkeyPatch) -> None:
    """A link is linked when that is written down, not when it happened."""
    activate, moment = Activation.activate, Record.moment

    def late(self: Activation, link: Link, **details: Any) -> Link:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(Record, "moment", lambda record: record._changing or moment(record))
            return activate(self, link, **details)

    patch.setattr(Activation, "activate", late)


def undo_forgets_a_count(patch: pytest.MonkeyPatch) -> None:
    """An unlink that was undone still counts."""

    def counted(store: Store, shop: str, until: datetime | None = None) -> int:
        forgotten = store.value(
            """SELECT count(DISTINCT event.entry) FROM event JOIN event AS undo ON undo.undoes = event.entry
            JOIN link ON link.id = event.link WHERE event.kind = 'link.unlinked' AND event.shop = ? AND role = 'official'""",
            [shop],
        )
        return unlinks(store, shop, until) + int(forgotten)

    unlinks = links.unlinks
    patch.setattr(links, "unlinks", counted)


def overlap_of_a_millisecond(patch: pytest.MonkeyPatch) -> None:
    """A link may begin a millisecond before the one before it ended, for the program and for the file."""
    contradicting, prepare = links.contradicting, walk.prepare

    def loosely(store: Store, link: Link) -> Link | None:
        other = contradicting(store, link)
        if other and other.linked_at and link.linked_at:
            ends = [one.unlinked_at for one in (other, link) if one.unlinked_at]
            begun = max(other.linked_at, link.linked_at)
            return None if ends and min(ends) - begun <= MS else other
        return other

    def unguarded(folder: Path) -> tuple[Path, World]:
        path, world = prepare(folder)
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("DROP TRIGGER link_tellable_added")
            file.execute("DROP TRIGGER link_tellable")
        return path, world

    patch.setattr(links, "contradicting", loosely)
    patch.setattr(walk, "prepare", unguarded)


def undo_keeps_a_column(patch: pytest.MonkeyPatch) -> None:
    """What an account's undo restores is all but its standing."""
    execute = Store.execute

    def forgetful(self: Store, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        if sql.startswith("UPDATE account SET id = :id"):  # as only an undo does
            sql = sql.replace("standing = :standing", "standing = standing")
        return execute(self, sql, parameters)

    patch.setattr(Store, "execute", forgetful)


@pytest.mark.parametrize("plant", [wait_from_recorded_at, undo_forgets_a_count, overlap_of_a_millisecond, undo_keeps_a_column])
def test_the_model_finds(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match="To repeat it"):
        drive(4, 6_000, tmp_path)
