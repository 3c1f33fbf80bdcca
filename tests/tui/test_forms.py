"""Forms: enter goes on from every field, and every mistake is told at once, beside its field."""

from collections.abc import Callable

import pytest
from textual.widgets import Input

from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.screens.add_shop import AddShop
from tui.widgets.field import Field

Make = Callable[..., ShoplinkApp]
FORMS = {
    "add a shop": ("linked", ("escape", "a")),
    "import a file": ("linked", ("escape", "i")),
    "rename": ("linked", ("up", "enter", "r")),
    "invite": ("organization", ("down", "down", "enter", "i")),
    "link an official account": ("new-shop", ("enter", "tab", "enter", "enter")),
    "link a marketing account": ("linked", ("enter", "2", "l")),
    "the last unlink": ("last-unlink", ("enter", "u")),
    "save the screen": ("linked", ("f4",)),
    "move the clock": ("linked", ("d", "c")),
}
"""Each form, with its scenario and the keys to it."""


@pytest.mark.parametrize("form", FORMS)
async def test_enter_in_the_last_field_goes_on(app_on: Make, form: str) -> None:
    scenario, keys = FORMS[form]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        fields = [entry for entry in app.screen.query(Input) if entry.id != "filter"]
        assert fields, text_of(pilot)
        fields[-1].focus()
        await press(pilot)
        before = text_of(pilot)
        await press(pilot, "enter")
        assert app.focused is not fields[-1] or text_of(pilot) != before


async def test_every_mistake_is_reported_at_once_beside_its_field(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "a")
        assert isinstance(app.screen, AddShop)
        app.screen.query_one("#region", Input).value = "XX"
        app.screen.query_one("#kind", Input).value = "club"
        await press(pilot)
        app.screen.action_add()
        await press(pilot)
        wrong = [field.field for field in app.screen.query(Field) if "✗" in str(field.query_one(".field-note").render())]
        assert wrong == ["name", "region", "legal", "kind", "number", "country"]
        assert app.focused is not None
        assert app.focused.id == "name"
        assert not app.workspace.shops.count()


async def test_a_mistake_that_is_corrected_is_no_longer_reported(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "a")
        app.screen.action_add()  # type: ignore[attr-defined]
        await press(pilot, "type:Birch & Bloom", "tab", "type:GB")
        app.screen.action_add()  # type: ignore[attr-defined]
        await press(pilot)
        wrong = [field.field for field in app.screen.query(Field) if "✗" in str(field.query_one(".field-note").render())]
        assert wrong == ["legal", "number", "country"]
