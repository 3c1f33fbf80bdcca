"""The schema taken apart: each safeguard by its name, and the schema without it."""

import re
from collections.abc import Iterator
from functools import cache

from tests.core.store.attacks.world import objects

Objects = tuple[tuple[str, str, str], ...]

_OF_TABLE = ("CHECK", "FOREIGN KEY", "UNIQUE", "PRIMARY KEY")
_OF_COLUMN = re.compile(r" (NOT NULL|UNIQUE|COLLATE NOCASE|REFERENCES \w+ \(\w+\)|CHECK \()")


@cache
def pieces() -> dict[str, tuple[str, str]]:
    """Each safeguard by name: the object it is in, and that object's SQL without it ("": the object is the safeguard)."""
    found: dict[str, tuple[str, str]] = {}
    for type, name, sql in objects():
        if type == "trigger" or (type == "index" and sql.startswith("CREATE UNIQUE")):
            found[name] = (name, "")
        elif type in {"table", "view"}:
            for piece, rest in _of(type, name, sql):
                assert piece not in found, piece
                found[piece] = (name, rest)
    return found


def without(*names: str) -> Objects:
    """The schema without these safeguards."""
    changed = list(objects())
    for piece in names:
        name, _ = pieces()[piece]
        at = next(number for number, (_, found, _) in enumerate(changed) if found == name)
        type, _, sql = changed[at]
        rest = "" if pieces()[piece][1] == "" else dict(_of(type, name, sql))[piece]
        changed[at : at + 1] = [(type, name, rest)] if rest else []
    return tuple(changed)


def _of(type: str, name: str, sql: str) -> Iterator[tuple[str, str]]:
    return _of_table(name, sql) if type == "table" else _of_view(name, sql)


def _of_view(name: str, sql: str) -> Iterator[tuple[str, str]]:
    """Each thing that a view finds, with the view that does not find it."""
    begin, query = re.split(r"\sAS\s", sql, maxsplit=1)
    cases = list(re.finditer(r"WHEN (?:(?!WHEN).)*? THEN .*?'(\S+)'", query, re.DOTALL))
    for case in cases:
        yield f"{name}: {case[1]}", sql.replace(case[0], "", 1)
    parts = [] if cases else query.split("UNION ALL")
    for number, part in enumerate(parts, 1):
        rule = re.search(r"'([^']+)' AS rule|'([^']+)'\s+FROM", part)
        others = [*parts[: number - 1], f" SELECT * FROM ({part}) WHERE 0 ", *parts[number:]]
        what = next(filter(None, rule.groups())) if rule else f"part {number}"
        yield name if len(parts) == 1 else f"{name}: {what}", f"{begin} AS {'UNION ALL'.join(others)}"


def _of_table(name: str, sql: str) -> Iterator[tuple[str, str]]:
    """Each constraint of a table, with the table's SQL without it."""
    begin = sql.index("(") + 1
    end = sql.rindex(")")
    parts = list(_split(sql[begin:end]))
    for number, part in enumerate(parts):
        others = (parts[:number], parts[number + 1 :])
        if part.startswith(_OF_TABLE):
            rest = _joined(sql, begin, end, [*others[0], *others[1]])
            yield f"{name}: {part}", rest.replace(", WITHOUT ROWID", "") if part.startswith("PRIMARY KEY") else rest
            continue
        column = part.split()[0]
        for match in _OF_COLUMN.finditer(part):
            stop = _closing(part, match.end() - 1) + 1 if match[1].startswith("CHECK") else match.end()
            if match[1] == "UNIQUE" or not _inside(part, match.start()):
                rest = part[: match.start()] + part[stop:]
                yield (
                    f"{name}.{column} {part[match.start() + 1 : stop]}",
                    _joined(sql, begin, end, [*others[0], rest, *others[1]]),
                )
    if "STRICT" in sql[end:]:
        tail = " WITHOUT ROWID" if "WITHOUT ROWID" in sql[end:] else ""
        yield f"{name} STRICT", sql[: end + 1] + tail


def _joined(sql: str, begin: int, end: int, parts: list[str]) -> str:
    return sql[:begin] + ", ".join(parts) + sql[end:]


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
