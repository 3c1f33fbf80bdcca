"""The short form of the proof: every promise of tests/README.md is attacked on every run of the tests."""

from pathlib import Path

import pytest

from tests.proof.part import PARTS, Run, part

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize("name", PARTS)
def test_the_promise_holds_in_the_short_form_of(name: str, tmp_path: Path) -> None:
    assert part(name).prove(Run(tmp_path, seed=1))


@pytest.mark.parametrize("name", PARTS)
def test_the_readme_states_the_promise_of(name: str) -> None:
    text = " ".join(README.read_text(encoding="utf-8").split())
    assert f"(`{name}`)" in text
    assert part(name).PROMISE in text
