"""Undoing an entry on screen, and what History says of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from core.models import LinkState
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock
from tests.tui.record import Make, in_review
from tests.tui.support import HISTORY, press, text_of, words_of
from tui.dialogs.undo import Undo
from tui.screens.history import EventDetail


@contextmanager
def another_program_writing() -> Iterator[None]:
    other = sqlite3.connect("practice.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


async def test_what_was_just_recorded_is_undone_with_a_reason(app_on: Make) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "z")
        assert not isinstance(app.screen, Undo)  # nothing was recorded on these screens yet
        await press(pilot, "y", "enter")
        assert "Press z to undo it" in text_of(pilot)
        await press(pilot, "z")
        assert "◆ @lumen.candles is in review." in text_of(pilot)
        assert app.focused.id == "keep"
        await press(pilot, "enter")
        assert app.workspace.links.get(link.id).state == LinkState.LINKED
        await press(pilot, "z", "tab", "enter")
        assert "✗ Enter a reason." in text_of(pilot)
        await press(pilot, "type:It was the other shop", "enter")
        assert app.workspace.links.get(link.id).state == LinkState.IN_REVIEW
        assert app.workspace.history.page(kind="entry.undone").events[0].note == "It was the other shop"


async def test_what_another_program_undid_is_not_offered_for_undoing(app_on: Make) -> None:
    app = app_on("record")
    in_review(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "y", "enter")
        assert "z Undo" in text_of(pilot).splitlines()[-1]
        with Workspace.open(app.path, actor="kim", clock=app.clock) as other:
            other.entries.undo(app.newest_entry, "wrong shop")
        app.poll()
        await press(pilot)
        assert "z Undo" not in text_of(pilot).splitlines()[-1]


async def test_moment_note_and_reason_are_kept_while_another_program_writes(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    clock.move(2 * DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "y", "type:yesterday 3 PM", "tab", "type:ticket 12")
        with another_program_writing():
            await press(pilot, "enter")
            assert "✗ Another program is writing" in words_of(pilot, "#dialog")
        await press(pilot, "enter")
        assert app.workspace.links.get(link.id).linked_at == datetime(2026, 11, 24, 15, tzinfo=UTC)
        assert app.workspace.history.page(kind="link.approved").events[0].note == "ticket 12"
        await press(pilot, "z", "shift+tab", "type:wrong shop")
        with another_program_writing():
            await press(pilot, "enter")
            assert "✗ Another program is writing" in words_of(pilot, "#dialog")
        app.screen.query_one("#do").focus()
        await press(pilot, "enter")
        assert app.workspace.history.page(kind="entry.undone").events[0].note == "wrong shop"


async def test_history_tells_what_was_entered_later_and_what_was_undone(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    clock.move(3 * DAY)
    with app.workspace.recording(at=NOW + DAY, note="ticket 12"):
        app.workspace.links.approve(link.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        assert "maya · entered 2 days later" in text_of(pilot)
        rows = app.screen.query_one("#rows")
        approved = app.workspace.history.page(kind="link.approved").events[0]
        rows.mark(approved.id)
        await press(pilot, "enter")
        shown = text_of(pilot)
        assert "Note            ticket 12" in shown
        assert "Entered         by maya, Thu Nov 26, 2026, 2:05 PM, 2 days later" in shown
        assert "Together with" in shown
        app.screen.query_one("#undo").focus()
        await press(pilot, "enter", "tab", "enter", "type:wrong shop", "enter")
        assert "Undone          by maya, Thu Nov 26, 2026, 2:05 PM: wrong shop" in text_of(pilot)
        assert not app.screen.query("#undo")
        await press(pilot, "escape")
        assert "maya · entered 2 days later · undone" in text_of(pilot)
        assert "Undid: TikTok approved" in text_of(pilot)  # not the same word as at the entry that it undid


async def test_an_entry_with_nothing_to_restore_offers_no_undo(app_on: Make) -> None:
    app = app_on("record")
    in_review(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        made = app.workspace.history.page(kind="workspace.created").events[0]
        await app.push_screen(EventDetail(app.screen.shop_id, made.id))
        await press(pilot)
        assert made.summary in text_of(pilot)
        assert not app.screen.query("#undo")


async def test_what_something_newer_rests_on_is_not_undone_and_says_why(app_on: Make) -> None:
    app = app_on("record")
    in_review(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *HISTORY)
        rows = app.screen.query_one("#rows")
        rows.mark(app.workspace.history.page(kind="link.authorized").events[0].id)
        await press(pilot, "z")
        assert "There is a newer entry on top of it" in " ".join(text_of(pilot).replace("▌", " ").split())
        assert not isinstance(app.screen, Undo)
