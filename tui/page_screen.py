"""A screen with a page and a side, repainted when the workspace changes."""

from collections.abc import Iterable

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from core.errors import ShoplinkError
from tui.breakpoints import COLUMNS, LEAST, ROWS, TALL, WIDE
from tui.mended import Sound
from tui.shell import ReportErrors, Shell
from tui.widgets.keys import Keys
from tui.widgets.page import Page
from tui.widgets.rows import Rows

TOO_SMALL = f"""\
This window is too small.
shoplink needs {LEAST[0]} columns and {LEAST[1]} rows.
Nothing is lost: make it larger to go on."""


class PageScreen(ReportErrors, Sound, Screen[None]):
    """A screen that subscribes to the workspace's changes.

    A reactive with `recompose=True` repaints page and side.
    """

    app = getters.app(Shell)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, which repaints the whole screen with each step of the focus; the two widgets repaint themselves."""
    page_column = getters.query_one("#page", Page)
    side_column = getters.query_one("#side", Page)

    def __init__(self) -> None:
        super().__init__()
        self.possible: dict[str, bool] = {}
        """Which actions are possible, computed when the page is made: what is not named is."""
        self.painting = True
        """Whether its page is being made, for the first time or again."""
        self.stale = False
        """Whether the workspace has changed while the screen could not repaint."""
        self.shape: tuple[bool, bool] | None = None
        """Whether it is wide, and whether it is tall."""

    def head(self) -> Iterable[Widget]:
        """What stands above page and side: it reads the workspace whenever it is drawn."""
        return ()

    def page(self) -> Iterable[Widget]:
        """The page's widgets, made from the workspace as it is.

        Sets `possible` where an action is not always.
        """
        raise NotImplementedError

    def side(self) -> Iterable[Widget]:
        """What stands beside the page when there are 120 columns."""
        return ()

    def compose(self) -> ComposeResult:
        self._take_shape()
        page: list[Widget] = []
        side: list[Widget] = []
        try:
            page, side = list(self.page()), list(self.side())
        except ShoplinkError as error:
            self.app.show_error(self, error)
        yield from self.head()
        with Horizontal(id="body"):
            yield Page(*page, id="page")
            yield Page(*side, id="side")
        yield Keys()
        yield Static(Content(TOO_SMALL), id="too-small")

    def is_gone(self) -> bool:
        """Whether what it shows exists no more."""
        return False

    async def recompose(self) -> None:
        """Replace what page and side show, keeping focus, cursor and scroll position.

        It stays where it cannot be read.
        """
        if not self.app.is_there(self):
            return
        self.painting, before = True, self.focused
        marked = {rows.id: rows.marked for rows in self.query(Rows)}
        try:
            page, side = list(self.page()), list(self.side())
            self.query("#topbar, #breadcrumb").refresh()
            self.refresh_bindings()
            with self.app.batch_update():  # the old page stays until the new one is whole
                await self.page_column.replace(page)
                await self.side_column.replace(side)
        finally:
            self.painting = False
        for rows in self.query(Rows):
            rows.mark(marked.get(rows.id))
        if before and before.id and (found := self.query(f"#{before.id}")) and found.first().focusable:
            self.set_focus(found.first())  # at once: focus() would wait, and the page may be painted again by then
        elif before is None or not before.is_attached:
            self.focus_first()  # Textual would go on to the next widget, whatever that begins

    def repaint(self) -> None:
        """Paint again once the screen is seen, and never while somebody types."""
        if not self.is_mounted:
            return
        self.stale = not self.is_current or isinstance(self.focused, Input)
        if not self.stale:
            self.painting = True
            self.refresh(recompose=True)

    @property
    def is_current(self) -> bool:
        """Whether it is seen: on top, or behind nothing but dialogs.

        Textual's is true of any screen one below the top: a change there would repaint the page over it.
        """
        stack = self.app.screen_stack
        return self in stack and all(isinstance(screen, ModalScreen) for screen in stack[stack.index(self) + 1 :])

    def _take_shape(self) -> None:
        """Set the classes of its size: Textual does after a layout, and repeats it."""
        for extent, breakpoints in zip(self.app.size, (COLUMNS, ROWS), strict=True):
            fitting = max(least for least, _ in breakpoints if least <= extent)
            self.update_classes({name: least == fitting for least, name in breakpoints}, update=False)

    def on_mount(self) -> None:
        self.painting = False
        self.app.changed.subscribe(self, self._workspace_changed, immediate=True)  # the lowest first: it closes those above it

    def _workspace_changed(self, _: None) -> None:
        try:
            if self.is_gone():
                self.app.leave(self)
            else:
                self.repaint()
        except ShoplinkError as error:  # a signal passes over what is raised
            self.app.report_once(error)

    def on_resize(self, event: events.Resize) -> None:
        shape = event.size.width >= WIDE, event.size.height >= TALL
        if self.shape not in (None, shape):
            self.call_after_refresh(self._reshaped)
        self.shape = shape

    async def _reshaped(self) -> None:
        """Paint again what depends on the size; the side even while somebody types."""
        if self.app.is_there(self):
            if self.side_column.display and isinstance(self.focused, Input):
                await self.side_column.replace(list(self.side()))
            self.repaint()

    def on_screen_resume(self) -> None:
        self._catch_up()

    def on_descendant_blur(self) -> None:
        self._catch_up()

    def _catch_up(self) -> None:
        if self.stale:
            self.repaint()

    def focus_first(self) -> None:
        """Focus the page's first widget that begins nothing dangerous."""
        for widget in self.query(self.AUTO_FOCUS or "*"):
            if widget.focusable:
                self.set_focus(widget)
                return
