"""A strict terminal: it knows the sequences that Textual's driver sends, and reports every other byte."""

import base64
import re
import unicodedata
from dataclasses import dataclass, field

PRIVATE_MODES = frozenset({7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048})
"""Those that the driver switches: cursor, mouse, focus, alternate screen, paste, synchronized output, in-band resizes."""

KNOWN = (
    re.compile(r"\[[\d;]*m"),  # colors
    re.compile(r"\[\d*(;\d*)?H"),  # the cursor to a cell
    re.compile(r"\[\d*[ABCDGJK]"),  # the cursor by some cells, and clearing
    re.compile(r"\[\?(2026|2048)\$p"),  # the driver's queries
    re.compile(r"\[[><=]\d*u"),  # kitty's keyboard protocol, on and off
    re.compile(r"\]22;[a-z-]*(\x07|\x1b\\)"),  # the shape of the mouse pointer
)
_MODE = re.compile(r"\[\?(\d+)([hl])")
_CONTROL = re.compile(r"\[[0-?]*[ -/]*[@-~]")
_STRING = re.compile(r"[\]PX^_].*?(\x07|\x1b\\)", re.DOTALL)
_COPIED = re.compile(r"\]52;c;([A-Za-z0-9+/=]*)\x07")
_TEXT = re.compile(r"[^\x00-\x1f\x7f]+")
JOINER = "\u200d"


@dataclass
class Terminal:
    """What was sent to a terminal. `wrong` holds everything that no part of the program can have meant."""

    wrong: list[str] = field(default_factory=list)
    modes: dict[int, bool] = field(default_factory=dict)
    keyboard: int = 0
    """How often the keyboard protocol was switched on and not off."""
    copied: list[str] = field(default_factory=list)
    """What was put on the clipboard."""

    def take(self, sent: bytes) -> None:
        """Read everything that was sent."""
        try:
            text = sent.decode("utf-8")
        except UnicodeDecodeError as error:
            self.wrong.append(f"not UTF-8 at byte {error.start}: {sent[error.start : error.start + 8]!r}")
            text = sent.decode("utf-8", errors="replace")
        at = 0
        while at < len(text):
            if found := _TEXT.match(text, at):
                self._print(found[0])
                at = found.end()
            elif text[at] == "\x1b":
                at = self._sequence(text, at + 1)
            else:
                if text[at] not in "\r\n":
                    self.wrong.append(f"control character {text[at]!r} in {text[max(0, at - 20) : at + 20]!r}")
                at += 1

    def _print(self, text: str) -> None:
        for char in "" if text.isprintable() else text:
            if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char != JOINER:
                self.wrong.append(f"U+{ord(char):04X} in {text[:60]!a}")

    def _sequence(self, text: str, at: int) -> int:
        """Read what follows an escape; return where it ends."""
        found = _CONTROL.match(text, at) or _STRING.match(text, at)
        if found is None:
            self.wrong.append(f"escape {text[at : at + 20]!r}")
            return at
        sequence = found[0]
        if (mode := _MODE.fullmatch(sequence)) and int(mode[1]) in PRIVATE_MODES:
            self.modes[int(mode[1])] = mode[2] == "h"
        elif copied := _COPIED.fullmatch(sequence):
            self.copied.append(base64.b64decode(copied[1]).decode())
        elif any(known.fullmatch(sequence) for known in KNOWN):
            self.keyboard += sequence.startswith("[>") - sequence.startswith("[<")
        else:
            self.wrong.append(f"sequence {sequence[:60]!r}")
        return found.end()

    def left_changed(self) -> list[str]:
        """What is not as it was, after the program has ended."""
        names = dict.fromkeys((1000, 1003, 1006), "mouse") | {1049: "screen", 1004: "focus", 2004: "paste", 2048: "resizes"}
        left = [name for mode, name in names.items() if self.modes.get(mode)]
        left += [name for mode, name in {25: "hidden cursor", 7: "no wrapping"}.items() if self.modes.get(mode) is False]
        return [*left, *(["keyboard protocol"] if self.keyboard else [])]
