"""One session: the application on a file of its own, bursts of input that wait for nothing, and then the way back."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot

from core import desk, scenarios
from core.doctor import examine
from core.workspace import Workspace
from tests.core.store.histories import told_workspace, used_workspace
from tests.proof.hostile_text import own_place
from tests.proof.machine.tables import Tables
from tests.proof.monkey.gestures import Input, RandomInput, key, resize
from tests.proof.rules import in_memory
from tests.support import StoppedClock, new_workspace
from tests.tui.support import finished, settled
from tui import commands, routes, tours
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.dialogs.making import Making
from tui.player.player import GO_ON
from tui.player.stage import Stage
from tui.screens.shops import Shops
from tui.screens.welcome import Welcome

EMPTY, RECORD, MARKED = "an empty record", "a record", "a record of names that are markup"
FIRST_START, READ_ONLY = "no workspace yet", "a file that cannot be written"
SCENARIOS = tuple(info.id for info in scenarios.catalog())
KINDS = (*SCENARIOS, EMPTY, RECORD, MARKED, FIRST_START, READ_ONLY)
"""The workspaces to play on."""
OF_RECORDS = ("correct_shop", "already_linked.official", "already_linked.marketing")
"""Places of a record that chance alone seldom finds."""

SHOWN = 24
"""How many of the last events are shown when a session fails."""
STEPS = 12
"""Keys that one screen may take on the way back: leaving the focus, a question, a filter, the steps of a wizard."""


@contextmanager
def isolated(folder: Path) -> Iterator[Path]:
    """Keep everything that is written below `folder`, home and settings included; in memory where there is such a file system."""
    gc.set_threshold(50_000, 20, 50)  # many apps are made: by default a fifth of the time goes into collecting
    with in_memory(folder) as place, own_place(place / "home"):
        yield place


def play(kind: str, seed: str, length: int, folder: Path) -> Counter[Any]:
    """Play one session of about `length` events; the arguments decide everything in it but the moments at which timers fire.

    Raises AssertionError, with how to repeat it, when anything does not hold.
    """
    path, clock, done = folder / "now" / "w.db", StoppedClock(), deque[Input](maxlen=SHOWN)
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    seen = Counter[Any]({"sessions": 1, ("workspace", kind): 1})
    try:
        _make(kind, path, clock)
        workspace = None
        if kind != FIRST_START:
            workspace = Workspace.open(path, actor="maya", clock=clock, read_only=kind == READ_ONLY)
        app = ShoplinkApp(workspace, path=path, actor="maya", clock=clock, zone=UTC)
        app.is_kept = True  # so that practice can be ended, too
        expected = {"refused", "invalid"} | ({"read_only"} if kind == READ_ONLY else set())
        with patch.object(app, "report", wraps=app.report) as report, patch.object(desk, "put", wraps=desk.put) as put:
            asyncio.run(_play(app, Random(seed), length, clock, done, seen))
        for opened in filter(None, {workspace, app.workspace}):
            opened.close()
        errors = [call.args[0] for call in report.call_args_list]
        expected |= {"not_found"} if put.called else set()  # what the same burst asked for is gone
        assert {error.code for error in errors} <= expected, f"shown: {[f'{error.code}: {error}' for error in errors]}"
        seen.update(("error", error.code) for error in errors)
        seen["entries"] += check_record(path, clock) if path.exists() else 0
    except (Exception, asyncio.CancelledError) as error:
        again = f"from tests.proof.monkey.session import *; play({kind!r}, {seed!r}, {length}, Path('/tmp'))"
        last = ", ".join(getattr(one, "key", None) or ascii(one)[:60] for one in done)
        raise AssertionError(f"seed {seed} on {kind}. To repeat it: {again}\n{last}\n{type(error).__name__}: {error}") from error
    finally:
        gc.collect()
    return seen


def _make(kind: str, path: Path, clock: StoppedClock) -> None:
    """Make the file to play on."""
    if kind in {RECORD, MARKED}:
        with used_workspace(path, clock) as workspace:
            told_workspace(workspace)
            for summary in workspace.shops.page().shops if kind == MARKED else ():
                workspace.shops.rename(summary.shop.code, f"{summary.shop.name}[/]")
    elif kind != FIRST_START:
        scenario = {READ_ONLY: "linked", EMPTY: None}.get(kind, kind)
        new_workspace(path, scenario, clock=clock, seed=kind).close()


def check_record(path: Path, clock: StoppedClock) -> int:
    """Check the promises in the tables, the history replayed, and what doctor says; return how many events were replayed."""
    tables = Tables(path)
    try:
        tables.look()
        tables.check_whole_history()
    finally:
        tables.close()
    with Workspace.open(path, actor="maya", clock=clock) as workspace:
        wrong = [check.message for check in examine(workspace) if not check.ok]
    assert not wrong, f"doctor says: {wrong}"
    return tables.events


async def _play(
    app: ShoplinkApp, chance: Random, length: int, clock: StoppedClock, done: deque[Input], seen: Counter[Any]
) -> None:
    lost: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    source = RandomInput(chance)
    async with app.run_test(size=source.size, notifications=True, tooltips=True) as pilot:
        assert await settled(pilot)
        await _begin(app, pilot, chance)
        while seen["events"] < length and app.is_running and not app._exit:
            seen["bursts"] += 1
            for action in source.burst():
                seen["events"] += 1
                done.append(action)
                if isinstance(action, timedelta):
                    clock.move(action)
                elif isinstance(action, int):
                    await _turns(action)
                else:
                    post(app, action)
            if chance.random() < 0.25:
                await settled(pilot)
            else:
                await _turns(chance.choice((0, 1, 5, 30)))
            seen["screen", type(app.screen).__name__] += not app._exit and app._running
        if app._exit:
            assert not app.return_code, f"left with {app.return_code}"
        elif app._exception is None:
            seen["escapes"] += await _back(app, pilot)
            await _quit(app, pilot)
    assert not lost, f"lost in a task: {lost}"


def post(app: App[None], action: events.Event) -> None:
    """Post it as a driver does, without waiting."""
    if isinstance(action, events.Resize) and app._driver is not None:
        app._driver._size = action.size
    app.post_message(action)


async def _turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def _begin(app: ShoplinkApp, pilot: Pilot[None], chance: Random) -> None:
    """Begin where the program does, at a place of a shop with one of its own keys, or in the middle of a tour.

    In a record, its newest entry can be undone, as after an act.
    """
    if app.workspace and app.workspace.is_record and (newest := app.workspace.history.page(limit=1).events):
        app.newest_entry = newest[0].entry
    shops = app.workspace.shops.page(limit=5).shops if app.workspace else []
    where = chance.random()
    if app.is_practice and not app.workspace.store.read_only and where < 0.15:
        tour = chance.choice(tours.catalog())
        stage = Stage(app, tour)
        await stage.begin()
        for step in tour.steps[: chance.randrange(len(tour.steps))]:
            await stage.perform(step)
    elif shops and where < 0.6:
        place = chance.choice([*routes.SHOP_PLACES, *(OF_RECORDS if app.workspace.is_record else ())])
        own = [one for one in routes.place_class(place).BINDINGS if isinstance(one, Binding) and one.id]
        app.push_screen(routes.place(place, chance.choice(shops).shop.id))
        await settled(pilot)
        post(app, key(chance.choice([*own, commands.HELP.binding()]).key.split(",")[0]))


async def _back(app: ShoplinkApp, pilot: Pilot[None]) -> int:
    """Press escape until the first screen is there; return how many keys it took."""
    if not await settled(pilot):
        return 0
    post(app, events.AppFocus())
    post(app, resize(80, 24))
    await settled(pilot)
    most = STEPS * (len(app.screen_stack) + 1)
    for pressed in range(most):
        screen = app.screen
        first = isinstance(screen, Shops | Welcome) and not (app.player or screen.maximized or screen.check_action("back", ()))
        if first:
            return pressed
        keys = ["escape"]
        if isinstance(screen, Confirm) and screen.title_text == "Leave without saving?":  # where escape stays
            keys = ["right", "enter"]
        elif app.player and app.player.is_taken_over:
            keys.insert(0, GO_ON)
        for name in keys:
            post(app, key(name))
            if not await settled(pilot):
                return pressed
        if isinstance(screen, Making):  # its thread ends with its next step
            await finished(pilot, "scenario")
    raise AssertionError(f"no way back from {app.screen_stack} within {most} keys; the focus is on {app.focused}")


async def _quit(app: ShoplinkApp, pilot: Pilot[None]) -> None:
    if app._exception is None and not app._exit:
        post(app, key("ctrl+q"))
        await settled(pilot)
        assert app._exit, f"ctrl+q does not leave {app.screen}"
