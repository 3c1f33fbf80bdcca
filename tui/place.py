"""The base of every place: its subject, the keys that work anywhere, its dialogs."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from core.errors import InvalidInput, NotFound, Refused, ShoplinkError
from core.models import Link, Role, Shop
from core.text import bare_username
from core.workspace import Workspace
from tui import place_texts
from tui.commands import EVERYWHERE, bindings
from tui.messages import OpenDesk, OpenFromList, OpenPlace, OpenRule, OpenWorkspace, Request, VerdictChosen
from tui.page_screen import PageScreen
from tui.places import Places
from tui.shop_rows import section, shop_rows
from tui.widgets.beside import lately, reminders_here
from tui.widgets.breadcrumb import Breadcrumb
from tui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from tui.dialogs.when import Recording
    from tui.widgets.choices import Choice

Answer = TypeVar("Answer")


class Place(PageScreen):
    """A screen of the program. `key` names its texts in data/texts/places.toml."""

    key = ""
    link_id: str | None = None
    """The link this place is about, if any."""
    lists_places = True
    """Whether a wide screen has the shop's Settings at its left."""
    AUTO_FOCUS = "#page Choice, #page Input, #page OptionList, #page Button.-primary"
    BINDINGS = [
        *bindings(*EVERYWHERE),
        Binding("down,j", "step(1)", "Next", show=False),
        Binding("up,k", "step(-1)", "Previous", show=False),
    ]

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.starts_in_places = False
        """Whether the list of the shop's places is focused first."""
        self._has_rows = False
        """Whether the page was made for the columns that a row has."""
        self.is_left = False
        """Whether another workspace is about to be shown in its place."""
        self.said: dict[str, str] = {}
        """When and Note of an act that failed by a mistake on the page, for the next try."""

    @property
    def workspace(self) -> Workspace:
        return self.app.workspace

    @property
    def texts(self) -> dict[str, Any]:
        return place_texts.texts(self.key)

    @property
    def shop(self) -> Shop | None:
        """Return the shop this place is about, in its current state."""
        return self.workspace.shops.get(self.shop_id) if self.shop_id else None

    @property
    def room(self) -> int:
        """The columns of a row's text, beside the columns at the left and right (app.tcss).

        A place that has asked is repainted when they change.
        """
        beside = (28 + 32 if self.shop_id else 42) if self.is_wide else 0
        self._has_rows = True
        return self.app.size.width - beside - 8

    def made_for(self) -> tuple[object, ...]:
        return *super().made_for(), self._has_rows and self.room

    @property
    def shop_in_hand(self) -> str | None:
        """The id of the shop that the palette and the Desk are about."""
        return self.shop_id

    def the_shop(self) -> Shop:
        """Return the shop, for places that always have one."""
        shop = self.shop
        assert shop is not None
        return shop

    def head(self) -> Iterable[Widget]:
        yield TopBar(lambda: self.shop, id="topbar")

    def path(self) -> Iterable[Widget]:
        yield Breadcrumb(self.trail, self.position, id="breadcrumb")

    def left(self) -> Iterable[Widget]:
        if self.lists_places and (shop := self.shop):
            yield Places(shop_rows(self.workspace, shop), section(self.key))

    def side(self) -> Iterable[Widget]:
        if shop := self.shop:
            yield reminders_here(self.app, shop)
            yield lately(self.app, shop)

    @property
    def places(self) -> Places | None:
        """Return the list of the shop's places at the left; None if there is none."""
        return next(iter(self.query(Places)), None) if self.is_wide else None

    def on_mount(self) -> None:
        if self.starts_in_places:
            self.set_focus(self.places)

    @on(Places.Moved)
    def follow_places(self, event: Places.Moved) -> None:
        """Show the place selected in the list; on top of another place, only enter opens it."""
        if event.key != "shops" and self.app.is_base(self):
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        if (places := self.places) and places.marked not in (None, places.here):
            self.post_message(OpenFromList(str(places.marked), self.shop_id, stay=True))

    @on(Places.Chosen)
    def enter_place(self, event: Places.Chosen) -> None:
        places = self.places
        if places and event.key == places.here and self.app.is_base(self):
            self.set_focus(None)
            self.focus_first()
        else:
            self.post_message(OpenFromList(event.key, self.shop_id))

    def check_subject(self) -> None:
        if self.shop_id:
            self.workspace.shops.get(self.shop_id)
        if self.link_id:
            self.workspace.links.get(self.link_id)

    def known_usernames(self, typed: str) -> "list[Choice]":
        """Suggest accounts whose username, former username, or nickname contains the typed text."""
        from tui.widgets.choices import Choice
        from tui.widgets.suggest_field import LISTED

        found = self.workspace.accounts.find(bare_username(typed), LISTED)
        return [Choice(account.username, f"@{account.username}", account.nickname or "") for account in found]

    def trail(self) -> list[str]:
        """Return the breadcrumb's words, ending with this place."""
        return [self.texts["title"]]

    def position(self) -> str:
        """Say which row of a list the cursor is on; nothing where there is no list."""
        return ""

    @on(Request)
    def sign(self, message: Request) -> None:
        """Say which place asks."""
        message.opener = self

    def show_over(self, screen: Screen[Any]) -> None:
        """Show a screen over this one, unless a key of the same burst has already opened another."""
        if self.app.screen is self:
            self.app.push_screen(screen)

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Show a dialog from a worker, and wait for its answer and until the page is painted.

        None if a key of the same burst opened another screen first.
        """
        if self.app.screen is not self:
            return None
        answer: Answer = await self.app.push_screen_wait(dialog)
        await self.wait_until_painted()
        return answer

    def attempt(self, act: Callable[[], Answer], on_failure: Callable[[ShoplinkError], None] | None = None) -> Answer | None:
        """Do something that can fail; report a failure and return None.

        `on_failure` shows it beside what was typed. A closed place does nothing, nor does one that is being left.
        """
        if self.is_left or not self.app.is_there(self):
            return None
        try:
            result = act()
        except ShoplinkError as error:
            (on_failure or self.app.report)(error)
            return None
        self.app.repaint()
        return result

    def show_at_form(self, error: ShoplinkError) -> None:
        """Show an error at the page's form, which may have been made again while a dialog was open, or be gone."""
        from tui.widgets.form import Form

        form = next(iter(self.query(Form)), None)
        (form.show if form else self.app.report)(error)

    def open_workspace(self, message: OpenWorkspace) -> None:
        """Show a workspace; what else was pressed here in the same moment does nothing."""
        self.is_left = True
        self.app.post_message(message)

    async def record(
        self,
        what: str,
        act: Callable[..., Answer],
        on_failure: Callable[[ShoplinkError], None] | None = None,
        *,
        otherwise: datetime | None = None,
        because: str = "",
    ) -> Answer | None:
        """Do something; in a record, first ask when it happened, and ask again if a rule says no.

        Call it from a worker. `what`: what happened, in a few words. `otherwise`: when it happened unless a person says so, in
        UTC; None: now. `because`: the label of the reason that the act takes in a record, asked for with the moment. The rest
        as `attempt`. After a failure the dialog is shown again, with what was typed, unless a mistake is on the page.
        """
        if not self.workspace.is_record:
            return self.attempt(act, on_failure)
        from tui.dialogs.when import When

        dialog = When(what, otherwise=otherwise, because=because)
        dialog.typed, self.said = self.said, {}
        while (said := await self.ask(dialog)) and self.app.is_there(self):
            try:
                return await self.write_down(what, partial(act, dialog.reason) if because else act, said, now=otherwise is None)
            except InvalidInput as error:
                if on_failure and error.field not in When.FIELDS:
                    self.said = dialog.typed
                    on_failure(error)
                    break
                dialog = dialog.again(error)
            except NotFound as error:
                self.app.report(error)
                break
            except ShoplinkError as error:
                dialog = dialog.again(error)
        return None

    async def write_down(self, what: str, act: Callable[[], Answer], said: "Recording", *, now: bool = False) -> Answer | None:
        """Record an act; if a rule says no, ask whether TikTok did it anyway. Raises ShoplinkError.

        `now`: whether it happened now unless `said` has a moment; how long that question stays open does not count.
        """
        from tui.dialogs.anyway import Anyway

        try:
            with self.workspace.recording(**said):
                done = act()
        except Refused as error:
            titles = {rule.id: rule.title for rule in self.workspace.policy.rules.values()}
            if not error.anyway:
                raise
            if now:
                said = {"at": said["at"] or self.workspace.present(), "note": said["note"]}
            if not await self.ask(Anyway(error.message, error.verdicts, titles)):
                return None
            with self.workspace.recording(**said, anyway=True):
                done = act()
        if isinstance(self.focused, Input):
            self.set_focus(None)  # a page doesn't repaint under what is typed
        self.app.recorded(what)
        return done

    @work
    async def undo(self, entry: str) -> None:
        """Show what undoing an entry would restore; undo it once the person gives a reason."""
        from tui.dialogs.undo import Undo

        entries = self.workspace.entries
        try:
            undoing = entries.preview(entry)
        except ShoplinkError as error:
            self.app.report(error)
            return
        self.app.clear_notifications()
        dialog = Undo(undoing)
        while (reason := await self.ask(dialog)) and self.app.is_there(self):
            try:
                entries.undo(entry, reason)
            except ShoplinkError as error:
                dialog = dialog.again(error)
            else:
                self.app.undone()
                break

    def action_undo(self) -> None:
        if entry := self.app.newest_entry:
            self.undo(entry)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "undo":
                return self.app.newest_entry is not None
            case "back":
                return self.shop_id is not None or not self.app.is_first(self)
            case "open" | "ticket":
                return self.shop_id is not None
            case "desk":
                return self.app.is_practice
            case "import_file":
                return not self.app.is_guest
        return self.possible.get(action, True)

    def is_begun(self) -> bool:
        """Check whether leaving would lose something typed."""
        return False

    def action_back(self) -> None:
        if self.is_begun():
            self.ask_to_leave()
        elif (places := self.places) and not places.has_focus and self.app.is_base(self):
            places.focus()
        else:
            self.app.leave(self)

    @work
    async def action_ask_to_quit(self) -> None:
        from tui.dialogs.confirm import Confirm

        text = "What you typed here isn't saved yet." if self.is_begun() else self.app.saved
        if await self.ask(Confirm("Quit shoplink?", text, keep="Stay", do="Quit")):
            await self.app.action_quit()

    @work
    async def ask_to_leave(self) -> None:
        from tui.dialogs.confirm import leaving

        if await self.ask(leaving()):
            self.app.leave(self)
            self.app.repaint()

    def focus_next(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Focus the next widget or, without a focus, the page's first rather than the list at the left."""
        return super().focus_next("#page *" if self.focused is None and selector == "*" else selector)

    def action_step(self, step: int) -> None:
        """Focus the page's next widget; after the last, scroll the page, and start over at its end."""
        on_page = [widget for widget in self.focus_chain if self.page_column in widget.ancestors]
        last = on_page[-1 if step > 0 else 0] if on_page else None
        column = self.scrolled
        if self.focused is last and 0 <= column.scroll_y + step <= column.max_scroll_y:
            column.scroll_relative(y=step, animate=False)
        else:
            self.focus_next("#page *") if step > 0 else self.focus_previous("#page *")

    def action_open(self, key: str) -> None:
        self.post_message(OpenPlace(key, self.shop_id))

    @on(VerdictChosen)
    def open_rule(self, event: VerdictChosen) -> None:
        self.post_message(OpenRule(self.shop_id, event.verdict.rule, event.verdict))

    def action_desk(self) -> None:
        self.post_message(OpenDesk(self.shop_in_hand, self.key))

    def link_here(self) -> Link | None:
        """Return its link, or the shop's official one, or else the shop's newest."""
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
            self.show_over(Ticket(f"{link.id}.txt", ticket(self.workspace, link)))

    def action_where(self) -> None:
        from tui.dialogs.guide import Where

        self.show_over(Where(self.key))

    def action_help(self) -> None:
        from tui.dialogs.guide import Help

        self.show_over(Help(self.key, list(self.active_bindings.values())))
