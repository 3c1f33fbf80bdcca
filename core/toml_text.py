"""Read TOML that a person wrote, in bounded time and memory; a mistake has its line."""

import re
import tomllib
from pathlib import Path
from typing import Any

from core.files import open_regular

LONGEST = 2**20
"""Maximum size of a file in bytes: people write it by hand."""
MOST_PARTS = 50
"""Maximum number of parts of a dotted key. The parser's time grows with their square."""
MOST_DIGITS = 4000
"""Maximum number of digits in a number. Python refuses more than 4300."""

_PART = r"""(?>[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_PARTS}}}")
_LONG_NUMBER = re.compile(rf"(?<!\w)\d[0-9A-Fa-f_xob]{{{MOST_DIGITS}}}", re.ASCII)
_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)$")

_WORDS = {
    "Invalid value": "a value is missing, or a text is not in quotation marks",
    "Expected newline": "something follows a value",
    "Expected '='": "“=” is missing after a name",
    "Invalid statement": "a line begins with neither a name nor a table",
    "Invalid initial": "a name is missing, or has to be in quotation marks",
    "declaration": "“]” is missing after a table's name",
    "twice": "a name is there twice",
    "overwrite": "a name is there twice",
    "Duplicate": "a name is there twice",
    "redefine": "a table is there twice",
    "mutate": "a table is there twice",
    "Unclosed": "a bracket is not closed",
    "Illegal character": "a text has a line break or a control character, or doesn't end",
    "invalid character": "a text has a line break or a control character, or doesn't end",
    "Unterminated": "a text in quotation marks doesn't end",
    "Expected": "a text in quotation marks doesn't end",
    "nescaped": "a text has a stray backslash",
    "hex value": "a text has a stray backslash",
    "scalar": "a text has a stray backslash",
    "date": "a date doesn't exist",
}
"""Parts of the tomllib module's messages, and our words for them."""


class TomlMistake(ValueError):
    """Why a text is not TOML. `line`: from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}"


def read_text(path: Path) -> str:
    """Read a file. Raises OSError, ValueError for an impossible name, TomlMistake if not text or too long."""
    with open_regular(path) as file:
        raw = file.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise TomlMistake(raw.count(b"\n") + 1, "the file is larger than 1 MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlMistake(raw.count(b"\n", 0, error.start) + 1, "this is not text in UTF-8") from None


def parse(text: str) -> dict[str, Any]:
    """Parse a text. Raises TomlMistake."""
    for too_long, problem in (
        (_LONG_KEY, f"a key has more than {MOST_PARTS} parts"),
        (_LONG_NUMBER, f"a number has more than {MOST_DIGITS:,} digits"),
    ):
        if found := too_long.search(text):
            raise TomlMistake(text.count("\n", 0, found.start()) + 1, problem)
    try:
        return tomllib.loads(text)
    except RecursionError:
        lines = text.split("\n")
        deepest = max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{"))
        raise TomlMistake(deepest + 1, "brackets are nested too deeply") from None
    except ValueError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        words = next((words for part, words in _WORDS.items() if part in str(error)), "it can't be read from here on")
        raise TomlMistake(line, f"this is not TOML: {words}") from None
