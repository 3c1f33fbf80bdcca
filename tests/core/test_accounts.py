"""Usernames: a free one, made from a shop's name, and those that people type."""

import pytest

from core.errors import InvalidInput
from core.workspace import Workspace
from tests.support import add_account


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
