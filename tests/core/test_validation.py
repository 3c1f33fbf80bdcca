"""Values from outside: accepted by their types, or refused without repeating their text."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from core.models import Account, Entity, Member
from core.validation import as_json, validated


def test_facts_become_a_value_by_their_types() -> None:
    facts = {
        "id": "acc-1",
        "username": "@Lumen.Candles ",
        "kind": "organization",
        "entity": {"registration_number": " 1 ", "country": "US"},
    }
    account = validated(Account, facts)
    assert (account.username, account.kind, account.entity) == (
        "lumen.candles",
        "organization",
        Entity(registration_number="1", country="US"),
    )


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"id": "acc-1", "username": "x", "secret": "+15550100142"}, ("secret",)),
        ({"id": "acc-1", "username": "x", "avatar": 8}, ("avatar",)),
        ({"id": "acc-1", "username": "x", "phone": "+1555\x1b0100142"}, ("phone",)),
        ({"id": "acc-1", "username": "x", "entity": {"registration_number": "1"}}, ("entity", "country")),
        ({"id": "acc-1", "username": "x", "entity": {"registration_number": "1", "country": "USA555"}}, ("entity", "country")),
    ],
)
def test_an_invalid_value_is_reported_by_its_place_never_by_its_text(facts: dict[str, Any], where: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        validated(Account, facts)
    assert refused.value.errors()[0]["loc"] == where
    assert "555" not in str(refused.value)


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00", "1969-12-31T23:59:59Z", "9500-01-01T00:00:00Z"])
def test_a_moment_needs_a_zone_and_has_bounds(moment: str) -> None:
    facts = {"id": "mem-1", "account": "a", "contact": "c", "role": "admin", "state": "active"}
    assert validated(Member, {**facts, "invited_at": "2026-01-01T00:00:00Z"}).invited_at == datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValidationError, match="invited_at"):
        validated(Member, {**facts, "invited_at": moment})


def test_moments_are_iso_8601_in_json() -> None:
    moment = datetime(2026, 1, 1, 12, 0, 0, 5000, tzinfo=UTC)
    assert as_json({"at": moment, "of": Entity(registration_number="1", country="US")}) == {
        "at": "2026-01-01T12:00:00.005000Z",
        "of": {"registration_number": "1", "country": "US", "kind": None, "legal_name": None},
    }
