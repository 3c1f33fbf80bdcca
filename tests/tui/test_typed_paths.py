"""Paths as they are typed, and as a terminal writes a file that is dragged into it."""

from pathlib import Path

import pytest

from tui.typed_paths import typed_path


@pytest.mark.parametrize(
    "typed",
    [
        "{path}",
        "  {path} ",
        "'{path}'",
        '"{path}" ',
        "{escaped}",
        "file://{quoted}",
    ],
)
def test_a_dragged_file_is_found(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "my shops (1).csv"
    path.touch()
    escaped = str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")
    assert typed_path(typed.format(path=path, escaped=escaped, quoted=str(path).replace(" ", "%20"))) == path


def test_a_name_with_quotes_or_spaces_that_is_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("'quoted'", "it's mine.csv", "a\\ b"):
        Path(name).touch()
        assert typed_path(name) == Path(name)


@pytest.mark.parametrize("name", ["it's new.csv", "new shops.csv", "", "a\\"])
def test_a_name_that_is_not_there_stays(name: str) -> None:
    assert typed_path(name) == Path(name)
