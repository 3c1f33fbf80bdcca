"""Textual's web server with a token, checks of Host and Origin, and sessions that end.

Without the checks, any web page open in the browser could control the screens.
"""

import asyncio
import logging
import secrets
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

import aiohttp_jinja2
import click
from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.server import Server, to_int

from tui.serve.connection import CLOSE_SECONDS, Connection
from tui.serve.session import Session

HOST = "127.0.0.1"
HERE = Path(__file__).parent
WAIT_SECONDS = 60.0
"""How long a session waits for a visitor who lost the connection or reloads the page."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedServer(Server):
    """Serve one command's screens to browsers that have the token.

    The token comes after the address's `#`, which browsers never send, and the page keeps it for its tab. A cookie would
    go to every server on this computer, on any port.
    """

    def __init__(self, command: Sequence[str], port: int, *, demo: bool = False, wait: float = WAIT_SECONDS) -> None:
        super().__init__("", host=HOST, port=port, title="shoplink", templates_path=HERE / "templates")
        self.arguments = command
        self.demo = demo
        self.wait = wait
        self.token = secrets.token_urlsafe(24)
        self.sessions: dict[str, Session] = {}

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"{self.public_url}/#{self.token}"

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C. Raises OSError if the port is not available."""
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")  # Textual's shows local variables
        web.run_app(
            self._make_app(), host=HOST, port=self.port, print=self._print_address, shutdown_timeout=CLOSE_SECONDS, loop=_loop()
        )

    def _print_address(self, _: str) -> None:
        click.echo(f"Open in a browser on this computer: {self.address}\nCtrl+C stops it.")

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: the address is printed once the server listens."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Tell the visitors, and end their sessions."""
        await asyncio.gather(*(session.close(WSCloseCode.GOING_AWAY) for session in self.sessions.values()))

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_get("/page.js", self._script)  # like the page, it has no secret
        aiohttp_jinja2.get_env(app).globals.update(demo=self.demo, wait=round(self.wait))
        app.middlewares.append(self._guard)
        app.on_response_prepare.append(_harden)
        return app

    async def _script(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(HERE / "static" / "page.js")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Connect a tab to its session: a new one, or the one that waits for it."""
        socket = Connection(request)
        await socket.prepare(request)
        name = request.query.get("session") or secrets.token_urlsafe()
        while (session := self.sessions.get(name)) and session.is_ending:
            await session.end()
        is_new = session is None
        if session is None:
            session = self.sessions[name] = Session(
                self.arguments, self.download_manager, wait=self.wait, on_end=lambda: self.sessions.pop(name)
            )
        with suppress(ConnectionError):
            await socket.send_json(["session", "new" if is_new else "back"])
        with suppress(ConnectionError):
            await session.attach(socket, to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await session.receive(message.data)
        session.detach(socket)
        return socket

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Reject requests from other sites, and connections without the token."""
        if request.headers.get("Host") != f"{HOST}:{self.port}":
            raise web.HTTPForbidden(text="This address is not served here.")
        origin = request.headers.get("Origin")
        connects = request.path == "/ws"
        if origin != self.public_url and (origin is not None or connects):
            raise web.HTTPForbidden(text="Another page may not use this one.")
        if connects and not secrets.compare_digest(request.query.get("token", "").encode(), self.token.encode()):
            raise web.HTTPForbidden(text="Open the whole address that shoplink serve has printed.")
        return await handler(request)


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def _loop() -> asyncio.AbstractEventLoop:
    """Return a loop that ends on a closed terminal as on Ctrl+C."""
    loop = asyncio.new_event_loop()
    with suppress(NotImplementedError, AttributeError):  # Windows has neither
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # otherwise it was started to outlast its terminal
            loop.add_signal_handler(signal.SIGHUP, _stop)
    return loop


def _stop() -> None:
    raise web.GracefulExit
