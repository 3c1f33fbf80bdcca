"""Documents and settings files with a few things changed in them, by hand or by accident."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.proof.hostile.texts import ALL

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 2.0, 2.5, 10**30, -(10**400), 1e308, "", " ", "x", "1", "1_0", "NaN",
    "2026-05-10T13:30:00Z", "2026-05-10",
    "1/15/2027", "46037", 46037, 46037.5, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2999-01-01T00:00:00Z",
    "7.49517E+18", "12345.0",
    "USA", "ZZ", "@x", "\ud800", "a\0b", "two\nlines", "x" * 70_000, [], {}, [[]], [None], {"id": 1}, ["x", "x"],
    [[[[[[[[]]]]]]]],
)  # fmt: skip
RAW = (
    "NaN",
    "-Infinity",
    "1e999",
    "9" * 5000,
    "01",
    "'x'",
    "True",
    "",
    "{",
    "]",
    '"',
    "[" * 3000,
    '{"a":' * 3000,
    "//",
    ",",
    "\ud800",
    "\t",
    "\x00",
    "# x",
)
"""Pieces that are put into the text itself."""
TOML = (
    "", "1", "-1", "9" * 5000, "1e999", "nan", "inf", "true", '""', '"x"', "'", '"""', "[]", "[[[[", "{}",
    "[" * 3000 + "]" * 3000, "{a=" * 500,
    "1979-05-27", "1979-05-27T07:32:00Z", "25:00", "0xZZ", '"\\q"', '"\\ud800"', "x", "[1, 'a']", "{do = 1}",
    '"' + "x" * 70_000 + '"', "1979-13-01", "\x00",
    "\r", '"a\tb\x1b[2J"',
)  # fmt: skip
"""What stands for a value in a settings file."""


def document(chance: Random, exported: dict[str, Any]) -> tuple[bytes, dict[str, Any] | None]:
    """An export with a few changes: its bytes, and what they say, where they are JSON that can be told without reading them."""
    content: dict[str, Any] = json.loads(json.dumps(exported))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        _change(chance, content)
    text = json.dumps(content, indent=chance.choice((None, 1)), ensure_ascii=chance.random() < 0.5)
    raw = text.encode("utf-8", "surrogatepass")
    how = chance.random()
    if how < 0.02:
        return chance.randbytes(chance.randrange(200)), None
    if how < 0.1:
        at = chance.randrange(len(text))
        return (text[:at] + chance.choice(RAW) + text[at + chance.randint(0, 3) :]).encode("utf-8", "surrogatepass"), None
    if how < 0.15:
        return raw[: chance.randrange(len(raw))], None
    if how < 0.2:
        return chance.choice(
            (text.encode("utf-16", "surrogatepass"), raw.replace(b"e", b"\xe9", 1), raw + raw, b"[" + raw + b"]")
        ), None
    said = content if raw.decode("utf-8", "replace").encode() == raw else None
    return b"\xef\xbb\xbf" * (how < 0.25) + raw, said


def _change(chance: Random, content: dict[str, Any]) -> None:
    """Change one thing in some entry, or the lists themselves."""
    kind = chance.choice([name for name in content if isinstance(content[name], list) and content[name]] or ["shops"])
    entries = content.get(kind) or [{}]
    place = chance.randrange(len(entries))
    entry = entries[place]
    how = chance.random()
    if how < 0.04:
        content[chance.choice((*content, "offers", ""))] = chance.choice(VALUES)
    elif how < 0.08:
        entries[place] = chance.choice(VALUES)
    elif how < 0.12:
        entries.append(chance.choice(entries))
    elif how < 0.16:
        entries.pop(place)
    elif isinstance(entry, dict):
        inner = [part for part in entry.values() if isinstance(part, dict) and part]
        target = chance.choice([entry, entry, *inner])
        name = chance.choice([*target, "extra", ""])
        if how < 0.24:
            target.pop(name, None)
        else:
            value = (
                target.get(chance.choice([*target]))
                if target and chance.random() < 0.2
                else chance.choice((*VALUES, *chance.choices(ALL, k=20)))
            )
            target[name] = value


def settings(chance: Random, text: str) -> str:
    """A TOML file with a few changes."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        name, equals, value = lines[at].partition("=")
        how = chance.random()
        if how < 0.4 and equals:
            value = chance.choice((*TOML, *(json.dumps(other, ensure_ascii=False) for other in chance.choices(ALL, k=5))))
            lines[at] = f"{name}= {value}"
        elif how < 0.5 and equals:
            lines[at] = f"{chance.choice(('extra', '', name + '.x', '.'.join('a' * 60), name.upper(), '[[x]]'))} ={value}"
        elif how < 0.6:
            lines[at] = chance.choice(
                ("[", "[[acts]]", "[x.y]", "x", "=", "[[steps]]", "[fleet]", "shops = 10000000", "title = 1")
            )
        elif how < 0.75:
            lines.insert(at, chance.choice(lines))
        elif how < 0.9:
            lines.pop(at)
        else:
            lines[at:] = []
        text = "\n".join(lines)
    return text
