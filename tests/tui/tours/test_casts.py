"""Casts, read by asciinema's own reader and drawn by a terminal emulator."""

import asyncio
import re
from functools import cache
from pathlib import Path

import pyte
import pytest
from asciinema import asciicast

from tests.tui.support import SHORT_TOUR
from tui import capture, tours
from tui.player import pace
from tui.storyboard import cast
from tui.storyboard.frames import Look, opened

TOUR = tours.load(SHORT_TOUR)
WIDE = Look(columns=120, rows=40)


def record() -> str:
    return asyncio.run(cast.record(TOUR, WIDE))


@cache
def recorded() -> tuple[str, list[str]]:
    """The cast, and the text of the screen at each of its markers, played once for all tests that only read it."""
    shown: list[str] = []
    add = cast.Recorder._add

    def watched(recorder: cast.Recorder, kind: str, what: str) -> None:
        if kind == "m":
            shown.append(capture.text(recorder.app))
        add(recorder, kind, what)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cast.Recorder, "_add", watched)
        return record(), shown


def events(path: Path) -> list[tuple[float, str, str]]:
    with asciicast.open_from_url(str(path)) as found:
        return [(time, kind, text) for time, kind, text in found.events()]


def test_a_terminal_shows_each_steps_screen_at_its_marker(tmp_path: Path) -> None:
    text, screens = recorded()
    (tmp_path / "tour.cast").write_text(text, encoding="utf-8")
    terminal = pyte.Screen(WIDE.columns, WIDE.rows)
    stream = pyte.Stream(terminal)
    drawn = []
    for _, kind, text in events(tmp_path / "tour.cast"):
        if kind == "o":
            stream.feed(text)
        else:
            assert (kind, text) == ("m", TOUR.steps[len(drawn)].caption)
            drawn.append("\n".join(line.rstrip() for line in terminal.display).rstrip() + "\n")
    assert drawn == screens
    assert len(drawn) == len(TOUR.steps)
    assert not terminal.cursor.hidden


def test_a_cast_says_what_it_is_and_plays_at_the_tours_pace(tmp_path: Path) -> None:
    (tmp_path / "tour.cast").write_text(recorded()[0], encoding="utf-8")
    with asciicast.open_from_url(str(tmp_path / "tour.cast")) as found:
        assert (found.version, found.v2_header["width"], found.v2_header["height"]) == (2, 120, 40)
        assert found.v2_header["title"] == TOUR.title
    times = [time for time, _, _ in events(tmp_path / "tour.cast")]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(pace.of_tour(TOUR), abs=0.01)


def test_the_same_tour_gives_the_same_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = recorded()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert record() == first


def test_only_rows_that_changed_are_drawn() -> None:
    drawn = [len(re.findall(r"\\u001b\[\d+;1H", line)) for line in recorded()[0].splitlines()[1:] if '"o"' in line]
    assert drawn[0] == 40
    assert max(drawn) <= 40
    assert min(drawn[1:-1]) < 6  # a letter that is typed


async def test_a_recording_has_no_toast_and_no_keys_of_the_player() -> None:
    short = TOUR.model_copy(update={"steps": TOUR.steps[:1]})
    async with opened(short, Look()) as app:
        recorder = cast.Recorder(app, short)
        app.notify("A toast")
        await recorder.play()
        assert not app.screen.query("Toast")
        assert "others take over" not in capture.text(app)
