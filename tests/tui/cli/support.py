"""How a test calls the command line."""

from collections.abc import Callable
from typing import Any

Run = Callable[..., tuple[int, Any]]
"""Runs a command with --json on one workspace file; gives its exit code and its document, or its text when text=True."""
