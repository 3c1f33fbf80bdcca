"""The screens in a real browser: they are shown, keys work, nothing is loaded from elsewhere, and nobody else gets in."""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from tests.tui.serve.browser import PROGRAM, SECONDS, browser


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def chromium() -> None:
    if PROGRAM is None:
        assert not os.environ.get("CI"), "Chromium is missing: install it, here nothing is skipped"
        pytest.skip("Chromium is not installed: the screens were NOT tried in a browser")


@pytest_asyncio.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """The address that `shoplink serve` prints, token and all."""
    command = (sys.executable, "-m", "tui.cli", "serve", "--demo", "linked", "--port", str(free_port()))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment)
    try:
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), SECONDS)
        found = re.search(rb"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", line)
        assert found, line
        yield found[0].decode()
    finally:
        process.terminate()
        await process.wait()


async def test_the_page_shows_the_screen_takes_keys_and_loads_nothing_from_elsewhere(
    chromium: None, address: str, tmp_path: Path
) -> None:
    async with browser(tmp_path / "profile") as page:
        await page.go(address)
        await page.until_shown("24 products")
        assert await page.run("location.search") == ""  # the token does not stay in the URL
        await page.run("document.querySelector('textarea').focus()")
        await page.press("?")
        await page.until_shown("Help")
        colours = len(set(await page.picture()))
        assert colours > 100  # a picture with something on it, not an empty page
        here = address.split("/?", maxsplit=1)[0]
        there = [url for url in page.asked if not url.startswith((here, here.replace("http", "ws"), "data:"))]
        assert there == []
        assert any("/fonts/" in url for url in page.asked)


async def test_each_visitor_of_a_demo_has_their_own_workspace(chromium: None, address: str, tmp_path: Path) -> None:
    async with browser(tmp_path / "one") as one, browser(tmp_path / "two") as two:
        await one.go(address)
        await one.until_shown("24 products")
        await one.run("document.querySelector('textarea').focus()")
        await one.press("d")
        await one.until_shown("Product added")  # the Desk is there: before it is, the key is not its own
        await one.press("p")
        await one.until_shown("25 products")
        await two.go(address)
        await two.until_shown("24 products")
        assert b"25 products" not in two.received


async def test_another_page_in_the_same_browser_gets_nothing(chromium: None, address: str, tmp_path: Path) -> None:
    """It has the cookie, which every page of this browser sends, but not the right origin."""

    async def elsewhere(_: web.Request) -> web.Response:
        return web.Response(text="<p>Elsewhere</p>", content_type="text/html")

    foreign = web.Application()
    foreign.router.add_get("/", elsewhere)
    runner = web.AppRunner(foreign)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        async with browser(tmp_path / "profile") as page:
            await page.go(address)
            await page.until_shown("24 products")
            await page.go(f"http://127.0.0.1:{port}/")
            page.received = b""
            here = address.split("/?", maxsplit=1)[0]
            refused = await page.run(
                f"new Promise(done => {{ const s = new WebSocket('{here.replace('http', 'ws')}/ws');"
                " s.onopen = () => done('open'); s.onerror = () => done('refused'); })"
            )
            assert refused == "refused"
            framed = await page.run(f"fetch('{here}/').then(() => 'read', () => 'refused')")
            assert framed == "refused"
            assert page.received == b""
    finally:
        await runner.cleanup()


WRONG = {
    "no token": ("/", {}, False),
    "another token": ("/?token=" + "x" * 32, {}, False),
    "no token for the socket": ("/ws", {"Origin": "{here}"}, False),
    "no token for a file": ("/static/js/textual.js", {}, False),
    "a foreign host": ("/", {"Host": "evil.example"}, True),
    "a host that is bound to this address": ("/", {"Host": "evil.example:{port}"}, True),
    "another name of this computer": ("/", {"Host": "localhost:{port}"}, True),
    "a foreign origin": ("/ws", {"Origin": "https://evil.example"}, True),
    "a foreign origin of the page": ("/", {"Origin": "https://evil.example"}, True),
    "the null origin": ("/ws", {"Origin": "null"}, True),
    "no origin for the socket": ("/ws", {}, True),
    "an origin on another port": ("/ws", {"Origin": "http://127.0.0.1:1"}, True),
}


@pytest.mark.parametrize("case", WRONG)
async def test_requests_without_token_or_from_elsewhere_are_refused(address: str, case: str) -> None:
    path, headers, with_token = WRONG[case]
    here = address.split("/?", maxsplit=1)[0]
    port = here.rsplit(":", 1)[1]
    sent = {name: value.format(here=here, port=port) for name, value in headers.items()}
    jar = aiohttp.CookieJar(unsafe=True)
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x" * 22 + "==",
    }
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        if with_token:
            async with session.get(address) as opened:
                assert opened.status == 200
                assert "frame-ancestors 'none'" in opened.headers["Content-Security-Policy"]
        async with session.get(here + path, headers={**sent, **(upgrade if path == "/ws" else {})}) as answer:
            assert answer.status == 403


async def test_serve_listens_on_this_computer_only(address: str) -> None:
    port = int(address.split(":")[2].split("/", maxsplit=1)[0])
    for outward in {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}:
        with pytest.raises(OSError, match="refused"):
            await asyncio.wait_for(asyncio.open_connection(outward, port), SECONDS)


async def test_a_port_in_use_is_reported(address: str) -> None:
    port = address.split(":")[2].split("/", maxsplit=1)[0]
    command = (sys.executable, "-m", "tui.cli", "serve", "--port", port)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    _, told = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 2
    assert b"cannot be used" in told
