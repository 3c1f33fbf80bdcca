"""Suggested commands name the workspace file that the person named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import NotFound
from tests.tui.cli.support import Run
from tui.app import ShoplinkApp
from tui.cli import run
from tui.cli.hints import naming_file

FILE = Path("my files/w.db")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See the shops with: shoplink shops", "See the shops with: shoplink --db 'my files/w.db' shops"),
        ("(shoplink add-account), or", "(shoplink --db 'my files/w.db' add-account), or"),
        (
            "shoplink init --record or shoplink init",
            "shoplink --db 'my files/w.db' init --record or shoplink --db 'my files/w.db' init",
        ),
        ("Practice with: shoplink demo", "Practice with: shoplink demo"),
        ("Leave shoplink and open it again.", "Leave shoplink and open it again."),
        ("Open it with a newer shoplink.", "Open it with a newer shoplink."),
    ],
)
def test_only_a_command_on_a_workspace_is_given_the_file(text: str, told: str) -> None:
    assert naming_file(text, FILE) == told
    assert naming_file(text, None) == text


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "NOPE"), ("link", "@nobody.here", "--shop", "USLCDEMO01", "--as", "official"), ("authorize", "lnk-none"),
        ("rules", "no.rule"), ("members", "accept", "mem-none"), ("set-product", "prd-none", "--status", "active"),
    ],
)  # fmt: skip
def test_commands_suggested_by_errors_work_on_the_named_file(practice: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    remedy = practice(*arguments)[1]["error"]["remedy"]
    assert f": shoplink --db {tmp_path / 'w.db'} " in remedy


def test_suggested_commands_work_on_the_named_file_even_if_it_does_not_exist(
    practice: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = f"shoplink --db {tmp_path / 'w.db'}"
    practice("link", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--accept-agreement")
    link = practice("links")[1]["links"][0]["id"]
    assert f"with: {named} submit {link}" in practice("authorize", link, text=True)[1]
    assert f"More: {named} history --limit 1 --after" in practice("history", "--limit", "1", text=True)[1]
    monkeypatch.setenv("SHOPLINK_DB", str(tmp_path / "none.db"))
    assert run(["shops"]) == 3
    assert f"To practice: shoplink --db {tmp_path / 'none.db'} init" in capsys.readouterr().err


async def test_a_screen_shows_the_remedy_without_the_command(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test():
        with pytest.raises(NotFound) as caught:
            app.workspace.accounts.get("lumen.candle")
        assert "shoplink accounts" in caught.value.command
        said = app.error_message(caught.value)
        assert (caught.value.remedy in said, "shoplink" in said) == (True, False)


def test_a_remedy_names_the_option_the_command_or_the_moment(practice: Run, cli: Run, tmp_path: Path) -> None:
    official = ("lumen.candles", "--shop", "USLCDEMO01", "--as", "official")
    assert practice("link", *official)[1]["error"]["remedy"] == "Read the agreement, then give --accept-agreement."
    link = practice("link", *official, "--accept-agreement")[1]["id"]
    for act in ("authorize", "submit", "approve"):
        practice(act, link)
    for more in ((), ("--yes",)):
        error = practice("unlink", link, *more)[1]["error"]
        (until,) = (verdict["until"] for verdict in error["verdicts"] if verdict["until"])
        assert error["remedy"] == f"Wait until then. Possible from {until[:16].replace('T', ' ')} UTC."
    cli("--db", str(tmp_path / "record.db"), "init", "--record")
    remedy = cli("--db", str(tmp_path / "record.db"), "undo", "nope")[1]["error"]["remedy"]
    assert remedy.endswith("history")
