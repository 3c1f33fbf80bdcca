"""The file of a sheet: its bytes, its encoding, its separators and its first line."""

import json
import os
import threading
from pathlib import Path

import pytest

from core import exchange
from core.errors import InvalidInput
from core.workspace import Workspace
from tests.core.exchange.sheets import ONE, SHOPS, found, some
from tests.support import imported


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_saved_by_spreadsheets_are_read(workspace: Workspace, tmp_path: Path, separator: str) -> None:
    file = tmp_path / "from-a-spreadsheet.csv"
    text = "Username,Kind\r\nlumen.candles,business\r\n\r\n,\r\n".replace(",", separator)
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert some(exchange.import_file(workspace, file).created) == {"accounts": 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "doesn't say what the file lists"),
        (b"a,b\n1,2\n", "doesn't say what the file lists"),
        (b"username,nickname\n" + b"a" * (2**20 + 1), "has more than 1,048,576 characters"),
        (b'"username\n', "is never closed"),
    ],
    ids=["empty", "unknown", "long", "open"],
)
def test_an_unknown_header_is_reported(workspace: Workspace, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=words):
        exchange.import_file(workspace, file)


def test_a_kind_is_for_a_sheet_alone(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(exchange.document(workspace)))
    with pytest.raises(InvalidInput, match="is for a CSV sheet"):
        exchange.import_file(workspace, file, kind="shops")


def test_a_nul_in_a_cell_is_reported_with_its_place(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"username,nickname\none,ok\ntwo,\x00\nthree,ok\n")
    assert found(exchange.import_file(workspace, file)) == [(3, "nickname")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (("username,nickname\none,ok\n" * 2 + "two,Café,Caf").encode() + b"\xe9\n", 5),
        (b"username,nickname\n" + b"one,ok\n" * 400_000 + b"two,\x81\n", 400_002),
        ("username,nickname\none,Café\n".encode("utf-16-le"), 1),
        ("username,nickname\none,Café\n".encode("utf-16-be"), 1),
        ("username,nickname\none,Café".encode()[:-1], 2),
        ('{"format": "shoplink",\n"version": 1, "shops": "Café"}'.encode("latin-1"), 2),
        ('{"format": "shoplink", "version": 1}'.encode("utf-16"), 1),
    ],
    ids=["mixed", "long", "utf-16-le", "utf-16-be", "cut-off", "json-latin-1", "json-utf-16"],
)
def test_a_file_that_is_not_utf_8_is_reported_with_what_to_do(
    workspace: Workspace, tmp_path: Path, content: bytes, line: int
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=rf"is not text in UTF-8 \(line {line}\)") as caught:
        exchange.import_file(workspace, file)
    assert "CSV UTF-8" in caught.value.remedy


def test_a_sheet_in_windows_1252_is_read_and_the_answer_says_so(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("username,nickname\none,ok\ntwo,“Été” – Café\n".encode("cp1252"))
    result = exchange.import_file(workspace, file)
    assert workspace.accounts.get("two").nickname == "“Été” – Café"
    assert result.notes == ("The file is not in UTF-8 and was read as Windows-1252: check ““Été”” in line 3.",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_sheet_in_utf_16_is_read(workspace: Workspace, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "unicode-text.txt"
    mark = "" if encoding == "utf-16" else "\ufeff"
    file.write_bytes(f"{mark}Username\tNickname\r\none\tCafé\r\ntwo\t光\r\n".encode(encoding))
    assert exchange.import_file(workspace, file).notes == ()
    assert (workspace.accounts.get("one").nickname, workspace.accounts.get("two").nickname) == ("Café", "光")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("named", [True, False])
def test_a_sheet_as_it_comes_from_a_spreadsheet_is_read(
    workspace: Workspace, tmp_path: Path, ending: str, separator: str, named: bool
) -> None:
    lines = [
        *([f"sep={separator}"] if named else []),
        *("", "Country,Shop code,Registration-Number, Entity  kind ,LEGAL NAME,Region,Shop name,,,"),
        *("uk,GBLC1,09 876 543,company,Birch Ltd,UK,Birch,,,", ",,,,,,,,,", ",, ,,,,,,,", ""),
        *("US,USLC1,84-1,company,Lumen LLC,us,Lumen", "US,USLC2,84-1,company,Lumen LLC,XX,Lumen,"),
    ]
    sheet = "".join(
        f"{line.replace(',', separator) if number or not named else line}{ending}" for number, line in enumerate(lines)
    )
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + sheet.encode())
    result = exchange.import_file(workspace, tmp_path / "a.csv")
    assert (found(result), result.notes) == ([(len(lines), "region")], ())
    (tmp_path / "a.csv").write_bytes(sheet.replace("XX", "US").encode())
    assert some(exchange.import_file(workspace, tmp_path / "a.csv").created) == {"sellers": 2, "shops": 3}
    assert workspace.shops.get("GBLC1").region == "GB"
    assert workspace.shops.seller(workspace.shops.get("GBLC1")).entity.country == "GB"


def test_a_first_line_that_says_nothing_is_answered_with_the_columns_of_each_kind(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="First line doesn't say what the file lists") as caught:
        imported(workspace, tmp_path, "code,nmae,region\n")
    for words in ("sheet of shops needs code, name, region;", "accounts needs username", "products needs shop, title, price"):
        assert words in caught.value.remedy


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name here")
def test_a_pipe_is_read_once_and_what_is_no_file_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(SHOPS + ONE.replace("US,", "XX,", 1),))
    writer.start()
    assert found(exchange.import_file(workspace, tmp_path / "pipe", or_pipe=True)) == [(2, "region")]
    writer.join()
    with pytest.raises(InvalidInput, match="is a pipe"):  # a screen reads twice, and waits for nobody
        exchange.import_file(workspace, tmp_path / "pipe")
    with pytest.raises(InvalidInput, match="- doesn't exist"):
        exchange.import_file(workspace, Path("-"))
    (tmp_path / "link").symlink_to("gone")
    for path, words in ((Path("/dev/zero"), "is a device"), (tmp_path, "is a folder"), (tmp_path / "link", "is a link to gone")):
        with pytest.raises(InvalidInput, match=words):
            exchange.import_file(workspace, path)


def test_a_byte_order_mark_is_ignored(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("username,nickname\none,Café\n".encode("utf-8-sig"))
    assert found(exchange.import_file(workspace, file)) == []
    assert workspace.accounts.get("one").nickname == "Café"


def test_a_missing_or_unreadable_file_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.csv", "doesn't exist"), (tmp_path, "can't be read"), (Path("a\0b"), "can't be read")):
        with pytest.raises(InvalidInput, match=words):
            exchange.import_file(workspace, path)
