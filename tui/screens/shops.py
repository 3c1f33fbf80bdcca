"""Shops: every shop with its links' state at a glance, and the switch from one to another."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core.shops import ShopSummary
from tui.commands import ADD, FILTER, bindings
from tui.screens.place import Place
from tui.widgets.rows import Rows
from tui.widgets.states import link_state, safe

PAGE = 100


class Shops(Place):
    """The list of shops; enter opens one."""

    key = "shops"
    BINDINGS = bindings(FILTER, ADD)
    AUTO_FOCUS = "#rows"

    def __init__(self) -> None:
        super().__init__()
        self.filter = ""
        self._shown = PAGE
        self._next: str | None = None

    def trail(self) -> list[str]:
        return ["Shops"]

    def page(self) -> Iterable[Widget]:
        entry = Input(value=self.filter, placeholder="Find by name, code or @username", id="filter", select_on_focus=False)
        entry.cursor_blink = False
        yield entry
        yield Rows(*self._options(None, self._shown))
        empty = Static(self._nothing(), id="empty")
        empty.display = not self.workspace.shops.page(query=self.filter, limit=1).shops
        yield empty

    def on_input_changed(self, event: Input.Changed) -> None:
        typed = event.value.removeprefix("@")
        if typed == self.filter:
            return
        self.filter, self._shown = typed, PAGE
        rows = self.query_one("#rows", OptionList)
        rows.set_options(self._options(None))
        rows.action_first()  # so that enter opens what was found
        self.refresh_bindings()
        empty = self.query_one("#empty", Static)
        empty.update(self._nothing())
        empty.display = not rows.option_count

    def on_input_submitted(self) -> None:
        self.query_one("#rows").focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self._next and event.option_index >= event.option_list.option_count - 10:
            event.option_list.add_options(self._options(self._next))
            self._shown = event.option_list.option_count

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.app.open_shop(self.workspace.shops.get(event.option_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self.filter) or isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        self.query_one("#filter").focus()

    def action_add(self) -> None:
        from tui.screens.add_shop import AddShop

        self.app.push_screen(AddShop())

    def action_back(self) -> None:
        if self.query_one("#filter").has_focus:
            self.query_one("#rows").focus()
        elif self.filter:
            self.query_one("#filter", Input).value = ""

    def _nothing(self) -> Content:
        return Content.styled("No shop holds that." if self.filter else "No shop is here yet. Press a to add one.", "$muted")

    def _options(self, after: str | None, limit: int = PAGE) -> list[Option]:
        page = self.workspace.shops.page(query=self.filter, limit=limit, after=after)
        self._next = page.next
        return [Option(self._row(summary), id=summary.shop.id) for summary in page.shops]

    def _row(self, summary: ShopSummary) -> Content:
        shop = summary.shop
        name = safe(shop.name, "bold").truncate(21, ellipsis=True)
        due = Content.styled(f"  ◔ {summary.due} due", "$warning") if summary.due else Content("")
        return Content("").join(
            [
                name.extend_right(23 - name.cell_length),
                Content.styled(f"{shop.region:<4}{shop.code:<12}", "$muted"),
                link_state(summary.official),
                Content.styled(f"  {summary.marketing} marketing", "$muted") if summary.marketing else Content(""),
                due,
            ]
        )
