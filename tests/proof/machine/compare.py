"""The real use cases compared with the model: every action is done on both, and both must agree on everything."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.clock import from_ms
from core.errors import ShoplinkError
from core.models import Role
from core.verdict import Verdict
from core.workspace import Workspace
from tests.proof.machine import answers
from tests.proof.machine.links import unseen
from tests.proof.machine.tables import Tables
from tests.proof.machine.world import ACTOR, SHOP_NAME, Row, Stopped, World, last_step


@dataclass
class Tally:
    """What the machine did over all its runs."""

    steps: int = 0
    replays: int = 0
    failed: int | None = None
    """The first step that failed: Hypothesis repeats it."""
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    acts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Kind of workspace, act and how it went: done, against a rule, refused, undone."""


@dataclass
class Clock:
    """The computer's clock, standing where it is put."""

    ms: int

    def __call__(self) -> datetime:
        return from_ms(self.ms)

    def read(self) -> int:
        return self.ms


class Comparison:
    """One workspace file and the model of it."""

    def __init__(self, path: Path, clock: Clock, world: World, tally: Tally) -> None:
        self.real = Workspace.open(path, actor=ACTOR, clock=clock)
        self.clock = clock
        self.world = world
        self.tally = tally
        self.tables = Tables(path)
        self.failed = False
        self.trace: list[str] = []
        """The actions so far, to repeat a failure."""
        self.how: Callable[[], tuple[int | None, bool]] = lambda: (None, False)
        """Says of the next act when it happened, and whether it is recorded anyway."""
        self.mistaken: Callable[[], bool] = lambda: False
        """Says whether the act that was just done was a mistake: it is undone."""
        self.acts: dict[int, str] = {}
        """The act of each entry."""

    def close(self) -> None:
        self.tables.close()
        self.real.close()

    def act(
        self,
        name: str,
        real: Callable[[], object],
        model: Callable[[], object],
        check: Callable[[], object] | None = None,
        plain: bool = False,
    ) -> bool:
        """Do one step on both, which must answer the same and leave the same behind; return whether it was done.

        `check`: compares what the rules answer before it. `plain`: it happens now, and not against a rule.
        """
        at, anyway = (None, False) if plain else self.how()
        dated = f" at {at}" if at is not None else ""
        self.trace.append(f"{name}{dated}{' anyway' * anyway}")
        self.tally.steps += 1
        try:
            if check and (at is None or (not self.world.practice and at <= self.world.now())):
                with self.asked(at):
                    check()
            entries = len(self.world.entries)
            expected = self._modelled(model, at, anyway)
            happened = self._happened(real, at, anyway)
            assert _answer(happened) == _answer(expected), (
                f"the program answers {happened or 'done'}, the model {expected or 'done'}"
            )
            self.count(name.split("(", 1)[0], entries, happened)
            self.settle()
            self.check_tables()
            self.check_answers()
        except Exception as error:
            self.failed = True
            self.tally.failed = self.tally.failed or self.tally.steps
            error.add_note("The actions before it:\n  " + "\n  ".join(self.trace[-60:]))
            raise
        return happened is None

    @contextmanager
    def asked(self, at: int | None) -> Iterator[None]:
        """Ask both as of a moment."""
        self.world.at = at
        try:
            with self.real.recording(at=None if at is None else from_ms(at)):
                yield
        finally:
            self.world.at = None

    def count(self, act: str, entries: int, happened: Stopped | None) -> None:
        """Count how the act went: what it wrote are the entries from `entries` on."""
        kind = "practice" if self.world.practice else "record"
        (self.tally.refused if happened else self.tally.done)[act] += 1
        self.tally.acts[kind, act, "refused" if happened else "done"] += 1
        for number, entry in enumerate(self.world.entries[entries:], entries):
            self.acts[number] = act
            if entry.undoes is not None:
                self.tally.acts[kind, self.acts.get(entry.undoes, ""), "undone"] += 1
        if any(event.against for event in self.world.events):
            self.tally.acts[kind, act, "against"] += 1

    def settle(self) -> None:
        """Let expire what is overdue, as it does whenever anybody looks."""
        self.real.settled()
        if not self.world.went_back():
            self.world.settle(max(self.world.now(), self.world.newest))

    def check_tables(self) -> None:
        new = self.tables.look()
        self.tally.events.update(event["kind"] for event in new)
        expected, self.world.events = self.world.events, []
        self.tables.check_promises()
        self.tables.check_history(new, expected)
        self.tables.check_model(self.world)

    def check_answers(self) -> None:
        """Compare what a shop's page says of the rules: one shop a step, because it takes time."""
        there = [shop["_n"] for shop in self.world.shops if shop["undone_by"] is None]
        if not there:
            return
        shop = there[self.tally.steps % len(there)]
        _same_answers("standing", self.real.shops.standing(self.shop(shop)), answers.standing(self.world, shop))

    def check_link(self, link: Row) -> None:
        """Compare what the rules answer before a step of a link."""
        if link["undone_by"] is not None or (self.world.at is not None and self.world.at < last_step(link)):
            return
        id, links = self.id(link), self.real.links
        _same_answers("unlink", links.check_unlink(id), answers.unlink(self.world, link))
        last = link["role"] == "official" and self.world.unlinks_left_at_most(link["shop"]) == 1
        assert links.unlink_needs_name(id) == last
        if link["role"] == "official":
            _same_answers("submit", links.check_submit(id), answers.submit(self.world, link))
            _same_answers("approve", links.check_approve(id), answers.approve(self.world, link))
        elif self.world.at is None:
            often = answers.places(self.world, link["shop"], self.world.accounts[link["account"]])
            _same_answers(
                "frequency", (links.frequency(links.get(id)),), {"marketing.link-frequency": often["marketing.link-frequency"]}
            )

    def check_request(self, username: str, shop: int, role: str) -> None:
        try:
            asked = self.world.find(username) or unseen(self.world, username)
            self.world.shop(shop)
        except Stopped:
            return
        check = self.real.links.check(username, self.shop(shop), Role(role))
        expected = answers.request(self.world, shop, role, asked, None)
        _same_answers("request", check.verdicts, expected)
        stops = [outcome for outcome in answers.STOPS if outcome in expected.values()]
        assert check.outcome == (stops[0] if stops else "pass"), check

    def check_rename(self, shop: int, name: str) -> None:
        if self.world.shops[shop]["undone_by"] is not None or not 0 < len(name.strip()) <= SHOP_NAME:
            return
        _same_answers("rename", self.real.shops.check_rename(self.shop(shop), name), answers.rename(self.world, shop, name))

    def check_create(self, shop: int, username: str) -> None:
        if self.world.shops[shop]["undone_by"] is None:
            verdicts = self.real.organizations.check_create(self.shop(shop), username).verdicts
            _same_answers("create", verdicts, answers.create(self.world, shop, username))

    def shop(self, number: int) -> str:
        return str(self.tables.ids("shop")[number])

    def id(self, link: Row) -> str:
        return str(self.tables.ids("link")[link["_n"]])

    def _modelled(self, model: Callable[[], object], at: int | None, anyway: bool) -> Stopped | None:
        world = self.world
        try:
            if (at is not None or anyway) and world.practice:
                raise Stopped("invalid")
            if at is not None and at > world.now():
                raise Stopped("invalid")
            world.at, world.anyway = at, anyway
            model()
        except Stopped as stopped:
            world.stopped()
            return stopped
        finally:
            world.at, world.anyway = None, False
        world.changed()
        return None

    def _happened(self, real: Callable[[], object], at: int | None, anyway: bool) -> Stopped | None:
        try:
            with self.real.recording(at=None if at is None else from_ms(at), anyway=anyway):
                real()
        except ShoplinkError as error:
            if isinstance(error.__cause__, sqlite3.Error):
                raise AssertionError(f"no rule answered, but the file itself: {error.message}") from error
            stopping = {(verdict.rule, str(verdict.outcome)) for verdict in error.verdicts if verdict.stops}
            return Stopped(error.code, stopping, anyway=getattr(error, "anyway", False))
        return None


def _same_answers(asked: str, verdicts: tuple[Verdict, ...], expected: answers.Answers) -> None:
    found = {verdict.rule: str(verdict.outcome) for verdict in verdicts}
    different = {rule: (found.get(rule), expected.get(rule)) for rule in found.keys() | expected.keys()}
    different = {rule: pair for rule, pair in different.items() if pair[0] != pair[1]}
    assert not different, f"{asked}: program and model answer {different}"


def _answer(stopped: Stopped | None) -> object:
    return stopped and stopped.answer
