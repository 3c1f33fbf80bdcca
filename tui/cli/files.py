"""What a command line names as a file or a folder."""

import errno
import os
from pathlib import Path
from typing import Any

import click


class FileName(click.Path):
    """A path. What can be no file's name is wrong usage, whatever would have been done with it."""

    def __init__(self, **how: bool) -> None:
        super().__init__(path_type=Path, **how)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            os.lstat(value)
        except ValueError:  # a NUL, or half of a character
            self.fail("that is no file's name", param, ctx)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                self.fail("the name is too long", param, ctx)
        return super().convert(value, param, ctx)
