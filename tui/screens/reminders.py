"""Reminders: due dates, soonest first; each opens its screen."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from core.clock import in_words
from core.models import Role
from core.reminders import Reminder
from tui.commands import EVERY_SHOP, EXPORT, bindings
from tui.listing import Facet, Listing
from tui.messages import OpenPlace
from tui.place_texts import title
from tui.widgets.card import Card
from tui.widgets.days import Days
from tui.widgets.empty import Empty
from tui.widgets.facts import Facts
from tui.widgets.lines import hanging
from tui.widgets.moments import full, past
from tui.widgets.states import safe

SHOPS = (("one", "this one"), ("every", "all"))


class RemindersPlace(Listing):
    """The reminders of one shop or of all shops."""

    key = "reminders"
    BINDINGS = bindings(EVERY_SHOP, EXPORT)
    things = "reminders"
    placeholder = "Find a reminder"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.facets = (Facet("shops", SHOPS, narrows=False),)
        self.found: dict[str, Reminder] = {}

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        due = self.workspace.reminders.find(self.the_shop().id if self.facet("shops") == "one" else None)
        now = self.workspace.now()
        words = self.filter.lower()
        shown = [reminder for reminder in due if words in f"{reminder.summary} {reminder.shop.name} {reminder.shop.code}".lower()]
        self.found = _named(shown)
        start = int(after) + 1 if after else 0
        end = start + limit
        options = [Option(self._row(reminder, now), id=id) for id, reminder in list(self.found.items())[start:end]]
        return options, str(end - 1) if end < len(shown) else None

    def overview(self) -> Iterable[Widget]:
        due = self.workspace.reminders.find(self.the_shop().id if self.facet("shops") == "one" else None)
        if due:
            yield Days(due, self.workspace.now(), self.app.zone)

    def action_facet(self, name: str) -> None:
        super().action_facet(name)
        self.repaint()  # the days above the list are those of other shops

    def open_row(self, id: str) -> None:
        if reminder := self.found.get(id):  # a filter may have removed the row
            self.post_message(OpenPlace(place_of(reminder, self._role(reminder)), reminder.shop.id))

    def detail(self, id: str) -> Iterable[Card]:
        reminder = self.found.get(id)
        if reminder is None:
            return
        place = title(place_of(reminder, self._role(reminder)))
        pairs = [
            ("When", Content(full(reminder.at, self.app.zone))),
            ("Shop", safe(f"{reminder.shop.name}, {reminder.shop.code}")),
            ("Place", Content(f"{place}: enter opens it")),
        ]
        yield Card("Reminder", Static(safe(reminder.summary, "bold")), Facts(pairs), classes="-accent")

    def nothing(self) -> Empty:
        words = "Nothing is due. Requests, invitations, and new links appear here with their dates."
        return Empty(words, "See Official Account", "screen.open('linked_accounts.official')")

    def action_export(self) -> None:
        from tui.dialogs.save_as import save_as
        from tui.formats.ics import calendar

        def text() -> str:
            return calendar(tuple(self.found.values()), self.workspace.now())

        about = "The reminders in this list, as an iCalendar file that calendar apps can import."
        of_shop = f"-{self.the_shop().code}" if self.facet("shops") == "one" else ""
        save_as(self.app, "Export the reminders", f"due{of_shop}.ics", text, about)

    def _role(self, reminder: Reminder) -> Role | None:
        return self.workspace.links.get(reminder.link).role if reminder.link else None

    def _row(self, reminder: Reminder, now: datetime) -> Content:
        words = _ago(now - reminder.at) if reminder.is_due(now) else f"in {in_words(reminder.at - now)}"
        shop = f"   {reminder.shop.code}" if self.facet("shops") == "every" else ""
        when = f"{past(reminder.at, now, self.app.zone)}{shop}"
        head = Content.styled(f"◔ {words}".ljust(18), "$warning") + safe(when, "$muted")
        return Content("\n").join([head, *hanging(Content("  "), safe(reminder.summary), self.room)])


def _ago(span: timedelta) -> str:
    return "now" if span < timedelta(minutes=1) else f"{in_words(span)} ago"


def _named(reminders: Iterable[Reminder]) -> dict[str, Reminder]:
    """Map each reminder to a row id that stays the same when filtering."""
    found: dict[str, Reminder] = {}
    alike: Counter[str] = Counter()
    for reminder in reminders:
        about = f"{reminder.kind} {reminder.link or reminder.shop.id}"
        found[f"{about} {alike[about]}"] = reminder
        alike[about] += 1
    return found


def place_of(reminder: Reminder, role: Role | None) -> str:
    """Return the key of the screen for this reminder."""
    if reminder.kind.startswith("member"):
        return "team_access"
    if reminder.kind == "probation_ends":
        return "shop_information"
    return "linked_accounts.marketing" if role == Role.MARKETING else "linked_accounts.official"
