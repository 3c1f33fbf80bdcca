"""Start the app with the person's configuration."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from core.workspace import Workspace
from tui import commands, config, paths
from tui.app import ShoplinkApp
from tui.counting import Counting
from tui.exit_codes import STOPPED
from tui.theme import NAMES

if TYPE_CHECKING:
    from tui.player.player import AtEnd


def run(
    workspace: Workspace | None,
    path: Path,
    actor: str,
    *,
    opens: tuple[str | None, str] = (None, "settings"),
    tour: str | None = None,
    speed: float = 1.0,
    at_end: "AtEnd" = "stay",
    guest: bool = False,
    kept: bool = False,
    counting: Counting | None = None,
) -> int:
    """Run the app, playing the tour first if one is given; return the exit code.

    `opens`: the shop to open first, by code, and its page. `kept`: the file stays afterward. `counting`: what the first list of
    shops counts, if that has begun. The app shows mistakes in the configuration file.
    """
    app = ShoplinkApp(workspace, path=path, actor=actor)
    app.is_guest = guest
    app.is_kept = kept
    app.first_counting = counting
    app.is_hosting = not guest
    app.first_place = opens
    app.first_tour = (tour, speed, at_end) if tour else None
    return start(app)


def start(app: ShoplinkApp) -> int:
    """Run the app with the person's configuration; return the exit code."""
    if "TEXTUAL_DRIVER" not in os.environ:  # otherwise it has the browser's size
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)  # the terminal knows its size, even after a change
    configure(app, paths.config())
    app.run(mouse=app.config.mouse)
    return STOPPED if app.return_code is None else app.return_code


def configured(path: Path) -> config.Config:
    """Read the configuration at `path`, checked against known themes and commands."""
    keys = {command.id: command.key for command in vars(commands).values() if isinstance(command, commands.Command)}
    return config.read(path, NAMES, keys)


def configure(app: ShoplinkApp, path: Path) -> None:
    """Apply the configuration at `path`; theme changes are saved there."""
    app.config_path = path
    app.config = configured(path)
    if app.config.theme:
        app.theme = app.config.theme
    if app.config.animation:
        app.animation_level = app.config.animation
    app.own_keys = app.config.keys
    app.set_keymap(app.own_keys)
