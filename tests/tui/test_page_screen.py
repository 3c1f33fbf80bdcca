"""A page that is made again, such as in a window of another size, keeps what a person sees and did there."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from core.models import Role
from core.verdict import Outcome, Verdict
from tests.support import DAY, LUMEN, StoppedClock, add_account, add_shop, linked
from tests.tui.support import INFORMATION, burst, press, text_of
from tests.tui.test_forms import FORMS
from tests.tui.test_main_flow import at_rules
from tests.tui.test_rules_step import check
from tests.tui.test_snapshots import TO_ORGANIZATION, TO_USERNAME
from tui.app import ShoplinkApp
from tui.dialogs.when import When
from tui.messages import OpenAccount, OpenAccountFacts, OpenPlace, OpenPlan
from tui.screens.linked_accounts.official import OfficialAccount
from tui.widgets.form import Fields, Form
from tui.widgets.lines import Hanging
from tui.widgets.verdicts import Passing, Verdicts
from tui.wizards.link_existing import LinkMarketing

MISTAKEN = {
    **{name: FORMS[name] for name in ("add a shop", "the last unlink", "save the screen")},
    "missing facts": ("record", ()),
}
"""A form of each kind: a page, a wizard's step, a dialog, and a step that is about several things, which needs no keys."""
AGREEMENT = {
    "an organization account": ("organization", (*TO_ORGANIZATION, "enter", "tab", "enter")),
    "an official account": ("new-shop", (*TO_USERNAME, "type:lumen.candles", "enter", "enter", "enter")),
}
"""The keys that pass over the agreement."""
FIRST: dict[str, tuple[str, tuple[str, ...], str | None]] = {
    "nothing linked": ("new-shop", (), "create"),
    "awaiting": ("new-shop", ("request",), "authorize"),
    "declined": ("new-shop", ("request", "decline"), "again"),
    "expired": ("new-shop", ("request", "expire"), "again"),
    "rejected": ("rejected", (), "again"),
    "authorized": ("new-shop", ("request", "authorize"), "submit"),
    "in review": ("in-review", (), None),
    "linked": ("linked", (), "shop-page"),
    "linked for good": ("unlinks-used-up", (), "shop-page"),
}
"""The scenario and the acts that lead to each state of Official Account, and what then has the focus: the first thing that can
be done, and nothing dangerous."""
SIZES = [(120, 40), (60, 20)]


def mistakes(pilot: Pilot[None]) -> list[str]:
    """The mistakes that the screen shows."""
    notes = pilot.app.screen.query(".field-note, .form-note, #message").results(Hanging)
    heads_and_words = [f"{head}{words}" for note in notes if note.display for head, words in note.texts]
    return [mistake for mistake in heads_and_words if mistake.startswith("✗")]


async def assert_kept(
    pilot: Pilot[None], seen: Callable[[Pilot[None]], object], sizes: Iterable[tuple[int, int]] = SIZES
) -> None:
    before = seen(pilot)
    assert before, text_of(pilot)
    for columns, rows in sizes:
        await pilot.resize_terminal(columns, rows)
        await press(pilot)
        assert seen(pilot) == before, (columns, rows)


@pytest.mark.parametrize("form", MISTAKEN)
async def test_a_mistake_is_still_shown_in_a_window_of_another_size(app_on: Callable[..., ShoplinkApp], form: str) -> None:
    scenario, keys = MISTAKEN[form]
    app = app_on(scenario)
    if scenario == "record":
        add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        if form == "missing facts":
            await at_rules(pilot, "new.one")
        entries = [entry for entry in app.screen.query(Input) if entry.id != "filter"]
        for entry in entries:
            entry.value = "x" * 600
        entries[-1].focus()
        await press(pilot)
        if app.screen.query(Form):
            await app.screen.run_action(app.screen.query_one(Form).submit)
        else:
            await press(pilot, "enter")
        await press(pilot, *(["enter"] if form == "the last unlink" else []))
        wide, narrow = SIZES
        await assert_kept(pilot, mistakes, [wide])
        app.screen.query(Button).last().focus()  # without a cursor in a field, the page is made again
        await press(pilot)
        await assert_kept(pilot, mistakes, [narrow])


@pytest.mark.parametrize("way", AGREEMENT)
async def test_that_the_agreement_was_passed_over_is_still_said(app_on: Callable[..., ShoplinkApp], way: str) -> None:
    scenario, keys = AGREEMENT[way]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert "Accept the agreement" in "".join(mistakes(pilot))
        await assert_kept(pilot, mistakes)
        await press(pilot, "space")
        assert not mistakes(pilot)


async def test_a_list_of_rules_stays_unfolded_and_focused(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rules(pilot)
        await press(pilot, "shift+tab", "enter", "down", "down")

        def unfolded(pilot: Pilot[None]) -> object:
            rules = app.screen.query_one(Passing)
            return rules.has_focus and rules.unfolded and rules.cursor

        assert unfolded(pilot) == 1
        await assert_kept(pilot, unfolded)


async def test_a_file_that_is_typed_stays_typed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "type:shops-of-maple.csv")
        app.screen.set_focus(None)
        await assert_kept(pilot, lambda pilot: app.screen.query_one("#file", Input).value)


@pytest.mark.parametrize("state", FIRST)
async def test_the_first_thing_to_do_has_the_focus(app_on: Callable[..., ShoplinkApp], clock: StoppedClock, state: str) -> None:
    scenario, acts, first = FIRST[state]
    app = app_on(scenario)
    links = app.workspace.links
    for act in acts:
        match act:
            case "request":
                links.request("lumen.candles", "USLCDEMO01", Role.OFFICIAL, agreement=True)
            case "expire":
                clock.move(3 * DAY)
            case _:
                getattr(links, act)(links.find()[0].id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)
        assert (app.focused.id if app.focused else None) == first
        footer = text_of(pilot).splitlines()[-1]
        assert ("tab Next" in footer) == (state != "linked for good")  # Shop Page is alone then
        assert ("enter " in footer) == (first is not None)


async def test_the_focus_stays_where_a_person_put_it_while_the_same_is_to_be_done(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab")
        assert app.focused is not None
        assert app.focused.id == "existing"
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert app.focused.id == "existing"


async def test_the_fields_of_a_form_stay_where_they_are_scrolled_to(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, *FORMS["add a shop"][1])
        app.screen.set_focus(app.screen.query(Button).last())
        before = app.screen.query_one(Fields)
        before.scroll_to(y=3, animate=False)
        await press(pilot)
        app.repaint()
        await press(pilot)
        after = app.screen.query_one(Fields)
        assert after is not before
        assert after.scroll_y == before.scroll_y == 3


async def test_fields_stay_scrolled_past_the_empty_one_that_has_the_focus(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkMarketing(shop.id, username="never.seen"))
        await press(pilot, "pagedown")
        for _ in range(2):
            before = app.screen.scrolled
            assert before.scroll_y == before.max_scroll_y > 0
            app.repaint()
            await press(pilot)
            assert app.screen.scrolled is not before
        await press(pilot, "tab", "shift+tab")
        assert app.screen.scrolled.scroll_y == 0  # where the field can be read


@pytest.mark.parametrize("typed", [False, True])
async def test_a_page_is_made_for_another_size_unless_something_is_typed_on_it(
    app_on: Callable[..., ShoplinkApp], typed: bool
) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        place = await at_rules(pilot, "new.one")
        field = app.focused
        await press(pilot, *["u"] * typed)
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert app.focused.id == field.id == "region"
        assert place.size_made_for == place.made_for()
        assert (app.focused is field) == typed
        assert place.stale == typed


@pytest.mark.parametrize(
    ("place", "field", "keys", "leave", "chosen"),
    [
        ("link_existing", "region", ("type:bosnia",), "tab", {"region": "Bosnia and Herzegovina (BA)"}),
        ("plan", "username", ("type:lum", "down"), "tab", {"username": "@lumen.candles"}),
        ("add_shop", "legal", ("type:lumen", "down"), "shift+tab", {"legal": LUMEN.legal_name, "number": "84-1234567"}),
    ],
)
async def test_what_leaving_a_field_chooses_is_kept_when_another_program_changes_the_file(
    app_on: Callable[..., ShoplinkApp], place: str, field: str, keys: tuple[str, ...], leave: str, chosen: dict[str, str]
) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        if place == "link_existing":
            await at_rules(pilot, "new.one")
        else:
            await press(pilot)
            app.post_message(OpenPlan(shop.id, Role.OFFICIAL, "") if place == "plan" else OpenPlace(place))
            await press(pilot)
        entries = {name: app.screen.query_one(f"#{name}", Input) for name in chosen}
        for turns in (-1, 0, 2, 4, 6, 9, 12):  # of the loop, between the focus and the change; -1: the change comes first
            for entry in entries.values():
                entry.value = ""
            entries[field].focus()
            await press(pilot, *keys)
            if turns < 0:
                app.repaint()
                await press(pilot)
            burst(pilot, leave)
            while app.focused is entries[field]:
                await asyncio.sleep(0)
            for _ in range(turns):
                await asyncio.sleep(0)
            if turns >= 0:
                app.repaint()
            await press(pilot)
            before, entries = entries, {name: app.screen.query_one(f"#{name}", Input) for name in chosen}
            assert {name: entry.value for name, entry in entries.items()} == chosen, turns
            assert entries[field] is not before[field], app.focused


async def test_two_fields_that_are_left_at_once_keep_what_each_chooses(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_rules(pilot, "new.one")
        for turns in range(0, 12, 2):
            entries = [app.screen.query_one(f"#{name}", Input) for name in ("region", "kind")]
            for entry in entries:
                entry.value = ""
            entries[0].focus()
            await press(pilot, "type:bosnia")
            for entry, keys in zip(entries, (("tab",), ("down", "down", "tab")), strict=True):
                burst(pilot, *keys)
                while app.focused is entry:
                    await asyncio.sleep(0)
            for _ in range(turns):
                await asyncio.sleep(0)
            app.repaint()
            await press(pilot)
            kept = [app.screen.query_one(f"#{name}", Input).value for name in ("region", "kind")]
            assert kept == ["Bosnia and Herzegovina (BA)", "business"], turns


async def test_a_page_follows_after_a_field_was_left_while_another_program_held_the_file(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("record")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(None, None))
        await press(pilot)
        entry = app.screen.query_one("#username", Input)
        entry.focus()
        await press(pilot, "type:new.one")
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await press(pilot, "shift+tab")
        app.repaint()
        await press(pilot)
        assert app.screen.query_one("#username", Input) is not entry


async def test_work_that_begins_while_the_page_is_made_again_finds_its_fields(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    account = add_account(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(None, account.id))
        await press(pilot)
        app.screen.query_one("#nickname", Input).value = "Lumen Wick"
        app.screen.query_one("#save", Button).focus()
        for turns in range(8, 24):  # of the loop, between the change and the work
            await press(pilot)
            app.repaint()
            for _ in range(turns):
                await asyncio.sleep(0)
            app.screen.action_save()  # type: ignore[attr-defined]  # its own
            await press(pilot)
            assert isinstance(app.screen, When), turns
            await press(pilot, "escape")


async def test_work_that_waits_for_a_page_is_not_done_once_it_is_closed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    done = []

    async def work() -> None:
        done.append(app.screen)

    async with app.run_test(size=(120, 40)) as pilot:
        for turns in range(6):
            await press(pilot)
            app.post_message(OpenPlace("add_shop"))
            await press(pilot)
            app.repaint()
            app.screen.run_worker(work)
            for _ in range(turns):
                await asyncio.sleep(0)
            app.pop_screen()
        await press(pilot)
        assert not done
        app.screen.run_worker(work())
        await press(pilot)
        assert done == [app.screen]


async def test_a_mistake_is_shown_on_a_page_that_was_made_again_under_the_dialog(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop, other = add_shop(app.workspace), add_shop(app.workspace, "Maple Wick")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("correct_shop", shop.id))
        await press(pilot)
        app.screen.query_one("#code", Input).value = other.code
        app.screen.query_one("#save", Button).focus()
        await press(pilot, "enter")
        app.repaint()
        await press(pilot, "enter")
        assert len(mistakes(pilot)) == 1, text_of(pilot)


async def test_a_page_does_not_scroll_to_the_focus_when_something_changes(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, *INFORMATION, "end")
        scrolled = app.screen.page_column.scroll_y  # type: ignore[attr-defined]  # a page's
        assert scrolled
        app.repaint()
        await press(pilot)
        assert app.screen.page_column.scroll_y == scrolled  # type: ignore[attr-defined]


async def test_the_focus_stays_on_the_page_when_its_button_is_gone(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account = add_account(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot)
        app.screen.query_one("#remove", Button).focus()
        await press(pilot)
        linked(app.workspace, shop, account.username)
        app.poll()
        await press(pilot)
        assert not app.screen.query("#remove")
        assert app.focused is app.screen.query_one("#facts")


def test_a_rule_stays_selected_where_others_come_before_it() -> None:
    first, second, third = (Verdict(rule=rule, outcome=Outcome.BLOCKED, reason=rule) for rule in ("a", "b", "c"))
    before = Verdicts([first, second])
    before.cursor = 1
    for now, selected in (([third, first, second], "b"), ([third, first], "a"), ([third], "c")):
        after = Verdicts(now)
        after.resume(before)
        assert after.verdicts[after.cursor].rule == selected


@pytest.mark.parametrize(("form", "field"), [("add a shop", "before"), ("account facts", "number")])
async def test_the_focused_field_is_seen_in_a_window_that_became_smaller(
    app_on: Callable[..., ShoplinkApp], form: str, field: str
) -> None:
    scenario, keys = FORMS[form]
    app = app_on(scenario)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *keys)
        app.screen.set_focus(app.screen.query_one(f"#{field}"))
        for width, height in ((80, 24), (60, 20)):
            await pilot.resize_terminal(width, height)
            await press(pilot)
            assert app.screen.find_widget(app.focused).visible_region
