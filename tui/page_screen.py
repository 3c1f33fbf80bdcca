"""A screen with a page and a side, repainted when the workspace changes."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker, WorkType

from core.errors import NotFound, ShoplinkError
from tui import breakpoints
from tui.breakpoints import LEAST, TALL
from tui.shell import Shell
from tui.textual_fixes import SafeScreen
from tui.widgets.field import Field
from tui.widgets.keys import Keys
from tui.widgets.page import Page

TOO_SMALL = f"""\
This window is too small.
shoplink needs {LEAST[0]} columns and {LEAST[1]} rows.
Nothing is lost: make it larger to continue."""


HELD_SECONDS = 1.0
"""How long input waits for a page that is painted, at most: a screen that closed before it was mounted never is."""


class PageScreen(SafeScreen, Screen[None]):
    """A screen that subscribes to the workspace's changes.

    A reactive with `recompose=True` repaints page and side.
    """

    app = getters.app(Shell)
    BINDINGS = [
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]
    page_column = getters.query_one("#page", Page)
    side_column = getters.query_one("#side", Page)
    left_column = getters.query_one("#left", Page)

    class Left(Message):
        """Sent through an input that lost the focus: it comes back after the messages of what that changed."""

        def __init__(self, entry: Widget) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self) -> None:
        super().__init__()
        self.possible: dict[str, bool] = {}
        """Which actions are enabled, computed at each paint; unlisted ones are."""
        self.ready = asyncio.Event()
        """Set while the page is complete: not before its first paint, and not during a repaint."""
        self.stale = False
        """Whether the workspace changed while the screen could not repaint."""
        self.size_made_for: tuple[object, ...] | None = None
        """What of the window's size the page was made for; None before it is made."""
        self._leaving: WeakSet[Widget] = WeakSet()
        """The inputs that lost the focus, until what their fields then choose and fill in has arrived."""

    @property
    def painting(self) -> bool:
        """Whether the page is being painted or repainted."""
        return not self.ready.is_set()

    async def wait_until_painted(self) -> None:
        """Wait until the page is painted."""
        if self.painting:
            with suppress(TimeoutError):
                async with asyncio.timeout(HELD_SECONDS):
                    await self.ready.wait()

    def run_worker(self, work: WorkType[Any], *args: Any, **options: Any) -> Worker[Any]:
        """Run work once the page is painted, as it may need a widget of it, unless the screen is closed by then."""

        async def when_painted() -> Any:
            await self.wait_until_painted()
            if self.app.is_there(self):
                return await (work() if callable(work) else work)
            return None

        return super().run_worker(work if options.get("thread") else when_painted, *args, **options)

    def head(self) -> Iterable[Widget]:
        """Return the widgets over the whole width, which read the workspace at each paint."""
        return ()

    def path(self) -> Iterable[Widget]:
        """Return the widgets above the page, which read the workspace at each paint."""
        return ()

    def left(self) -> Iterable[Widget]:
        """Return the left column's widgets, shown from 120 columns."""
        return ()

    def page(self) -> Iterable[Widget]:
        """Return the page's widgets for the current workspace.

        Sets `possible` for actions that are not always enabled.
        """
        raise NotImplementedError

    def side(self) -> Iterable[Widget]:
        """Return the side column's widgets, shown from 120 columns."""
        return ()

    def compose(self) -> ComposeResult:
        page: list[Widget] = []
        side: list[Widget] = []
        left: list[Widget] = []
        try:
            self.check_subject()
            page = self._page()
            left, side = self._beside()
        except ShoplinkError as error:
            self.app.show_error(self, error)
        yield from self.head()
        with Horizontal(id="body"):
            yield Page(*left, id="left")
            with Vertical(id="middle"):
                yield from self.path()
                yield Page(*page, id="page")
            yield Page(*side, id="side")
        yield Keys()
        yield Static(Content(TOO_SMALL), id="too-small")

    def check_subject(self) -> None:
        """Raise NotFound if what the screen is about doesn't exist."""

    def is_gone(self) -> bool:
        """Check whether what the screen is about is gone, as after a scenario was started over."""
        try:
            self.check_subject()
        except NotFound:
            return True
        return False

    async def recompose(self) -> None:
        """Replace page and side, keeping focus, cursor and scroll position.

        Keeps the old widgets if the workspace cannot be read.
        """
        if not self.app.is_there(self):
            self.ready.set()
            return
        self.ready.clear()
        before, first, stateful = self.focused, self.first_id, self._stateful()
        made_for = self.size_made_for
        on_page = before is not None and self.page_column in before.ancestors
        for typed in self.query(Field):
            typed.keep()
        try:
            page = self._page()
            left, side = self._beside()
            self.query("#topbar, #breadcrumb").refresh()
            with self.app.batch_update():  # show the old page until the new one is complete
                await self.left_column.replace(left)
                await self.page_column.replace(page)
                await self.side_column.replace(side)
        finally:
            self.ready.set()
        if not self.app.is_there(self):  # closed meanwhile
            return
        twins = [(stateful[key], now) for key, now in self._stateful().items() if key in stateful]
        for was, now in twins:
            now.resume(was)
        again = [now for was, now in twins if was is before]
        if before and before.id:
            again += self.query(f"#{before.id}")
        if again and again[0].focusable and (first == self.first_id or not on_page):
            if field := _field_of(again[0]):
                field.stays = made_for == self.size_made_for
            self.set_focus(again[0], scroll_visible=False)  # focus() is deferred; the page may be replaced by then
        elif on_page or (self.AUTO_FOCUS != "" if before is None else not before.is_attached):
            self.focus_first()  # what is to be done first has changed, or Textual would focus even a dangerous widget
        now = self.focused
        if isinstance(before, Input) and isinstance(now, Input) and now.id == before.id and now.value != before.value:
            now.value, now.cursor_position = before.value, len(before.value)  # typed since its new field was made
        self.refresh_bindings()  # what the keys do follows the new page

    def _stateful(self) -> dict[tuple[object, ...], Any]:
        """Find the widgets whose state a repaint has to keep, by type, id, and their order among those."""
        found: dict[tuple[object, ...], Any] = {}
        for widget in self.query("Field, Fields, Form, Rows, VerdictList"):
            alike = sum(key[:2] == (type(widget), widget.id) for key in found)
            found[type(widget), widget.id, alike] = widget
        return found

    def _page(self) -> list[Widget]:
        """Make the page's widgets, the first of which is styled as such: Textual's pseudo-class styles every widget twice."""
        page = list(self.page())
        for first in page[:1]:
            first.add_class("-first", update=False)
        return page

    def _beside(self) -> tuple[list[Widget], list[Widget]]:
        """Make the widgets of the columns at the left and right, which an empty list hides, and style the screen for its size.

        Textual does that after the first layout, which would style everything again.
        """
        left, side = (list(self.left()), list(self.side())) if self.is_wide else ([], [])
        self.size_made_for = self.made_for()
        self.update_classes(breakpoints.classes(*self.app.size) | {"-lists": bool(left), "-beside": bool(side)})
        return left, side

    @property
    def scrolled(self) -> Widget:
        """What the keys scroll: a form's fields if they have too little room, else the page."""
        return next((fields for fields in self.page_column.query("Fields") if fields.max_scroll_y), self.page_column)

    def action_scroll_page(self, step: int) -> None:
        self.scrolled.scroll_relative(y=step * self.scrolled.size.height, animate=False)

    @property
    def is_wide(self) -> bool:
        """Whether there is room for columns beside the page."""
        return self.app.is_wide

    def repaint(self) -> None:
        """Repaint once the screen is visible and nothing is being typed. Until then, only what is beside that follows."""
        if not self.is_mounted:
            return
        if self.is_leaving and not self.painting:
            self.stale = True  # it is repainted in a moment, once what the field says last is here
            return
        self.stale = not self.is_seen or (self.is_typed_in and not self.painting)
        if not self.stale:
            self.ready.clear()
            self.refresh(recompose=True)
            return
        self.query("#topbar, #breadcrumb").refresh()
        if self.is_seen:
            self.follow()

    @property
    def is_typed_in(self) -> bool:
        """Whether a repaint would disturb who types: an input has the focus, and it isn't a field that is empty and closed."""
        if not isinstance(self.focused, Input):
            return False
        field = _field_of(self.focused)
        return field is None or bool(field.typed) or field.has_class("-open")

    @property
    def is_leaving(self) -> bool:
        """Whether a field was just left, which may still take a choice and fill in others."""
        return any(entry.is_running for entry in self._leaving)

    def follow(self) -> None:
        """Update what is said beside what is typed: the page is not repainted before the focus leaves it."""
        self.call_next(self._follow_beside)

    async def _follow_beside(self) -> None:
        try:
            if self.app.is_there(self):
                await self.repaint_beside()
        except ShoplinkError as error:
            self.app.report_once(error)

    @property
    def is_seen(self) -> bool:
        """Whether the screen is visible: on top or only behind dialogs."""
        stack = self.app.screen_stack
        return self in stack and all(isinstance(screen, ModalScreen) for screen in stack[stack.index(self) + 1 :])

    def on_mount(self) -> None:
        self.ready.set()
        self.call_after_refresh(self._close_cards)  # the program's first layout sends no signal
        self.screen_layout_refresh_signal.subscribe(self, self._close_cards, immediate=True)
        self._start_at_top()
        self.app.changed.subscribe(self, self._workspace_changed, immediate=True)  # lowest screen first: it closes those above

    def on_unmount(self) -> None:
        self.ready.set()
        self.app.changed.unsubscribe(self)  # Textual would keep a closed screen until the next change

    def _close_cards(self, _: object = None) -> None:
        """On a tall screen, close the cards of a page that is too long. Checked after each layout."""
        if not self.app.is_there(self) or self.app.size.height < TALL:
            return
        column = self.page_column
        rows = max((child.virtual_region_with_margin.bottom for child in column.children if child.display), default=0)
        rows += sum(part.max_scroll_y for part in column.query("Fields, Rows") if part.display)
        padded = column.query("Card").exclude(".notices, #stopping")
        rows += 2 * len(padded) if column.has_class("-dense") else 0
        column.set_class(rows > column.size.height, "-dense")

    def _start_at_top(self) -> None:
        """Once it is laid out, scroll to the page's top if the focused widget is visible there: Textual scrolls before that."""

        def start() -> None:
            if not (self.app.is_there(self) and self.focused):
                return
            column = self.page_column
            if self.focused.region.bottom - column.region.y + column.scroll_offset.y <= column.size.height:
                column.scroll_home(animate=False)

        self.call_after_refresh(self.call_after_refresh, start)

    def _workspace_changed(self, _: None) -> None:
        try:
            if self.is_gone():
                self.app.leave(self)
            else:
                self.repaint()
        except ShoplinkError as error:  # Textual's signals drop exceptions
            self.app.report_once(error)

    def made_for(self) -> tuple[object, ...]:
        """What of the window's size the page is made for: it is made again when this changes."""
        return breakpoints.at(*self.app.size)

    async def on_resize(self, event: events.Resize) -> None:
        """Make the page for its new size before it is laid out there, and keep what is focused in view."""
        self.call_after_refresh(self._show_focused)
        if event.size == self.app.size and self.size_made_for not in (None, self.made_for()):
            try:
                await self.reshaped()
            except ShoplinkError as error:  # laid out as it is; the next check of the file repaints it
                self.app.report_once(error)

    def _show_focused(self) -> None:
        if not (self.app.is_there(self) and self.focused):
            return
        column = self.page_column
        if column in self.focused.ancestors and not column.region.overlaps(self.focused.region):
            self.focused.scroll_visible(animate=False, immediate=True)

    async def reshaped(self) -> None:
        """Repaint for the new size, and the columns beside the page even while something is being typed."""
        if not self.app.is_there(self):
            return
        self.stale = not self.is_seen or self.is_typed_in or self.is_leaving
        if not self.stale:
            await self.recompose()
            self._start_at_top()
        elif self.is_seen:
            await self.repaint_beside()

    async def repaint_beside(self) -> None:
        """Repaint the columns beside the page. Raises ShoplinkError."""
        left, side = self._beside()
        with self.app.batch_update():
            await self.left_column.replace(left)
            await self.side_column.replace(side)

    def on_screen_resume(self) -> None:
        self._catch_up()

    def watch_focused(self, before: Widget | None, now: Widget | None) -> None:
        if isinstance(before, Input):
            self._leaving.add(before)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if event.widget in self._leaving:
            event.widget.post_message(self.Left(event.widget))
        self._catch_up()

    @on(Left)
    def catch_up_after(self, event: Left) -> None:
        self._leaving.discard(event.entry)
        self._catch_up()

    def _catch_up(self) -> None:
        if self.stale:
            self.repaint()

    def firsts(self) -> Iterable[Widget]:
        """Find what can be focused first: the page's safe widgets."""
        return (widget for widget in self.query(self.AUTO_FOCUS or "#page *") if widget.focusable)

    @property
    def first_id(self) -> str | None:
        """The id of what is focused first."""
        return next((widget.id for widget in self.firsts()), None)

    def focus_first(self) -> None:
        """Focus the page's first safe widget."""
        for widget in self.firsts():
            self.set_focus(widget)
            return


def _field_of(widget: Widget) -> Field | None:
    """Return the field that this widget belongs to."""
    return next((above for above in widget.ancestors if isinstance(above, Field)), None)
