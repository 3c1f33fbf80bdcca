"""Many shops are counted in a thread, before the screens or while they go on."""

from collections.abc import Callable

import pytest

from core.workspace import Workspace
from tests.support import add_shop
from tests.tui.support import finished, press, text_of, until
from tui import counting
from tui.app import ShoplinkApp
from tui.widgets.shop_bar import ShopBar


async def test_a_repaint_that_counts_many_shops_keeps_the_question_that_is_open(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK", 1)
    app = app_on("record")
    for name in ("Lumen", "Birch"):
        add_shop(app.workspace, name)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "q")
        app.repaint()
        await finished(pilot, "count")
        await press(pilot, "tab", "enter")
        assert app._exit


@pytest.mark.parametrize("changed", [False, True])
async def test_shops_counted_before_the_screens_are_shown_unless_something_changed_since(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch, *, changed: bool
) -> None:
    monkeypatch.setattr(counting, "QUICK", 1)
    app = app_on("record")
    for name in ("Lumen", "Birch"):
        add_shop(app.workspace, name)
    early = app.first_counting = counting.begin(app.workspace)
    assert early
    early.counts.result()
    if changed:
        with Workspace.open(app.path, actor="jo", clock=app.clock) as other:
            add_shop(other, "Maple")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: any(bar.counts for bar in app.screen.query(ShopBar)))
        assert f"{3 if changed else 2} without" in text_of(pilot)
        assert (app.screen.query_one(ShopBar).counts == early.known) is not changed


async def test_counts_that_are_known_before_the_page_is_painted_are_shown(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK", 1)
    monkeypatch.setattr(counting.Counting, "known", None)  # it ends right after it was asked
    app = app_on("agency")
    early = app.first_counting = counting.begin(app.workspace)
    assert early
    early.counts.result()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        assert "1 of 140" in text_of(pilot)
