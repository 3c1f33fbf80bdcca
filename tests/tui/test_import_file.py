"""Importing a file on the screens: checked first, then done; problems are shown, and stopping leaves no trace."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from core import exchange
from core.models import WorkspaceKind
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop, everything
from tests.tui.support import finished, press, text_of, until
from tui.app import ShoplinkApp
from tui.screens import import_file
from tui.screens.import_file import ImportFile, TakeIn
from tui.screens.shops import Shops

AppOn = Callable[..., ShoplinkApp]
TO_IMPORT = ("tab", "tab", "enter")
SHEET = "code,name,region,legal_name,entity_kind,registration_number,country\nUSLC1,Birch,US,Birch LLC,company,84-1,US\n"


async def test_an_export_makes_the_record_workspace_once_it_is_confirmed(app_on: AppOn, clock: StoppedClock) -> None:
    app = app_on("")
    with Workspace.in_memory(actor="maya", clock=clock) as source:
        add_shop(source, "Birch & Bloom")
        Path("shops.json").write_text(json.dumps(exchange.document(source)))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TO_IMPORT, "type:shops.json", "enter")
        await until(pilot, lambda: "Adds: 1 seller, 1 shop" in text_of(pilot))
        assert not app.path.exists()
        await press(pilot, "enter")
        await until(pilot, lambda: bool(app.workspace))
        await press(pilot)
        assert app.workspace.kind == WorkspaceKind.RECORD
        assert app.path.exists()
        assert "Birch & Bloom" in text_of(pilot)
        app.workspace.close()


async def test_a_sheet_is_imported_into_the_open_workspace_from_the_list_of_files(app_on: AppOn) -> None:
    app = app_on("record")
    Path("shops.csv").write_text(SHEET)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "i", "tab", "enter")
        await until(pilot, lambda: "Adds: 1 seller, 1 shop" in text_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Shops))
        await until(pilot, lambda: "Birch" in text_of(pilot))
        assert "Added 1 seller, 1 shop" in text_of(pilot)
        await press(pilot, "i", "type:shops.csv", "enter")
        await until(pilot, lambda: "Everything in this file is already here." in text_of(pilot))
        await press(pilot, "escape")
        assert isinstance(app.screen, ImportFile)


async def test_the_footer_says_that_enter_previews_the_file(app_on: AppOn) -> None:
    async with app_on("record").run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        assert "enter Preview" in text_of(pilot)


UNREADABLE = (
    ("", None, "Enter a file name."),
    ("nothing.json", None, "doesn't exist"),
    (".", None, "it is a folder"),
    ("~nobody-here/x.json", None, "doesn't exist"),
    ("a.json", b"{ not json", "is not JSON"),
    ("a.json", b"\xff\xfe\x00", "not text in UTF-16"),
    ("a.json", b"[" * 100_000, "is not JSON"),
    ("a.json", b"{}", "not a file that shoplink exported"),
    ("a.csv", b"a[b]a[/b],b\n", "doesn't say what the file lists"),
)
"""What is typed, what the file has, and what the page says. No two in a row get the same message."""


async def test_an_unreadable_file_is_reported_at_its_field(app_on: AppOn) -> None:
    app = app_on("")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TO_IMPORT)
        for typed, content, message in UNREADABLE:
            if content is not None:
                Path(typed).write_bytes(content)
            await press(pilot, "ctrl+u", *([f"type:{typed}"] if typed else []), "enter")
            await until(pilot, lambda message=message: message in " ".join(text_of(pilot).split()))
            assert app.focused.value == typed
            assert not app.path.exists()


async def test_a_dragged_sheet_is_read_and_what_is_odd_in_it_is_reported_first(app_on: AppOn) -> None:
    app = app_on("record")
    Path("my shops.csv").write_bytes(SHEET.replace("Birch,", "Été,").encode("cp1252"))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "i", "type:'my shops.csv'", "enter")
        await until(pilot, lambda: "Adds: 1 seller, 1 shop" in text_of(pilot))
        assert "was read as Windows-1252: check “Été”" in " ".join(text_of(pilot).replace("│", " ").split())


async def test_what_was_skipped_is_said_beside_the_problems(app_on: AppOn) -> None:
    app = app_on("record")
    Path("accounts.csv").write_text("username,standing,colour\nmaplewick,odd,red\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "type:accounts.csv", "enter")
        await until(pilot, lambda: "1 problem." in text_of(pilot))
        assert "! The column “colour” was skipped" in text_of(pilot)


async def test_problems_are_reported_with_their_lines_and_nothing_is_imported(app_on: AppOn) -> None:
    app = app_on("record")
    before = everything(app.workspace)
    Path("shops.csv").write_text(SHEET + "USLC2,[b]Bad[/b],US,B LLC,club,84-2,US\n")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "i", "type:shops.csv", "enter")
        await until(pilot, lambda: "1 problem." in text_of(pilot))
        assert "line 3, entity_kind: must be one of: company, individual" in text_of(pilot)
        await press(pilot, "enter")  # the only button goes back
        assert isinstance(app.screen, ImportFile)
        assert app.screen.query_one("#file").value == "shops.csv"
        assert everything(app.workspace) == before


async def test_what_was_wrong_with_the_last_file_is_forgotten_when_one_is_read(app_on: AppOn) -> None:
    app = app_on("record")
    Path("shops.csv").write_text("nothing\n1\n")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "i", "type:shops.csv", "enter")
        await until(pilot, lambda: "First line doesn't say" in text_of(pilot))
        Path("shops.csv").write_text(SHEET)
        await press(pilot, "enter")
        await until(pilot, lambda: "Adds: 1 seller, 1 shop" in text_of(pilot))
        assert "First line doesn't say" not in text_of(pilot)


async def test_a_file_damaged_after_it_was_checked_makes_no_workspace(app_on: AppOn) -> None:
    app = app_on("")
    Path("shops.csv").write_text(SHEET)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TO_IMPORT, "type:shops.csv", "enter")
        await until(pilot, lambda: "Adds: 1 seller, 1 shop" in text_of(pilot))
        Path("shops.csv").write_text(SHEET.replace("US,", "XX,", 1))
        await press(pilot, "enter")
        await until(pilot, lambda: "1 problem." in text_of(pilot))
        await finished(pilot, "import")
        assert not app.workspace
        assert not app.path.exists()


async def test_a_file_name_with_control_characters_is_not_offered(app_on: AppOn) -> None:
    app = app_on("record")
    Path("odd\x1b]0;x\x07.csv").write_text(SHEET)
    Path("[b]fine.csv").write_text(SHEET)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "i")
        assert "[b]fine.csv" in text_of(pilot)
        assert "odd" not in text_of(pilot)


async def test_stopping_an_import_leaves_no_trace(app_on: AppOn, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("record")
    before = everything(app.workspace)
    Path("shops.csv").write_text(SHEET)
    reading, go_on = threading.Event(), threading.Event()
    real = import_file.import_file

    def slow(*arguments: object, **options: object) -> object:
        reading.set()
        go_on.wait(20)
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(import_file, "import_file", slow)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "i", "type:shops.csv", "enter")
        await until(pilot, reading.is_set)
        assert isinstance(app.screen, TakeIn)
        await press(pilot, "escape")
        assert isinstance(app.screen, ImportFile)
        go_on.set()
        await finished(pilot, "import")
        assert everything(app.workspace) == before
