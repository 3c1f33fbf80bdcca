"""Textual's web server with a token and checks of Host and Origin.

Without these, any web page open in the browser could control the screens.
"""

import logging
import secrets
import shlex
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import click
from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"
COOKIE = "shoplink"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedServer(Server):
    """Serve one command's screens to browsers that have the token."""

    def __init__(self, command: Sequence[str], port: int) -> None:
        super().__init__(
            shlex.join(command), host=HOST, port=port, title="shoplink", templates_path=Path(__file__).parent / "templates"
        )
        self.token = secrets.token_urlsafe(24)

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"{self.public_url}/?token={self.token}"

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C. Raises OSError when the port is not available."""
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")  # Textual's shows local variables
        web.run_app(self._make_app(), host=HOST, port=self.port, print=self._print_address)

    def _print_address(self, _: str) -> None:
        click.echo(f"Open in a browser on this computer: {self.address}\nCtrl+C ends it.")

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: the address is printed once the server listens."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.on_response_prepare.append(_harden)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Reject requests from other sites or without the token.

        The first request has the token in its address, later ones in a cookie.
        """
        if request.headers.get("Host") != f"{HOST}:{self.port}":
            raise web.HTTPForbidden(text="This address is not served here.")
        origin = request.headers.get("Origin")
        if origin != self.public_url and (origin is not None or request.path == "/ws"):
            raise web.HTTPForbidden(text="Another page may not use this one.")
        if request.path == "/" and self._is_token(request.query.get("token", "")):
            response = web.HTTPFound("/")
            response.set_cookie(COOKIE, self.token, httponly=True, samesite="Strict")
            raise response
        if not self._is_token(request.cookies.get(COOKIE, "")):
            raise web.HTTPForbidden(text="Open the whole address that shoplink serve has printed.")
        return await handler(request)

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
