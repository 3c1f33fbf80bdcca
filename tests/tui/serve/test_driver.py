"""What a visitor's screens write reaches the server in whole packets."""

import io
import subprocess
import sys

WRITER = """
import asyncio
from threading import Thread
from textual.app import App
from tui.serve.driver import VisitorDriver

async def write():
    driver = VisitorDriver(App())
    sending = Thread(target=lambda: [driver.write_binary_encoded(("deliver_chunk", "key", b"x" * 60_000)) for _ in range(50)])
    sending.start()
    for _ in range(50):
        driver.write("y" * 50_000)
    sending.join()

asyncio.run(write())
"""


def test_a_file_and_the_screen_are_never_mixed() -> None:
    written = io.BytesIO(subprocess.run([sys.executable, "-c", WRITER], input=b"", stdout=subprocess.PIPE, check=True).stdout)
    kinds = []
    while kind := written.read(1):
        packet = written.read(int.from_bytes(written.read(4), "big"))
        assert len(set(packet[-40_000:-10])) == 1
        kinds.append(kind)
    assert sorted(kinds) == [b"D"] * 50 + [b"P"] * 50
