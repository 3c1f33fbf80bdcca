"""Validate text from outside, and make stored text safe to show on a terminal.

The types below check each value once, on input. `show` makes it safe again on output, because other programs can
write the workspace file too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import data
from core.errors import InvalidInput

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

LIMITS: dict[str, int] = data.load("limits.toml")

LONGEST_MESSAGE = 2000
"""Characters shown of a message, which may list every country."""

_ZERO_WIDTH_JOINER = "\u200d"  # kept: it holds emoji families together
_MARKS_IN_A_ROW = 2
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Characters that show nothing: Hangul fillers and the empty Braille cell."""
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
"""The flag of a part of a country, such as England: a black flag and invisible letters."""
_SPREADSHEET_NUMBER = re.compile(r"[+-]?\d+[.,]\d+E[+-]?\d+|[+-]?\d+E\+\d+|\d+[.,]0+", re.IGNORECASE | re.ASCII)
_MINUS = "\u2212\u00ad"
"""A minus sign and a soft hyphen, which Unicode does not count among the dashes."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_PROFILE = re.compile(r"(?:https?://)?(?:www\.|m\.)?tiktok\.com/@([^/?#\s]+)(?:[/?#]\S*)?", re.IGNORECASE)
_MASKED_START = re.compile(r"^(\+\d{1,2})?")


def is_unsafe(char: str) -> bool:
    """Check for a control, format, surrogate, private, separator or non-character."""
    if unicodedata.category(char) == "Cn":  # unassigned: only the permanent non-characters break an SVG
        return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char != _ZERO_WIDTH_JOINER


def problem(text: str, limit: int) -> str | None:
    """Explain why `text` is not a valid line of up to `limit` characters, and what to do; or None."""
    if len(text) > limit:
        return f"is {len(text)} characters long; shorten it to at most {limit}"
    if text.isascii() and text.isprintable():
        return None  # fast path for nearly all text
    for position, char in enumerate(_FLAG.sub(_plain_flag, text), 1):
        if is_unsafe(char):
            return f"has an invisible or control character (U+{ord(char):04X}) at position {position}; type it without that"
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MARKS_IN_A_ROW:
            return "has too many accents stacked on one letter; type it with fewer"
    if text.strip() and not any(map(_is_seen, text)):
        return "has only invisible characters; type a name that can be seen"
    return None


def _is_seen(char: str) -> bool:
    """Check whether the character shows by itself, as marks and fillers do not."""
    return unicodedata.category(char) not in {"Mn", "Me", "Zs", "Cf", "Cc"} and char not in _UNSEEN


def _plain_flag(found: re.Match[str]) -> str:
    return found[0][0] * len(found[0])


def _one_line(text: str, limit: str) -> str:
    """Trim `text` and normalize it to NFC. Raises ValueError if empty or invalid."""
    plain = text.strip()
    if limit in {"identifier", "contact"} and _SPREADSHEET_NUMBER.fullmatch(plain):
        raise ValueError(
            f"is a number as a spreadsheet shows it ({plain[:40]}): digits may be lost. "
            "Format the column as text, then enter the number again"
        )
    if plain and len(text) <= LIMITS[limit] and text.isascii() and text.isprintable():
        return plain  # fast path for nearly all text
    if found := problem(text, LIMITS[limit]):
        raise ValueError(found)
    if not plain:
        raise ValueError("is empty")
    return unicodedata.normalize("NFC", text).strip()


class _Checked:
    """Have pydantic run `check`. Importing pydantic late keeps startup fast."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import AfterValidator

        return AfterValidator(self.check).__get_pydantic_core_schema__(source, handler)

    def check(self, value: Any) -> Any:
        """Return the value to store. Raises ValueError."""
        raise NotImplementedError


class Line(_Checked):
    """Have pydantic read one line of limited length, trimmed and normalized to NFC."""

    def __init__(self, limit: str, *, bare: Callable[[str], str] = str) -> None:
        self.limit = limit
        self.bare = bare
        """Strips prefixes before the check."""

    def check(self, text: str) -> str:
        try:
            return _one_line(self.bare(text), self.limit)
        except ValueError as error:
            raise _refused(str(error)) from None


class _Number(Line):
    """Have pydantic read a registration number."""

    def check(self, text: str) -> str:
        number = super().check(text)
        if not fold_number(number):
            raise _refused("has no letters or digits")
        return number


class _Country(_Checked):
    """Have pydantic read a two-letter country code, in capitals."""

    def check(self, text: str) -> str:
        if not _COUNTRY.fullmatch(code := country_code(text)):
            raise _refused("is not a country code: use the two letters of the country, such as US")
        return code


class _Storable(_Checked):
    """Have pydantic reject a dictionary that JSON cannot store."""

    def check(self, facts: dict[str, Any]) -> dict[str, Any]:
        from pydantic_core import PydanticSerializationError, to_json

        try:
            to_json(facts)
        except PydanticSerializationError:  # an unpaired surrogate: JSON can escape it, UTF-8 cannot store it
            raise _refused("has a character that can't be stored") from None
        return facts


def _refused(found: str) -> ValueError:
    from pydantic_core import PydanticCustomError

    return PydanticCustomError("text", "{problem}", {"problem": found})


def clean(field: str, text: str, limit: str = "line") -> str:
    """Validate `text` as one trimmed line. Raises InvalidInput that names `field`."""
    try:
        return _one_line(text, limit)
    except ValueError as error:
        if not text.strip():
            raise InvalidInput.empty(field) from None
        raise InvalidInput(field, str(error)) from None


def country_code(text: str) -> str:
    """Write a country or market code in capitals, and UK as GB."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    return "GB" if code == "UK" else code


def fold_number(number: str) -> str:
    """Reduce a registration number to what identifies it: capitals, no spaces or dashes, one width."""
    if number.isascii():
        return "".join(number.upper().replace("-", "").split())  # fast path for nearly all
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(char for char in plain if char not in _MINUS and unicodedata.category(char) not in {"Zs", "Pd", "Cf", "Cc"})


def bare_username(text: str) -> str:
    """Lower-case a username, without @ or its profile's address. A rule checks its format."""
    if profile := _PROFILE.fullmatch(text.strip()):
        text = profile[1]
    return text.strip().removeprefix("@").lower()


CleanLine = Annotated[str, Line("line")]
"""A name or a title: one line, no control or bidi characters, trimmed, normalized to NFC."""

Reason = Annotated[str, Line("reason")]
"""A reason in words, never empty."""

Summary = Annotated[str, Line("summary")]
"""The text of a history entry, which may include names and a reason."""

Contact = Annotated[str, Line("contact")]
"""A phone number or an email address."""

Identifier = Annotated[str, Line("identifier")]
"""An id or a code."""

RegistrationNumber = Annotated[str, _Number("identifier")]
"""A legal entity's registration number, as it was written."""

Country = Annotated[str, _Country()]
"""A two-letter country code, in capitals."""

Username = Annotated[str, Line("line", bare=bare_username)]
"""A TikTok username in lower case, without the @. The rule account.username-format checks it."""

Images = Annotated[list[Any], _Storable()]
"""Rows as they were before an entry, as JSON data."""

Details = Annotated[dict[str, Any], _Storable()]
"""JSON data, stored as it is; use `show` to display it."""


def quote_last(text: str) -> str:
    """Quote `text` at the end of a sentence, without a second period."""
    return f"“{text}”" if text.endswith(".") else f"“{text}”."


def show(text: str, limit: int | None = None) -> str:
    """Make `text` safe to display, cut to `limit` characters with "…"."""
    limit = LIMITS["reason"] if limit is None else limit
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # fast path for nearly all text
    cut = len(text) > limit
    shown: list[str] = []
    marks = 0
    text = text[: limit - 1 if cut else limit]
    flags = {index for found in _FLAG.finditer(text) for index in range(*found.span())}
    for index, char in enumerate(text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if index in flags:
            shown.append(char)
        elif char == "\n":
            shown.append("\u240a")
        elif is_unsafe(char):
            shown.append("\ufffd")
        elif marks <= _MARKS_IN_A_ROW:
            shown.append(char)
    return "".join(shown) + ("…" if cut else "")


def mask_email(email: str) -> str:
    """Hide an email address except for its first letter and its domain."""
    name, at, domain = show(email).partition("@")
    return f"{name[:1]}••••{at}{domain}" if at else mask_phone(email)


def mask_phone(phone: str) -> str:
    """Hide a phone number except for its country code and its last two to four digits."""
    shown = show(phone)
    digits = [char for char in shown if char.isdigit()]
    kept = 4 if len(digits) > 7 else min(2, len(digits))
    start = _MASKED_START.match(shown)
    prefix = start.group(0) + " " if start and start.group(0) and len(digits) > 6 else ""
    return f"{prefix}••• ••• {''.join(digits[-kept:]) if kept else ''}".rstrip()


def mask_contact(contact: str) -> str:
    """Mask an email address or a phone number so that others may see it."""
    return mask_email(contact) if "@" in contact else mask_phone(contact)


_CONTACT_WITHIN = re.compile(r"[^\s@'\"<>()\[\]{},;:=]+@[^\s@'\"<>()\[\]{},;:=]+|\+?\d[\d ().-]{5,22}\d")


def mask_within(text: str) -> str:
    """Mask everything in `text` that looks like an email address or a phone number."""
    return _CONTACT_WITHIN.sub(lambda found: mask_contact(found[0]), text)


_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
_PHONE = re.compile(r"\+?[\d\s().-]{6,24}")


_CONTACTS = {
    "phone": "is not a phone number, such as +1 555 010 0142",
    "email": "is not an email address, such as name@example.com",
}


def contact_problem(contact: str, field: str = "contact") -> str | None:
    """Explain why `contact` is neither an email nor a phone number, or None. `field`: phone or email, if it is to be one."""
    if field != "phone" and _EMAIL.fullmatch(contact):
        return None
    if field != "email" and _PHONE.fullmatch(contact) and 6 <= sum(char.isdigit() for char in contact) <= 15:
        return None
    return _CONTACTS.get(field, "is neither an email address (name@example.com) nor a phone number (+1 555 010 0142)")
