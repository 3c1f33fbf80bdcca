"""The one reader of dates: what it takes, what it tells, and that it says back what it understood."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.clock import EPOCH, LATEST
from core.date_words import in_full
from core.dates import When, read_date_cell, read_day, read_moment, read_when
from core.errors import InvalidInput

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 28, 14, 5, tzinfo=NEW_YORK).astimezone(UTC)


def local(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=NEW_YORK).astimezone(UTC)


def read(text: str, **given: bool) -> When:
    return read_when(text, now=NOW, zone=NEW_YORK, field="at", **given)


def mistake(text: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as told:
        read(text)
    assert told.value.field == "at"
    return told.value


@pytest.mark.parametrize(
    ("text", "moment", "words"),
    [
        ("2026-11-27T15:00", local("2026-11-27", "15:00"), "yesterday, Fri Nov 27, 3:00 PM"),
        ("2026-11-27 15:00", local("2026-11-27", "15:00"), "yesterday, Fri Nov 27, 3:00 PM"),
        ("2026-11-27t15:00:30.5Z", datetime(2026, 11, 27, 15, 0, 30, 500_000, UTC), "yesterday, Fri Nov 27, 10:00 AM"),
        ("2026-11-27 15:00 +05:30", datetime(2026, 11, 27, 9, 30, tzinfo=UTC), "yesterday, Fri Nov 27, 4:30 AM"),
        ("2025-11-27 3 pm", local("2025-11-27", "15:00"), "Thu Nov 27, 2025, 3:00 PM"),
        ("2026-11-20 at 12:05 a.m.", local("2026-11-20", "00:05"), "Fri Nov 20, 12:05 AM"),
        ("２０２６-11-20　15：00", local("2026-11-20", "15:00"), "Fri Nov 20, 3:00 PM"),
        ("yesterday 15:00", local("2026-11-27", "15:00"), "yesterday, Fri Nov 27, 3:00 PM"),
        ("Yesterday at 3:00\u202fPM", local("2026-11-27", "15:00"), "yesterday, Fri Nov 27, 3:00 PM"),
        ("today 9:05", local("2026-11-28", "09:05"), "today, Sat Nov 28, 9:05 AM"),
        ("9:05", local("2026-11-28", "09:05"), "today, Sat Nov 28, 9:05 AM"),
        ("3 PM", local("2026-11-28", "15:00"), "today, Sat Nov 28, 3:00 PM"),
        ("Nov 20, 3:00pm", local("2026-11-20", "15:00"), "Fri Nov 20, 3:00 PM"),
        ("Friday, 20 November 2026 15:00", local("2026-11-20", "15:00"), "Fri Nov 20, 3:00 PM"),
        ("now", NOW, "today, Sat Nov 28, 2:05 PM"),
        ("2h ago", NOW - timedelta(hours=2), "today, Sat Nov 28, 12:05 PM"),
        ("3 days ago", NOW - timedelta(3), "Wed Nov 25, 2:05 PM"),
        ("15 min ago", NOW - timedelta(minutes=15), "today, Sat Nov 28, 1:50 PM"),
        ("1h30m ago", NOW - timedelta(hours=1.5), "today, Sat Nov 28, 12:35 PM"),
    ],
)
def test_a_moment_is_read_and_said_back(text: str, moment: datetime, words: str) -> None:
    assert read(text) == When(moment=moment, is_day=False, words=words)
    if "ago" not in text and ":30" not in text:
        assert read(words).moment == moment


@pytest.mark.parametrize(
    ("text", "end", "words"),
    [
        ("2026-11-27", local("2026-11-27", "23:59:59.999"), "yesterday, Fri Nov 27, end of day"),
        ("yesterday", local("2026-11-27", "23:59:59.999"), "yesterday, Fri Nov 27, end of day"),
        ("2025-12-31", local("2025-12-31", "23:59:59.999"), "Wed Dec 31, 2025, end of day"),
        ("2026-11-28", NOW, "today, Sat Nov 28, 2:05 PM"),
        ("today", NOW, "today, Sat Nov 28, 2:05 PM"),
        ("2026-11-29", local("2026-11-29", "23:59:59.999"), "tomorrow, Sun Nov 29, end of day"),
    ],
)
def test_a_date_alone_is_the_end_of_that_day_or_now(text: str, end: datetime, words: str) -> None:
    assert read(text) == When(moment=end, is_day=True, words=words)
    assert words.endswith("PM") or read(words) == read(text)


def test_a_date_that_may_lie_ahead_is_the_end_of_the_day_today_too() -> None:
    assert read("today", ahead=True).moment == local("2026-11-28", "23:59:59.999")


def test_words_can_have_24_hours() -> None:
    assert read("yesterday 3 PM", hours24=True).words == "yesterday, Fri Nov 27, 15:00"


@pytest.mark.parametrize(
    ("text", "problem", "how"),
    [
        ("2026-02-30", "February 2026 has 28 days", "Correct the day"),
        ("2026-13-01", "has no such month", "01 to 12"),
        ("03/04/2026", "could be two dates", "2026-03-04 or 2026-04-03"),
        ("3.4.26 15:00", "could be two dates", "2026-03-04 or 2026-04-03"),
        ("1/15/2027", "is not written year-month-day", "2027-01-15"),
        ("4/4/2026", "is not written year-month-day", "2026-04-04"),
        ("2026/1/5", "is not written year-month-day", "2026-01-05"),
        ("46037", "is a number, not a date", "2026-01-15"),
        ("46037.5", "is a number, not a date", "2026-01-15"),
        ("20270115", "is not written with dashes", "2027-01-15"),
        ("1700000000", "is a number, not a date", "2026-11-27 15:00"),
        ("4.6037E+04", "is a number, not a date", "2026-11-27 15:00"),
        ("2024-03", "has no day", "2026-11-27"),
        ("soon", "is not a date that shoplink can read", "2h ago"),
        ("", "is empty", "2h ago"),
        ("x" * 10_000, "is not a date", "2h ago"),
        ("yesterday 25:00", "has no such time of day", "3 PM"),
        ("yesterday 13 PM", "has no such hour", "3 PM"),
        ("yesterday noonish", "has no time of day", "3 PM"),
        ("Sat Nov 27", "2026-11-27 is Fri Nov 27, 2026", "2h ago"),
        ("yesterday, Nov 26", "names two days", "2h ago"),
        ("Marvel 3", "is not a date", "2h ago"),
        ("3 months ago", "is not a time in the past", "15 min ago"),
        ("101 years ago", "is not a time in the past", "15 min ago"),
        ("1969-12-31", "is not between the years 1970 and 9000", "Correct the year"),
        ("9999-12-31", "is not between the years 1970 and 9000", "Correct the year"),
        ("0001-01-01 00:00+23:59", "is not between the years 1970 and 9000", "Correct the year"),
        ("60 years ago", "is not a time in the past", ""),
        ("22000 days ago", "is not between the years 1970 and 9000", "Correct the year"),
    ],
)
def test_what_cannot_be_read_is_reported_with_how_to_write_it(text: str, problem: str, how: str) -> None:
    told = mistake(text)
    assert problem in told.problem
    assert how in told.remedy


def test_a_time_that_clocks_skip_is_read_as_the_later_one_and_says_so() -> None:
    when = read_when("2026-03-08 02:30", now=NOW, zone=NEW_YORK)
    assert when.moment == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert when.words == "Sun Mar 8, 3:30 AM"
    assert when.note == "2:30 AM doesn't exist on Sun Mar 8, 2026: clocks go forward. It was read as Sun Mar 8, 3:30 AM."


def test_of_a_time_that_comes_twice_the_later_is_taken_unless_it_is_still_to_come() -> None:
    text, first, second = "2026-11-01 1:30", *(datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6))
    when = read_when(text, now=NOW, zone=NEW_YORK)
    assert when.moment == second
    assert when.note
    assert when.note.endswith("The second was used; for the other, write 2026-11-01T01:30-04:00.")
    assert read("2026-11-01T01:30-04:00").moment == first
    between = first + timedelta(minutes=10)
    early = read_when(text, now=between, zone=NEW_YORK)
    assert early.moment == first
    assert early.note
    assert "The first was used" in early.note
    assert read_when(text, now=between, zone=NEW_YORK, ahead=True).moment == second


@pytest.mark.parametrize(
    "text",
    ["46037", "20270115", "1/15/2027", "03/04/2026", "today", "15:00", "Nov 27", "2027-01-15 3 PM", "2027-01-15, 15:00", ""],
)
def test_a_cell_of_a_sheet_takes_iso_alone(text: str) -> None:
    with pytest.raises(InvalidInput) as told:
        read_date_cell(text, now=NOW, zone=NEW_YORK)
    assert told.value.remedy.startswith(("Write", "If it is a spreadsheet's number for 2026-01-15"))


def test_a_cell_of_a_sheet_has_local_time() -> None:
    assert read_date_cell("2027-01-15", now=NOW, zone=NEW_YORK).moment == local("2027-01-15", "23:59:59.999")
    assert read_date_cell("2026-01-15 09:00", now=NOW, zone=NEW_YORK).moment == local("2026-01-15", "09:00")
    assert read_date_cell("2026-01-15T09:00:00Z", now=NOW, zone=NEW_YORK).moment == datetime(2026, 1, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [46037, 46037.0, True, None, "46037", "2027-01-15", "2027-01-15T09:00", "soon", "2027-02-30T09:00Z"]
)
def test_a_moment_of_a_document_has_its_offset(value: object) -> None:
    with pytest.raises(InvalidInput):
        read_moment(value)


def test_a_day_has_no_time() -> None:
    assert [read_day(text, now=NOW, zone=NEW_YORK) for text in ("2026-12-31", "yesterday", "Dec 31")] == [
        date(2026, 12, 31),
        date(2026, 11, 27),
        date(2026, 12, 31),
    ]
    for text in ("15:00", "now", "2h ago", "2026-12-31 15:00", "12/31/2026"):
        with pytest.raises(InvalidInput):
            read_day(text, now=NOW, zone=NEW_YORK)


zones = st.sampled_from([None, UTC, NEW_YORK, *map(ZoneInfo, ("Asia/Tokyo", "Asia/Kolkata", "America/Havana", "Pacific/Apia"))])
offsets = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
    lambda by: timezone(timedelta(minutes=by // timedelta(minutes=1)))
)
FIRST, LAST = ((moment + by).replace(tzinfo=None) for moment, by in ((EPOCH, timedelta(2)), (LATEST, -timedelta(2))))
moments = st.datetimes(FIRST, LAST, timezones=st.one_of(offsets, st.just(UTC)))


@given(moments, zones, st.sampled_from(["T", " "]))
def test_every_iso_moment_reads_back(moment: datetime, zone: ZoneInfo | None, between: str) -> None:
    expected = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    text = moment.isoformat(between)
    assert read_when(text, now=NOW, zone=zone).moment == expected
    assert read_date_cell(text, now=NOW, zone=zone).moment == expected
    if between == "T":
        assert read_moment(text) == read_moment(text.replace("+00:00", "Z")) == expected


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), zones, st.booleans())
def test_words_read_back_to_the_moment(moment: datetime, zone: ZoneInfo | None, hours24: bool) -> None:
    moment = moment.replace(second=0, microsecond=0)
    when = read_when(in_full(moment, now=NOW, zone=zone, hours24=hours24), now=NOW, zone=zone, hours24=hours24)
    exact = moment.astimezone(zone).second == 0  # old offsets have seconds
    assert not exact or when.note or when.moment == moment
    assert in_full(when.moment, now=NOW, zone=zone, hours24=hours24) == in_full(moment, now=NOW, zone=zone, hours24=hours24)


pieces = st.sampled_from(
    [
        "2026-11-27",
        "t",
        "z",
        " ",
        "ago",
        "2h",
        "yesterday",
        "today",
        "nov",
        "27",
        "fri",
        ",",
        "15:00",
        "3",
        "pm",
        "at",
        "+",
        "0001",
        "e9",
    ]
)
anything = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=8).map("".join), st.lists(pieces, max_size=8).map(" ".join))


@given(anything, zones)
@example("\u0660" * 4 + "-11-27", UTC)
@example("ﷺ" * 100, UTC)
def test_nothing_but_a_mistake_of_the_input_is_raised(text: str, zone: ZoneInfo | None) -> None:
    for reader in (read_when, read_date_cell, read_day):
        try:
            found = reader(text, now=NOW, zone=zone)
        except InvalidInput:
            continue
        if isinstance(found, When):
            assert EPOCH <= found.moment <= LATEST
            assert found.moment.tzinfo == UTC
    with suppress(InvalidInput):
        read_moment(text)
