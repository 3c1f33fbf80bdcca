"""Files in and out on the command line: pipes, encodings, what Excel opens."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.support import SELLER, Run
from tui.cli import run

SHEET = "code;name;region;legal_name;entity_kind;registration_number;country\nFRX1;Été;UK;Été SARL;company;84-1;FR\n"


def shoplink(db: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tui.cli", "--db", str(db), *arguments]
    changed = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **environment}
    return subprocess.run(command, input=stdin, capture_output=True, env=changed, check=False, timeout=60)


@pytest.fixture
def record(cli: Run, tmp_path: Path) -> Path:
    assert cli("init", "--record")[0] == 0
    return tmp_path / "w.db"


def test_a_sheet_comes_in_on_stdin(record: Path) -> None:
    done = shoplink(record, "import", "-", stdin=SHEET.encode("cp1252"))
    assert done.returncode == 0, done.stderr
    assert b"Added 1 seller, 1 shop" in done.stdout
    assert b"Windows-1252" in done.stderr


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="no shell that has <(…)")
def test_a_sheet_comes_in_from_another_program(record: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet").write_text(SHEET, encoding="utf-8")
    command = f"{sys.executable} -m tui.cli --db {record} import <(cat {tmp_path / 'sheet'}) --json"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, check=False, timeout=60)
    assert (done.returncode, b'"sellers": 1' in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_documents_on_stdout_are_in_utf_8_whatever_the_locale(record: Path, tmp_path: Path, locale: str) -> None:
    (tmp_path / "shops.csv").write_text(SHEET.replace("SARL", "光"), encoding="utf-8")
    assert shoplink(record, "import", str(tmp_path / "shops.csv")).returncode == 0
    assert shoplink(record, "add-account", "ete", "--nickname", "Été 光").returncode == 0
    sheet = shoplink(record, "history", "--csv", LC_ALL=locale)
    assert "Shop Été added" in sheet.stdout.decode("utf-8")
    assert shoplink(record, "export", LC_ALL=locale).stdout.isascii()


def test_reminders_are_in_utf_8_whatever_the_locale(cli: Run, tmp_path: Path) -> None:
    cli("init", "--practice", "just-linked")
    cli("rename-shop", "USQFDEMO01", "Été 光", "--yes")
    done = shoplink(tmp_path / "w.db", "reminders", "--ics", LC_ALL="C")
    assert "(Été 光)" in done.stdout.decode("utf-8").replace("\r\n ", "")


def test_the_history_in_a_file_opens_in_excel(cli: Run, tmp_path: Path) -> None:
    cli("init", "--practice", "just-linked")
    cli("rename-shop", "USQFDEMO01", "Été", "--yes")
    out = tmp_path / "history.csv"
    assert cli("history", "--csv", "--out", str(out)) == (0, {"out": str(out)})
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert any("Été" in row["summary"] for row in rows)
    code, error = cli("history", "--csv", "--out", str(out))
    assert (code, error["error"]["code"], out.read_bytes()) == (3, "exists", raw)
    assert cli("history", "--out", str(out))[0] == 2


def test_what_is_no_file_is_reported(record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("/dev/zero", str(tmp_path), str(tmp_path / "none.csv")):
        assert run(["--db", str(record), "import", path]) == 2
    told = capsys.readouterr().err
    for words in ("it is a device", "it is a folder", "doesn't exist"):
        assert words in told


def test_a_sheet_of_links_against_a_rule_is_imported_anyway(cli: Run, tmp_path: Path) -> None:
    cli("init", "--record")
    assert cli("add-shop", "--name", "Maple Wick", "--code", "USLCMAPLE1", *SELLER)[0] == 0
    sheet = tmp_path / "links.csv"
    head = "shop,username,role,linked_at,unlinked_at\n"
    sheet.write_text(f"{head}USLCMAPLE1,one,official,2026-01-05T08:00,2026-01-05T12:00\nUSLCMAPLE1,two,marketing,2026-01-05,\n")
    code, refused = cli("import", str(sheet))
    assert (code, [(one["line"], one["anyway"]) for one in refused["problems"]]) == (2, [(2, True)])
    assert cli("import", str(sheet), text=True)[1].endswith("import the file with --anyway.\n")
    code, done = cli("import", str(sheet), "--anyway")
    assert (code, done["against"]) == (0, ["official.unlink-wait"])
    assert (done["created"]["links"], done["created"]["accounts"]) == (2, 2)
    against = {link["account"]["username"]: link["against"] for link in cli("links")[1]["links"]}
    assert against == {"one": ["official.unlink-wait"], "two": []}
    [recorded] = cli("history", "--account", "one", "--kind", "link.recorded")[1]["events"]
    assert recorded["against"] == ["official.unlink-wait"]
    assert cli("import", str(sheet))[1]["against"] == []  # it is there already


def test_a_handover_within_one_day_is_told_with_its_remedy_in_a_sheet_too(cli: Run, tmp_path: Path) -> None:
    cli("init", "--record")
    assert cli("add-shop", "--name", "Maple Wick", "--code", "USLCMAPLE1", *SELLER)[0] == 0
    sheet = tmp_path / "links.csv"
    first = "shop,username,role,linked_at,unlinked_at\nUSLCMAPLE1,one,official,2026-01-05,2026-02-01\n"
    sheet.write_text(f"{first}USLCMAPLE1,two,official,2026-02-01T10:00,\n")
    [problem] = cli("import", str(sheet))[1]["problems"]
    assert problem["message"].endswith("If both happened on the same day, enter both with their times.")
    assert "until Sun Feb 1, 2026, end of day" in cli("import", str(sheet), text=True)[1]


def test_a_sheet_that_is_no_matter_of_anyway_does_not_offer_it(practice: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "links.csv"
    sheet.write_text("shop,username,role,linked_at\nUSLCDEMO01,lumen.candles,official,2027-13-05\n")
    assert "--anyway" not in practice("import", str(sheet), text=True)[1]
    assert practice("import", str(sheet), "--anyway")[0] == 2


@pytest.mark.parametrize("command", ["export --out -", "history --csv --out -", "backup -", "evidence USLCDEMO01 --out -"])
def test_a_dash_names_no_file_to_write(practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, answer = practice(*command.split())
    assert code == 2
    assert answer["error"]["message"].endswith(": - is not a file here. Write ./- if a file has that name.")
    assert not Path("-").exists()
