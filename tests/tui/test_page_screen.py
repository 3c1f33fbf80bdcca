"""A page that is made again, such as in a window of another size, keeps what a person sees and did there."""

from collections.abc import Callable, Iterable

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from core.models import Role
from core.verdict import Outcome, Verdict
from tests.support import DAY, StoppedClock, add_account, add_shop, linked
from tests.tui.support import INFORMATION, press, text_of
from tests.tui.test_forms import FORMS
from tests.tui.test_main_flow import at_rules
from tests.tui.test_rules_step import check
from tests.tui.test_snapshots import TO_ORGANIZATION, TO_USERNAME
from tui.app import ShoplinkApp
from tui.messages import OpenAccount
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
