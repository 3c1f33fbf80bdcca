"""A place that is a list, with search, filters and pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import getters, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import NotFound, ShoplinkError
from tui.commands import FILTER, bindings
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.detail import Detail
from tui.widgets.empty import Empty, EmptyList
from tui.widgets.rows import PagedRows, Rows

PAGE = 100
"""How many rows are read at once, after the first."""


@dataclass
class Facet:
    """One way to narrow or order a list: its name, and its values with words.

    The first value is the default. `narrows`: whether the others leave something out.
    """

    name: str
    values: tuple[tuple[str, str], ...]
    now: int = 0
    narrows: bool = True

    @property
    def value(self) -> str:
        return self.values[self.now][0]

    def next(self) -> None:
        self.now = (self.now + 1) % len(self.values)


class FacetChip(Static):
    """A facet, its key and its current value; the key or a click switches to the next one."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(classes="facet")
        self.facet = facet
        self.action = f"facet('{facet.name}')"

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """Show the key that switches the facet, and what it is set to."""
        bindings = [found.binding for found in self.screen.active_bindings.values() if found.binding.action == self.action]
        key = f"{self.app.get_key_display(bindings[0])} " if bindings else ""
        style = "$accent bold" if self.facet.now else "bold"
        name = f"{self.facet.name.capitalize()} "
        self.update(Content.assemble((key, "$accent bold"), (name, "$muted"), (self.facet.values[self.facet.now][1], style)))

    async def on_click(self) -> None:
        await self.run_action(f"screen.{self.action}")


class Listing(Place):
    """A place that is a list. Rows are read page by page, as the list is scrolled."""

    BINDINGS = bindings(FILTER)
    AUTO_FOCUS = "#rows, #begin"
    placeholder = "Find"
    things = ""
    """What the rows are called, in the plural."""
    facets: tuple[Facet, ...] = ()
    knows_total = False
    """Whether total() counts the rows that are not read yet."""
    rows = getters.query_one("#rows", Rows)

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.filter = ""
        self._shown = 0
        """How many rows were read, for a page that is made again."""
        self._next: str | None = None
        self._detailed: str | None = None
        """The row whose detail is beside the list."""

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        """Return the rows that follow the cursor `after`, and the cursor of the next page.

        A row without an id is a heading.
        """
        raise NotImplementedError

    def overview(self) -> Iterable[Widget]:
        """Return the summary above the list."""
        return ()

    def open_row(self, id: str) -> None:
        """Open the row's subject."""
        raise NotImplementedError

    def detail(self, id: str) -> Iterable[Card]:
        """Return the widgets beside the list about the selected row."""
        return ()

    def nothing(self) -> Empty:
        """Return what to show if there are no rows at all."""
        raise NotImplementedError

    def hint(self) -> str:
        """Return a note about the search; it takes the empty row under the entry."""
        return ""

    def position(self) -> str:
        for rows in self.query("#rows").results(Rows):
            ids = [option.id is not None for option in rows.options]
            if rows.highlighted is not None:
                total = self.total()
                of = f"{total:,}" if total else f"{sum(ids):,}{'+' if self._next else ''}"
                return f"{sum(ids[: rows.highlighted + 1]):,} of {of}"
        return ""

    def total(self) -> int | None:
        """Return how many rows there are, with those that are not read yet; None if nobody has counted them."""
        return None

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves out rows."""
        return bool(self.filter) or any(facet.now and facet.narrows for facet in self.facets)

    def facet(self, name: str) -> str:
        """Return the current value of a facet."""
        return next(facet.value for facet in self.facets if facet.name == name)

    def page(self) -> Iterable[Widget]:
        yield from self.overview()
        entry = Input(value=self.filter, placeholder=self.placeholder, id="filter", select_on_focus=False)
        entry.cursor_blink = False
        limit = max(self._shown, self._first)
        options = self._options(None, limit)
        if self._detailed and self._next and all(option.id != self._detailed for option in options):  # moved on by what is new
            options = self._options(None, limit + PAGE)  # one read: another program may move a row between two
        hint = self.hint()
        yield entry.set_class(bool(hint), "-hinted")
        yield Static(Content(hint), id="hint").set_class(bool(hint), "-hinted")
        if self.facets:
            yield Horizontal(*map(FacetChip, self.facets), id="facets")
        ids = [option.id for option in options if option.id]
        if self._detailed not in ids:
            self._detailed = ids[0] if ids else None
        rows = PagedRows(*options, more=self._more)
        rows.display = rows.can_focus = bool(options)
        self._give_bar(rows)
        self.watch(rows, "highlighted", self._row_marked, init=False)
        yield rows
        yield self._empty(EmptyList(), is_empty=not options)

    def side(self) -> Iterable[Widget]:
        yield Detail(self._cards())

    def _cards(self) -> list[Card]:
        try:
            return list(self.detail(self._detailed)) if self._detailed else []
        except NotFound:
            return []  # it disappeared after the list was read, which is about to repaint

    @on(Input.Changed, "#filter")
    def filter_rows(self, event: Input.Changed) -> None:
        typed = event.value.removeprefix("@")
        if typed != self.filter:
            self.filter = typed
            for entry in self._entry():
                if entry is not event.input:  # repainted before this came: what was typed is kept
                    entry.value = event.value
                    entry.cursor_position = len(event.value)
            self._reload()

    @on(Input.Submitted, "#filter")
    def focus_rows(self) -> None:
        """Focus the rows or, if there are none, the button in their place."""
        (self.rows if self.rows.option_count else self.query_one("#begin")).focus()

    @on(OptionList.OptionSelected)
    def open_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.open_row(event.option_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self.filter) or isinstance(self.focused, Input) or bool(super().check_action(action, parameters))
        if action == "facet":  # Shops knows its regions once it is painted
            return any(facet.name in parameters for facet in self.facets)
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        for entry in self._entry():
            entry.focus()

    def action_facet(self, name: str) -> None:
        next(facet for facet in self.facets if facet.name == name).next()
        for chip in self.query(FacetChip):
            chip.show()
        self._reload()

    def action_back(self) -> None:
        if any(entry.has_focus for entry in self._entry()):
            self.focus_rows()
        elif self.filter and self._entry():
            self._entry()[0].value = ""
        else:
            super().action_back()

    def action_show_all(self) -> None:
        """Clear everything that narrows the list."""
        for facet in self.facets:
            facet.now = 0 if facet.narrows else facet.now
        for chip in self.query(FacetChip):
            chip.show()
        self.filter = ""
        for entry in self._entry():
            entry.value = ""
        self._reload()
        self.focus_rows()

    def _empty(self, empty: EmptyList, *, is_empty: bool) -> EmptyList:
        """Update what is shown in place of rows."""
        found_nothing = Empty(f"No matching {self.things}", "Show all", "screen.show_all")
        empty.say(found_nothing if self.is_narrowed else self.nothing())
        empty.display = is_empty
        return empty

    def _entry(self) -> list[Input]:
        """Return where the filter is typed; empty if the page could not be made."""
        return list(self.query("#filter").results(Input))

    async def reshaped(self) -> None:
        """Draw the rows for the new size even while the filter is typed."""
        await super().reshaped()
        if isinstance(self.focused, Input) and self.query("#rows"):
            marked = self.rows.marked
            self._fill(max(self._shown, self._first))
            self.rows.mark(marked)

    def _reload(self) -> None:
        if not self.query("#rows"):
            return  # the page is being repainted, with what was typed
        self._fill(self._first)
        self.rows.action_first()  # so that enter opens the result
        self.refresh_bindings()
        hint = self.hint()
        self.query_one("#hint", Static).update(Content(hint))
        self.query("#filter, #hint").set_class(bool(hint), "-hinted")
        self._show_detail()
        self._show_position()

    def _fill(self, limit: int) -> None:
        """Read the rows again; without any, say so in their place."""
        rows, empty = self.rows, self.query_one(EmptyList)
        in_list = self.focused is rows or (self.focused is not None and empty in self.focused.ancestors)
        rows.set_options(self._options(None, limit))
        self._give_bar(rows)
        self._empty(empty, is_empty=not rows.option_count)
        rows.display = rows.can_focus = bool(rows.option_count)
        if in_list:
            self.focus_rows()  # Textual would focus what comes next, such as the search

    def _give_bar(self, rows: OptionList) -> None:
        """Show a scroll bar at once if there are more rows: adding it later costs a layout."""
        rows.styles.overflow_y = "scroll" if self._next else "auto"

    def _options(self, after: str | None, limit: int = PAGE) -> list[Option]:
        options, self._next = self.options(after, limit)
        self._shown = (self._shown if after else 0) + sum(option.id is not None for option in options)
        return options

    @property
    def _first(self) -> int:
        """How many rows are read first: what fits on the screen, if the others don't have to be read to be counted."""
        return self.app.size.height if self.knows_total and not self.is_narrowed else PAGE

    def _more(self) -> list[Option]:
        """Read the next rows, if there are any. While the page is made again, they belong to the list in place of this one."""
        try:
            options = self._options(self._next) if self._next and not self.painting else []
        except ShoplinkError as error:
            self.app.report_once(error)
            return []
        self._show_position()
        return options

    def _row_marked(self, row: int | None) -> None:
        """Show the detail at once, so that it is painted with the row."""
        if row is not None:
            self._show_detail()
        self._show_position()

    def _show_position(self) -> None:
        self.query("#breadcrumb").refresh()

    def _show_detail(self) -> None:
        marked = self.rows.marked
        if marked == self._detailed:
            return
        self._detailed = marked
        for detail in self.query(Detail):
            try:
                detail.update(self._cards())
            except ShoplinkError as error:
                self.app.report_once(error)
