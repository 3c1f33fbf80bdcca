"""Shops: every shop with the state of its links."""

from asyncio import wrap_future
from collections.abc import Iterable
from contextlib import suppress
from typing import Literal, cast

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.option_list import Option

from core.errors import ShoplinkError
from core.shop_status import ShopSummary
from tui.breakpoints import NORMAL
from tui.commands import ADD, BY_ORDER, BY_REGION, BY_STATE, IMPORT, bindings
from tui.counting import Counting, begin
from tui.listing import Facet, Listing
from tui.messages import OpenPlace
from tui.widgets.beside import reminders_here
from tui.widgets.card import Card
from tui.widgets.empty import Empty
from tui.widgets.facts import Facts
from tui.widgets.rows import Rows
from tui.widgets.shop_bar import ShopBar
from tui.widgets.states import link_state, safe

State = Literal["", "linked", "pending", "none"]
STATES = (("", "all"), ("linked", "official linked"), ("pending", "request pending"), ("none", "no official account"))
NAME = 16
"""The fewest columns of a shop's name."""
DUE, STATE, MARKETING = 11, 13, 13
"""Columns of what is due, of the official account's state, and of the number of marketing accounts."""
ORDERS = (("name", "by name"), ("due", "due first"))


class Shops(Listing):
    """The list of shops; enter opens one."""

    key = "shops"
    BINDINGS = bindings(BY_STATE, BY_REGION, BY_ORDER, ADD, IMPORT)
    things = "shops"
    knows_total = True
    placeholder = "Find by name, code, or @username"

    @property
    def shop_in_hand(self) -> str | None:
        return next((rows.marked for rows in self.query("#rows").results(Rows)), None)

    def trail(self) -> list[str]:
        return ["Shops"]

    def page(self) -> Iterable[Widget]:
        regions = (("", "all"), *((code, code) for code in self.workspace.shops.regions()))
        before = self.facets[1].value if self.facets else ""
        chosen = next((index for index, (code, _) in enumerate(regions) if code == before), 0)
        state, order = (self.facets[0].now, self.facets[2].now) if self.facets else (0, 0)
        self.facets = (
            Facet("state", STATES, state),
            Facet("region", regions, chosen),
            Facet("order", ORDERS, order, narrows=False),
        )
        yield from super().page()

    def overview(self) -> Iterable[Widget]:
        if self.workspace.shops.count(2) < 2:
            return
        self.workers.cancel_group(self, "count")
        early, self.app.first_counting = self.app.first_counting, None
        counting = early if early and early.is_of(self.workspace) else begin(self.workspace)
        counts = counting.known if counting else self.workspace.shops.counts()
        yield ShopBar(counts)
        if counting and not counts:
            self._show_counts(counting)

    @work(group="count")
    async def _show_counts(self, counting: Counting) -> None:
        """Show the counts once they are known."""
        with suppress(ShoplinkError):
            counts = await wrap_future(counting.counts)
            await self.ready.wait()  # the page that shows them may still be made
            for bar in self.query(ShopBar):
                bar.show(counts)
            self.query("#breadcrumb").refresh()

    def total(self) -> int | None:
        return next((bar.counts.shops for bar in self.query(ShopBar) if bar.counts and not self.is_narrowed), None)

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        page = self.workspace.shops.page(
            query=self.filter,
            limit=limit,
            after=after,
            state=cast(State, self.facet("state")),
            region=self.facet("region"),
            due_first=self.facet("order") == "due",
        )
        return [Option(self._row(summary), id=summary.shop.id) for summary in page.shops], page.next

    def open_row(self, id: str) -> None:
        self.post_message(OpenPlace("settings", id))

    def detail(self, id: str) -> Iterable[Card]:
        status = self.workspace.shops.status(id)
        state = link_state(status.official.state if status.official else None)
        account = [("Official", safe(f"@{status.official.username}")), ("", state)] if status.official else [("Official", state)]
        pairs = [
            ("Code", safe(status.shop.code)),
            ("Region", Content(status.shop.region)),
            ("Seller", safe(status.seller.entity.legal_name or "")),
            *account,
            ("Unlinks", Content(status.unlinks_words)),
            ("Marketing", Content(status.marketing_words)),
        ]
        yield Card(safe(status.shop.name), Facts(pairs), classes="-accent")
        yield reminders_here(self.app, status.shop)

    def nothing(self) -> Empty:
        return Empty("No shops yet. Add yours, or import a list.", "Add a shop…", "screen.add")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self.filter) or isinstance(self.focused, Input)  # no screen to go back to
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        self.post_message(OpenPlace("add_shop"))

    def action_import_file(self) -> None:
        self.post_message(OpenPlace("import"))

    def action_back(self) -> None:
        if self.check_action("back", ()):
            super().action_back()

    def _row(self, summary: ShopSummary) -> Content:
        shop = summary.shop
        about = f"{shop.region:<3}" if self.app.size.width >= NORMAL else ""
        about += "" if not about or self.is_wide else f"{shop.code:<11}"  # the card beside the list has it
        width = max(NAME, self.room - len(about) - DUE - STATE - MARKETING - 1)
        name = safe(shop.name, "bold").truncate(width, ellipsis=True)
        due = f"{summary.due} due" if summary.due else f"{summary.upcoming} upcoming" if summary.upcoming else ""
        row = Content("").join(
            [
                name.extend_right(width + 1 - name.cell_length),
                Content.styled(about, "$muted"),
                Content.styled(f"{due:<{DUE}}", "$warning" if summary.due else "$muted"),
                link_state(summary.official, brief=True),
            ]
        )
        for number, words in ((summary.marketing, "marketing"), (summary.invited, "invited")):
            more = Content.styled(f"  {number} {words}", "$muted")
            if number and row.cell_length + more.cell_length <= self.room:
                row += more
        return row
