"""What all commands have in common: an empty value is refused, and a command that does not exist leads to the one meant."""

from __future__ import annotations

import click
from click.core import ParameterSource


class Filled(click.Command):
    """A command that refuses an empty value, as a shell gives it for a variable that is not set.

    Otherwise `approve "$LINK"` would be about whichever request is waiting. A text that is empty by default can be empty.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:  # click leaves out its command
            error.ctx = error.ctx or ctx
            raise
        for param in () if ctx.resilient_parsing else self.params:
            name = param.name or ""
            is_given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
            if is_given and ctx.params.get(name) == "" and param.default != "":
                from tui.cli.failure import called

                raise click.UsageError(
                    f"{called(param)} is empty. Give a value{'' if param.required else ' or leave it out'}.", ctx
                )
        return rest


class NearGroup(Filled, click.Group):
    """A group that answers an unknown command with the one that may be meant."""

    command_class = Filled

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from core.lookalikes import did_you_mean
            from core.text import show

            meant = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"There is no command {show(args[0], 60)}. {meant}".strip(), ctx)
        return super().resolve_command(ctx, args)
