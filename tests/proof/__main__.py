"""`python -m tests.proof [PART …]`: run the proof in its long form and print its figures."""

import tempfile
import time
from pathlib import Path

import click

from tests.proof.part import PARTS, Run, part


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option("--short", is_flag=True, help="The form that is part of the tests.")
@click.option("--seed", default=1, show_default=True, help="All chance comes from it.")
def main(parts: tuple[str, ...], short: bool, seed: int) -> None:
    """Try to break every promise, or those of the named PARTS, and print what was counted."""
    for name in parts or PARTS:
        proven = part(name)
        click.echo(f"{name}: {proven.PROMISE}")
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            for what, figure in proven.prove(Run(Path(folder), seed, long=not short)).items():
                click.echo(f"  {figure:>12,}  {what}" if isinstance(figure, int) else f"  {figure:>12}  {what}")
        click.echo(f"  {time.perf_counter() - begin:>10.0f} s")


if __name__ == "__main__":
    main()
