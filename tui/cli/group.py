"""The command `shoplink` itself: its options, and its commands, each imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from tui.cli.files import FileName
from tui.cli.opening import open_screens

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

COMMANDS = {
    "paths": ("workspace", "Where workspace, config and log are."),
    "init": ("workspace", "Make a workspace file."),
    "scenarios": ("workspace", "The practice scenarios."),
    "demo": ("tours", "Open the screens on a throw-away practice shop."),
    "tours": ("tours", "The tours that can be played and exported."),
    "storyboard": ("tours", "A tour's steps as pictures with captions."),
    "export": ("exchange", "The whole workspace as one JSON document."),
    "import": ("exchange", "Take in an exported document or a CSV file."),
    "backup": ("care", "A consistent copy while in use."),
    "doctor": ("care", "Whether file, promises, clock and terminal are sound."),
    "shops": ("shops", "The shops, with their links' state."),
    "add-shop": ("shops", "Add a shop and, where new, its seller."),
    "rename-shop": ("shops", "Rename a shop, and its official account with it."),
    "status": ("shops", "Where a shop stands."),
    "accounts": ("accounts", "The accounts the workspace knows."),
    "add-account": ("accounts", "State facts about an account."),
    "check": ("links", "Every rule that applies to a link, before it is asked for."),
    "link": ("links", "Ask for a link."),
    "authorize": ("links", "The account's holder accepts."),
    "decline": ("links", "The account's holder says no."),
    "submit": ("links", "Send an authorized link to review."),
    "approve": ("links", "The review approves."),
    "reject": ("links", "The review rejects, with a reason."),
    "cancel": ("links", "Take back a request that does not stand yet."),
    "unlink": ("links", "End a standing link."),
    "links": ("links", "Links, the newest first."),
    "create-org": ("organizations", "Make an organization account and link it."),
    "members": ("organizations", "The members of a shop's organization account."),
    "products": ("products", "A shop's products."),
    "add-product": ("products", "Add a product."),
    "set-product": ("products", "Switch a product on or off, or delete it."),
    "shop-page": ("products", "The Shop Page as customers see it."),
    "rules": ("knowledge", "The rules, with how a shop stands."),
    "compare": ("knowledge", "The three account types side by side."),
    "history": ("record", "What happened, the newest first."),
    "reminders": ("record", "What is due, the soonest first."),
    "desk": ("desk", "Practice only: the clock, and the scenario's start."),
    "serve": ("serve", "The screens in a browser on this computer."),
    "completion": ("completion", "Shell completion for bash, zsh or fish."),
}


class LateGroup(click.Group):
    """A group that knows its commands' names and one line about each, and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"tui.cli.{COMMANDS[name][0]}"), f"{name.replace('-', '_')}_command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. What an error suggests bears the workspace file that was named."""
        from core.errors import ShoplinkError

        try:
            return super().invoke(ctx)
        except ShoplinkError as error:
            from tui.suggested import suggested

            error.remedy = suggested(error.remedy, ctx.obj)
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=summary) for name, (_, summary) in COMMANDS.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


def _version(ctx: click.Context, option: click.Parameter, given: bool) -> None:
    if given and not ctx.resilient_parsing:
        from tui.version import VERSION

        click.echo(f"shoplink {VERSION}")
        ctx.exit()


@click.group(cls=LateGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db",
    type=FileName(readable=False),  # whether it can be read is told as every trouble with the file is
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

    Without a command the screens open.

    \b
    shoplink demo                          practise: no account, no network
    shoplink init --record                 a workspace for your own shops
    shoplink check @name --shop CODE --as official
    """
    ctx.obj = db
    if ctx.invoked_subcommand is None:
        ctx.exit(open_screens(db))
