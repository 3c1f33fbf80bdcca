"""The application's base, without screens: workspace, signal of its changes, errors."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen
from textual.signal import Signal

from core.clock import Clock, system_clock
from core.errors import Locked, NotFound, ShoplinkError, WorkspaceError
from core.models import WorkspaceKind
from core.text import show
from core.workspace import Workspace
from tui.breakpoints import WIDE
from tui.counting import Counting
from tui.formats.clock import localized
from tui.messages import OpenPlace
from tui.textual_fixes import SafeApp

MAX_PASTE = 2000
"""Characters of a paste that are kept: more than any field takes, so that too long a text is reported."""
POLL_SECONDS = 0.5
"""How often the file is checked for another program's changes: changes within that time are painted together."""
AGAIN_SECONDS = 0.2
"""How long until it is checked again where another program was writing."""
POLL_TIMEOUT_SECONDS = 0.05
"""How long a check waits for another program's write, which usually takes less. The screens wait with it."""
TIMEOUT_SECONDS = 1.0
"""How long the screens wait for another program's write. Keys wait with them, and a short write is no reason to press again."""


class Shell(SafeApp):
    """An application on one workspace, or on none yet."""

    def __init__(
        self, workspace: Workspace | None, *, path: Path, actor: str, clock: Clock = system_clock, zone: tzinfo | None = None
    ) -> None:
        super().__init__()
        self.path = path
        """The workspace's file, even before it exists."""
        self.actor = actor
        self.clock = clock
        self.zone = zone
        """The zone in which moments are shown; None: the computer's."""
        self.newest_entry: str | None = None
        """The last entry recorded on these screens, while `z` can undo it."""
        self.is_guest = False
        """Whether the person is a visitor of a demo, who has no files on this computer."""
        self.is_kept = False
        """Whether the workspace's file stays when the screens close: a demo's is deleted."""
        self.own_keys: dict[str, str] = {}
        """The keys that the person chose, by command."""
        self.first_counting: Counting | None = None
        """What the first list of shops counts, if that began before the screens were imported."""
        self.presenters = 0
        """How many presenters are connected; then the notes are on their screens."""
        self.changed: Signal[None] = Signal(self, "changed")
        """Published when the workspace has changed."""
        self._workspace: Workspace | None = None
        self._painted: tuple[int, datetime] | None = None
        """What the screens show, as `as_of` returns it; None to repaint at the next poll."""
        self.painted_at = clock()
        """When the screens were last repainted, in UTC."""
        self._file_error = ""
        """The code of the reported file error, while it lasts."""
        self.attach(workspace)

    def attach(self, workspace: Workspace | None) -> None:
        """Make this the open workspace."""
        self._workspace = workspace
        self.newest_entry = None
        self._painted = self.as_of() if workspace else None
        self._file_error = ""
        if workspace:
            self.painted_at = workspace.now()
            workspace.store.set_timeout(TIMEOUT_SECONDS)

    @property
    def workspace(self) -> Workspace:
        """The open workspace; None, and so false, behind the welcome page."""
        return self._workspace  # type: ignore[return-value]

    def as_of(self) -> tuple[int, datetime]:
        """Return the workspace's version and the minute that its clock shows: a screen shows both, and is repainted for both."""
        return self.workspace.version(), self.workspace.now().replace(second=0, microsecond=0)

    @property
    def is_practice(self) -> bool:
        """Whether a practice workspace is open, with Desk, scenarios and tours."""
        return bool(self._workspace) and self.workspace.kind == WorkspaceKind.PRACTICE

    @property
    def saved(self) -> str:
        """Say what becomes of what was done here when the program ends."""
        if not self._workspace:
            return "There is nothing to save yet."
        if not self.is_practice:
            return "Everything that you recorded is saved."
        return "Everything that you did is saved." if self.is_kept else "This practice workspace is deleted when you quit."

    @property
    def is_wide(self) -> bool:
        """Whether there is room for columns beside a page."""
        return self.size.width >= WIDE

    def repaint(self) -> None:
        """Repaint every place from the current workspace."""
        self.first_counting = None  # as of an earlier moment
        try:
            if self._workspace:
                self._painted, self.painted_at = self.as_of(), self._workspace.now()
            if self.newest_entry and self.workspace.entries.is_undone(self.newest_entry):  # here, or by another program
                self.newest_entry = None
        except WorkspaceError as error:
            self.report_once(error)
        else:
            self.changed.publish(None)

    def follow(self) -> None:
        """Show other programs' changes from now on. Look again sooner where one that is writing was in the way."""
        self.poll()
        self.set_timer(AGAIN_SECONDS if self._workspace and self._painted is None else POLL_SECONDS, self.follow)

    def poll(self) -> None:
        """Show what another program has changed, and each minute what changes with time, such as "in 5 h".

        In practice, what has expired is written before that.
        """
        if self._workspace is None or not self.screen_stack:  # the program is ending
            return
        try:
            with self._workspace.store.waiting(POLL_TIMEOUT_SECONDS):
                changed = self.as_of() != self._painted
                self._workspace.store.check_place()
                if changed:
                    self._workspace.settled()
        except WorkspaceError as error:
            self.report_once(error)
            return
        if not changed:
            self._file_error = ""
            return
        shown = self.screen_stack[-1:]  # none while the program ends
        self.repaint()
        if any(screen not in self.screen_stack for screen in shown):
            text = "Another program removed or ended what it was about. What it did is in History."
            self.notify(text, title="Closed", severity="warning", timeout=8, markup=False)

    def acted(self, words: str) -> None:
        """Note an act done at the Desk, in the words of a tour's file."""

    def recorded(self, what: str) -> None:
        """Say what was recorded, and how to undo it."""
        entry = self.workspace.store.entry
        self.repaint()
        if not entry:
            self.unchanged()
            return
        self.newest_entry = entry
        self.clear_notifications()
        keys = [self.get_key_display(key.binding) for key in self.screen.active_bindings.values() if key.binding.id == "undo"]
        undo = f" Press {keys[0]} to undo it." if keys else ""
        self.notify(show(f"Recorded: {what}.{undo}"), markup=False)

    def unchanged(self) -> None:
        """Say that there was nothing to save or to record."""
        self.clear_notifications()
        self.notify("Nothing changed.", markup=False)

    def undone(self) -> None:
        """Say that an entry was undone."""
        self.repaint()
        self.clear_notifications()
        self.notify("Undone. The entry and the reason stay in History.", markup=False)

    def report(self, error: ShoplinkError) -> None:
        """Show what could not be done, why, and what to do next.

        The screen stays, and with it what was typed.
        """
        self.notify(self.error_message(error), title="Not possible", severity="error", timeout=8, markup=False)
        if isinstance(error, WorkspaceError | NotFound):
            self._painted = None  # the screen may be behind the file

    def report_once(self, error: ShoplinkError) -> None:
        """Report once why something could not be painted; it is painted when possible.

        A lock is not reported: another program is in the middle of a change, and the next poll sees it whole.
        """
        self._painted = None
        if not isinstance(error, Locked) and self._file_error != error.code:
            self._file_error = error.code
            self.report(error)

    def error_message(self, error: ShoplinkError) -> str:
        """Format an error in one line: what failed, why, what to do next; in the person's zone."""
        return show(localized(error.in_full(), self.zone))

    def show_error(self, screen: Screen[Any], error: ShoplinkError) -> None:
        """Report why this screen has nothing to show, and close it; a shop's first one waits until it can be painted."""
        self.report(error)
        if not self.is_base(screen):
            self.call_next(self.leave, screen)
        elif isinstance(error, NotFound):  # the shop is gone: its Settings have nothing to show either
            self.post_message(OpenPlace("shops"))

    def is_first(self, screen: Screen[Any]) -> bool:
        """Check whether nothing was shown before this screen."""
        return screen not in self.screen_stack[1:]

    def is_base(self, screen: Screen[Any]) -> bool:
        """Check whether this is the first screen of its shop."""
        stack = self.screen_stack
        return self.is_first(screen) or getattr(stack[stack.index(screen) - 1], "shop_id", None) is None

    def leave(self, screen: Screen[Any]) -> None:
        """Close a screen and what was opened over it; who waits for a dialog's answer gets None.

        A screen that a key of the same burst has already closed is ignored.
        """
        if not self.is_first(screen):
            while self.screen is not screen:
                self.screen.dismiss()
            screen.dismiss()

    async def on_event(self, event: events.Event) -> None:
        """Make a paste one line, as fields are: Textual would drop all but the first line."""
        if isinstance(event, events.Paste):
            event.text = " ".join(filter(None, event.text[:MAX_PASTE].splitlines()))
        await super().on_event(event)

    def report_error(self, error: Exception, source: DOMNode | None = None) -> bool:
        if not isinstance(error, ShoplinkError):
            return False
        if source is None:
            self.report_once(error)
        elif self.is_there(source):  # nobody sees the report of a closed one
            self.report(error)
        return True
