"""Open the screens as the person has configured them."""

from pathlib import Path

from textual.theme import BUILTIN_THEMES

from core.workspace import Workspace
from tui import commands, config, paths
from tui.app import ShoplinkApp
from tui.theme import DARK, LIGHT


def run(workspace: Workspace | None, path: Path, actor: str, *, tour: str | None = None, speed: float = 1.0) -> int:
    """Run the screens until they are left, a tour played on them first; give the exit code.

    A mistake in the configuration is told on screen.
    """
    app = ShoplinkApp(workspace, path=path, actor=actor)
    configure(app, paths.config())
    app.first_tour = (tour, speed) if tour else None
    app.run(mouse=app.config.mouse)
    return app.return_code or 0


def configured(path: Path) -> config.Config:
    """What the configuration at `path` says, and what is mistaken in it."""
    ids = {command.id for command in vars(commands).values() if isinstance(command, commands.Command)}
    return config.read(path, {*BUILTIN_THEMES, DARK.name, LIGHT.name}, ids)


def configure(app: ShoplinkApp, path: Path) -> None:
    """Take the configuration over, and remember the theme there when another is chosen."""
    app.config_path = path
    app.config = configured(path)
    if app.config.theme:
        app.theme = app.config.theme
    if app.config.animation:
        app.animation_level = app.config.animation
    app.set_keymap(app.config.keys)
