"""A real headless Chromium, driven over its DevTools protocol."""

import asyncio
import base64
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 90
"""How long to wait for anything to happen."""

FUNCTION_KEYS = {f"F{number}": 111 + number for number in range(1, 13)}
"""The keys without a letter, by the codes that the terminal in the page asks for."""


class Browser:
    """One page, with the URLs it requests and what it receives over WebSockets; or the whole browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, context: str = "") -> None:
        self.socket = socket
        self.context = context
        """What the page shares cookies and storage with: itself alone."""
        self.asked: list[str] = []
        self.received = b""
        self._receiving: str | None = None
        """The newest WebSocket: what a page that was left still receives says nothing about the next one."""
        self._numbers = count()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._happened = asyncio.Condition()

    async def listen(self) -> None:
        async for message in self.socket:
            said = message.json()
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said.get("result", said))
                continue
            facts = said["params"]
            match said["method"]:
                case "Network.requestWillBeSent":
                    self.asked.append(facts["request"]["url"])
                case "Network.webSocketCreated":
                    self.asked.append(facts["url"])
                    self._receiving = facts["requestId"]
                case "Network.webSocketFrameReceived" if facts["response"]["opcode"] == 2:
                    if facts["requestId"] == self._receiving:
                        self.received += base64.b64decode(facts["response"]["payloadData"])
            async with self._happened:
                self._happened.notify_all()

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self.socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, SECONDS)

    async def go(self, url: str) -> None:
        self.forget()
        await self.call("Page.navigate", url=url)

    def forget(self) -> None:
        """Forget what was received; only the next WebSocket's messages count from now on."""
        self.received, self._receiving = b"", None

    async def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    async def press(self, key: str) -> None:
        """Press a key once something on the page has the focus, which the first paint gives to the terminal."""
        async with asyncio.timeout(SECONDS):
            while await self.run("document.activeElement === document.body"):
                await asyncio.sleep(0.02)
        for type in ("keyDown", "keyUp"):
            if key in FUNCTION_KEYS:
                more = {"windowsVirtualKeyCode": FUNCTION_KEYS[key]}
            else:
                more = {"text": key} if type == "keyDown" else {}
            await self.call("Input.dispatchKeyEvent", type=type, key=key, **more)

    async def until_shown(self, words: str) -> None:
        """Wait until these words have reached the terminal of the page."""
        async with self._happened:
            await asyncio.wait_for(self._happened.wait_for(lambda: words.encode() in self.received), SECONDS)

    async def until_over(self, name: str) -> str:
        """Wait until the page shows this message over the terminal, and return its words."""
        shown = None
        try:
            async with asyncio.timeout(SECONDS):
                while (shown := await self.run("document.body?.dataset.shows")) != name:
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"the page shows {shown}") from None
        return str(await self.run(f"document.querySelector('.{name}').innerText"))

    async def picture(self) -> bytes:
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@contextmanager
def chromium(profile: Path) -> Iterator[str]:
    """Start Chromium, and end it; yield the address of its DevTools."""
    assert PROGRAM
    options = ("--headless", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={profile}", "--window-size=1100,700")
    quiet, written = subprocess.DEVNULL, profile / "DevToolsActivePort"
    with subprocess.Popen([PROGRAM, *options, "about:blank"], stdout=quiet, stderr=quiet) as process:
        try:
            end = time.monotonic() + SECONDS
            while not (written.exists() and written.read_text().count("\n")):
                assert time.monotonic() < end, "Chromium does not start"
                time.sleep(0.05)
            port, path = written.read_text().splitlines()
            yield f"ws://127.0.0.1:{port}{path}"
        finally:
            process.kill()


@asynccontextmanager
async def browser(devtools: str) -> AsyncIterator[Browser]:
    """Open a page as in a browser of its own: it shares nothing with other pages. Close it."""
    async with _connected(devtools) as whole:
        context = (await whole.call("Target.createBrowserContext"))["browserContextId"]
        size = {"width": 1100, "height": 700}
        target = await whole.call("Target.createTarget", url="about:blank", browserContextId=context, **size)
        async with _connected(f"{devtools.rsplit('/', 2)[0]}/page/{target['targetId']}", context) as page:
            for domain in ("Page", "Network", "Runtime"):
                await page.call(f"{domain}.enable")
            yield page
        await whole.call("Target.disposeBrowserContext", browserContextId=context)


@asynccontextmanager
async def _connected(url: str, context: str = "") -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session, session.ws_connect(url, max_msg_size=0) as socket:
        page = Browser(socket, context)
        listening = asyncio.create_task(page.listen())
        yield page
        listening.cancel()
