"""The command that lists reminders."""

import click

from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace
from tui.cli.pages import page_of, paged
from tui.cli.params import SHOP
from tui.cli.text import table, when, write_utf8
from tui.formats.ics import calendar
from tui.formats.json import reminder_json


@click.command("reminders", cls=Filled)
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--ics", is_flag=True, help="Print all of them as an iCalendar file for your calendar.")
@paged
@on_workspace
def reminders_command(workspace: Workspace, answer: Answer, shop: str | None, ics: bool, limit: int, after: str | None) -> None:
    """List what is due, soonest first.

    \b
    shoplink reminders --ics > due.ics
    """
    if ics and answer.as_json:
        raise click.UsageError("Give one of --ics and --json.", click.get_current_context())
    found = workspace.reminders.find(shop)
    if ics:
        write_utf8(calendar(found, workspace.now()))
        return
    now = workspace.now()
    page, following = page_of(found, limit, after)
    rows = [(reminder.shop.code, reminder.summary, when(reminder.at, now)) for reminder in page]
    lines = table(("SHOP", "WHAT", "WHEN"), rows, nothing="Nothing is due.")
    answer.page("reminders", [reminder_json(reminder) for reminder in page], following, lines)
