"""The socket between an audience's screens and a presenter's Desk: its path and messages.

The screens of a practice workspace listen on a Unix socket that only this person can reach. Each line is a JSON document: the
screens send a State whenever it changes, a presenter sends orders. Whichever ends closes the socket, and the other notices.
"""

import asyncio
import json
import os
import shlex
import socket
import stat
from asyncio import StreamReader, StreamWriter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from core.errors import NotFound, Refused
from tui import paths, place_texts

LONGEST = 64_000
"""Maximum number of bytes in a line."""
CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 5.0
"""How long to wait until the screens have done what was ordered."""
HAS_SOCKETS = hasattr(socket, "AF_UNIX") and hasattr(os, "getuid")
"""Whether this system has such sockets. Windows does not: there, only a workspace's file is shared."""


@dataclass(frozen=True, kw_only=True)
class Playing:
    """The progress of a tour on the audience's screen."""

    title: str
    at: int
    """The number of finished steps."""
    steps: int
    caption: str
    note: str
    """The presenter's note of the step."""
    following: str
    """The next step's caption; empty at the end."""
    paused: bool
    ended: bool
    """Whether its last step is done."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What the audience sees."""

    file: str
    """The workspace's file."""
    shop: str | None
    """The id of the shop that is shown, or selected in the list of shops."""
    place: str
    """The place's key in data/texts/places.toml."""
    tour: Playing | None = None
    is_asked: bool = False
    """Whether a dialog asks whether to leave what is typed; the ordered place is not shown until then."""
    opened: int = 0
    """How many orders to open a place have been answered, with the place, with that question or with an error."""

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read a line. Raises ValueError."""
        try:
            found = cls(**json.loads(line))
            place_texts.texts(found.place)  # another version may have places that this one doesn't
            return replace(found, tour=Playing(**found.tour)) if isinstance(found.tour, dict) else found
        except (TypeError, AttributeError, KeyError):
            raise ValueError(line) from None


def order(do: str, what: str = "") -> bytes:
    """Write an order as a line.

    `look` again, `press` a key of the tour player, `open` a place, `start` a scenario, `play` a tour.
    """
    return json.dumps({"do": do, "what": what}).encode() + b"\n"


def folder() -> Path | None:
    """Return the sockets' folder, made if missing; None if it could not be private to this person."""
    if not HAS_SOCKETS:
        return None
    found = paths.sockets()
    try:
        found.parent.mkdir(parents=True, exist_ok=True)
        found.mkdir(mode=0o700, exist_ok=True)
        about = found.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid() and not about.st_mode & 0o077
    return found if is_ours else None


def sockets() -> list[Path]:
    """List the existing sockets, the newest first."""
    place = folder()
    found = [(path.lstat().st_mtime_ns, path) for path in place.glob("*.socket")] if place else []
    return [path for _, path in sorted(found, reverse=True)]


async def connect(file: Path | None = None) -> tuple[State, StreamReader, StreamWriter]:
    """Connect to the newest screens, or to those of this workspace file, and read what they show.

    Removes sockets on which nobody listens. Raises NotFound.
    """
    for path in sockets():
        writer = None
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                reader, writer = await asyncio.open_unix_connection(path, limit=LONGEST)
                state = State.read(await reader.readline())
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            continue
        except (OSError, ValueError):
            if writer:
                writer.close()
            continue
        if file is None or Path(state.file) == file.absolute():
            return state, reader, writer
        writer.close()
    if file:
        raise NotFound(
            f"No screens are open on {file}.",
            remedy="Open it in another terminal.",
            command=f"The command: {shlex.join(['shoplink', '--db', str(file)])}",
        )
    raise NotFound(
        "No demo is running on this computer.",
        remedy="Start one in another terminal.",
        command="The command: shoplink demo",
    )


async def send(line: bytes, file: Path | None = None) -> State:
    """Send one order, and return what the audience saw before. Raises NotFound."""
    state, _, writer = await connect(file)
    writer.write(line)
    await writer.drain()
    writer.close()
    return state


async def open_place(place: str, file: Path | None = None) -> State:
    """Order a place, and return what the audience then sees. Raises NotFound without an audience, Refused without an answer."""
    before, reader, writer = await connect(file)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            writer.write(order("open", place))
            while line := await reader.readline():
                if (state := State.read(line)).opened > before.opened:
                    return state
    except (OSError, ValueError):  # it took too long, or ended
        pass
    finally:
        writer.close()
    raise Refused("The audience's screen didn't answer.", remedy="Look at it, then try again.")


def shown(file: Path | None = None) -> State | None:
    """Return what the newest screens show, or those of this workspace file; None if there are none."""

    async def look() -> State:
        state, _, writer = await connect(file)
        writer.close()
        return state

    try:
        return asyncio.run(look())
    except NotFound:
        return None
