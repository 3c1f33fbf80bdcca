"""A workspace file full of hostile text, written past everything that would have refused it."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from core import scenarios
from core.text import bare_username

ADDED = 1_700_000_000_000
LATER = 4_000_000_000_000
ASKED = {"state": "awaiting_authorization", "authorize_by": LATER}
ACCEPTED = {"authorize_by": LATER, "authorized_at": ADDED + 1}
STATES = (
    {"state": "linked", **ACCEPTED, "linked_at": ADDED + 2},
    ASKED,
    {"state": "authorized", **ACCEPTED},
    {"state": "in_review", **ACCEPTED, "submitted_at": ADDED + 2},
    {"state": "rejected", **ACCEPTED, "submitted_at": ADDED + 2, "decided_at": ADDED + 3},
)
"""States of a shop's official account, so that every form of its page is shown."""


def flooded(path: Path, texts: Sequence[str], every: int = 1) -> list[str]:
    """Make a practice workspace with a shop for `every` so many texts, all of its texts hostile; return the shops' ids."""
    scenarios.create(path, "new-shop", actor="maya", seed="flood").close()
    kept = [text for text in texts if text.strip() and _storable(text)]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("BEGIN")  # or each trigger dropped and made again is a transaction of its own
        triggers = [row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA ignore_check_constraints = ON")
        for number in range(0, len(kept), every):
            for table, row in _rows(number, kept):
                marks = ", ".join("?" * len(row))
                db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        for sql in triggers:
            db.execute(sql)
    db.close()
    return [_name(number, kept) for number in range(0, len(kept), every)]


def _rows(number: int, texts: Sequence[str]) -> Iterable[tuple[str, dict[str, object]]]:
    """A shop with an organization account, a marketing account, members, a product and an event.

    Each column holds a different text; over all shops each text gets into each column.
    """
    turn = count(number)

    def hostile(*columns: str) -> dict[str, object]:
        return {column: texts[next(turn) % len(texts)] for column in columns}

    name = _name(number, texts)
    entity = {"country": "US", "registration_key": f"KEY{number}"}
    entry, seller, shop = (f"{kind}-{name}" for kind in ("evt", "sel", "shp"))
    organization, marketing = bare_username(f"{name}.organization"), bare_username(f"{name}.marketing")
    yield "entity", {**entity, "entry": entry, "kind": "company", **hostile("registration_number", "legal_name")}
    yield "seller", {"id": seller, **entity}
    yield "shop", {"id": shop, "entry": entry, "code": name, "region": "US", "seller": seller, **hostile("name")}
    facts = {"entry": entry, "region": "US", "identity_verified": 1, "standing": "good", "holder_is_adult": 1}
    for other, more in ((organization, {"kind": "organization", "seller": seller, **entity}), (marketing, {"kind": "personal"})):
        yield "account", {"id": f"acc-{other}", "username": other, **facts, **more, **hostile("nickname", "phone", "email")}
    for id, account, role, state in (
        (f"lnk-{name}", organization, "official", STATES[number % len(STATES)]),
        (f"lnk-{name}.2", marketing, "marketing", STATES[0]),
    ):
        link = {"id": id, "entry": entry, "shop": shop, "account": f"acc-{account}", "role": role, "origin": "existing"}
        yield "link", {**link, "requested_at": ADDED, **state, **hostile("requested_by", "linked_by", "reason")}
    member = {"account": f"acc-{organization}", "entry": entry, "role": "admin", "invited_at": ADDED}
    yield "member", {"id": f"mem-{name}", "state": "active", "accepted_at": ADDED + 1, **member, **hostile("contact")}
    contact = f"{texts[next(turn) % len(texts)]}@{number}.example"
    yield "member", {"id": f"mem-{name}.2", "state": "invited", "accept_by": LATER, "contact": contact, **member}
    product = {"shop": shop, "entry": entry, "price": "1.00", "status": "active", "changed_at": ADDED}
    yield "product", {"id": f"prd-{name}", **product, **hostile("title", "currency")}
    told = {
        "entry": entry,
        "shop": shop,
        "link": f"lnk-{name}",
        "account": f"acc-{organization}",
        "at": ADDED,
        "recorded_at": ADDED,
    }
    details = json.dumps({"name": texts[0], texts[next(turn) % len(texts)]: [texts[-1], {"at": texts[next(turn) % len(texts)]}]})
    said = hostile("actor", "entered_by", "summary", "note")
    yield "event", {"id": entry, "kind": "link.linked", "details": details, **told, **said}


def _name(number: int, texts: Sequence[str]) -> str:
    """The id of a shop's rows: a text too, with a number that makes it unique."""
    return f"{texts[number][:100]}-{number}"


def _storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
