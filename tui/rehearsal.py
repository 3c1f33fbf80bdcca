"""Find every mistake in a tour's file by playing it without a terminal, at both sizes."""

import asyncio
from datetime import UTC
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core import scenario_checks, scenarios
from core.errors import InvalidInput, NotFound, ShoplinkError
from core.plurals import count_of
from core.policy import load as load_policy
from core.scenario_file import Scenario
from core.text import show
from core.toml_files import FileMistakes, Loc, Problem, Source, problems
from tui.app import ShoplinkApp
from tui.place import Place
from tui.player.bar import show_bars
from tui.player.player import Player
from tui.player.recorder import Recorder
from tui.player.stage import settled
from tui.storyboard import claims
from tui.storyboard.frames import MOMENT, PRESENTER, Look, opened
from tui.tours import Tour, beside

SIZES = ((80, 24), (120, 40))
"""The sizes at which a tour's texts have to be visible, in columns and rows."""

Mistake = tuple[Loc, str]


def check(file: Path) -> list[Problem]:
    """Find every mistake in the file and its scenario's file. Playing ends at an impossible step.

    Raises NotFound, or InvalidInput if the file cannot be read.
    """
    path = file.absolute()
    try:
        source = Source(path, "tour")
        parsed = source.parsed()
    except FileMistakes as error:
        return list(error.problems)
    found: list[Problem] = []
    tour, mistakes = _sound_part(parsed, path)
    if isinstance(scenario := parsed.get("scenario"), str):
        of_scenario, cannot_play = _of_scenario(beside(path, scenario))
        found += of_scenario
        mistakes += [(("scenario",), words) for words in cannot_play]
        if tour and not (of_scenario or cannot_play):
            mistakes += rehearse(tour, claimed=not mistakes)
    found += [source.problem(loc, message) for loc, message in mistakes]
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.file == str(path), problem.line))


def rehearse(tour: Tour, *, claimed: bool = True) -> list[Mistake]:
    """Play a tour at both sizes and return the differences, once if both agree. `claimed`: check claims too."""
    each = [asyncio.run(_play(tour, size, claimed=claimed)) for size in SIZES]
    found: list[Mistake] = []
    for (columns, rows), mistakes, others in zip(SIZES, each, reversed(each), strict=True):
        for loc, message in mistakes:
            at = "" if (loc, message) in others else f"at {columns}x{rows}: "
            found.append((loc, at + message))
    return list(dict.fromkeys(found))


def _sound_part(parsed: dict[str, Any], path: Path) -> tuple[Tour | None, list[Mistake]]:
    """Return the tour up to its first step that is wrong in itself, and all such mistakes."""
    facts: dict[str, Any] = {**parsed, "id": path.stem}
    try:
        tour = Tour(**facts)
    except ValidationError as error:
        mistakes = problems(error, Tour)
        bad = [int(loc[1]) for loc, _ in mistakes if loc[0] == "steps" and len(loc) > 1]
        steps = facts.get("steps")
        facts = {name: value for name, value in facts.items() if name not in {loc[0] for loc, _ in mistakes}}
        facts |= {"steps": steps[: min(bad)] if bad and isinstance(steps, list) else steps, "claims": {}}
        try:
            tour = Tour(**{"title": "-", "shows": "-", **facts})
        except ValidationError:
            return None, mistakes
    else:
        mistakes = [*_unknown(tour)]
    return tour.model_copy(update={"scenario": beside(path, tour.scenario)}), mistakes


def _unknown(tour: Tour) -> list[Mistake]:
    known = load_policy().rules
    return [
        (("claims", "refused", number, "rule"), f"there is no rule {show(one.rule, 60)}")
        for number, one in enumerate(tour.claims.refused)
        if one.rule not in known
    ]


def _of_scenario(scenario: str) -> tuple[list[Problem], list[str]]:
    """Return the mistakes in the scenario's file, or why there is no such file."""
    try:
        if scenario.endswith(".toml"):
            return scenario_checks.check(Path(scenario)), []
        scenarios.load(scenario)
    except (NotFound, InvalidInput) as error:
        return [], [error.in_full()]
    return [], []


def recording(path: Path, file: Path, scenario: Scenario, named: str) -> ShoplinkApp:
    """Make the application that records a tour, on a new practice workspace at `path`.

    `file`: the tour's; `named`: its scenario as this file names it. The clock stands still, as in a check.
    """
    workspace = scenarios.create(path, scenario.id, actor=PRESENTER, clock=lambda: MOMENT)
    app = ShoplinkApp(workspace, path=path, actor=PRESENTER, clock=lambda: MOMENT, zone=UTC)
    app.recorder = Recorder(app, file, named, scenario.shops[0].code)
    return app


async def _play(tour: Tour, size: tuple[int, int], *, claimed: bool) -> list[Mistake]:
    found: list[Mistake] = []
    async with opened(tour, Look(*size)) as app:
        workspace = app.workspace
        app.player = player = Player(app, tour, 1.0, lambda: None)
        try:
            await player.stage.begin()
        except NotFound as error:
            return [(("shop",), error.in_full())]
        for number, step in enumerate(tour.steps):
            where = ("steps", number)
            try:
                await player.stage.perform(step)
            except ShoplinkError as error:
                field: Loc = ("keys",) if player.stage.act is None else ("desk", player.stage.act)
                left = len(tour.steps) - number - 1
                unplayed = f" {count_of(left, 'step')} after it {'was' if left == 1 else 'were'} not played." if left else ""
                return [*found, ((*where, *field), f"{player.stage.explained(step, error)}{unplayed}")]
            player.at = number + 1
            show_bars(app)
            await settled(player.stage.pilot)
            found += [((*where, "keys"), f"nothing on the screen uses the key {key}") for key in player.stage.untaken]
            shown = next((screen.trail()[-1] for screen in reversed(app.screen_stack) if isinstance(screen, Place)), "")
            at = f", which is at {show(shown, 60)}" if shown else ""
            found += [((*where, "sees"), f"“{words}” is not on the screen{at}") for words in player.stage.missing(step)]
        if claimed:
            accounts = [one.account for one in tour.claims.refused]
            for number, username in enumerate(accounts):
                if workspace.accounts.known(username) is None and username == username.rstrip("."):
                    found.append((("claims", "refused", number, "account"), f"there is no account @{show(username, 60)}"))
            for broken in claims.broken(tour, workspace):
                name, _, said = broken.partition(": ")
                found.append((("claims", name), said))
    return found
