"""A record goes along in a document as it is: undone rows, undos, what they restored, notes, against, former usernames."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import exchange
from core.errors import Damaged, Refused, ShoplinkError
from core.store import invariants
from core.workspace import Workspace
from tests.core.record.acts import ACTS
from tests.core.record.world import FEW, World
from tests.support import StoppedClock, everything, imported


def played(workspace: Workspace, clock: StoppedClock, acts: list[tuple[str, str]]) -> None:
    """Do acts in the world, each alone, undone, or with a note and against rules; what cannot be done then is left."""
    world = World(workspace, clock)
    for act, how in acts:
        try:
            with workspace.recording(note="Ticket 4711" if how == "note" else "", anyway=how == "note"):
                ACTS[act](world)
            if how == "undo":
                newest = workspace.store.value("SELECT entry FROM event ORDER BY seq DESC LIMIT 1")
                workspace.entries.undo(newest, "A mistake.")
        except ShoplinkError:
            continue


@settings(FEW, max_examples=8)
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(["alone", "undo", "note"])), max_size=8))
def test_export_import_export_is_equal(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str]]) -> None:
    clock = StoppedClock()
    folder = tmp_path_factory.mktemp("along")
    with Workspace.in_memory(actor="maya", clock=clock) as one, Workspace.in_memory(actor="maya", clock=clock) as other:
        played(one, clock, acts)
        document = exchange.document(one)
        assert imported(other, folder, document).problems == ()
        assert exchange.document(other) == document
        for workspace in (one, other):  # what is there already changes nothing
            again = imported(workspace, folder, document)
            assert (again.problems, sum(again.created.values()), sum(again.updated.values())) == ((), 0, 0)
            assert exchange.document(workspace) == document
        for code in [summary.shop.code for summary in one.shops.page(limit=100).shops]:
            assert other.shops.status(code) == one.shops.status(code)
        assert [found for _, found in invariants.broken(other.store) if found] == []


@pytest.mark.parametrize("act", ACTS)
def test_an_undo_after_the_import_works(tmp_path: Path, clock: StoppedClock, act: str) -> None:
    with Workspace.in_memory(actor="maya", clock=clock) as one, Workspace.in_memory(actor="maya", clock=clock) as other:
        world = World(one, clock)
        before = world.rows()
        ACTS[act](world)
        assert imported(other, tmp_path, exchange.document(one)).problems == ()
        entry = one.store.value("SELECT entry FROM event ORDER BY seq DESC LIMIT 1")
        other.entries.undo(entry, "A mistake.")
        there = World.__new__(World)
        there.workspace = other
        assert [sorted(rows, key=lambda row: str(row["id"])) for rows in plain(there.rows())] == [
            sorted(rows, key=lambda row: str(row["id"])) for rows in plain(before)
        ]


def plain(tables: dict[str, list[dict[str, object]]]) -> list[list[dict[str, object]]]:
    """The rows without their place, which an import may change."""
    return [[{name: value for name, value in row.items() if name != "seq"} for row in rows] for rows in tables.values()]


def test_an_undo_of_nothing_is_reported(workspace: Workspace, tmp_path: Path, clock: StoppedClock) -> None:
    with Workspace.in_memory(actor="maya", clock=clock) as one:
        one.accounts.state("eve.one", region="US")
        one.entries.undo(one.entries.newest(account="eve.one"), "A mistake.")
        document = exchange.document(one)
    document["events"][-1]["undoes"] = "evt-none"
    before = everything(workspace)
    [problem] = imported(workspace, tmp_path, document).problems
    assert (problem.field, problem.message) == ("events[1].undoes", "evt-none is not in the document or the workspace.")
    assert everything(workspace) == before


HOSTILE: dict[str, Any] = {
    "no list": {"before": {"table": "shop"}},
    "a word": {"before": "everything"},
    "another table": {"before": [["workspace", ["1"], {"id": "1"}]]},
    "a table of SQLite": {"before": [["sqlite_schema", ["x"], None]]},
    "SQL for a table": {"before": [["shop; DROP TABLE shop", ["x"], None]]},
    "a row that is not there": {"before": [["shop", ["shp-none"], None]]},
    "a row of another key": {"before": [["account", ["acc-1"], {"id": "acc-2", "username": "eve"}]]},
    "a key of two": {"before": [["account", ["acc-1", "x"], None]]},
    "half a row": {"before": [["account", ["acc-1"]]]},
    "a list in a row": {"before": [["account", ["acc-1"], {"id": "acc-1", "username": ["eve"]}]]},
    "a number for a table": {"before": [[1, ["acc-1"], None]]},
    "a number too great": {"before": [["account", ["acc-1"], {"id": "acc-1", "converted_at": 10**30}]]},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_before_is_reported_and_changes_nothing(
    workspace: Workspace, tmp_path: Path, clock: StoppedClock, what: str
) -> None:
    with Workspace.in_memory(actor="maya", clock=clock) as one:
        World(one, clock)
        one.accounts.state("eve.one", region="US")
        document = exchange.document(one)
    event = document["events"][-1]
    event["before"] = copy.deepcopy(HOSTILE[what]["before"])
    before = everything(workspace)
    if imported(workspace, tmp_path, document).problems:
        assert everything(workspace) == before
        return
    rows = everything(workspace)
    with pytest.raises((Damaged, Refused)):
        workspace.entries.preview(event["entry"])
    with pytest.raises((Damaged, Refused)):
        workspace.entries.undo(event["entry"], "A mistake.")
    assert everything(workspace) == rows


ROWS: dict[str, dict[str, Any]] = {
    "a column that is none": {"username": "eve.one", "; DROP TABLE account": 1},
    "a username that cannot be": {"username": "Not A Username"},
    "an entity that is nobody": {"country": "US", "registration_key": "none"},
    "another's username": {"username": "free.one"},
    "a region that is none": {"region": "nowhere"},
    "another kind of value": {"standing": 5},
}
"""Columns that a document claims an account had before."""


@pytest.mark.parametrize("what", ROWS)
def test_a_hostile_row_is_held_back_by_the_files_safeguards(
    workspace: Workspace, tmp_path: Path, clock: StoppedClock, what: str
) -> None:
    with Workspace.in_memory(actor="maya", clock=clock) as one:
        World(one, clock)
        one.accounts.state("eve.one", region="US")
        account = one.accounts.state("eve.one", region="GB")
        document = exchange.document(one)
    event = document["events"][-1]
    [[table, key, row]] = event["before"]
    event["before"] = [[table, key, {**row, **ROWS[what]}]]
    assert imported(workspace, tmp_path, document).problems == ()
    rows = everything(workspace)
    if what == "a column that is none":
        workspace.entries.undo(event["entry"], "A mistake.")
        assert workspace.accounts.get("eve.one").region == "US"
        return
    with pytest.raises((Damaged, Refused)):
        workspace.entries.undo(event["entry"], "A mistake.")
    assert everything(workspace) == rows
    assert workspace.accounts.get(account.username).region == "GB"
