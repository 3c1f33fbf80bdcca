"""The presenter's Desk: a separate program beside the one that the audience sees."""

import asyncio
from asyncio import StreamWriter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core import desk
from core.errors import NotFound, ShoplinkError
from core.workspace import Workspace
from tui import place_texts
from tui.app import ShoplinkApp
from tui.commands import AUDIENCE_PLACE, HELP, TOUR_BACK, TOUR_NEXT, TOUR_PAUSE, TOUR_START, bindings
from tui.desk.panel import DeskPanel
from tui.dialogs.dialog import Dialog
from tui.dialogs.making import make_scenario
from tui.page_screen import PageScreen
from tui.presenting.channel import State, connect, order
from tui.routes import SHOP_PLACES
from tui.widgets.card import Card
from tui.widgets.rows import Rows
from tui.widgets.states import safe
from tui.widgets.topbar import TopBar

AGAIN_SECONDS = 1.0
"""How long until it looks for the audience's screens again."""
TOUR = (TOUR_NEXT, TOUR_BACK, TOUR_PAUSE, TOUR_START)
ENDED = (TOUR_BACK, TOUR_START)
"""The keys of a tour that has ended."""


class PresenterApp(ShoplinkApp):
    """The Desk on the workspace that the audience sees."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, workspace: Workspace, *, path: Path, actor: str, **more: Any) -> None:
        super().__init__(workspace, path=path, actor=actor, **more)
        self.state: State | None = None
        """What the audience sees; None without an audience."""
        self._writer: StreamWriter | None = None

    def first_screen(self) -> Screen[None]:
        return PresenterDesk()

    def on_ready(self) -> None:
        self.run_worker(self._follow(), group="follow", exclusive=True)

    def order(self, do: str, what: str = "") -> None:
        """Tell the audience's screens what to do, if there are any."""
        if self._writer and not self._writer.is_closing():
            self._writer.write(order(do, what))

    def repaint(self) -> None:
        super().repaint()
        self.order("look")

    async def _follow(self) -> None:
        """Follow what the audience sees; keep looking while there are no screens."""
        while True:
            try:
                state, reader, self._writer = await connect(self.path)
                self._show(state)
                while line := await reader.readline():
                    self._show(State.read(line))
            except (NotFound, OSError, ValueError):
                pass
            finally:
                if self._writer:
                    self._writer.close()
                self._writer = None
            self._show(None)
            if not self.path.exists():
                self.exit(message="The demo has ended.")
                return
            await asyncio.sleep(AGAIN_SECONDS)

    def _show(self, state: State | None) -> None:
        if self.state != state:
            self.state = state
            self.changed.publish(None)

    @work
    async def action_scenarios(self) -> None:
        """Ask for a scenario or a tour, and start it on the audience's screen."""
        from tui.desk.chooser import Chooser

        kind, _, id = (await self.push_screen_wait(Chooser(str(self.workspace.scenario))) or "").partition(" ")
        if kind == "tour":
            self.order("play", id)
        elif kind and self._writer:
            self.order("start", id)
        elif kind:
            try:
                if made := await make_scenario(self, id, actor=self.workspace.actor, clock=self.workspace.clock):
                    desk.put(self.workspace, made)
            except ShoplinkError as error:
                self.report(error)
            self.repaint()


class PresenterDesk(DeskPanel, PageScreen):
    """Show TikTok's side at the left, and the tour, the notes and the clock at the right."""

    app = getters.app(PresenterApp)
    BINDINGS = [
        Binding("escape", "cancel", "Cancel", show=False),
        *bindings(*TOUR, AUDIENCE_PLACE, HELP),
    ]
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__(None, "shops")

    def head(self) -> Iterable[Widget]:
        yield TopBar(lambda: self.app.workspace.shops.get(self.shop_id) if self.shop_id else None, id="topbar")

    def page(self) -> Iterable[Widget]:
        self._find_shop()
        tiktok = list(self.tiktok_cards())
        acts = (tiktok[0], *self.clock_cards(), *tiktok[1:])
        left = Vertical(*self.news_card(), *self.asked(), *acts, classes="desk-column")
        right = Vertical(*self._audience(), *self.scenario_card(), classes="desk-column")
        yield Horizontal(left, right, id="desk-columns")

    def focus_first(self) -> None:
        """Focus nothing: the keys do the acts, and only a question takes the focus."""

    def show(self) -> None:
        self.call_next(self._repaint)

    async def _repaint(self) -> None:
        await self.recompose()
        self.focus_asked()

    async def recompose(self) -> None:
        await super().recompose()
        if self.focused is None:
            self.focus_asked()  # the question could not be painted before

    def _find_shop(self) -> None:
        """Act on the shop that the audience sees or has selected, on the previous one, or else on the first."""
        shops = self.app.workspace.shops
        wanted = (self.app.state.shop if self.app.state else None) or self.shop_id
        try:
            self.shop_id = shops.get(wanted).id if wanted else None
        except NotFound:
            self.shop_id = None
        if self.shop_id is None:
            self.shop_id = next((summary.shop.id for summary in shops.page(limit=1).shops), None)

    def _audience(self) -> Iterable[Widget]:
        state = self.app.state
        keys = () if not (state and state.tour) else ENDED if state.tour.ended else TOUR
        self.possible |= {command.action: command in keys for command in TOUR}
        self.possible[AUDIENCE_PLACE.action] = bool(state and self.shop_id)
        if state is None:
            yield Card("Audience", Static(Content.styled("No screen shows this workspace.", "$muted")))
            return
        texts = place_texts.texts(state.place)
        lines = [safe(texts["title"], "bold"), *([Content.styled(texts["notes"], "$muted")] if texts["notes"] else [])]
        if state.is_asked:
            lines.append(Content.styled("They are asked whether to leave what is typed.", "$warning"))
        yield Card("The audience sees", Static(Content("\n").join(lines)), self._listed(AUDIENCE_PLACE))
        if tour := state.tour:
            glyph = "■" if tour.ended else "⏸" if tour.paused else "▶"
            head = Content.assemble((f"{glyph} {tour.at}/{tour.steps}  ", "$warning bold"))
            lines = [head + safe(tour.title, "$muted"), safe(tour.caption)]
            lines += [Content.assemble(("Say: ", "$accent")) + safe(tour.note)] if tour.note else []
            lines += [Content.styled("Next: ", "$muted") + safe(tour.following, "$muted")] if tour.following else []
            yield Card("Tour", Static(Content("\n").join(lines)), self._listed(*keys))

    def action_tour(self, key: str) -> None:
        self.app.order("press", key)

    @work
    async def action_audience_place(self) -> None:
        if place := await self.app.push_screen_wait(ChoosePlace()):
            self.app.order("open", place)


class ChoosePlace(Dialog[str | None]):
    """The places of a shop; dismisses with a place's key."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Close")]
    AUTO_FOCUS = "#rows"

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", can_focus=False) as dialog:
            dialog.border_title = Content("Show the audience")
            yield Rows(*(Option(Content(place_texts.title(key)), id=key) for key in SHOP_PLACES))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
