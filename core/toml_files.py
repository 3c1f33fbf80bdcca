"""Read handwritten TOML files; report each mistake with file, line and field."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from core import toml_text
from core.errors import InvalidInput, NotFound
from core.text import show
from core.toml_text import TomlMistake
from core.validation import problem_words

Loc = tuple[int | str, ...]
TomlModel = TypeVar("TomlModel", bound=BaseModel)

MAX_EXAMPLES = 5
"""Maximum number of mistakes in one error."""
LONGEST_MESSAGE = 400
"""Characters shown of a mistake, which may list everything that exists."""


class Problem(NamedTuple):
    """A mistake in a file. `line`: from 1; `field`: such as `acts 4, do`, empty for the file as a whole."""

    file: str
    line: int
    field: str
    message: str


class FileMistakes(InvalidInput):
    """The mistakes in a file; the message names the first few."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        named = [f"line {one.line}{f', {one.field}' if one.field else ''}: {one.message}" for one in self.problems[:MAX_EXAMPLES]]
        more = [f"and {len(problems) - MAX_EXAMPLES} more"] if len(problems) > MAX_EXAMPLES else []
        super().__init__(file, "; ".join([*named, *more]), remedy="Correct the file and try again; nothing was changed.")


class Model(BaseModel):
    """A frozen table of a file. An unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source:
    """The text of a file, and the line of each field."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises NotFound, or InvalidInput if it is not text in UTF-8."""
        self.path = path
        try:
            self.text = toml_text.read_text(path)
        except TomlMistake as error:
            raise self._no_toml(error) from None
        except FileNotFoundError as error:
            where = "" if not path.is_symlink() else f": {error.strerror}"
            raise NotFound(f"There is no file {show(str(path))}{where}.", remedy="Check the name and the folder.") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "that can't be a file name"
            again = "Name a file in the form of those in data/scenarios and data/tours."
            raise InvalidInput(show(str(path)), f"can't be read: {why}", remedy=again) from None

    def parsed(self) -> dict[str, Any]:
        """Parse the file. Raises InvalidInput with the line if it is not TOML."""
        try:
            return toml_text.parse(self.text)
        except TomlMistake as error:
            raise self._no_toml(error) from None

    def mistake(self, *found: tuple[Loc, str]) -> FileMistakes:
        """Make the error that names these mistakes, each with its line and field."""
        return FileMistakes(show(str(self.path)), [self.problem(loc, message) for loc, message in found])

    def problem(self, loc: Loc, message: str) -> Problem:
        """Describe the mistake in the field at pydantic's `loc`."""
        return Problem(str(self.path), self.line(loc), _field(loc), show(message, LONGEST_MESSAGE).rstrip("."))

    def line(self, loc: Loc) -> int:
        """Find the line (from 1) of the field at pydantic's `loc`, or the nearest known."""
        begin, end = 0, len(self.text)
        where = list(loc)
        while where and isinstance(where[0], str):
            name = re.escape(str(where.pop(0)))
            if where and isinstance(where[0], str):  # a nested table has its own header
                dotted = rf"{name}[ \t]*\.[ \t]*{re.escape(str(where[0]))}"
                if re.search(rf"(?m)^[ \t]*\[{{1,2}}[ \t]*{dotted}[ \t]*\]", self.text[begin:end]):
                    name, where = dotted, where[1:]
            number = int(where.pop(0)) if where and isinstance(where[0], int) else None
            headers = list(re.finditer(rf"(?m)^[ \t]*\[{{1,2}}[ \t]*{name}[ \t]*\]", self.text[begin:end]))
            if headers and (number is None or number < len(headers)):
                found = headers[number or 0]
                begin, end = begin + found.start(), self._end_of_table(begin + found.end(), end)
                continue
            key = re.search(rf"(?m)^[ \t]*[\"']?{name}[\"']?[ \t]*[=.]", self.text[begin:end])
            if key:
                begin += key.start()
            break
        return self.text.count("\n", 0, begin) + 1

    def _end_of_table(self, begin: int, end: int) -> int:
        following = re.compile(r"(?m)^[ \t]*\[").search(self.text, begin, end)
        return following.start() if following else end

    def _no_toml(self, error: TomlMistake) -> FileMistakes:
        return FileMistakes(show(str(self.path)), [Problem(str(self.path), error.line, "", show(error.problem))])


def fits(check: Callable[[str], object]) -> AfterValidator:
    """Make a pydantic validator of `check`, which raises InvalidInput."""

    def validate(text: str) -> str:
        try:
            check(text)
        except InvalidInput as error:
            raise ValueError(f"{error.problem.rstrip('.')}. {error.remedy}".strip()) from None
        return text

    return AfterValidator(validate)


def checked(model: type[TomlModel], facts: dict[str, Any], source: Source | None) -> TomlModel:
    """Check the facts against the model. Raises InvalidInput with every mistake.

    `source` is None for shipped files: a mistake there raises pydantic's own error.
    """
    try:
        return model(**facts)
    except ValidationError as error:
        if source is None:
            raise
        raise source.mistake(*problems(error)) from None


def problems(error: ValidationError) -> list[tuple[Loc, str]]:
    """List what pydantic found: where, and what is wrong in plain words."""
    return [(entry["loc"], problem_words(entry)) for entry in error.errors(include_url=False)]


def _field(loc: Loc) -> str:
    """Name a field, such as `acts 4, do`. Tables are counted from 1."""
    parts: list[str] = []
    for part in loc:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(show(str(part), 60))
    return ", ".join(parts) or "the file"
