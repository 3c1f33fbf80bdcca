"""The parameter type of files and folders."""

import os
from typing import Any

import click

from tui.cli.opening import no_name


class FileName(click.Path):
    """A path. A text that cannot be a file's name is wrong usage."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path  # --help does without

        if why := no_name(value):
            self.fail(why, param, ctx)
        return Path(os.fsdecode(super().convert(value, param, ctx)))
