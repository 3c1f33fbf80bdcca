"""A workspace file full of hostile text, written past everything that would have refused it."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
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
    with sqlite3.connect(path) as db:
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

    def text() -> str:
        return texts[next(turn) % len(texts)]

    name = _name(number, texts)
    entity = {"country": "US", "registration_key": f"KEY{number}"}
    marketing = bare_username(f"{name}.marketing")
    seller, shop, username = f"sel-{name}", f"shp-{name}", bare_username(f"{name}.organization")
    yield "entity", {**entity, "entry": f"evt-{name}", "registration_number": text(), "kind": "company", "legal_name": text()}
    yield "seller", {"id": seller, **entity}
    yield "shop", {"id": shop, "entry": f"evt-{name}", "code": name, "name": text(), "region": "US", "seller": seller}
    for other, kind, owner in ((username, "organization", seller), (marketing, "personal", None)):
        facts: dict[str, object] = {"nickname": text(), "phone": text(), "email": text()}
        facts |= {"identity_verified": 1, "standing": "good", "holder_is_adult": 1}
        own = entity if owner else {}
        yield (
            "account",
            {
                "id": f"acc-{other}",
                "entry": f"evt-{name}",
                "username": other,
                "kind": kind,
                "region": "US",
                "seller": owner,
                **facts,
                **own,
            },
        )
    for id, account, more in (
        (f"lnk-{name}", username, {"role": "official", **STATES[number % len(STATES)]}),
        (f"lnk-{name}.2", marketing, {"role": "marketing", **STATES[0]}),
    ):
        link = {"id": id, "entry": f"evt-{name}", "shop": shop, "account": f"acc-{account}", "origin": "existing"}
        yield "link", {**link, "requested_by": text(), "linked_by": text(), "reason": text(), "requested_at": ADDED, **more}
    member = {"account": f"acc-{username}", "entry": f"evt-{name}", "role": "admin", "invited_at": ADDED}
    yield "member", {"id": f"mem-{name}", "contact": text(), "state": "active", "accepted_at": ADDED + 1, **member}
    invited = {"state": "invited", "accept_by": LATER}
    yield "member", {"id": f"mem-{name}.2", "contact": f"{text()}@{number}.example", **invited, **member}
    product = {
        "shop": shop,
        "entry": f"evt-{name}",
        "title": text(),
        "price": "1.00",
        "currency": text(),
        "status": "active",
        "changed_at": ADDED,
    }
    yield "product", {"id": f"prd-{name}", **product}
    told = {"at": ADDED, "recorded_at": ADDED, "actor": text(), "entered_by": text(), "summary": text(), "note": text()}
    told |= {"entry": f"evt-{name}", "shop": shop, "link": f"lnk-{name}", "account": f"acc-{username}"}
    details = json.dumps({"name": text(), text(): [text(), {"at": text()}]})
    yield "event", {"id": f"evt-{name}", "kind": "link.linked", "details": details, **told}


def _name(number: int, texts: Sequence[str]) -> str:
    """The id of a shop's rows: a text too, with a number that makes it unique."""
    return f"{texts[number][:100]}-{number}"


def _storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
