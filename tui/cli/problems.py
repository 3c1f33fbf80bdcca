"""Print the mistakes in a file that a person wrote."""

from collections.abc import Sequence
from pathlib import Path

from core.errors import ended
from core.plurals import count_of
from core.toml_files import Problem
from tui.cli.context import Answer
from tui.exit_codes import DONE, REFUSED


def answer_problems(answer: Answer, file: Path, problems: Sequence[Problem]) -> int:
    """Print every problem by file, line and field, or that there is none; return the exit code."""
    lines = [
        f"{Path(one.file).name}, line {one.line}{f', {one.field}' if one.field else ''}: {ended(one.message)}" for one in problems
    ]
    lines.append(f"{count_of(len(problems), 'problem')}." if problems else f"{file.name}: no mistake")
    answer({"file": str(file.absolute()), "problems": [one._asdict() for one in problems]}, lines)
    return REFUSED if problems else DONE
