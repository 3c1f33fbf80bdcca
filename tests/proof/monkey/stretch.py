"""One stretch: the application on a file of its own, events in bursts that wait for nothing, and then a way back."""

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
from tests.proof.monkey.grounds import READ_ONLY, Grounds, caged
from tests.proof.monkey.hands import Hands, key, post, told
from tests.proof.monkey.record import check_record
from tests.proof.settled import settled
from tests.support import StoppedClock
from tui import commands, routes, tours
from tui.app import ShoplinkApp
from tui.player.stage import Stage
from tui.wizards.wizard import Wizard

EXPECTED = {"refused", "invalid"}
"""Codes of the errors that may be told whatever is pressed: a rule said no, or what was typed cannot be."""
EXPECTED_ON = {READ_ONLY: {"read_only"}}
BEGUN_ANEW = {"not_found"}
"""Where a scenario was begun anew: what was asked for in the same burst has gone with the one before."""
SHOWN = 24
"""Events told of a stretch that failed, the last ones."""


@dataclass(frozen=True)
class Stretch:
    """What it begins with decides all of it, but for the moments at which timers ring."""

    ground: str
    seed: str
    events: int

    def __str__(self) -> str:
        again = f"from tests.proof.monkey.stretch import *; see(Stretch({self.ground!r}, {self.seed!r}, {self.events}))"
        return f"seed {self.seed} on {self.ground}, {self.events} events. To see it again: {again}"


@dataclass
class Seen:
    """What the stretches came to."""

    events: int = 0
    bursts: int = 0
    stretches: int = 0
    left: int = 0
    """Stretches in which a monkey left the program itself."""
    escapes: int = 0
    visits: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    """Errors that were told, by their code."""
    grounds: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    """Entries of the history that were replayed."""

    def add(self, other: Seen) -> None:
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)


def walk(stretch: Stretch, grounds: Grounds, seen: Seen) -> None:
    """Walk one stretch. Raises AssertionError, saying how to see it again, when anything does not hold."""
    place = grounds.folder / "now"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    path, clock, done = place / "w.db", StoppedClock(), deque[str](maxlen=SHOWN)
    try:
        with grounds.opened(stretch.ground, path, clock) as workspace:
            asyncio.run(_walk(stretch, workspace, path, clock, seen, done))
        if path.exists():
            seen.entries += check_record(path, clock)
    except Exception as error:
        raise AssertionError(f"{stretch}\nLast: {', '.join(done)}\n{type(error).__name__}: {error}") from error
    finally:
        gc.collect()
    seen.stretches += 1
    seen.grounds[stretch.ground] += 1


def see(stretch: Stretch) -> None:
    """Walk a stretch again."""
    with caged(Path()) as grounds:
        walk(stretch, grounds, Seen())


async def _walk(
    stretch: Stretch, workspace: Workspace | None, path: Path, clock: StoppedClock, seen: Seen, done: deque[str]
) -> None:
    chance = Random(stretch.seed)
    lost: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    app = ShoplinkApp(workspace, path=path, actor="maya", clock=clock, zone=UTC)
    hands = Hands(chance)
    expected = EXPECTED | EXPECTED_ON.get(stretch.ground, set())
    with listening(app) as (errors, anew):
        async with app.run_test(size=hands.size, notifications=True, tooltips=True) as pilot:
            assert await settled(pilot)
            await _begin(app, pilot, chance)
            posted = 0
            while posted < stretch.events and app.is_running and not app._exit:
                seen.bursts += 1
                for deed in hands.burst():
                    posted += 1
                    seen.events += 1
                    done.append(told(deed))
                    if isinstance(deed, timedelta):
                        clock.move(deed)
                    elif isinstance(deed, int):
                        await _turns(deed)
                    else:
                        post(app, deed)
                done.append("·")
                await _let_be(pilot, chance)
                _count(app, seen.visits)
            if app._exit:
                seen.left += 1
                assert not app.return_code, f"left with {app.return_code}"
            elif app._exception is None:
                seen.escapes += await way_back.back(pilot)
                await way_back.quit(pilot)
    assert not lost, f"lost in a task: {lost}"
    expected |= BEGUN_ANEW if anew else set()
    unexpected = [f"{error.code}: {error}" for error in errors if error.code not in expected]
    assert not unexpected, f"told: {unexpected}"
    seen.told.update(error.code for error in errors)
    opened = app.workspace
    if opened and opened is not workspace:
        opened.close()


async def _begin(app: ShoplinkApp, pilot: Pilot[None], chance: Random) -> None:
    """Begin anywhere: where the program does, at a place of a shop with one of its own keys, or in the middle of a tour."""
    shops = app.workspace.shops.page(limit=5).shops if app.workspace else []
    where = chance.random()
    if app.is_practice and not app.workspace.store.read_only and where < 0.15:
        tour = chance.choice(tours.catalogue())
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
    """Every place of a shop with each of its own keys, or with one that every place has."""
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
    """The errors that are told: a mistake of the program's must not pass for a rule's refusal. And each scenario begun anew."""
    errors: list[ShoplinkError] = []
    anew: list[str] = []
    report, switch = app.report, desk.switch

    def switched(workspace: Workspace, scenario: str) -> None:
        switch(workspace, scenario)
        anew.append(scenario)

    def heard(error: ShoplinkError) -> None:
        errors.append(error)
        report(error)

    with patch.object(app, "report", heard), patch.object(desk, "switch", switched):
        yield errors, anew
