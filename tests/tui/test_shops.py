"""The list of shops: searching, moving, opening, adding, at any length."""

import re
from collections.abc import Callable

from tests.support import BIRCH, add_account, add_shop, linked
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.messages import OpenPlace
from tui.screens.settings import Settings
from tui.screens.shops import Shops
from tui.widgets.detail import Detail
from tui.widgets.states import link_state


async def test_names_of_any_width_keep_the_columns_straight(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    for name in ("光の蝋燭店・公式ショップ・東京", "A very long name of a shop that goes on", "B"):
        add_shop(app.workspace, name)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        rows = app.screen.query_one("#rows")
        cells = {option.prompt.plain.index("US ") for option in rows.options}
        widths = {option.prompt[: option.prompt.plain.index("US ")].cell_length for option in rows.options}
        assert widths == {21}, cells
        assert "A very long name of…" in text_of(pilot)
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert "A very long name of a shop t…" in text_of(pilot)  # what the row leaves


async def test_each_state_and_what_is_due_are_seen_at_every_width(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    summaries = app.workspace.shops.page(limit=30).shops
    assert len({summary.official for summary in summaries}) == 5  # none, each open state, linked
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, "escape")
        for columns in (120, 80, 60):
            await pilot.resize_terminal(columns, 60)
            await press(pilot)
            shown = [line[:76] for line in text_of(pilot).splitlines()]  # without the details beside the list
            for summary in summaries:
                row = next(line for line in shown if line.lstrip(" ▌").startswith(f"{summary.shop.name} "))
                assert link_state(summary.official, brief=True).plain in row
                assert (f" {summary.due} due " in row) == bool(summary.due)
                assert (f" {summary.upcoming} upcoming " in row) == bool(summary.upcoming and not summary.due)
                assert "…" not in row


async def test_due_is_said_only_of_what_is_not_ahead_and_counted_alike_in_all_places(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    workspace = app.workspace
    summaries = workspace.shops.page(limit=200).shops
    for summary in summaries:
        ahead = [reminder.at > workspace.now() for reminder in workspace.reminders.find(summary.shop.id)]
        assert (summary.due, summary.upcoming) == (ahead.count(False), ahead.count(True))
    due = sum(bool(summary.due) for summary in summaries)
    assert 0 < due < sum(bool(summary.upcoming) for summary in summaries) + due
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        assert f"◔ {due} due" in text_of(pilot)
        one = next(summary for summary in summaries if summary.upcoming and not summary.due)
        app.post_message(OpenPlace("settings", one.shop.id))
        await press(pilot)
        assert re.search(rf"Reminders +◔ {one.upcoming} upcoming", text_of(pilot))


async def test_a_pending_marketing_request_is_no_official_account_and_not_yet_a_marketing_account(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "s", "s", "slash", "type:Amber Games", "enter")
        assert re.search(r"Amber Games .* ○ not linked  1 invited", text_of(pilot))
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert re.search(r"Official +○ no official account", text_of(pilot))
        assert re.search(r"Marketing +0 of \d, 1 invited", text_of(pilot))
        await press(pilot, "enter", "2")
        assert re.search(r"2 Marketing Accounts 0 of \d", text_of(pilot))


async def test_a_reminder_beside_the_list_is_not_broken_within_a_username(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace, "luna.bake.shop.official1")
    linked(app.workspace, shop, "luna.bake.shop.official1")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "escape")
        assert "@luna.bake.shop.official1 can be" in text_of(pilot)


async def test_a_shop_is_found_and_escape_leads_back_to_all_of_them(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    add_shop(app.workspace, "Birch & Bloom", "GB", BIRCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "slash")
        await press(pilot, "type:@lumen.candles")
        assert [option.id for option in app.screen.query_one("#rows").options] == [app.workspace.shops.get("USLCDEMO01").id]
        await press(pilot, "enter")
        footer = text_of(pilot).splitlines()[-1] + " "
        for key in ("esc Back", "d Desk", "? Help", "/ Find", "a Add", "i Import"):
            assert f"{key} " in footer
        await press(pilot, "slash", "ctrl+u", "type:[/]")
        assert "No matching shops" in text_of(pilot)
        await press(pilot, "escape", "escape")
        assert app.screen.query_one("#rows").option_count == app.workspace.shops.count()
        await press(pilot, "escape")
        assert isinstance(app.screen, Shops)


async def test_enter_after_a_search_opens_the_match(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    birch = add_shop(app.workspace, "Birch & Bloom", "GB", BIRCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", "type:birch", "enter", "enter")
        assert isinstance(app.screen, Settings)
        assert app.screen.shop_id == birch.id


async def test_j_and_k_move_like_the_arrows_and_stop_on_the_first_row(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    for number in range(4):
        add_shop(app.workspace, f"Shop {number}")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "down", "j", "k", "up")
        assert app.screen.query_one("#rows").highlighted == 1
        for key in ("up", "up", "k"):
            await press(pilot, key)
            assert app.screen.query_one("#rows").highlighted == 0


async def test_a_legal_entity_known_by_another_name_is_reported_while_typing(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    typed = ("Lumen Lights", "US", "Lumen Lights Inc", "", "84-1234567")
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "escape", "a")
        for text in typed:
            assert "known here" not in text_of(pilot)
            await press(pilot, *([f"type:{text}"] if text else []), "tab")
        told = " ".join(text_of(pilot).split())
        assert "already belongs to “Lumen Candle Company LLC”, company" in told
        await press(pilot, *["enter"] * 4)
        assert [app.workspace.shops.seller(s.shop).entity.legal_name for s in app.workspace.shops.page().shops] == [
            "Lumen Candle Company LLC"
        ] * 2


async def test_the_last_row_of_the_settings_leads_to_all_shops(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, Shops)


async def test_the_side_tells_of_the_row_under_the_cursor(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    for name, region in (("Aster", "US"), ("Birch", "GB")):
        add_shop(app.workspace, name, region)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        detail = app.screen.query_one(Detail)
        assert [card.title.plain for card in detail.cards] == ["Aster", "Reminders"]
        assert "╭─ Aster ───" in text_of(pilot)
        await press(pilot, "down")
        assert [card.title.plain for card in detail.cards] == ["Birch", "Reminders"]
        assert "╭─ Birch ───" in text_of(pilot)
        assert re.search(r"Region +GB ", text_of(pilot))


async def test_shops_are_filtered_and_counted_by_state_and_region_and_sorted_by_due_date(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        assert isinstance(app.screen, Shops)
        shops = app.workspace.shops
        assert "1 of 140" in text_of(pilot)  # of all, though only some are read
        await press(pilot, "s", "s", "r")
        assert "1 of 140" not in text_of(pilot)
        ids = [option.id for option in app.screen.query_one("#rows").options]
        assert ids
        for id in ids:
            live = [link for link in app.workspace.links.find(shop=id) if link.is_open]
            assert live
            assert shops.get(id).region == shops.regions()[0]
        await press(pilot, "s", "s", *["r"] * len(shops.regions()), "o")
        first = app.screen.query_one("#rows").options[0].id
        due = app.workspace.reminders.find()
        assert first in {reminder.shop.id for reminder in due if reminder.at == due[0].at}


async def test_a_new_shops_name_is_judged_while_it_is_typed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace, "Lumen")

    def note() -> str:
        return " ".join(str(app.screen.query_one("#field-name .field-note").render()).split())

    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "a", "type:Lumen")
        assert "TikTok may review" not in note()  # not before the market is known
        await press(pilot, "enter", "type:vn")
        assert note().endswith("TikTok may review a new name.")
        for name in ("region", "name"):
            app.screen.query_one(f"#{name}").value = ""
        app.screen.query_one("#region").value = "US"
        await press(pilot)
        assert "TikTok may review" not in note()
        app.screen.query_one("#name").value = "Lumen"
        await press(pilot)
        assert "Another shop of this market in this record has this name." in note()
