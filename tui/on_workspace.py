"""The application's hold of its workspace: which one is open, its first places, and painting anew when it changes."""

from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from core.errors import Locked, ShoplinkError
from core.models import Shop, WorkspaceKind
from core.text import show
from core.workspace import Workspace

if TYPE_CHECKING:
    from tui.tours.player import Player

LONGEST_PASTE = 2000
"""Characters of a paste that are taken: more than any field takes, so that what is too long is told as such."""
POLL_SECONDS = 0.5
"""How often it looks whether another program has changed the workspace."""


class OnWorkspace(App[None]):
    """An application on one workspace, or on none yet."""

    _workspace: Workspace | None = None
    _seen = 0
    player: "Player | None" = None
    """The tour that is being played."""
    first_tour: tuple[str, float] | None = None
    """The tour, and its speed, that is played as soon as the screens are there."""

    def hold(self, workspace: Workspace | None) -> None:
        """Take this workspace for the one that is open."""
        self._workspace = workspace
        self._seen = workspace.version() if workspace else 0

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
        self.workspace.desk.switch(scenario)
        self.open_workspace(self.workspace, shop)

    def can_play(self) -> bool:
        """Whether scenarios and tours can be started here: in a practice workspace."""
        return bool(self.workspace) and self.workspace.kind == WorkspaceKind.PRACTICE

    def action_scenarios(self) -> None:
        from tui.desk.chooser import Chooser

        if not isinstance(self.screen, Chooser):
            self.push_screen(Chooser(), self._start)

    def _start(self, chosen: str | None) -> None:
        """Start what the chooser gave: `scenario ID` or `tour ID`."""
        kind, _, id = (chosen or "").partition(" ")
        try:
            if kind == "scenario":
                self.start_scenario(id)
            elif kind == "tour":
                self.play(id)
        except ShoplinkError as error:
            self.notify(show(f"{error.message} {error.remedy}"), title="Not possible", severity="error", markup=False)

    def on_ready(self) -> None:
        if self.first_tour:
            self.play(*self.first_tour)

    def play(self, tour: str, speed: float = 1.0) -> None:
        """Play a tour from its start. Raises NotFound or InvalidInput."""
        from tui.tours import player
        from tui.tours import tour as tours

        self.player = player.Player(self, tours.load(tour), speed)
        self.run_worker(self.player.run(), group="tour", exclusive=True, exit_on_error=True)

    async def on_event(self, event: events.Event) -> None:
        """While a tour is played its keys come first; any other key is somebody who takes over. A paste of any size is quick."""
        if isinstance(event, events.Paste):
            event.text = event.text[:LONGEST_PASTE]
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

        self._seen = self.workspace.version() if self._workspace else 0
        places = [(depth, screen) for depth, screen in enumerate(self.screen_stack) if isinstance(screen, Place)]
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
            with self._workspace.store.impatient():
                changed = self._workspace.version() != self._seen
        except Locked:
            return  # another program is in the middle of a change: the next look sees it whole
        if changed:
            self.repaint()

    def open_first_shop(self) -> None:
        shops = self.workspace.shops
        if self.workspace.kind == WorkspaceKind.PRACTICE or shops.count() == 1:
            for summary in shops.page(limit=1).shops:
                self.open_shop(summary.shop)
