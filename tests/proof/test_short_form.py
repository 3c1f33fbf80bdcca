"""The short form of the proof: every promise of tests/README.md is attacked on every run of the tests."""

from pathlib import Path

import pytest

from tests.proof.part import PARTS, Run, prove


@pytest.mark.parametrize("name", PARTS)
def test_the_promise_holds_in_the_short_form_of(name: str, tmp_path: Path) -> None:
    assert f"(`{name}`)" in (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert prove(name, Run(tmp_path, seed=1))
