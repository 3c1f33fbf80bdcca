"""Documents and settings files with a few words or lines changed, as hands and accidents change them."""

import json
import re
from random import Random

from tests.proof.hostile.texts import ALL

_WORD = re.compile(r'"(?:\\.|[^"\\\n])*"|[\w.+-]+|\s+|.', re.DOTALL)
TEXTS = [text for text in ALL if "\\x" not in text and "Traceback" not in text]  # which an answer would have of Python
VALUES = (
    *(None, True, False, 0, 1, -1, 2, 2.0, 2.5, 10**30, -(10**400), 1e308, "", " ", "x", "1", "1_0", "NaN", "12345.0"),
    *("7.49517E+18", "2026-05-10T13:30:00Z", "2026-05-10", "1/15/2027", "46037", 46037, 46037.5, "0001-01-01T00:00:00Z"),
    *("2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "USA", "ZZ", "@x", "a\0b", "two\nlines", "x" * 70_000, [], {}, [[]]),
    *([None], {"id": 1}, ["x", "x"]),
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
        parts = (text.splitlines(keepends=True) if chance.random() < 0.2 else _WORD.findall(text)) or [""]
        places = [number for number, part in enumerate(parts) if len(part) > 1 and part.strip()] or range(len(parts))
        at = chance.choice(places)
        value = json.dumps(chance.choice((*VALUES, *chance.choices(TEXTS, k=20))), ensure_ascii=chance.random() < 0.5)
        alike = [part for part in parts if part[:1] == parts[at][:1]]
        others = (value, value, chance.choice(alike), chance.choice(alike), chance.choice(PIECES), "", parts[at] * 2)
        parts[at : at + 1 if chance.random() < 0.98 else len(parts)] = [chance.choice(others)]
        text = "".join(parts)
    return text
