"""Write lists as CSV that spreadsheets never read as formulas."""

import csv
import io
from collections.abc import Iterable

from core.exchange.formulas import guarded
from core.models import Event
from core.text import show
from core.workspace import Workspace
from tui.formats.json import event_json

BOM = "\ufeff"
"""The start of a file that makes Excel read it as UTF-8."""
HISTORY = (
    *("id", "entry", "at", "recorded_at", "shop", "link", "account", "actor", "entered_by", "kind", "summary", "note", "against"),
    "undone_by",
)


def history_csv(workspace: Workspace, events: Iterable[Event]) -> str:
    """Format events as CSV; cells that look like formulas start with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HISTORY)
    for event in events:
        shown = event_json(workspace, event)
        shown["against"] = " ".join(shown["against"])
        cells = [show(str(shown[column] or ""), 4000) for column in HISTORY]
        writer.writerow(map(guarded, cells))
    return out.getvalue()
