"""The parameter type of files and folders."""

import os
from typing import Any

import click

from tui.cli.opening import no_name


class FileName(click.Path):
    """A path; invalid file names are usage errors."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path  # slow to import and not needed for --help

        if value == "":
            self.fail("the file's name is empty.", param, ctx)
        if value == "-" and not self.allow_dash:
            self.fail("- is not a file here. Write ./- if a file has that name.", param, ctx)
        if why := no_name(value):
            self.fail(why, param, ctx)
        return Path(os.fsdecode(super().convert(value, param, ctx)))
