"""The file of an import: bytes that can be read twice, and a sheet's encoding."""

import re
import shutil
import sys
import tempfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

from core.errors import InvalidInput
from core.files import open_regular
from core.text import show

STDIN = Path("-")
CHUNK = 2**16
"""Bytes read at a time."""
_UTF8 = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
"""An accented letter, a quotation mark or a dash in UTF-8, which would be read as something like “Ã©”."""
SAVE_AS = "Save it in UTF-8, then try again: in a spreadsheet program, save it as “CSV UTF-8”."


class Undecodable(NamedTuple):
    """The first bytes that are not in an encoding."""

    line: int
    word: str
    """The word they are in, read as Windows-1252."""
    is_mixed: bool
    """Whether letters beyond ASCII were decoded before: part of the file is in the encoding."""
    is_cut: bool
    """Whether the file ends in the middle of a letter."""


def opened(path: Path, *, or_pipe: bool = False) -> BinaryIO:
    """Open the file; `or_pipe` also copies a pipe or stdin (`-`). Raises InvalidInput."""
    from_stdin = or_pipe and path == STDIN
    try:
        file = sys.stdin.buffer if from_stdin else open_regular(path, or_pipe=or_pipe)
        if not from_stdin and file.seekable():
            return file
        kept = tempfile.TemporaryFile()  # noqa: SIM115  # without a name: nothing stays of the contacts in it
        with nullcontext() if from_stdin else file:
            shutil.copyfileobj(file, kept)
        return kept
    except FileNotFoundError as error:
        where = f": {error.strerror}" if path.is_symlink() else ""
        said = f"{show(str(path))} doesn't exist{where}"
        raise InvalidInput("file", said, remedy="Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that can't be a file name"
        raise InvalidInput("file", f"{show(str(path))} can't be read: {why}", remedy="Name a file you can read.") from None


def is_document(file: BinaryIO) -> bool:
    """Check whether the file begins as a JSON document does."""
    file.seek(0)
    start = file.read(200).removeprefix(BOM_UTF8)
    wide = start.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return start.decode("utf-16" if wide else "ascii", "ignore").lstrip()[:1] in {"{", "["}


def sheet_encoding(file: BinaryIO) -> tuple[str, str | None]:
    """Find the encoding of a sheet, and a note if it was guessed. Raises InvalidInput with the line.

    Bytes that are not UTF-8 are Windows-1252, unless the file is cut off or is in UTF-8 elsewhere.
    """
    file.seek(0)
    start = file.read(2)
    if start in (BOM_UTF16_LE, BOM_UTF16_BE):
        if found := _undecodable(file, "utf-16"):
            raise not_text("UTF-16", found.line)
        return "utf-16", None
    if b"\0" in start:  # UTF-16 without a byte order mark
        raise not_text("UTF-8", 1)
    found = _undecodable(file, "utf-8")
    if found is None:
        return "utf-8-sig", None
    if found.is_mixed or found.is_cut or _undecodable(file, "cp1252") or _has_utf8(file):
        raise not_text("UTF-8", found.line)
    note = f"The file is not in UTF-8 and was read as Windows-1252: check “{show(found.word, 40)}” in line {found.line}."
    return "cp1252", note


def not_text(encoding: str, line: int) -> InvalidInput:
    return InvalidInput("file", f"is not text in {encoding} (line {line})", remedy=SAVE_AS)


def _undecodable(file: BinaryIO, encoding: str) -> Undecodable | None:
    """Find what is not in the encoding, reading the file in chunks."""
    file.seek(0)
    decoder = getincrementaldecoder(encoding)()
    line, beyond_ascii = 1, False
    while True:
        chunk = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before, after = error.object[: error.start], error.object[error.start :]
            around = (re.search(rb"[^\s,;]*\Z", before[-40:]), re.match(rb"[^\s,;]*", after[:40]))
            word = "".join(part[0].decode("cp1252", "replace") for part in around if part)
            return Undecodable(line + _line_ends(before), word, beyond_ascii or not before.isascii(), not chunk)
        if not chunk:
            return None
        beyond_ascii = beyond_ascii or not text.isascii()
        line += _line_ends(chunk)


def _has_utf8(file: BinaryIO) -> bool:
    """Check whether a letter or a sign is written in UTF-8 somewhere."""
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        if _UTF8.search(before + chunk):
            return True
        before = chunk[-2:]
    return False


def _line_ends(raw: bytes) -> int:
    return raw.count(b"\n") or raw.count(b"\r")
