"""The errors of the core: what happened (message) and what to do next (remedy).

The screens and the command line show both. `command`: a command that helps, which the command line adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.verdict import Verdict


SUBJECTS = {"date": "This date", "end": "The end date"}
"""What the sentence about a field begins with, where its name alone doesn't read well."""


class ShoplinkError(Exception):
    """The base of every error that users see. `code`: its code in JSON output."""

    code: ClassVar[str] = "invalid"

    def __init__(self, message: str, *, remedy: str = "", command: str = "", verdicts: tuple[Verdict, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.command = command
        self.verdicts = verdicts

    def in_full(self) -> str:
        """Say what happened, why where the message doesn't say so, and what to do next."""
        reasons = dict.fromkeys(verdict.reason for verdict in self.verdicts if verdict.reason not in self.message)
        return " ".join(filter(None, (self.message, *reasons, self.remedy)))


class Refused(ShoplinkError):
    """A rule or the current state does not allow it. Nothing was changed.

    `anyway`: it can still be recorded if it happened at TikTok.
    """

    code = "refused"

    def __init__(
        self, message: str, *, remedy: str = "", command: str = "", verdicts: tuple[Verdict, ...] = (), anyway: bool = False
    ) -> None:
        super().__init__(message, remedy=remedy, command=command, verdicts=verdicts)
        self.anyway = anyway


class Overlap(Refused):
    """A link contradicts another one in the record. `link`: that one's id; `hint`: what helps whichever of the two is wrong."""

    def __init__(self, message: str, link: str, *, remedy: str, hint: str) -> None:
        super().__init__(message, remedy=f"{remedy} {hint}".strip())
        self.link = link
        self.hint = hint


class Contradiction(Refused):
    """The workspace file itself refuses it. `why`: what contradicts the file."""

    why = "contradicts what is in the workspace"


class NotFound(ShoplinkError):
    """No such shop, account, link, member, product, rule or scenario."""

    code = "not_found"


class InvalidInput(ShoplinkError):
    """The input is invalid. `others`: the mistakes in other fields of the same form.

    `message`: the sentence to show, where "Field problem." doesn't read well.
    """

    code = "invalid"

    def __init__(
        self,
        field: str,
        problem: str,
        *,
        remedy: str = "",
        command: str = "",
        verdicts: tuple[Verdict, ...] = (),
        message: str = "",
    ) -> None:
        subject = SUBJECTS.get(field) if not problem.startswith("“") else None  # which is named there
        said = message or ended(f"{subject or field[:1].upper() + field[1:]} {problem}")
        super().__init__(said, remedy=remedy, command=command, verdicts=verdicts)
        self.field = field
        self.problem = problem
        self.others: tuple[InvalidInput, ...] = ()

    @classmethod
    def empty(cls, field: str, thing: str = "", *, remedy: str = "") -> InvalidInput:
        """Make the error of an empty field: enter this `thing`, by default a field of that name."""
        article = "an" if field[:1] in "aeio" else "a"
        return cls(field, "is empty", message=f"Enter {thing or f'{article} {field}'}.", remedy=remedy)


def ended(sentence: str) -> str:
    """End a sentence with a period, unless it already ends with a mark."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def gather(*acts: Callable[[], Any]) -> list[Any]:
    """Run each of these and return the results. Raises the first InvalidInput, with the rest in `others`."""
    done: list[Any] = []
    mistakes: list[InvalidInput] = []
    for act in acts:
        try:
            done.append(act())
        except InvalidInput as error:
            mistakes += [error, *error.others]
    if mistakes:
        mistakes[0].others = tuple(mistakes[1:])
        raise mistakes[0]
    return done


class WorkspaceError(ShoplinkError):
    """The workspace file cannot be used; it was left as it is."""


class Missing(WorkspaceError):
    code = "missing"


class Exists(WorkspaceError):
    code = "exists"


class Locked(WorkspaceError):
    code = "locked"


class Damaged(WorkspaceError):
    """The file is damaged, empty, or another program's."""

    code = "damaged"


class TooNew(WorkspaceError):
    code = "too_new"


class ReadOnly(WorkspaceError):
    code = "read_only"


class DiskFull(WorkspaceError):
    code = "disk_full"


class Unsupported(WorkspaceError):
    """A dependency, such as SQLite, is too old or lacks a feature."""

    code = "unsupported"
