"""The type of the function that runs a command."""

from collections.abc import Callable
from typing import Any

Run = Callable[..., tuple[int, Any]]
"""Runs a command with --json on one workspace file; returns its exit code and document, or its text with text=True."""

SELLER = (
    *("--region", "US", "--legal-name", "Maple Wick LLC", "--entity-kind", "company"),
    *("--registration", "84-5550199", "--country", "US"),
)
"""The options of `add-shop` about a seller."""
