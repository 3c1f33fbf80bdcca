"""The `shoplink` command group: its options and subcommands."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from tui.cli.command import NearGroup
from tui.cli.files import FileName
from tui.cli.opening import open_screens
from tui.command_line import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem


class LateGroup(NearGroup):
    """A group that imports a command only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"tui.cli.{COMMANDS[name].module}")
        command: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; add the helpful command, with the workspace file, to an error."""
        from core.errors import ShoplinkError

        try:
            return super().invoke(ctx)
        except ShoplinkError as error:
            from tui.cli import hints

            error.remedy = hints.naming_file(f"{error.remedy} {error.command}".strip(), ctx.obj)
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=COMMANDS[name].summary) for name in COMMANDS if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.summary) for command in COMMANDS.values()])


def _version(ctx: click.Context, option: click.Parameter, given: bool) -> None:
    if given and not ctx.resilient_parsing:
        from tui.version import VERSION

        click.echo(f"shoplink {VERSION}")
        ctx.exit()


@click.group(cls=LateGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db",
    type=FileName(readable=False),  # unreadable files are reported when opened
    envvar="SHOPLINK_DB",
    metavar="FILE",
    help="The workspace file.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version.",
)
@click.pass_context
def cli(ctx: click.Context, db: Path | None) -> None:
    """TikTok Shop linked accounts in the terminal.

    Without a command, shoplink opens the screens.

    \b
    shoplink demo                          practice: no account, no network
    shoplink init --record                 a workspace for your own shops
    shoplink check @name --shop CODE --as official
    """
    ctx.obj = db
    if ctx.invoked_subcommand is None:
        ctx.exit(open_screens(db))
