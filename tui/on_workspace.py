"""The application's hold of its workspace: which one is open, its first places, and painting anew when it changes."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen

from core import desk
from core.errors import Locked, NotFound, ShoplinkError, WorkspaceError
from core.models import Shop, WorkspaceKind
from core.text import show
from core.workspace import Workspace
from tui import paths
from tui.suggested import suggested
from tui.textual_fixes import SafeApp
from tui.typed import InShoplink

if TYPE_CHECKING:
    from tui.screens.place import Place
    from tui.tours.player import Player

LONGEST_PASTE = 2000
"""Characters of a paste that are taken: more than any field takes, so that what is too long is told as such."""
POLL_SECONDS = 0.5
"""How often it looks whether another program has changed the workspace."""
PATIENCE_SECONDS = 0.2
"""How long the screens wait for another program's write: a person can press again, and must not sit before dead keys."""


class OnWorkspace(InShoplink, SafeApp):  # type: ignore[misc]  # it is the application itself
    """An application on one workspace, or on none yet."""

    _workspace: Workspace | None = None
    _seen: int | None = 0
    """The workspace's version that is shown; None when it is to be painted anew whatever it is."""
    _possible: "WeakKeyDictionary[DOMNode, dict[str, bool | None]]"
    """Which actions were possible, by what they are actions of."""
    trouble = ""
    """The code of what is wrong with the file, as long as it is."""
    path: Path
    """The workspace's file, also while there is none yet."""
    player: "Player | None" = None
    """The tour that is being played."""
    first_tour: tuple[str, float] | None = None
    """The tour, and its speed, that is played as soon as the screens are there."""

    def hold(self, workspace: Workspace | None) -> None:
        """Take this workspace for the one that is open."""
        self._workspace = workspace
        self._possible = WeakKeyDictionary()
        self._seen = workspace.version() if workspace else 0
        self.trouble = ""
        if workspace:
            workspace.store.set_timeout(PATIENCE_SECONDS)

    @property
    def workspace(self) -> Workspace:
        """The open workspace; false while there is none."""
        return self._workspace  # type: ignore[return-value]  # only the welcome page is shown without one

    def open_workspace(self, workspace: Workspace, shop: str | None = None) -> None:
        """Show this workspace from its first places on: once there is one, and when its scenario begins anew.

        `shop`: the code of the shop that is opened, in place of the first.
        """
        from tui.screens.shops import Shops

        self.hold(workspace)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(Shops())  # over the first screen, to which there is no way back
        if shop:
            self.open_shop(workspace.shops.get(shop))
        else:
            self.open_first_shop()

    def start_scenario(self, scenario: str, shop: str | None = None) -> None:
        """Put the practice workspace, and the screens with it, at the start of a scenario; open this shop, or the first.

        Raises NotFound or InvalidInput; nothing was changed then.
        """
        desk.switch(self.workspace, scenario)
        self.open_workspace(self.workspace, shop)

    def can_play(self) -> bool:
        """Whether scenarios and tours can be started here: in a practice workspace."""
        return bool(self.workspace) and self.workspace.kind == WorkspaceKind.PRACTICE

    def action_scenarios(self) -> None:
        from tui.desk.chooser import Chooser

        if not isinstance(self.screen, Chooser):
            self.push_screen(Chooser(str(self.workspace.scenario)), self._start)

    def _start(self, chosen: str | None) -> None:
        """Start what the chooser gave: `scenario ID` or `tour ID`."""
        kind, _, id = (chosen or "").partition(" ")
        try:
            if kind == "scenario":
                self.start_scenario(id)
            elif kind == "tour":
                self.play(id)
        except ShoplinkError as error:
            self.tell(error)

    def on_ready(self) -> None:
        if not gc.isenabled():  # see tui.cli.opening
            gc.freeze()
            gc.set_threshold(2_000, 10, 50)  # a look through everything takes as long as a key, and came with every 25th
            gc.enable()
        if self.first_tour:
            self.play(*self.first_tour)

    def play(self, tour: str, speed: float = 1.0) -> None:
        """Play a tour from its start. Raises NotFound or InvalidInput."""
        from tui.tours import player
        from tui.tours import tour as tours

        self.player = player.Player(self, tours.load(tour), speed)
        self.run_worker(self.player.run(), group="tour", exclusive=True, exit_on_error=True)

    async def on_event(self, event: events.Event) -> None:
        """While a tour is played its keys come first; any other key is somebody who takes over. A paste is one line."""
        if isinstance(event, events.Paste):
            lines = event.text[:LONGEST_PASTE].splitlines()
            event.text = " ".join(filter(None, lines))  # every field is one line: Textual would drop all but the first
        if self.player and await self.player.takes(event):
            return
        await super().on_event(event)

    def open_shop(self, shop: Shop) -> None:
        """Open a shop's settings on top of the list of shops."""
        from tui.screens.settings import Settings

        self.push_screen(Settings(shop.id))

    def repaint(self) -> None:
        """Paint every place on the stack anew from the workspace; leave those whose shop or link is there no more."""
        from tui.screens.place import Place

        try:
            self._seen = self.workspace.version() if self._workspace else 0
            self._paint_places(Place)
        except WorkspaceError as error:
            self.in_trouble(error)

    def _paint_places(self, kind: "type[Place]") -> None:
        places = [(depth, screen) for depth, screen in enumerate(self.screen_stack) if isinstance(screen, kind)]
        gone = next((depth for depth, place in places if place.is_gone()), len(self.screen_stack))
        while len(self.screen_stack) > gone:
            self.pop_screen()
        for depth, place in places:
            if depth < gone:
                place.repaint()

    def look(self) -> None:
        """See whether another program has changed the workspace, and show it."""
        if self._workspace is None:
            return
        try:
            with self._workspace.store.no_wait():
                changed = self._workspace.version() != self._seen
            self._workspace.store.check_place()
        except WorkspaceError as error:
            self.in_trouble(error)
            return
        if changed:
            self.repaint()
        else:
            self.trouble = ""

    def tell(self, error: ShoplinkError) -> None:
        """Tell what could not be done, why, and what to do next. The screen stays, and with it what was typed."""
        self.notify(self.told(error), title="Not possible", severity="error", timeout=8, markup=False)
        if isinstance(error, WorkspaceError | NotFound):
            self._seen = None  # the screen may be behind the file

    def told(self, error: ShoplinkError) -> str:
        """What could not be done, why, and what to do next, in one line."""
        reasons = [verdict.reason for verdict in error.verdicts if verdict.reason not in error.message]
        return show(" ".join(part for part in (error.message, *reasons, self.suggested(error.remedy)) if part))

    def suggested(self, text: str) -> str:
        """`text` with this workspace's file in the commands that it suggests."""
        return suggested(text, None if self.path == paths.workspace() else self.path)

    def in_trouble(self, error: ShoplinkError) -> None:
        """Something could not be painted: it is painted when it can be. Nobody has asked for it, so it is told once.

        A lock is not told at all: another program is in the middle of a change, and the next look sees it whole.
        """
        self._seen = None
        if not isinstance(error, Locked) and self.trouble != error.code:
            self.trouble = error.code
            self.tell(error)

    def cannot_show(self, screen: Screen[Any], error: ShoplinkError) -> None:
        """Go back to where this screen was opened from: the file cannot be asked for what it would show."""
        self.tell(error)
        self.call_next(self.leave, screen)

    def leave(self, screen: Screen[Any]) -> None:
        """Leave a screen, and what was opened over it. One that was left already in the same burst is not left twice."""
        if screen in self.screen_stack[1:]:
            while self.screen is not screen:
                self.pop_screen()
            self.pop_screen()

    def _check_action_state(self, action: str, default_namespace: DOMNode) -> bool | None:
        """Whether an action is possible now; when the file cannot be asked, whether it was when it could be, or may be."""
        if not self._workspace:
            return super()._check_action_state(action, default_namespace)
        known = self._possible.setdefault(default_namespace, {})
        try:
            with self._workspace.store.no_wait():
                known[action] = super()._check_action_state(action, default_namespace)
        except ShoplinkError:
            self._seen = None
        return known.get(action, True)

    def report_error(self, error: Exception, source: DOMNode | None = None) -> bool:
        if not isinstance(error, ShoplinkError):
            return False
        if source is None:
            self.in_trouble(error)
        elif self.is_there(source):  # one that is closed has nobody to report to
            self.tell(error)
        return True

    def open_first_shop(self) -> None:
        shops = self.workspace.shops
        if self.workspace.kind == WorkspaceKind.PRACTICE or shops.count() == 1:
            for summary in shops.page(limit=1).shops:
                self.open_shop(summary.shop)
