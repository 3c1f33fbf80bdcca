"""What every place has: the top bar, the breadcrumb, the page, the rules beside it, help, and the way in TikTok."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static

import data
from core.errors import InvalidInput, NotFound, ShoplinkError
from core.models import Link, Role, Shop, WorkspaceKind
from core.workspace import Workspace
from tui.commands import BACK, DESK, HELP, OPEN_RULES, TICKET, WHERE, bindings
from tui.room import LEAST, TALL, WIDE
from tui.textual_fixes import SafeScreen
from tui.typed import InShoplink
from tui.widgets.breadcrumb import Breadcrumb
from tui.widgets.keys import Keys
from tui.widgets.retold import retold
from tui.widgets.rows import Rows
from tui.widgets.topbar import TopBar

Result = TypeVar("Result")

TOO_SMALL = f"""\
This window is too small.
shoplink needs {LEAST[0]} columns and {LEAST[1]} rows.
Nothing is lost: make it larger to go on."""


class Page(InShoplink, VerticalScroll, can_focus=False):  # type: ignore[misc]  # narrows Textual's app
    """The part of a screen that shows the workspace, composed anew when that changes."""

    def __init__(self, parts: Callable[[], Iterable[Widget]], id: str) -> None:
        super().__init__(id=id)
        self.parts = parts
        self._made: list[Widget] | None = None

    def compose(self) -> ComposeResult:
        made, self._made = self._made, None
        if made is None:
            try:
                made = list(self.parts())
            except ShoplinkError as error:
                self.app.cannot_show(self.screen, error)
        yield from made or ()

    async def recompose(self) -> None:
        """Put new parts in place of the old ones, which stay when the new ones cannot be had."""
        self._made = list(self.parts())
        await super().recompose()

    def retell(self) -> None:
        """Tell what is to be told now, at once: by the parts that are there, where the new ones are like them."""
        try:
            made = list(self.parts())
        except ShoplinkError as error:
            self.app.in_trouble(error)
            return
        alike = not self.lock.is_locked and retold(self.children, made)  # locked: the parts that are there are being replaced
        self._made = None if alike else made
        if not alike:
            self.call_next(self._replace)

    async def _replace(self) -> None:
        if self._made is not None:  # the last of several that came at once took them
            await super().recompose()


class Place(InShoplink, SafeScreen, Screen[None]):  # type: ignore[misc]  # narrows Textual's app
    """A screen of the program. `key` names its texts in data/texts/places.toml."""

    key = ""
    link_id: str | None = None
    """The link this place is about, where it is about one."""
    AUTO_FOCUS = "#page Choice, #page Input, #page OptionList, #page Button.-primary"
    BINDINGS = [
        *bindings(BACK, WHERE, DESK, HELP, OPEN_RULES, TICKET),
        Binding("down,j", "step(1)", "Next", show=False),
        Binding("up,k", "step(-1)", "Previous", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.painting = True
        """Whether its page is being made: the first time, or anew."""
        self.stale = False
        self.shape: tuple[bool, bool] | None = None
        """Whether it is wide, and whether it is tall."""

    @property
    def workspace(self) -> Workspace:
        return self.app.workspace

    @property
    def shop(self) -> Shop | None:
        """The shop this place is about, as it is now."""
        return self.workspace.shops.get(self.shop_id) if self.shop_id else None

    def the_shop(self) -> Shop:
        """The shop, where a place is never without one."""
        shop = self.shop
        assert shop is not None
        return shop

    def is_gone(self) -> bool:
        """Whether its shop or its link is there no more: the scenario was started over."""
        try:
            if self.shop_id:
                self.workspace.shops.get(self.shop_id)
            if self.link_id:
                self.workspace.links.get(self.link_id)
        except NotFound:
            return True
        return False

    def trail(self) -> list[str]:
        """The breadcrumb's words, the last of them this place."""
        return [self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        """The page's widgets, made from the workspace as it is."""
        raise NotImplementedError

    def side(self) -> Iterable[Widget]:
        """What stands beside the page when there are 120 columns."""
        return ()

    @property
    def texts(self) -> dict[str, str]:
        return data.load("texts/places.toml")[self.key]  # type: ignore[no-any-return]

    def compose(self) -> ComposeResult:
        yield TopBar(lambda: self.shop, id="topbar")
        yield Breadcrumb(self.trail, id="breadcrumb")
        with Horizontal(id="body"):
            yield Page(self.page, id="page")
            yield Page(self.side, id="side")
        yield Keys()
        yield Static(Content(TOO_SMALL), id="too-small")

    @property
    def is_seen(self) -> bool:
        """Whether it is seen: on top, or behind nothing but dialogs."""
        stack = self.app.screen_stack
        return self in stack and all(isinstance(screen, ModalScreen) for screen in stack[stack.index(self) + 1 :])

    def repaint(self) -> None:
        """Paint the page anew from the workspace, keeping the focus where it was.

        It waits while the place is not seen, and while somebody types: what is typed is never disturbed.
        """
        if not self.is_mounted:
            return
        if self.painting or not self.is_seen or isinstance(self.focused, Input):
            self.stale = True
            return
        self.painting = True
        self.call_next(self._recompose)

    def on_mount(self) -> None:
        self.painting = False

    def on_resize(self, event: events.Resize) -> None:
        shape = event.size.width >= WIDE, event.size.height >= TALL
        if self.shape not in (None, shape):
            self.call_after_refresh(self._reshaped)
        self.shape = shape

    async def _reshaped(self) -> None:
        """Paint anew what depends on the room there is; what stands beside the page even while somebody types."""
        if not self.app.is_there(self):
            return  # it was left meanwhile
        side = self.query_one("#side", Page)
        if side.display and isinstance(self.focused, Input):
            await side.recompose()
        self.repaint()

    def on_screen_resume(self) -> None:
        self._catch_up()

    def on_descendant_blur(self) -> None:
        self._catch_up()

    def _catch_up(self) -> None:
        if self.stale and not self.painting:
            self.stale = False
            self.repaint()

    async def _recompose(self) -> None:
        if not self.app.is_there(self):
            return  # it was left meanwhile
        before = self.focused
        self.query_one("#topbar").refresh()
        self.query_one("#breadcrumb").refresh()
        self.refresh_bindings()
        marked = {rows.id: rows.marked for rows in self.query(Rows)}
        try:
            with self.app.batch_update():  # the old page stays until the new one is whole
                for page in self.query(Page):
                    await page.recompose()
        finally:
            self.painting = False
        for rows in self.query(Rows):
            rows.mark(marked.get(rows.id))
        if before and before.id and (found := self.query(f"#{before.id}")) and found.first().focusable:
            self.set_focus(found.first())  # at once: focus() would wait, and the page may be painted anew by then
        elif before is None or not before.is_attached:
            self.focus_first()  # Textual would go on to the next widget, whatever that begins
        self._catch_up()

    def focus_first(self) -> None:
        """Put the focus on the page's first widget that begins nothing dangerous."""
        for widget in self.query(self.AUTO_FOCUS or "*"):
            if widget.focusable:
                self.set_focus(widget)
                return

    def attempt(self, act: Callable[[], Result], mistaken: Callable[[InvalidInput], None] | None = None) -> Result | None:
        """Do something that can be refused. A refusal is told with its reason and remedy; None is the answer then.

        `mistaken` tells a mistake in what was typed where it was typed. A place that was left in the same burst does no more.
        """
        if not self.app.is_there(self):
            return None
        try:
            result = act()
        except InvalidInput as error:
            (mistaken or self.app.tell)(error)
            return None
        except ShoplinkError as error:
            self.app.tell(error)
            return None
        self.app.repaint()
        return result

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return len(self.app.screen_stack) > 1
        if action in {"open", "ticket"}:
            return self.shop_id is not None
        if action == "desk":
            return bool(self.app.workspace) and self.workspace.kind == WorkspaceKind.PRACTICE
        return True

    def is_begun(self) -> bool:
        """Whether something is typed that would be forgotten."""
        return False

    def action_back(self) -> None:
        if self.is_begun():
            self.ask_to_leave()
        else:
            self.app.leave(self)

    def ask_to_leave(self) -> None:
        from tui.widgets.confirm import Confirm

        def answered(leave: bool | None) -> None:
            if leave:
                self.app.leave(self)
                self.app.repaint()

        text = "What you have typed here is forgotten when you leave: nothing was done with it yet."
        self.app.push_screen(Confirm("Leave?", text, keep="Stay", do="Leave"), answered)

    def confirm_cancel(self, link: Link, then: Callable[[], None] = lambda: None) -> None:
        """Ask before an open request is taken back; `then` follows when it was."""
        from tui.widgets.confirm import Confirm

        def answered(do: bool | None) -> None:
            if do and self.attempt(lambda: self.workspace.links.cancel(link.id)):
                then()

        text = f"The request for @{link.account} is taken back and its place is free again. It can be asked for anew."
        self.app.push_screen(Confirm("Cancel the request?", text, keep="Keep the request", do="Cancel request"), answered)

    def action_step(self, step: int) -> None:
        """Go to the next thing that takes the focus; where there is none, move the page itself."""
        page = self.query_one("#page", Page)
        if any(widget.focusable for widget in page.query("*")):
            self.focus_next() if step > 0 else self.focus_previous()
        else:
            page.scroll_relative(y=step, animate=False)

    def action_scroll_page(self, step: int) -> None:
        page = self.query_one("#page", Page)
        page.scroll_relative(y=step * page.size.height, animate=False)

    def action_open(self, key: str) -> None:
        from tui.screens.directory import open_place

        open_place(self.app, key, self.shop_id)

    def link_here(self) -> Link | None:
        """The link this place is about: its own, else the shop's official one, else the shop's newest."""
        if self.link_id:
            return self.workspace.links.get(self.link_id)
        links = self.workspace.links.find(shop=self.the_shop().id)
        return min(links, key=lambda link: not (link.is_live and link.role == Role.OFFICIAL), default=None)

    def action_ticket(self) -> None:
        from tui.screens.ticket import Ticket
        from tui.takeout import ticket

        link = self.link_here()
        if link is None:
            self.notify("This shop has no link yet, so there are no facts to copy.", markup=False)
        else:
            self.app.push_screen(Ticket(f"{link.id}.txt", ticket(self.workspace, link)))

    def action_where(self) -> None:
        from tui.screens.guide import Where

        self.app.push_screen(Where(self.key))

    def action_help(self) -> None:
        from tui.screens.guide import Help

        self.app.push_screen(Help(self.key, list(self.active_bindings.values())))

    def action_desk(self) -> None:
        from tui.desk.desk import Desk

        self.app.push_screen(Desk(self.shop_id, self.key))
