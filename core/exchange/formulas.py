"""Guard CSV cells that a spreadsheet would run as formulas; undo it on import."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def guarded(cell: str) -> str:
    """Prefix a formula-like cell with an apostrophe, which marks it as text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Remove the apostrophe that `guarded` added."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
