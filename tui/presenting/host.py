"""The audience's side: report what is shown, and do what a presenter orders."""

import asyncio
import json
import os
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual import events

from core.errors import ShoplinkError
from tui.dialogs.confirm import Confirm
from tui.messages import OpenFromList, OpenPlace
from tui.place import Place
from tui.player.player import GO_ON, Player
from tui.presenting.channel import LONGEST, Playing, State, folder
from tui.routes import SHOP_PLACES
from tui.shell import Shell

LOOK_SECONDS = 0.1
"""How often to check whether something else is shown, while a presenter is connected."""
PLAYER_KEYS = frozenset({"space", "right", "left", "home"})
"""The tour player's keys that a presenter can press."""


class Host:
    """Serve presenters while the screens are shown, without ever waiting for one."""

    def __init__(
        self,
        app: Shell,
        *,
        player: Callable[[], Player | None],
        open: Callable[[OpenPlace], object],
        start: Callable[[str], object],
        play: Callable[[str], object],
    ) -> None:
        """`player`: returns the tour player; `open`, `start`, `play`: open a place, start a scenario, play a tour."""
        self.app = app
        self.player = player
        self.open = open
        self.start = start
        self.play = play
        self._writers: set[StreamWriter] = set()
        self._ordered = 0
        """How many places were ordered."""

    async def run(self) -> None:
        """Listen until canceled. Without a place for the socket, nobody can connect, and nothing else changes."""
        place = folder()
        if place is None:
            return
        path = place / f"{os.getpid()}.socket"
        path.unlink(missing_ok=True)
        try:
            server = await asyncio.start_unix_server(self._meet, path, limit=LONGEST)
        except OSError:  # a path that is too long for a socket
            return
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            for writer in self._writers:
                writer.close()
            path.unlink(missing_ok=True)

    def state(self) -> State:
        """Return what is shown."""
        places = [screen for screen in reversed(self.app.screen_stack) if isinstance(screen, Place)]
        player = self.player()
        tour = None
        if player:
            steps, at = player.tour.steps, player.at
            tour = Playing(
                title=player.tour.title,
                at=at,
                steps=len(steps),
                caption=steps[at - 1].caption if at else player.tour.shows,
                note=steps[at - 1].note if at else "",
                following=steps[at].caption if at < len(steps) else "",
                paused=player.paused or player.is_taken_over,
                ended=player.has_ended,
            )
        is_opening = any(worker.group == "list" and not worker.is_finished for worker in self.app.workers)
        is_asked = is_opening and isinstance(self.app.screen, Confirm)
        return State(
            file=str(self.app.path.absolute()),
            shop=next((place.shop_in_hand for place in places if place.shop_in_hand), None),
            place=places[0].key if places else "shops",
            is_asked=is_asked,
            opened=self._ordered - (is_opening and not is_asked),
            tour=tour,
        )

    async def _meet(self, reader: StreamReader, writer: StreamWriter) -> None:
        telling = asyncio.create_task(self._tell(writer))
        self._writers.add(writer)
        self.app.presenters = len(self._writers)
        with suppress(OSError, ValueError, asyncio.CancelledError):  # it ended, or sent something that is not an order
            while line := await reader.readline():
                self.app.call_later(self._take, json.loads(line))
        telling.cancel()
        writer.close()
        self._writers.discard(writer)
        self.app.presenters = len(self._writers)

    async def _tell(self, writer: StreamWriter) -> None:
        """Send the state whenever it changes, unless the presenter's program has stopped reading."""
        before = None
        with suppress(OSError):
            while writer.transport.get_write_buffer_size() < LONGEST:
                if (state := self.state()) != before:
                    writer.write(state.line())
                    before = state
                await asyncio.sleep(LOOK_SECONDS)

    async def _take(self, order: Any) -> None:
        """Do what was ordered; ignore anything that is not an order."""
        match order:
            case {"do": "look"}:
                self.app.poll()
            case {"do": "press", "what": str(key)} if (player := self.player()) and key in PLAYER_KEYS:
                player.takes(events.Key(GO_ON if player.is_taken_over else key, None))
            case {"do": "open", "what": str(place)} if place in {*SHOP_PLACES, "shops"}:
                self._open(place)
            case {"do": "start", "what": str(scenario)} if self.app.is_practice:
                self.start(scenario)
            case {"do": "play", "what": str(tour)} if self.app.is_practice:
                self.play(tour)

    def _open(self, place: str) -> None:
        """Show the list of shops, or a place of the shop that is shown or selected, or else of the first. A tour waits then."""
        self._ordered += 1
        player = self.player()
        is_typed_by_tour = player is not None and not player.is_taken_over
        if player:
            player.take_over()
        before = self.state()
        if before.is_asked:
            self.app.screen.dismiss()  # it is asked again
        if place == "shops":
            message = OpenPlace(place)
        elif shop := before.shop or self._first_shop():
            message = OpenFromList(place, shop)
        else:
            return
        message.discards = is_typed_by_tour
        self.open(message)

    def _first_shop(self) -> str | None:
        try:
            return next((summary.shop.id for summary in self.app.workspace.shops.page(limit=1).shops), None)
        except ShoplinkError as error:
            self.app.report(error)
            return None
