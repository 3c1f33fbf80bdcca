"""Commands about the history: list it, and undo the newest entry."""

from pathlib import Path
from typing import Any

import click

from core.errors import InvalidInput, Refused, ended
from core.lookalikes import did_you_mean
from core.models import EventKind
from core.store.new_file import new_file
from core.text import show
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace, preview
from tui.cli.files import FileName
from tui.cli.named import the_link
from tui.cli.params import LINK, SHOP, USERNAME, Whole
from tui.cli.text import day, table, write_utf8
from tui.formats.clock import localized
from tui.formats.csv import BOM, history_csv
from tui.formats.json import event_json
from tui.formats.text import event_notes

CSV_PAGE = 1000
"""Entries read at a time for a full CSV export."""


@click.command("history", cls=Filled)
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--account", type=USERNAME, metavar="USERNAME", help="The account's current or a former username.")
@click.option("--link", type=LINK, metavar="LINK")
@click.option("--kind", metavar="KIND", help="Only this kind, such as link.linked, or a family of kinds, such as link.")
@click.option("--query", default="", help="Only entries with this text, or by this person. Newest entered first.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values for a spreadsheet.")
@click.option("--out", type=FileName(dir_okay=False), metavar="FILE", help="With --csv: write to a new file.")
@click.option("--limit", type=Whole(1, 100_000), show_default="50, with --csv all")
@click.option("--after", metavar="CURSOR", help="Continue after this cursor: the `next` of the previous page.")
@on_workspace
def history_command(
    workspace: Workspace,
    answer: Answer,
    shop: str | None,
    account: str | None,
    link: str | None,
    kind: str | None,
    query: str,
    as_csv: bool,
    out: Path | None,
    limit: int | None,
    after: str | None,
) -> None:
    """Show what happened and who did it, newest first.

    \b
    shoplink history --shop USLCDEMO01 --limit 20
    shoplink history --account @maple.wick --kind link
    shoplink history --csv --out history.csv
    """
    if out and not as_csv:
        raise click.UsageError("--out goes with --csv.", click.get_current_context())
    if as_csv and answer.as_json and not out:
        raise click.UsageError("Give one of --csv and --json.", click.get_current_context())
    wanted: dict[str, Any] = {
        "shop": shop,
        "account": account,
        "link": the_link(workspace, link) if link else None,
        "kind": _kind(kind) if kind else "",
        "query": query,
    }
    page = workspace.history.page(limit=limit or (CSV_PAGE if as_csv else 50), after=after, **wanted)
    if as_csv:
        events = list(page.events)
        while page.next and not limit:
            page = workspace.history.page(limit=CSV_PAGE, after=page.next, **wanted)
            events += page.events
        text = history_csv(workspace, events)
        if out is None:
            write_utf8(text)
            return
        with new_file(out) as made:
            made.write_text(BOM + text, encoding="utf-8", newline="")
        answer({"out": str(out)}, [f"Written to {out}"])
        return
    titles = {rule.id: rule.title for rule in workspace.policy.rules.values()}
    rows = [(day(event.at), event.actor, "; ".join((event.summary, *event_notes(event, titles)))) for event in page.events]
    nothing = "No matching entries." if any(wanted.values()) else "No entries yet."
    lines = table(("WHEN", "WHO", "WHAT"), rows, nothing=nothing, longest=600)
    if page.newest:
        lines.append(f"Only the newest {page.newest:,} entries were searched: give a third letter to search all.")
    answer.page("events", [event_json(workspace, event) for event in page.events], page.next, lines)


def _kind(text: str) -> str:
    """Read a kind of event, or the beginning of several. Raises InvalidInput."""
    kinds = [kind.value for kind in EventKind]
    if text in kinds:
        return text
    families = {kind.partition(".")[0] for kind in kinds}
    if (family := text.removesuffix(".")) in families:
        return f"{family}."
    remedy = f"{did_you_mean(text, [*kinds, *families])}The kinds: {', '.join(kinds)}."
    raise InvalidInput("kind", f"“{show(text, 40)}” doesn't exist", remedy=remedy)


def _not_empty(ctx: click.Context, _: click.Parameter, reason: str | None) -> str | None:
    if reason is not None and not reason.strip():
        raise click.UsageError("--reason is empty. Say why you are undoing it.", ctx)
    return reason


@click.command("undo", cls=Filled)
@click.argument("entry", required=False)
@click.option("--link", type=LINK, metavar="LINK", help="The newest entry about this link.")
@click.option("--shop", type=SHOP, metavar="SHOP", help="The newest entry about this shop.")
@click.option("--account", type=USERNAME, metavar="USERNAME", help="The newest entry about this account.")
@click.option("--reason", callback=_not_empty, help="Why you are undoing it. Kept as the note of the new entry.")
@click.option("--yes", is_flag=True, help="Do it. Without --yes, only show what would be restored.")
@on_workspace
def undo_command(
    workspace: Workspace,
    answer: Answer,
    entry: str | None,
    link: str | None,
    shop: str | None,
    account: str | None,
    reason: str | None,
    yes: bool,
) -> int:
    """Record only: undo the newest entry about a link, a shop, or an account. Nothing is deleted.

    Without --yes, only show what would be restored (exit 2).

    \b
    shoplink undo --link @maple.studio --reason "Entered for the wrong account" --yes
    """
    if not workspace.is_record:
        raise Refused("Practice has no undo.", remedy="Start the scenario over with: shoplink desk restart")
    if sum(given is not None for given in (entry, link, shop, account)) != 1:
        raise click.UsageError("Give one of ENTRY, --link, --shop, and --account.", click.get_current_context())
    if yes and not reason:
        raise click.UsageError("--yes needs --reason.", click.get_current_context())
    named = the_link(workspace, link) if link else None
    meant = entry or workspace.entries.newest(link=named, shop=shop, account=account)
    undoing = workspace.entries.preview(meant)
    if not yes:
        lines = [ended(f"Undone: {event.summary}") for event in undoing.events]
        lines += [f"Then: {localized(restored, None)}" for restored in undoing.restores]
        return preview(workspace, answer, "undo", lines, needed="--reason and --yes" if not reason else "--yes")
    done = workspace.entries.undo(undoing.entry, reason or "")
    answer(event_json(workspace, done), [ended(done.summary), *(localized(restored, None) for restored in undoing.restores)])
    return 0
