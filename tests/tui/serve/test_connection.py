"""A connection that ends sends the browser its code, also while it is read."""

import asyncio
import errno
from unittest.mock import AsyncMock, Mock

import pytest
from aiohttp import ClientSession, WSCloseCode, web

from tui.serve.connection import Connection

ANSWER = 4321


async def ended(*, answers: bool) -> tuple[int, int | None]:
    """End a connection that its handler reads; return the code that the browser got, and the one that came back."""
    connected: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()

    async def handler(request: web.Request) -> web.WebSocketResponse:
        connection = Connection(request)
        await connection.prepare(request)
        connected.set_result(connection)
        async for _ in connection:
            pass
        return connection

    app = web.Application()
    app.router.add_get("/", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    async with ClientSession() as session, session.ws_connect(f"http://{host}:{port}/", autoclose=False) as socket:
        connection = await connected
        ending = asyncio.create_task(connection.end(WSCloseCode.GOING_AWAY))
        closing = await socket.receive()
        if answers:
            await socket.close(code=ANSWER)
        await ending
    await runner.cleanup()
    return closing.data, connection.close_code


async def test_a_browser_gets_the_code_and_its_answer_is_waited_for() -> None:
    assert await ended(answers=True) == (WSCloseCode.GOING_AWAY, ANSWER)


async def test_a_browser_that_does_not_answer_is_not_waited_for_long() -> None:
    code, answer = await ended(answers=False)
    assert code == WSCloseCode.GOING_AWAY
    assert answer != ANSWER


async def test_a_browser_that_has_gone_a_moment_before_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    request = Mock(web.Request)
    request.transport.write_eof.side_effect = OSError(errno.ENOTCONN, "Transport endpoint is not connected")
    connection = Connection(request)
    monkeypatch.setattr(connection, "send_frame", AsyncMock())
    await connection.end(WSCloseCode.GOING_AWAY)
    request.transport.close.assert_called_once()
