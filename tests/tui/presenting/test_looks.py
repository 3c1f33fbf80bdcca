"""The presenter's Desk, at 80x24 and 120x40, and at 60x20. Look at a picture before you accept it."""

import json
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from unittest.mock import Mock

import pytest
from textual.pilot import Pilot

from core.errors import NotFound
from tests.support import StoppedClock
from tests.tui.conftest import SameLooks, of_wide
from tests.tui.support import press, text_of, until
from tui import presenter
from tui.app import ShoplinkApp
from tui.presenter import PresenterApp
from tui.presenting.channel import Playing, State

AppOn = Callable[..., ShoplinkApp]

TOUR = Playing(
    title="Link an account that exists",
    caption="The holder of the account accepts on their phone.",
    note="Say that nobody else can accept it.",
    following="TikTok reviews the request.",
    at=3,
    steps=9,
    paused=True,
    ended=False,
)


@pytest.fixture
def presenting(app_on: AppOn, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Callable[[State | None], PresenterApp]:
    """Make the presenter's program, which follows an audience that sees this."""

    def make(state: State | None) -> PresenterApp:
        workspace = app_on("in-review").workspace
        if state:
            state = replace(state, shop=workspace.shops.get("USLCDEMO01").id)

        async def connect(path: Path) -> tuple[State, StreamReader, StreamWriter]:
            if not state:
                raise NotFound("audience")
            return state, StreamReader(), Mock(StreamWriter)

        monkeypatch.setattr(presenter, "connect", connect)
        made = PresenterApp(workspace, path=Path("practice.db"), actor="demo", clock=clock, zone=UTC)
        made.animation_level = "none"
        return made

    return make


STATES = {
    "alone": None,
    "place": State(file="practice.db", shop=None, place="linked_accounts.official"),
    "tour": State(file="practice.db", shop=None, place="linked_accounts.official", tour=TOUR),
}


@pytest.mark.parametrize("state", STATES, ids=of_wide)
def test_looks(same_looks: SameLooks, presenting: Callable[[State | None], PresenterApp], state: str) -> None:
    app = presenting(STATES[state])

    async def run(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.state is not None or STATES[state] is None)

    assert same_looks(app, run, narrow="test_looks[narrow-tour]" if state == "tour" else "")


async def test_a_small_window_has_every_act_and_keys_that_scroll(presenting: Callable[[State | None], PresenterApp]) -> None:
    app = presenting(STATES["tour"])
    async with app.run_test(size=(60, 24)) as pilot:
        await until(pilot, lambda: app.state is not None)
        await press(pilot)
        seen = text_of(pilot)
        await press(pilot, "pagedown")
        seen += text_of(pilot)
        for name in ("Approve", "Reject", "Reinstate", "Region", "Product deleted"):
            assert name in seen, seen
        await press(pilot, "pageup")
        await press(pilot, "down")
        assert app.screen.query_one("#page").scroll_y == 1


@pytest.mark.parametrize("place", ["of-another-version", ["settings"], None])
def test_a_place_that_this_version_does_not_know_is_not_shown(place: object) -> None:
    line = json.dumps({"file": "practice.db", "shop": None, "place": place}).encode()
    with pytest.raises(ValueError, match="practice"):
        State.read(line)
