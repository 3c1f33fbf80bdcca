"""Which rights new files get: none for others, except for what is written to be published."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_before: list[int] = []
"""The umask that the program was started with, from the first call of `keep_private` on."""


def keep_private() -> None:
    """Make new files readable by their owner alone."""
    before = os.umask(0o077)
    if not _before:
        _before.append(before)


@contextmanager
def published() -> Iterator[None]:
    """Give new files the rights that the person's umask leaves."""
    private = os.umask(0o077)
    os.umask(_before[0] if _before else private)
    try:
        yield
    finally:
        os.umask(private)
