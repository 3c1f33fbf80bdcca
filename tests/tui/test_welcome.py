"""The first run: whatever somebody chooses, a mistake is shown at its field and leaves no file behind."""

from collections.abc import Callable

import pytest
from textual._context import active_message_pump
from textual.widgets import Button, Input

from core import scenarios
from tests.tui.support import press, text_of, until
from tui.app import ShoplinkApp
from tui.messages import OpenPlace
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.settings import Settings
from tui.screens.welcome import Welcome
from tui.widgets.countdown import Countdown

TO_IMPORT = ("tab", "tab", "enter")
TO_FORM = ("tab", "enter")
US = "United States (US)"
RIGHT = {"name": "Lumen", "region": US, "legal": "Lumen LLC", "kind": "company", "number": "84-1", "country": US}


def fill_in(app: ShoplinkApp, values: dict[str, str]) -> None:
    """Set the fields of the form."""
    for name, value in values.items():
        app.screen.query_one(f"#{name}", Input).value = value


async def test_mistakes_in_the_form_are_shown_at_their_fields_and_keep_the_rest(app_on: Callable[..., ShoplinkApp]) -> None:
    mistakes = (
        {
            "name": ("", "Enter a shop name."),
            "region": ("XX", "is not in the list"),
            "legal": ("", "Enter the seller's legal name."),
            "kind": ("club", "Choose company or individual."),
            "number": ("", "Enter a registration number."),
            "country": ("Narnia", "is not in the list"),
        },
        {"name": ("A\u202eB", "invisible or control character")},
        {"name": ("A" * 201, "at most 200")},
        {"number": ("", "Enter a registration number.")},
    )
    app = app_on("")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_FORM)
        for wrong in mistakes:
            kept = RIGHT | {field: typed for field, (typed, _) in wrong.items()}
            fill_in(app, kept)
            await press(pilot)
            app.screen.query_one("#add").focus()
            await press(pilot, "enter")
            for field, (_, message) in wrong.items():
                note = app.screen.query_one(f"#field-{field} .field-note").render().plain
                assert note.startswith("✗ ")
                assert message in " ".join(note.split())
            assert app.focused.id == next(iter(wrong))
            assert {name: app.screen.query_one(f"#{name}").value for name in kept} == kept
        assert not app.path.exists()


async def test_back_from_each_first_step_leads_to_welcome(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("")
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (("enter",), ("tab", "enter"), ("tab", "enter")):
            await press(pilot, *keys, "escape")
            assert isinstance(app.screen, Welcome)
        await press(pilot, "escape")
        assert isinstance(app.screen, Welcome)


async def test_a_folder_where_no_file_can_be_created_is_reported(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("")
    app.path.write_text("somebody else's")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "Not possible" in text_of(pilot))
        assert app.path.read_text() == "somebody else's"
        assert not app.workspace


async def test_welcome_cannot_be_reached_once_there_is_a_workspace(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "PRACTICE" in text_of(pilot))
        assert app.workspace.scenario == "new-shop"
        await press(pilot, *["escape"] * 4)
        assert "Find by name" in text_of(pilot)
        app.workspace.close()


async def test_who_is_done_practicing_keeps_a_record_in_the_same_file(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("")
    app.is_kept = True
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, OfficialAccount))
        await press(pilot, "ctrl+p", "type:own shop", "enter")
        assert "This deletes the practice workspace." in text_of(pilot)
        await press(pilot, "enter")
        assert app.is_practice
        app.screen.query_one("#end").focus()
        await press(pilot, "enter", "right", "enter")
        assert isinstance(app.screen, Welcome)
        assert not app.path.exists()
        await press(pilot, *TO_FORM)
        fill_in(app, RIGHT)
        app.screen.query_one("#add").focus()
        await press(pilot, "enter")
        assert app.workspace.is_record
        assert app.workspace.path == app.path


@pytest.mark.parametrize("scenario", ["just-linked", "in-review"])
async def test_practice_can_end_from_any_page(app_on: Callable[..., ShoplinkApp], scenario: str) -> None:
    app = app_on(scenario)
    app.is_kept = True
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)
        countdowns = list(app.screen.query(Countdown))
        timers = [timer for countdown in countdowns for timer in countdown._timers]
        await press(pilot, "ctrl+p", "type:own shop", "enter", "right", "enter")
        assert isinstance(app.screen, Welcome)
        assert not app._notifications
        for countdown, timer in zip(countdowns, timers, strict=True):  # one that was due while the page closed
            active_message_pump.set(countdown)  # as in its own task
            await timer._tick(next_timer=0, count=1)


async def test_what_is_deleted_at_the_end_anyway_is_no_place_for_a_record(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        app.open(OpenPlace("workspace", app.workspace.shops.get("USLCDEMO01").id))
        await press(pilot)
        assert not app.screen.query("#end")
        await press(pilot, "ctrl+p", "type:own shop")
        assert "Add my own shop" not in text_of(pilot)


async def test_every_scenario_says_in_full_what_it_shows(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("").run_test(size=(80, 40)) as pilot:
        await press(pilot, "enter")
        shown = " ".join(line.strip(" ▌") for line in text_of(pilot).splitlines())
        assert all(info.shows in shown for info in scenarios.catalog())


@pytest.mark.parametrize("workspace", ["", "record"])
async def test_a_shop_that_is_added_twice_in_one_moment_is_added_once(app_on: Callable[..., ShoplinkApp], workspace: str) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *(("a",) if workspace else TO_FORM))
        fill_in(app, RIGHT)
        await press(pilot)
        add = app.screen.query(Button).first()
        add.press()
        add.press()
        await press(pilot)
        assert isinstance(app.screen, Settings), text_of(pilot)
        assert "Not possible" not in text_of(pilot)
        assert app.workspace.shops.count() == 1
