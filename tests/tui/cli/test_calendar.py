"""Reminders as a calendar, read as a calendar program reads it, whatever the shop's name."""

from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from core import scenarios
from core.models import MemberRole, Role
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop, record_workspace
from tests.tui.cli.support import Run
from tui.formats.ics import calendar


def read(text: str) -> list[icalendar.Event]:
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    found = icalendar.Calendar.from_ical(text)
    assert not found.errors
    assert found["version"] == "2.0"
    events = list(found.walk("VEVENT"))
    assert all(not event.errors for event in events)
    return events


@pytest.mark.parametrize("scenario", ["new-shop", "just-linked", "in-review", "organization", "agency"])
def test_each_reminder_is_an_event_at_its_moment(tmp_path: Path, clock: StoppedClock, scenario: str) -> None:
    with scenarios.create(tmp_path / "w.db", scenario, actor="maya", clock=clock) as workspace:
        due = workspace.reminders.find()
        events = read(calendar(due, NOW))
    assert [event["dtstart"].dt for event in events] == [reminder.at.replace(microsecond=0) for reminder in due]
    assert [str(event["summary"]) for event in events] == [f"{one.summary} ({one.shop.name})" for one in due]
    assert len({event["uid"] for event in events}) == len(due)
    assert all(event["dtstamp"].dt == NOW for event in events)


def test_two_invitations_that_expire_at_the_same_moment_are_two_events(tmp_path: Path, clock: StoppedClock) -> None:
    with scenarios.create(tmp_path / "w.db", "organization", actor="maya", clock=clock) as workspace:
        for name in ("ines", "ivan"):
            workspace.organizations.invite("USLCDEMO01", f"{name}@lumen.example", MemberRole.OPERATOR)
        due = workspace.reminders.find()
        assert len({event["uid"] for event in read(calendar(due, NOW))}) == len(due)


def test_an_event_keeps_its_uid_when_its_deadline_passes(tmp_path: Path, clock: StoppedClock) -> None:
    with record_workspace(tmp_path, clock) as workspace:
        shop = add_shop(workspace)
        add_account(workspace)
        workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
        (before,) = workspace.reminders.find()
        clock.move(3 * DAY)
        (after,) = workspace.reminders.find()
    assert before.kind != after.kind
    assert len({event["uid"] for event in read(calendar((before, after), NOW))}) == 1


@pytest.mark.parametrize("name", ["Wax; Wick, & \\Co", "ろうそく" * 7, "a\u0301" * 15, "BEGIN:VEVENT", "x" * 30])
def test_a_shop_name_is_read_back_unchanged(tmp_path: Path, clock: StoppedClock, name: str) -> None:
    with scenarios.create(tmp_path / "w.db", "just-linked", actor="maya", clock=clock) as workspace:
        name = workspace.shops.rename("USQFDEMO01", name).shop.name
        summaries = [str(event["summary"]) for event in read(calendar(workspace.reminders.find(), NOW))]
    assert summaries
    assert all(summary.endswith(f"({name})") for summary in summaries)


def test_an_event_keeps_its_uid_when_its_moment_moves_and_has_an_alarm_a_day_before(tmp_path: Path, clock: StoppedClock) -> None:
    with scenarios.create(tmp_path / "w.db", "just-linked", actor="maya", clock=clock) as workspace:

        def probation(until: datetime) -> icalendar.Event:
            workspace.shops.set_probation("USQFDEMO01", until)
            clock.move(timedelta(minutes=1))
            events = read(calendar(workspace.reminders.find(), workspace.now()))
            return next(event for event in events if event["uid"].startswith("probation_ends"))

        before, after = probation(NOW + timedelta(30)), probation(NOW + timedelta(20))
    assert before["uid"] == after["uid"]
    assert 0 < before["sequence"] < after["sequence"] < 2**31
    assert before["dtstart"].dt != after["dtstart"].dt
    [alarm] = after.walk("VALARM")
    assert (alarm["trigger"].dt, alarm["action"], alarm["description"]) == (timedelta(-1), "DISPLAY", after["summary"])


def test_the_command_prints_the_calendar(cli: Run) -> None:
    cli("init", "--practice", "just-linked")
    code, text = cli("reminders", "--ics", text=True)
    assert code == 0
    starts = [event["dtstart"].dt for event in read(text)]
    assert starts == sorted(starts)
    assert starts[0].utcoffset() == timedelta()
