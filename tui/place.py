"""A place: what it is about, the keys that work anywhere, its dialogs."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from core.errors import InvalidInput, NotFound, ShoplinkError
from core.models import Link, Role, Shop
from core.workspace import Workspace
from tui import place_texts
from tui.commands import BACK, DESK, HELP, OPEN_RULES, TICKET, WHERE, bindings
from tui.messages import OpenDesk, OpenPlace, OpenRule, VerdictChosen
from tui.page_screen import PageScreen
from tui.widgets.breadcrumb import Breadcrumb
from tui.widgets.topbar import TopBar

Answer = TypeVar("Answer")


class Place(PageScreen):
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

    @property
    def workspace(self) -> Workspace:
        return self.app.workspace

    @property
    def texts(self) -> dict[str, Any]:
        return place_texts.texts(self.key)

    @property
    def shop(self) -> Shop | None:
        """The shop this place is about, as it is now."""
        return self.workspace.shops.get(self.shop_id) if self.shop_id else None

    def the_shop(self) -> Shop:
        """Give the shop, where a place is never without one."""
        shop = self.shop
        assert shop is not None
        return shop

    def head(self) -> Iterable[Widget]:
        yield TopBar(lambda: self.shop, id="topbar")
        yield Breadcrumb(self.trail, id="breadcrumb")

    def is_gone(self) -> bool:
        """Whether its shop or link exists no more: the scenario was started over."""
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

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Show a dialog from a worker and wait for its answer.

        None when a key of the same burst opened another screen first.
        """
        if self.app.screen is not self:
            return None
        answer: Answer = await self.app.push_screen_wait(dialog)
        return answer

    def attempt(self, act: Callable[[], Answer], on_invalid: Callable[[InvalidInput], None] | None = None) -> Answer | None:
        """Do something that can be refused; report a refusal and give None.

        `on_invalid` shows a mistake beside what was typed. A place that is closed does nothing.
        """
        if not self.app.is_there(self):
            return None
        try:
            result = act()
        except InvalidInput as error:
            (on_invalid or self.app.report)(error)
            return None
        except ShoplinkError as error:
            self.app.report(error)
            return None
        self.app.repaint()
        return result

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "back":
                return len(self.app.screen_stack) > 1
            case "open" | "ticket":
                return self.shop_id is not None
            case "desk":
                return self.app.is_practice
            case "import_file":
                return not self.app.is_guest
        return self.possible.get(action, True)

    def is_begun(self) -> bool:
        """Whether something is typed that leaving would lose."""
        return False

    def action_back(self) -> None:
        if self.is_begun():
            self.ask_to_leave()
        else:
            self.app.leave(self)

    @work
    async def ask_to_leave(self) -> None:
        from tui.dialogs.confirm import Confirm

        text = "What you have typed here is forgotten when you leave: nothing was done with it yet."
        if await self.ask(Confirm("Leave?", text, keep="Stay", do="Leave")):
            self.app.leave(self)
            self.app.repaint()

    @work
    async def confirm_cancel(self, link: Link, then: Callable[[], None] = lambda: None) -> None:
        """Ask before an open request is taken back; `then` follows when it was."""
        from tui.dialogs.confirm import Confirm

        text = f"The request for @{link.username} is taken back and its place is free again. It can be asked for anew."
        sure = await self.ask(Confirm("Cancel the request?", text, keep="Keep the request", do="Cancel request"))
        if sure and self.attempt(lambda: self.workspace.links.cancel(link.id)):
            then()

    def action_step(self, step: int) -> None:
        """Focus the next widget; where none takes the focus, scroll the page."""
        if any(widget.focusable for widget in self.page_column.query("*")):
            self.focus_next() if step > 0 else self.focus_previous()
        else:
            self.page_column.scroll_relative(y=step, animate=False)

    def action_scroll_page(self, step: int) -> None:
        self.page_column.scroll_relative(y=step * self.page_column.size.height, animate=False)

    def action_open(self, key: str) -> None:
        self.post_message(OpenPlace(key, self.shop_id))

    @on(VerdictChosen)
    def open_rule(self, event: VerdictChosen) -> None:
        self.post_message(OpenRule(self.shop_id, event.verdict.rule, event.verdict))

    def action_desk(self) -> None:
        self.post_message(OpenDesk(self.shop_id, self.key))

    def link_here(self) -> Link | None:
        """Give its link, else the shop's official one, else the shop's newest."""
        if self.link_id:
            return self.workspace.links.get(self.link_id)
        links = self.workspace.links.find(shop=self.the_shop().id)
        return min(links, key=lambda link: not (link.is_live and link.role == Role.OFFICIAL), default=None)

    def action_ticket(self) -> None:
        from tui.dialogs.ticket import Ticket
        from tui.formats.text import ticket

        link = self.link_here()
        if link is None:
            self.notify("This shop has no link yet, so there are no facts to copy.", markup=False)
        else:
            self.app.push_screen(Ticket(f"{link.id}.txt", ticket(self.workspace, link)))

    def action_where(self) -> None:
        from tui.dialogs.guide import Where

        self.app.push_screen(Where(self.key))

    def action_help(self) -> None:
        from tui.dialogs.guide import Help

        self.app.push_screen(Help(self.key, list(self.active_bindings.values())))
