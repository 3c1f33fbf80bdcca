"""Texts of the screens: title, guide, path in TikTok, presenter's notes."""

from typing import Any

import data


def texts(key: str) -> dict[str, Any]:
    """Load the texts of a screen."""
    found: dict[str, Any] = data.load("texts/places.toml")[key]
    return found


def title(key: str) -> str:
    """Return the screen's title."""
    return str(texts(key)["title"])
