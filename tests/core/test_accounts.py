"""Accounts by id, and usernames: a free one, made from a shop's name, and those that people type."""

from pathlib import Path

import pytest

from core import exchange
from core.errors import InvalidInput, NotFound
from core.models import Role
from core.workspace import Workspace
from tests.support import add_account, add_shop


@pytest.mark.parametrize(
    ("name", "taken", "suggested"),
    [
        ("Lumen Candle Co.", [], "lumen.candle.co"),
        ("Lumen Candle Co.", ["lumen.candle.co"], "lumen.candle.co2"),
        ("灯りの店", [], "shop"),
        ("灯りの店", ["shop", *(f"shop{number}" for number in range(2, 120))], "shop120"),
        ("L" * 60, ["l" * 24, *("l" * 23 + str(number) for number in range(2, 10))], "l" * 22 + "10"),
        ("X", [], "x.shop"),
    ],
)
def test_a_suggested_username_is_free(workspace: Workspace, name: str, taken: list[str], suggested: str) -> None:
    for username in taken:
        add_account(workspace, username)
    assert workspace.accounts.suggest_username(name) == suggested


@pytest.mark.parametrize("typed", ["maple.wick", "@Maple.Wick", "https://www.tiktok.com/@maple.wick?lang=en"])
def test_a_new_username_is_read_in_any_writing(workspace: Workspace, typed: str) -> None:
    assert workspace.accounts.new_username(typed) == "maple.wick"


@pytest.mark.parametrize("typed", ["", "no spaces here", "lumen.candles"])
def test_a_username_that_cannot_be_or_is_taken_is_none_for_a_new_account(workspace: Workspace, typed: str) -> None:
    add_account(workspace, "lumen.candles")
    with pytest.raises(InvalidInput) as caught:
        workspace.accounts.new_username(typed)
    assert caught.value.field == "username"


@pytest.mark.parametrize(("field", "typed"), [("phone", "ann@lumen.example"), ("email", "+1 555 010 0142")])
def test_a_phone_is_no_email_and_an_email_no_phone(workspace: Workspace, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        workspace.accounts.state("lumen.candles", **{field: typed})
    assert caught.value.field == field
    assert workspace.accounts.known("lumen.candles") is None


def test_a_former_username_is_told_wherever_it_stands_for_an_account(workspace: Workspace, tmp_path: Path) -> None:
    shop = add_shop(workspace)
    workspace.accounts.state("wick", region="US")
    workspace.accounts.rename("wick", "wickstudio")
    said = ("@wick is a former username of @wickstudio. This is about @wickstudio.",)
    assert workspace.accounts.former_notes("https://www.tiktok.com/@Wick") == said
    assert workspace.accounts.former_notes("wickstudio") == workspace.accounts.former_notes("never.seen") == ()
    assert workspace.links.check("wick", shop.code, Role.OFFICIAL).former == said
    for sheet in (
        "username,standing\nwick,good\n",
        f"shop,username,role,linked_at\n{shop.code},wick,official,2026-06-01\n",
    ):
        (tmp_path / "sheet.csv").write_text(sheet)
        assert exchange.import_file(workspace, tmp_path / "sheet.csv").notes == said
    workspace.accounts.state("wick2")
    workspace.accounts.rename("wick2", "wick")
    assert workspace.accounts.former_notes("wick") == ()


def test_an_account_is_found_by_its_id_whatever_its_username_until_it_is_removed(workspace: Workspace) -> None:
    id = add_account(workspace, "maple.wick").id
    workspace.accounts.rename("maple.wick", "maple.and.wick")
    assert workspace.accounts.by_id(id).username == "maple.and.wick"
    workspace.accounts.remove("maple.and.wick")
    with pytest.raises(NotFound):
        workspace.accounts.by_id(id)
