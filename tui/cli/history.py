"""The command that lists the history."""

from pathlib import Path

import click

from core.store.new_file import new_file
from core.workspace import Workspace
from tui.cli.context import Answer, more, on_workspace
from tui.cli.files import FileName
from tui.cli.params import SHOP
from tui.cli.text import day, table, write_utf8
from tui.formats.csv import BOM, history_csv
from tui.formats.json import event_json

CSV_PAGE = 1000
"""Entries read at a time for a full CSV export."""


@click.command("history")
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--limit", type=click.IntRange(1, 100_000), show_default="50, with --csv all")
@click.option("--after", metavar="CURSOR", help="Go on after the `next` of the page before.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values for a spreadsheet.")
@click.option("--out", type=FileName(dir_okay=False), metavar="FILE", help="With --csv: write it to a new file.")
@on_workspace
def history_command(
    workspace: Workspace, answer: Answer, shop: str | None, limit: int | None, after: str | None, as_csv: bool, out: Path | None
) -> None:
    """What happened, when, by whom: the newest first.

    \b
    shoplink history --shop USLCDEMO01 --limit 20
    shoplink history --csv --out history.csv
    """
    if out and not as_csv:
        raise click.UsageError("--out goes with --csv.", click.get_current_context())
    page = workspace.history.page(shop=shop, limit=limit or (CSV_PAGE if as_csv else 50), after=after)
    if as_csv:
        events = list(page.events)
        while page.next and not limit:
            page = workspace.history.page(shop=shop, limit=CSV_PAGE, after=page.next)
            events += page.events
        text = history_csv(workspace, events)
        if out is None:
            write_utf8(text)
            return
        with new_file(out) as made:
            made.write_text(BOM + text, encoding="utf-8", newline="")
        answer({"out": str(out)}, [f"Written to {out}"])
        return
    rows = [(day(event.at), event.actor, event.summary) for event in page.events]
    lines = table(("WHEN", "WHO", "WHAT"), rows, nothing="Nothing has happened yet.")
    if page.next:
        lines.append(more(page.next))
    answer({"events": [event_json(workspace, event) for event in page.events], "next": page.next}, lines)
