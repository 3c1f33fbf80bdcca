"""`python -m tests.benchmarks [WORD …]`: measure, and print each ratio with its goal."""

import tempfile
from importlib import import_module
from pathlib import Path

import click

MODULES: tuple[str, ...] = ("start", "keys", "memory", "pages", "due", "writes", "people", "importing", "exporting")
"""The modules of this package that have a tuple BENCHMARKS."""


@click.command()
@click.argument("words", nargs=-1)
def main(words: tuple[str, ...]) -> None:
    """Measure everything, or what has one of WORDS in its name."""
    click.echo(f"{'':6} {'ratio':>7} {'goal':>6}   {'ours':>10} {'other':>10}")
    for name in MODULES:
        for benchmark in import_module(f"tests.benchmarks.{name}").BENCHMARKS:
            if words and not any(word in benchmark.what for word in words):
                continue
            with tempfile.TemporaryDirectory() as folder:
                ours, other = benchmark.measure(Path(folder))
            ratio = ours / other
            mark = "meets" if ratio <= benchmark.goal else "misses"
            values = f"{ours:>10.1f} {other:>10.1f} {benchmark.unit}"
            click.echo(f"{mark:6} {ratio:7.2f} {benchmark.goal:6.2f}   {values}  {benchmark.what}, to {benchmark.compared_with}")


if __name__ == "__main__":
    main()
