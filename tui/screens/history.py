"""History: events, newest first, with their details and an export."""

from collections.abc import Iterable
from datetime import timedelta

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static
from textual.widgets.option_list import Option

from core.models import Event
from core.text import show
from core.words import EVENTS, label
from tui.commands import BY_TYPE, EVERY_SHOP, EVIDENCE, EXPORT, bindings
from tui.formats.text import EventDetails, entered_later
from tui.listing import Facet, Listing
from tui.messages import MakeEvidence
from tui.place import Place
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.empty import Empty
from tui.widgets.facts import Facts
from tui.widgets.lines import hanging
from tui.widgets.moments import clock_if_known, day, full
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
    ("entry.", "undone"),
)
SHOPS = (("one", "this one"), ("every", "all"))
EXPORTED = 100_000
"""Maximum number of events in an export."""


class HistoryPlace(Listing):
    """The events of one shop or of all shops; enter opens one."""

    key = "history"
    BINDINGS = bindings(BY_TYPE, EVERY_SHOP, EXPORT, EVIDENCE)
    things = "entries"
    placeholder = "Find by what happened or who did it"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self._day = ""
        """The day of the last row, which already has a heading."""
        self._newest: int | None = None
        """The number of entries searched; None for all."""
        self.facets = (Facet("type", KINDS), Facet("shops", SHOPS, narrows=False))

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.workspace.is_record if action == "undo" else super().check_action(action, parameters)

    def action_undo(self) -> None:
        if id := self.rows.marked:
            self.undo(self.workspace.history.get(id).entry)

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        page = self.workspace.history.page(
            shop=self._shop(), limit=limit, after=after, kind=self.facet("type"), query=self.filter
        )
        self._newest = page.newest
        if after is None:
            self._day = ""
        return list(self._rows(page.events)), page.next

    def open_row(self, id: str) -> None:
        self.show_over(EventDetail(self.shop_id, id))

    def detail(self, id: str) -> Iterable[Card]:
        yield from event_in_full(self, id)

    def hint(self) -> str:
        return self.texts["hint"].format(newest=f"{self._newest:,}") if self._newest else ""

    def nothing(self) -> Empty:
        return Empty("Nothing has happened yet.", "See Official Account", "screen.open('linked_accounts.official')")

    def action_export(self) -> None:
        from tui.dialogs.save_as import save_as
        from tui.formats.csv import BOM, history_csv

        def text() -> str:
            page = self.workspace.history.page(shop=self._shop(), limit=EXPORTED, kind=self.facet("type"), query=self.filter)
            return BOM + history_csv(self.workspace, page.events)

        about = "The entries that the list shows, as comma-separated values for a spreadsheet."
        of_shop = f"-{self.the_shop().code}" if self._shop() else ""
        save_as(self.app, "Export the history", f"history{of_shop}.csv", text, about)

    def action_evidence(self) -> None:
        self.post_message(MakeEvidence(self.the_shop().id))

    def _shop(self) -> str | None:
        return self.the_shop().id if self.facet("shops") == "one" else None

    def _rows(self, events: Iterable[Event]) -> Iterable[Option]:
        """Return the rows of events, with each day as a heading."""
        now = self.workspace.now()
        for event in events:
            if (here := day(event.at, now, self.app.zone)) != self._day:
                self._day = here
                yield Option(Content.styled(here, "bold"), disabled=True)
            yield Option(self._row(event), id=event.id)

    def _row(self, event: Event) -> Content:
        when = Content.styled(f"{clock_if_known(event.at, self.app.zone):>10}  ", "$muted")
        undone, late = event.undone_by is not None, _later(self, event)
        mark = Content.styled("! " if event.against else "", "$warning")
        lines = hanging(when, mark + safe(event.summary, "$muted strike" if undone else "", limit=200), self.room)
        flags = [show(event.actor, 40), *([f"entered {late}"] if late else []), *(["undone"] if undone else [])]
        who = Content.styled(" · ".join(flags), "$muted")
        if lines[-1].cell_length + 2 + who.cell_length <= self.room:
            lines[-1] += Content("  ") + who
        else:
            lines.append(Content(" " * when.cell_length) + who)
        return Content("\n").join(lines)


class EventDetail(Place):
    """One event with all its details."""

    key = "history"
    AUTO_FOCUS = ""

    def __init__(self, shop_id: str | None, event: str) -> None:
        super().__init__(shop_id)
        self.event = event
        self._opened = self.workspace.history.get(event)

    def check_subject(self) -> None:
        super().check_subject()
        self.workspace.history.get(self.event)

    def is_gone(self) -> bool:
        return super().is_gone() or self.workspace.history.get(self.event) != self._opened  # starting over may reuse ids

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._can_undo() if action == "undo" else super().check_action(action, parameters)

    def action_undo(self) -> None:
        self.undo(self._opened.entry)

    def _can_undo(self) -> bool:
        opened = self._opened
        return (
            self.workspace.is_record
            and not opened.undone_by
            and not opened.undoes
            and bool(self.workspace.entries.get(opened.entry)[0].before)
        )

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"], "Entry"]

    def page(self) -> Iterable[Widget]:
        self._opened = self.workspace.history.get(self.event)
        yield from event_in_full(self, self.event)
        if self._can_undo():
            yield Buttons(Button("Undo…", id="undo", action="screen.undo"))


def event_in_full(place: Place, id: str) -> Iterable[Card]:
    """Build an event's cards."""
    from tui.formats.json import event_json

    event = place.workspace.history.get(id)
    shape = event_json(place.workspace, event)
    zone = place.app.zone
    titles = {rule.id: rule.title for rule in place.workspace.policy.rules.values()}
    against = ", ".join(titles[rule] for rule in event.against)
    pairs = [
        ("When", Content(full(event.at, zone))),
        ("Who", safe(event.actor)),
        ("Type", Content(EVENTS[event.kind])),
        *([("Shop", safe(str(shape["shop"])))] if shape["shop"] else []),
        *([("Account", safe(f"@{event.username}"))] if event.username else []),
        *([("Link", safe(event.link))] if event.link else []),
        *([("Member", safe(event.member))] if event.member else []),
        *([("Note", safe(event.note, limit=400))] if event.note else []),
        *([(label("against"), Content.styled(against, "$warning"))] if against else []),
        *([("Rules of", Content(event.policy))] if event.policy else []),
        *_entered(place, event),
    ]
    yield Card("What happened", Static(safe(event.summary, "bold", 400)), Facts(pairs), classes="-accent")
    if details := list(EventDetails(titles=titles, moment=lambda moment: full(moment, zone)).pairs(shape["details"])):
        yield Card("Details", Facts([(name, safe(value, limit=400)) for name, value in details]))


def _later(place: Place, event: Event) -> str:
    """Format how much later an event of a record was entered; empty if within a day."""
    return entered_later(event, timedelta(days=1)) if place.workspace.is_record else ""


def _entered(place: Place, event: Event) -> Iterable[tuple[str, Content]]:
    """Say who entered an event of a record and when, what else its entry holds, and what undid it."""
    if not place.workspace.is_record:
        return
    late = _later(place, event)
    when = f", {full(event.recorded_at, place.app.zone)}" if event.recorded_at != event.at else ""
    yield "Entered", safe(f"by {event.entered_by}{when}{f', {late}' if late else ''}")
    entries = place.workspace.entries
    if others := [one.summary for one in entries.get(event.entry) if one.id != event.id]:
        yield "Together with", Content("\n").join(map(safe, others))
    if event.undone_by:
        undo = entries.get(event.undone_by)[0]
        yield "Undone", safe(f"by {undo.entered_by}, {full(undo.recorded_at, place.app.zone)}: {undo.note}", "$warning", 400)
    if event.undoes:
        yield "Undoes", Content("\n").join(safe(one.summary) for one in entries.get(event.undoes))
