"""A visitor's connection, which tells the browser why it ends."""

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

CLOSE_SECONDS = 2.0
"""How long to wait for a browser to confirm that its connection is closed."""


class Connection(web.WebSocketResponse):
    """A WebSocket that another task than its reader can end.

    aiohttp 3.14 drops a connection that is being read as soon as the code is written: what the browser had just sent then
    resets it, and the browser never reads the code. No upstream issue found.
    """

    def __init__(self, request: web.Request) -> None:
        super().__init__(heartbeat=15, timeout=CLOSE_SECONDS)
        self.request = request
        self._is_ending = False
        """Whether the code was sent; sending a second one is an error."""
        self._is_answered = False

    async def end(self, code: int) -> None:
        """Send the code to the browser, and close the connection when it answers or closes its side.

        Until then only this side is closed: what the browser still sends would reset the connection, and the code be lost.
        """
        with suppress(OSError):  # the browser has gone already, or doesn't answer in time
            self._is_ending = True
            await self.send_frame(code.to_bytes(2, "big"), WSMsgType.CLOSE)
            async with asyncio.timeout(CLOSE_SECONDS):
                if self.request.transport:
                    self.request.transport.write_eof()
                while self.request.transport and not self._is_answered:  # a server that is stopping reads no answer
                    await asyncio.sleep(0.01)
        self._drop()

    async def close(self, **given: Any) -> bool:
        if not self._is_ending:
            return await super().close(**given)
        self._is_answered = True
        self._drop()
        return True

    def _drop(self) -> None:
        if self.request.transport:
            self.request.transport.close()
