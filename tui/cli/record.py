"""Commands about the record: what happened, and what is due."""

import sys

import click

from core.workspace import Workspace
from tui.cli.calendar import calendar
from tui.cli.context import Answer, more, on_workspace
from tui.cli.refs import SHOP
from tui.cli.shapes import event_json, reminder_json
from tui.cli.sheets import history_csv
from tui.cli.words import day, table, when

CSV_PAGE = 1000
"""Entries that are read at once for a sheet of all."""


@click.command("history")
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--limit", type=click.IntRange(1, 100_000), show_default="50, with --csv all")
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


@click.command("reminders")
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--ics", is_flag=True, help="An iCalendar document for a calendar.")
@on_workspace
def reminders_command(workspace: Workspace, answer: Answer, shop: str | None, ics: bool) -> None:
    """What is due, the soonest first.

    \b
    shoplink reminders --ics > due.ics
    """
    found = workspace.reminders.due(shop)
    if ics:
        sys.stdout.write(calendar(found, workspace.now()))
        return
    now = workspace.now()
    rows = [(reminder.shop.code, reminder.summary, when(reminder.at, now)) for reminder in found]
    answer([reminder_json(reminder) for reminder in found], table(("SHOP", "WHAT", "WHEN"), rows, nothing="Nothing is due."))
