"""Processes of the proof's own: forked, so that one costs little, and watched, so that none hangs unseen."""

import os
import pickle
import select
import signal
import traceback
import warnings
from collections.abc import Callable, Iterable
from typing import Any


class Child:
    """A process that carries out `act`, which may tell things through the file descriptor it is handed."""

    def __init__(self, act: Callable[[int], object]) -> None:
        self.told, tell = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the threads of a test runner hold nothing that it needs
            self.pid = os.fork()
        if not self.pid:
            code = 1
            try:
                os.close(self.told)
                act(tell)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(tell)

    def read(self, seconds: float = 120) -> bytes:
        """The next that it tells; nothing when it has ended. Raises AssertionError when it is silent for too long."""
        if not select.select([self.told], [], [], seconds)[0]:
            self.kill()
            raise AssertionError(f"a process said nothing for {seconds:.0f} seconds")
        return os.read(self.told, 1 << 16)

    def rest(self, seconds: float = 120) -> bytes:
        """All that it still tells, to its end."""
        return b"".join(iter(lambda: self.read(seconds), b""))

    def kill(self) -> int:
        """Kill it, wherever it is; how it ended."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> int:
        """Wait for its end; 0 when it has done all that it had to."""
        os.close(self.told)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def answers(acts: Iterable[Callable[[], Any]], seconds: float = 600) -> list[Any]:
    """What each of these gives, all of them at work at once, each in a process of its own."""
    children = [Child(lambda tell, act=act: _tell(tell, pickle.dumps(act()))) for act in acts]
    told = []
    for child in children:
        answer = child.rest(seconds)
        assert child.end() == 0, "a process failed: its error stands above"
        told.append(pickle.loads(answer))
    return told


def _tell(tell: int, answer: bytes) -> None:
    with os.fdopen(tell, "wb") as out:
        out.write(answer)
