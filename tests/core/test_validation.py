"""Values from outside: accepted by their types, or refused without repeating their text."""

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from core.exchange.kinds import KINDS
from core.models import Account, Entity, Member, Shop
from core.validation import as_json, problem_words, validated


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


def words(kind: type, facts: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        validated(kind, facts)
    return problem_words(refused.value.errors(include_url=False)[0])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "busines"}, "must be one of: personal, business, organization. Did you mean business?"),
        ({"kind": 7}, "must be one of: personal, business, organization"),
        ({"identity_verified": "maybe"}, "must be yes or no"),
        ({"nickname": 7}, "must be text, in quotation marks"),
        ({"entity": 7}, "must be a table of fields"),
        ({"former": 7}, "must be a list"),
        ({"nope": 7}, "there is no such field"),
        (
            {"converted_at": 46037},
            "“46037” is not a date and time with an offset. Write it with its offset, such as 2026-11-27T15:00:00Z.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_our_words(facts: dict[str, Any], said: str) -> None:
    assert words(Account, {"id": "acc-1", "username": "x", **facts}) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (1001, "must be a whole number from 0 to 1000."),
        (-1, "must be a whole number from 0 to 1000."),
        ("x", "must be a whole number from 0 to 1000."),
        (1.5, "must be a whole number from 0 to 1000."),
    ],
)
def test_what_is_wrong_with_a_number_is_said_in_our_words(before: object, said: str) -> None:
    shop = {"id": "shp-1", "code": "USLC000001", "name": "Lumen", "region": "US", "seller": "sel-1", "unlinks_before": before}
    assert words(Shop, shop) == said


def test_every_type_of_error_has_our_words() -> None:
    for type in get_args(ErrorType):
        try:
            found = problem_words({"type": type, "ctx": {"expected": "'a'"}, "msg": "Value error, ours", "input": 7})
        except KeyError:  # the context that comes with this type
            continue
        assert "should" not in found
        assert "valid" not in found


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.integers()),
    st.dictionaries(st.text(max_size=3), st.integers()),
)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_no_validators_words_are_shown_for_any_value(kind: str, data: st.DataObject) -> None:
    model = KINDS[kind]
    facts = {field.name: data.draw(ANYTHING) for field in fields(model)}
    try:
        validated(model, facts)
    except ValidationError as error:
        for entry in error.errors(include_url=False):
            assert not re.search(r"Input|should|valid|instance|Value error", problem_words(entry)), entry
