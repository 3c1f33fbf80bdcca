"""Every file and every setting through which a text comes in: sheets, documents, scenarios, tours, settings, names."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

from core.text import problem
from core.workspace import Workspace
from tests.proof.hostile.command_line import ALLOWED, Said, answered
from tests.proof.hostile.harmless import assert_harmless
from tui import config

ENTITY = {"legal_name": "Wax Ltd", "entity_kind": "company", "registration_number": "7", "country": "US"}
SHEETS: dict[str, dict[str, str]] = {
    "shops": {"id": "shp-1", "code": "USLCWAX001", "name": "Wax", "region": "US", "seller": "", "probation_until": "", **ENTITY},
    "accounts": {
        **{"username": "wax.one", "nickname": "Wax", "kind": "personal", "region": "US", "phone": "+1 555 010 0199"},
        **{"email": "wax@wax.example", "identity_verified": "true", "standing": "good", "holder_is_adult": "true", **ENTITY},
    },
    "products": {"id": "", "shop": "USLCDEMO01", "title": "Wax", "price": "1.00", "currency": "USD", "status": "active"},
}
"""One fitting row of each kind; each of its cells in turn is the text."""

MOMENT = "2026-11-20T10:00:00Z"
DOCUMENT: dict[str, dict[str, object]] = {
    "sellers": {"id": "sel-1", "entity": {"legal_name": "Wax Ltd", "registration_number": "7", "country": "US"}},
    "shops": {"id": "shp-1", "code": "USLCWAX001", "seller": "sel-1", "name": "Wax", "region": "US", "probation_until": None},
    "accounts": {
        **{"username": "wax.one", "nickname": "Wax", "kind": "organization", "region": "US"},
        **{"phone": "555 010 0199", "email": "a@b.example"},
    },
    "products": {"id": "prd-1", "shop": "shp-1", "title": "Wax", "price": "1.00", "currency": "USD", "status": "active"},
    "links": {
        **{"id": "lnk-1", "shop": "shp-1", "account": "wax.one", "role": "official", "state": "rejected", "reason": "Blurred"},
        **{"requested_at": MOMENT, "requested_by": "maya", "authorize_by": "2026-11-22T10:00:00Z", "authorized_at": MOMENT},
        **{"submitted_at": MOMENT, "decided_at": MOMENT},
    },
    "members": {
        **{"id": "mem-1", "account": "wax.one", "contact": "a@b.example", "role": "admin", "state": "removed"},
        **{"invited_at": MOMENT, "removed_at": MOMENT},
    },
    "events": {
        **{"id": "evt-1", "at": MOMENT, "kind": "shop.added", "actor": "maya", "summary": "Added", "shop": "shp-1"},
        "details": {},
    },
}
"""One fitting entry of each kind; each of its texts in turn, and the entry's own names, is the text."""

SCENARIO = """title = {title}
shows = {shows}
notes = {notes}
[[sellers]]
id = "sel-1"
legal_name = {legal_name}
registration_number = {registration_number}
country = "US"
[[shops]]
code = "USLCDEMO01"
name = {name}
region = {region}
seller = {seller}
added = {added}
[[accounts]]
username = {username}
nickname = {nickname}
kind = "personal"
region = "US"
phone = {phone}
email = {email}
[[products]]
shop = {shop}
title = {product}
price = {price}
"""
SCENARIO_TEXTS = {
    **{"title": "Wax", "shows": "Wax.", "notes": "Say wax.", "legal_name": "Wax Ltd", "registration_number": "7", "name": "Wax"},
    **{"region": "US", "seller": "sel-1", "added": "-9d", "username": "wax.one", "nickname": "Wax", "phone": "555 010 0199"},
    **{"email": "a@b.example", "shop": "USLCDEMO01", "product": "Wax", "price": "1.00"},
}
TOUR = """title = {title}
shows = {shows}
scenario = {scenario}
shop = {shop}
[[steps]]
caption = {caption}
note = {note}
desk = [{desk}]
keys = [{key}, "type:{{}}"]
sees = [{sees}]
[claims]
account = {account}
shop_name = {shop_name}
happened = [{happened}]
"""
TOUR_TEXTS = {
    **{"title": "Wax", "shows": "Wax.", "scenario": "new-shop", "shop": "USLCDEMO01", "caption": "Wax.", "note": "Say wax."},
    **{"desk": "advance 1h", "key": "enter", "sees": "Lumen", "account": "wax.one"},
    **{"shop_name": "Lumen", "happened": "shop.added"},
}
CONFIG_TEXTS = ("theme = {}", "animation = {}", "mouse = {}", "{} = 1", "[keys]\ndesk = {}", '[keys]\n{} = "f3"', "{}")


def sheet(folder: Path, text: str, where: str) -> Said:
    """A CSV sheet with the text in one cell, or as the name of a column."""
    kind, field = where.split(".")
    row = dict(SHEETS[kind])
    if field == "header":
        row[text] = "x"
    else:
        row[field] = text
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(row)
        writer.writerow(row.values())
    return imported(folder, path, text, where)


def document(folder: Path, text: str, where: str) -> Said:
    """An export's document with the text in one field, or as the name of a field or of a kind."""
    kind, field = where.split(".")
    content: dict[str, list[dict[str, object]]] = {name: [dict(entry)] for name, entry in DOCUMENT.items()}
    entry = content[kind][0]
    if field == "field":
        entry[text] = "x"
    elif field == "kind":
        content[text] = [{}]
    elif field in {"legal_name", "registration_number", "country"}:
        entry["entity"] = {**dict(entry["entity"]), field: text}  # type: ignore[call-overload]
    elif field == "details":
        entry["details"] = {"name": text}
    else:
        entry[field] = text
    path = folder / "document.json"
    path.write_text(json.dumps({"format": "shoplink", "version": 1, **content}, indent=1), encoding="utf-8")
    return imported(folder, path, text, where)


def imported(folder: Path, path: Path, text: str, where: str) -> Said:
    """Import a file into a fresh copy; what then stands there is clean, whatever stood in the file."""
    db = folder / "in.db"
    db.unlink(missing_ok=True)
    db.write_bytes((folder / "w.db").read_bytes())
    said = checked(answered(["--db", str(db), "import", str(path)]), where, text)
    if said.code == 0:
        stored_is_clean(db, f"{where} with {text[:60]!a}")
    return said


def scenario(folder: Path, text: str, where: str) -> Said:
    """A scenario's file with the text in one field: a practice workspace is made of it, or its mistake is told."""
    path = folder / "mine.toml"
    path.write_text(SCENARIO.format(**{**_toml(SCENARIO_TEXTS), where: quoted(text)}), encoding="utf-8")
    db = folder / "practice.db"
    db.unlink(missing_ok=True)
    said = checked(answered(["--db", str(db), "init", "--practice", str(path)]), f"scenario {where}", text)
    if said.code == 0:
        stored_is_clean(db, f"scenario {where} with {text[:60]!a}")
    return said


def tour(folder: Path, text: str, where: str) -> Said:
    """A tour's file with the text in one field: its mistake is told, or the tour that it is."""
    from tui.tours import load

    path = folder / "tour.toml"
    path.write_text(TOUR.format(**{**_toml(TOUR_TEXTS), where: quoted(text)}), encoding="utf-8")
    try:
        load(str(path))
    except Exception:
        return checked(answered(["storyboard", str(path), "--out", str(folder / "made")]), f"tour {where}", text)
    return Said(0, "", "")  # what is made of it is tried with the storyboards


def configuration(folder: Path, text: str, where: str) -> Said:
    """A configuration file with the text as a value or as a name: its mistakes are told harmlessly."""
    path = folder / "config.toml"
    path.write_text(where.replace("{}", quoted(text)), encoding="utf-8")
    found = config.read(path, {"shoplink-dark"}, {"desk"})
    from core.text import show

    for mistake in found.mistakes:
        assert_harmless(show(mistake, 4000), f"configuration {where!r}")
    return Said(0, "", "")


def actor(folder: Path, text: str, where: str) -> Said:
    """Who acts, by the environment."""
    os.environ["SHOPLINK_ACTOR"] = _of_system(text)
    try:
        said = checked(answered(["--db", str(folder / "w.db"), "rename-shop", "USLCDEMO01", f"Wax {len(text)}"]), where, text)
    finally:
        del os.environ["SHOPLINK_ACTOR"]
    assert said.code == 0, said.err
    stored_is_clean(folder / "w.db", f"{where} with {text[:60]!a}")
    return said


def database(folder: Path, text: str, where: str) -> Said:
    """The workspace's file, by the environment."""
    os.environ["SHOPLINK_DB"] = f"{folder}/none{_of_system(text)}"
    try:
        return checked(answered(["status", "USLCDEMO01"]), where, text)
    finally:
        del os.environ["SHOPLINK_DB"]


def file_name(folder: Path, text: str, where: str) -> Said:
    """A file with such a name: taken in, played, exported to, and as the workspace itself."""
    name = _of_system(text.replace("/", "")[:40]).strip(".") or "x"
    path = folder / "names" / f"{name}{where}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"no such file")
    commands = {".db": ["--db", str(path), "status", "X"], ".csv": ["import", str(path)], ".json": ["import", str(path)]}
    arguments = commands.get(where, ["storyboard", str(path), "--out", str(path)])
    db = [] if where == ".db" else ["--db", str(folder / "w.db")]
    said = checked(answered([*db, *arguments]), f"a file's name{where}", text)
    path.unlink()
    return said


FILES: dict[str, tuple[Callable[[Path, str, str], Said], tuple[str, ...]]] = {
    "a CSV sheet": (sheet, tuple(f"{kind}.{field}" for kind, row in SHEETS.items() for field in (*row, "header"))),
    "a JSON document": (
        document,
        (
            *(f"{kind}.{field}" for kind, entry in DOCUMENT.items() for field in entry if field != "entity"),
            *("sellers.legal_name", "sellers.registration_number", "sellers.country", "shops.field", "shops.kind"),
        ),
    ),
    "a scenario's file": (scenario, tuple(SCENARIO_TEXTS)),
    "a tour's file": (tour, tuple(TOUR_TEXTS)),
    "the configuration": (configuration, CONFIG_TEXTS),
    "SHOPLINK_ACTOR": (actor, ("actor",)),
    "SHOPLINK_DB": (database, ("database",)),
    "a file's name": (file_name, (".db", ".csv", ".json", ".toml")),
}
"""Each way with the places in it."""


def checked(said: Said, where: str, text: str) -> Said:
    """What was said is harmless, and the code one that means something."""
    where = f"{where} with {text[:60]!a}"
    assert said.code in ALLOWED, f"{where} exits with {said.code}: {said.err[:500]}"
    assert_harmless(said.out, where)
    assert_harmless(said.err, where)
    return said


def stored_is_clean(db: Path, where: str) -> None:
    """Nothing that could act stands in any text of the workspace."""
    with Workspace.open(db, actor="maya") as workspace:
        store = workspace.store
        for table in ("entity", "seller", "shop", "account", "link", "member", "product", "event"):
            for row in store.rows(f"SELECT * FROM {table}"):
                for column, value in row.items():
                    if isinstance(value, str) and column != "details":
                        assert not (found := problem(value, 10_000)), f"{where}: {table}.{column} {found}"


def _of_system(text: str) -> str:
    """As the system hands it over: bytes that are no UTF-8 as halves of characters, and never a NUL."""
    return text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")


def _toml(texts: dict[str, str]) -> dict[str, str]:
    return {name: quoted(text) for name, text in texts.items()}


def quoted(text: str) -> str:
    """As a TOML string; half of a character cannot stand in one."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
