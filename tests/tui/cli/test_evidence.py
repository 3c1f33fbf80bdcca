"""evidence: a link or a shop by any of its names, and a folder that is never replaced."""

import hashlib
from pathlib import Path

import pytest

from tests.tui.cli.support import Run


@pytest.mark.parametrize(("subject", "pages"), [("@lumen.candles", 5), ("USLCDEMO01", 6), ("lumen.candles", 5)])
def test_a_link_or_a_shop_is_found_by_any_of_its_names(cli: Run, tmp_path: Path, subject: str, pages: int) -> None:
    assert cli("init", "--practice", "linked")[0] == 0
    out = tmp_path / "made"
    code, document = cli("evidence", subject, "--out", str(out))
    assert code == 0
    assert len(document["files"]) == pages
    for file in document["files"]:
        assert hashlib.sha256(Path(file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert {Path(file["path"]).name for file in document["files"]} | {"SHA256SUMS"} == {path.name for path in out.iterdir()}


def test_by_a_links_id_and_as_text(cli: Run, tmp_path: Path) -> None:
    assert cli("init", "--practice", "just-linked")[0] == 0
    link = next(link["id"] for link in cli("links")[1]["links"] if link["role"] == "official")
    code, text = cli("evidence", link, "--out", str(tmp_path / "made"), text=True)
    assert (code, text) == (0, f"Written to {tmp_path / 'made'}: 5 files, and SHA256SUMS with their checksums.\n")


def test_what_is_not_there_is_not_found(practice: Run, tmp_path: Path) -> None:
    for subject in ("nobody", "lnk-nothing", "@nobody"):
        code, document = practice("evidence", subject, "--out", str(tmp_path / "made"))
        assert (code, document["error"]["code"]) == (4, "not_found")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("USLCDEMO0", "Did you mean USLCDEMO01?"),
        ("@lumen.candle", "Did you mean lumen.candles?"),
        ("@wax.and.wick", "@wax.and.wick has no link."),
    ],
)
def test_what_is_nearly_there_is_answered_with_it(practice: Run, tmp_path: Path, subject: str, told: str) -> None:
    code, document = practice("evidence", subject, "--out", str(tmp_path / "evidence"))
    assert code == 4
    assert told in document["error"]["message"] + document["error"]["remedy"]


def test_a_folder_with_files_is_refused(practice: Run, tmp_path: Path) -> None:
    code, document = practice("evidence", "USLCDEMO01", "--out", str(tmp_path))
    assert (code, document["error"]["code"]) == (3, "exists")
    assert not (tmp_path / "index.html").exists()
