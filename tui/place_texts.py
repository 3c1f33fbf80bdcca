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


def steps(texts: dict[str, Any]) -> list[str]:
    """Return the steps that TikTok's pages name there, numbered."""
    return [f"{number} {step}" for number, step in enumerate(texts.get("steps", ()), 1)]


def ways(texts: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the existing ways to the same page in TikTok, each with its label."""
    return [(label, texts[key]) for label, key in (("On the web", "web"), ("In the app", "app")) if texts[key]]
