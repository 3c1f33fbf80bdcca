"""Find every mistake in a scenario's file, including acts that are impossible at their moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr, ValidationError

from core import act_words, scenarios
from core.errors import ShoplinkError
from core.lookalikes import did_you_mean
from core.models import MemberRole, Role, WorkspaceKind
from core.scenario_file import NAMED_BY, Act, Scenario, described
from core.scenarios import moment_of
from core.text import bare_username, show
from core.toml_files import FileMistakes, Loc, Problem, Source, problems
from core.workspace import Workspace

NEEDS: dict[str, tuple[str, ...]] = {
    "link": ("shop", "account", "role"),
    **dict.fromkeys(("authorize", "decline", "submit", "approve", "cancel", "unlink"), ("shop", "account")),
    "reject": ("shop", "account", "reason"),
    "create_org": ("shop", "contact"),
    "invite": ("shop", "contact", "role"),
    **dict.fromkeys(("accept", "remove"), ("shop", "contact")),
    "rename": ("shop", "name"),
    "add_product": ("shop", "title", "price"),
    "set_product": ("shop", "title"),
    "state": ("account", "facts"),
    "probation": ("shop", "until"),
}
"""The fields that an act needs, besides `at` and `do`."""
ALSO = {"create_org": {"username"}, "set_product": {"status"}}
"""The fields that an act can have besides these."""
ROLES = {"link": [role.value for role in Role], "invite": [role.value for role in MemberRole]}
START = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
"""When the scenario is played for the check; any other moment would do."""


def check(file: Path) -> list[Problem]:
    """Find every mistake in the file, except those that only follow from another one.

    Raises NotFound, or InvalidInput if the file cannot be read.
    """
    try:
        source = Source(file.absolute(), "scenario")
        parsed = source.parsed()
    except FileMistakes as error:
        return list(error.problems)
    scenario, found = _sound_part(parsed, source)
    if scenario:
        with Workspace.empty(WorkspaceKind.PRACTICE, scenario.id, "check", actor="check", clock=lambda: START) as workspace:
            scenario._workspace = workspace
            scenarios.play(workspace, scenario, START, lambda share: None)
            found += scenario._found
            if not found:  # otherwise an account may be missing because of another mistake
                found += [source.problem(loc, message) for loc, message in _unknown_at_desk(scenario, workspace)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line)


def _sound_part(parsed: dict[str, Any], source: Source) -> tuple[_Checked | None, list[Problem]]:
    """Return the scenario without entries that are wrong in themselves, and their mistakes."""
    found: list[Problem] = []
    try:
        facts = scenarios.expanded(parsed, source)
    except FileMistakes as error:
        found += error.problems
        facts = {name: value for name, value in parsed.items() if name not in {"fleet", "id"}}
    facts["id"] = str(source.path)
    places = {table: range(len(facts[table])) for table in NAMED_BY if isinstance(facts.get(table), list)}
    whole = {table: facts[table] for table in places}
    bad: set[Loc] = set()
    for _ in range(2):
        try:
            scenario = _Checked(**facts)
        except ValidationError as error:
            mistakes = problems(error, Scenario)
            found += [source.problem(loc, message) for loc, message in mistakes]
            bad = {loc[:2] for loc, _ in mistakes}
            for table, entries in whole.items():
                facts[table] = [entry for number, entry in enumerate(entries) if (table, number) not in bad]
            known = {name: value for name, value in facts.items() if name in places or not any(loc[0] == name for loc in bad)}
            facts = {"title": "-", "shows": "-", **known}
        else:
            scenario._source = source
            scenario._places = {
                table: [number for number in numbers if (table, number) not in bad] for table, numbers in places.items()
            }
            scenario._spoiled = {
                (table, str(whole[table][int(number)].get(NAMED_BY[table])))
                for table, number in (loc for loc in bad if len(loc) > 1)
                if table in whole and isinstance(whole[str(table)][int(number)], dict)
            }
            return scenario, found
    return None, found


class _Checked(Scenario):
    """A scenario that collects its mistakes while it is played."""

    _found: list[Problem] = PrivateAttr(default_factory=list)
    _places: dict[str, list[int]] = PrivateAttr(default_factory=dict)
    """The places of the entries in the file, some of which are left out."""
    _spoiled: set[tuple[object, ...]] = PrivateAttr(default_factory=set)
    """What already has a mistake: what depends on it is not reported."""
    _workspace: Workspace = PrivateAttr()

    @contextmanager
    def located(self, loc: Loc) -> Iterator[None]:
        table, number = str(loc[0]), int(loc[1])
        entry = getattr(self, table)[number]
        in_itself = [*_mistakes_of_act(entry)] if isinstance(entry, Act) else []
        mistakes = [*in_itself, *self._before(entry)]
        try:
            yield
        except (ShoplinkError, ValueError) as error:
            mistakes = mistakes or described(table, entry, error)
        rests_on, own = _names(table, entry)
        follows = bool(rests_on & self._spoiled)
        if mistakes or follows:
            self._spoiled |= own
        where, source = (table, self._places[table][number]), self._source
        assert source is not None
        self._found += [source.problem((*where, *field), message) for field, message in (in_itself if follows else mistakes)]

    def _before(self, entry: object) -> Iterator[tuple[Loc, str]]:
        """Find what an act names that is not there, or a product's shop, as far as it is known before it is done."""
        if isinstance(entry, Act) and "account" in NEEDS[entry.do] and entry.account and entry.do != "state":
            yield from self._about_account(entry)
        shop = getattr(entry, "shop", "")
        if shop and all(known.code != shop for known in self.shops):
            yield ("shop",), f"{show(shop, 60)} is not in [[shops]]. {did_you_mean(shop, [one.code for one in self.shops])}"
        elif isinstance(entry, Act) and shop:
            added = next(known.added for known in self.shops if known.code == shop)
            if moment_of(START, added) > moment_of(START, entry.at):
                yield ("shop",), f"{show(shop, 60)} is added at {added}, after this act at {entry.at}"

    def _about_account(self, act: Act) -> Iterator[tuple[Loc, str]]:
        if self._workspace.accounts.known(act.account):
            return
        stated = next((one.stated for one in self.accounts if one.username == act.account), None)
        if stated:
            yield ("account",), f"@{act.account} is entered at {stated}, after this act at {act.at}"
        else:
            meant = did_you_mean(act.account, [one.username for one in self.accounts])
            yield ("account",), f"@{show(act.account, 60)} is not in [[accounts]]. {meant}"


def _mistakes_of_act(act: Act) -> Iterator[tuple[Loc, str]]:
    """Find fields that are missing or too many, and a role that there is not."""
    needs = NEEDS[act.do]
    yield from (((name,), f"is missing: {act.do} needs it") for name in needs if not getattr(act, name))
    takes = [*needs, *sorted(ALSO.get(act.do, ()))]
    for name in sorted(act.model_fields_set - {"at", "do", *takes}):
        yield (name,), f"is not part of {act.do}, which takes: {', '.join(takes)}"
    if act.role and act.role not in ROLES.get(act.do, [act.role]):
        yield ("role",), f"must be one of: {', '.join(ROLES[act.do])}. {did_you_mean(act.role, ROLES[act.do])}"


def _unknown_at_desk(scenario: Scenario, workspace: Workspace) -> Iterator[tuple[Loc, str]]:
    """Find the Desk's acts on accounts that are neither in the workspace nor made by an act before."""
    made: set[str] = set()
    for number, words in enumerate(scenario.desk):
        name, rest = act_words.read(words)
        account = bare_username(act_words.account(words))
        if account and account not in made and workspace.accounts.known(account) is None:
            meant = did_you_mean(account, [one.username for one in scenario.accounts])
            yield ("desk", number), f"@{show(account, 60)} is not in [[accounts]]. {meant}"
        if name in {"add account", "username"}:
            made.add(bare_username(rest.split()[-1]))


Names = set[tuple[object, ...]]


def _names(table: str, entry: Any) -> tuple[Names, Names]:
    """Return what the entry depends on, and what a mistake in it spoils."""
    if table != "acts":
        own = (table, getattr(entry, NAMED_BY[table]))
        over: Names = (
            {("sellers", entry.seller)} if table == "shops" else {("shops", entry.shop)} if table == "products" else set()
        )
        return over, {own}
    act: Act = entry
    over = {("shops", act.shop), ("accounts", act.account)}
    team: Names = {("team", act.shop)}
    about: Names = {(act.shop, act.account, act.contact, act.title)} if act.account or act.contact or act.title else set()
    if act.do in {"invite", "accept", "remove"}:
        over |= team
    return over | about, about | (team if act.do == "create_org" else set())
