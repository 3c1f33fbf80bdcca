"""Files as spreadsheets, hands and accidents make them.

A grammar draws sheets: what spreadsheets and people make of rows whose meaning is known. Documents and settings files are changed
word by word.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.proof.hostile.texts import ALL

Cells = dict[str, Any]
Table = list[list[str]]

TEXTS = {
    **dict.fromkeys(("Wax & Wick", "Café Lumen", 'The "Wick"', "a;b, c/d", "-10% shop", "2027", "1/15/2027", "n" * 200), ...),
    **{" Lumen  ": "Lumen", "Cafe\u0301": "Café", "'=1+1": "=1+1"},
}
NO_TEXTS = ("two\nlines", "a\0b", "\u202egnp", "n" * 201, "a\x1b[2Jb", "e" + "\u0301" * 5)
NO_NUMBERS = ("7.49517E+18", "8,45E+09", "12345.0", "1E+05", "+3.0E-7", "a\0b")
"""An id or a code as a spreadsheet shows numbers."""
NO_DAYS = (
    *("1/15/2027", "15.01.2027", "46037", "46037.5", "Jan 15, 2027", "2027-02-30", "2027-13-01", "4.6037E+04", "20270115"),
    *("yesterday", "2027-01-15 25:00", "0000-01-01", "9999-01-01", "2027–01–15", "#####"),
)
NO_PRICES = ("18,50", "$18", "1.8E+1", "1,234.50", "1 234", "-1", "NaN", "1_0", "１８", "1e9999", "9" * 400, "1.23456", "free")


def _days(day: str) -> Cells:
    """A moment on this day as people write it; a date alone is the end of the day."""
    moments = {f" {day} 10:30": f"{day}T10:30:00Z", f"{day}T10:30:15Z": ..., f"{day} 10:30+02:00": f"{day}T08:30:00Z"}
    return {day: f"{day}T23:59:59.999000Z", **moments}


YES = {"yes": True, "no": False, "TRUE": True, "FALSE": False, "1": True, "0": False, "Y": True, "off": False, "": None}
SHOP = ({"USLCBASE01": ..., "uslcbase01": "USLCBASE01"}, ("", "USLCNONE", "1.0E+5"))
OF_SELLER = ("legal_name", "entity_kind", "registration_number", "country")
FIELDS: dict[str, dict[str, tuple[Cells, tuple[str, ...]]]] = {
    "shops": {
        "code": ({"USLC{n}": ..., " USLC{n} ": "USLC{n}", "749{n}": ..., "GB-{n}E": ...}, ("", *NO_NUMBERS)),
        "name": (TEXTS, ("", *NO_TEXTS)),
        "region": ({"US": ..., "gb": "GB", "UK": "GB", " us": "US"}, ("", "USA", "ZZ", "1", "U\0")),
        "legal_name": (TEXTS, ("", *NO_TEXTS)),
        "entity_kind": ({"company": ..., "Individual": "individual"}, ("", "comapny", "1", "LLC")),
        "registration_number": ({"84-55{n}": ..., "0009{n}": ..., "12 34 {n}": ..., "８４{n}": ...}, ("", "--", *NO_NUMBERS)),
        "country": ({"US": ..., "uk": "GB", "gb ": "GB", "DE": ...}, ("", "USA", "1", "U.S.", "ZZ", "Ü1")),
        "probation": ({"": None, "active": ..., "Over": "over", **_days("2027-01-15")}, (*NO_DAYS, "maybe", "no")),
        "unlinks_before": ({"": None, "0": 0, " 3 ": 3, "1000": 1000}, ("2.5", "-1", "two", "1001", "1E+3", "9" * 5000, "３")),
    },
    "accounts": {
        "username": (
            {"@wax.{n}": "wax.{n}", "Wick_{n}": "wick_{n}", "https://www.tiktok.com/@soy{n}?lang=en": "soy{n}", "7495{n}": ...},
            ("", "two words{n}", "dot{n}.", "7.49517E+18", "@", "a\0{n}", "=HYPERLINK({n})"),
        ),
        "nickname": ({"": None, **TEXTS}, NO_TEXTS),
        "kind": ({"": None, "personal": ..., "Business": "business", "ORGANIZATION ": "organization"}, ("Persona", "robot", "1")),
        "region": ({"": None, "US": ..., "uk": "GB", "DE": ...}, ("USA", "ZZ", "1", "Germany")),
        "phone": ({"": None, "+1 555 010 0142": ..., "'+15550100142": "+15550100142"}, ("1.5550100142E+10", "555", "phone")),
        "email": ({"": None, "ana@lumen.example": ..., " Bo@lumen.example ": "Bo@lumen.example"}, ("ana@", "ana lumen.example")),
        "identity_verified": (YES, ("maybe", "2", "1.0E+0", "-")),
        "standing": ({"": None, "Good": "good", "suspended": ..., "banned": ...}, ("Bad", "0")),
        "holder_is_adult": (YES, ("18", "adult", "n/a")),
    },
    "products": {
        "shop": SHOP,
        "title": ({"Café {n}": ..., 'The "Wick" {n}': ..., "a;b, c/d {n}": ..., "'=1+{n}": "=1+{n}"}, ("", *NO_TEXTS)),
        "price": ({"18": "18.00", "9.90": ..., " 0 ": "0.00", "12.3456": ..., "007.5": "7.50"}, ("", *NO_PRICES)),
        "currency": ({"": "USD", "USD": ..., "EUR": ...}, ("EURO", "$", *NO_NUMBERS)),
        "status": ({"": "active", "Active": "active", "inactive": ...}, ("Sold out", "TRUE", "1")),
    },
    "links": {
        "shop": SHOP,
        "username": ({"@wax.{n}": "wax.{n}", "Wick_{n}": "wick_{n}"}, ("", "two words{n}", "dot{n}.", "7.49517E+18")),
        "role": ({"marketing": ..., " Marketing": "marketing"}, ("", "Markting", "1", "seller")),
        "linked_at": (_days("2026-05-10"), ("", *NO_DAYS, "2027-05-10")),
        "unlinked_at": ({"": None, **_days("2026-06-20")}, (*NO_DAYS, "2027-05-10")),
        "note": ({"": None, "From Seller Center": ..., "a, b": ...}, ("a\0b", "two\nlines", "n" * 501)),
    },
}
"""Each column's cells: what each means (… for what it says), and those that mean nothing. {n} is the row's number."""
NEEDED = {"shops": 7, "accounts": 1, "products": 3, "links": 4}
"""How many columns a sheet has to have, the first of its kind."""
ALIASES = {"code": "shop_code", "name": "Shop name", "shop": "Shop Code", "title": "product title"}

IN_TABLE: dict[str, Callable[[Table, int], object]] = {
    "a column twice": lambda table, last: [row.append(row[0]) for row in table],
    "a column misspelled": lambda table, last: table[0].__setitem__(last, f"{table[0][last][:-1]}xy"),
    "a column without a name": lambda table, last: table[0].__setitem__(last, ""),
    "a cell beside the table": lambda table, last: table[1].append("beside"),
    "a row twice": lambda table, last: table.append(table[1]),
    "the header twice": lambda table, last: table.append(table[0]),
}
IN_LINES = {"text after a quotation mark": '"Lumen" Candle', "an open quotation mark": '"Lumen'}
IN_BYTES: dict[str, Callable[[str], bytes]] = {
    "half a letter": lambda text: text.encode() + b"\xc3",
    "UTF-16 that does not say so": lambda text: text.encode("utf-16-le"),
    "half a character of UTF-16": lambda text: text.encode("utf-16") + b"x",
}
OTHER_SEPARATOR = "another separator in a row"
SPOILED = (*IN_TABLE, *IN_LINES, *IN_BYTES, OTHER_SEPARATOR)
"""How a whole sheet can be wrong. In a table, `last` is the place of the last column that it has to have."""


@dataclass
class Sheet:
    """A file, with what it means: rows to be found afterwards, or what is wrong with it."""

    kind: str
    spoiled: str
    content: bytes = b""
    rows: list[dict[str, Any]] = field(default_factory=list)
    bad: set[tuple[int, str]] = field(default_factory=set)
    """The cells that have to be reported: the line from 1, and the column."""


def drawn(chance: Random) -> Sheet:
    """Draw a sheet; all chance comes from `chance`."""
    kind = chance.choice(list(FIELDS))
    sheet = Sheet(kind, chance.choice(SPOILED) if chance.random() < 0.25 else "")
    needed, more = list(FIELDS[kind])[: NEEDED[kind]], list(FIELDS[kind])[NEEDED[kind] :]
    columns = needed + [name for name in more if chance.random() < 0.6]
    chance.shuffle(columns)
    if sheet.spoiled == OTHER_SEPARATOR and len(columns) == 1:
        sheet.spoiled = ""
    table: Table = [list(columns)]
    wrong: list[set[str]] = [set()]
    for number in range(chance.choice((1, 1, 2, 3))):
        table.append([])
        wrong.append(set())
        sheet.rows.append({})
        for name in columns:
            good, bad = FIELDS[kind][name]
            text, meaning = chance.choice(list(good.items()))
            if chance.random() < 0.04:
                text = chance.choice(bad)
                wrong[-1].add(name)
            meaning = text if meaning is ... else meaning
            table[-1].append(text.replace("{n}", str(number)))
            sheet.rows[-1][name] = meaning.replace("{n}", str(number)) if isinstance(meaning, str) else meaning
        if not "".join(table[-1]).strip():  # nobody can see that this is a row
            return drawn(chance)
    if chance.random() < 0.2:  # a column of one's own, or one without a name
        at, name = chance.randint(1, len(columns)), chance.choice(("Remarks by ops", ""))
        columns.insert(at, name)
        table = [[*row[:at], chance.choice(ALL[:40]) if name and number else name, *row[at:]] for number, row in enumerate(table)]
    if chance.random() < 0.2:  # empty columns to the right
        table = [[*row, "", ""] for row in table]
    if spoil := IN_TABLE.get(sheet.spoiled):
        spoil(table, columns.index(needed[-1]))
    _write(chance, sheet, table, wrong)
    return sheet


def _write(chance: Random, sheet: Sheet, table: Table, wrong: list[set[str]]) -> None:
    separator, end = chance.choice(",;\t"), chance.choice(("\n", "\r\n", "\r"))
    lines = [chance.choice((f"sep={separator}", f'"SEP={separator}"', "", separator * 3))] if chance.random() < 0.25 else []
    for number, row in enumerate(table):
        if number and chance.random() < 0.1:
            lines.append(chance.choice(("", separator * len(row), " ")))
        line = 1 + sum(1 + text.count("\n") for text in lines)
        sheet.bad |= {(line, name) for name in (wrong[number] if number < len(wrong) else ())}
        cells = row if number else [_named(chance, name) if name in FIELDS[sheet.kind] else name for name in row]
        other = chance.choice(",;\t".replace(separator, "")) if number and sheet.spoiled == OTHER_SEPARATOR else separator
        quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
        out = io.StringIO()
        csv.writer(out, delimiter=other, quoting=quoting).writerow(cells)
        lines.append(out.getvalue()[:-2])
    if started := IN_LINES.get(sheet.spoiled):
        lines.append(separator.join([started, *["x"] * (len(table[0]) - 1)]))
    text = end.join(lines) + end * chance.randint(0, 2)
    sheet.content = IN_BYTES.get(sheet.spoiled, lambda text: encoded(chance, text))(text)


def _named(chance: Random, name: str) -> str:
    """A column's name as people write it."""
    spaced = chance.choice((name, name, name, ALIASES.get(name, name))).replace("_", chance.choice("_ -"))
    return chance.choice((spaced, spaced, spaced.upper(), spaced.title(), f" {spaced}\u00a0"))


def encoded(chance: Random, text: str) -> bytes:
    """A text in one of the encodings in which spreadsheets write it."""
    utf8, utf16 = text.encode("utf-8", "surrogatepass"), text.encode("utf-16-be", "surrogatepass")
    ways = [utf8, utf8, codecs.BOM_UTF8 + utf8, codecs.BOM_UTF16_BE + utf16, text.encode("utf-16", "surrogatepass")]
    with suppress(UnicodeEncodeError):
        ways.append(text.encode("cp1252"))
    return chance.choice(ways)


WORD = re.compile(r'"(?:\\.|[^"\\\n])*"|[\w.+-]+|\s+|.', re.DOTALL)
REPEATED = [text for text in ALL if "\\x" not in text and "Traceback" not in text]
"""Texts that an answer may repeat: the others would look like Python's own words in it."""
VALUES = (
    *(None, True, False, 0, 1, -1, 2, 2.0, 2.5, 10**30, -(10**400), 1e308, "", " ", "x", "1", "1_0", "NaN", "12345.0"),
    *("7.49517E+18", "2026-05-10T13:30:00Z", "2026-05-10", "1/15/2027", "46037", 46037, 46037.5, "0001-01-01T00:00:00Z"),
    *("2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "USA", "ZZ", "@x", "a\0b", "two\nlines", "x" * 70_000, [], {}, ["x"]),
)
"""What stands for another value, as JSON; most of it means the same in TOML."""
PIECES = (
    *("NaN", "-Infinity", "1e999", "9" * 5000, "01", "'x'", "True", "nan", "inf", "0xZZ", "25:00", "1979-05-27", "1979-13-01"),
    *("1979-05-27T07:32:00Z", '"\\q"', '"\\ud800"', "\ud800", '"a\tb\x1b[2J"', '"', "'", '"""', "{", "]", "[" * 3000, "{do = 1}"),
    *('{"a":' * 3000, "{a=" * 500, "[" * 3000 + "]" * 3000, "[1, 'a']", ",", "=", "//", "# x", "\t", "\r", "\x00"),
    *(".".join("a" * 60), "[[acts]]\n", "[x.y]\n", "[fleet]\n", "shops = 10000000\n", "title = 1\n"),
)
"""What has another meaning, or none, wherever it is put."""


def changed(chance: Random, text: str) -> str:
    """Change one or two words or lines: something else stands there, or nothing, or the same twice; or cut the text off."""
    for _ in range(chance.choice((1, 1, 1, 1, 2))):
        parts = (text.splitlines(keepends=True) if chance.random() < 0.2 else WORD.findall(text)) or [""]
        places = [number for number, part in enumerate(parts) if len(part) > 1 and part.strip()] or range(len(parts))
        at = chance.choice(places)
        value = json.dumps(chance.choice((*VALUES, *chance.choices(REPEATED, k=20))), ensure_ascii=chance.random() < 0.5)
        alike = [part for part in parts if part[:1] == parts[at][:1]]
        others = (value, value, chance.choice(alike), chance.choice(alike), chance.choice(PIECES), "", parts[at] * 2)
        parts[at : at + 1 if chance.random() < 0.98 else len(parts)] = [chance.choice(others)]
        text = "".join(parts)
    return text
