"""Every command that tells what is stored, on a workspace full of hostile texts, and every document that is written of it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import icalendar

from core.text import bare_username
from core.workspace import Workspace
from tests.proof.hostile.command_line import Said, answered
from tests.proof.hostile.harmless import assert_harmless

SHOP, LINK, USER, MEMBER, PRODUCT = "<shop>", "<link>", "<user>", "<member>", "<product>"

WHOLE: tuple[tuple[str, ...], ...] = (
    ("shops", "--limit", "1000"),
    ("accounts",),
    ("links",),
    ("history", "--limit", "100000"),
    ("reminders",),
    ("doctor",),
    ("paths",),
    ("scenarios",),
    ("tours",),
    ("compare",),
    ("rules",),
)
"""Commands that tell of everything at once."""

OF_ONE: tuple[tuple[str, ...], ...] = (
    ("status", SHOP),
    ("links", "--shop", SHOP),
    ("history", "--shop", SHOP),
    ("reminders", "--shop", SHOP),
    ("rules", "--shop", SHOP),
    ("members", "list", SHOP),
    ("products", SHOP),
    ("shop-page", SHOP),
    ("check", USER, "--shop", SHOP, "--as", "official"),
    ("check", USER, "--shop", "USLCDEMO01", "--as", "marketing"),
    ("link", USER, "--shop", SHOP, "--as", "official"),
    ("unlink", LINK),
    ("unlink", LINK, "--yes", "--confirm", "no"),
    ("submit", LINK),
    ("approve", LINK),
    ("reject", LINK, "--reason", "no"),
    ("authorize", LINK),
    ("decline", LINK),
    ("cancel", LINK),
    ("rename-shop", SHOP, "Wax and Wick"),
    ("add-account", USER, "--nickname", "Wick"),
    ("add-product", SHOP, "--title", "Candle", "--price", "1"),
    ("set-product", PRODUCT, "--status", "inactive"),
    ("members", "invite", SHOP, "a@b.example", "--role", "operator"),
    ("members", "role", MEMBER, "operator"),
    ("members", "remove", MEMBER),
    ("create-org", "--shop", SHOP, "--contact", "a@b.example"),
    ("demo", SHOP),
    ("serve", "--demo", SHOP),
)
"""Commands on one shop: by its code, its link, its account."""

NOTHING_STORED = {"init", "import", "backup", "add-shop", "storyboard", "desk", "completion", "export"}
"""Commands that tell nothing of what is stored, but for the export and the storyboard, which are looked at for themselves."""


def told(db: str, command: tuple[str, ...], as_json: bool) -> Said:
    """Run a command; what it says must be harmless, and one document when that was asked for."""
    said = answered(["--db", db, *command, *(["--json"] if as_json and command[0] != "serve" else [])])
    where = f"shoplink {' '.join(map(ascii, command))}"
    assert said.code in {0, 1, 2, 3, 4}, f"{where} exits with {said.code}: {said.err[:500]}"
    assert said.code != 3 or command[0] == "doctor", f"{where} finds damage: {said.err or said.out}"
    for text in (said.out, said.err):
        assert_harmless(text, where)
        assert "\r" not in text, where
    if as_json and command[0] != "serve":
        assert said.out.isascii(), where
        assert "\x7f" not in said.out, where
        json.loads(said.out)
    return said


def filled(command: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The command on the rows that bear this name."""
    rows = {SHOP: name, LINK: f"lnk-{name}", MEMBER: f"mem-{name}", PRODUCT: f"prd-{name}"}
    rows[USER] = bare_username(f"{name}.organization")
    return tuple(rows.get(word, word) for word in command)


def history_csv(db: str) -> int:
    """The history as CSV: one line an entry, no cell a formula, every cell what the entry says."""
    said = told(db, ("history", "--csv", "--limit", "100000"), as_json=False)
    rows = list(csv.reader(io.StringIO(said.out, newline="")))
    assert len(rows) == said.out.count("\n"), "an entry takes more than its line"
    for row in rows:
        assert len(row) == len(rows[0]), row
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), f"a formula: {cell!r}"
    return len(rows)


def calendar(db: str) -> int:
    """The reminders as a calendar program reads them: one event each, nothing added by a name."""
    said = answered(["--db", db, "reminders", "--ics"])
    assert said.code == 0, said.err
    assert_harmless(said.out, "reminders --ics")
    assert "\n" not in said.out.replace("\r\n", ""), "a line that is none"
    found = icalendar.Calendar.from_ical(said.out)
    assert not found.errors
    assert {component.name for component in found.walk()} == {"VCALENDAR", "VEVENT"}
    with Workspace.open(Path(db), actor="maya") as workspace:
        due = workspace.reminders.due()
    events = found.walk("VEVENT")
    assert len(events) == len(due)
    for event in events:
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}, set(event)
    return len(events)


def export(db: str) -> int:
    """The export: plain ASCII, a document, an entry a line."""
    said = answered(["--db", db, "export"])
    assert said.code == 0, said.err
    assert said.out.isascii()
    assert "\x7f" not in said.out
    assert_harmless(said.out, "export")
    document = json.loads(said.out)
    entries = sum(len(value) for value in document.values() if isinstance(value, list))
    assert said.out.count("\n") <= entries + 8, "an entry takes more than its line"
    return entries


DOCUMENTS: dict[str, Callable[[str], int]] = {"CSV of the history": history_csv, ".ics": calendar, "the export's JSON": export}
