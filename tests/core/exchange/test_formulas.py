"""No cell that we write is a formula, and a guarded cell is read back unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.formulas import guarded, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+1 555", "-1", "@SUM(1)", "\t=1", "\r=1", "'=1", "''@x", "＝1+1"])
def test_formulas_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Lumen", "'tis", "a=1", "1-1"])
def test_everything_else_is_unchanged(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


@given(st.text(alphabet="'=+-@\t\ra1"))
def test_a_guarded_cell_is_read_back_unchanged(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
