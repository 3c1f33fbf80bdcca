"""Textual 8.2.8's own faults that any screen may meet, each worked around with its reason.

Those of lists are in mended_rows; what concerns one place or one widget stands there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from rich.console import RenderableType
from textual import events
from textual._context import active_message_pump, visible_screen_stack
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.theme import ThemeProvider
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import WorkerFailed, get_current_worker

from tui.commands import QUIT, bindings
from tui.mended_rows import RowsInReach

Answer = TypeVar("Answer")

UNSEEN_SIZE = vars(Widget)["virtual_size"]
UNSEEN_SIZE._layout = UNSEEN_SIZE._repaint = False
"""How large a widget's inside is follows from a layout. Textual has all laid out and painted anew for it right afterwards."""


class Sound:
    """First base of a screen: one that was left is not mounted, and only the terminal's present size is laid out.

    Textual mounts a screen that was left in the burst that opened it, over nothing. And its screen sends itself the size that
    it was laid out in: two that come at once chase each other for ever.
    """

    async def _dispatch_message(self, message: Message) -> None:
        app: Mended = self.app  # type: ignore[attr-defined]  # a screen's
        if isinstance(message, events.Mount) and not app.is_there(self):  # type: ignore[arg-type]
            return
        if isinstance(message, events.Resize) and message.size != app.size:
            return
        await super()._dispatch_message(message)  # type: ignore[misc]  # Textual's, of every screen

    def render(self) -> RenderableType:
        """What is seen behind a dialogue is what is below it.

        Textual takes the next of the screens that are to be painted. Asked for the style beneath the mouse while another opens,
        it can be one above, and the two are behind each other for ever.
        """
        stack = self.app.screen_stack  # type: ignore[attr-defined]
        visible_screen_stack.set(stack[: stack.index(self)] if self in stack else [])
        return super().render()  # type: ignore[misc,no-any-return]

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Be seen. Textual lays out and paints a screen that has another size now, and then has all of it painted once more."""
        event.prevent_default()  # each class's own handler is called; this one calls the next itself
        another = self._size != self.app.size  # type: ignore[attr-defined]
        super()._on_screen_resume(event)  # type: ignore[misc]
        if another:
            for widget in self._compositor.full_map:  # type: ignore[attr-defined]  # the screen itself, and scroll bars too
                widget._repaint_required = False

    def _screen_resized(self, size: Size) -> None:
        """Be laid out in another size. When a dialogue above does it, Textual forgets what is still to be painted here.

        Textual tells a screen its first size three times, and has it laid out and painted with each.
        """
        if size != self._compositor.size:  # type: ignore[attr-defined]
            super()._screen_resized(size)  # type: ignore[misc]
        self.check_idle()  # type: ignore[attr-defined]


class AnsweredOnce(Sound):
    """First base of a dialogue: it is answered once, however many answers one burst brings.

    Textual closes the screen that is on top, whichever it is, and ends the program at the second answer.
    """

    if TYPE_CHECKING:
        is_active: bool

    _answer: tuple[object] | None = None
    """The answer that came while another dialogue stood over this one."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close it with this answer: at once, or when it is on top again. One that was closed already is not closed twice."""
        if self.is_active:
            return super().dismiss(result)  # type: ignore[misc,no-any-return]  # Textual's, of every screen
        self._answer = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        if self._answer and self.is_active:
            self.dismiss(*self._answer)


class Dialogue(AnsweredOnce, ModalScreen[Answer]):
    """What stands over a place and asks or tells something. The program is left from it too: Textual's keys end at a dialogue."""

    BINDINGS = bindings(QUIT)


class _Commands(RowsInReach, CommandList):
    pass


class MendedPalette(AnsweredOnce, CommandPalette):
    """Textual's palette, with rows that are in reach."""

    BINDINGS = bindings(QUIT)

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Input):
                widget.cursor_blink = False  # as in every field: nothing moves while nobody does
            yield _Commands() if isinstance(widget, CommandList) else widget


class Outlasting:
    """A terminal's file that takes whatever is written, also when the terminal has gone.

    Textual's thread that writes would end there, and the program wait for ever to hand it what comes after some thirty writes.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()


class Mended(App[None]):
    """Textual's application without the faults that its users would meet."""

    DEFAULT_CSS = "OptionList { min-width: 8; }"
    """With less than its padding its rows are wrapped at no column, which ends the program."""

    def _build_driver(self, *what: Any, **how: Any) -> Driver:
        driver = super()._build_driver(*what, **how)
        if file := getattr(driver, "_file", None):  # one that writes to a terminal
            driver._file = Outlasting(file)  # type: ignore[attr-defined]
        return driver

    def search_themes(self) -> None:
        """Textual's own, with the palette that is mended."""
        self.push_screen(MendedPalette(providers=[ThemeProvider], placeholder="Search for themes…"))

    async def on_event(self, event: events.Event) -> None:
        """Pass over what comes too late: anything once the program is left, and a button where there is nothing any more.

        Textual takes keys, and that its window is left, after its last screen has gone. Until the next layout it finds a
        widget that was removed, and looks for its parent to begin a selection.
        """
        if self._exit and isinstance(event, events.InputEvent | events.Paste | events.AppFocus | events.AppBlur):
            return
        if isinstance(event, events.MouseDown) and not event.is_forwarded:
            under, _ = self.screen.get_widget_and_offset_at(event.x, event.y)
            if under is not None and under.parent is None and not isinstance(under, Screen):
                return
        await super().on_event(event)

    def _end_batch(self) -> None:
        """Have what was changed meanwhile painted. Textual sees to the screen on top alone, not to one behind a dialogue."""
        super()._end_batch()
        if not self._batch_count and self.is_running:
            for screen in self.screen_stack:
                screen.check_idle()

    def _handle_exception(self, error: Exception) -> None:
        """Pass over what a screen that was left does not find any more.

        Textual still mounts it, and goes on with its messages and its search, when its widgets were not made or are gone already.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        node = get_current_worker().node if isinstance(error, WorkerFailed) else active_message_pump.get()
        if isinstance(cause, NoMatches) and isinstance(node, Widget) and not self.is_there(node):
            return
        super()._handle_exception(error)

    def is_there(self, node: DOMNode) -> bool:
        """Whether a widget is on a screen that was not left, by a key or at the end. The application itself always is."""
        left = self._exit or not self.is_running  # once it is left, screens that still stand lose their widgets
        return node is self or (not left and any(above in self.screen_stack for above in node.ancestors_with_self))
