"""A strict terminal: it knows the sequences that Textual's driver sends, and reports every other byte."""

import base64
import re

from tests.proof.hostile.harmless import acting

SEQUENCE = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f]+)|[\r\n]|\x1b(?:"
    r"\[[\d;]*m|\[\d*(?:;\d*)?H|\[\d*[ABCDGJK]"  # colors, the cursor, clearing
    r"|\[\?(?P<mode>7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)(?P<switch>[hl])"
    r"|\[\?(?:2026|2048)\$p"  # the driver's queries
    r"|\[(?P<keyboard>[><=])\d*u"  # kitty's keyboard protocol, on and off
    r"|\]22;[a-z-]*(?:\x07|\x1b\\)"  # the shape of the mouse pointer
    r"|\]52;c;(?P<copied>[A-Za-z0-9+/=]*)\x07)"
)
LEFT = dict.fromkeys(("1000", "1003", "1006"), "mouse") | {"1049": "screen", "1004": "focus", "2004": "paste", "2048": "resizes"}


class Terminal:
    """What was sent to a terminal, all of it. `wrong` holds everything that no part of the program can have meant."""

    def __init__(self, sent: bytes) -> None:
        text = sent.decode("utf-8", "backslashreplace")
        self.wrong = [f"no UTF-8: {text[:60]!a}"] if text.encode() != sent else []
        self.modes: dict[str, str] = {}
        self.keyboard = at = 0
        self.copied: list[str] = []
        while at < len(text):
            if not (found := SEQUENCE.match(text, at)):
                self.wrong.append(f"{text[at : at + 60]!a}")
                at += 1
                continue
            at = found.end()
            self.wrong += acting(found["text"] or "")
            self.keyboard += {">": 1, "<": -1}.get(found["keyboard"], 0)
            if found["mode"]:
                self.modes[found["mode"]] = found["switch"]
            if found["copied"]:
                self.copied.append(base64.b64decode(found["copied"]).decode())

    def left_changed(self) -> list[str]:
        """What is not as it was, after the program has ended."""
        left = [name for mode, name in LEFT.items() if self.modes.get(mode) == "h"]
        left += [name for mode, name in {"25": "hidden cursor", "7": "no wrapping"}.items() if self.modes.get(mode) == "l"]
        return [*left, *(["keyboard protocol"] if self.keyboard else [])]
