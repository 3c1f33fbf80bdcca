"""The safeguards of the schema, each by its name."""

import re
from collections.abc import Iterator
from functools import cache

from tests.core.store.attacks.world import objects

_OF_TABLE = ("CHECK", "FOREIGN KEY", "UNIQUE", "PRIMARY KEY")
_OF_COLUMN = re.compile(r" (NOT NULL|UNIQUE|COLLATE NOCASE|REFERENCES \w+ \(\w+\)|CHECK \()")


@cache
def pieces() -> frozenset[str]:
    """The names of all safeguards: constraints, unique indexes, triggers, and what views find."""
    found: list[str] = []
    for type, name, sql in objects():
        if type == "trigger" or (type == "index" and sql.startswith("CREATE UNIQUE")):
            found.append(name)
        elif type in {"table", "view"}:
            found += _of_table(name, sql) if type == "table" else _of_view(name, sql)
    assert len({*found}) == len(found)
    return frozenset(found)


def _of_view(name: str, sql: str) -> Iterator[str]:
    """Each thing that a view finds."""
    query = re.split(r"\sAS\s", sql, maxsplit=1)[1]
    cases = re.findall(r"WHEN (?:(?!WHEN).)*? THEN .*?'(\S+)'", query, re.DOTALL)
    yield from (f"{name}: {case}" for case in cases)
    parts = [] if cases else query.split("UNION ALL")
    for number, part in enumerate(parts, 1):
        rule = re.search(r"'([^']+)' AS rule|'([^']+)'\s+FROM", part)
        what = next(filter(None, rule.groups())) if rule else f"part {number}"
        yield name if len(parts) == 1 else f"{name}: {what}"


def _of_table(name: str, sql: str) -> Iterator[str]:
    """Each constraint of a table."""
    begin, end = sql.index("(") + 1, sql.rindex(")")
    for part in _split(sql[begin:end]):
        if part.startswith(_OF_TABLE):
            yield f"{name}: {part}"
            continue
        column = part.split()[0]
        for match in _OF_COLUMN.finditer(part):
            stop = _closing(part, match.end() - 1) + 1 if match[1].startswith("CHECK") else match.end()
            if match[1] == "UNIQUE" or not _inside(part, match.start()):
                yield f"{name}.{column} {part[match.start() + 1 : stop]}"
    if "STRICT" in sql[end:]:
        yield f"{name} STRICT"


def _split(text: str) -> Iterator[str]:
    """The text at its commas outside brackets, on one line each."""
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield " ".join(text[begin:at].split())
            begin = at + 1
    yield " ".join(text[begin:].split())


def _inside(text: str, at: int) -> bool:
    return text.count("(", 0, at) != text.count(")", 0, at)


def _closing(text: str, at: int) -> int:
    """Where the bracket that opens at `at` closes."""
    depth = 0
    for found in range(at, len(text)):
        depth += (text[found] == "(") - (text[found] == ")")
        if depth == 0:
            return found
    raise AssertionError(text)
