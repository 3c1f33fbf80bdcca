"""The command that serves the screens to a browser."""

import sys
from pathlib import Path

import click

from core.errors import InvalidInput
from tui.cli.params import SCENARIO, Whole


@click.command("serve")
@click.option("--port", type=Whole(1024, 65535), default=8022, show_default=True)
@click.option(
    "--demo", "scenario", type=SCENARIO, metavar="SCENARIO", help="Give each visitor a practice workspace of their own."
)
@click.pass_obj
def serve_command(db: Path | None, port: int, scenario: str | None) -> None:
    """The screens in a browser on this computer, for whoever has the address that is printed. Needs the extra `serve`.

    \b
    shoplink serve
    shoplink serve --demo new-shop --port 8030
    """
    try:
        from tui.serve.server import GuardedServer
    except ImportError:
        raise InvalidInput("serve", "is not installed", remedy="Install it with: pip install 'shoplink[serve]'") from None
    command = [sys.executable, "-m", "tui.cli"]
    if scenario is not None:
        from core import scenarios

        command += ["demo", scenarios.load(scenario).id]
    elif db:
        command += ["--db", str(db.absolute())]
    try:
        GuardedServer(command, port).serve()
    except OSError as error:
        raise InvalidInput("port", f"{port} cannot be used: {error.strerror}", remedy="Name another with --port.") from None
