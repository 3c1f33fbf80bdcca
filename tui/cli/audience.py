"""Desk commands about what the audience sees: its notes, and the controls of a tour."""

import asyncio
import textwrap
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from core import desk, scenarios
from core.errors import NotFound, Refused
from core.lookalikes import did_you_mean_titled
from core.text import show
from core.workspace import Workspace
from tui import place_texts, tours
from tui.cli.command import Filled
from tui.cli.context import Answer, answering, on_workspace
from tui.cli.opening import opened
from tui.cli.params import PLACE, SCENARIO, TOUR
from tui.cli.text import WIDTH
from tui.presenting import channel
from tui.routes import SHOP_PLACES


@click.command("notes", cls=Filled)
@on_workspace
def notes_command(workspace: Workspace, answer: Answer) -> None:
    """Show the presenter's notes on the scenario and on the page that the audience sees.

    \b
    shoplink desk notes
    """
    desk.practice_only(workspace, "A record has no Desk.")
    info = scenarios.info(str(workspace.scenario))
    state = channel.shown(workspace.path)
    place = place_texts.texts(state.place) if state else None
    notes = " ".join(info.notes.split())
    found = {
        "scenario": {"id": info.id, "title": info.title, "shows": info.shows, "first": info.first, "notes": notes},
        "place": place and state and {"key": state.place, "title": place["title"], "notes": place["notes"]},
        "tour": state and state.tour and {"title": state.tour.title, "at": state.tour.at, "note": state.tour.note},
    }
    lines = [info.title, info.shows, *([f"Show first: {info.first}"] if info.first else []), *([notes] if notes else [])]
    lines += ["", f"{place['title']}: {place['notes']}"] if place else []
    lines += ["", f"{state.tour.title}: {state.tour.note}"] if state and state.tour and state.tour.note else []
    answer(found, [wrapped for line in lines for wrapped in textwrap.wrap(line, WIDTH) or [""]])


@click.command("next", cls=Filled)
@click.pass_obj
@answering
def next_command(answer: Answer, file: Path | None) -> None:
    """Go to the next step of the tour that the audience sees.

    \b
    shoplink desk next
    """
    _press(answer, file, "right")


@click.command("back", cls=Filled)
@click.pass_obj
@answering
def back_command(answer: Answer, file: Path | None) -> None:
    """Go back one step in the tour.

    \b
    shoplink desk back
    """
    _press(answer, file, "left")


@click.command("pause", cls=Filled)
@click.pass_obj
@answering
def pause_command(answer: Answer, file: Path | None) -> None:
    """Pause or continue the tour.

    \b
    shoplink desk pause
    """
    _press(answer, file, "space")


@click.command("play", cls=Filled)
@click.argument("tour", type=TOUR)
@click.pass_obj
@answering
def play_command(answer: Answer, file: Path | None, tour: str) -> None:
    """Play a tour on the audience's screen. It starts over in the tour's scenario.

    \b
    shoplink desk play link-existing
    """
    found = tours.load(tour)
    _send(answer, file, "play", str(Path(tour).absolute()) if tour.endswith(".toml") else tour, f"Plays: {found.title}")


@click.command("start", cls=Filled)
@click.argument("scenario", type=SCENARIO)
@click.pass_obj
@answering
def start_command(answer: Answer, file: Path | None, scenario: str) -> None:
    """Start a scenario on the audience's screen. It replaces the one shown there.

    \b
    shoplink desk start in-review
    """
    found = scenarios.load(scenario)
    _send(answer, file, "start", found.id, f"Started: {found.title}")


@click.command("show", cls=Filled)
@click.argument("place", type=PLACE)
@click.pass_obj
@answering
def show_command(answer: Answer, file: Path | None, place: str) -> None:
    """Open a page of the shop on the audience's screen.

    \b
    shoplink desk show history
    """
    if place not in {*SHOP_PLACES, "shops"}:
        known = {key: place_texts.title(key) for key in ("shops", *SHOP_PLACES)}
        remedy = did_you_mean_titled(place, known).strip() or f"There are: {', '.join(known)}."
        raise NotFound(f"There is no page to show called {show(place, 60)}.", remedy=remedy)
    title = place_texts.title(place)
    state = _ordered(channel.open_place(place, file), file)
    if not state.is_asked and state.place != place:
        if state.shop is None:
            raise Refused(f"{title} can't be shown: the workspace has no shop.", remedy="Add one on the audience's screen.")
        raise Refused(f"{title} wasn't shown.", remedy="The audience's screen says why.")
    asked = f"The audience is asked first whether to leave what is typed. After Leave, {title} is shown."
    answer({"open": place, "asked": state.is_asked}, [asked if state.is_asked else f"Shown: {title}"])


AUDIENCE = (notes_command, next_command, back_command, pause_command, play_command, start_command, show_command)


def _ordered(sending: Coroutine[Any, Any, channel.State], file: Path | None) -> channel.State:
    """Wait until the order is sent. Raises NotFound without screens, or Refused if the named file is a record."""
    try:
        return asyncio.run(sending)
    except NotFound:
        if file:
            with opened(file) as workspace:
                desk.practice_only(workspace, "A record has no Desk.")
        raise


def _press(answer: Answer, file: Path | None, key: str) -> None:
    """Press a key of the tour player. Raises NotFound if no tour is playing, or Refused if it has ended and only leads back."""
    state = _ordered(channel.send(channel.order("press", key), file), file)
    if state.tour is None:
        raise NotFound("No tour is playing on the audience's screen.", remedy="Play one with: shoplink desk play TOUR")
    tour = state.tour
    if tour.ended and key != "left":
        raise Refused(f"The tour {tour.title} has ended.", remedy="Go back a step with: shoplink desk back")
    answer({"tour": tour.title, "at": tour.at, "steps": tour.steps}, [f"{tour.title}: it was at step {tour.at} of {tour.steps}."])


def _send(answer: Answer, file: Path | None, do: str, what: str, message: str) -> None:
    _ordered(channel.send(channel.order(do, what), file), file)
    answer({do: what}, [message])
