"""The file that brands guides: one line for every page, and the captions' language."""

from pathlib import Path
from typing import Annotated

from core.errors import InvalidInput
from core.text import CleanLine, show
from core.toml_files import Model, Source, checked, fits


def _check_lang(tag: str) -> None:
    parts = tag.split("-")
    if not (tag.isascii() and all(part.isalnum() and len(part) <= 8 for part in parts) and parts[0].isalpha()):
        raise InvalidInput("lang", f"{show(tag, 40)} is not a language", remedy='Write one such as "en", "en-US" or "es".')


class Brand(Model):
    line: CleanLine = ""
    """The line at the top of every page, such as the name of the help center."""
    lang: Annotated[CleanLine, fits(_check_lang)] = "en"
    """The language of the tours' texts, as in HTML (BCP 47)."""


def load(path: Path) -> Brand:
    """Load a brand file. Raises NotFound, or InvalidInput with each mistake's line and field."""
    source = Source(path)
    return checked(Brand, source.parsed(), source)
