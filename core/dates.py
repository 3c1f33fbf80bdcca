"""Read dates and times from people, sheets and documents, and say how they were read.

One reader for commands, screens, sheets and documents: it never guesses at a number or a date that could mean two days.
It returns moments in UTC, to the millisecond.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cached_property
from typing import Any

from core.clock import EPOCH, LATEST, floor, parse_duration
from core.date_words import DAYS, END_OF_DAY, MONTHS, clock_words, day_words, in_full
from core.errors import InvalidInput
from core.text import show

LONGEST = 100
"""Maximum number of characters in a date."""

HOW = "Write it as 2026-11-27 15:00, 2026-11-27, yesterday 3 PM, or 2h ago."
HOW_ISO = "Write it as 2026-11-27 or 2026-11-27 15:00."
OUT_OF_RANGE = ("is not between the years 1970 and 9000", "Correct the year.")
HOW_TIME = "Write the time as 15:00 or 3 PM."

_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_OFFSET = r"\s?(?P<offset>z|utc|(?P<sign>[+-])(?P<by>(?:[01]\d|2[0-3])(?::?[0-5]\d(?::[0-5]\d)?)?))"
_TIME = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,](?P<fraction>\d{{1,9}}))?)?(?:{_OFFSET})?"
_FLAGS = re.ASCII | re.IGNORECASE
ISO_DAY = re.compile(rf"{_ISO_DAY}(?P<rest>$|[t ,].*)", _FLAGS | re.DOTALL)
ISO_REST = re.compile(rf"[t ]{_TIME}", _FLAGS)
NAMED_DAY = re.compile(
    r"(?:(?P<weekday>[a-z]{3,9})\.?,? )?"
    r"(?:(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})|(?P<day_first>\d{1,2})\.? (?P<name_last>[a-z]{3,9})\.?)"
    r"(?:,? (?P<year>\d{4}))?(?P<rest>$|[ ,].*)",
    _FLAGS,
)
RELATIVE_DAY = re.compile(r"(?P<word>today|yesterday|tomorrow)\b(?P<rest>.*)", _FLAGS)
CLOCK_TIME = re.compile(rf"(?:at )?{_TIME}", _FLAGS)
CLOCK_TIME_12 = re.compile(
    r"(?:at )?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s?(?P<half>[ap])\.?m\.?", _FLAGS
)
NUMERIC_DAY = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?!\d)", _FLAGS)
SERIAL_START = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates."""


@dataclass(frozen=True, kw_only=True)
class When:
    """How a text was read: a moment in UTC."""

    moment: datetime
    is_day: bool
    """Whether only a date was given; the moment is the end of that day."""
    words: str
    """The moment in words, in the zone in which it was read."""
    note: str | None = None
    """A note if the time does not exist or exists twice because clocks change."""


def read_when(
    text: str,
    *,
    now: datetime,
    zone: tzinfo | None,
    field: str = "date",
    ahead: bool = False,
    hours24: bool = False,
    how: str = HOW,
) -> When:
    """Read a date or time as a person writes it. Raises InvalidInput that names `field` and says `how` to write it.

    Takes 2026-11-27T15:00, a date alone, `Fri Nov 27, 3 PM`, `yesterday 15:00`, `2h ago`, `now`. Times are in `zone` (None: the
    computer's) unless they have an offset. A date alone is the end of that day; today's is `now`, unless the moment may lie
    `ahead`. If clocks change and a time means two moments, the later one counts, so that no wait gets shorter.
    """
    reading = _Reading(text, how, now=now, zone=zone, field=field, ahead=ahead, hours24=hours24)
    if reading.text == "now":
        return reading.at(now)
    if reading.text.endswith(" ago"):
        try:
            moment = now - parse_duration(reading.text.removesuffix(" ago"))
        except (InvalidInput, OverflowError):
            raise reading.wrong("is not a time in the past", "Write it as 2h ago, 15 min ago, or 3 days ago.") from None
        return reading.at(moment)
    day, rest = reading.day()
    return reading.when(day, rest)


def read_date_cell(
    text: str, *, now: datetime, zone: tzinfo | None, field: str = "date", ahead: bool = False, how: str = HOW_ISO
) -> When:
    """Read a sheet's cell: ISO with or without time, nothing else. Raises InvalidInput; the rest as in `read_when`."""
    reading = _Reading(text, how, now=now, zone=zone, field=field, ahead=ahead)
    found = ISO_DAY.fullmatch(reading.text)
    if found and (not found["rest"] or ISO_REST.fullmatch(found["rest"])):
        return reading.when(reading.date(found["year"], found["month"], found["day"]), found["rest"])
    raise reading.not_a_date()


def read_moment(value: Any) -> datetime:
    """Read a document's moment: ISO 8601 with an offset or Z. Raises InvalidInput."""
    if isinstance(value, datetime) and value.tzinfo:
        return _within(value, "moment", str(value))
    found = ISO_DAY.fullmatch(value) if isinstance(value, str) and len(value) <= LONGEST else None
    rest = ISO_REST.fullmatch(found["rest"]) if found else None
    if not found or not rest or not rest["offset"]:
        how = "Write it with its offset, such as 2026-11-27T15:00:00Z."
        given = f"“{show(str(value), 40)}” " if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
        raise InvalidInput("moment", f"{given}is not a date and time with an offset", remedy=how)
    reading = _Reading(value, HOW_ISO, now=EPOCH, zone=UTC, field="moment")
    day = reading.date(found["year"], found["month"], found["day"])
    return reading.time_of(day, rest)[0]


def read_day(text: str, *, now: datetime, zone: tzinfo | None) -> date:
    """Read a date without a time, as `read_when` does. Raises InvalidInput."""
    reading = _Reading(text, "Write it as 2026-12-31.", now=now, zone=zone, field="the date")
    day, rest = reading.day()
    if rest:
        raise reading.not_a_date()
    return day


def _within(moment: datetime, field: str, text: str) -> datetime:
    """Cut to milliseconds. Raises InvalidInput for a moment that no record can hold."""
    try:
        moment = floor(moment)
    except OverflowError:
        moment = LATEST + timedelta(1)
    if EPOCH <= moment <= LATEST:
        return moment
    raise InvalidInput(field, f"“{show(text, 40)}” {OUT_OF_RANGE[0]}", remedy=OUT_OF_RANGE[1])


@dataclass(frozen=True)
class _Reading:
    """A text that is being read. `how`: how to write a date, for error messages; the rest as in `read_when`."""

    given: str
    how: str
    now: datetime
    zone: tzinfo | None
    field: str
    ahead: bool = False
    hours24: bool = False

    @cached_property
    def text(self) -> str:
        """Fold width, case and spaces: 12-hour times are often copied with narrow spaces."""
        return " ".join(unicodedata.normalize("NFKC", self.given[: LONGEST + 1]).lower().split())

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, moment: datetime, *, is_day: bool = False, note: str | None = None) -> When:
        moment = _within(moment, self.field, self.given)
        words = in_full(moment, now=self.now, zone=self.zone, hours24=self.hours24)
        return When(moment=moment, is_day=is_day, words=words, note=note)

    def when(self, day: date, rest: str) -> When:
        """Read the time after a day; without one it is the end of the day."""
        plain = rest.strip(" ,")
        if plain in {"", "end of day"}:
            if day == self.today and not self.ahead:
                return self.at(self.now, is_day=True)
            end = datetime.combine(day, END_OF_DAY)
            return self.at(self._moment_of(end)[0], is_day=True)
        found = CLOCK_TIME.fullmatch(plain.removeprefix("t")) or CLOCK_TIME_12.fullmatch(plain)
        if not found:
            raise self.wrong("has no time of day that shoplink can read", self.how)
        moment, note = self.time_of(day, found)
        return self.at(moment, note=note)

    def time_of(self, day: date, found: re.Match[str]) -> tuple[datetime, str | None]:
        """Make the moment of a time on a day, and its note."""
        parts = found.groupdict()
        hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
        if half := parts.get("half"):
            if not 1 <= hour <= 12:
                raise self.wrong("has no such hour", HOW_TIME)
            hour = hour % 12 + (12 if half == "p" else 0)
        fraction = (parts.get("fraction") or "").ljust(6, "0")[:6]
        try:
            local = datetime.combine(day, time(hour, minute, second, int(fraction)))
        except ValueError:
            raise self.wrong("has no such time of day", HOW_TIME) from None
        if offset := parts.get("offset"):
            return self._offset_moment(local, parts["by"] and offset), None
        return self._moment_of(local)

    def _offset_moment(self, local: datetime, offset: str | None) -> datetime:
        digits = re.sub(r"\D", "", offset or "").ljust(6, "0")
        by = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:6]))
        try:
            return _within(local.replace(tzinfo=timezone(-by if (offset or "").startswith("-") else by)), self.field, self.given)
        except OverflowError:
            raise self.wrong(*OUT_OF_RANGE) from None

    def _moment_of(self, local: datetime) -> tuple[datetime, str | None]:
        """Find the moment of a local time, and a note where clocks change."""
        try:
            one, other = (local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        except (OverflowError, OSError, ValueError):  # the computer's zone at the limits of its range
            raise self.wrong(*OUT_OF_RANGE) from None
        if one == other:
            return one, None
        early, late = sorted((one, other))
        taken = early if early <= self.now < late and not self.ahead else late
        clock, day = clock_words(local, self.hours24), day_words(local.date(), None)
        if late.astimezone(self.zone).replace(tzinfo=None) != local:
            shown = in_full(taken, now=self.now, zone=self.zone, hours24=self.hours24)
            return taken, f"{clock} doesn't exist on {day}: clocks go forward. It was read as {shown}."
        first, second = (moment.astimezone(self.zone).isoformat(timespec="minutes") for moment in (early, late))
        which, written = ("first", second) if taken == early else ("second", first)
        return taken, f"{clock} happens twice on {day}. The {which} was used; for the other, write {written}."

    def day(self) -> tuple[date, str]:
        """Find the day that the text begins with, and what follows it."""
        if len(self.text) > LONGEST:
            raise self.not_a_date()
        if found := ISO_DAY.fullmatch(self.text):
            return self.date(found["year"], found["month"], found["day"]), found["rest"]
        if found := RELATIVE_DAY.fullmatch(self.text):
            try:
                day = self.today + timedelta({"yesterday": -1, "today": 0, "tomorrow": 1}[found["word"]])
            except OverflowError:
                raise self.not_a_date() from None
            named = NAMED_DAY.fullmatch(rest := found["rest"].strip(" ,"))
            if named is None or not _month(named):
                return day, rest
            again, rest = self._named(named)
            if again != day:
                raise self.wrong(f"names two days: {found['word']} is {day_words(day, None)}", self.how)
            return day, rest
        if found := NAMED_DAY.fullmatch(self.text):
            return self._named(found)
        if CLOCK_TIME.fullmatch(self.text) or CLOCK_TIME_12.fullmatch(self.text):
            return self.today, self.text
        raise self.not_a_date()

    def _named(self, found: re.Match[str]) -> tuple[date, str]:
        weekday, month = found["weekday"] or "", _month(found)
        if not month or not any(name.startswith(weekday) for name in DAYS):
            raise self.not_a_date()
        day = self.date(found["year"] or str(self.today.year), str(month), found["day"] or found["day_first"])
        if not DAYS[day.weekday()].startswith(weekday):
            raise self.wrong(f"names another day of the week: {day.isoformat()} is {day_words(day, None)}", self.how)
        return day, found["rest"]

    def date(self, year: str, month: str, day: str) -> date:
        """Make the day. Raises InvalidInput when the calendar has none."""
        if not EPOCH.year <= int(year) <= LATEST.year:
            raise self.wrong(*OUT_OF_RANGE)
        if not 1 <= int(month) <= 12:
            raise self.wrong("has no such month", "Write the month as 01 to 12.")
        days = monthrange(int(year), int(month))[1]
        if not 1 <= int(day) <= days:
            raise self.wrong(f"doesn't exist: {MONTHS[int(month) - 1].title()} {year} has {days} days", "Correct the day.")
        return date(int(year), int(month), int(day))

    def wrong(self, problem: str, how: str) -> InvalidInput:
        return InvalidInput(self.field, f"“{show(self.given.strip(), 40)}” {problem}", remedy=how)

    def not_a_date(self) -> InvalidInput:
        """Explain what the text looks like, and how to write the intended day."""
        if not self.text:
            return InvalidInput.empty(self.field, "a date", remedy=self.how)
        if found := NUMERIC_DAY.match(self.text):
            meant = _meant(found[1], found[3], found[4])
            if len(meant) == 2:
                two = " or ".join(sorted(day.isoformat() for day in meant))
                return self.wrong("could be two dates", f"Write {two}.")
            if meant:
                return self.wrong("is not written year-month-day", f"Write {meant.pop().isoformat()}.")
        if re.fullmatch(r"\d{4}-\d{1,2}", self.text, re.ASCII):
            return self.wrong("has no day", "Write it with its day, such as 2026-11-27.")
        if re.fullmatch(r"\d{8}", self.text, re.ASCII) and (meant := _meant(self.text[:4], self.text[4:6], self.text[6:])):
            return self.wrong("is not written with dashes", f"Write {meant.pop().isoformat()}.")
        if re.fullmatch(r"[1-9]\d{4}([.,]\d+)?", self.text, re.ASCII):
            day = SERIAL_START + timedelta(int(self.text[:5]))
            return self.wrong("is a number, not a date", f"If it is a spreadsheet's number for {day.isoformat()}, write that.")
        if re.fullmatch(r"[+-]?\d[\d.,]*(e[+-]?\d+)?", self.text, re.ASCII):
            return self.wrong("is a number, not a date", self.how)
        return self.wrong("is not a date that shoplink can read", self.how)


def _month(named: re.Match[str]) -> int | None:
    """Return the month of a name or its beginning."""
    name = named["name"] or named["name_last"]
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)


def _meant(one: str, two: str, three: str) -> set[date]:
    """List the days that three numbers can mean: year first, or year last."""
    if len(one) > 2:
        orders = [(one, two, three)]
    else:
        year = three if len(three) > 2 else f"20{three:0>2}"
        orders = [(year, one, two), (year, two, one)]
    found = set()
    for year, month, day in orders:
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found
