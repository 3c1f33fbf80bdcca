"""The command that lists reminders."""

import click

from core.workspace import Workspace
from tui.cli.context import Answer, on_workspace
from tui.cli.params import SHOP
from tui.cli.text import table, when, write_utf8
from tui.formats.ics import calendar
from tui.formats.json import reminder_json


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
        write_utf8(calendar(found, workspace.now()))
        return
    now = workspace.now()
    rows = [(reminder.shop.code, reminder.summary, when(reminder.at, now)) for reminder in found]
    answer([reminder_json(reminder) for reminder in found], table(("SHOP", "WHAT", "WHEN"), rows, nothing="Nothing is due."))
