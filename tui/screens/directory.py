"""The places of a shop by their keys: one table from which Settings, the palette and reminders open them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import data

if TYPE_CHECKING:
    from tui.app import ShoplinkApp
    from tui.screens.place import Place

PLACES = {
    "shop_information": ("shop_information", "ShopInformation"),
    "linked_accounts.official": ("linked_accounts.official", "OfficialAccount"),
    "linked_accounts.marketing": ("linked_accounts.marketing", "MarketingAccounts"),
    "shop_page": ("shop_page", "ShopPage"),
    "team_access": ("team_access", "TeamAccess"),
    "compare": ("compare", "Compare"),
    "rules": ("rules", "Rules"),
    "history": ("history", "HistoryPlace"),
    "reminders": ("reminders", "RemindersPlace"),
    "workspace": ("this_workspace", "ThisWorkspace"),
}
"""Each place's key in data/texts/places.toml, with its module and class, imported when it is opened."""


def title(key: str) -> str:
    """The place's name in the app's words."""
    return str(data.load("texts/places.toml")[key]["title"])


def place_class(key: str) -> type[Place]:
    """The class of a place."""
    module, name = PLACES[key]
    found: type[Place] = getattr(import_module(f"tui.screens.{module}"), name)
    return found


def open_place(app: ShoplinkApp, key: str, shop_id: str | None) -> None:
    """Open a place of a shop on top of what is shown."""
    app.push_screen(place_class(key)(shop_id))
