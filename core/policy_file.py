"""Find the mistakes in a policy file, with their lines and what to write.

Loading a policy skips these checks unless it fails. Tests, `doctor` and `rules` run them.
"""

import re
import string
import tomllib
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple, get_args

from core.errors import InvalidInput
from core.models import AccountFacts, Role
from core.toml_text import TomlMistake, parse
from core.verdict import Certainty, Moment, Notice

Path = tuple[str | int, ...]
Table = dict[str, Any]

POLICY = "data/policy.toml"
MAX_EXAMPLES = 5
"""Maximum number of mistakes in one error."""


class Mistake(NamedTuple):
    """A mistake: its line (from 1), what is wrong, and what to write."""

    line: int
    problem: str
    write: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}. {self.write}"


class Field(NamedTuple):
    """A field of a table: whether a value fits, and what to write if it does not."""

    fits: Callable[[Any], bool]
    write: str
    needed: bool = False


def check(policy: str, markets: str, checks: Collection[str] = ()) -> None:
    """Check the text of a policy file. Raises InvalidInput with the mistakes.

    `checks`: the rules that have a check; if given, rules and checks must match one to one.
    """
    found = mistakes(policy, markets, checks)
    if found:
        more = f" And {len(found) - MAX_EXAMPLES} more." if len(found) > MAX_EXAMPLES else ""
        listed = " ".join(map(str, found[:MAX_EXAMPLES])) + more
        raise InvalidInput("the policy", f"can't be used. {POLICY}, {listed}", remedy="data/README.md says how it is written.")


def mistakes(policy: str, markets: str, checks: Collection[str] = ()) -> list[Mistake]:
    """List every mistake in a policy file, by line."""
    try:
        raw, codes = parse(policy), tuple(parse(markets))
    except TomlMistake as error:
        return [Mistake(error.line, error.problem, "Correct it.")]
    place = Lines(policy)
    found = [(place.line(path), problem, write) for path, problem, write in Reader(raw, codes, checks).all()]
    return sorted(Mistake(*mistake) for mistake in found)


class Lines:
    """The line numbers of a TOML text's tables and keys, which tomllib lacks."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        table: Path = ()
        counts: dict[Path, int] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if header := re.match(r"\s*(\[\[?)([^\[\]]+)\]", line):
                table = _keys(header[2])
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self._lines[table] = number
                for length in range(1, len(table)):
                    self._lines.setdefault(table[:length], number)
            elif key := re.match(r"""\s*([\w-]+|"[^"]+"|'[^']+')\s*=""", line):
                self._lines[(*table, *_keys(key[1]))] = number

    def line(self, path: Path) -> int:
        """Find the line (from 1) of this path of keys, or of the nearest table around it."""
        return next(self._lines[path[:length]] for length in range(len(path), -1, -1) if path[:length] in self._lines)


def _keys(dotted: str) -> Path:
    """Split a dotted name such as `rules."a.b".values` into its keys."""
    found: list[str] = []
    table: Any = tomllib.loads(f"{dotted} = 0")
    while isinstance(table, dict):
        ((key, table),) = table.items()
        found.append(key)
    return tuple(found)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _limit(value: Any) -> bool:
    return (isinstance(value, int) and value >= 0) or (isinstance(value, list) and all(map(_text, value)))


def _some(known: Collection[str]) -> Field:
    write = f"Write some of: {', '.join(known)}."
    return Field(lambda value: isinstance(value, list) and bool(value) and set(map(str, value)) <= set(known), write)


CERTAINTY = Field(lambda value: value in set(Certainty), f"Write one of: {', '.join(Certainty)}.")
DAY = Field(_day, "Write a date such as 2025-10-03, without quotes.")
NOTICE = Field(lambda value: value in set(Notice), f"Write one of: {', '.join(Notice)}.")
TEXT = Field(_text, "Write some words in quotes.")
SHORT = Field(lambda value: _text(value) and len(value) <= 14, "Write at most 14 characters in quotes.")
SOURCE_FIELDS = {"name": TEXT._replace(needed=True), "date": TEXT, "read": DAY._replace(needed=True)}

Found = tuple[Path, str, str]


class Reader:
    """Check a parsed file. A mistake is a path, the problem, and what to write."""

    def __init__(self, raw: Table, markets: Collection[str], checks: Collection[str]) -> None:
        self.raw, self.checks = raw, checks
        self.begins = raw.get("begins")
        sources = raw.get("sources")
        self.sources = sources if isinstance(sources, dict) else {}
        named = Field(lambda value: isinstance(value, str) and value in self.sources, self._source_hint())
        self.shared = {"markets": _some(markets), "certainty": CERTAINTY, "source": named}
        self.rule_fields = {
            **{name: TEXT._replace(needed=True) for name in ("title", "statement", "remedy")},
            "remedies": Field(
                lambda value: isinstance(value, dict) and all(map(_text, value.values())),
                "Write them in braces, each in quotes.",
            ),
            "short": SHORT,
            "note": TEXT,
            "notice": NOTICE,
            "certainty": CERTAINTY._replace(needed=True),
            "source": named._replace(needed=True),
            "asked": _some(get_args(Moment))._replace(needed=True),
            "roles": _some(tuple(Role)),
            "facts": _some((*(entry.name for entry in fields(AccountFacts)), "entity", "seller")),
            "blocks": Field(lambda value: isinstance(value, bool), "Write true, or leave it out."),
            "values": Field(lambda value: isinstance(value, dict), "Write its versions under [[rules.….values.NAME]]."),
            "also": Field(lambda value: isinstance(value, list), "Write it under [[rules.….also]]."),
        }
        number = Field(_limit, "Write a number, true or false, or words in brackets.", needed=True)
        self.version_fields = {**self.shared, "value": number, "from": DAY, "until": DAY}
        self.also_fields = {
            "says": TEXT._replace(needed=True),
            "values": Field(
                lambda value: isinstance(value, dict) and all(isinstance(one, int) for one in value.values()),
                "Write them in braces, such as { wait_days = 90 }.",
            ),
            **self.shared,
            "certainty": CERTAINTY._replace(needed=True),
            "source": named._replace(needed=True),
        }

    def all(self) -> Iterator[Found]:
        yield from self._fields((), self.raw, {
            "begins": DAY._replace(needed=True),
            "sources": Field(lambda value: isinstance(value, dict), "Write its entries under [sources.NAME].", needed=True),
            "rules": Field(lambda value: isinstance(value, dict), 'Write its entries under [rules."NAME"].', needed=True),
        })  # fmt: skip
        for key, source in self.sources.items():
            yield from self._fields(("sources", key), source, SOURCE_FIELDS)
        rules = self.raw.get("rules")
        rules = rules if isinstance(rules, dict) else {}
        for id, rule in rules.items():
            yield from self._rule(("rules", id), rule)
            if self.checks and id not in self.checks:
                yield ("rules", id), f"the rule {id} has no check", "Write its check in core/rules, or correct its id."
        for id in sorted(set(self.checks) - set(rules)):
            yield (), f"the check {id} in core/rules has no rule", f'Write a table [rules."{id}"].'

    def _source_hint(self) -> str:
        return f"Write one of the sources: {', '.join(self.sources)}; or add it under [sources.NAME]."

    def _fields(self, path: Path, table: Any, known: dict[str, Field]) -> Iterator[Found]:
        if not isinstance(table, dict):
            yield path, f"{path[-1]} is not a table", f"Write its fields below it: {', '.join(known)}."
            return
        for name, value in table.items():
            if name not in known:
                yield (*path, name), f"there is no field {name} here", f"Write one of: {', '.join(known)}."
            elif not known[name].fits(value):
                yield (*path, name), f"{name} can't be {_shown(value)}", known[name].write
        for name, field in known.items():
            if field.needed and name not in table:
                yield path, f"{name} is missing", f"Add {name} = …: {field.write[0].lower()}{field.write[1:]}"

    def _rule(self, path: Path, rule: Any) -> Iterator[Found]:
        yield from self._fields(path, rule, self.rule_fields)
        if not isinstance(rule, dict):
            return
        values, also = rule.get("values", {}), rule.get("also", [])
        values = values if isinstance(values, dict) else {}
        yield from self._placeholders((*path, "statement"), rule.get("statement"), values)
        for name, versions in values.items():
            yield from self._versions((*path, "values", name), versions)
        for number, said in enumerate(also if isinstance(also, list) else []):
            here = (*path, "also", number)
            yield from self._fields(here, said, self.also_fields)
            if isinstance(said, dict) and isinstance(own := said.get("values", {}), dict):
                yield from self._placeholders((*here, "says"), said.get("says"), {**values, **own})

    def _placeholders(self, path: Path, words: Any, values: Table) -> Iterator[Found]:
        try:
            named = {
                name for _, name, _, _ in string.Formatter().parse(words if isinstance(words, str) else "") if name is not None
            }
        except ValueError:
            yield path, "a brace has no partner", "Write a value's name in two braces, such as {wait_hours}."
            return
        for name in sorted(named - set(values)):
            has = f"Write one of: {', '.join(values)}." if values else "Write no name in braces here."
            yield path, f"there is no value {{{name}}}", has

    def _versions(self, path: Path, versions: Any) -> Iterator[Found]:
        if not isinstance(versions, list) or not versions:
            yield path, f"{path[-1]} has no versions", f"Write it under [[rules.….values.{path[-1]}]], with value = …"
            return
        broken = False
        for number, version in enumerate(versions):
            for found in self._fields((*path, number), version, self.version_fields):
                broken = True
                yield found
        if broken:
            return
        for number, version in enumerate(versions):
            if type(version["value"]) is not type(versions[0]["value"]):
                yield (*path, number, "value"), "differs in kind from the first version", "Write the same kind of value."
            since, until = version.get("from"), version.get("until")
            if since and until and until <= since:
                yield (*path, number, "until"), f"it ends on {until}, before it begins", f"Write a day after {since}."
            if since and _day(self.begins) and since <= self.begins:
                yield (
                    (*path, number, "from"),
                    f"{since} is before any version: the catalog begins on {self.begins}",
                    f"Write a day after {self.begins}, or leave from out of the first version.",
                )
        yield from self._gaps_and_overlaps(path, versions)

    def _gaps_and_overlaps(self, path: Path, versions: list[Table]) -> Iterator[Found]:
        """Find gaps and overlaps between general versions, and within each market."""
        numbered = list(enumerate(versions))
        general = [entry for entry in numbered if not entry[1].get("markets")]
        if not general:
            yield path, f"{path[-1]} has no version for every market", "Add a version without markets."
            return
        first = min(general, key=_begins)
        if since := first[1].get("from"):
            yield (*path, first[0], "from"), f"no version applies before {since}", "Leave from out of the first version."
        last = max(general, key=_begins)
        if until := last[1].get("until"):
            yield (*path, last[0], "until"), f"no version applies from {until} on", "Leave until out of the last version."
        yield from self._between(path, general, "every market")
        seen: set[Path] = set()
        for market in sorted({code for _, version in numbered for code in version.get("markets", ())}):
            own = [entry for entry in numbered if market in entry[1].get("markets", ())]
            for found in self._between(path, own, market):
                if found[0] not in seen:
                    seen.add(found[0])  # report a mistake that several markets share once
                    yield found

    def _between(self, path: Path, versions: list[tuple[int, Table]], of: str) -> Iterator[Found]:
        for (_, before), (number, after) in pairwise(sorted(versions, key=_begins)):
            since, until = after.get("from"), before.get("until")
            if since is None:
                yield (*path, number), f"two versions for {of} apply first", "Write from = the first day of this one."
            elif until is None or until > since:
                ends = "doesn't end" if until is None else f"ends on {until}"
                yield (
                    (*path, number, "from"),
                    f"two versions for {of} apply on {since}: the one before {ends}",
                    f"Write until = {since} in the version before.",
                )
            elif until < since:
                yield (
                    (*path, number, "from"),
                    f"no version for {of} applies from {until} until {since}",
                    f"Write from = {until} here, or until = {since} in the version before.",
                )


def _begins(entry: tuple[int, Table]) -> date:
    since: date = entry[1].get("from", date.min)
    return since


def _shown(value: Any) -> str:
    shown = f"“{value}”" if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
