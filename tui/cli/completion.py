"""The command that prints a shell completion script."""

import click
from click.shell_completion import get_completion_class

from tui.cli.command import Filled
from tui.cli.params import Choice

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", cls=Filled)
@click.argument("shell", type=Choice(SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, codes, usernames, ids, rules, scenarios, and tours in your shell.

    \b
    bash:  eval "$(shoplink completion bash)"        in ~/.bashrc
    zsh:   eval "$(shoplink completion zsh)"         in ~/.zshrc
    fish:  shoplink completion fish | source         in ~/.config/fish/config.fish
    """
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(ctx.find_root().command, {}, "shoplink", "_SHOPLINK_COMPLETE").source())
