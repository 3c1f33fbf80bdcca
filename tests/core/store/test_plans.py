"""How SQLite finds what is asked for: by an index, however much the file holds."""

import re
from collections.abc import Callable, Iterator
from typing import Literal
from unittest.mock import patch

import pytest

from core import scenarios
from core.history import HistoryPage
from core.models import Role
from core.store import search
from core.workspace import Workspace
from tests.support import StoppedClock

IN_ORDER = {
    "SCAN shop USING INDEX shop_name",
    "SCAN event USING INDEX event_at",
}
"""The first page of everything: an index walked from its start, as far as the page goes."""

NEVER_RUN = {"SCAN event"}
"""Planned for a new link, to look for events that referred to it before it was there; left out while no such thing is known."""

SMALL = re.compile(r"SCAN (market|workspace|(json_each|wanted) VIRTUAL TABLE INDEX [13]:|CONSTANT ROW|\(subquery-\d+\))")
"""What does not grow with the file, and what was found by an index just before."""

LOOKED_UP = re.compile(r"SCAN event_fts VIRTUAL TABLE INDEX \d+:M3<")
"""How FTS5 says that its index is asked, from a row on."""

COUNTED = {"SCAN event USING COVERING INDEX event_at"}
"""Whether there are more entries than can be looked through: counted as far as that."""

EVERY_NAME = {
    "SCAN shop USING INDEX shop_name",
    "SCAN account",
}
"""A search of shops reads every name and username; tests/benchmarks says how long that takes."""

EVERY_LINKED = re.compile(
    r"SEARCH link USING INDEX link_st(ate|anding) \(state=\?\)|SEARCH link USING INDEX link_standing \(role=\?\)"
)
"""An index that gives as many links as there are shops; only what fills `temp.broken`, once for a state of the file, may."""

AT_ONE_MOMENT = re.compile(r"USE TEMP B-TREE FOR (RIGHT PART|LAST \w+ TERMS) OF ORDER BY")
"""Sorts only those of one and the same moment."""

SORTED = {"USE TEMP B-TREE FOR ORDER BY"}
PENDING = {*SORTED, "SEARCH link USING INDEX link_state (state=?)"}
"""The shops where something is pending: they are found by their links, and few beside all shops."""

STATES: tuple[Literal["linked", "none"], ...] = ("linked", "none")

Paths = dict[str, tuple[Callable[[Workspace], object], set[str]]]
PATHS: Paths = {
    "the first page of shops": (lambda w: w.shops.page(limit=3), IN_ORDER),
    "a further page of shops": (lambda w: w.shops.page(limit=3, after="USLCDEMO01"), set()),
    "the shops of a region": (lambda w: w.shops.page(region="US", limit=3), set()),
    "the shops in a state": (lambda w: [w.shops.page(state=state, limit=3) for state in STATES], IN_ORDER),
    "the shops where something is pending": (lambda w: w.shops.page(state="pending", limit=3), PENDING),
    "shops that are searched": (lambda w: w.shops.page(query="lum", limit=3), EVERY_NAME),
    "shops of a region that are searched further": (
        lambda w: w.shops.page(query="lum", region="US", limit=3, after="USLCDEMO01"),
        EVERY_NAME,
    ),
    "the shops by what is due": (lambda w: w.shops.page(due_first=True, limit=3), IN_ORDER),
    "a shop": (lambda w: w.shops.status("USLCDEMO01"), set()),
    "how a shop stands": (lambda w: w.shops.standing("USLCDEMO01"), set()),
    "a check": (lambda w: w.links.check("lumen.candles", "USLCDEMO01", Role.OFFICIAL), set()),
    "the organization accounts that can be linked": (lambda w: w.organizations.linkable("USLCDEMO01"), SORTED),
    "a request": (lambda w: w.links.request("wax.and.wick", "USLCDEMO01", Role.OFFICIAL, agreement=True), NEVER_RUN),
    "the first page of history": (lambda w: w.history.page(limit=3), IN_ORDER),
    "a further page of history": (lambda w: w.history.page(limit=3, after=_some_event(w)), set()),
    "the history of a shop": (lambda w: w.history.page(shop="USLCDEMO01", limit=3), set()),
    "the history by kind": (lambda w: w.history.page(kind="link.", limit=3), set()),
    "a long history that is searched": (lambda w: _of_many(w, query="lum"), COUNTED),
    "a long history that is searched by two letters": (lambda w: _of_many(w, query="lu"), COUNTED),
    "a long history by kind that is searched further": (
        lambda w: _of_many(w, query="lum", kind="link.", after=_some_event(w)),
        set(),
    ),
    "what is settled by itself": (lambda w: w.settled(), set()),
    "reminders": (lambda w: w.reminders.find(), set()),
}


def _some_event(workspace: Workspace) -> str:
    return str(workspace.store.value("SELECT id FROM event WHERE seq = 3"))


def _of_many(workspace: Workspace, **asked: str) -> HistoryPage:
    """A page of a history that is too long to be looked through."""
    with patch.object(search, "NEWEST", -1):
        return workspace.history.page(limit=3, **asked)  # type: ignore[arg-type]


@pytest.fixture
def practice() -> Iterator[Workspace]:
    with scenarios.in_memory("new-shop", actor="maya", clock=StoppedClock()) as workspace:
        yield workspace


@pytest.mark.parametrize("path", PATHS)
def test_an_index_finds(path: str, practice: Workspace) -> None:
    ask, allowed = PATHS[path]
    plans = plans_of(practice, ask)
    assert plans
    for sql, steps in plans.items():
        for step in steps:
            walks = (
                step.startswith("SCAN") and step not in allowed and not SMALL.fullmatch(step) and not LOOKED_UP.fullmatch(step)
            )
            fills = sql.startswith("INSERT INTO temp.broken")
            walks |= EVERY_LINKED.fullmatch(step) is not None and step not in allowed and not fills
            sorts = "TEMP B-TREE" in step and step not in allowed and not AT_ONE_MOMENT.fullmatch(step)
            assert not walks, f"{step}: {sql}"
            assert not sorts, f"{step}: {sql}"


def test_a_walk_and_a_sort_are_reported(practice: Workspace) -> None:
    plans = plans_of(practice, lambda w: w.store.rows("SELECT * FROM link ORDER BY reason"))
    assert list(plans.values()) == [["SCAN link", "USE TEMP B-TREE FOR ORDER BY"]]


def plans_of(workspace: Workspace, ask: Callable[[Workspace], object]) -> dict[str, list[str]]:
    """The statements that SQLite ran for this, each with the steps of its plan."""
    connection = workspace.store.connection
    statements: dict[str, None] = {}
    connection.set_trace_callback(statements.setdefault)
    try:
        ask(workspace)
    finally:
        connection.set_trace_callback(None)
    return {
        sql: [str(step[3]) for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        for sql in statements
        if sql.lstrip().startswith(("SELECT", "WITH", "INSERT", "UPDATE"))
    }
