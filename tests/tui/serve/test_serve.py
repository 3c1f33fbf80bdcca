"""The screens in a real browser: they are shown, keys work, nothing is loaded from elsewhere, and nobody else gets in."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import WSMsgType, web

from tests.proof.terminal_input import anything
from tests.tui.serve.browser import PROGRAM, SECONDS, Browser, browser, chromium
from tui.serve import session
from tui.serve.server import WAIT_SECONDS, GuardedServer


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def devtools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium for all tests, each of which has pages of its own."""
    if PROGRAM is None:
        assert not os.environ.get("CI"), "Chromium is missing: install it, here nothing is skipped"
        pytest.skip("Chromium is not installed: the screens were NOT tried in a browser")
    with chromium(tmp_path_factory.mktemp("chromium")) as devtools:
        yield devtools


DEMO = [sys.executable, "-m", "tui.cli", "demo", "linked"]


@asynccontextmanager
async def printed(**environment: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`shoplink serve --demo linked` and the address that it prints, token and all."""
    command = (sys.executable, "-m", "tui.cli", "serve", "--demo", "linked", "--port", str(free_port()))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    folder = environment.get("HOME")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment, cwd=folder)
    try:
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), SECONDS)
        found = re.search(rb"http://127\.0\.0\.1:\d+/#[\w-]{32}", line)
        assert found, line
        yield process, found[0].decode()
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@asynccontextmanager
async def serving(command: Sequence[str], wait: float = WAIT_SECONDS) -> AsyncIterator[GuardedServer]:
    """A server in this process, whose sessions can be looked at."""
    server = GuardedServer(command, free_port(), demo=True, wait=wait)
    runner = web.AppRunner(await server._make_app(), shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", server.port).start()
    try:
        yield server
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture
async def address() -> AsyncIterator[str]:
    async with serving(DEMO) as server:
        yield server.address


@asynccontextmanager
async def visit(server: GuardedServer, size: str = "width=80&height=24") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A visitor who has the token, without a browser."""
    url = f"{server.public_url}/ws?{size}&token={server.token}&session=one"
    headers = {"Origin": server.public_url}
    async with aiohttp.ClientSession(headers=headers) as client, client.ws_connect(url, max_msg_size=0) as socket:
        yield socket


async def until_focused(page: Browser, id: str) -> None:
    async with asyncio.timeout(SECONDS):
        while await page.run("document.activeElement.id") != id:
            await asyncio.sleep(0.02)


async def until(holds: Callable[[], object]) -> None:
    """Wait until this holds."""
    async with asyncio.timeout(SECONDS):
        while not holds():
            await asyncio.sleep(0.02)


async def test_the_page_shows_the_screen_takes_keys_and_loads_nothing_from_elsewhere(devtools: str, address: str) -> None:
    async with browser(devtools) as page:
        await page.go(address)
        await page.until_shown("24 products")
        assert await page.run("location.href") == address.split("#", maxsplit=1)[0]  # the token does not stay there
        await page.press("?")
        await page.until_shown("Help")
        colours = len(set(await page.picture()))
        assert colours > 100  # a picture with something on it, not an empty page
        here = address.split("/#", maxsplit=1)[0]
        there = [url for url in page.asked if not url.startswith((here, here.replace("http", "ws"), "data:"))]
        assert there == []
        assert any("/fonts/" in url for url in page.asked)


async def test_each_visitor_of_a_demo_has_their_own_workspace(devtools: str, address: str) -> None:
    async with browser(devtools) as one, browser(devtools) as two:
        await one.go(address)
        await one.until_shown("24 products")
        await one.press("d")
        await one.until_shown("Product added")  # the Desk is there: before it is, the key is not its own
        await one.press("p")
        await one.until_shown("25 products")
        await two.go(address)
        await two.until_shown("24 products")
        assert b"25 products" not in two.received


class Foreign:
    """Another web server on this computer, with all that it gets."""

    def __init__(self) -> None:
        self.port = free_port()
        self.got = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.got += f"{request.method} {request.path_qs} {dict(request.headers)}\n"
        return web.Response(text="<p>Elsewhere</p>", content_type="text/html")


@pytest_asyncio.fixture
async def foreign() -> AsyncIterator[Foreign]:
    other, application = Foreign(), web.Application()
    application.router.add_get("/{path:.*}", other.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", other.port).start()
    yield other
    await runner.cleanup()


async def test_another_page_in_the_same_browser_gets_nothing(devtools: str, address: str, foreign: Foreign) -> None:
    here, token = address.split("/#")
    async with browser(devtools) as page:
        await page.go(address)
        await page.until_shown("24 products")
        await page.go(f"http://127.0.0.1:{foreign.port}/")
        for given in ("", f"?token={token}"):  # with the token too, if it could be had
            refused = await page.run(
                f"new Promise(done => {{ const s = new WebSocket('{here.replace('http', 'ws')}/ws{given}');"
                " s.onopen = () => done('open'); s.onerror = () => done('refused'); })"
            )
            assert refused == "refused"
        framed = await page.run(f"fetch('{here}/').then(() => 'read', () => 'refused')")
        assert framed == "refused"
        assert page.received == b""
        assert "GET / " in foreign.got
        assert token not in foreign.got
        assert "Cookie" not in foreign.got


async def test_a_second_serve_does_not_disturb_the_first(devtools: str) -> None:
    async with serving(DEMO) as one, serving(DEMO) as two, browser(devtools) as page:
        for opened in (one.address, two.address, one.public_url, two.public_url):  # a tab keeps the token of each
            await page.go(opened)
            await page.until_shown("24 products")


async def test_a_page_without_the_token_says_what_to_open(devtools: str, address: str) -> None:
    async with browser(devtools) as page:
        for fragment in ("", "#" + "x" * 32):
            await page.go("about:blank")
            await page.go(address.split("#", maxsplit=1)[0] + fragment)
            assert "Open the whole address" in await page.until_over("refused")
        assert page.received == b""


async def test_ctrl_c_ends_it_at_once_and_tells_the_visitors(devtools: str, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    async with (
        printed(TMPDIR=str(temporary)) as (process, address),
        browser(devtools) as one,
        browser(devtools) as two,
    ):
        for page in (one, two):
            await page.go(address)
            await page.until_shown("24 products")
        assert len(os.listdir(temporary)) == 2
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), 15)  # pages that are open must not hold it up: they would for 20 seconds and more
        for page in (one, two):
            told = await page.until_over("ended")
            assert "was closed on the computer" in told
            assert "practice workspace is gone" in told
    assert os.listdir(temporary) == []  # nothing stays of a session, and no process that could write it


async def test_a_page_that_is_loaded_again_goes_on_where_it_was(devtools: str, address: str) -> None:
    async with browser(devtools) as page:
        await page.go(address)
        await page.until_shown("24 products")
        await page.press("d")
        await page.until_shown("Product added")
        await page.press("p")
        await page.until_shown("25 products")
        page.forget()
        await page.call("Page.reload")
        await page.until_shown("25 products")
        await page.press("p")
        await page.until_shown("26 products")


async def test_a_lost_connection_says_what_is_lost_and_is_made_again(devtools: str) -> None:
    async with serving(DEMO) as server, browser(devtools) as page:
        await page.go(server.address)
        await page.until_shown("24 products")
        (visited,) = server.sessions.values()
        await page.press("?")
        await page.until_shown("Help")
        page.forget()
        await page.run("window.stop = fetch; window.fetch = () => new Promise(done => { window.back = done })")
        assert visited.socket
        visited.socket._req.transport.abort()
        told = await page.until_over("lost")
        assert "The connection was lost" in told
        assert "practice workspace waits for 60 seconds" in told
        await page.run("void back()")
        await page.until_shown("Help")  # the same screens
        assert [visited] == list(server.sessions.values())


async def test_who_comes_back_too_late_is_reported(devtools: str) -> None:
    async with serving(DEMO, wait=0) as server, browser(devtools) as page:
        await page.go(server.address)
        await page.until_shown("24 products")
        await page.go("about:blank")
        await until(lambda: not server.sessions)
        await page.go(server.public_url)
        assert "practice workspace is gone. This is a new one" in await page.until_over("gone")
        await until_focused(page, "go-on")  # and no key reaches what is covered
        await page.run("document.activeElement.click()")
        assert await page.run("document.activeElement.tagName") == "TEXTAREA"  # the terminal's
        page.received = b""
        await page.press("?")
        await page.until_shown("Help")


async def test_a_session_ends_with_its_visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    async with serving(DEMO, wait=0) as server:
        async with visit(server) as socket:
            assert (await socket.receive(SECONDS)).type == WSMsgType.TEXT
            await socket.receive(SECONDS)
            (visited,) = server.sessions.values()
            assert visited.process
            assert os.listdir(tmp_path)
        await until(lambda: not server.sessions)
        assert visited.process.returncode == 0  # asked, not killed
        assert os.listdir(tmp_path) == []


STUBBORN = """\
import os, sys, tempfile, time
open(os.path.join(tempfile.gettempdir(), "left"), "x")
size = f"{os.environ['COLUMNS']}x{os.environ['ROWS']}".encode()
sys.stdout.buffer.write(b"__GANGLION__\\nD" + len(size).to_bytes(4, "big") + size)
sys.stdout.buffer.flush()
time.sleep(600)
"""


async def test_a_process_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "END_SECONDS", 0.1)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    async with serving([sys.executable, "-c", STUBBORN], wait=0) as server:
        async with visit(server) as socket:
            await socket.receive(SECONDS)
            assert (await socket.receive(SECONDS)).data == b"80x24"
            (visited,) = server.sessions.values()
        await until(lambda: not server.sessions)
        assert visited.process
        assert visited.process.returncode == -signal.SIGKILL
        assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ("width=9999999&height=9999999", b"500x200"),
        ("width=-1&height=0", b"1x1"),
        ("width=1e9&height=", b"80x24"),
        ("width=120&height=40", b"120x40"),
    ],
)
async def test_a_size_is_bounded(asked: str, drawn: bytes) -> None:
    async with serving([sys.executable, "-c", STUBBORN], wait=0) as server, visit(server, asked) as socket:
        await socket.receive(SECONDS)
        assert (await socket.receive(SECONDS)).data == drawn


ODD = ["", "no JSON", "[" * 100_000, '"stdin"', "[]", '["stdin"]', '["stdin", 1]', '["resize", {"width": "a"}]', '["resize"]']
ODD += ['["stdin", "\\ud800"]', '["ping", {}]', '["resize", {"width": 1e400, "height": null}]']
ODD += ['["resize", {"width": 99999999999999, "height": 99999999}]']
ODD += [json.dumps(["stdin", anything(Random(number)).decode("latin-1")]) for number in range(100)]


async def test_odd_messages_are_ignored_and_a_size_is_bounded_later_too() -> None:
    async with serving(DEMO, wait=0) as server, visit(server) as socket:

        async def until_received(part: bytes) -> bytes:
            received = b""
            async with asyncio.timeout(SECONDS):
                while part not in received:
                    message = await socket.receive()
                    received += message.data.encode() if message.type == WSMsgType.TEXT else message.data
            return received

        await until_received(b"24 products")
        for odd in ODD:
            await socket.send_str(odd)
        await socket.send_str('["ping", "9"]')
        shown = await until_received(b'["pong", "9"]')
        shown += await until_received(b"\x1b[200;")  # the last line of what is drawn
        assert b"\x1b[201;" not in shown


async def test_screens_end_when_their_server_is_killed(tmp_path: Path) -> None:
    async with printed(TMPDIR=str(tmp_path)) as (process, address):
        here, token = address.split("/#")
        url = f"{here}/ws?token={token}&session=one"
        async with aiohttp.ClientSession(headers={"Origin": here}) as client, client.ws_connect(url):
            await until(lambda: list(tmp_path.glob("*/shoplink-demo-*")) != [])
            process.kill()
            await until(lambda: list(tmp_path.glob("*/shoplink-demo-*")) == [])  # the demo's own end removes it


async def test_what_a_visitor_saves_is_downloaded(devtools: str, tmp_path: Path) -> None:
    host, downloads = tmp_path / "host", tmp_path / "downloads"
    host.mkdir()
    folders = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(host))
    async with printed(**folders) as (_, address), browser(devtools) as page:
        await page.call(
            "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads), browserContextId=page.context
        )
        await page.go(address)
        await page.until_shown("24 products")
        for key, name in (("F4", "shoplink.svg"), ("F5", "shoplink.txt")):
            await page.press(key)
            await until(lambda name=name: (downloads / name).exists())
        await page.press("F2")  # the theme, which is remembered where it is the person's own computer
        await page.press("?")
        await page.until_shown("Help")
    assert "24 products" in (downloads / "shoplink.txt").read_text()
    assert (downloads / "shoplink.svg").read_text().startswith("<svg")
    assert list(host.rglob("*")) == []


WRONG = {
    "no token": ("/ws", {"Origin": "{here}"}),
    "another token": ("/ws?token=" + "x" * 32, {"Origin": "{here}"}),
    "a token that is no ASCII": ("/ws?token=%C3%A9", {"Origin": "{here}"}),
    "a foreign host": ("/", {"Host": "evil.example"}),
    "a host that is bound to this address": ("/", {"Host": "evil.example:{port}"}),
    "another name of this computer": ("/ws?token={token}", {"Host": "localhost:{port}", "Origin": "{here}"}),
    "a foreign origin": ("/ws?token={token}", {"Origin": "https://evil.example"}),
    "a foreign origin of the page": ("/", {"Origin": "https://evil.example"}),
    "a foreign origin of a download": ("/download/x", {"Origin": "https://evil.example"}),
    "the null origin": ("/ws?token={token}", {"Origin": "null"}),
    "no origin for the socket": ("/ws?token={token}", {}),
    "an origin on another port": ("/ws?token={token}", {"Origin": "http://127.0.0.1:1"}),
}
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "x" * 22 + "==",
}


@pytest.mark.parametrize("case", WRONG)
async def test_requests_without_token_or_from_elsewhere_are_refused(address: str, case: str) -> None:
    path, headers = WRONG[case]
    here, token = address.split("/#")
    port = here.rsplit(":", 1)[1]
    sent = {name: value.format(here=here, port=port) for name, value in headers.items()}
    async with aiohttp.ClientSession() as client:
        upgrade = UPGRADE if path.startswith("/ws") else {}
        async with client.get(here + path.format(token=token), headers={**sent, **upgrade}) as answer:
            assert answer.status == 403


async def test_the_page_has_no_secret(address: str) -> None:
    here, token = address.split("/#")
    async with aiohttp.ClientSession() as client:
        for path in ("/", "/page.js", "/static/js/textual.js"):
            async with client.get(here + path) as answer:
                assert answer.status == 200
                assert token not in await answer.text()
                assert "Set-Cookie" not in answer.headers
                assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


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
    assert b"can't be used" in told
