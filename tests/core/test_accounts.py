"""Suggested usernames: a free one, made from a shop's name."""

import pytest

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
