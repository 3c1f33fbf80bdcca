"""The real use cases compared with the model: every action is done on both, and both must agree on everything."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.clock import from_ms, to_ms
from core.errors import ShoplinkError
from core.models import Role
from core.verdict import Verdict
from core.workspace import Workspace
from tests.proof.machine import answers, neighbours
from tests.proof.machine.tables import Tables
from tests.proof.machine.world import ACTOR, UNLINK_WAIT, UNLINKS, Row, Stopped, World


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

    def close(self) -> None:
        self.tables.close()
        self.real.close()

    def act(self, name: str, real: Callable[[], object], model: Callable[[], object]) -> bool:
        """Do one step on both, which must answer the same and leave the same behind; return whether it was done."""
        self.trace.append(name)
        self.tally.steps += 1
        try:
            expected = self._modelled(model)
            happened = self._happened(real)
            assert _answer(happened) == _answer(expected), (
                f"the program answers {happened or 'done'}, the model {expected or 'done'}"
            )
            self.settle()
            self.check_tables()
            self.check_answers()
        except Exception as error:
            self.failed = True
            self.tally.failed = self.tally.failed or self.tally.steps
            error.add_note("The actions before it:\n  " + "\n  ".join(self.trace[-60:]))
            raise
        (self.tally.refused if happened else self.tally.done)[name.split("(", 1)[0]] += 1
        return happened is None

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
        """Compare what a shop's page says: one shop a step, because it takes time."""
        now = self.world.now()
        number = self.tally.steps % len(self.world.shops)
        self._check_status(number, now)
        _same_answers("standing", self.real.shops.standing(self.shop(number)), answers.standing(self.world, number, now))
        due = {(to_ms(one.at), one.kind, self.number(one.link), one.shop.id) for one in self.real.reminders.due()}
        expected = {
            (*reminder, self.tables.ids("shop")[shop])
            for shop in range(len(self.world.shops))
            for reminder in neighbours.reminders(self.world, shop, now)
        }
        assert due == expected, f"reminders are {due}, the model's {expected}"

    def check_link(self, link: Row) -> None:
        """Compare what the rules answer before a step of a link."""
        id, now, links = self.id(link), self.world.now(), self.real.links
        _same_answers("unlink", links.check_unlink(id), answers.unlink(self.world, link, now))
        last = link["role"] == "official" and self.world.unlinks(link["shop"]) == UNLINKS - 1
        assert links.unlink_needs_name(id) == last
        if link["role"] == "official":
            _same_answers("submit", links.check_submit(id), answers.submit(self.world, link))
            _same_answers("approve", links.check_approve(id), answers.approve(self.world, link))
        else:
            often = answers.places(self.world, link["shop"], self.world.accounts[link["account"]], now)
            _same_answers(
                "frequency", (links.frequency(links.get(id)),), {"marketing.link-frequency": often["marketing.link-frequency"]}
            )

    def check_request(self, username: str, shop: int, role: str, asked: Row) -> None:
        check = self.real.links.check(username, self.shop(shop), Role(role))
        expected = answers.request(self.world, shop, role, asked, self.world.now(), None)
        _same_answers("request", check.verdicts, expected)
        stops = [outcome for outcome in ("blocked", "wait", "unknown") if outcome in expected.values()]
        assert check.outcome == (stops[0] if stops else "pass"), check

    def check_rename(self, shop: int, name: str) -> None:
        _same_answers("rename", self.real.shops.check_rename(self.shop(shop), name), answers.rename(self.world, shop, name))

    def check_create(self, shop: int, username: str, verdicts: tuple[Verdict, ...]) -> None:
        _same_answers("create", verdicts, answers.create(self.world, shop, username))

    def shop(self, number: int) -> str:
        return str(self.tables.ids("shop")[number])

    def id(self, link: Row) -> str:
        return str(self.tables.ids("link")[self.world.number(link)])

    def number(self, link: str | None) -> int | None:
        return None if link is None else self.tables.ids("link").index(link)

    def _check_status(self, shop: int, now: int) -> None:
        status = self.real.shops.status(self.shop(shop))
        standing, used = self.world.official(shop), self.world.unlinks(shop)
        possible = standing["linked_at"] + UNLINK_WAIT if standing and used < UNLINKS else None
        assert (status.unlinks_used, status.unlinks_left) == (used, UNLINKS - used)
        assert (to_ms(status.unlink_possible_at) if status.unlink_possible_at else None) == possible
        assert status.name_matches is (True if standing else None)
        live = {role: self.world.live(shop=shop, role=role) for role in ("official", "marketing")}
        assert [self.number(status.official.id) if status.official else None] == [
            self.world.number(live["official"][0]) if live["official"] else None
        ]
        assert [self.number(link.id) for link in status.marketing] == [self.world.number(link) for link in live["marketing"]]
        page = [product.title for product in status.shop_page.products] if status.shop_page.synced else None
        assert page == neighbours.shop_page(self.world, shop)

    def _modelled(self, model: Callable[[], object]) -> Stopped | None:
        try:
            model()
        except Stopped as stopped:
            self.world.changing = None  # nothing was written at that moment
            return stopped
        self.world.changed()
        return None

    def _happened(self, real: Callable[[], object]) -> Stopped | None:
        try:
            real()
        except ShoplinkError as error:
            if isinstance(error.__cause__, sqlite3.Error):
                raise AssertionError(f"no rule answered, but the file itself: {error.message}") from error
            return Stopped(error.code, {(verdict.rule, str(verdict.outcome)) for verdict in error.verdicts if verdict.stops})
        return None


def _same_answers(asked: str, verdicts: tuple[Verdict, ...], expected: answers.Answers) -> None:
    found = {verdict.rule: str(verdict.outcome) for verdict in verdicts}
    different = {rule: (found.get(rule), expected.get(rule)) for rule in found.keys() | expected.keys()}
    different = {rule: pair for rule, pair in different.items() if pair[0] != pair[1]}
    assert not different, f"{asked}: program and model answer {different}"


def _answer(stopped: Stopped | None) -> object:
    return stopped and stopped.answer
