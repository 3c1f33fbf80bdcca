"""Rows that another program wrote, read as models."""

import pytest

from core.errors import Damaged
from core.models import Event, Member
from core.store.rows import from_row


@pytest.mark.parametrize("row", [{}, {"invited_at": "soon"}, {"invited_at": 10**30}], ids=["no columns", "a word", "too late"])
def test_a_row_that_is_no_model_is_reported_as_damaged(row: dict[str, object]) -> None:
    with pytest.raises(Damaged, match="A member in the workspace can't be read"):
        from_row(Member, row)


WHOLE = {
    "id": "mem-1",
    "account": "lumen.org",
    "contact": "maya@lumen.example",
    "role": "admin",
    "state": "active",
    "invited_at": 0,
    "accept_by": None,
    "accepted_at": 1,
    "removed_at": None,
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("role", "owner"),
        ("contact", None),
        ("contact", 7),
        ("contact", b"x"),
        ("invited_at", -1),
        ("invited_at", 1.5),
        ("state", None),
    ],
)
def test_a_column_that_holds_something_else_is_named(column: str, value: object) -> None:
    assert from_row(Member, WHOLE).role == "admin"
    with pytest.raises(Damaged, match=rf"\({column}\)"):
        from_row(Member, {**WHOLE, column: value})


@pytest.mark.parametrize("details", ["[]", '[["a", 1]]', '"a"', "{", "", None, b"{}", '{"a": "\\ud800"}', "[" * 99_999])
def test_details_that_are_no_table_are_reported_as_damaged(details: object) -> None:
    row = {
        "id": "evt-1",
        "entry": "evt-1",
        "at": 0,
        "recorded_at": 0,
        "kind": "shop.added",
        "actor": "maya",
        "entered_by": "maya",
    }
    row |= {"summary": "Added", "details": details}
    assert from_row(Event, {**row, "details": '{"a": 1, "b": "\\ud83d\\ude00"}'}).details == {"a": 1, "b": "😀"}
    with pytest.raises(Damaged, match=r"\(details\)"):
        from_row(Event, row)
