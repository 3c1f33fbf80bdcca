"""Workarounds for terminal and browser input, and its end, in Textual 8.2.8, with upstream issues."""

from __future__ import annotations

import re
import sys
from asyncio import AbstractEventLoop
from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tui.exit_codes import TERMINAL_CLOSED

ESC = "\x1b"
MAX_SEQUENCE, MAX_UNDERSTOOD = 16_384, 32
"""Characters that are kept of an escape sequence, and of one that is not text. Longer ones are dropped."""
REST_SECONDS = 1.0
"""How long the rest of a started sequence or paste may take; nobody types their beginnings by hand."""
LARGEST = Size(500, 200)
"""The largest screen that is drawn: larger ones take seconds for each key, or all memory."""


class SafeParser(XTermParser):
    """Textual's parser of terminal input for any kind of sequence; unknown ones are dropped.

    Textual's own takes 32 characters of an unknown sequence and types them as keys, which cuts a long commit of an input
    method; an escape in a paste also turns into keys; unexpected numbers raise, which ends the program. No upstream issue
    found.
    """

    _KEY = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:;(\d*)(?::(\d*)[\d:]*)?)?(?:;([\d:]*))?([u~ABCDEFHPQRS])")
    """A key of kitty's protocol: code, modifiers, event (3: released) and text, without alternate codes."""

    def feed(self, data: str) -> Iterable[Message]:
        """Read some text. Empty text, such as half a letter, does not end the input, as in Textual."""
        return super().feed(data) if data else ()

    def parse(self, token_callback: Any) -> Generator[Read1 | Peek1, str, None]:
        """Split the input into characters, pastes and whole sequences."""
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
        """Read what follows an escape; reread what interrupts it."""
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
        elif ended and ESC not in sequence[1:]:  # otherwise the end of an answer
            self._understand(sequence)

    @staticmethod
    def _breaks_off(sequence: str, char: str) -> bool:
        """Check whether no sequence continues this way."""
        match sequence[1:2]:
            case "":
                return char == ESC
            case "[" | "O":
                return not " " <= char <= "~" and not sequence.startswith("\x1b[M")
        return sequence[-1] == ESC and char != "\\"

    def _has_ended(self, sequence: str) -> bool:
        """Check whether the sequence is complete."""
        match sequence[1:2]:
            case "":
                return False
            case "[" if sequence.startswith("\x1b[M"):
                return len(sequence) == 6  # a mouse event of the oldest kind
            case "[" if sequence.startswith("\x1b[["):
                return len(sequence) == 4  # a function key of the Linux console
            case "[" | "O":
                return (len(sequence) > 2 and "@" <= sequence[-1] <= "~") or sequence in ANSI_SEQUENCES_KEYS
            case "]" | "P" | "X" | "^" | "_":  # an answer to a question that this program did not ask
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
        """Report a character or a sequence; drop what Textual does not understand."""
        if key := self._KEY.fullmatch(sequence):
            code, modifiers, kind, codes, end = key.groups(default="")
            text = "".join(chr(number) for part in codes.split(":") if len(part) < 9 and _is_text(number := int(part or 0)))
            if kind == "3" or len(sequence) == MAX_SEQUENCE:
                return
            if len(text) > 1 or (code in ("", "0") and codes):  # from an input method: text for a field, not keys
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
        except Exception:  # such as a number that is not a character
            self._reset()
        self._is_dropping = False

    def _reset(self) -> None:
        self._inner = super().parse(self._report)
        next(self._inner)

    def _report(self, token: Message) -> None:
        if not self._is_dropping:
            self._tell(token)


def _is_text(code: int) -> bool:
    """Check whether this is the code of a character that can be typed."""
    return 32 <= code < 0x110000 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000


class SafeDriver:
    """First base of the driver: read any input, and end the program when there can be no more."""

    if TYPE_CHECKING:
        _app: Any
        exit_event: Any
        _loop: AbstractEventLoop

    _is_started = _is_suspended = False

    def run_input_thread(self) -> None:
        """Read until the end. An error ends the program like any other; Textual prints it and exits with 0."""
        try:
            super().run_input_thread()  # type: ignore[misc]
        except OSError:  # the terminal is gone
            pass
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)
        if not self.exit_event.is_set():
            self._app.call_later(self._app.exit, None, TERMINAL_CLOSED)

    def _on_meta(self, packet_type: str, payload: bytes) -> None:
        """Handle a message from the browser; drop a malformed one, which ends the input in Textual."""
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

    def _sigtstp_application(self, *_: object) -> None:
        self._soon(super()._sigtstp_application)  # type: ignore[misc]

    def _sigcont_application(self, *_: object) -> None:
        self._soon(self._continue)

    def _soon(self, act: Callable[[], object]) -> None:
        """Act between two events.

        Textual acts within the signal, and waits for itself if that came in the middle of a write, such as when a terminal is
        closed while a screen is painted. No upstream issue found.
        """
        with suppress(RuntimeError):  # the program has ended
            self._loop.call_soon_threadsafe(act)

    def _continue(self) -> None:
        """Continue after a stop and repaint everything, since the shell has written over it.

        Textual restarts the screens even if they were not suspended, mistakes the terminal's state then for the one to restore
        at the end, and paints nothing (textual#6298).
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
    """Return the part of a terminal of this size that is drawn."""
    return Size(min(max(size.width, 1), LARGEST.width), min(max(size.height, 1), LARGEST.height))


class HangupSafeFile:
    """A terminal's file that ignores writes once the terminal is gone.

    The first such error kills Textual's writer thread, and the program blocks on its full queue instead of closing
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
