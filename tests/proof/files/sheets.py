"""A grammar of sheets: what spreadsheets and people make of rows whose meaning is known."""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from tests.proof.hostile.texts import ALL

Meaning = dict[str, Any]
Cells = dict[str, Any]

WRONG = object()
"""What a cell means that no record can hold."""
TEXTS = {"Wax & Wick": ..., "Café Lumen": ..., " Lumen  ": "Lumen", 'The "Wick"': ..., "a;b, c/d": ...,
         "Cafe\u0301": "Café", "'=1+1": "=1+1", "-10% shop": ..., "2027": ..., "1/15/2027": ..., "n" * 200: ...,
         "ﬁne ①": ...}  # fmt: skip
NO_TEXTS = ("two\nlines", "a\0b", "\u202egnp", "n" * 201, "a\x1b[2Jb", "e" + "\u0301" * 5)
NO_NUMBERS = ("7.49517E+18", "8,45E+09", "12345.0", "1E+05", "+3.0E-7", "a\0b")
"""An id or a code as a spreadsheet shows numbers."""
NO_DAYS = ("1/15/2027", "15.01.2027", "46037", "46037.5", "Jan 15, 2027", "2027-02-30", "2027-13-01", "4.6037E+04",
         "20270115", "#####", "yesterday",
           "2027-01-15 25:00", "0000-01-01", "9999-01-01", "2027–01–15")  # fmt: skip
YES = {
    "yes": True,
    "no": False,
    "TRUE": True,
    "FALSE": False,
    "1": True,
    "0": False,
    "true": True,
    "Y": True,
    "off": False,
    "": None,
}

OF_SELLER = ("legal_name", "entity_kind", "registration_number", "country")
FIELDS: dict[str, dict[str, tuple[Cells, tuple[str, ...]]]] = {
    "shops": {
        "code": ({"USLC{n}": ..., " USLC{n} ": "USLC{n}", "749{n}": ..., "GB-{n}E": ...}, ("", *NO_NUMBERS)),
        "name": (TEXTS, ("", *NO_TEXTS)),
        "region": ({"US": ..., "gb": "GB", "UK": "GB", " us": "US"}, ("", "USA", "ZZ", "1", "U\0")),
        "legal_name": (TEXTS, ("", *NO_TEXTS)),
        "entity_kind": ({"company": ..., "individual": ...}, ("", "comapny", "1", "LLC")),
        "registration_number": ({"84-55{n}": ..., "0009{n}": ..., "12 34 {n}": ..., "８４{n}": ...}, ("", "--", *NO_NUMBERS)),
        "country": ({"US": ..., "uk": "GB", "gb ": "GB", "DE": ...}, ("", "USA", "1", "U.S.", "ZZ", "Ü1")),
        "probation": (
            {"": None, "active": ..., "Over": "over", "2027-01-15": "2027-01-15T23:59:59.999000Z",
            "2027-01-15 10:30": "2027-01-15T10:30:00Z",
             "2027-01-15T10:30:00+02:00": "2027-01-15T08:30:00Z"}, (*NO_DAYS, "maybe", "no")),
        "unlinks_before": ({"": None, "0": 0, "2": 2, " 3 ": 3, "1000": 1000}, ("2.5", "-1", "two", "1001", "1E+3",
            "9" * 5000, "1_0", "３", "2,0")),
    },
    "accounts": {
        "username": ({"@wax.{n}": "wax.{n}", "Wick_{n}": "wick_{n}", "https://www.tiktok.com/@soy{n}?lang=en": "soy{n}",
            "7495{n}": ...},
                     ("", "two words{n}", "dot{n}.", "7.49517E+18", "@", "a\0{n}", "=HYPERLINK({n})")),
        "nickname": ({"": None, **TEXTS}, NO_TEXTS),
        "kind": ({"": None, "personal": ..., "business": ..., "organization": ...}, ("Persona", "robot", "1")),
        "region": ({"": None, "US": ..., "uk": "GB", "DE": ...}, ("USA", "ZZ", "1", "Germany")),
        "phone": ({"": None, "+1 555 010 0142": ..., "15550100142": ..., "'+15550100142": "+15550100142"},
                  ("1.5550100142E+10", "15550100142.0", "555", "phone", "+1 555 010 0142 +1 555 010 0143")),
        "email": ({"": None, "ana@lumen.example": ..., " Bo@lumen.example ": "Bo@lumen.example"}, ("ana@",
            "ana lumen.example", "@x")),
        "identity_verified": (YES, ("maybe", "2", "1.0E+0", "-")),
        "standing": ({"": None, "good": ..., "suspended": ..., "banned": ...}, ("Bad", "0")),
        "holder_is_adult": (YES, ("18", "adult", "n/a")),
    },
    "products": {
        "shop": ({"USLCBASE01": ..., "uslcbase01": "USLCBASE01"}, ("", "USLCNONE", "1.0E+5")),
        "title": ({f"{text} {{n}}": meaning if meaning is ... else f"{meaning} {{n}}"
                   for text, meaning in TEXTS.items() if len(text) < 50 and text[-1] != " "}, ("", *NO_TEXTS)),
        "price": ({"18": "18.00", "9.90": "9.90", " 0 ": "0.00", "12.3456": "12.3456", "007.5": "7.50"},
                  ("", "18,50", "$18", "1.8E+1", "1,234.50", "1 234", "-1", "NaN", "Infinity", "1_0", "１８", "1e9999",
                  "9" * 400, "1.23456", "free")),
        "currency": ({"": "USD", "USD": ..., "EUR": ...}, NO_NUMBERS),
        "status": ({"": "active", "active": ..., "inactive": ...}, ("Sold out", "TRUE", "1")),
    },
    "links": {
        "shop": ({"USLCBASE01": ..., "uslcbase01": "USLCBASE01"}, ("", "USLCNONE", "1.0E+5")),
        "username": ({"@wax.{n}": "wax.{n}", "Wick_{n}": "wick_{n}"}, ("", "two words{n}", "dot{n}.", "7.49517E+18")),
        "role": ({"marketing": ...}, ("", "Markting", "1", "seller")),
        "linked_at": ({"2026-05-10 13:30": "2026-05-10T13:30:00Z", "2026-05-10T13:30:15Z": "2026-05-10T13:30:15Z",
            " 2026-05-10 ": "2026-05-10T23:59:59.999000Z",
                       "2026-05-10 13:30+02:00": "2026-05-10T11:30:00Z"}, ("", *NO_DAYS, "2027-05-10")),
        "unlinked_at": ({"": None, "2026-06-20": "2026-06-20T23:59:59.999000Z",
            "2026-06-20 09:00": "2026-06-20T09:00:00Z"}, (*NO_DAYS, "2027-05-10")),
        "note": ({"": None, "From Seller Center": ..., "a, b": ...}, ("a\0b", "two\nlines", "n" * 501)),
    },
}  # fmt: skip
"""Each column's cells: what each means (… for what it says), and those that mean nothing. {n} is the row's number."""
NEEDED = {"shops": 3, "accounts": 1, "products": 3, "links": 4}
"""How many columns a sheet has to have, the first of its kind."""
FIELDS["accounts"] |= {name: FIELDS["shops"][name] for name in OF_SELLER}
ALIASES = {"code": "shop_code", "name": "Shop name", "shop": "Shop Code", "title": "product title"}
KNOWN = {"legal_name": "Lumen Candle Company LLC", "entity_kind": "company", "registration_number": "84-1234567", "country": "US"}
BASE = {
    "shops": {"code": "USLCBASE01", "name": "Base", "region": "US", "probation": None, "unlinks_before": 0, **KNOWN},
    "accounts": {"username": "base.one", "nickname": "Base", "region": "GB", "phone": "+44 20 7946 0142", "standing": "good"},
    "products": {"shop": "USLCBASE01", "title": "Base candle", "price": "5.00", "currency": "USD", "status": "inactive"},
}
"""What is there before."""
SPOILED = (
    *("twice", "misspelled", "missing", "beside", "after quote", "open quote", "other separator", "again", "header again"),
    *("cut", "no mark", "mixed", "odd"),
)


class Cell(NamedTuple):
    """A cell's text, and what it means."""

    text: str
    means: Any


class Bad(NamedTuple):
    """A cell that has to be reported: the line from 1, and the column."""

    line: int
    field: str


@dataclass
class Sheet:
    """A file, with what it means: rows to be found afterwards, or what is wrong with it."""

    kind: str
    content: bytes = b""
    rows: list[Meaning] = field(default_factory=list)
    bad: set[Bad] = field(default_factory=set)
    spoiled: str = ""
    """How the whole file is wrong, if it is."""


def drawn(chance: Random) -> Sheet:
    """Draw a sheet; all chance comes from `chance`."""
    kind = chance.choice(list(FIELDS))
    sheet = Sheet(kind, spoiled=chance.choice(SPOILED) if chance.random() < 0.25 else "")
    names = list(FIELDS[kind])
    needed = names[: NEEDED[kind]]
    columns = needed + [name for name in names[NEEDED[kind] :] if name in OF_SELLER or chance.random() < 0.6]
    chance.shuffle(columns)
    table: list[list[str]] = []
    wrong: list[set[str]] = []
    first: dict[str, Cell] = {}
    for number in range(chance.choice((1, 1, 2, 3))):
        cells = {name: _cell(chance, kind, name, number) for name in columns}
        if kind == "accounts":
            cells |= _entity(chance, cells)
        there = number == 0 and kind in BASE and chance.random() < 0.2
        if there:
            cells |= _of_base(chance, kind, cells)
        elif kind == "shops" and number and chance.random() < 0.3:  # another shop of the seller before
            cells |= {name: first.get(name, cells[name]) for name in OF_SELLER}
        first = first or ({} if there else cells)
        table.append([cells[name].text for name in columns])
        wrong.append({name for name in columns if cells[name].means is WRONG})
        kept = BASE[kind] if there else {}
        said = {name: cell.means for name, cell in cells.items() if not there or cell.text.strip()}
        sheet.rows.append({**kept, **said})
    _write(chance, sheet, columns, table, wrong)
    return sheet


def _cell(chance: Random, kind: str, name: str, number: int) -> Cell:
    good, bad = FIELDS[kind][name]
    if chance.random() < 0.04:
        return Cell(chance.choice(bad).replace("{n}", str(number)), WRONG)
    text, meaning = chance.choice(list(good.items()))
    text, meaning = (value.replace("{n}", str(number)) if isinstance(value, str) else value for value in (text, meaning))
    return Cell(text, text if meaning is ... else meaning)


def _entity(chance: Random, cells: dict[str, Cell]) -> dict[str, Cell]:
    """An account's legal entity: none, or a number and a country at least; what is missing beside another is wrong."""
    given = {name for name in OF_SELLER if name in cells and chance.random() < 0.7}
    if chance.random() < 0.4:
        given = set()
    found = {
        name: cells[name] if name in given and cells[name].text.strip() else Cell("", None) for name in OF_SELLER if name in cells
    }
    if len(found) == 4 and chance.random() < 0.15:  # one that is known, perhaps by another name
        return {
            name: Cell(value, value) if chance.random() < 0.8 or name in OF_SELLER[2:] else Cell(f"{value}s"[-7:], WRONG)
            for name, value in KNOWN.items()
        }
    if any(cell.text.strip() for cell in found.values()):
        found |= {name: Cell("", WRONG) for name in OF_SELLER[2:] if name in found and not found[name].text}
    return found


def _of_base(chance: Random, kind: str, cells: dict[str, Cell]) -> dict[str, Cell]:
    """A row about what is there already: what it leaves out stays, and of a shop all but its name and probation."""
    key, *fixed = {"shops": ("code", "region", *OF_SELLER), "products": ("title", "shop", "currency"), "accounts": ("username",)}[
        kind
    ]
    found = {name: Cell(BASE[kind][name], BASE[kind][name]) for name in fixed}
    found |= {name: Cell("", None) for name in OF_SELLER if name in found and chance.random() < 0.5}
    return {key: Cell(BASE[kind][key], BASE[kind][key]), **{name: cell for name, cell in found.items() if name in cells}}


def _write(chance: Random, sheet: Sheet, columns: list[str], table: list[list[str]], wrong: list[set[str]]) -> None:
    separator, end = chance.choice(",;\t") if len(columns) > 1 else ",", chance.choice(("\n", "\r\n", "\r"))
    header = [_named(chance, name) for name in columns]
    if len(columns) == 1 and sheet.spoiled == "other separator":
        sheet.spoiled = ""
    spoiled = sheet.spoiled
    if spoiled == "twice":
        header.append(chance.choice((columns[0], columns[0].upper(), f" {columns[0]} ")))
        table = [[*row, row[0]] for row in table]
    if spoiled in {"misspelled", "missing"}:
        at = columns.index(list(FIELDS[sheet.kind])[NEEDED[sheet.kind] - 1])
        header[at] = columns[at][:-1] + "xy" if spoiled == "misspelled" else chance.choice(("", "Remarks"))
    if chance.random() < 0.2:  # a column of one's own, or one without a name
        at = chance.randrange(len(header) + 1)
        header.insert(at, chance.choice(("Remarks by ops", "")))
        said = chance.choice(ALL[:60]).replace("\n", " ") if header[at] else ""
        table = [[*row[:at], said.replace("\r", " "), *row[at:]] for row in table]
    if chance.random() < 0.2:  # empty columns to the right
        header, table = [*header, "", ""], [[*row, "", " "][: len(row) + chance.randint(0, 2)] for row in table]
    if spoiled == "beside":
        table[0] = [*table[0], *[""] * (len(header) - len(table[0])), "beside"]
    if spoiled == "again":
        table.append(table[0])
    lines, line = [], 1
    if chance.random() < 0.15:
        lines.append(chance.choice(("sep={}", "SEP={}", '"sep={}"')).replace("{}", separator))
    elif chance.random() < 0.1:
        lines.append(chance.choice(("", separator * 3)))
    lines.append(_line(chance, header, separator))
    for number, row in enumerate(table):
        if chance.random() < 0.1:
            lines.append(chance.choice(("", separator * len(header), " ")))
        line = 1 + sum(1 + text.count("\n") for text in lines)
        if number < len(wrong):
            sheet.bad |= {Bad(line, name) for name in wrong[number]}
        lines.append(
            _line(chance, row, chance.choice(",;\t".replace(separator, "")) if spoiled == "other separator" else separator)
        )
    if spoiled == "header again":
        lines.append(_line(chance, header, separator))
    if spoiled == "after quote":
        lines.append(separator.join(['"Lumen" Candle', *["x"] * (len(header) - 1)]))
    if spoiled == "open quote":
        lines.append(separator.join(['"Lumen', *["x"] * (len(header) - 1)]))
    text = end.join(lines) + end * chance.randint(0, 2)
    sheet.content = _encoded(chance, sheet, text)


def _line(chance: Random, row: list[str], separator: str) -> str:
    out = io.StringIO()
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\r\n").writerow(row)
    return out.getvalue()[:-2]


def _named(chance: Random, name: str) -> str:
    """A column's name as people write it."""
    name = chance.choice((name, name, name, ALIASES.get(name, name)))
    spaced = name.replace("_", chance.choice("_ -"))
    return chance.choice((spaced, spaced, spaced.upper(), spaced.title(), f" {spaced}\u00a0"))


def _encoded(chance: Random, sheet: Sheet, text: str) -> bytes:
    utf8 = text.encode("utf-8")
    match sheet.spoiled:
        case "cut":
            return utf8 + "é".encode()[:1]
        case "no mark":
            return text.encode(chance.choice(("utf-16-le", "utf-16-be")))
        case "mixed" if len(parts := text.split("é")) > 2:
            at = chance.randrange(len(parts) - 1)
            return b"".join(
                part.encode() + (b"" if number == len(parts) - 1 else b"\xe9" if number == at else b"\xc3\xa9")
                for number, part in enumerate(parts)
            )
        case "mixed":
            sheet.spoiled = ""
        case "odd":
            return codecs.BOM_UTF16_LE + text.encode("utf-16-le") + b"x"
    ways = [utf8, utf8, codecs.BOM_UTF8 + utf8, text.encode("utf-16"), codecs.BOM_UTF16_BE + text.encode("utf-16-be")]
    with suppress(UnicodeEncodeError):
        ways.append(text.encode("cp1252"))
    return chance.choice(ways)
