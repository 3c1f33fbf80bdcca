"""The history: paging, searching, the detail beside the list, exporting."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from textual.events import Key
from textual.widgets import Input, OptionList, Static

from core.date_words import END_OF_DAY
from core.errors import Damaged
from core.models import EventKind, Role
from core.store import search
from tests.support import DAY, NOW, add_shop
from tests.tui.support import HISTORY, press, text_of, words_of
from tui.app import ShoplinkApp
from tui.listing import PAGE
from tui.screens.history import EventDetail, HistoryPlace
from tui.widgets.card import Card
from tui.widgets.detail import Detail
from tui.widgets.facts import Facts

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"


def entries(rows: OptionList) -> list[str]:
    """The ids of the rows that are entries: the others are days."""
    return [option.id for option in rows.options if option.id]


async def test_no_summary_and_no_author_is_cut_off_and_in_few_columns_the_author_is_below(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        assert "The holder of @slow.evenings accepted  Account holder" in text_of(pilot)
        for columns in (80, 120, 60):
            await pilot.resize_terminal(columns, 24)
            await press(pilot)
            rows = app.screen.query_one("#rows")
            for option in rows.options:
                if option.id:
                    event, lines = app.workspace.history.get(option.id), option.prompt.split("\n")
                    assert all(line.cell_length <= rows.scrollable_content_region.width - 2 for line in lines), columns
                    said = " ".join(" ".join(line.plain for line in lines).split())
                    assert said.endswith(f"{event.summary} {event.actor}")
        lines = [line.strip(" ▌▄▃") for line in text_of(pilot).splitlines()]
        assert lines[lines.index("2:05 PM  The holder of @slow.evenings accepted") + 1] == "Account holder"


async def test_history_is_filtered_by_kind_and_text_and_an_entry_opens(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY, "t")
        rows = app.screen.query_one("#rows")
        assert {app.workspace.history.get(id).kind.split(".")[0] for id in entries(rows)} == {"link"}
        await press(pilot, "slash", "type:approved", "enter", "enter")
        assert isinstance(app.screen, EventDetail)
        text = text_of(pilot)
        assert "Link approved" in text
        assert "Sent to review" in text  # a field's label
        assert not re.search(r"link\.approved|[a-z]_[a-z]|submitted at", text)


@pytest.mark.parametrize("size", [(80, 20), (120, 40)])
async def test_a_search_of_the_newest_entries_only_says_so(
    app_on: Make, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(search, "NEWEST", 5)
    hint = "newest 5 entries: type three letters to search all"
    app = app_on("linked")
    async with app.run_test(size=size) as pilot:
        await press(pilot, *HISTORY, "slash", "type:ad")
        assert hint in text_of(pilot)
        newest = app.screen.query_one("#rows").option_count
        await press(pilot, "d")
        assert hint not in text_of(pilot)
        assert app.screen.query_one("#rows").option_count > newest
        await press(pilot, "backspace", "f5")
        assert hint in text_of(pilot)
        app.repaint()
        await press(pilot)
        assert hint in text_of(pilot)


async def test_history_reads_no_more_pages_than_were_scrolled_to(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY, "v")
        rows = app.screen.query_one("#rows")
        assert len(entries(rows)) == PAGE
        rows.highlighted = PAGE - 2
        await press(pilot)
        assert len(entries(rows)) == len(set(entries(rows))) == 2 * PAGE


async def test_after_a_burst_of_keys_the_detail_shows_the_entry_under_the_cursor(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *HISTORY, "v")
        for keys in (["end"], ["end", "up"], ["up", "end", "home", "down"]):  # the last one has no details
            for key in keys:
                app.post_message(Key(key, None))
            await press(pilot)
            entry = app.workspace.history.get(app.screen.query_one("#rows").marked)
            cards = app.screen.query_one(Detail).cards
            summary = cards[0].parts[0]
            assert isinstance(summary, Static)
            assert (cards[0].title.plain, str(summary.content)) == ("What happened", entry.summary)
            assert len(cards) == (1 if entry.kind == EventKind.WORKSPACE_CREATED else 2), keys


async def test_an_entry_whose_detail_cannot_be_shown_leaves_the_list_usable(
    app_on: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, *HISTORY)
        with monkeypatch.context() as patch:
            patch.setattr(app.workspace.history, "get", Mock(side_effect=Damaged("The file is spoilt.")))
            patch.setattr(app, "repaint", lambda: None)  # polling would repaint it meanwhile
            await press(pilot, "down", "down")
            assert app.screen.query_one("#rows").marked == entries(app.screen.query_one("#rows"))[2]
            assert app._notifications
        await press(pilot, "down")
        assert app.workspace.history.get(app.screen.query_one("#rows").marked).summary in text_of(pilot)


async def test_a_list_is_saved_to_a_new_file_and_never_overwrites_one(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *HISTORY, "t", "e", "enter")
        written = Path(f"history-{SHOP}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert written[0] == "id,entry,at,recorded_at,shop,link,account,actor,entered_by,kind,summary,note,against,undone_by"
        assert len(written) == 1 + len(entries(app.screen.query_one("#rows")))
        await press(pilot, "e")
        app.screen.query_one(Input).value = f"history-{SHOP}.csv"
        await press(pilot, "enter")
        assert "exists already" in text_of(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, HistoryPlace)


async def test_starting_over_closes_an_entry_that_no_longer_exists(app_on: Make) -> None:
    app = app_on("new-shop")
    app.workspace.shops.rename(SHOP, "Amber Studio")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY, "enter")
        assert isinstance(app.screen, EventDetail)
        await press(pilot, "d", "s", "tab", "enter", "escape")
        assert not isinstance(app.screen, EventDetail)
        assert "Amber Studio" not in text_of(pilot)


async def test_an_entry_of_a_day_without_a_time_has_none_in_the_list(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    day = datetime.combine(NOW - 30 * DAY, END_OF_DAY, UTC)
    app.workspace.links.record_linked("maple.live", shop.id, Role.OFFICIAL, day)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        assert "@maple.live" in text_of(pilot)
        assert "end of day" not in text_of(pilot)


async def test_changed_facts_are_named_with_what_they_were_and_are_and_only_they_are_in_the_details(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.shops.state(shop.id, unlinks_before=2)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, *HISTORY, "enter")
        assert "has changed facts: earlier unlinks from 0 to 2" in words_of(pilot, "#page")
        (details,) = [card for card in app.screen.query(Card) if str(card.border_title) == "Details"]
        assert [label for label, _ in details.query_one(Facts).pairs] == ["Earlier unlinks", "Facts entered"]


async def test_a_filter_without_entries_is_left_with_the_same_key(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        empty = 0
        for _ in app.screen.facets[0].values:
            await press(pilot, "t")
            empty += app.focused.id == "begin"
            assert app.focused.id == ("rows" if app.screen.query_one("#rows").option_count else "begin")
        assert empty
        assert (app.screen.facet("type"), app.focused.id) == ("", "rows")
