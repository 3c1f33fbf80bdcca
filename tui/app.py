"""The application: it wires workspace, themes, scenarios and tours."""

import gc
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import Screen
from textual.theme import Theme

from core import desk
from core.clock import Clock, system_clock
from core.errors import ShoplinkError
from core.plurals import count_of
from core.text import show
from core.workspace import Workspace
from tui import breakpoints, crash
from tui.commands import QUIT, SAVE_PICTURE, SAVE_TEXT, SCENARIOS, THEME, bindings
from tui.config import Config
from tui.control_chars import CONTROL_CHARS
from tui.messages import EndPractice, MakeEvidence, OpenWorkspace
from tui.navigation import Navigation
from tui.page_screen import PageScreen
from tui.shell import POLL_SECONDS
from tui.theme import DARK, LIGHT, variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.command import Provider
    from textual.filter import LineFilter
    from textual.widget import Widget

    from tui.player.player import AtEnd, Player
    from tui.player.recorder import Recorder


def _finder() -> "type[Provider]":
    from tui.palette import Finder

    return Finder


class ShoplinkApp(Navigation):
    """The screens on one workspace, or the welcome page without one."""

    TITLE = "shoplink"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings(QUIT, THEME, SCENARIOS, SAVE_PICTURE, SAVE_TEXT)
    COMMANDS = App.COMMANDS | {_finder}
    HORIZONTAL_BREAKPOINTS = breakpoints.COLUMNS
    VERTICAL_BREAKPOINTS = breakpoints.ROWS

    def __init__(
        self, workspace: Workspace | None, *, path: Path, actor: str, clock: Clock = system_clock, zone: tzinfo | None = None
    ) -> None:
        super().__init__(workspace, path=path, actor=actor, clock=clock, zone=zone)
        self.config = Config()
        self.config_path: Path | None = None
        self.player: Player | None = None
        """The tour that is being played."""
        self.recorder: Recorder | None = None
        """Records a tour from the keys that are pressed."""
        self.first_tour: tuple[str, float, AtEnd] | None = None
        """The tour to play once the screens are open, its speed, and what follows it."""
        self.is_hosting = False
        """Whether presenters can connect."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.set_reactive(App.theme, DARK.name)  # an assignment would parse every style twice at start
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(self.current_theme.dark)

    def get_line_filters(self) -> "Sequence[LineFilter]":
        return [*super().get_line_filters(), CONTROL_CHARS]

    def get_default_screen(self) -> Screen[None]:
        return self.first_screen()

    async def run_async(self, *args: Any, **options: Any) -> Any:
        with crash.exit_on_signals(self):
            return await super().run_async(*args, **options)

    def on_mount(self) -> None:
        self.set_timer(POLL_SECONDS, self.follow)
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        if (mistakes := len(self.config.mistakes)) and not self.is_guest:
            text = f"{count_of(mistakes, 'mistake')}, ignored. The first: {self.config.mistakes[0]}"
            self.notify(show(text), title="Configuration", severity="warning", timeout=12, markup=False)

    def on_ready(self) -> None:
        if not gc.isenabled():  # see tui.cli.opening
            gc.freeze()
            gc.set_threshold(2_000, 10, 50)  # a full collection takes as long as a key and came with every 25th
            gc.enable()
        if self.recorder:
            self.recorder.begin()
        if self.first_tour:
            self.play(*self.first_tour)
        self.call_after_refresh(self._host)

    def _host(self) -> None:
        """Let presenters connect, while a practice workspace is shown."""
        if self.is_hosting and self.is_practice:
            from tui.presenting.host import Host

            host = Host(self, player=lambda: self.player, open=self.open, start=self.start_scenario, play=self.play)
            self.run_worker(host.run(), group="host", exclusive=True)

    async def on_event(self, event: events.Event) -> None:
        """Give a playing tour its keys first; with any other key, somebody takes over.

        What is typed while the page is repainted waits for the new one: the old one's widgets drop it, and the keys that they
        passed on find nothing focused. In a window that is too small to show the page, only the key that quits works.
        """
        if self.player and self.player.takes(event):
            return
        if self.recorder and self.recorder.takes(event):
            return
        if isinstance(event, events.Key | events.Paste) and self.screen_stack and isinstance(self.screen, PageScreen):
            if breakpoints.is_too_small(*self.size) and not self._quits(event):
                return
            await self.screen.wait_until_painted()
        await super().on_event(event)

    def _quits(self, event: events.Event) -> bool:
        """Check whether this is the key that quits."""
        bound = self.screen.active_bindings.get(event.key) if isinstance(event, events.Key) else None
        return bound is not None and bound.binding.id == QUIT.id

    @on(OpenWorkspace)
    def open_workspace(self, message: OpenWorkspace) -> None:
        """Show a workspace from its first places."""
        if not self.workspace:
            self.call_after_refresh(self._host)
        self.show_workspace(message)

    @on(EndPractice)
    def end_practice(self) -> None:
        """Delete the practice workspace and show Welcome, both at once: no screen may read the deleted file."""
        if not self.is_practice:
            return
        try:
            self.workspace.delete()
        except ShoplinkError as error:
            self.report(error)
        else:
            if self.player:
                self.player.end()
            for group in ("host", "scenario"):
                self.workers.cancel_group(self, group)
            self.show_workspace(OpenWorkspace(None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.recorder and action in {"scenarios", "save_picture", "save_text"}:
            return False  # a tour has its own scenario, and writes no files
        return self.is_practice if action == "scenarios" else super().check_action(action, parameters)

    @work
    async def action_scenarios(self) -> None:
        """Ask for a scenario or a tour, and start it."""
        from core import scenarios
        from tui import tours
        from tui.desk.chooser import Chooser

        if isinstance(self.screen, Chooser):
            return
        chosen = await self.push_screen_wait(Chooser(str(self.workspace.scenario)))
        kind, _, id = (chosen or "").partition(" ")
        try:
            if kind == "scenario":
                scenarios.load(id)  # a mistake in it is reported before anything is asked
                if await self._may_discard():
                    self.start_scenario(id)
            elif kind == "tour":
                tours.load(id)
                if await self._may_discard():
                    self.play(id)
        except ShoplinkError as error:
            self.report(error)

    async def _may_discard(self) -> bool:
        """Ask whether to discard what was done and typed; True if there is nothing."""
        from tui.dialogs.confirm import Confirm

        if not (self.is_typing() or desk.is_begun(self.workspace)):
            return True
        text = "You will lose everything you did in this practice workspace."
        return await self.push_screen_wait(Confirm("Discard this session?", text, keep="Keep it", do="Discard"))

    @work(group="scenario", exclusive=True)
    async def start_scenario(self, scenario: str) -> None:
        """Put the practice workspace at the start of a scenario, made in a thread, and show it."""
        from core import scenarios
        from tui.dialogs.making import make_scenario

        if self.player:
            self.player.end()
        try:
            made = await make_scenario(self, scenario, actor=self.workspace.actor, clock=self.workspace.clock)
            if made is None:
                return
            desk.put(self.workspace, made)
            chosen = scenarios.load(scenario)
        except ShoplinkError as error:
            self.report(error)
        else:
            self.open_workspace(OpenWorkspace(self.workspace, chosen.first_shop, chosen.opens))

    def play(self, tour: str, speed: float = 1.0, at_end: "AtEnd" = "stay") -> None:
        """Play a tour from its start, at `speed` times its pace.

        Raises NotFound or InvalidInput.
        """
        from tui import tours
        from tui.player.player import Player

        self.player = Player(self, tours.load(tour), speed, self._tour_ended, at_end)
        self.run_worker(self.player.run(), group="tour", exclusive=True)

    def bars(self) -> "Iterable[Widget]":
        """Give every screen its bar while a tour is played or recorded."""
        if self.player:
            from tui.player.caption import Caption

            yield Caption(self.player)
        elif self.recorder:
            yield self.recorder.bar()

    def acted(self, words: str) -> None:
        if self.recorder:
            self.recorder.acted(words)

    async def action_quit(self) -> None:
        """Quit; a recording is written first."""
        if self.recorder:
            self.recorder.finish()
        else:
            await super().action_quit()

    def _tour_ended(self) -> None:
        self.player = None

    async def action_save_picture(self) -> None:
        from tui import capture

        await capture.remove_toasts(self)
        self._save("Save the picture", "svg", capture.picture(self))

    async def action_save_text(self) -> None:
        from tui import capture

        await capture.remove_toasts(self)
        self._save("Save the text", "txt", capture.text(self))

    def _save(self, title: str, suffix: str, content: str) -> None:
        from tui.dialogs.save_as import SaveAs, save_as

        if not isinstance(self.screen, SaveAs):  # a key of the same burst has already asked
            save_as(self, title, f"shoplink.{suffix}", lambda: content, "The screen as it was before this question.")

    @on(MakeEvidence)
    @work
    async def make_evidence(self, message: MakeEvidence) -> None:
        from tui import evidence

        if not self.is_covered(message):
            await evidence.save(self, message)

    def action_next_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_command_palette(self) -> None:
        from tui.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    async def run_action(self, action: Any, default_namespace: DOMNode | None = None, *args: Any, **options: Any) -> bool:
        """Run an action, and report why it could not be done.

        The action of a button whose screen was closed or covered meanwhile is ignored: another screen may have one of that
        name. An action that comes while its page is being made may find no widget: then it is ignored too.
        """
        of_screen = str(action).startswith("screen.")
        if default_namespace is None:
            if of_screen:  # the button is removed
                return True
        elif not self.is_there(default_namespace) or (of_screen and default_namespace.screen is not self.screen):
            return True
        try:
            return await super().run_action(action, default_namespace, *args, **options)
        except ShoplinkError as error:
            self.report(error)
            return True
        except NoMatches:
            if not self.screen.is_mounted or any(getattr(screen, "painting", False) for screen in self.screen_stack):
                return True
            raise

    def get_system_commands(self, screen: Screen[object]) -> "Iterable[SystemCommand]":
        """The palette's commands: this screen's bindings, and Textual's themes; its others duplicate ours or hide practice."""
        unique = {active.binding.id: active for active in reversed(screen.active_bindings.values()) if active.binding.id}
        for active in reversed(unique.values()):
            binding = active.binding
            if active.enabled:
                run = partial(self.run_action, binding.action, active.node)
                is_offered = binding.id != QUIT.id  # where nothing is typed, it could be first in the list, under enter
                yield SystemCommand(binding.description, binding.tooltip, run, discover=is_offered)
        if self.player:
            from tui.player.caption import END

            yield SystemCommand(END, "Leave the tour; the screens stay as they are", self.player.end)
        yield from (command for command in super().get_system_commands(screen) if command.title == "Theme")

    def _remember_theme(self, theme: Theme) -> None:
        if self.config_path and not self.config.mistakes and not self.is_guest:  # its owner has to correct a file with mistakes
            from tui.config import remember_theme

            try:
                remember_theme(self.config_path, theme.name)
            except OSError as error:
                self.notify(f"The theme couldn't be saved: {error.strerror}.", severity="warning", markup=False)

    def crash_message(self, error: BaseException | None) -> str:
        return crash.message(error)
