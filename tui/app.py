"""The application: it wires workspace, themes and screens, and nothing else."""

from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.theme import Theme

from core.clock import Clock, system_clock
from core.errors import Locked
from core.models import Shop, WorkspaceKind
from core.workspace import Workspace
from tui.commands import QUIT, THEME, bindings
from tui.config import Config
from tui.theme import DARK, LIGHT, variables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.command import Provider

POLL_SECONDS = 0.5
"""How often it looks whether another program has changed the workspace."""


def _finder() -> "type[Provider]":
    from tui.palette import Finder

    return Finder


class ShoplinkApp(App[None]):
    """The screens on one workspace; on none, the welcome page."""

    TITLE = "shoplink"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings(QUIT, THEME)
    COMMANDS = App.COMMANDS | {_finder}
    HORIZONTAL_BREAKPOINTS = [(0, "-too-narrow"), (60, "-narrow"), (80, "-normal"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-too-short"), (20, "-short"), (30, "-tall")]

    def __init__(
        self, workspace: Workspace | None, *, path: Path, actor: str, clock: Clock = system_clock, zone: tzinfo | None = None
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self.path = path
        self.actor = actor
        self.clock = clock
        self.zone = zone
        self._seen = workspace.version() if workspace else 0
        self.config = Config()
        self.config_path: Path | None = None
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    @property
    def workspace(self) -> Workspace:
        """The open workspace; false while there is none."""
        return self._workspace  # type: ignore[return-value]  # only the welcome page is shown without one

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(self.current_theme.dark)

    def get_default_screen(self) -> Screen[None]:
        if self._workspace is None:
            from tui.screens.welcome import Welcome

            return Welcome()
        from tui.screens.shops import Shops

        return Shops()

    def on_mount(self) -> None:
        self.set_interval(POLL_SECONDS, self._poll)
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        for mistake in self.config.mistakes:
            self.notify(mistake, title="Configuration", severity="warning", timeout=12, markup=False)
        if self._workspace:
            self._open_first_shop()

    def open_workspace(self, workspace: Workspace) -> None:
        """Go on with this workspace: from the welcome page, once there is one."""
        from tui.screens.shops import Shops

        self._workspace = workspace
        self._seen = workspace.version()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(Shops())  # over the welcome page, to which there is no way back
        self._open_first_shop()

    def open_shop(self, shop: Shop) -> None:
        """Open a shop's settings on top of the list of shops."""
        from tui.screens.settings import Settings

        self.push_screen(Settings(shop.id))

    def repaint(self) -> None:
        """Paint every place on the stack anew from the workspace; leave those whose shop or link is there no more."""
        from tui.screens.place import Place

        self._seen = self.workspace.version() if self._workspace else 0
        places = [(depth, screen) for depth, screen in enumerate(self.screen_stack) if isinstance(screen, Place)]
        gone = next((depth for depth, place in places if place.is_gone()), len(self.screen_stack))
        while len(self.screen_stack) > gone:
            self.pop_screen()
        for depth, place in places:
            if depth < gone:
                place.repaint()

    def action_next_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def run_action(self, *what: Any, **how: Any) -> bool:
        """Run an action. One that comes while its page is being painted anew may find no widget: it is passed over then."""
        try:
            return await super().run_action(*what, **how)
        except NoMatches:
            if any(getattr(screen, "painting", False) for screen in self.screen_stack):
                return True
            raise

    def action_command_palette(self) -> None:
        from tui.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> "Iterable[SystemCommand]":
        """The palette: what can be done on this screen, made from its bindings, then Textual's own."""
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id and active.enabled:
                run = partial(self.run_action, binding.action, active.node)
                yield SystemCommand(binding.description, binding.tooltip, run)
        yield from super().get_system_commands(screen)

    def _poll(self) -> None:
        if self._workspace is None:
            return
        try:
            changed = self._workspace.version() != self._seen
        except Locked:
            return  # another program is in the middle of a change: the next look sees it whole
        if changed:
            self.repaint()

    def _remember_theme(self, theme: Theme) -> None:
        if self.config_path and not self.config.mistakes:  # a file with mistakes is its owner's to mend
            from tui.config import remember_theme

            try:
                remember_theme(self.config_path, theme.name)
            except OSError as error:
                self.notify(f"The theme could not be remembered: {error.strerror}.", severity="warning", markup=False)

    def _open_first_shop(self) -> None:
        shops = self.workspace.shops
        if self.workspace.kind == WorkspaceKind.PRACTICE or shops.count() == 1:
            for summary in shops.page(limit=1).shops:
                self.open_shop(summary.shop)

    def _fatal_error(self) -> None:
        """End with what happened and where the log is; Textual's own page would show local variables."""
        if not self._exit_renderables:  # one error is told, the first: it is the cause of the others
            from rich.text import Text  # a plain str would be parsed as markup

            from tui import stopped

            self._exit_renderables.append(Text(stopped.told(self._exception)))
        self._close_messages_no_wait()
