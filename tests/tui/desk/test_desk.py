"""The texts of the Desk, and the place behind it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual import events
from textual.widgets import Input

import data
from core import desk
from core.models import LinkState, Standing
from tests.tui.support import burst, press, text_of, until, words_of
from tui import capture
from tui.app import ShoplinkApp
from tui.desk.desk import Desk
from tui.desk.panel import DeskPanel
from tui.messages import OpenPlace
from tui.wizards.link_existing import LinkExisting


async def test_every_reason_is_shown_in_full_before_one_is_chosen(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "d", "r")
        shown = " ".join(line[36:].strip(" │▌▃▁▂▄▅▆▇█") for line in text_of(pilot).splitlines())
        for reason in data.load("texts/desk.toml")["reasons"]:
            assert reason["text"] in shown
        await press(pilot, "down", "enter")
        assert app.workspace.links.find()[0].reason == data.load("texts/desk.toml")["reasons"][1]["text"]


async def test_words_that_are_sent_twice_are_taken_once(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        assert isinstance(app.screen, DeskPanel)
        app.screen.action_ask("advance")
        await press(pilot, "type:3h")
        before = app.workspace.now()
        for _ in range(2):
            app.post_message(events.Key("enter", None))
        await press(pilot)
        assert app.workspace.now() - before == timedelta(hours=3)


async def test_what_is_typed_before_the_question_is_there_is_no_act(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "d")
        before = app.workspace.history.page(limit=1).events
        burst(pilot, *"bxe")
        await press(pilot, "z")
        assert app.workspace.history.page(limit=1).events == before
        assert app.screen.query_one(Input).value.endswith("z")


async def test_the_place_behind_shows_what_was_done_at_once(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "d")
        for products in (25, 26):
            await pilot.press("p")  # `press` would wake the place behind
            await until(pilot, lambda count=products: f"{count} products" in capture.text(app))


async def test_the_desk_and_what_leads_to_it_name_the_keys_that_the_person_chose(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    app.set_keymap({"desk": "z,f8", "desk-approve": "v"})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(LinkExisting(app.screen.shop_id, link_id=app.workspace.links.find()[0].id))
        await press(pilot)
        assert "press z to answer" in words_of(pilot, "#side")
        await press(pilot, "z")
        assert " v  Approve" in text_of(pilot)
        await press(pilot, "v")
        assert app.workspace.links.find()[0].state == LinkState.LINKED


async def test_a_click_on_an_act_does_what_its_key_does(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        before = app.workspace.now()
        shown = text_of(pilot).splitlines()
        y = next(row for row, line in enumerate(shown) if "+24 h" in line)
        await pilot.click(offset=(shown[y].index("+24 h") + 1, y))
        await press(pilot)
        assert app.workspace.now() - before == timedelta(hours=24)


async def test_another_account_is_typed_in_the_place_of_the_suggested_one(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "u")
        assert app.focused.value == "@lumen.candles"
        await press(pilot, "w", "type:ax", "full_stop", "type:and.wick", "enter")
        assert app.workspace.accounts.get("wax.and.wick").standing == Standing.SUSPENDED


async def test_help_lists_the_keys_of_the_desk(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "d", "question_mark")
        shown = text_of(pilot)
        assert "you play TikTok" in shown
        assert "+24 h" in shown
        await press(pilot, "escape")
        assert isinstance(app.screen, Desk)


async def test_the_notes_at_its_end_are_reached_without_a_focus(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("in-review").run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        assert "Show first" not in text_of(pilot)
        await press(pilot, "pagedown", "pagedown", "pagedown", "pagedown")
        await until(pilot, lambda: "Show first" in text_of(pilot) or "Approve the request" in text_of(pilot))
        await press(pilot, "pageup", "pageup", "pageup", "pageup")
        await until(pilot, lambda: "Pending" in text_of(pilot))


async def test_what_an_act_did_is_said_once(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "p")
        assert app.screen.news == [app.workspace.history.page(limit=1).events[0].summary]
        await press(pilot, "h")
        assert app.screen.news == ["The clock was moved by 1h"]


async def test_starting_over_asks_and_starts_on_keep(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "p", "s")
        added = app.workspace.products.of_shop("USLCDEMO01")
        assert app.focused.id == "keep"
        await press(pilot, "enter")
        assert app.workspace.products.of_shop("USLCDEMO01") == added
        await press(pilot, "s", "tab", "enter")
        await until(pilot, lambda: len(app.workspace.products.of_shop("USLCDEMO01")) < len(added))


@pytest.mark.parametrize("next_question", ["restart", "suspend"])
async def test_what_was_typed_for_one_question_answers_no_other(app_on: Callable[..., ShoplinkApp], next_question: str) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "d", "c", "type:24h")
        screen, entry = app.screen, app.screen.query_one("#words", Input)
        assert isinstance(screen, Desk)
        screen.asking = next_question  # it is shown in a moment
        entry.post_message(Input.Submitted(entry, "24h"))  # of an enter before it in the same burst
        await press(pilot)
        assert screen.asking == next_question
        assert not app.workspace.shifted_by


async def test_the_desk_shows_what_another_program_did(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "d", "pagedown")
        scrolled = app.screen.column.scroll_y
        assert scrolled
        app.workspace.links.approve(app.workspace.links.find()[0].id)
        desk.advance(app.workspace, timedelta(days=2))
        app.repaint()
        await press(pilot)
        assert app.screen.column.scroll_y == scrolled
        await press(pilot, "pageup")
        assert "Nothing is waiting for TikTok at" in text_of(pilot)
        assert "Wed Nov 25, 2026" in text_of(pilot)
        assert app.screen.check_action("act", ("approve",)) is False


async def test_an_act_paints_the_desk_once(app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        made: list[Desk] = []
        monkeypatch.setattr(Desk, "news_card", lambda self: made.append(self) or ())
        await press(pilot, "p")
        assert len(made) == 1


async def test_the_question_for_a_reason_closes_once_nothing_is_left_to_reject(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "d", "r", "down")
        question = app.focused
        app.workspace.products.add("USLCDEMO01", "Wick", 100)
        app.repaint()
        await press(pilot)
        assert app.focused is question
        app.workspace.links.approve(app.workspace.links.find()[0].id)
        app.repaint()
        await press(pilot)
        assert "Why is it rejected?" not in text_of(pilot)
        assert "Nothing is waiting for TikTok at" in text_of(pilot)


@pytest.mark.parametrize("answer", [("enter",), ("up", "enter", "type:Blurry", "enter")])
async def test_only_the_request_that_was_asked_about_is_rejected(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch, answer: tuple[str, ...]
) -> None:
    app = app_on("in-review")
    monkeypatch.setattr(app, "poll", lambda: None)  # answered before the change is seen
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "d", "r")
        links = app.workspace.links
        asked = links.find()[0]
        links.reject(asked.id, "Elsewhere")
        another = links.request(asked.username, "USLCDEMO01", asked.role, agreement=True)
        links.authorize(another.id)
        links.submit(another.id)
        await press(pilot, *answer)
        assert links.get(another.id).state == LinkState.IN_REVIEW
        assert links.get(asked.id).reason == "Elsewhere"


async def test_on_the_list_of_shops_the_desk_is_about_the_selected_shop(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("shops"))
        await press(pilot, "down")
        selected = app.screen.shop_in_hand
        await press(pilot, "d")
        assert isinstance(app.screen, DeskPanel)
        assert app.screen.shop_id == selected is not None
        assert app.workspace.shops.get(selected).name in text_of(pilot).splitlines()[-2]  # at its lower edge


async def test_without_a_shop_the_desk_does_not_speak_of_one(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(Desk(None, "rules"))
        await press(pilot)
        assert "Open a shop to see what waits there." in " ".join(text_of(pilot).replace("│", " ").split())
        await press(pilot, "s", "ctrl+u", "enter")
        assert "at this shop" not in text_of(pilot)
