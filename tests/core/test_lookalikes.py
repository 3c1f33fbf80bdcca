"""Names that look alike are pointed out; names that are merely similar are not."""

from pathlib import Path

import pytest

from core import lookalikes
from core.models import Role
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop, linked, record_workspace

LIKE = [
    "lurnen.candles",
    "lumen_candles",
    "lumen..candles",
    "1umen.candles",
    "lumen.cand1es",
    "iumen.candles",
    "lumen.candl\u0435s",
]


@pytest.mark.parametrize("name", LIKE)
def test_a_lookalike_name_is_found(name: str) -> None:
    assert lookalikes.alike(name, ["lumen.candles", "wax.and.wick"]) == ("lumen.candles",)


@pytest.mark.parametrize("name", ["lumen.candles", "lumen.candle", "lumen.lights", "wax.candles"])
def test_the_same_name_and_a_different_word_are_no_lookalikes(name: str) -> None:
    assert lookalikes.alike(name, ["lumen.candles"]) == ()


def test_names_without_letters_look_alike_only_if_they_do() -> None:
    assert lookalikes.alike("★★★", ["☆☆☆", "!!!", "?"]) == ()
    assert lookalikes.alike("！！", ["!!"]) == ("!!",)


def test_mixed_alphabets_in_a_name_are_noticed() -> None:
    assert lookalikes.mixed("Lumen C\u0430ndle Co.")
    assert not lookalikes.mixed("Lumen Candle Co. 2")
    assert not lookalikes.mixed("\u0421\u0432\u0435\u0447\u0438")
    assert not lookalikes.mixed("光 Candles")


def test_checking_a_link_mentions_a_lookalike_and_blocks_nothing(tmp_path: Path, clock: StoppedClock) -> None:
    with record_workspace(tmp_path, clock) as workspace:
        shop = add_shop(workspace)
        add_account(workspace, "lumen.candles")
        linked(workspace, shop, "lumen.candles", Role.MARKETING)
        for name in ("lurnen.candles", "1umen.candles"):
            add_account(workspace, name)
            check = workspace.links.check(name, shop.code, Role.OFFICIAL)
            assert "lumen.candles" in check.looks_like
            assert not [verdict for verdict in check.verdicts if verdict.stops]
        add_account(workspace, "wax")
        assert workspace.links.check("wax", shop.code, Role.OFFICIAL).looks_like == ()


def test_a_username_that_was_undone_is_no_lookalike(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    past = NOW - 9 * DAY
    link = workspace.links.record_linked("lumen.c0", shop.code, Role.MARKETING, past, past + DAY)
    assert workspace.links.check("lumen.co", shop.code, Role.OFFICIAL).looks_like == ("lumen.c0",)
    workspace.entries.undo(workspace.entries.newest(link=link.id), "It was a typo.")
    assert workspace.links.check("lumen.co", shop.code, Role.OFFICIAL).looks_like == ()


def test_a_shop_name_that_looks_like_another_is_reported(tmp_path: Path, clock: StoppedClock) -> None:
    with record_workspace(tmp_path, clock) as workspace:
        add_shop(workspace, "Lumen Candle Co.")
        other = add_shop(workspace, "Lumen C\u0430ndle Co")
        notes = workspace.shops.name_notes(other.name, other.seller)
        assert len(notes) == 2
        assert "Lumen Candle Co." in notes[0]
        assert workspace.shops.name_notes("Wax and Wick", other.seller) == ()
