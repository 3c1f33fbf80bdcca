"""A terminal that believes nothing: it knows what Textual's driver means to send, and counts every other byte against it."""

import base64
import re
import unicodedata
from dataclasses import dataclass, field

PRIVATE_MODES = frozenset({7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048})
"""What the driver switches: cursor, mouse, focus, alternate screen, paste, updates at once, resizes told in band."""

MEANT = (
    re.compile(r"\[[\d;]*m"),  # colours
    re.compile(r"\[\d*(;\d*)?H"),  # the cursor to a place
    re.compile(r"\[\d*[ABCDGJK]"),  # the cursor by some cells, and clearing
    re.compile(r"\[\?(2026|2048)\$p"),  # what the driver asks the terminal for
    re.compile(r"\[[><=]\d*u"),  # the keyboard protocol of kitty, begun and ended
)
_MODE = re.compile(r"\[\?(\d+)([hl])")
_CONTROL = re.compile(r"\[[0-?]*[ -/]*[@-~]")
_STRING = re.compile(r"[\]PX^_].*?(\x07|\x1b\\)", re.DOTALL)
_POINTER = re.compile(r"\]22;[a-z-]*(\x07|\x1b\\)")
_COPIED = re.compile(r"\]52;c;([A-Za-z0-9+/=]*)\x07")
_TEXT = re.compile(r"[^\x00-\x1f\x7f]+")
JOINER = "\u200d"


@dataclass
class Terminal:
    """What was sent to it. `wrong` holds whatever no part of the program can have meant."""

    wrong: list[str] = field(default_factory=list)
    modes: dict[int, bool] = field(default_factory=dict)
    keyboard: int = 0
    """How often the keyboard protocol was begun and not ended."""
    copied: list[str] = field(default_factory=list)
    """What was put on the clipboard."""
    shown: list[str] = field(default_factory=list)
    sequences: int = 0

    def take(self, sent: bytes) -> None:
        """Read all that was sent."""
        try:
            text = sent.decode("utf-8")
        except UnicodeDecodeError as error:
            self.wrong.append(f"no UTF-8 at byte {error.start}: {sent[error.start : error.start + 8]!r}")
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

    @property
    def seen(self) -> str:
        """All text that was printed, in the order in which it came."""
        return "".join(self.shown)

    def _print(self, text: str) -> None:
        self.shown.append(text)
        if text.isprintable():
            return
        for char in text:
            if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char != JOINER:
                self.wrong.append(f"U+{ord(char):04X} in {text[:60]!a}")

    def _sequence(self, text: str, at: int) -> int:
        """Read what follows an escape; give where it ends."""
        self.sequences += 1
        found = _CONTROL.match(text, at) or _STRING.match(text, at)
        if found is None:
            self.wrong.append(f"escape {text[at : at + 20]!r}")
            return at
        said = found[0]
        if (mode := _MODE.fullmatch(said)) and int(mode[1]) in PRIVATE_MODES:
            self.modes[int(mode[1])] = mode[2] == "h"
        elif copied := _COPIED.fullmatch(said):
            self.copied.append(base64.b64decode(copied[1]).decode())
        elif any(meant.fullmatch(said) for meant in MEANT):
            self.keyboard += said.startswith("[>") - said.startswith("[<")
        elif not _POINTER.fullmatch(said):
            self.wrong.append(f"sequence {said[:60]!r}")
        return found.end()

    def left_usable(self) -> list[str]:
        """What is not as it was found, once the program has ended."""
        names = {
            1049: "alternate screen",
            1000: "mouse",
            1003: "mouse",
            1006: "mouse",
            1004: "focus",
            2004: "paste",
            2048: "resizes",
        }
        left = [name for mode, name in names.items() if self.modes.get(mode)]
        if self.modes.get(25) is False:
            left.append("cursor hidden")
        if self.modes.get(7) is False:
            left.append("no wrapping")
        return [*left, *(["keyboard protocol"] if self.keyboard else [])]
