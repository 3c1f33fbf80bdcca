"""The driver of a visitor's screens: Textual's for browsers, ending with its server."""

import os
from contextlib import suppress
from threading import Lock
from typing import Any

from textual.app import App
from textual.drivers.web_driver import WebDriver

REPAINT = "repaint"
"""What the server sends when a visitor returns with an empty terminal."""


class VisitorDriver(WebDriver):
    """Exits the app when the server is gone, and repaints everything for a visitor who returns."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.app = app
        self._lock = Lock()
        self._write = self._write_alone  # type: ignore[assignment]

    def _write_alone(self, packet: bytes) -> int:
        """Write one packet at a time.

        Files are sent from another thread, and a pipe mixes packets of more than 4 KB, which ends the session (Textual
        8.2.8; no upstream issue found).
        """
        with self._lock:
            return os.write(self.fileno, packet)

    def run_input_thread(self) -> None:
        super().run_input_thread()
        with suppress(RuntimeError):  # the app and its event loop have already ended
            self.app.call_later(self.app.exit)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type == REPAINT:
            self.app.call_later(self.app.refresh)
        elif packet_type == "quit":
            self.app.call_later(self.app.exit)  # like Textual's message, but with the exit code of a requested end
        else:
            super().on_meta(packet_type, payload)
