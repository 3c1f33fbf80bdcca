"""Read handwritten TOML files; report each mistake with file, line and field."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from core import toml_text
from core.errors import InvalidInput, NotFound, ended
from core.lookalikes import closest
from core.text import LONGEST_MESSAGE, show
from core.toml_text import TomlMistake
from core.validation import problem_words

Loc = tuple[int | str, ...]
TomlModel = TypeVar("TomlModel", bound=BaseModel)

MAX_EXAMPLES = 5
"""Maximum number of mistakes in one error."""

OWN_TABLES = {"scenario": {"sellers", "shops", "accounts", "fleet"}, "tour": {"steps", "claims"}}
"""What only a scenario's file has, and only a tour's."""


class Problem(NamedTuple):
    """A mistake in a file. `line`: from 1; `field`: such as `acts 4, do`, empty for the file as a whole."""

    file: str
    line: int
    field: str
    message: str


class FileMistakes(InvalidInput):
    """The mistakes in a file; the message names the first few. `command`: lists them all."""

    def __init__(self, file: str, problems: Sequence[Problem], command: str = "") -> None:
        self.problems = tuple(problems)
        named = [f"line {one.line}{f', {one.field}' if one.field else ''}: {one.message}" for one in self.problems[:MAX_EXAMPLES]]
        more = [f"and {len(problems) - MAX_EXAMPLES} more"] if len(problems) > MAX_EXAMPLES else []
        said = "; ".join([*named, *more])
        all_of_them = f"See all with: shoplink {command} {file}" if more and command else ""
        super().__init__(file, said, remedy="Correct the file and try again; nothing was changed.", command=all_of_them)
        self.message = ended(f"{file}, {said}")  # a file's name begins with the letter that it begins with
        self.args = (self.message,)


class Model(BaseModel):
    """A frozen table of a file. An unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source:
    """The text of a file, and the line of each field."""

    def __init__(self, path: Path, kind: Literal["scenario", "tour", "brand"]) -> None:
        """Read the file. Raises NotFound, or InvalidInput if it is not text in UTF-8."""
        self.path = path
        self.kind = kind
        try:
            self.text = toml_text.read_text(path)
        except TomlMistake as error:
            raise self._no_toml(error) from None
        except FileNotFoundError as error:
            where = "" if not path.is_symlink() else f": {error.strerror}"
            raise NotFound(f"There is no file {show(str(path))}{where}.", remedy="Check the name and the folder.") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "that can't be a file name"
            problem = f"can't be read: {why}"
            raise InvalidInput("file", problem, message=f"{show(str(path))} {problem}.", remedy=self._form()) from None

    def _form(self) -> str:
        """Say which file would do."""
        if self.kind == "brand":
            return "Name a TOML file with a line for every page, their language, or their words."
        return f"Name a file in the form of those in data/{self.kind}s."

    def parsed(self) -> dict[str, Any]:
        """Parse the file. Raises InvalidInput with the line if it is not TOML, or a file of the other kind."""
        try:
            parsed = toml_text.parse(self.text)
        except TomlMistake as error:
            raise self._no_toml(error) from None
        other = {"scenario": "tour", "tour": "scenario"}.get(self.kind, "")
        if other and not OWN_TABLES[self.kind] & parsed.keys() and OWN_TABLES[other] & parsed.keys():
            raise self._no_toml(TomlMistake(1, f"this is a {other}, not a {self.kind}"))
        return parsed

    def mistake(self, *found: tuple[Loc, str]) -> FileMistakes:
        """Make the error that names these mistakes, each with its line and field."""
        command = f"{self.kind}s check" if self.kind in OWN_TABLES else ""
        return FileMistakes(show(str(self.path)), [self.problem(loc, message) for loc, message in found], command)

    def problem(self, loc: Loc, message: str) -> Problem:
        """Describe the mistake in the field at pydantic's `loc`."""
        return Problem(str(self.path), self.line(loc), _field(loc), show(message, LONGEST_MESSAGE).strip().rstrip("."))

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
            raise ValueError(f"{ended(error.problem)} {error.remedy}".strip()) from None
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
        raise source.mistake(*problems(error, model)) from None


def problems(error: ValidationError, model: type[BaseModel] | None = None) -> list[tuple[Loc, str]]:
    """List what pydantic found: where, and what is wrong in plain words; what only follows from another mistake is left out.

    `model`: what was validated; of an unknown field it is then said which was meant, or which there are.
    """
    found: list[tuple[str, Loc, str]] = []
    follows: set[tuple[str, Loc]] = set()
    entries = error.errors(include_url=False)
    for entry in entries:
        loc, words = entry["loc"], problem_words(entry)
        if model and entry["type"] == "extra_forbidden":
            fields = _fields(model, loc[:-1])
            near = closest(str(loc[-1]), fields)
            words += f". Did you mean {near}?" if near else f". There are: {', '.join(fields)}"
            follows.add(("missing", (*loc[:-1], near)))
        elif entry["type"] == "too_short" and any(loc == other["loc"][: len(loc)] != other["loc"] for other in entries):
            continue  # those with a mistake in them aren't counted
        found.append((entry["type"], loc, words))
    return [(loc, words) for type, loc, words in found if (type, loc) not in follows]


def _fields(model: type[BaseModel], loc: Loc) -> list[str]:
    """List the fields of the table at pydantic's `loc`; a file has no id of its own."""
    for part in loc:
        if isinstance(part, str):
            (model,) = _models(model.model_fields[part].annotation)
    return [name for name in model.model_fields if loc or name != "id"]


def _models(annotation: Any) -> list[type[BaseModel]]:
    """List the models in a field's type, such as a tuple of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _field(loc: Loc) -> str:
    """Name a field, such as `acts 4, do`. Tables are counted from 1."""
    parts: list[str] = []
    for part in loc:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(show(str(part), 60))
    return ", ".join(parts) or "the file"
