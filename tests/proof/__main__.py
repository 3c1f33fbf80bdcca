"""`python -m tests.proof [PART …]`: run the long form of the proof and print its figures."""

import tempfile
import time
from pathlib import Path

import click

from tests.proof.part import PARTS, Run, prove


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option("--short", is_flag=True, help="Run the short form, which the tests run too.")
@click.option("--seed", default=1, show_default=True, help="The seed of all that is random.")
def main(parts: tuple[str, ...], short: bool, seed: int) -> None:
    """Try to break every promise, or those of the named PARTS, and print what was counted."""
    for name in parts or PARTS:
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            figures = prove(name, Run(Path(folder), seed, long=not short))
        click.echo(f"{name}: {time.perf_counter() - begin:.0f} s")
        for what, figure in figures.items():
            click.echo(f"  {figure:>12,}  {what}")


if __name__ == "__main__":
    main()
