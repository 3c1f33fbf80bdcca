"""The clock and the scenario of a practice workspace; a record has neither."""

from datetime import timedelta
from pathlib import Path

import pytest

from core import scenarios
from core.errors import InvalidInput, NotFound, Refused
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock, everything

IDS = [info.id for info in scenarios.catalogue()]


@pytest.fixture
def practice(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "p.db", actor="maya", scenario="new-shop", clock=StoppedClock())


@pytest.mark.parametrize("id", IDS)
def test_switching_gives_the_same_as_a_new_workspace_of_the_scenario(practice: Workspace, tmp_path: Path, id: str) -> None:
    practice.desk.advance(3 * DAY)
    practice.desk.switch(id)
    with Workspace.create(tmp_path / "new.db", actor="maya", scenario=id, clock=StoppedClock()) as new:
        assert everything(practice) == everything(new)
    assert practice.scenario == id
    assert not practice.shifted_by


def test_switching_is_seen_by_another_connection_and_persists(practice: Workspace, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "p.db", actor="second", clock=StoppedClock()) as second:
        before = second.version()
        practice.desk.switch("linked")
        assert second.version() != before
        assert second.scenario == "linked"
        assert everything(second) == everything(practice)


def test_switching_to_an_unknown_scenario_changes_nothing(practice: Workspace) -> None:
    before = everything(practice)
    with pytest.raises(NotFound):
        practice.desk.switch("nope")
    assert everything(practice) == before


def test_starting_over_undoes_everything(practice: Workspace) -> None:
    before = everything(practice)
    practice.desk.advance(DAY)
    practice.products.add("USLCDEMO01", "A new candle", "9.00")
    practice.desk.restart()
    assert everything(practice) == before


def test_moving_the_clock_moves_every_moment(practice: Workspace) -> None:
    assert practice.desk.advance(timedelta(hours=5)) == NOW + timedelta(hours=5)
    assert practice.shifted_by == timedelta(hours=5)
    assert practice.history.page(limit=1).events[0].at == NOW + timedelta(hours=5)


@pytest.mark.parametrize("span", [timedelta(), timedelta(seconds=-1), timedelta(days=3_000_000)])
def test_a_span_that_is_not_positive_is_refused(practice: Workspace, span: timedelta) -> None:
    with pytest.raises(InvalidInput):
        practice.desk.advance(span)
    assert practice.now() == NOW


def test_next_due_is_the_earliest_future_moment(practice: Workspace) -> None:
    assert practice.desk.next_due() is None
    practice.desk.switch("just-linked")
    due = practice.desk.next_due()
    assert due is not None
    assert due > practice.now()
    practice.desk.advance(due - practice.now())
    assert practice.now() == due


def test_a_record_workspace_has_no_desk_clock(workspace: Workspace) -> None:
    before = everything(workspace)
    for act in (lambda: workspace.desk.advance(DAY), workspace.desk.restart, lambda: workspace.desk.switch("linked")):
        with pytest.raises(Refused):
            act()
    assert everything(workspace) == before
