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
from core.errors import ShoplinkError
from core.plurals import count_of
from core.text import show
from core.workspace import Workspace
from tui import room, stopped
from tui.commands import QUIT, SAVE_PICTURE, SAVE_TEXT, SCENARIOS, THEME, bindings
from tui.config import Config
from tui.harmless import HARMLESS
from tui.on_workspace import POLL_SECONDS, OnWorkspace
from tui.theme import DARK, LIGHT, variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.command import Provider
    from textual.filter import LineFilter


def _finder() -> "type[Provider]":
    from tui.palette import Finder

    return Finder


class ShoplinkApp(OnWorkspace):
    """The screens on one workspace; on none, the welcome page."""

    TITLE = "shoplink"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings(QUIT, THEME, SCENARIOS, SAVE_PICTURE, SAVE_TEXT)
    COMMANDS = App.COMMANDS | {_finder}
    HORIZONTAL_BREAKPOINTS = room.COLUMNS
    VERTICAL_BREAKPOINTS = room.ROWS

    def __init__(
        self, workspace: Workspace | None, *, path: Path, actor: str, clock: Clock = system_clock, zone: tzinfo | None = None
    ) -> None:
        super().__init__()
        self.hold(workspace)
        self.path = path
        self.actor = actor
        self.clock, self.zone = clock, zone
        self.config = Config()
        self.config_path: Path | None = None
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.set_reactive(App.theme, DARK.name)  # assigned it would have every style parsed twice at start
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(self.current_theme.dark)

    def get_default_screen(self) -> Screen[None]:
        if not self.workspace:
            from tui.screens.welcome import Welcome

            return Welcome()
        from tui.screens.shops import Shops

        return Shops()

    async def run_async(self, *what: Any, **how: Any) -> Any:
        stopped.heed(self)
        return await super().run_async(*what, **how)  # a picture's run gives the picture

    def get_line_filters(self) -> "Sequence[LineFilter]":
        return [*super().get_line_filters(), HARMLESS]

    def on_mount(self) -> None:
        self.set_interval(POLL_SECONDS, self.look)
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        if mistakes := len(self.config.mistakes):
            told = f"{count_of(mistakes, 'mistake')} in {self.config_path}, passed over. All of it: shoplink doctor"
            self.notify(show(told), title="Configuration", severity="warning", timeout=12, markup=False)
        if self.workspace:
            self.open_first_shop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.can_play() if action == "scenarios" else super().check_action(action, parameters)

    def action_save_picture(self) -> None:
        from tui import takeout

        self._save("Save the picture", "svg", takeout.picture(self))

    def action_save_text(self) -> None:
        from tui import takeout

        self._save("Save the text", "txt", takeout.text(self))

    def _save(self, title: str, suffix: str, content: str) -> None:
        from tui.screens.save_as import SaveAs

        self.push_screen(SaveAs(title, f"shoplink.{suffix}", lambda: content, "The screen as it was before this question."))

    def action_next_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def run_action(self, *what: Any, **how: Any) -> bool:
        """Run an action, and tell what the file cannot be asked for.

        An action that comes while its page is being made may find no widget: it is passed over then.
        """
        try:
            return await super().run_action(*what, **how)
        except ShoplinkError as error:
            self.tell(error)
            return True
        except NoMatches:
            if any(getattr(screen, "painting", False) for screen in self.screen_stack):
                return True
            raise

    def action_command_palette(self) -> None:
        from tui.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def get_system_commands(self, screen: Screen[object]) -> "Iterable[SystemCommand]":
        """The palette: what can be done on this screen, made from its bindings, and Textual's themes.

        Textual's other commands are ours already, or would hide the line that says that this is practice.
        """
        unique = {active.binding.id: active for active in reversed(screen.active_bindings.values()) if active.binding.id}
        for active in reversed(unique.values()):
            binding = active.binding
            if active.enabled:
                run = partial(self.run_action, binding.action, active.node)
                yield SystemCommand(binding.description, binding.tooltip, run)
        yield from (command for command in super().get_system_commands(screen) if command.title == "Theme")

    def _remember_theme(self, theme: Theme) -> None:
        if self.config_path and not self.config.mistakes:  # a file with mistakes is its owner's to mend
            from tui.config import remember_theme

            try:
                remember_theme(self.config_path, theme.name)
            except OSError as error:
                self.notify(f"The theme could not be remembered: {error.strerror}.", severity="warning", markup=False)

    def crash_message(self, error: BaseException | None) -> str:
        return stopped.told(error)
