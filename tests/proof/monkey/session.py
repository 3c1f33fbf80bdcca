"""One session: the application on a file of its own, bursts of input that wait for nothing, and then the way back."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from core import desk
from core.errors import ShoplinkError
from core.workspace import Workspace
from tests.proof.monkey import way_back
from tests.proof.monkey.input_events import RandomInput, describe, key, post
from tests.proof.monkey.record import check_record
from tests.proof.monkey.workspaces import READ_ONLY, Workspaces, isolated
from tests.proof.settled import settled
from tests.support import StoppedClock
from tui import commands, routes, tours
from tui.app import ShoplinkApp
from tui.player.stage import Stage
from tui.wizards.wizard import Wizard

EXPECTED = {"refused", "invalid"}
"""Codes of the errors that may be shown whatever is pressed: a rule refused, or what was typed is invalid."""
EXPECTED_ON = {READ_ONLY: {"read_only"}}
AFTER_START_OVER = {"not_found"}
"""After a scenario was started over: what the same burst asked for is gone."""
SHOWN = 24
"""How many of the last events are shown when a session fails."""


@dataclass(frozen=True)
class Session:
    """Its fields decide everything in it but the moments at which timers fire."""

    kind: str
    seed: str
    events: int

    def __str__(self) -> str:
        again = f"from tests.proof.monkey.session import *; repeat(Session({self.kind!r}, {self.seed!r}, {self.events}))"
        return f"seed {self.seed} on {self.kind}, {self.events} events. To repeat it: {again}"


@dataclass
class Seen:
    """What the sessions came to."""

    events: int = 0
    bursts: int = 0
    sessions: int = 0
    escapes: int = 0
    visits: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    """Errors that were shown, by their code."""
    workspaces: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    """History entries that were replayed."""

    def add(self, other: Seen) -> None:
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)


def play(session: Session, workspaces: Workspaces, seen: Seen) -> None:
    """Play one session. Raises AssertionError, with how to repeat it, when anything does not hold."""
    place = workspaces.folder / "now"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    path, clock, done = place / "w.db", StoppedClock(), deque[str](maxlen=SHOWN)
    try:
        with workspaces.opened(session.kind, path, clock) as workspace:
            asyncio.run(_play(session, workspace, path, clock, seen, done))
        if path.exists():
            seen.entries += check_record(path, clock)
    except Exception as error:
        raise AssertionError(f"{session}\nLast: {', '.join(done)}\n{type(error).__name__}: {error}") from error
    finally:
        gc.collect()
    seen.sessions += 1
    seen.workspaces[session.kind] += 1


def repeat(session: Session) -> None:
    """Play a session again."""
    with isolated(Path()) as workspaces:
        play(session, workspaces, Seen())


async def _play(
    session: Session, workspace: Workspace | None, path: Path, clock: StoppedClock, seen: Seen, done: deque[str]
) -> None:
    chance = Random(session.seed)
    lost: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    app = ShoplinkApp(workspace, path=path, actor="maya", clock=clock, zone=UTC)
    source = RandomInput(chance)
    expected = EXPECTED | EXPECTED_ON.get(session.kind, set())
    with listening(app) as (errors, started_over):
        async with app.run_test(size=source.size, notifications=True, tooltips=True) as pilot:
            assert await settled(pilot)
            await _begin(app, pilot, chance)
            posted = 0
            while posted < session.events and app.is_running and not app._exit:
                seen.bursts += 1
                for action in source.burst():
                    posted += 1
                    seen.events += 1
                    done.append(describe(action))
                    if isinstance(action, timedelta):
                        clock.move(action)
                    elif isinstance(action, int):
                        await _turns(action)
                    else:
                        post(app, action)
                done.append("·")
                await _let_be(pilot, chance)
                _count(app, seen.visits)
            if app._exit:
                assert not app.return_code, f"left with {app.return_code}"
            elif app._exception is None:
                seen.escapes += await way_back.back(pilot)
                await way_back.quit(pilot)
    assert not lost, f"lost in a task: {lost}"
    expected |= AFTER_START_OVER if started_over else set()
    unexpected = [f"{error.code}: {error}" for error in errors if error.code not in expected]
    assert not unexpected, f"shown: {unexpected}"
    seen.errors.update(error.code for error in errors)
    opened = app.workspace
    if opened and opened is not workspace:
        opened.close()


async def _begin(app: ShoplinkApp, pilot: Pilot[None], chance: Random) -> None:
    """Begin where the program does, at a place of a shop with one of its own keys, or in the middle of a tour."""
    shops = app.workspace.shops.page(limit=5).shops if app.workspace else []
    where = chance.random()
    if app.is_practice and not app.workspace.store.read_only and where < 0.15:
        tour = chance.choice(tours.catalog())
        stage = Stage(app, tour)
        await stage.begin()
        for step in tour.steps[: chance.randrange(len(tour.steps))]:
            await stage.perform(step)
    elif shops and where < 0.6:
        place, pressed = chance.choice(_own_keys())
        app.push_screen(routes.place(place, chance.choice(shops).shop.id))
        await settled(pilot)
        post(app, key(pressed))


def _own_keys() -> list[tuple[str, str]]:
    """Every place of a shop with each of its own keys and with one that every place has."""
    bound = {
        place: [own for own in routes.place_class(place).BINDINGS if isinstance(own, Binding) and own.id]
        for place in routes.SHOP_PLACES
    }
    return [(place, own.key.split(",")[0]) for place, keys in bound.items() for own in [*keys, commands.HELP.binding()]]


async def _let_be(pilot: Pilot[None], chance: Random) -> None:
    """Wait until everything is answered, for a moment, or not at all."""
    if chance.random() < 0.25:
        await settled(pilot)
    else:
        await _turns(chance.choice((0, 1, 5, 30)))


async def _turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def _count(app: ShoplinkApp, visits: Counter[str]) -> None:
    if app._exit or not app._running:
        return
    screen: Screen[Any] = app.screen
    visits[type(screen).__name__] += 1
    if isinstance(screen, Wizard):
        visits[f"{type(screen).__name__} {screen.step + 1}"] += 1


@contextmanager
def listening(app: ShoplinkApp) -> Iterator[tuple[list[ShoplinkError], list[str]]]:
    """Collect the errors that are shown, and the scenarios that are started over."""
    errors: list[ShoplinkError] = []
    started_over: list[str] = []
    report, switch = app.report, desk.switch

    def switched(workspace: Workspace, scenario: str) -> None:
        switch(workspace, scenario)
        started_over.append(scenario)

    def heard(error: ShoplinkError) -> None:
        errors.append(error)
        report(error)

    with patch.object(app, "report", heard), patch.object(desk, "switch", switched):
        yield errors, started_over
