"""The command that lists the history."""

import sys

import click

from core.workspace import Workspace
from tui.cli.context import Answer, more, on_workspace
from tui.cli.params import SHOP, Whole
from tui.cli.text import day, table
from tui.formats.csv import history_csv
from tui.formats.json import event_json

CSV_PAGE = 1000
"""Entries read at a time for a full CSV export."""


@click.command("history")
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--limit", type=Whole(1, 100_000), show_default="50, with --csv all")
@click.option("--after", metavar="CURSOR", help="Go on after the `next` of the page before.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values for a spreadsheet.")
@on_workspace
def history_command(
    workspace: Workspace, answer: Answer, shop: str | None, limit: int | None, after: str | None, as_csv: bool
) -> None:
    """What happened, when, by whom: the newest first.

    \b
    shoplink history --shop USLCDEMO01 --limit 20
    """
    page = workspace.history.page(shop=shop, limit=limit or (CSV_PAGE if as_csv else 50), after=after)
    if as_csv:
        events = list(page.events)
        while page.next and not limit:
            page = workspace.history.page(shop=shop, limit=CSV_PAGE, after=page.next)
            events += page.events
        sys.stdout.write(history_csv(workspace, events))
        return
    rows = [(day(event.at), event.actor, event.summary) for event in page.events]
    lines = table(("WHEN", "WHO", "WHAT"), rows, nothing="Nothing has happened yet.")
    if page.next:
        lines.append(more(page.next))
    answer({"events": [event_json(workspace, event) for event in page.events], "next": page.next}, lines)
