"""Rows that another program left, read as models."""

import pytest

from core.errors import Damaged
from core.models import Member
from core.store.rows import from_row


@pytest.mark.parametrize("row", [{}, {"invited_at": "soon"}, {"invited_at": 10**30}], ids=["no columns", "a word", "too late"])
def test_a_row_that_is_no_model_is_told_as_damaged(row: dict[str, object]) -> None:
    with pytest.raises(Damaged, match="A member in the workspace cannot be read"):
        from_row(Member, row)
