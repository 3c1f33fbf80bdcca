"""Workarounds for what ends or hangs the program in Textual 8.2.8, with upstream issues, and what needs its private names.

Only this file and terminal_fixes use them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text
from textual import events, on
from textual._compositor import LayoutUpdate
from textual._context import active_message_pump
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.driver import Driver
from textual.geometry import Offset, Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.notifications import Notification, Notify
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.theme import ThemeProvider
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker, WorkerError, WorkerFailed, get_current_worker

from tui import breakpoints
from tui.commands import QUIT, Command, bindings
from tui.exit_codes import STOPPED
from tui.terminal_fixes import HangupSafeFile, bounded, safe_driver

REFRESH_SECONDS = 0.5
"""How often a wait for a screen's refresh checks whether the screen still exists."""


class SafeHandlers:
    """First base of message handlers: an error that the application can report does not end it, nor does one of a closed screen.

    Textual has no hook for that: any error in a handler closes the widget and the program. No upstream issue found.
    """

    async def _dispatch_message(self, message: Message) -> None:
        app: SafeApp = self.app  # type: ignore[attr-defined]  # a screen's, a widget's or the application's
        try:
            await super()._dispatch_message(message)  # type: ignore[misc]  # as above
        except Exception as error:
            if app.is_closed(self):
                return
            sender = message.control
            if isinstance(error, NoMatches) and sender is not None and not sender.is_attached:
                return  # the page was replaced since then, with the widgets beside the sender
            if not app.report_error(error, self):  # type: ignore[arg-type]
                raise


class SafeScreen(SafeHandlers):
    """First base of every screen."""

    ENTER = "Continue"
    """The footer's word for enter in a field that submits no form."""

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add what every screen has, and style it for its size: Textual does that after the first layout, and lays out again."""
        super()._extend_compose(widgets)  # type: ignore[misc]  # a screen's
        self.update_classes(breakpoints.classes(*self.app.size))  # type: ignore[attr-defined]
        widgets += [*self.footer(), *self.app.bars()]  # type: ignore[attr-defined]

    def footer(self) -> Iterable[Widget]:
        """Return what a screen has at its end."""
        return ()

    def _on_mount(self, event: events.Mount) -> None:
        """Ignore it on a screen that closed before it was mounted (textual#4258), whose screens are gone."""
        if not self.app.is_there(self):  # type: ignore[attr-defined]
            event.prevent_default()

    async def _on_resize(self, event: events.Resize) -> None:
        """Ignore a size that is no longer the terminal's.

        A layout sends the screen its size, so two different ones in the queue follow each other forever. No upstream issue found.
        """
        if event.size != self.app.size:  # type: ignore[attr-defined]
            event.prevent_default()

    def set_focus(self, widget: Widget | None, *args: Any, **options: Any) -> None:
        """Focus nothing that is being removed, such as what was clicked while the page was made again.

        Textual 8.2.8 would leave the focus on it, where no key reaches the screen. No upstream issue found.
        """
        if widget is None or not widget._pruning:
            super().set_focus(widget, *args, **options)  # type: ignore[misc]

    def _pop_result_callback(self) -> None:
        """Close the lowest screen too: it was never pushed, so it has no callback, and switching it raises (textual#2650)."""
        if self._result_callbacks:  # type: ignore[attr-defined]
            super()._pop_result_callback()  # type: ignore[misc]

    def render(self) -> RenderableType:
        """Draw what is visible through a dialog: the screen right below it.

        Textual asks a context variable, which may name the screen above when the mouse moves: each then draws the other
        until the stack overflows (textual#6340, closed with 8.0).
        """
        stack, background = self.app.screen_stack, self.styles.background  # type: ignore[attr-defined]
        if self in stack[1:] and background.a < 1:
            return BackgroundScreen(stack[stack.index(self) - 1], background)
        return super().render()  # type: ignore[misc,no-any-return]

    async def wait_for_refresh(self) -> bool:
        """Wait until it is painted; return False if it closes first, and in its own handlers.

        Textual then waits forever: the callback is dropped, or went to a screen that closed. No upstream issue found.
        """
        app: SafeApp = self.app  # type: ignore[attr-defined]
        if asyncio.current_task() is self._task:  # type: ignore[attr-defined]
            return False
        painted = asyncio.Event()
        while app.is_there(self) and not painted.is_set():  # type: ignore[arg-type]
            self.call_after_refresh(painted.set)  # type: ignore[attr-defined]
            with suppress(TimeoutError):
                await asyncio.wait_for(painted.wait(), REFRESH_SECONDS)
        return painted.is_set()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Leave out widgets removed since the last layout: drawing them or selecting text fails on them (textual#6643)."""
        with suppress(NoScreen):
            widget, offset = super().get_widget_and_offset_at(x, y)  # type: ignore[misc]
            if widget is not None and widget.is_attached:
                return widget, offset
        return None, None


class DismissOnce(SafeScreen):
    """First base of a dialog: dismiss it once, and never another screen instead.

    Textual closes whichever screen is on top (textual#2575), and the second answer raises (textual#4884).
    """

    if TYPE_CHECKING:
        is_active: bool

    _answer: tuple[object] | None = None
    """The answer that came while another screen was on top of this one."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close it with this answer, at once or when it is on top again."""
        if self.is_active:
            return super().dismiss(result)  # type: ignore[misc,no-any-return]
        self._answer = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        if self._answer and self.is_active:
            self.dismiss(*self._answer)


class SafeOptionList:
    """First base of a list: keys and clicks that fit its previous options are ignored."""

    if TYPE_CHECKING:
        highlighted: int | None
        option_count: int
        scroll_y: float

    @property
    def highlighted_line(self) -> float | None:
        """The line of the highlighted option, below the first that is shown; None before the options are laid out."""
        line = self._index_to_line.get(self.highlighted)  # type: ignore[attr-defined]
        return None if line is None else line - self.scroll_y

    def action_page_up(self) -> None:
        with suppress(KeyError):  # before the new options are laid out; no upstream issue found
            super().action_page_up()  # type: ignore[misc]

    def action_page_down(self) -> None:
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[misc]

    def on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()  # replaced between press and click: IndexError, as in textual#3270 (closed, by hover)


class _SafeCommandList(SafeOptionList, CommandList):
    pass


class SafePalette(DismissOnce, CommandPalette):
    """Textual's command palette, with a safe list."""

    BINDINGS = bindings(QUIT)
    _search: Worker[None] | None = None
    """The newest search for what is typed."""

    def _gather_commands(self, search_value: str) -> Worker[None]:
        self._search = super()._gather_commands(search_value)
        return self._search  # type: ignore[return-value]

    @on(Input.Submitted)
    async def _search_first(self, event: Input.Submitted) -> None:
        """Let enter wait for the search: it would run what is selected in the list before, such as Quit (as textual#6701)."""
        if self._search:
            with suppress(WorkerError):  # canceled, by another letter
                await self._search.wait()
        if not self.is_active:  # closed meanwhile
            event.prevent_default()

    def _on_click(self, event: events.Click) -> None:  # type: ignore[override]  # as the palette does
        """Ignore a click where no screen is any more, because the terminal became smaller: it raises. No upstream issue found."""
        if not self.app.size.region.contains_point(event.screen_offset):
            event.prevent_default()

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Input):
                widget.cursor_blink = False  # as in every field: nothing moves while the person is idle
            yield _SafeCommandList() if isinstance(widget, CommandList) else widget


class _SafeNotification(Notification):
    """A notification whose toast always has time left.

    If it expires in the moment its toast is made, Textual's timer gets a span below zero and loops forever. No upstream issue
    found.
    """

    @property
    def time_left(self) -> float:
        return max(super().time_left, 0.01)

    @property
    def has_expired(self) -> bool:
        return super().time_left <= 0


class SafeApp(SafeHandlers, App[None]):
    """Textual's application with these workarounds."""

    DEFAULT_CSS = "OptionList { min-width: 8; }"
    """With less than its padding, the options wrap at width zero, which raises (textual#3220)."""

    def _on_notify(self, event: Notify) -> None:
        """Make it safe before Textual's handler takes it."""
        event.notification = _SafeNotification(**vars(event.notification))

    def report_error(self, error: Exception, source: DOMNode | None = None) -> bool:
        """Report an error that is meant for people; return False for others, which end the program.

        `source`: the widget whose handler failed; None if nobody requested anything.
        """
        return False

    def bars(self) -> Iterable[Widget]:
        """Return the widgets that every screen gets besides its own. Textual has no hook for it."""
        return ()

    def crash_message(self, error: BaseException | None) -> str:
        """The output when an error ends the program."""
        return repr(error)

    def _end_batch(self) -> None:
        """End a time in which nothing is painted, and wake every screen.

        Textual wakes only the application: a page behind a dialog hangs until a key wakes it. No upstream issue found.
        """
        super()._end_batch()
        if self.is_running:
            for screen in self.screen_stack:
                screen.check_idle()

    def is_there(self, node: DOMNode) -> bool:
        """Check whether a widget's screen is still open. The application itself always is."""
        closing = self._exit or not self.is_running  # screens still on the stack then lose their widgets
        return node is self or (not closing and any(above in self.screen_stack for above in node.ancestors_with_self))

    def is_closed(self, node: object) -> bool:
        """Check whether a widget's screen was closed: it has no widgets (textual#4258), and what it was about may be gone."""
        return isinstance(node, Widget) and self.is_running and not self.is_there(node)

    def key_of(self, command: Command) -> str:
        """Return the key that runs a command now, as it is shown: the first that the person chose, or its own."""
        return self.get_key_display(Binding(self._keymap.get(command.id, command.key).partition(",")[0], command.action))

    def search_themes(self) -> None:
        """Show the themes in the safe palette."""
        self.push_screen(SafePalette(providers=[ThemeProvider], placeholder="Search for themes…"))

    async def on_event(self, event: events.Event) -> None:
        """Limit the size; ignore input after the last screen closed, where Textual raises. No upstream issue found."""
        if isinstance(event, events.Resize):
            event.size = event.virtual_size = bounded(event.size)
        if self._exit and isinstance(event, events.InputEvent | events.Paste | events.AppFocus | events.AppBlur):
            return
        await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        return safe_driver(super().get_driver_class())

    def _build_driver(self, *what: Any, **how: Any) -> Driver:
        driver = super()._build_driver(*what, **how)
        driver._size = tuple(bounded(Size(*(driver._size or self.console.size))))  # type: ignore[assignment]
        if file := getattr(driver, "_file", None):  # one that writes to a terminal
            driver._file = HangupSafeFile(file)  # type: ignore[attr-defined]
        return driver

    def _handle_exception(self, error: Exception) -> None:
        """Ignore errors of closed screens, as handlers do; report what can be reported."""
        cause: BaseException = error
        asked: DOMNode | None = None
        if isinstance(error, WorkerFailed):
            cause, asked = error.error, get_current_worker().node  # a worker does what a person asked for
        if self.is_closed(asked or active_message_pump.get()):
            return
        if not (isinstance(cause, Exception) and self.report_error(cause, asked)):
            super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End with the first error's message: Textual prints local variables, which hold contacts."""
        self._return_code = STOPPED
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self.crash_message(self._exception)))  # a str would be read as markup
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()


def painted(app: App[Any]) -> list[Iterable[Strip]]:
    """Return the painted rows of the screen, each with several strips."""
    full = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens, simplify=True)
    assert isinstance(full, LayoutUpdate)
    return list(full.strips)


def name_of_key(character: str) -> str:
    """Return what Textual calls the key of a character."""
    return _character_to_key(character)
