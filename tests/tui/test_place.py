"""What every place has: help, the way there in TikTok, a correct footer, repainting, and harmless text."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from textual import events
from textual.widgets import Button, OptionList

from core import desk
from core.models import Link, LinkState, Role
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop
from tests.tui.support import REMINDERS, TEAM, press, text_of
from tui import routes
from tui.app import ShoplinkApp
from tui.dialogs.guide import Help
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.shops import Shops
from tui.widgets.choice import Choice
from tui.widgets.facts import Facts
from tui.widgets.keys import Keys
from tui.wizards.link_existing import LinkExisting

TO_REQUEST = ("enter", "enter")
"""The keys from the settings to an open request."""
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "welcome": ("", ()),
    "shops": ("linked", ("escape",)),
    "settings": ("linked", ()),
    "workspace": ("linked", ("down", "enter")),
    "official": ("linked", ("enter",)),
    "marketing": ("linked", ("enter", "2")),
    "existing": ("new-shop", ("enter", "tab", "enter")),
    "organization": ("new-shop", ("enter", "tab", "enter", "tab", "enter")),
    "create": ("new-shop", ("enter", "enter")),
    "unlink": ("linked", ("enter", "u")),
}


def request(workspace: Workspace) -> Link:
    """Request the link of an official account."""
    return workspace.links.request("lumen.candles", "USLCDEMO01", Role.OFFICIAL, agreement=True)


def footer_of(pilot) -> str:  # type: ignore[no-untyped-def]
    return text_of(pilot).splitlines()[-1]


@pytest.mark.parametrize("place", PLACES)
async def test_help_lists_exactly_the_keys_that_work_here_and_the_footer_those_that_fit(
    app_on: Callable[..., ShoplinkApp], place: str
) -> None:
    scenario, keys = PLACES[place]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        working = {
            active.binding.description: active.binding.tooltip
            for active in app.screen.active_bindings.values()
            if active.enabled and active.binding.id
        }
        named = {active.binding.description for active in app.screen.active_bindings.values() if active.enabled}
        footer = app.screen.query_one(Keys)
        shown = [key.words for key in footer.shown]
        focused = {str(app.focused.label)} if isinstance(app.focused, Button) else set()
        focused |= {"Next"} if isinstance(app.focused, Button | Choice) else set()
        assert set(shown) <= named | focused
        assert footer_of(pilot).endswith(f"{footer.shown[-1].shown} {shown[-1]}")
        guide = app.screen.texts["guide"]
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Help)
        *groups, moving = app.screen.query(Facts)
        told = [value.plain for group in groups for _, value in group.pairs]
        assert sorted(f"{name}  {help}" for name, help in working.items()) == sorted(told)
        assert moving.pairs[0][1].plain == "Move between rows, fields, and buttons"
        everywhere = groups[-1].pairs[0][1].plain
        assert everywhere.startswith(("Back", "Where"))  # what belongs to the page comes first
        assert guide[:40] in text_of(pilot)
        await press(pilot, "escape")
        assert not isinstance(app.screen, Help)


async def test_back_is_offered_only_where_there_is_a_way_back(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        assert "Back" in footer_of(pilot)
        await press(pilot, "escape")
        assert "Back" not in footer_of(pilot)
        await press(pilot, "escape")
        assert "Lumen Candle Co." in text_of(pilot)


@pytest.mark.parametrize(
    ("scenario", "keys", "possible", "impossible"),
    [
        ("linked", ("enter",), {"unlink"}, {"submit", "cancel_request"}),
        ("in-review", ("enter",), {"cancel_request"}, {"unlink", "submit"}),
        ("linked", ("enter", "2"), {"link_marketing"}, set()),
        ("organization", TEAM, {"invite", "role"}, set()),
        ("new-shop", TEAM, set(), {"invite", "role"}),
    ],
)
async def test_what_is_possible_is_computed_when_a_place_paints(
    app_on: Callable[..., ShoplinkApp],
    scenario: str,
    keys: tuple[str, ...],
    possible: set[str],
    impossible: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        monkeypatch.setattr(app.workspace.store, "connection", None)  # whoever asks the file now fails
        assert all(app.screen.check_action(action, ()) for action in possible)
        assert not any(app.screen.check_action(action, ()) for action in impossible)
        monkeypatch.undo()


async def test_a_tab_pressed_twice_in_a_burst_replaces_only_its_own_place(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        stack = len(app.screen_stack)
        for key in ("2", "2"):
            app.post_message(events.Key(key, key))
        await press(pilot)
        assert len(app.screen_stack) == stack
        assert app.screen.key == "linked_accounts.marketing"
        await press(pilot, "escape")
        assert app.screen.key == "settings"


async def test_the_desk_is_offered_only_in_practice(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "Desk" not in footer_of(pilot)
        await press(pilot, "d", "question_mark")
        assert "Desk" not in text_of(pilot)
        assert "PRACTICE" not in text_of(pilot)


async def test_where_shows_the_way_in_seller_center_and_the_seller_app_with_its_steps(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("new-shop").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "w")
        assert "Seller Center › My account › Linked TikTok Accounts" in text_of(pilot)
        assert "Seller app › Settings › Linked TikTok Accounts" in text_of(pilot)
        await press(pilot, "w", "enter", "w")
        steps = ("1 Select account type", "2 Input creation information", "3 Link successfully", "4 Log into org account")
        assert all(step in text_of(pilot) for step in steps)
        await press(pilot, "w", "escape", "escape", "escape", "w")
        assert "Only in shoplink" in text_of(pilot)


async def test_the_palette_finds_the_actions_of_this_place(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        names = {command.title: command for command in app.get_system_commands(app.screen)}
        assert {"Unlink", "Where", "Help", "Desk", "Back"} <= names.keys()
        assert "Cancel" not in names  # nothing is pending
        await names["Marketing Accounts"].callback()
        await press(pilot)
        assert "Slot 3" in text_of(pilot)


async def test_a_row_keeps_the_cursor_when_the_place_is_repainted(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j")
        assert app.screen.query_one("#rows").marked == "shop_page"
        app.repaint()
        await press(pilot)
        assert app.screen.query_one("#rows").marked == "shop_page"
        assert app.focused is app.screen.query_one("#rows")


async def test_typing_is_not_disturbed_by_a_change(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(LinkExisting(app.screen.shop_id))
        await press(pilot, "type:lumen", "left", "left")
        add_shop(app.workspace, "Another")
        app.poll()
        await press(pilot, "x")
        assert app.focused.value == "lumxen"


async def test_starting_over_closes_the_places_of_what_no_longer_exists(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    request(app.workspace)
    own = add_shop(app.workspace, "Shop of mine")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *TO_REQUEST)
        assert isinstance(app.screen, LinkExisting)
        app.push_screen(app.shop_screen(own.id))
        await press(pilot, "d", "t", "s", "tab", "enter")
        assert app.workspace.links.find() == ()
        assert not app.workspace.shifted_by
        assert isinstance(app.screen, OfficialAccount)
        await press(pilot, "escape", "escape")
        assert "USLCDEMO01" in text_of(pilot)
        assert "Shop of mine" not in text_of(pilot)


async def test_starting_over_in_another_window_closes_them_too(app_on: Callable[..., ShoplinkApp], clock: StoppedClock) -> None:
    app = app_on()
    request(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_REQUEST)
        assert isinstance(app.screen, LinkExisting)
        with Workspace.open(app.path, actor="other", clock=clock) as other:
            desk.restart(other)
        app.poll()
        await press(pilot)
        assert isinstance(app.screen, OfficialAccount)


HOSTILE = "[/] [b]A\x1b]52;c;QUFB\x07\x9b31m\u202ex\n[@click=app.quit]q[/]"


async def test_hostile_text_written_by_another_program_does_no_harm(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("just-linked")
    with closing(sqlite3.connect(app.path)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for column in ("shop.name", "account.nickname", "account.phone", "account.email", "link.requested_by", "link.linked_by"):
            table, name = column.split(".")
            raw.execute(f"UPDATE {table} SET {name} = ? WHERE {name} IS NOT NULL", (HOSTILE,))
        raw.execute("UPDATE event SET summary = ?, actor = ?", (HOSTILE, HOSTILE))
        raw.execute("UPDATE entity SET legal_name = ?, registration_number = ?", (HOSTILE, HOSTILE))
    raw.close()
    app.workspace.actor = HOSTILE
    walk: list[tuple[str, ...]] = [
        *[(), ("enter",), ("2",), ("1", "u"), ("d",), ("escape", "question_mark"), ("escape", "escape", "escape")],
        *[("down", "enter"), ("escape", "escape"), ("slash", "type:A")],
    ]
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        for keys in walk:
            await press(pilot, *keys)
            shown = text_of(pilot)
            unsafe = [char for char in shown if char != "\n" and (ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char == "\u202e")]
            assert not unsafe, keys
        assert "[/] [b]A" in text_of(pilot)


async def test_a_refusal_shows_its_reason_and_changes_nothing(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "enter")
        assert app.screen.attempt(partial(request, app.workspace)) is None
        await press(pilot)
        assert "Not possible" in text_of(pilot)
        assert "  " not in next(iter(app._notifications)).message
        assert [link.state for link in app.workspace.links.find(shop="USLCDEMO01")].count(LinkState.IN_REVIEW) == 1


async def test_the_mouse_selects_rows_and_tabs(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        await pilot.click("#marketing")
        await press(pilot)
        assert "Slot 1" in text_of(pilot)
        await pilot.click("#official")
        await press(pilot)
        await pilot.click("#create")
        await press(pilot)
        assert "Create an organization account" in text_of(pilot).splitlines()[1] + text_of(pilot).splitlines()[2]


async def test_f2_changes_the_theme_and_loses_nothing(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(LinkExisting(app.screen.shop_id))
        await press(pilot, "type:lumen", "f2")
        assert app.theme == "shoplink-light"
        assert app.focused.value == "lumen"
        await press(pilot, "f2")
        assert app.theme == "shoplink-dark"


async def test_textuals_own_themes_can_be_chosen(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for theme in ("textual-light", "nord", "ansi-dark", "ansi-light"):
            app.theme = theme
            await press(pilot)
            assert "● Linked" in text_of(pilot), theme


async def test_keys_in_the_burst_that_opens_a_place_are_ignored(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        for key in ("enter", "down", "j", "up", "k"):
            app.post_message(events.Key(key, None))
        await press(pilot)
        assert app.is_running
        assert "Official Account" in text_of(pilot)


@pytest.mark.parametrize(("scenario", "keys"), [("organization", TEAM), ("agency", (*REMINDERS, "v"))])
async def test_no_row_is_cut_off_when_the_window_becomes_narrower(
    app_on: Callable[..., ShoplinkApp], scenario: str, keys: tuple[str, ...]
) -> None:
    app = app_on(scenario)
    async with app.run_test(size=(122, 40)) as pilot:
        await press(pilot, *keys)
        for columns in (122, 118, 62):
            await pilot.resize_terminal(columns, 40)
            await press(pilot)
            rows = app.screen.query_one("#page OptionList", OptionList)
            lines = [line for option in rows.options for line in option.prompt.split("\n")]  # type: ignore[union-attr]
            assert max(line.cell_length for line in lines) <= rows.scrollable_content_region.width, columns


@pytest.mark.parametrize("place", [*routes.SHOP_PLACES, "use_existing"])
async def test_a_place_of_a_shop_that_is_gone_is_closed_and_says_why(app_on: Callable[..., ShoplinkApp], place: str) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "escape")
        screen = routes.place(place, "gone")
        await app.push_screen(screen)
        await press(pilot)
        assert not screen.painting  # type: ignore[attr-defined]  # a page's
        assert "There is no shop gone" in text_of(pilot)
        assert isinstance(app.screen, Shops)
