"""The command that serves the screens to a browser."""

import errno
import json
import os
import re
import shlex
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import click

from core.errors import InvalidInput
from tui.cli.command import Filled
from tui.cli.params import SCENARIO, TOUR, Whole


@click.command("serve", cls=Filled)
@click.option("--port", type=Whole(1024, 65535), default=8022, show_default=True)
@click.option("--demo", "scenario", type=SCENARIO, metavar="SCENARIO", help="Give each visitor their own practice workspace.")
@click.option("--play", type=TOUR, metavar="TOUR", help="The same, with this tour playing: its id, or your own .toml file.")
@click.pass_obj
def serve_command(db: Path | None, port: int, scenario: str | None, play: str | None) -> None:
    """Open the screens in a browser on this computer, for anyone who has the printed address. Needs the extra `serve`.

    \b
    shoplink serve
    shoplink serve --demo new-shop --port 8030
    shoplink serve --play link-existing
    """
    if scenario and play:
        raise click.UsageError("Give one of --demo and --play.", click.get_current_context())
    try:
        from tui.serve.server import GuardedServer
    except ImportError:
        raise InvalidInput("serve", "is not installed", remedy=f"Install what it needs with: {how_to_install()}") from None
    command = [sys.executable, "-m", "tui.cli"]
    if scenario is not None:
        from core import scenarios

        command += ["demo", scenarios.load(scenario).id, "--guest"]
    elif play:
        from tui import tours

        tours.load(play)
        command += ["demo", "--play", str(Path(play).absolute()) if play.endswith(".toml") else play, "--guest"]
    elif db:
        command += ["--db", str(db.absolute())]
    try:
        GuardedServer(command, port, demo=bool(scenario or play)).serve()
    except OSError as error:
        code = error.errno or 0  # the text is asyncio's
        why = "another program uses it" if code == errno.EADDRINUSE else os.strerror(code)
        raise InvalidInput("port", f"{port} can't be used: {why}", remedy="Name another with --port.") from None


def how_to_install() -> str:
    """Return the command that adds what the extra needs to this installation.

    It names the packages, not shoplink with its extra, which would be looked up in an index wherever this one came from.
    """
    try:
        shoplink = distribution("shoplink")
    except PackageNotFoundError:  # run from a clone
        return shlex.join([sys.executable, "-m", "pip", "install", "textual-serve"])
    extra = re.compile(r"(.*?)\s*;\s*extra == ['\"]serve['\"]")
    packages = [found[1] for found in map(extra.fullmatch, shoplink.requires or ()) if found]
    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").exists():
        return shlex.join(["pipx", "inject", "shoplink", *packages])
    if (environment / "uv-receipt.toml").exists():
        added = [word for package in packages for word in ("--with", package)]
        return shlex.join(["uv", "tool", "install", *added, _source(shoplink)])
    if (shoplink.read_text("INSTALLER") or "").strip() == "uv":
        return shlex.join(["uv", "pip", "install", "--python", sys.executable, *packages])
    return shlex.join([sys.executable, "-m", "pip", "install", *packages])


def _source(shoplink: Distribution) -> str:
    """Return the requirement for shoplink from where this one was installed."""
    origin = json.loads(shoplink.read_text("direct_url.json") or "{}")
    if not origin:
        return "shoplink"
    vcs = origin.get("vcs_info", {}).get("vcs")
    return f"shoplink @ {vcs}+{origin['url']}" if vcs else f"shoplink @ {origin['url']}"
