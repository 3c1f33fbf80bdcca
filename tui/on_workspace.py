"""The application's hold of its workspace: which one is open, its first places, and painting anew when it changes."""

from textual.app import App

from core.errors import Locked
from core.models import Shop, WorkspaceKind
from core.workspace import Workspace

POLL_SECONDS = 0.5
"""How often it looks whether another program has changed the workspace."""


class OnWorkspace(App[None]):
    """An application on one workspace, or on none yet."""

    _workspace: Workspace | None = None
    _seen = 0

    def hold(self, workspace: Workspace | None) -> None:
        """Take this workspace for the one that is open."""
        self._workspace = workspace
        self._seen = workspace.version() if workspace else 0

    @property
    def workspace(self) -> Workspace:
        """The open workspace; false while there is none."""
        return self._workspace  # type: ignore[return-value]  # only the welcome page is shown without one

    def open_workspace(self, workspace: Workspace) -> None:
        """Go on with this workspace: from the welcome page, once there is one."""
        from tui.screens.shops import Shops

        self.hold(workspace)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(Shops())  # over the welcome page, to which there is no way back
        self.open_first_shop()

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
