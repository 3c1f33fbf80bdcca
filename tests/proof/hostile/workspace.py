"""A workspace file full of hostile text, written past everything that would have refused it."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from zlib import crc32

from core import scenarios
from core.text import bare_username

TEXTS = {
    "entity": ("registration_number", "legal_name"),
    "shop": ("name",),
    "account": ("nickname", "phone", "email"),
    "link": ("requested_by", "linked_by", "reason"),
    "member": ("contact",),
    "product": ("title", "currency"),
    "event": ("actor", "entered_by", "summary", "note"),
}
"""The columns that hold a text of somebody's."""
IDS = {"id", "code", "entry", "shop", "seller", "account", "link", "member"}


def flooded(path: Path, texts: Sequence[str], first: int = 0) -> dict[str, list[str]]:
    """Make a practice workspace of many shops, all of its texts and ids hostile; return ids by what commands call their rows.

    The text at `first` is put into the first column.
    """
    scenarios.create(path, "agency", actor="maya", seed="flood").close()
    kept = [text for text in texts if text.strip() and text.encode(errors="ignore").decode() == text]
    turn = count(first)

    def hostile(_: object = None) -> str:
        return kept[next(turn) % len(kept)]

    def hostile_id(id: str | None) -> str | None:
        """The same for the same id, wherever it is."""
        return id and f"{kept[(crc32(id.encode()) + first) % len(kept)][:100]}-{id}"

    with closing(sqlite3.connect(path)) as db, db:
        db.execute("BEGIN")  # or each trigger dropped and made again is a transaction of its own
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.create_function("hostile", 1, hostile)
        db.create_function("hostile_id", 1, hostile_id)
        db.create_function("hostile_name", 1, lambda name: bare_username(hostile_id(name) or ""))
        db.create_function("details", 0, lambda: json.dumps({"name": hostile(), hostile(): [hostile(), {"at": hostile()}]}))
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for table in ("seller", *TEXTS):
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            made = {column: f"hostile({column})" for column in TEXTS.get(table, ())}
            made |= {column: f"hostile_id({column})" for column in columns if column in IDS}
            made |= {column: f"hostile_name({column})" for column in columns if column == "username"}
            made |= {column: "details()" for column in columns if column == "details"}
            db.execute(f"UPDATE {table} SET {', '.join(f'{column} = {value}' for column, value in made.items())}")
        for _, sql in triggers:
            db.execute(sql)
        db.execute("INSERT INTO event_fts (event_fts) VALUES ('rebuild')")
        ids = {"shop": "code FROM shop", "username": "username FROM account", "shop id": "id FROM shop"}
        ids |= {table: f"id FROM {table}" for table in ("link", "member", "product")}
        return {what: [id for (id,) in db.execute(f"SELECT {column}")] for what, column in ids.items()}
