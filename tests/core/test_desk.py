"""The clock and the scenario of a practice workspace; a record has neither."""

from datetime import timedelta
from pathlib import Path

import pytest

from core import desk, scenarios
from core.errors import InvalidInput, NotFound, Refused
from core.models import EventKind
from core.workspace import Workspace
from tests.support import DAY, MS, NOW, StoppedClock, everything

IDS = [info.id for info in scenarios.catalog()]


@pytest.fixture
def practice(tmp_path: Path) -> Workspace:
    return scenarios.create(tmp_path / "p.db", "new-shop", actor="maya", clock=StoppedClock())


@pytest.mark.parametrize("id", IDS)
def test_switching_gives_the_same_as_a_new_workspace_of_the_scenario(practice: Workspace, tmp_path: Path, id: str) -> None:
    desk.advance(practice, 3 * DAY)
    desk.switch(practice, id)
    with scenarios.create(tmp_path / "new.db", id, actor="maya", clock=StoppedClock()) as new:
        assert everything(practice) == everything(new)
    assert practice.scenario == id
    assert not practice.shifted_by


def test_switching_is_seen_by_another_connection_and_persists(practice: Workspace, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "p.db", actor="second", clock=StoppedClock()) as second:
        before = second.version()
        desk.switch(practice, "linked")
        assert second.version() != before
        assert second.scenario == "linked"
        assert everything(second) == everything(practice)


def test_switching_to_an_unknown_scenario_changes_nothing(practice: Workspace) -> None:
    before = everything(practice)
    with pytest.raises(NotFound):
        desk.switch(practice, "nope")
    assert everything(practice) == before


def test_starting_over_undoes_everything(practice: Workspace) -> None:
    before = everything(practice)
    desk.advance(practice, DAY)
    practice.products.add("USLCDEMO01", "A new candle", "9.00")
    desk.restart(practice)
    assert everything(practice) == before


def test_moving_the_clock_moves_every_moment(practice: Workspace) -> None:
    assert desk.advance(practice, timedelta(hours=5)) == NOW + timedelta(hours=5)
    assert practice.shifted_by == timedelta(hours=5)
    assert practice.history.page(limit=1).events[0].at == NOW + timedelta(hours=5)


@pytest.mark.parametrize(
    ("span", "message"),
    [(timedelta(), "not a length"), (timedelta(seconds=-1), "not a length"), (timedelta(days=3_000_000), "past the last")],
)
def test_a_span_that_is_not_positive_or_too_long_is_refused(practice: Workspace, span: timedelta, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        desk.advance(practice, span)
    assert practice.now() == NOW


def test_next_due_is_the_earliest_future_moment(practice: Workspace) -> None:
    assert desk.next_due(practice) is None
    desk.switch(practice, "just-linked")
    due = desk.next_due(practice)
    assert due is not None
    assert due > practice.now()
    desk.advance(practice, due - practice.now())
    assert practice.now() == due


def test_a_record_workspace_has_no_desk_clock(workspace: Workspace) -> None:
    before = everything(workspace)
    for act in (lambda: desk.advance(workspace, DAY), lambda: desk.restart(workspace), lambda: desk.switch(workspace, "linked")):
        with pytest.raises(Refused):
            act()
    assert everything(workspace) == before


def test_a_small_step_back_of_the_clock_does_not_reorder_events(clock: StoppedClock) -> None:
    practice = scenarios.in_memory("new-shop", actor="maya", clock=clock)
    clock.move(-1000 * MS)
    desk.advance(practice, MS)
    newest, before = practice.history.page(limit=2).events
    assert newest.kind == EventKind.CLOCK_MOVED
    assert newest.at >= before.at
    practice.close()
