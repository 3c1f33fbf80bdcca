"""Which screen is shown next: a place, a shop's first page, the list of shops, another workspace."""

from typing import Any

from textual import on, work
from textual.screen import Screen

from core.errors import ShoplinkError, WorkspaceError
from core.models import Shop
from tui import routes
from tui.messages import Open, OpenFromList, OpenPlace, OpenWorkspace, Request
from tui.shell import Shell
from tui.shop_rows import FIRST, section


class Navigation(Shell):
    """The application's screens: it opens what they request, and closes them."""

    first_place: tuple[str | None, str] = (None, "settings")
    """The shop to open first, by code, and its page, as in OpenWorkspace."""

    def first_screen(self) -> Screen[None]:
        """Make the first screen; Shops is made when somebody goes there, or if the workspace can't be read."""
        if not self.workspace:
            return routes.place("welcome")
        try:
            return self._begin(*self.first_place)
        except ShoplinkError as error:
            if not isinstance(error, WorkspaceError):  # Shops can't be read either then, and reports it
                self.report(error)
            return routes.place("shops")

    def show_workspace(self, message: OpenWorkspace) -> None:
        """Show a workspace from its first places; without one, the welcome page."""
        self.attach(message.workspace)
        self.first_place = (message.shop, message.place)
        while len(self.screen_stack) > 1:
            self.screen.dismiss()
        self.switch_screen(self.first_screen())

    def is_covered(self, message: Request) -> bool:
        """Check whether the place that asks is no longer on top: a key of the same burst opened another, or none is left."""
        top = self.screen_stack[-1:]
        return not top or message.opener not in (None, *top)

    @on(Open)
    def open(self, message: Open) -> None:
        """Open what a screen or a widget requests on top of what is shown. A guest doesn't reach this computer's files."""
        if self.is_covered(message) or (self.is_guest and isinstance(message, OpenPlace) and message.key == "import"):
            return
        if isinstance(message, OpenPlace) and message.key == "shops" and self.workspace:
            self.return_to_shops(discards=message.discards)
            return
        if isinstance(message, OpenFromList):
            self._open_from_list(message)
            return
        if isinstance(message, OpenPlace) and message.key == "settings" and message.shop_id:
            self.push_screen(self.shop_screen(message.shop_id))
            return
        screen = routes.screen_for(message)
        if isinstance(message, OpenPlace) and message.replaces:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _begin(self, code: str | None, place: str) -> Screen[None]:
        """Make a place of the shop with this code or of the only choice, or else Shops."""
        shop = self.workspace.shops.get(code) if code else self._first_shop() if place != "shops" else None
        if shop is None:
            return routes.place("shops")
        return self.shop_screen(shop.id) if place == "settings" else routes.place(place, shop.id)

    def shop_screen(self, shop_id: str) -> Screen[None]:
        """Make a shop's first screen: its Settings or, on a wide screen, its selected place."""
        if not self.is_wide:
            from tui.screens.settings import Settings

            return Settings(shop_id)
        screen = routes.place(FIRST, shop_id)
        screen.starts_in_places = True
        return screen

    def _first_shop(self) -> Shop | None:
        """Return the shop to begin with: the only one, or a practice workspace's first."""
        shops = self.workspace.shops
        if self.is_practice or shops.count(2) == 1:
            return next((summary.shop for summary in shops.page(limit=1).shops), None)
        return None

    def leave(self, screen: Screen[Any]) -> None:
        """Close a screen. A shop's first one leads to its Settings, and those to Shops."""
        from tui.place import Place
        from tui.screens.settings import Settings

        if self.screen is not screen or not isinstance(screen, Place) or not screen.shop_id or not self.is_base(screen):
            super().leave(screen)
        elif isinstance(screen, Settings) or self.is_wide:
            self.return_to_shops()
        else:
            self.switch_screen(Settings(screen.shop_id, section(screen.key)))

    @work(exclusive=True, group="list")
    async def _open_from_list(self, message: OpenFromList) -> None:
        """Replace all of the shop's open screens with a place; ask first if something is typed. Read the file first."""
        try:
            self.workspace.shops.get(str(message.shop_id))
        except ShoplinkError as error:
            self.report(error)
            return
        if not await self._may_leave(discards=message.discards):
            return
        screen = routes.place(message.key, message.shop_id)
        screen.starts_in_places = message.stay
        while not self.is_base(self.screen):
            self.screen.dismiss()
        self.switch_screen(screen)

    @work(exclusive=True, group="list")
    async def return_to_shops(self, *, discards: bool = False) -> None:
        """Close everything above the list of shops; ask first if something is typed."""
        from tui.screens.shops import Shops

        if not await self._may_leave(discards=discards):
            return
        while len(self.screen_stack) > 1 and not isinstance(self.screen, Shops):
            self.screen.dismiss()
        if not isinstance(self.screen, Shops):
            self.switch_screen(routes.place("shops"))

    async def _may_leave(self, *, discards: bool) -> bool:
        """Ask whether to leave what is typed; True if there is nothing, or if it may be discarded."""
        from tui.dialogs.confirm import leaving

        return discards or not self.is_typing() or await self.push_screen_wait(leaving())

    def is_typing(self) -> bool:
        """Check whether leaving would lose something typed on a page."""
        from tui.place import Place

        return any(isinstance(screen, Place) and screen.is_mounted and screen.is_begun() for screen in self.screen_stack)
