"""The Desk panel, over any screen: play TikTok's side and move the clock."""

from collections.abc import Iterable
from datetime import datetime

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.errors import ShoplinkError, WorkspaceError
from tui import place_texts
from tui.commands import HELP, bindings
from tui.desk.panel import DeskPanel
from tui.dialogs.dialog import Dialog
from tui.widgets.card import Card
from tui.widgets.page import Page
from tui.widgets.states import safe


class Desk(DeskPanel, Dialog[None]):
    """The panel next to a screen, which repaints after every act."""

    BINDINGS = [
        Binding("escape", "cancel", "Cancel"),
        Binding("escape,d,f8", "dismiss", "Close the Desk"),
        *bindings(HELP),
    ]
    AUTO_FOCUS = ""
    ENTER = "OK"
    column = getters.query_one("#desk", Page)

    def __init__(self, shop_id: str | None, place: str) -> None:
        super().__init__(shop_id, place)
        self.painted: tuple[int, datetime] | None = None
        """The version of the workspace that it shows, and the minute."""

    def compose(self) -> ComposeResult:
        desk = Page(*self._shown(), id="desk")
        desk.border_title = Content("Desk: you play TikTok")
        self._name_shop(desk)
        yield desk

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, self._workspace_changed, immediate=True)

    def on_unmount(self) -> None:
        self.app.changed.unsubscribe(self)  # Textual would keep a closed screen until the next change

    def _shown(self) -> list[Widget]:
        """Make what the Desk shows; if that can't be read, say why and close."""
        try:
            return self._made()
        except ShoplinkError as error:
            self.app.show_error(self, error)
            return []

    def _made(self) -> list[Widget]:
        """Make what the Desk shows. Raises ShoplinkError."""
        shown = self.app.as_of()
        parts = list(self._parts())
        self.painted = shown
        return parts

    def _name_shop(self, desk: Page) -> None:
        """Name the shop that is selected in the list behind."""
        if self.place == "shops" and self.shop_id:
            desk.border_subtitle = safe(self.app.workspace.shops.get(self.shop_id).name, "", 36)

    def _parts(self) -> Iterable[Widget]:
        yield from self.news_card()
        tiktok = list(self.tiktok_cards())
        yield from self.asked()
        yield tiktok[0]
        yield from self.clock_cards()
        yield from tiktok[1:]
        notes = place_texts.texts(self.place)["notes"]
        if notes:
            yield Card("For the presenter", Static(Content.styled(notes, "$muted")))
        yield from self.scenario_card()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked, the way back leads out of the question, and then out of the Desk."""
        if action in ("cancel", "dismiss"):
            return (self.asking is not None) == (action == "cancel")
        return super().check_action(action, parameters)

    async def action_dismiss(self, result: None = None) -> None:
        """Close at once: Textual's action first runs what waits, and a repaint waits for the application, which waits for it."""
        self.dismiss()

    def show(self) -> None:
        async def repaint() -> None:
            if self.app.is_there(self):  # not closed together with the screen below
                await self._replace(self._shown(), at_top=True)

        self.call_next(repaint)

    async def _replace(self, parts: list[Widget], *, at_top: bool = False) -> None:
        with self.app.batch_update():
            await self.column.replace(parts)
            if at_top:
                self.column.scroll_home(animate=False)
        self.refresh_bindings()
        self.focus_asked()

    def _workspace_changed(self, _: None) -> None:
        self.call_next(self._follow)

    async def _follow(self) -> None:
        """Repaint after a change by another program. A question waits for its answer while there is one."""
        try:
            may_repaint = self.asking is None or (self.asking == "reason" and not self.still_waits())
            if self.app.is_there(self) and may_repaint and self.app.as_of() != self.painted:
                self._name_shop(self.column)
                await self._replace(self._made())
        except WorkspaceError as error:  # the next check of the file repaints it
            self.app.report_once(error)
        except ShoplinkError as error:
            self.app.show_error(self, error)
