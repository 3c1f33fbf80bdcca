"""Cells that a spreadsheet would take for a formula, written so that it does not, and read back as they were."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def guarded(cell: str) -> str:
    """`cell` with an apostrophe before it where a spreadsheet would run it; spreadsheets take that for "this is text"."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
