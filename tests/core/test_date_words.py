"""Moments in the core's messages are written in a person's zone."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import EPOCH, LATEST, spoken
from core.date_words import localized

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 28, 14, 5, tzinfo=NEW_YORK).astimezone(UTC)


def test_a_message_of_the_core_is_put_in_a_zone() -> None:
    message = f"This date is before the last step of this link, {spoken(NOW)}, not 2026-11-28 or 14:05 UTC."
    said = "This date is before the last step of this link, Sat Nov 28, 2026, 2:05 PM EST, not 2026-11-28 or 14:05 UTC."
    assert localized(message, NEW_YORK) == said
    assert localized(message, timezone(timedelta(hours=14), "LINT")).count("Sun Nov 29, 2026, 9:05 AM LINT") == 1


def test_the_end_of_a_day_is_said_as_elsewhere() -> None:
    end = datetime(2026, 11, 28, 23, 59, 59, 999_000, tzinfo=NEW_YORK).astimezone(UTC)
    assert localized(f"until {spoken(end)}.", NEW_YORK) == "until Sat Nov 28, 2026, end of day EST."


@given(st.integers(0, (LATEST - EPOCH).days * 24 * 60), st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"]))
def test_every_moment_of_a_message_is_found(minutes: int, zone: str) -> None:
    moment = EPOCH + timedelta(minutes=minutes)
    words = localized(spoken(moment), ZoneInfo(zone))
    assert words != spoken(moment)
    assert words.endswith(f" {moment.astimezone(ZoneInfo(zone)):%Z}")


@pytest.mark.parametrize("text", ["2026-13-45 99:99 UTC", "0001-01-01 00:00 UTC"])
def test_what_only_looks_like_a_moment_stays(text: str) -> None:
    assert localized(text, NEW_YORK) == text
