"""Press keys and read the screen with Textual's pilot."""

import asyncio
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from textual.app import App
from textual.events import Key, Paste
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button

from tui import tours
from tui.desk.act_list import ActList
from tui.player.caption import Caption
from tui.player.player import AtEnd, Player
from tui.player.stage import seen
from tui.shell import Shell
from tui.storyboard import storyboard
from tui.storyboard.frames import Look, Storyboard
from tui.tours import TYPE
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.form import Form

SHOP_PAGE, TEAM, REMINDERS = ("down", "enter"), ("down", "down", "enter"), (*["down"] * 3, "enter")
HISTORY, RULES, COMPARE = (*["down"] * 4, "enter"), (*["down"] * 5, "enter"), (*["down"] * 6, "enter")
INFORMATION = ("up", "enter")
"""The keys from a shop's settings to each place."""

TITLE = 6
"""Cells of a border that its title can't have."""


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, waiting until the screen has settled after each; "type:abc" pastes abc."""
    await at_rest(pilot)
    app = pilot.app
    for key in keys:
        if key.startswith(TYPE):
            assert app.focused is not None
            app.focused.post_message(Paste(key.removeprefix(TYPE)))
        else:
            app.post_message(key_event(key))
        await at_rest(pilot)


async def at_rest(pilot: Pilot[None]) -> None:
    """Wait until the screen has settled, and what moves has arrived."""
    await settled(pilot)
    app = pilot.app
    if app.animator._animations:
        with app._context():
            await pilot.wait_for_animation()
        await settled(pilot)


def burst(pilot: Pilot[None], *keys: str) -> None:
    """Press keys at once, each before the one before is answered."""
    for key in keys:
        pilot.app.post_message(key_event(key))


def key_event(key: str) -> Key:
    """Make the event of a key, with its character as terminals send it."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    with suppress(KeyError):
        return Key(key, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key))))
    return Key(key, None)


SETTLED_SECONDS = 60
"""How long anything may take to be answered, however busy the machine is."""


async def settled(pilot: Pilot[None]) -> bool:
    """Wait until everything seen was answered and painted; return False when the program has ended.

    Textual's pilot waits by the clock and sends every widget a message each time, which takes longer than the answer does.
    """
    app = pilot.app
    loop = asyncio.get_running_loop()
    ready, end = loop._ready, loop.time() + SETTLED_SECONDS  # what can go on at once
    while loop.time() < end:
        if app._exit or app._exception:
            return False
        await asyncio.sleep(0)
        if not ready and not busy(app):
            return True
        if not ready:
            await asyncio.sleep(0.001)
    raise AssertionError(f"never settled: {app.screen}; {[*busy(app)]}, {[*ready]}")


def busy(app: App[None]) -> list[object]:
    """Name what is visible and has still to be answered, mounted, laid out or painted. Animations are not waited for."""
    screens, top = seen(app.screen_stack), app.screen
    if painting := [screen for screen in screens if getattr(screen, "painting", False)]:
        return ["painting", *painting]
    if app.focused is not None and app.focused.has_class("-active"):  # a button takes no other press for 0.2 s
        return ["pressed", app.focused]
    required = [top._layout_required, top._repaint_required, top._recompose_required, top._callbacks, top._dirty_widgets]
    required += [screen._layout_required and screen._update_timer._active.is_set() for screen in screens]  # behind a dialog too
    if any(required):
        return ["required", *required]
    pumps = [app, *(node for screen in screens for node in screen.walk_children(with_self=True))]
    return [pump for pump in pumps if pump._message_queue.qsize() or pump._next_callbacks]


def strips_of(pilot: Pilot[None]) -> list[Strip]:
    """What the top screen shows, line by line, with its colors."""
    screen = pilot.app.screen
    return screen._compositor.render_strips(screen.size)


def text_of(pilot: Pilot[None]) -> str:
    """The text on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in strips_of(pilot))


async def still(pilot: Pilot[None]) -> None:
    """Wait until the picture no longer changes, however busy the machine is."""
    before = None
    while (shown := strips_of(pilot)) != before:
        before = shown
        await press(pilot)


def words_of(pilot: Pilot[None], selector: str) -> str:
    """The words that are seen in a widget, with one space between them."""
    region = pilot.app.screen.query_one(selector).region
    lines = text_of(pilot).splitlines()[region.y : region.bottom]
    return " ".join(" ".join(line[region.x : region.right] for line in lines).replace("│", " ").split())


async def pause(pilot: Pilot[None]) -> None:
    """Wait for the processor, and paint: asking more often would keep it busy."""
    with pilot.app._context():  # of two programs in one test, Textual paints only the one that began last
        await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until this holds. Raises AssertionError with the text on the screen."""
    end = asyncio.get_running_loop().time() + SETTLED_SECONDS
    while asyncio.get_running_loop().time() < end:
        if holds():
            return
        await pause(pilot)
    raise AssertionError(text_of(pilot))


async def finished(pilot: Pilot[None], group: str) -> None:
    """Wait for the workers of a group, such as a file's reading, and for what they show."""
    if workers := [worker for worker in pilot.app.workers if worker.group == group]:
        await pilot.app.workers.wait_for_complete(workers)
    await press(pilot)


NEVER = 1e-6
"""A speed at which no step of a tour ends by itself within a test."""


SHORT_TOUR = str(Path(__file__).parent / "tours" / "short.toml")


@cache
def short_storyboard() -> Storyboard:
    """Return the short tour's storyboard, played once for all tests that only write it."""
    return storyboard.make(tours.load(SHORT_TOUR), Look())


async def playing(pilot: Pilot[None], tour: str, speed: float = NEVER, at_end: AtEnd = "stay") -> Player:
    """Start a tour, given by its id or file, and return its player."""
    app = pilot.app
    assert isinstance(app, Shell)
    with app._context():  # of two programs in one test, Textual takes the one that began last for the current one
        app.play(tour, speed, at_end)
    assert app.player is not None
    player = app.player
    await until(pilot, lambda: bool(app.screen.query(Caption)) and (player.at > 0 or not player._is_performing))
    return player


async def play_to(player: Player, key: str, at: int) -> None:
    """Press a key of the tour player, and wait until so many steps are done and shown."""
    pilot = player.stage.pilot
    await pilot.press(key)
    told = f" {at}/{len(player.tour.steps)} "
    await until(pilot, lambda: player.at == at and player._wanted is None and told in text_of(pilot))
    await press(pilot)


def cut_off(pilot: Pilot[None]) -> list[str]:
    """Name what has too little room on the screen.

    Buttons that are not seen whole, buttons of a form that are not in view, groups of unequal heights, acts, titles of cards.
    """
    found = []
    for card in pilot.app.screen.query(Card):
        if card.region and card.title.cell_length > card.outer_size.width - TITLE:
            found.append(card.title.plain)
    for button in pilot.app.screen.query(Button):
        if button.region:
            form = button.parent.parent if isinstance(button.parent, Buttons) else None
            in_form = isinstance(form, Form) and not isinstance(form.parent, Card)  # one in a card scrolls with the page
            around = [widget.region for widget in button.ancestors if isinstance(widget, Widget)]
            wide = all(region.x <= button.region.x and button.region.right <= region.right for region in around)
            high = all(region.y <= button.region.y and button.region.bottom <= region.bottom for region in around)
            label = str(button.label)
            whole = button.content_size.width >= len(label)
            if not wide or not whole or (in_form and not high):
                found.append(label)
    for acts in pilot.app.screen.query(ActList):
        found += [line.plain for line in acts.lines(acts.content_size.width) if line.cell_length > acts.content_size.width]
    for group in pilot.app.screen.query(Buttons):
        if len({button.region.height for button in group.children if button.display}) > 1:
            found.append(f"{group}")
    return found
