"""A visitor's session: a process that runs the screens, and the browser's tab that shows it."""

import asyncio
import json
import os
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress

from aiohttp import WSCloseCode
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tui.serve.connection import Connection
from tui.serve.driver import REPAINT, VisitorDriver

LARGEST = (500, 200)
"""Maximum columns and rows: larger terminals are drawn this large, so that nobody can stall the program."""
END_SECONDS = 10.0
"""How long a process may take to end when asked to, before it is killed."""
CLOSE_SECONDS = 0.75
"""The same when the server ends."""
STOPPED, MOVED = 4001, 4002
"""Our codes for closing a socket: the screens had to stop, or are now shown in another tab."""
MODES = b"\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l\x1b[?2004h"
"""What Textual's driver sends once at the start: alternate screen, mouse, no cursor, bracketed paste."""


class Session(AppService):
    """Screens that wait a while for their visitor to come back."""

    def __init__(self, command: Sequence[str], downloads: DownloadManager, *, wait: float, on_end: Callable[[], object]) -> None:
        super().__init__(
            "",  # Textual's would run it through a shell
            write_bytes=self._write_bytes,
            write_str=self._write_str,
            close=self._left,
            download_manager=downloads,
        )
        self.arguments = command
        self.downloads = downloads
        self.wait = wait
        """How many seconds the screens wait for their visitor."""
        self.on_end = on_end
        self.socket: Connection | None = None
        self.process: Process | None = None
        self.running: asyncio.Task[None] | None = None
        self._started = asyncio.Event()
        self._ending: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def attach(self, socket: Connection, width: int, height: int) -> None:
        """Show the screens on this socket, and start them if there are none yet."""
        if self._timer:
            self._timer.cancel()
        before, self.socket = self.socket, socket
        if self.running is None:
            self.running = asyncio.create_task(self._run(*bounded(width, height)))
        elif self.process:
            await self._show_again(before, width, height)
        await self._started.wait()

    async def _show_again(self, before: Connection | None, width: int, height: int) -> None:
        if before:
            await before.end(MOVED)
        await self._write_bytes(MODES)
        await self.set_terminal_size(width, height)
        await self.send_meta({"type": REPAINT})

    def detach(self, socket: Connection) -> None:
        """End the screens after a while, unless their visitor comes back."""
        if self.socket is socket:
            self.socket = None
            self._timer = asyncio.get_running_loop().call_later(self.wait, self.end)

    async def receive(self, text: str) -> None:
        """Pass on what the page sends; ignore what it would not send."""
        if self.process is None:
            return
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return
        match message:
            case ["stdin", str(typed)]:
                await self.send_bytes(typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self.set_terminal_size(width, height)
            case ["ping", str(sent)]:
                await self._write_str(json.dumps(["pong", sent]))
            case ["focus"]:
                await self.focus()
            case ["blur"]:
                await self.blur()

    async def set_terminal_size(self, width: int, height: int) -> None:
        await super().set_terminal_size(*bounded(width, height))

    @property
    def is_ending(self) -> bool:
        return self._ending is not None or (self.running is not None and self.running.done())

    def end(self) -> asyncio.Task[None]:
        """Ask the process to end, and kill it if it does not."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        return self._ending

    async def close(self, code: int) -> None:
        """Tell the visitor why the session ends, and end it at once."""
        ending = self.end()
        disconnecting = asyncio.create_task(self._disconnect(code))
        await asyncio.wait({ending}, timeout=CLOSE_SECONDS)
        self._kill()
        await asyncio.gather(ending, disconnecting)

    async def _disconnect(self, code: int) -> None:
        """End the visitor's connection; nothing more is written to it."""
        socket, self.socket = self.socket, None
        if socket:
            await socket.end(code)

    async def _end(self) -> None:
        assert self.running is not None
        if self.process is None:
            self.running.cancel()
        else:
            asking = asyncio.create_task(self.send_meta({"type": "quit"}))
            await asyncio.wait({self.running}, timeout=END_SECONDS)
            asking.cancel()
            self._kill()
        await asyncio.wait({self.running})

    async def _run(self, width: int, height: int) -> None:
        """Run the screens to their end, and leave nothing behind."""
        try:
            with tempfile.TemporaryDirectory(prefix="shoplink-visitor-", ignore_cleanup_errors=True) as folder:
                await self._run_in(folder, width, height)
        finally:
            self._started.set()  # or failed to
            if self._timer:
                self._timer.cancel()
            self.on_end()
            left = self.process is not None and self.process.returncode == 0
            await self._disconnect(WSCloseCode.OK if left else STOPPED)

    async def _run_in(self, folder: str, width: int, height: int) -> None:
        """Run the screens with this folder for temporary files, which a killed process leaves behind."""
        environment = {
            **os.environ,
            "TEXTUAL_DRIVER": f"{VisitorDriver.__module__}:{VisitorDriver.__qualname__}",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(width),
            "ROWS": str(height),
            "TMPDIR": folder,
        }
        process = await asyncio.create_subprocess_exec(
            *self.arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment, start_new_session=True
        )  # a separate session: Ctrl+C in the server's terminal is for the server
        self.process = self._process = process
        self._stdin = process.stdin
        self._started.set()
        try:
            await self.run()
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), END_SECONDS)
        finally:
            self._kill()
            await process.wait()
            await self.downloads.cancel_app_downloads(self.app_service_id)

    def _kill(self) -> None:
        if self.process and self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.kill()

    async def _left(self) -> None:
        """End the session once the screens were left; their process ends by itself or is killed."""
        self.end()

    async def _write_bytes(self, data: bytes) -> None:
        if self.socket:
            with suppress(ConnectionError):  # the visitor is gone: the socket's own handler sees that
                await self.socket.send_bytes(data)

    async def _write_str(self, text: str) -> None:
        if self.socket:
            with suppress(ConnectionError):
                await self.socket.send_str(text)


def bounded(width: int, height: int) -> tuple[int, int]:
    """Limit a size to what can be drawn."""
    return max(1, min(width, LARGEST[0])), max(1, min(height, LARGEST[1]))
