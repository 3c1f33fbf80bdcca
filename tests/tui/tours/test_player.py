"""Playing a tour: its own keys pause, step and set the speed; any other key takes over, and f12 goes on."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.content import Content
from textual.geometry import Size

from tests.support import DAY
from tests.tui.support import NEVER, SHORT_TOUR, play_to, playing, press, text_of, until
from tui import launch, tours
from tui.app import ShoplinkApp
from tui.desk.panel import DeskPanel
from tui.player.bar import TourBar, show_bars
from tui.player.caption import REPLAYED, Caption
from tui.player.key_caps import presses
from tui.player.player import SPEEDS
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.settings import Settings
from tui.screens.welcome import Welcome

TOUR = tours.load(SHORT_TOUR)
AT_ONCE = 1e6
pytestmark = pytest.mark.usefixtures("quick")  # tours wait by themselves in test_casts.py and test_tours.py

AppOn = Callable[..., ShoplinkApp]


async def test_each_caption_shows_the_keys_of_its_step_and_nothing_is_before_the_first_or_after_the_last(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "left", 0)
        for at, step in enumerate(TOUR.steps, start=1):
            await play_to(player, "right", at)
            assert " ".join(str(one) for one in presses(step.keys)) in " ".join(text_of(pilot).split())
        await play_to(player, "right", len(TOUR.steps))


async def test_a_tour_that_exits_ends_the_program_after_its_last_caption(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True) as pilot:
        player = await playing(pilot, SHORT_TOUR, AT_ONCE, "exit")
        assert "others take over" not in text_of(pilot)
        await until(pilot, lambda: not app.is_running)
        assert (player.at, app.return_code) == (len(TOUR.steps), 0)


async def test_a_tour_that_exits_ends_the_program_with_the_reason_when_a_step_fails(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True) as pilot:
        player = await playing(pilot, SHORT_TOUR, NEVER, "exit")
        player.tour = TOUR.model_copy(update={"steps": (TOUR.steps[0].model_copy(update={"keys": (), "desk": ("approve",)}),)})
        await pilot.press("right")
        await until(pilot, lambda: not app.is_running)
        assert app.return_code == 2
        assert "The tour ended at step 1. “approve” isn't possible. Nothing is waiting" in str(app._exit_renderables)


async def test_a_tour_in_a_loop_starts_again_until_a_key_takes_over(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True) as pilot:
        player = await playing(pilot, SHORT_TOUR, AT_ONCE, "loop")
        await until(pilot, lambda: player.at > 0)
        begin, begun = player.stage.begin, []

        async def counted() -> None:
            begun.append(player.at)
            await begin()

        player.stage.begin = counted  # type: ignore[method-assign]
        await until(pilot, lambda: bool(begun))  # it may begin again before this is asked
        await pilot.press("escape")
        await until(pilot, lambda: app.player is None)
        assert app.is_running


async def test_right_left_and_home_go_to_a_step_with_its_caption(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        assert TOUR.shows.split(":")[0] in text_of(pilot)
        assert app.workspace.scenario == TOUR.scenario
        await play_to(player, "right", 1)
        assert TOUR.steps[0].caption[:40] in text_of(pilot)
        assert isinstance(app.screen, OfficialAccount)
        await play_to(player, "right", 2)
        assert app.workspace.shifted_by.total_seconds() == 47 * 3600
        await play_to(player, "left", 1)
        assert not app.workspace.shifted_by  # a step back replays the scenario from its start
        await play_to(player, "home", 0)
        assert isinstance(app.screen, Settings)


async def test_space_pauses_and_resumes(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        await pilot.press("space")
        await until(pilot, lambda: "⏸ 1/3" in text_of(pilot))
        assert "Presenter: Say why [b]nobody[/b] is in a hurry." in text_of(pilot)
        app.presenters = 1  # who reads it on a screen of their own
        show_bars(app)
        await press(pilot)
        assert "Presenter" not in text_of(pilot)
        player.speed = AT_ONCE
        for _ in range(20):
            await pilot.pause()
        assert player.at == 1
        await pilot.press("space")
        await until(pilot, lambda: "■ 3/3" in text_of(pilot))
        assert app.player is player  # its keys still work


async def test_plus_and_minus_change_the_speed_at_once(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR, 1.0)
        for key, speed in (("plus", 1.5), ("plus", 2), ("equals_sign", 3), ("minus", 2)):
            await pilot.press(key)
            assert player.speed == speed
            await until(pilot, lambda speed=speed: f"{speed:g}x" in text_of(pilot))
        for _ in SPEEDS:
            await press(pilot, "minus")
        assert player.speed == SPEEDS[0]
        assert app.player is player
        before = player.at
        player._set_speed(AT_ONCE)  # a wait that has begun is shortened too
        await until(pilot, lambda: player.at > before)


async def test_a_tour_that_was_taken_over_goes_on_where_it_was(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        await pilot.press("question_mark")
        await until(pilot, lambda: "f12 resume the tour" in text_of(pilot) and "Keys" in text_of(pilot))
        assert "▶" not in text_of(pilot)
        await press(pilot, "space", "right")  # the screen's own again
        assert player.at == 1
        await press(pilot, "escape")
        before = list(app.screen_stack)
        await pilot.press("f12")
        await until(pilot, lambda: "▶ 1/3" in text_of(pilot))
        assert REPLAYED not in text_of(pilot)
        assert app.screen_stack == before
        await play_to(player, "right", 2)


@pytest.mark.parametrize("keys", [("tab",), ("d", "t")], ids=str)
async def test_where_the_screens_have_moved_on_it_starts_over_up_to_its_step_and_says_so(
    app_on: AppOn, keys: tuple[str, ...]
) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        before = (type(app.screen), app.focused and app.focused.id)
        await press(pilot, *keys)
        await pilot.press("f12")
        await until(pilot, lambda: f"▶ 1/3  {TOUR.title}  {REPLAYED}" in text_of(pilot))
        await press(pilot)
        assert (type(app.screen), app.focused and app.focused.id) == before
        assert not app.workspace.shifted_by
        player._set_speed(AT_ONCE)
        await until(pilot, lambda: player.at > 1 and REPLAYED not in text_of(pilot))


async def test_a_step_that_was_cut_short_is_done_again(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        perform = player.stage.perform

        async def cut_short(*what: object) -> None:
            player.stage.perform = perform  # type: ignore[method-assign]
            await pilot.press("down")
            await asyncio.sleep(60)

        player.stage.perform = cut_short  # type: ignore[method-assign,assignment]
        await pilot.press("right")
        await until(pilot, lambda: player.is_taken_over)
        await pilot.press("f12")
        await until(pilot, lambda: f"▶ 1/3  {TOUR.title}  {REPLAYED}" in text_of(pilot))


async def test_escape_ends_the_tour_where_it_is_and_returns_the_keys(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        before = app.screen
        await pilot.press("escape")
        await press(pilot)
        assert app.player is None
        assert app.screen is before
        assert not [caption for screen in app.screen_stack for caption in screen.query(Caption)]
        assert "You left the tour" in text_of(pilot)
        await press(pilot, "d", "t", "escape")
        assert app.workspace.shifted_by == DAY


async def test_a_tour_that_was_taken_over_is_ended_by_the_palettes_command_that_its_bar_names(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await playing(pilot, SHORT_TOUR)
        await press(pilot, "d")
        assert "f12 resume the tour" in text_of(pilot)
        await press(pilot, "escape")
        show_bars(app)
        await until(pilot, lambda: ": search for “End the tour”" in text_of(pilot))
        await press(pilot, "colon", *"end the tour")
        await until(pilot, lambda: "Leave the tour" in text_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: app.player is None)
        await press(pilot)
        assert not app.screen.query(TourBar)
        assert "You left the tour." in text_of(pilot)


async def test_in_eighty_columns_a_replays_reason_and_every_key_are_shown(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        player.tour = TOUR.model_copy(update={"title": "A tour whose title fills the bar from end to end of it, and more"})
        player._set_speed(0.5)
        await play_to(player, "right", 1)
        player.was_replayed = True
        show_bars(app)
        await press(pilot)
        assert f"…  {REPLAYED}" in text_of(pilot)
        assert "others take over" in text_of(pilot)
        await press(pilot, "space")
        assert "space play  → next  ← back  home start  - + 0.5x  esc end  others take over" in text_of(pilot)


async def test_a_click_takes_over(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        await pilot.click(offset=(2, 2))
        await press(pilot)
        assert player.is_taken_over


async def test_a_tour_presses_the_keys_that_shoplink_comes_with(app_on: AppOn, tmp_path: Path) -> None:
    app = app_on("linked")
    config = tmp_path / "config.toml"
    config.write_text('[keys]\ndesk = "z"\n')
    launch.configure(app, config)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        assert not player.stage.untaken
        assert "d Desk" in text_of(pilot)
        await press(pilot, "z")  # takes over, so it is the person's key again
        assert isinstance(app.screen, DeskPanel)
        await press(pilot, "escape")
        assert "z Desk" in text_of(pilot)


async def test_the_end_of_practice_ends_the_tour_that_was_taken_over(app_on: AppOn) -> None:
    app = app_on("linked")
    app.is_kept = True
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await playing(pilot, SHORT_TOUR)
        await press(pilot, "ctrl+p", "type:own shop", "enter", "right", "enter")
        assert isinstance(app.screen, Welcome)
        assert not app.screen.query(TourBar)
        await press(pilot, "f12")
        assert app.player is None


async def test_a_scenario_that_is_started_ends_the_tour(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await playing(pilot, SHORT_TOUR)
        app.start_scenario("rejected")
        await press(pilot)
        assert app.player is None
        assert not app.screen.query(Caption)


@pytest.mark.parametrize(("size", "dialogs"), [((80, 24), ("question_mark", "d", "f9", "ctrl+p")), ((120, 40), ("d",))], ids=str)
async def test_pages_and_dialogs_end_above_the_caption(app_on: AppOn, size: tuple[int, int], dialogs: tuple[str, ...]) -> None:
    app = app_on("linked")
    async with app.run_test(size=size, notifications=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        await play_to(player, "right", 1)
        bar = app.screen.query_one(Caption).region
        assert app.screen.query_one("Keys").region.bottom == bar.y
        for dialog in dialogs:
            await press(pilot, dialog)
            assert app.screen.is_modal, dialog
            assert app.screen.query_one(Caption).region == bar, dialog
            seen = {
                widget: app.screen.find_widget(widget).visible_region
                for widget in app.screen.query("*")
                if widget.display and widget.region and not isinstance(widget, Caption)
            }
            assert any(seen.values()), dialog
            assert not [widget for widget, region in seen.items() if region and region.bottom > bar.y], dialog
            assert "f12 resume the tour" in text_of(pilot), dialog
            await press(pilot, "escape")
            assert not app.screen.is_modal, dialog


async def test_after_a_stopped_tour_the_keys_lead_back_to_the_shops(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        for at in range(1, len(TOUR.steps) + 1):
            await play_to(player, "right", at)
        await pilot.press("escape")
        await press(pilot)
        for _ in range(6):
            await press(pilot, "escape")
            if "Leave without saving?" in text_of(pilot):  # a wizard asks before it forgets what was typed
                await press(pilot, "tab", "enter")
        assert type(app.screen).__name__ == "Shops"


async def test_a_step_that_fails_ends_the_tour_and_says_why(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        lost = TOUR.steps[0].model_copy(update={"keys": (), "desk": ("approve",)})
        player.tour = TOUR.model_copy(update={"steps": (lost,)})
        await pilot.press("right")
        await until(pilot, lambda: app.player is None)
        await press(pilot)
        assert "The tour ended at step 1. “approve”" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)


async def test_a_toast_covers_no_caption(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await playing(pilot, SHORT_TOUR)
        for number in range(3):
            app.notify(f"Toast {number}\nof two lines", title="A title", markup=False)
        await until(pilot, lambda: "Toast 2" in text_of(pilot))
        await press(pilot)
        caption = app.screen.query_one(Caption).region
        toasts = [toast.region for toast in app.screen.query("Toast")]
        assert len(toasts) == 3
        assert not any(toast.overlaps(caption) for toast in toasts), (caption, toasts)
        await press(pilot, "escape")
        await until(pilot, lambda: "You left the tour" in text_of(pilot))
        assert app.screen.query_one("ToastRack").styles.margin.bottom == 1


async def test_a_caption_comes_with_its_screen_and_not_before(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        player = await playing(pilot, SHORT_TOUR)
        seen: list[str] = []
        perform = player.stage.perform

        async def watched(*what: object) -> None:
            await perform(*what)  # type: ignore[arg-type]
            seen.append(text_of(pilot))

        player.stage.perform = watched  # type: ignore[method-assign,assignment]
        await play_to(player, "right", 1)
        assert "▶ 0/3" in seen[0]
        assert TOUR.steps[0].caption in text_of(pilot)


def test_a_caption_has_a_height_even_in_a_window_without_columns() -> None:
    class Lines(TourBar):
        def texts(self) -> list[Content]:
            return [Content("A caption of several words")]

    assert Lines().get_content_height(Size(0, 0), Size(0, 0), 0) > 1
