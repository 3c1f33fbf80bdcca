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
LEFT = dict.fromkeys(("1000h", "1003h", "1006h"), "mouse") | {"1049h": "screen", "1004h": "focus", "2004h": "paste"}
LEFT |= {"2048h": "resizes", "25l": "hidden cursor", "7l": "no wrapping"}
"""The modes that a program must not leave behind."""


class Terminal:
    """What was sent to a terminal, all of it.

    `wrong` is what no part of the program can have meant, `left` what is not as it was.
    """

    def __init__(self, sent: bytes) -> None:
        text = sent.decode("utf-8", "backslashreplace")
        self.wrong = [f"no UTF-8: {text[:60]!a}"] if text.encode() != sent else []
        modes: dict[str, str] = {}
        keyboard = at = 0
        self.copied: list[str] = []
        while at < len(text):
            if not (found := SEQUENCE.match(text, at)):
                self.wrong.append(f"{text[at : at + 60]!a}")
                at += 1
                continue
            at = found.end()
            self.wrong += acting(found["text"] or "")
            keyboard += {">": 1, "<": -1}.get(found["keyboard"], 0)
            if found["mode"]:
                modes[found["mode"]] = found["mode"] + found["switch"]
            if found["copied"]:
                self.copied.append(base64.b64decode(found["copied"]).decode())
        self.left = [LEFT[mode] for mode in modes.values() if mode in LEFT] + ["keyboard protocol"] * bool(keyboard)
