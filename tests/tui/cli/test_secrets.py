"""Files that the program writes are their owner's alone, and contacts are unmasked only in the owner's export."""

import json
import stat
from pathlib import Path

import pytest

from tests.tui.cli.support import Run
from tests.tui.support import SHORT_TOUR

WHOLE = ("owner@lumen.example", "010 0142", "studio@lumen.example", "ines@lumen.example", "010 0188")


def modes(folder: Path) -> dict[str, str]:
    """Every file and folder below, with its permissions."""
    return {str(path.relative_to(folder)): f"{stat.S_IMODE(path.stat().st_mode):o}" for path in sorted(folder.rglob("*"))}


def test_files_with_contacts_are_readable_by_their_owner_only_and_guides_as_the_umask_says(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.umask._before", [0o022])
    folder = tmp_path / "made"
    workspace = folder / "deep" / "w.db"
    assert cli("init", "--practice", "linked", db=workspace)[0] == 0
    assert cli("export", "--out", str(folder / "all.json"), db=workspace)[0] == 0
    assert cli("backup", str(folder / "backups" / "b.db"), db=workspace)[0] == 0
    assert cli("evidence", "USLCDEMO01", "--out", str(folder / "evidence"), db=workspace)[0] == 0
    assert cli("storyboard", SHORT_TOUR, "--out", str(folder / "guide"), db=workspace)[0] == 0
    found = modes(folder)
    assert len(found) > 8
    for name, mode in found.items():
        published = name.startswith("guide")
        folders, files = ("755", "644") if published else ("700", "600")
        assert mode == (folders if (folder / name).is_dir() else files), name


@pytest.mark.parametrize("scenario", ["linked", "organization", "blocked"])
@pytest.mark.parametrize(
    "arguments",
    [("status", "USLCDEMO01"), ("accounts",), ("links",), ("history", "--limit", "1000"), ("history", "--csv"), ("reminders",)],
    ids=" ".join,
)
def test_contacts_are_masked_in_answers_of_commands(cli: Run, scenario: str, arguments: tuple[str, ...]) -> None:
    cli("init", "--practice", scenario)
    for text in (True, False):
        if not text and "--csv" in arguments:
            continue
        answer = cli(*arguments, text=text)[1]
        told = answer if text else json.dumps(answer)
        for whole in WHOLE:
            assert whole not in told


def test_contacts_are_unmasked_in_the_owners_export(cli: Run) -> None:
    cli("init", "--practice", "organization")
    document = cli("export")[1]
    assert "owner@lumen.example" in {account["email"] for account in document["accounts"]}
    assert all("•" not in member["contact"] for member in document["members"])
