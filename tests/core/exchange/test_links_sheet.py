"""A sheet of links: those of before the record, taken once; every mistake by line and field."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.models import EndedBy, LinkState
from core.workspace import Workspace
from tests.core.exchange.sheets import found, some
from tests.support import RunningClock, StoppedClock, add_shop, imported

LINKS = "Shop code,username,role,linked_at,unlinked_at,ended_by,note\n"


def test_links_that_stood_before_the_record_began_come_in_with_a_sheet(workspace: Workspace, tmp_path: Path) -> None:
    code = add_shop(workspace).code
    rows = (
        f"{code},@Lumen.Candles,official,2026-01-05 09:00,2026-03-01,,Ticket 4711\n"
        f"{code},new.one,official,2026-05-05,,,\n{code},new.two,marketing,2026-05-05,2026-06-05,tiktok,\n"
    )
    assert some(imported(workspace, tmp_path, LINKS + rows).created) == {"accounts": 3, "links": 3}
    links = {link.username: link for link in workspace.links.find(shop=workspace.shops.get(code).id)}
    assert (links["new.one"].state, links["lumen.candles"].state) == (LinkState.LINKED, LinkState.UNLINKED)
    assert (links["lumen.candles"].ended_by, links["new.two"].ended_by) == (EndedBy.SELLER, EndedBy.TIKTOK)
    until = links["lumen.candles"].unlinked_at
    assert until
    assert until.astimezone().isoformat()[:23] == "2026-03-01T23:59:59.999"
    assert "Ticket 4711" in {event.note for event in workspace.history.page().events}
    assert not some(imported(workspace, tmp_path, LINKS + rows).created)


def test_a_links_row_that_was_imported_stays_unchanged(workspace: Workspace, clock: StoppedClock, tmp_path: Path) -> None:
    code = add_shop(workspace).code
    today = clock.now.astimezone().date()
    sheet = f"{LINKS}{code},was.one,official,2026-05-05,,,\n{code},new.one,marketing,{today},,,\n"
    assert some(imported(workspace, tmp_path, sheet).created) == {"accounts": 2, "links": 2}
    workspace.accounts.rename("was.one", "is.one")
    clock.move(timedelta(minutes=5))
    again = imported(workspace, tmp_path, sheet)
    assert (again.problems, some(again.created), some(again.updated)) == ((), {}, {})


def test_a_links_row_can_be_dated_today_though_the_clock_goes_on(
    workspace: Workspace, clock: StoppedClock, tmp_path: Path
) -> None:
    code, today = add_shop(workspace).code, clock.now.astimezone().date()
    workspace.clock = RunningClock(clock.now)
    rows = f"{code},one,official,{today},,,\n{code},two,marketing,2026-05-05,{today},,\n"
    result = imported(workspace, tmp_path, LINKS + rows)
    assert (result.problems, some(result.created)) == ((), {"accounts": 2, "links": 2})


def test_a_links_row_need_not_say_who_ended_it_and_another_end_is_reported_by_its_field(
    workspace: Workspace, tmp_path: Path
) -> None:
    code = add_shop(workspace).code
    row = f"{LINKS}{code},one,official,2026-01-05 09:00,2026-03-01 10:00,tiktok,\n"
    assert imported(workspace, tmp_path, row).problems == ()
    assert imported(workspace, tmp_path, row.replace("tiktok", "")).problems == ()
    assert found(imported(workspace, tmp_path, row.replace("tiktok", "seller"))) == [(2, "ended_by")]
    [problem] = imported(workspace, tmp_path, row.replace("10:00,tiktok", "11:00,")).problems
    assert problem.field == "unlinked_at"
    assert "unlinked 2026-03-01" in problem.message


def test_links_that_contradict_another_line_of_the_sheet_name_that_and_no_entry(workspace: Workspace, tmp_path: Path) -> None:
    code = add_shop(workspace).code
    first = f"{LINKS}{code},one,official,2026-01-05 09:00,2026-02-01,,\n"
    for line, wrong in (
        (f"{code},two,official,2026-01-20,2026-03-01,,", ""),
        (f"{code},one,official,2026-01-05,,,", "unlinked_at"),
    ):
        [problem] = imported(workspace, tmp_path, f"{first}{line}\n").problems
        assert (problem.line, problem.field) == (3, wrong)
        assert problem.message.endswith("That is another line of this sheet. Correct one of the two lines.")
    assert imported(workspace, tmp_path, first).problems == ()
    [problem] = imported(workspace, tmp_path, f"{LINKS}{code},two,official,2026-01-20,2026-03-01,,\n").problems
    assert problem.message.endswith("undo the other entry first.")


def test_a_link_s_end_is_checked_beside_another_mistake(workspace: Workspace, tmp_path: Path) -> None:
    row = f"{add_shop(workspace).code},one,offical,2027-01-05,,tiktok,\n"
    assert sorted(found(imported(workspace, tmp_path, LINKS + row))) == [(2, "ended_by"), (2, "linked_at"), (2, "role")]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("NOPE,one,official,2026-01-05,,,", "shop"),
        ("{code},one,owner,2026-01-05,,,", "role"),
        ("{code},one,official,46037,,,", "linked_at"),
        ("{code},one,official,2026-01-05,1/15/2026,,", "unlinked_at"),
        ("{code},one,official,2026-01-05,,tiktok,", "ended_by"),
        ("{code},one,official,2027-01-05,,,", "linked_at"),
        ("{code},one,official,2026-01-05,2027-01-05,,", "unlinked_at"),
        ("{code},one,official,2026-01-05,2026-01-01,,", "unlinked_at"),
        ("{code},a b,official,2026-01-05,,,", "username"),
    ],
)
def test_a_links_mistake_is_reported_by_line_and_field(workspace: Workspace, tmp_path: Path, row: str, field: str) -> None:
    code = add_shop(workspace).code
    assert found(imported(workspace, tmp_path, f"{LINKS}{row.format(code=code)}\n")) == [(2, field)]


def test_every_mistake_of_a_row_is_reported_at_once(workspace: Workspace, tmp_path: Path) -> None:
    rows = "USA9,a b,offical,2025-13-01,1/15/2027,me,\nUSA9,a b,official,2025-13-01,1/15/2027,,\n"
    assert sorted(found(imported(workspace, tmp_path, LINKS + rows))) == [
        *((2, field) for field in ("ended_by", "linked_at", "role", "shop", "unlinked_at", "username")),
        *((3, field) for field in ("linked_at", "shop", "unlinked_at", "username")),
    ]
    add_shop(workspace)
    both = f"{LINKS}{workspace.shops.page().shops[0].shop.code},one,official,2027-01-05,2027-01-06,,\n"
    assert found(imported(workspace, tmp_path, both)) == [(2, "linked_at"), (2, "unlinked_at")]
    assert found(imported(workspace, tmp_path, both.replace("2027-01-06", "2026-01-06"))) == [(2, "linked_at")]
