"""The permissions of new files: none for others, except in what is written to be published."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_before: list[int] = []
"""The umask that the program was started with, set by the first call of `keep_private`."""


def keep_private() -> None:
    """Make new files readable only by their owner."""
    before = os.umask(0o077)
    if not _before:
        _before.append(before)


@contextmanager
def published() -> Iterator[None]:
    """Give new files the permissions that the person's umask allows."""
    private = os.umask(0o077)
    os.umask(_before[0] if _before else private)
    try:
        yield
    finally:
        os.umask(private)
