"""Workarounds for what would end or hang the program in Textual 8.2.8, each with its upstream issue.

Textual's private names are used in this file alone.
"""

from __future__ import annotations

import asyncio
import re
import sys
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import RenderableType
from rich.text import Text
from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._context import active_message_pump
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Offset, Size
from textual.message import Message
from textual.renderables.background_screen import BackgroundScreen
from textual.theme import ThemeProvider
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import WorkerFailed, get_current_worker

from tui.commands import QUIT, bindings
from tui.exit_codes import STOPPED, TERMINAL_CLOSED

ESC = "\x1b"
MAX_SEQUENCE, MAX_UNDERSTOOD = 16_384, 32
"""Characters of an escape sequence that are kept, and of one that is no text. What is longer is dropped."""
REST_SECONDS = 1.0
"""How long the rest of a sequence or a paste that has begun may take to come; nobody types their beginnings by hand."""
REFRESH_SECONDS = 0.5
"""After how long a wait for a screen's refresh looks whether the screen is still there."""
LARGEST = Size(500, 200)
"""The largest screen that is drawn: larger ones take seconds for each key, or all of the memory."""


class SafeHandlers:
    """First base of what handles messages: an error that the application can report does not end it.

    Textual has no hook for that: any error in a handler closes the widget and the program. No upstream issue found.
    """

    async def _dispatch_message(self, message: Message) -> None:
        app: SafeApp = self.app  # type: ignore[attr-defined]  # a screen's, a widget's or the application's
        try:
            await super()._dispatch_message(message)  # type: ignore[misc]  # as above
        except NoMatches:
            if message.control is None or message.control.is_attached:
                raise  # else the page was replaced since it was sent, with the widgets that stood beside the sender
        except Exception as error:
            if not app.report_error(error, self):  # type: ignore[arg-type]
                raise


class SafeScreen(SafeHandlers):
    """First base of every screen."""

    def _extend_compose(self, widgets: list[Widget]) -> None:
        super()._extend_compose(widgets)  # type: ignore[misc]  # a screen's
        widgets += self.app.bars()  # type: ignore[attr-defined]

    def _on_mount(self, event: events.Mount) -> None:
        """Ignore it on a screen that was closed before it was mounted (textual#4258): the screens it expects are gone."""
        if not self.app.is_there(self):  # type: ignore[attr-defined]
            event.prevent_default()

    async def _on_resize(self, event: events.Resize) -> None:
        """Ignore a size that is no longer the terminal's.

        A layout sends the screen its size, so two different ones in the queue follow each other forever. No upstream issue found.
        """
        if event.size != self.app.size:  # type: ignore[attr-defined]
            event.prevent_default()

    def render(self) -> RenderableType:
        """Draw what is seen through a dialog: the screen right below it.

        Textual asks a context variable, which may name the screen above when the mouse moves: each then draws the other
        until the stack overflows (textual#6340, closed with 8.0).
        """
        stack, background = self.app.screen_stack, self.styles.background  # type: ignore[attr-defined]
        if self in stack[1:] and background.a < 1:
            return BackgroundScreen(stack[stack.index(self) - 1], background)
        return super().render()  # type: ignore[misc,no-any-return]

    async def wait_for_refresh(self) -> bool:
        """Wait until it is painted; return False if it closes or the program ends first, and in its own handlers.

        Textual waits forever then: the callback is dropped, or was given to a screen that closed. No upstream issue found.
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
        """Give no widget that was removed since the last layout: a text selection fails on it (textual#6643)."""
        widget, offset = super().get_widget_and_offset_at(x, y)  # type: ignore[misc]
        return (widget, offset) if widget is not None and widget.is_attached else (None, None)


class DismissOnce(SafeScreen):
    """First base of a dialog: it is dismissed once, and never another screen in its place.

    Textual closes whichever screen is on top (textual#2575), and the second answer raises (textual#4884).
    """

    if TYPE_CHECKING:
        is_active: bool

    _answer: tuple[object] | None = None
    """The answer that came while another screen stood over this one."""

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
        option_count: int

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

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Input):
                widget.cursor_blink = False  # as in every field: nothing moves while nobody does anything
            yield _SafeCommandList() if isinstance(widget, CommandList) else widget


class SafeParser(XTermParser):
    """Textual's parser of what a terminal sends, for sequences of any kind: those that nobody knows are dropped.

    Textual's own takes 32 characters for a sequence that it does not know and types them as keys, which cuts a long commit of an
    input method; keys follow from an escape in a paste too; numbers that it does not expect raise, which ends the program. No
    upstream issue found.
    """

    _KEY = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:;(\d*)(?::(\d*)[\d:]*)?)?(?:;([\d:]*))?([u~ABCDEFHPQRS])")
    """A key of kitty's protocol: its code, modifiers, kind of event (3: released) and text; alternate codes are passed over."""

    def feed(self, data: str) -> Iterable[Message]:
        """Read some text; none, such as the half of a letter, does not end it, as it does in Textual."""
        return super().feed(data) if data else ()

    def parse(self, token_callback: Any) -> Generator[Read1 | Peek1, str, None]:
        """Split what comes into characters, pastes and whole sequences."""
        self._is_dropping = False
        self._tell = token_callback
        self._ahead: list[str] = []
        self._reset()
        with suppress(ParseEOF):
            while True:
                char = self._ahead.pop() if self._ahead else (yield self.read1())
                if char == ESC:
                    yield from self._read_sequence()
                else:
                    self._understand(char)

    def parse_mouse_code(self, code: str) -> Message | None:
        with suppress(ArithmeticError):  # the terminal says that a cell has no pixels
            return super().parse_mouse_code(code)
        return None

    def _read_sequence(self) -> Generator[Read1 | Peek1, str, None]:
        """Read what follows an escape; what breaks it off is read again."""
        sequence, wait = ESC, constants.ESCAPE_DELAY
        try:
            while not (ended := self._has_ended(sequence)):
                char = self._ahead.pop() if self._ahead else (yield self.read1(wait))
                if self._breaks_off(sequence, char):
                    self._ahead += [char, ESC] if sequence[1:].endswith(ESC) else [char]
                    ended = sequence == ESC
                    break
                sequence = sequence[: MAX_SEQUENCE - 1] + char
                wait = REST_SECONDS if len(sequence) > 2 else wait
        except ParseTimeout:
            ended = len(sequence) <= 2  # the key escape, or alt and a letter
        if sequence == BRACKETED_PASTE_START:
            yield from self._read_paste()
        elif ended and ESC not in sequence[1:]:  # else the end of an answer
            self._understand(sequence)

    @staticmethod
    def _breaks_off(sequence: str, char: str) -> bool:
        """Whether no sequence goes on this way."""
        match sequence[1:2]:
            case "":
                return char == ESC
            case "[" | "O":
                return not " " <= char <= "~" and not sequence.startswith("\x1b[M")
        return sequence[-1] == ESC and char != "\\"

    def _has_ended(self, sequence: str) -> bool:
        """Whether the sequence is complete."""
        match sequence[1:2]:
            case "":
                return False
            case "[" if sequence.startswith("\x1b[M"):
                return len(sequence) == 6  # a mouse event of the oldest kind
            case "[" if sequence.startswith("\x1b[["):
                return len(sequence) == 4  # a function key of the Linux console
            case "[" | "O":
                return (len(sequence) > 2 and "@" <= sequence[-1] <= "~") or sequence in ANSI_SEQUENCES_KEYS
            case "]" | "P" | "X" | "^" | "_":  # an answer to a question that was not asked here
                return len(sequence) > 2 and sequence.endswith(("\x07", "\x1b\\"))
        return True

    def _read_paste(self) -> Generator[Read1 | Peek1, str, None]:
        """Read a paste, up to its end or a long silence."""
        text: list[str] = []
        end = list(BRACKETED_PASTE_END)
        with suppress(ParseTimeout):
            while text[-len(end) :] != end:
                text.append((yield self.read1(REST_SECONDS)))
        self._tell(events.Paste("".join(text).removesuffix(BRACKETED_PASTE_END).replace("\x00", "")))

    def _understand(self, sequence: str) -> None:
        """Report a character or a sequence; one that Textual does not understand is dropped."""
        if key := self._KEY.fullmatch(sequence):
            code, modifiers, kind, codes, end = key.groups(default="")
            text = "".join(chr(number) for part in codes.split(":") if len(part) < 9 and _is_text(number := int(part or 0)))
            if kind == "3" or len(sequence) == MAX_SEQUENCE:
                return
            if len(text) > 1 or (code in ("", "0") and codes):  # from an input method: text for a field, no keys
                if text:
                    self._tell(events.Paste(text))
                return
            sequence = f"\x1b[{code};{modifiers};{ord(text) if text else ''}".rstrip(";") + end
        if len(sequence) > MAX_UNDERSTOOD:
            return
        try:
            for char in sequence:
                waits = self._inner.send(char)
            if waits.timeout is not None:  # it waits for more
                self._is_dropping = len(sequence) > 2
                self._inner.throw(ParseTimeout())
        except Exception:  # such as the number of no character
            self._reset()
        self._is_dropping = False

    def _reset(self) -> None:
        self._inner = super().parse(self._report)
        next(self._inner)

    def _report(self, token: Message) -> None:
        if not self._is_dropping:
            self._tell(token)


def _is_text(code: int) -> bool:
    """Whether this is the code of a character that can be typed."""
    return 32 <= code < 0x110000 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000


class SafeDriver:
    """First base of the driver: whatever comes in is read, and when nothing can come any more, the program ends."""

    if TYPE_CHECKING:
        _app: SafeApp
        exit_event: Any

    _is_started = _is_suspended = False

    def run_input_thread(self) -> None:
        """Read until the end. An error ends the program as any other does: Textual prints it and exits with 0."""
        try:
            super().run_input_thread()  # type: ignore[misc]
        except OSError:  # the terminal is gone
            pass
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)
        if not self.exit_event.is_set():
            self._app.call_later(self._app.exit, None, TERMINAL_CLOSED)

    def _on_meta(self, packet_type: str, payload: bytes) -> None:
        """Take a message of the browser's; one that is malformed is dropped, and ends the input in Textual."""
        with suppress(ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            super()._on_meta(packet_type, payload)  # type: ignore[misc]

    def on_meta(self, packet_type: str, payload: dict[str, Any]) -> None:
        if packet_type == "resize":
            payload |= {side: int(payload[side]) for side in ("width", "height")}
        super().on_meta(packet_type, payload)  # type: ignore[misc]

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[misc]
        self._is_started, self._is_suspended = True, False

    def stop_application_mode(self) -> None:
        self._is_started = False
        super().stop_application_mode()  # type: ignore[misc]

    def suspend_application_mode(self) -> None:
        super().suspend_application_mode()  # type: ignore[misc]
        self._is_suspended = True

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop, and paint everything: the shell has written over it.

        Textual starts the screens again though they were not suspended, and takes the terminal as it is then for the one to
        restore at the end; it paints nothing (textual#6298).
        """
        if self._is_started:
            self.suspend_application_mode()
        if self._is_suspended:
            super()._sigcont_application()  # type: ignore[misc]
            self._app.call_later(self._app.refresh, layout=True)


def safe_driver(kind: type[Driver]) -> type[Driver]:
    """Give the driver these workarounds, with a decoder that replaces what is not UTF-8 (textual#6456)."""
    made_in = vars(sys.modules[kind.__module__])  # the parser and the decoder are made there, in a method too long to replace
    made_in |= {"XTermParser": SafeParser, "getincrementaldecoder": lambda name: partial(getincrementaldecoder(name), "replace")}
    return type(kind.__name__, (SafeDriver, kind), {})


def bounded(size: Size) -> Size:
    """The part of a terminal of this size that is drawn."""
    return Size(min(max(size.width, 1), LARGEST.width), min(max(size.height, 1), LARGEST.height))


class HangupSafeFile:
    """A terminal's file that ignores writes once the terminal is gone.

    Textual's writer thread dies of the first such error, and the program blocks on its full queue instead of closing
    (textual#6692 has the same queue).
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


class SafeApp(SafeHandlers, App[None]):
    """Textual's application with these workarounds."""

    DEFAULT_CSS = "OptionList { min-width: 8; }"
    """With less than its padding the options are wrapped at no width, which raises (textual#3220)."""

    def report_error(self, error: Exception, source: DOMNode | None = None) -> bool:
        """Report an error that is meant for people. False where it is not, and has to end the program.

        `source`: the widget whose handler failed; None where nobody asked for anything.
        """
        return False

    def bars(self) -> Iterable[Widget]:
        """Return what every screen gets besides its own widgets when it is made. Textual has no hook for it."""
        return ()

    def crash_message(self, error: BaseException | None) -> str:
        """What is printed when an error ends the program."""
        return repr(error)

    @contextmanager
    def batch_update(self) -> Iterator[None]:
        """Suspend repaints until the end, and then have every screen painted.

        Textual wakes the application alone: a page behind a dialog would stay as it was. No upstream issue found.
        """
        with super().batch_update():
            yield
        if self.is_running:
            for screen in self.screen_stack:
                screen.check_idle()

    def is_there(self, node: DOMNode) -> bool:
        """Whether a widget's screen is still open. The application itself always is."""
        closing = self._exit or not self.is_running  # screens that are still on the stack lose their widgets then
        return node is self or (not closing and any(above in self.screen_stack for above in node.ancestors_with_self))

    def search_themes(self) -> None:
        """Show the themes in the safe palette."""
        self.push_screen(SafePalette(providers=[ThemeProvider], placeholder="Search for themes…"))

    async def on_event(self, event: events.Event) -> None:
        """Bound the size; ignore input after the last screen was closed, where Textual raises. No upstream issue found."""
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
        """Ignore that a closed screen no longer finds its widgets (textual#4258); report what can be reported."""
        failed = isinstance(error, WorkerFailed)
        cause = error.error if isinstance(error, WorkerFailed) else error
        node = get_current_worker().node if failed else active_message_pump.get()
        if isinstance(cause, NoMatches) and isinstance(node, Widget) and not self.is_there(node):
            return
        if not (isinstance(cause, Exception) and self.report_error(cause)):
            super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End with one message, of the first error: Textual prints a traceback with local variables, which hold contacts."""
        self._return_code = STOPPED
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self.crash_message(self._exception)))  # a str would be read as markup
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.panic()
