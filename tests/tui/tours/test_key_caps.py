"""Keys as people read them: with only these, each tour can be repeated by hand."""

import asyncio
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from core import act_words, scenarios
from core.models import Role
from tests.tui.support import SHORT_TOUR, press
from tui import tours
from tui.acts import Acts, named
from tui.app import ShoplinkApp
from tui.player.key_caps import Press, desk_presses, instructions, presses
from tui.player.stage import Stage
from tui.storyboard import claims
from tui.storyboard.frames import MOMENT

FOUND_ON_A_KEYBOARD = {
    **{"Enter": "enter", "Esc": "escape", "Tab": "tab", "Space": "space", "↑": "up", "↓": "down", "←": "left", "→": "right"},
    **{
        "/": "slash",
        "?": "question_mark",
        "End": "end",
        "Home": "home",
        "F8": "f8",
        "Shift+Tab": "shift+tab",
        "Ctrl+U": "ctrl+u",
    },
}
"""The key that somebody presses who reads this label."""
REQUESTED, SUBMITTED = "the seller requests a link", "the seller submits it"


@pytest.mark.parametrize(
    ("keys", "labels"),
    [
        (["enter", "enter", "tab"], ["Enter×2", "Tab"]),
        (["shift+tab", "ctrl+u", "ctrl+pagedown"], ["Shift+Tab", "Ctrl+U", "Ctrl+Page Down"]),
        (["f9", "slash", "question_mark", "comma", "minus"], ["F9", "/", "?", ",", "-"]),
        (["u", "2", "down", "escape", "backspace", "delete"], ["u", "2", "↓", "Esc", "Backspace", "Delete"]),
        (["type:lumen.candles", "enter"], ["type “lumen.candles”", "Enter"]),
        ([], []),
    ],
    ids=" ".join,
)
def test_a_key_is_named_as_on_a_keyboard(keys: list[str], labels: list[str]) -> None:
    assert [str(one) for one in presses(keys)] == labels


def test_a_typed_text_holds_no_control_characters() -> None:
    (label,) = [str(one) for one in presses(["type:a\x1b[2J\u202eb"])]
    assert label.startswith("type “a")
    assert not {"\x1b", "\u202e"} & set(label)


@pytest.mark.parametrize(
    ("acts", "labels"),
    [
        (["approve", "advance 24h"], ["F8", "y", "t", "Esc"]),
        (["advance 47h"], ["F8", "c", "type “47h”", "Enter", "Esc"]),
        (["suspend"], ["F8", "u", "Enter", "Esc"]),
        (["verify @ember.nights"], ["F8", "v", "Ctrl+U", "type “@ember.nights”", "Enter", "Esc"]),
        (["region GB"], ["F8", "l", "type “GB”", "Enter", "Esc"]),
        (["reject It is blurred."], ["F8", "r", "End", "Enter", "type “It is blurred.”", "Enter", "Esc"]),
    ],
    ids=str,
)
def test_an_act_of_the_desk_is_named_by_its_keys_there(acts: list[str], labels: list[str]) -> None:
    assert [str(one) for one in desk_presses(acts)] == labels


STEPS = (
    ("member accepts", "suspend", "reinstate @lumen.candles", "verify", "add account new.one", "region new.one GB"),
    ("username new.one two.new", "region two.new US", "add product", "switch product", "delete product", "end link"),
    (REQUESTED, "decline"),
    (REQUESTED, "withdraw"),
    (REQUESTED, "accept"),
    (SUBMITTED, "reject The logo is another brand's."),
    (REQUESTED, "accept"),
    (SUBMITTED, "approve", "advance 24h", "end link"),
    (REQUESTED, "accept"),
    (SUBMITTED, "allow", "advance to due", "advance 90m"),
)
"""Every act of the Desk, in steps that can be done one after another, and what the seller does before some."""


def test_every_act_of_the_desk_is_repeated_by_its_keys() -> None:
    acted = {act_words.read(words)[0] for step in STEPS for words in step if words not in {REQUESTED, SUBMITTED}}
    assert acted == set(act_words.NEEDS)
    happened = []
    for by_keys in (True, False):
        with scenarios.in_memory("organization", actor="reader", clock=lambda: MOMENT) as workspace:
            app = ShoplinkApp(workspace, path=Path("practice.db"), actor="reader", clock=lambda: MOMENT, zone=UTC)
            app.animation_level = "none"
            acts = Acts(workspace, workspace.shops.page(limit=1).shops[0].shop.id)

            async def by_reader(app: ShoplinkApp, acts: Acts) -> None:
                async with app.run_test(size=(80, 24)) as pilot:
                    for step in STEPS:
                        await press(pilot, *pressed(desk_presses(by_seller(step, acts))))

            if by_keys:
                asyncio.run(by_reader(app, acts))
            else:
                for step in STEPS:
                    for words in by_seller(step, acts):
                        named(words)(acts)
            happened.append([event.summary for event in workspace.history.page(limit=100).events])
    assert happened[0] == happened[1]
    assert any("90 min" in said or "1 h 30" in said for said in happened[0])


def by_seller(step: tuple[str, ...], acts: Acts) -> tuple[str, ...]:
    """Do what the seller does before this step; return its acts."""
    if step[0] == REQUESTED:
        assert acts.shop_id
        acts.workspace.links.request("two.new", acts.shop_id, Role.OFFICIAL, agreement=True)
        return step[1:]
    if step[0] == SUBMITTED:
        link = acts.pending()
        assert link
        acts.workspace.links.submit(link.id)
        return step[1:]
    return step


def pressed(read: tuple[Press, ...]) -> Iterator[str]:
    for one in read:
        yield from [f"{tours.TYPE}{one.label}" if one.is_typed else FOUND_ON_A_KEYBOARD.get(one.label, one.label)] * one.times


@pytest.mark.parametrize("tour", tours.catalog(), ids=lambda tour: tour.id)
def test_the_keys_that_are_shown_of_a_tour_are_its_keys(tour: tours.Tour) -> None:
    for step in tour.steps:
        assert list(pressed(presses(step.keys))) == list(step.keys)


def test_a_reader_repeats_a_tour_with_only_the_keys_that_are_shown() -> None:
    tour = tours.load(SHORT_TOUR)
    with scenarios.in_memory(tour.scenario, actor="reader", clock=lambda: MOMENT) as workspace:
        app = ShoplinkApp(workspace, path=Path("practice.db"), actor="reader", clock=lambda: MOMENT, zone=UTC)

        async def read() -> None:
            async with app.run_test(notifications=True) as pilot:
                for number, step in enumerate(tour.steps, start=1):
                    for _, shown in instructions(step):
                        await press(pilot, *pressed(shown))
                    await Stage(app, tour).bring_into_view(step)
                    assert not Stage(app, tour).missing(step), f"step {number}"

        asyncio.run(read())
        assert not claims.broken(tour, workspace)
