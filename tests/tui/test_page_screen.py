"""A page that is made again, such as in a window of another size, keeps what a person sees and did there."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from tests.support import add_shop
from tests.tui.support import press, text_of
from tests.tui.test_forms import FORMS
from tests.tui.test_snapshots import TO_AUTHORIZE, TO_ORGANIZATION, TO_RULES, TO_USERNAME
from tui.app import ShoplinkApp
from tui.screens.linked_accounts.official import OfficialAccount
from tui.widgets.form import Form
from tui.widgets.lines import Hanging
from tui.widgets.verdicts import Passing

MISTAKEN = {
    **{name: FORMS[name] for name in ("add a shop", "the last unlink", "save the screen")},
    "missing facts": ("record", (*TO_USERNAME, "type:new.one", "tab", "space", "tab", "enter")),
}
"""A form of each kind: a page, a wizard's step, a dialog, and a step that is about several things."""
AGREEMENT = {
    "an organization account": ("organization", (*TO_ORGANIZATION, "enter", "tab", "enter")),
    "an official account": ("new-shop", (*TO_USERNAME, "type:lumen.candles", "enter", "enter", "enter")),
    "a marketing account": ("linked", ("enter", "2", "l", "type:porch.glow", "enter", "enter", "enter")),
}
"""The keys that pass over the agreement."""
FIRST = {
    "nothing linked": ("new-shop", ("enter",), "create"),
    "declined": ("new-shop", (*TO_AUTHORIZE, "d", "n", "escape", "escape"), "again"),
    "expired": ("new-shop", (*TO_AUTHORIZE, "d", "g", "escape", "escape"), "again"),
    "rejected": ("rejected", ("enter",), "again"),
    "authorized": ("new-shop", (*TO_AUTHORIZE, "escape", "d", "a", "escape"), "submit"),
    "in review": ("in-review", ("enter",), None),
    "linked": ("linked", ("enter",), "replace"),
    "linked for good": ("unlinks-used-up", ("enter",), "brings"),
}
"""What has the focus on Official Account in each state: the first thing that can be done, and nothing dangerous."""
SIZES = [(120, 40), (60, 20)]


def mistakes(pilot: Pilot[None]) -> list[str]:
    """The mistakes that the screen shows."""
    notes = pilot.app.screen.query(".field-note, .form-note, #message").results(Hanging)
    heads_and_words = [f"{head}{words}" for note in notes if note.display for head, words in note.texts]
    return [mistake for mistake in heads_and_words if mistake.startswith("✗")]


async def assert_kept(pilot: Pilot[None], seen: Callable[[Pilot[None]], object]) -> None:
    before = seen(pilot)
    assert before, text_of(pilot)
    for columns, rows in SIZES:
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
        await assert_kept(pilot, mistakes)
        for button in app.screen.query(Button):
            button.focus()  # without a cursor in a field, the page is made again
        await press(pilot)
        await assert_kept(pilot, mistakes)


@pytest.mark.parametrize("way", AGREEMENT)
async def test_that_the_agreement_was_passed_over_is_still_said(app_on: Callable[..., ShoplinkApp], way: str) -> None:
    scenario, keys = AGREEMENT[way]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        await assert_kept(pilot, mistakes)
        await press(pilot, "space")
        assert not mistakes(pilot)


async def test_a_list_of_rules_stays_unfolded_and_focused(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_RULES, "shift+tab", "enter", "down", "down")

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
async def test_the_first_thing_to_do_has_the_focus(app_on: Callable[..., ShoplinkApp], state: str) -> None:
    scenario, keys, first = FIRST[state]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert isinstance(app.screen, OfficialAccount)
        assert (app.focused.id if app.focused else None) == first
        footer = text_of(pilot).splitlines()[-1]
        assert ("tab Next" in footer) == (first != "brings")  # Benefits is alone then
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
