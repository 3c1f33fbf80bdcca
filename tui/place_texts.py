"""The texts of places: title, guide, way in TikTok, presenter's notes."""

from typing import Any

import data


def texts(key: str) -> dict[str, Any]:
    """The texts of a place."""
    found: dict[str, Any] = data.load("texts/places.toml")[key]
    return found


def title(key: str) -> str:
    """The place's name in the app's words."""
    return str(texts(key)["title"])
