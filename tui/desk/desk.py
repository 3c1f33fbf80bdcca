"""The Desk panel, over any screen: play TikTok's side and move the clock."""

from collections.abc import Iterable

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.errors import ShoplinkError
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

    def compose(self) -> ComposeResult:
        desk = Page(*self._shown(), id="desk")
        desk.border_title = Content("Desk: you play TikTok")
        if self.place == "shops" and self.shop_id:
            desk.border_subtitle = safe(self.app.workspace.shops.get(self.shop_id).name, "", 36)
        yield desk

    def _shown(self) -> list[Widget]:
        """Make what the Desk shows; if that can't be read, say why and close."""
        try:
            return list(self._parts())
        except ShoplinkError as error:
            self.app.show_error(self, error)
            return []

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
            if not self.is_current:
                return  # closed together with the screen below
            with self.app.batch_update():
                await self.column.replace(self._shown())
                self.column.scroll_home(animate=False)
            self.refresh_bindings()
            self.focus_asked()

        self.call_next(repaint)
