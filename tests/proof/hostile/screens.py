"""Every place with each of its keys on shops full of hostile text."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

import tui
from tests.proof.hostile.harmless import acting, assert_harmless
from tests.tui.support import settled
from tui import capture, commands, routes
from tui.app import ShoplinkApp
from tui.desk.panel import DeskPanel
from tui.dialogs import guide
from tui.dialogs.anyway import Anyway
from tui.dialogs.dialog import Dialog, FormDialog
from tui.dialogs.making import Making
from tui.link_steps import LinkSteps
from tui.listing import Listing
from tui.page_screen import PageScreen
from tui.place import Place
from tui.player.marking import Discarding, Marking
from tui.presenter import ChoosePlace, PresenterDesk
from tui.screens.linked_accounts.tabs import LinkedAccounts
from tui.screens.shops import Shops
from tui.wizards.rules_step import RulesStep
from tui.wizards.wizard import Wizard

BASES = (PageScreen, Place, Listing, Wizard, RulesStep, LinkSteps, LinkedAccounts, guide._Sheet, Dialog, FormDialog, DeskPanel)
"""Classes that are no screens by themselves."""
ELSEWHERE = (PresenterDesk, ChoosePlace, Making, Marking, Discarding, Anyway)
"""The screens of a presenter's own program and of a recording, one that is gone in a moment, and one about an act that a rule
refuses: their tests open them."""


def classes() -> set[type[Screen[Any]]]:
    """Every class of a screen that the program has."""
    for module in walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    kinds: list[type[Screen[Any]]] = [Screen]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind for kind in kinds if kind.__module__.startswith("tui.")} - {*BASES, *ELSEWHERE}


def ways() -> list[tuple[str, str]]:
    """The shops and every place of a shop, each with enter and its own keys, and one of them with the keys of all."""
    places = {"shops": Shops, **{place: routes.place_class(place) for place in routes.SHOP_PLACES}}
    shared = _keys(Place)
    found = [(place, key) for place, kind in places.items() for key in ("enter", *_keys(kind)) if key not in shared]
    return found + [("linked_accounts.official", key) for key in (*shared, *_keys(ShoplinkApp), "ctrl+p")]


def _keys(kind: type[DOMNode]) -> list[str]:
    keys = [own.key.split(",")[0] for own in kind.BINDINGS if isinstance(own, Binding)]
    return [key for key in keys if key not in {commands.QUIT.key, "down", "up", "pagedown", "pageup"}]


async def look_at(pilot: Pilot[None], place: str, key: str, shop: str) -> None:
    """Open a place of a shop, press a key, and look at both."""
    app = pilot.app
    assert isinstance(app, ShoplinkApp)
    depth = len(app.screen_stack)
    app.push_screen(routes.place(place, None if place == "shops" else shop))
    await settled(pilot)
    look(app, f"{place} of {shop!a}")
    app.post_message(Key(key, key if len(key) == 1 else None))
    await settled(pilot)
    look(app, f"{place}, {key} of {shop!a}")
    while len(app.screen_stack) > depth:
        app.pop_screen()
    await settled(pilot)


ACTIONS = {command.action for command in vars(commands).values() if isinstance(command, commands.Command)}
"""What keys do, which a click on an act of the Desk does too."""


def look(app: ShoplinkApp, where: str) -> None:
    """Raise AssertionError when anything on the screen acts, or was read as markup."""
    assert app._exception is None, f"{where}: {app._exception!r}"
    for strip in app.screen._compositor.render_strips(app.screen.size):
        for segment in strip:
            assert not acting(segment.text), f"{where} shows {segment.text!a}"
            if segment.style:
                assert not segment.style.link, f"{where}: a link to {segment.style.link}"
                does = segment.style.meta.get("@click", "")  # in the footer a click presses the key that it names
                presses = re.fullmatch(r"(app\.simulate_key\('\w+(\+\w+)*'\))?", does)
                assert presses or does.removeprefix("screen.") in ACTIONS, f"{where}: a click does {does}"
    assert_harmless(capture.text(app), where)
    assert_harmless(capture.picture(app), f"{where}: the picture")
