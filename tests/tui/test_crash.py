"""Signals: each that would end the program leaves the screens in order first."""

import asyncio
import os
import signal
from typing import Any

from tui import crash
from tui.terminal_fixes import SafeDriver

IGNORED = {"SIGCHLD", "SIGCONT", "SIGINFO", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH", "SIGPIPE", "SIGXFSZ"}
BEYOND_REACH = {"SIGKILL", "SIGSTOP", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL"}


class Recorder:
    def __init__(self) -> None:
        self.codes: list[int] = []
        self.return_code: int | None = None

    def exit(self, result: None, code: int) -> None:
        self.codes.append(code)


async def test_every_signal_that_ends_a_program_ends_the_screens_with_its_code() -> None:
    app: Any = Recorder()
    loop = asyncio.get_running_loop()
    numbers = {int(number) for number in signal.valid_signals()}
    numbers -= {getattr(signal, name) for name in IGNORED | BEYOND_REACH if hasattr(signal, name)}
    assert {signal.SIGQUIT, signal.SIGUSR1, signal.SIGALRM, signal.SIGTERM} < numbers
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        with crash.exit_on_signals(app):
            for number in numbers:
                os.kill(os.getpid(), number)
                await asyncio.sleep(0)
            await asyncio.sleep(0.05)
            app.return_code = 0
            os.kill(os.getpid(), signal.SIGTERM)  # it is exiting already
            await asyncio.sleep(0.05)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])
    assert sorted(app.codes) == sorted(128 + number for number in numbers)


class Terminal(SafeDriver):
    """A driver that notes what is done."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._app = self
        self._is_started = True
        self.done: list[str] = []

    def call_later(self, act: object, **how: object) -> None:
        self.done.append("painted")

    def refresh(self) -> None:
        """As an application has it."""


class Textual:
    done: list[str]

    def suspend_application_mode(self) -> None:
        self.done.append("suspended")

    def _sigcont_application(self) -> None:
        self.done.append("resumed")

    def _sigtstp_application(self) -> None:
        self.done.append("stopped")


async def test_a_stop_and_its_end_wait_for_what_the_signal_interrupted() -> None:
    terminal = type("Mixed", (Terminal, Textual), {})()
    terminal._sigcont_application(signal.SIGCONT, None)
    terminal._sigtstp_application(signal.SIGTSTP, None)
    assert terminal.done == []
    await asyncio.sleep(0)
    assert terminal.done == ["suspended", "resumed", "painted", "stopped"]


def test_a_signal_after_the_end_does_nothing() -> None:
    async def begin() -> Any:
        return type("Mixed", (Terminal, Textual), {})()

    terminal = asyncio.run(begin())
    terminal._sigcont_application(signal.SIGCONT, None)
    assert terminal.done == []
