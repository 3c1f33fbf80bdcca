"""Forms: enter goes on from every field, and every mistake is told at once, beside its field."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Checkbox, Input

from core.models import AccountKind, MemberRole
from tests.support import BIRCH, add_account, add_shop
from tests.tui.support import TEAM, press, text_of
from tests.tui.test_main_flow import at_rules
from tui.app import ShoplinkApp
from tui.messages import OpenAccountFacts, OpenPlace
from tui.screens.add_shop import AddShop
from tui.screens.settings import Settings
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.lines import Hanging
from tui.widgets.suggest_field import ChoiceList
from tui.wizards.link_existing import LinkExisting

Make = Callable[..., ShoplinkApp]
FORMS = {
    "add a shop": ("linked", ("escape", "a")),
    "import a file": ("linked", ("escape", "i")),
    "rename": ("linked", ("up", "enter", "r")),
    "invite": ("organization", ("down", "down", "enter", "i")),
    "link an official account": ("new-shop", ("enter", "tab", "enter", "enter")),
    "link a marketing account": ("linked", ("enter", "2", "l")),
    "create an organization account": ("new-shop", ("enter", "enter", "enter")),
    "account facts": ("linked", ("end", "up", "up", "enter", "e")),
    "the last unlink": ("last-unlink", ("enter", "u")),
    "save the screen": ("linked", ("f4",)),
    "move the clock": ("linked", ("d", "c")),
}
"""Each form, with its scenario and the keys to it."""
SEVERAL = {name: FORMS[name] for name in ("add a shop", "invite", "create an organization account", "account facts")}
BAD = ("\u202e", "x" * 600, "a\u0301\u0301\u0301\u0301", "-1", "@", "9999-99-99")


def wrong(pilot: Pilot[None]) -> list[str]:
    """The fields that show a mistake."""
    fields = pilot.app.screen.query(Field)
    return [field.field for field in fields if "✗" in str(field.query_one(".field-note").render())]


def lists(pilot: Pilot[None]) -> list[str]:
    """The lists that are open."""
    return [str(found.id) for found in pilot.app.screen.query(ChoiceList) if found.display]


@pytest.mark.parametrize("form", FORMS)
async def test_each_field_has_its_label_or_says_that_it_is_optional_and_the_last_leads_on(app_on: Make, form: str) -> None:
    scenario, keys = FORMS[form]
    app = app_on(scenario)
    async with app.run_test(size=(60, 60)) as pilot:
        await press(pilot, *keys)
        shown = text_of(pilot)
        assert app.screen.query(Field)
        for field in app.screen.query(Field):
            if "-above" not in field.classes:
                assert field.label + (" (optional)" if field.optional else "") in shown
            assert field.query_one(Input).size.width >= 20
        last = [entry for entry in app.screen.query(Input) if entry.id != "filter"][-1]
        last.focus()
        await press(pilot)
        before = text_of(pilot)
        await press(pilot, "enter")
        assert app.focused is not last or text_of(pilot) != before


@pytest.mark.parametrize("form", SEVERAL)
async def test_a_letter_lays_out_no_help_that_stays_the_same(app_on: Make, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, keys = SEVERAL[form]
    app = app_on(scenario)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *keys)
        app.screen.query_one("Field Input").focus()
        await press(pilot, "b", "b")
        laid_out: list[object] = []
        monkeypatch.setattr(Hanging, "refresh", lambda note, **how: laid_out.append(note))
        await press(pilot, "b")
        assert not laid_out


@pytest.mark.parametrize("form", SEVERAL)
async def test_no_text_goes_to_a_toast_instead_of_its_field(app_on: Make, form: str) -> None:
    scenario, keys = FORMS[form]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *keys)
        place = app.screen
        for bad in BAD:
            for entry in place.query(Input):
                entry.value = bad
            await press(pilot)
            await place.run_action(place.query_one(Form).submit)
            await press(pilot)
            assert app.screen is place, (bad, text_of(pilot))
            assert wrong(pilot), bad
            assert "Not possible" not in text_of(pilot)
            assert app.focused is not None
            assert app.focused.id == wrong(pilot)[0]


async def test_what_the_core_finds_is_beside_its_field_too(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    code = app.workspace.shops.page().shops[0].shop.code
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "escape", "a")
        typed = {"name": "Birch", "region": "GB", "legal": "Birch Ltd", "number": "09", "country": "GB", "code": code}
        for name, text in typed.items():
            app.screen.query_one(f"#{name}", Input).value = text
        app.screen.query_one("#before", Input).focus()
        await press(pilot, "enter")
        assert wrong(pilot) == ["code"]
        assert "is the code of another shop" in " ".join(text_of(pilot).split())
        app.screen.query_one("#code", Input).value = ""
        await press(pilot, *["enter"] * 3)
        assert isinstance(app.screen, Settings)


async def test_every_mistake_is_reported_at_once_beside_its_field_until_it_is_corrected(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        assert isinstance(app.screen, AddShop)
        app.screen.query_one("#region", Input).value = "XX"
        app.screen.query_one("#kind", Input).value = "club"
        await press(pilot)
        app.screen.action_add()
        await press(pilot)
        assert wrong(pilot) == ["name", "region", "legal", "kind", "number", "country"]
        assert app.focused is not None
        assert app.focused.id == "name"
        assert not app.workspace.shops.count()
        await press(pilot, "type:Birch & Bloom", "tab", "ctrl+u", "type:GB")
        assert wrong(pilot) == ["legal", "kind", "number", "country"]


async def test_what_cannot_be_right_is_said_when_its_field_is_left(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "tab", "type:Atlantis")
        assert wrong(pilot) == []
        await press(pilot, "tab")
        assert wrong(pilot) == ["region"]
        assert "“Atlantis” is not in the list" in text_of(pilot)
        await press(pilot, "shift+tab", "type:germany", "tab")
        assert wrong(pilot) == []
        assert "Germany (DE)" in text_of(pilot)


async def test_a_list_opens_with_down_narrows_while_typing_and_enter_and_tab_take(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "enter", "down")
        assert "Germany (DE)" not in text_of(pilot)
        await press(pilot, *["down"] * 11)
        assert "▌Germany (DE)" in text_of(pilot)
        await press(pilot, "escape")
        assert lists(pilot) == []
        assert isinstance(app.screen, AddShop)
        region = app.screen.query_one("#region", Input)
        await press(pilot, "down", "down", "tab")
        assert region.value == "United Kingdom (GB)"
        await press(pilot, "shift+tab", "ctrl+u", "u", "n", "i")
        assert lists(pilot) == ["region-choices"]
        assert "United Kingdom (GB)" in text_of(pilot)
        assert "Germany" not in text_of(pilot)
        await press(pilot, "down", "enter")
        assert (region.value, lists(pilot)) == ("United Kingdom (GB)", [])
        assert app.focused is not None
        assert app.focused.id == "legal"  # enter goes on from a pick list as from every field
        await press(pilot, "shift+tab", "type:US")
        assert lists(pilot) == []  # known in full
        await press(pilot, "enter")
        assert region.value == "United States (US)"
        assert app.focused is not None
        assert app.focused.id == "legal"


async def test_the_mouse_opens_a_list_and_takes_a_row_of_it(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await pilot.click("#field-probation .field-arrow")
        await press(pilot)
        assert lists(pilot) == ["probation-choices"]
        await pilot.click("#probation-choices", offset=(3, 2))
        await press(pilot)
        assert (app.screen.query_one("#probation", Input).value, lists(pilot)) == ("over", [])


async def test_a_focused_field_has_one_color_up_to_its_arrow(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        seen = 0
        for _ in app.screen.query(Field):
            field = next(above for above in app.focused.ancestors if isinstance(above, Field))
            for arrow in field.query(".field-arrow"):
                assert arrow.styles.background == app.focused.styles.background, field.field
                seen += 1
            await press(pilot, "tab")
        assert seen == len(app.screen.query(".field-arrow"))


async def test_a_known_seller_that_is_chosen_fills_in_the_rest_and_another_name_can_be_typed(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    add_shop(app.workspace, "Birch", "GB", BIRCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "a", "type:Lumen Home", "tab", "type:US", "tab", *"lumen")
        assert lists(pilot) == ["legal-choices"]
        await press(pilot, "enter")
        assert app.screen.query_one("#legal", Input).value == "lumen"
        assert app.focused is not None
        assert app.focused.id == "kind"
        await press(pilot, "shift+tab", "ctrl+u", "type:lumen", "down", "enter")
        values = {name: app.screen.query_one(f"#{name}", Input).value for name in ("legal", "kind", "number", "country")}
        assert values == {
            "legal": "Lumen Candle Company LLC",
            "kind": "company",
            "number": "84-1234567",
            "country": "United States (US)",
        }
        await press(pilot, *["enter"] * 7)
        assert isinstance(app.screen, Settings)
        sellers = {shop.shop.name: shop.shop.seller for shop in app.workspace.shops.page().shops}
        assert sellers["Lumen Home"] == sellers["Lumen Candle Co."] != sellers["Birch"]


async def test_known_usernames_are_suggested_in_any_writing(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    add_account(app.workspace, "porch.glow", nickname="Evening")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(place := LinkExisting(app.screen.shop_id))
        for typed in ("@porc", "PORCH", "https://www.tiktok.com/@porch.glow?x=1", "even"):
            assert [choice.value for choice in place.known_usernames(typed)] == ["porch.glow"], typed
        await press(pilot, "type:even")
        assert lists(pilot) == ["username-choices"]
        await press(pilot, "down", "enter")
        assert app.screen.query_one("#username", Input).value == "@porch.glow"
        await press(pilot, "escape")
        assert not app.screen.query("#username-choices") or lists(pilot) == []


async def test_an_account_is_added_with_the_keyboard_alone(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(app.workspace.shops.page().shops[0].shop.id))
        await press(pilot, "type:https://www.tiktok.com/@Maple.Wick", "enter", "type:Maple", "enter", "type:germ", "enter")
        await press(
            pilot, "type:busi", "tab", "type:y", "tab", "type:good", "tab", "type:no", "tab", "tab", "tab", "type:HRB 1", "enter"
        )
        await press(pilot, "enter")
        assert wrong(pilot) == ["country"]  # a number alone names no legal entity
        await press(pilot, "type:DE", "enter", "enter")
        account = app.workspace.accounts.get("maple.wick")
        assert (account.nickname, account.region, account.kind) == ("Maple", "DE", AccountKind.BUSINESS)
        assert (account.identity_verified, account.standing, account.holder_is_adult) == (True, "good", False)
        assert account.entity is not None
        assert (account.entity.registration_number, account.entity.country) == ("HRB 1", "DE")


async def test_somebody_is_invited_as_admin_with_the_keyboard_alone(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "i", "type:nina@lumen", "enter", "type:admin", "enter")
        assert wrong(pilot) == ["contact"]
        await press(pilot, "type:.example", "enter", "enter")
        nina = next(member for member in app.workspace.organizations.members("USLCDEMO01") if "nina" in member.contact)
        assert nina.role == MemberRole.ADMIN


async def test_facts_of_a_shop_are_corrected_with_the_keyboard_alone(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("correct_shop", shop.id))
        await press(pilot)
        assert not app.screen.is_begun()
        await press(pilot, "type:uk", *["enter"] * 6, "type:ov", "enter", "type:2", "enter", "enter")
        after = app.workspace.shops.get(shop.id)
        assert (after.region, after.probation, after.unlinks_before) == ("GB", "over", 2)


async def test_a_field_keeps_what_is_typed_while_the_window_changes(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "type:Birch", "tab", "type:u")
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert [app.screen.query_one(f"#{name}", Input).value for name in ("name", "region")] == ["Birch", "u"]
        app.screen.query_one("#add", Button).focus()
        await press(pilot)
        assert [app.screen.query_one(f"#{name}", Input).value for name in ("name", "region")] == ["Birch", "u"]


async def test_space_checks_a_box_as_the_footer_says_and_enter_goes_on(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:lumen.candles", "enter")
        assert isinstance(app.focused, Checkbox)
        for word in ("Check", "Uncheck", "Check"):
            assert f"space {word}" in text_of(pilot).splitlines()[-1]
            await press(pilot, "space")
        await press(pilot, "enter")
        assert app.focused.id == "check"
        assert app.screen.query_one("#agree", Checkbox).value
        assert "enter Check the rules" in text_of(pilot)


async def test_a_text_that_cannot_be_stored_leaves_every_field_where_it_is(app_on: Make) -> None:
    scenario, keys = FORMS["add a shop"]
    app = app_on(scenario)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *keys)
        entries = list(app.screen.query(Input))
        for entry in entries:
            entry.focus()
            entry.insert_text_at_cursor("half \ud83c")
        await press(pilot)
        assert list(app.screen.query(Input)) == entries
        assert "Not possible" not in text_of(pilot)


async def test_a_picked_text_that_is_longer_than_its_field_is_shown_from_its_beginning(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_rules(pilot, "new.one")
        for keys in (("type:Bosnia", "enter"), ("shift+tab",)):
            await press(pilot, *keys)
            assert "Bosnia and Herz" in text_of(pilot)
        await press(pilot, *"greec", "enter")
        assert "Greece (GR)" in text_of(pilot)


async def test_leaving_a_pick_list_writes_the_only_choice_that_was_meant_in_full(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_rules(pilot, "new.one")
        for typed, written in {"germ": "Germany (DE)", "de": "Germany (DE)", "united": "united"}.items():
            await press(pilot, f"type:{typed}", "tab", "shift+tab")
            assert app.screen.query_one("#region", Input).value == written
        assert wrong(pilot) == ["region"]


async def test_what_a_rule_refuses_in_practice_is_said_on_the_form(app_on: Make) -> None:
    app = app_on("linked")
    account = app.workspace.accounts.get("lumen.candles")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(None, account.id))
        await press(pilot)
        app.screen.query_one("#region", Input).value = "GB"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        assert "✗ " in text_of(pilot)
        assert not app._notifications
