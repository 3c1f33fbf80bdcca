"""The file that brands guides: one line for every page, its language, and the pages' own words in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from core.errors import InvalidInput
from core.text import CleanLine, show
from core.toml_files import Model, Source, checked, fits
from tui.player import key_caps, pace
from tui.player.key_caps import Press
from tui.tours import Step, Tour

LANGUAGE = (2, 3)
"""Letters of a language's code."""


def _check_lang(tag: str) -> None:
    parts = tag.split("-")
    named = parts[0].isalpha() and len(parts[0]) in LANGUAGE  # in BCP 47, no longer one is in use
    if not (tag.isascii() and named and all(part.isalnum() and len(part) <= 8 for part in parts)):
        raise InvalidInput("lang", f"{show(tag, 40)} is not a language", remedy='Write one such as "en", "en-US" or "es".')


class Words(Model):
    """What the pages themselves say. The number or time that is put in a text stands there as {number} or {time}."""

    title: CleanLine = "shoplink, step by step"
    """Of the gallery."""
    contents: CleanLine = "Contents"
    one_step: CleanLine = "1 step"
    steps: CleanLine = "{number} steps"
    plays: CleanLine = "plays for {time}"
    recording: CleanLine = "Terminal recording"
    start: CleanLine = "Follow along in practice:"
    settings: CleanLine = "The first step starts on the Settings page."
    step: CleanLine = "Step {number}"
    press: CleanLine = "Press"
    type: CleanLine = "type"
    desk: CleanLine = "In practice, at the Desk:"
    picture: CleanLine = "Picture of step {number}"
    text: CleanLine = "Picture as text"
    guides: CleanLine = "Guides"
    """What the links at a page's end are, for screen readers."""
    all: CleanLine = "All guides"
    back: CleanLine = "Back"
    next: CleanLine = "Next"

    def numbered(self, text: str, number: int) -> str:
        return text.replace("{number}", str(number))

    def instructions(self, step: Step) -> Iterator[tuple[str, list[tuple[str, Press]]]]:
        """Yield what a reader does to repeat the step, in order: a label, and what to press, each with the word before it."""
        for where, pressed in key_caps.instructions(step):
            label = self.desk if where == "desk" else self.press
            before = [self.type if press.is_typed else "" for press in pressed]
            if where == "press" and before[0]:  # nobody presses a text
                label, before[0] = self.type[:1].upper() + self.type[1:], ""
            yield label, list(zip(before, pressed, strict=True))

    def length(self, tour: Tour) -> str:
        """Say how long a tour is: its steps, and how long it plays."""
        count = len(tour.steps)
        steps = self.one_step if count == 1 else self.numbered(self.steps, count)
        return f"{steps} · {self.plays.replace('{time}', pace.in_words(pace.of_tour(tour)))}"


class Brand(Model):
    line: CleanLine = ""
    """The line at the top of every page, such as the name of the help center."""
    lang: Annotated[CleanLine, fits(_check_lang)] = "en"
    """The language of the tours' texts and of `words`, as in HTML (BCP 47)."""
    words: Words = Words()


def load(path: Path) -> Brand:
    """Load a brand file. Raises NotFound, or InvalidInput with each mistake's line and field."""
    source = Source(path, "brand")
    return checked(Brand, source.parsed(), source)
