"""Doing something in another process."""

import os

import pytest

from core.errors import NotFound
from tui.cli.forked import forked


def test_it_is_done_in_another_process_and_its_result_comes_back() -> None:
    assert forked(os.getpid)() != os.getpid()


def test_it_goes_on_while_this_process_does_something_else() -> None:
    reading, writing = os.pipe()
    result = forked(lambda: os.read(reading, 1))
    os.write(writing, b"!")
    assert result() == b"!"


def test_its_error_is_raised_here() -> None:
    def act() -> None:
        raise NotFound("There is none.")

    with pytest.raises(NotFound):
        forked(act)()


@pytest.mark.parametrize("error", [OSError, AttributeError])
def test_it_is_done_here_where_no_process_can_be_forked(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise error

    monkeypatch.setattr(os, "fork", fork)
    assert forked(os.getpid)() == os.getpid()
