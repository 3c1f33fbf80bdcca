"""What cannot be told at all: raw SQL cannot make it, by insert or by update, to the millisecond."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.core.store.attacks.sql import DAY, NEWEST, T, link, update
from tests.core.store.attacks.world import made

BEGUN, ENDED = T - 20 * DAY, T - 10 * DAY
"""The time of the link that stands in the way."""

STEPS = ("requested_at", "authorize_by", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at")

CONFLICTS = {
    "two official accounts of one shop": (("fresh", "free.one", "official"), ("fresh", "asked.one", "official")),
    "an account official at two shops": (("fresh", "free.one", "official"), ("bare", "free.one", "official")),
    "an account twice at one shop": (("fresh", "free.one", "official"), ("fresh", "free.one", "marketing")),
    "an account twice in one role": (("fresh", "free.one", "marketing"), ("fresh", "free.one", "marketing")),
}
"""Two links (shop, account, role) that cannot stand at one time."""

TOGETHER = {
    "a marketing account beside the official one": (("fresh", "free.one", "official"), ("fresh", "asked.one", "marketing")),
    "a marketing account of two shops": (("fresh", "free.one", "marketing"), ("bare", "free.one", "marketing")),
    "official here and marketing there": (("fresh", "free.one", "official"), ("bare", "free.one", "marketing")),
}

OVERLAPS = {
    "within": (BEGUN + 1, ENDED - 1),
    "around": (BEGUN - 1, ENDED + 1),
    "the same": (BEGUN, ENDED),
    "its last millisecond": (ENDED - 1, ENDED + DAY),
    "its first millisecond": (BEGUN - DAY, BEGUN + 1),
    "from then on": (BEGUN - 1, None),
    "from its last millisecond on": (ENDED - 1, None),
}
APART = {
    "until it began": (BEGUN - DAY, BEGUN),
    "from its end": (ENDED, ENDED + DAY),
    "from its end on": (ENDED, None),
    "no time": (BEGUN - 1, BEGUN - 1),
}

Kind = tuple[str, str, str]


@pytest.fixture
def record() -> Iterator[sqlite3.Connection]:
    with closing(made("record")) as connection:
        connection.execute("BEGIN")
        yield connection


def stood(kind: Kind, begun: int, ended: int | None, id: str) -> str:
    shop, account, role = kind
    state = "linked" if ended is None else "unlinked"
    return link(shop, account, id=id, role=role, state=state, requested_at=None, requested_by=None, authorize_by=None,
        authorized_at=None, linked_at=begun, unlinked_at=ended)  # fmt: skip


def elsewhere(kind: Kind, id: str) -> str:
    """The same link, long before."""
    return stood(kind, T - 200 * DAY, T - 190 * DAY, id)


def moved(id: str, begun: int, ended: int | None) -> str:
    return update("link", id, state="linked" if ended is None else "unlinked", linked_at=begun, unlinked_at=ended)


@pytest.mark.parametrize("way", ["insert", "update", "the first moved"])
@pytest.mark.parametrize("overlap", OVERLAPS)
@pytest.mark.parametrize("what", CONFLICTS)
def test_raw_sql_cannot_tell(record: sqlite3.Connection, what: str, overlap: str, way: str) -> None:
    first, second = CONFLICTS[what]
    begun, ended = OVERLAPS[overlap]
    if way == "the first moved":
        record.execute(stood(second, begun, ended, "second"))
        record.execute(elsewhere(first, "first"))
        attack = moved("first", BEGUN, ENDED)
    else:
        record.execute(stood(first, BEGUN, ENDED, "first"))
        if way == "update":
            record.execute(elsewhere(second, "second"))
        attack = stood(second, begun, ended, "second") if way == "insert" else moved("second", begun, ended)
    with pytest.raises(sqlite3.IntegrityError, match="overlaps another link"):
        record.execute(attack)


@pytest.mark.parametrize("way", ["insert", "update"])
@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("what", CONFLICTS)
def test_half_open_times_that_touch_can_be_recorded(record: sqlite3.Connection, what: str, apart: str, way: str) -> None:
    first, second = CONFLICTS[what]
    begun, ended = APART[apart]
    record.execute(stood(first, BEGUN, ENDED, "first"))
    if way == "update":
        record.execute(elsewhere(second, "second"))
        record.execute(moved("second", begun, ended))
    else:
        record.execute(stood(second, begun, ended, "second"))


@pytest.mark.parametrize("what", TOGETHER)
def test_what_can_stand_together_can_be_recorded(record: sqlite3.Connection, what: str) -> None:
    first, second = TOGETHER[what]
    record.execute(stood(first, BEGUN, ENDED, "first"))
    record.execute(stood(second, BEGUN, ENDED, "second"))


@pytest.mark.parametrize("what", CONFLICTS)
def test_what_was_undone_does_not_count_until_it_comes_back(record: sqlite3.Connection, what: str) -> None:
    first, second = CONFLICTS[what]
    record.execute(stood(first, BEGUN, ENDED, "first"))
    record.execute(update("link", "first", undone_by="evt"))
    record.execute(stood(second, BEGUN, ENDED, "second"))
    with pytest.raises(sqlite3.IntegrityError, match="overlaps another link"):
        record.execute(update("link", "first", undone_by=None))


def test_an_open_request_may_stand_beside_a_link(record: sqlite3.Connection) -> None:
    record.execute(stood(("fresh", "free.one", "official"), BEGUN, None, "first"))
    record.execute(link("fresh", "asked.one", id="second"))
    record.execute(link("fresh", "free.one", id="third", role="marketing"))


@pytest.mark.parametrize("step", [step for step in STEPS if step != "authorize_by"])
@pytest.mark.parametrize("way", ["insert", "update"])
def test_no_step_is_in_the_future(record: sqlite3.Connection, step: str, way: str) -> None:
    before, after = STEPS[: STEPS.index(step)], STEPS[STEPS.index(step) :]

    def moments(at: int) -> dict[str, int]:
        return {**dict.fromkeys(before, BEGUN), **dict.fromkeys(after, at)}

    if way == "update":
        record.execute(link("fresh", "free.one", id="first", state="unlinked", **moments(NEWEST)))
        attack = update("link", "first", **moments(NEWEST + 1))
    else:
        attack = link("fresh", "free.one", id="first", state="unlinked", **moments(NEWEST + 1))
    with pytest.raises(sqlite3.IntegrityError, match="is in the future"):
        record.execute(attack)


@pytest.mark.parametrize("way", ["insert", "update"])
@pytest.mark.parametrize("moment", STEPS[1:])
def test_no_step_is_before_the_step_before(record: sqlite3.Connection, moment: str, way: str) -> None:
    steps: dict[str, int] = dict.fromkeys(STEPS, BEGUN)
    wrong = {**steps, moment: BEGUN - 1}
    if way == "update":
        record.execute(link("fresh", "free.one", id="first", state="unlinked", **steps))
    attack = link("fresh", "free.one", id="first", state="unlinked", **wrong)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        record.execute(attack if way == "insert" else update("link", "first", **{moment: BEGUN - 1}))
