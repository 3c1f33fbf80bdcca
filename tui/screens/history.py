"""History: events, newest first, with their details and an export."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from textual.content import Content
from textual.widget import Widget
from textual.widgets.option_list import Option

from core.errors import NotFound
from core.models import Event
from core.text import show
from tui.commands import BY_KIND, EVERY_SHOP, EXPORT, bindings
from tui.listing import Facet, Listing
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.moments import full, short
from tui.widgets.states import safe

KINDS = (
    ("", "all"),
    ("link.", "links"),
    ("shop.", "shop"),
    ("account.", "accounts"),
    ("organization.", "organization"),
    ("member.", "members"),
    ("product.", "products"),
    ("workspace.", "workspace"),
    ("clock.", "clock"),
)
SHOPS = (("one", "this one"), ("every", "all"))
EXPORTED = 100_000
"""Maximum number of events in an export."""


class HistoryPlace(Listing):
    """The events of one shop or of all shops; enter opens one."""

    key = "history"
    BINDINGS = bindings(BY_KIND, EVERY_SHOP, EXPORT)
    placeholder = "Find in what happened, or by whom"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self._newest: int | None = None
        """The number of entries searched; None for all."""
        self.facets = (Facet("kind", KINDS), Facet("shops", SHOPS))

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        page = self.workspace.history.page(
            shop=self._shop(), limit=limit, after=after, kind=self.facet("kind"), query=self.filter
        )
        self._newest = page.newest
        return [Option(self._row(event), id=event.id) for event in page.events], page.next

    def open_row(self, id: str) -> None:
        self.app.push_screen(EventDetail(self.shop_id, id))

    def detail(self, id: str) -> Iterable[Card]:
        yield from event_in_full(self, id)

    def hint(self) -> str:
        return self.texts["hint"].format(newest=f"{self._newest:,}") if self._newest else ""

    def nothing(self) -> str:
        return "No entry is like that." if self.filter or self.facet("kind") else "Nothing has happened yet."

    def action_export(self) -> None:
        from tui.dialogs.save_as import save_as
        from tui.formats.csv import history_csv

        def text() -> str:
            page = self.workspace.history.page(shop=self._shop(), limit=EXPORTED, kind=self.facet("kind"), query=self.filter)
            return history_csv(self.workspace, page.events)

        about = "The entries that the list shows, as comma-separated values for a spreadsheet."
        save_as(self.app, "Export the history", f"history-{self.the_shop().code}.csv", text, about)

    def _shop(self) -> str | None:
        return self.the_shop().id if self.facet("shops") == "one" else None

    def _row(self, event: Event) -> Content:
        moment = event.at.astimezone(self.app.zone)
        when = Content.styled(f"{moment:%d %b %Y %H:%M}  ", "$muted")
        return when + safe(event.summary, limit=200) + Content.styled(f"  {show(event.actor, 40)}", "$muted")


class EventDetail(Place):
    """One event with all its details."""

    key = "history"
    AUTO_FOCUS = ""

    def __init__(self, shop_id: str | None, event: str) -> None:
        super().__init__(shop_id)
        self.event = event
        self._opened = self.workspace.history.get(event)

    def is_gone(self) -> bool:
        try:
            same = self.workspace.history.get(self.event) == self._opened  # starting over may reuse ids
        except NotFound:
            return True
        return not same or super().is_gone()

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"], "Entry"]

    def page(self) -> Iterable[Widget]:
        yield from event_in_full(self, self.event)


def event_in_full(place: Place, id: str) -> Iterable[Card]:
    """Build an event's cards."""
    from tui.formats.json import event_json

    event = place.workspace.history.get(id)
    shape = event_json(place.workspace, event)
    pairs = [
        ("When", Content(full(event.at, place.app.zone))),
        ("Who", safe(event.actor)),
        ("Kind", Content(event.kind)),
        *([("Shop", safe(str(shape["shop"])))] if shape["shop"] else []),
        *([("Account", safe(f"@{event.username}"))] if event.username else []),
        *([("Link", safe(event.link))] if event.link else []),
    ]
    yield Card("What happened", Facts([("", safe(event.summary, "bold", 400))]), Facts(pairs), classes="-accent")
    details = list(_flatten(shape["details"], place.app.zone))
    if details:
        yield Card("Details", Facts([(name, safe(value, limit=400)) for name, value in details]))


def _flatten(value: object, zone: tzinfo | None, name: str = "") -> Iterable[tuple[str, str]]:
    """Flatten a nested value into (name, text) pairs, without empty ones."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "avatar":  # a bare number means nothing to people
                yield from _flatten(inner, zone, f"{name} {key}".strip())
    elif isinstance(value, list | tuple):
        if value:
            yield show(name.replace("_", " "), 30), ", ".join(str(one) for one in value)
    elif value is not None and value != "":
        yield show(name.replace("_", " "), 30), _format_value(value, name, zone)


def _format_value(value: object, name: str, zone: tzinfo | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and name.endswith(("_at", "_by", "_until")):
        try:
            return short(datetime.fromisoformat(value), zone)
        except ValueError:
            return value  # not a date
    return str(value)
