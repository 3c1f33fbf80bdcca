"""The Desk, over any place: the holder and the reviewer of what is pending, the clock, and the scenario's start."""

from collections.abc import Callable, Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

import data
from core.errors import ShoplinkError
from core.models import Link, LinkState
from core.text import mask_contact
from tui.commands import (
    CLOCK_ANY,
    CLOCK_DAY,
    CLOCK_DUE,
    CLOCK_HOUR,
    HOLDER_ACCEPTS,
    HOLDER_DECLINES,
    MEMBER_ACCEPTS,
    PRODUCT_ADDED,
    PRODUCT_DELETED,
    PRODUCT_SWITCHED,
    REVIEWER_APPROVES,
    REVIEWER_REJECTS,
    SCENARIOS,
    START_OVER,
    Command,
    bindings,
)
from tui.desk.acts import Acts, named
from tui.typed import InShoplink
from tui.widgets.card import Card
from tui.widgets.dialog import Dialog
from tui.widgets.field import Field
from tui.widgets.moments import full
from tui.widgets.rows import Rows
from tui.widgets.states import link_state, safe

HOLDER = (HOLDER_ACCEPTS, HOLDER_DECLINES)
REVIEWER = (REVIEWER_APPROVES, REVIEWER_REJECTS)
CLOCK = (CLOCK_HOUR, CLOCK_DAY, CLOCK_DUE, CLOCK_ANY)
SCENARIO = (START_OVER, SCENARIOS)
PRODUCTS = (PRODUCT_ADDED, PRODUCT_SWITCHED, PRODUCT_DELETED)
CHANGES = 3
"""How many entries of the history an act is told by at most."""


class Desk(InShoplink, Dialog[None]):  # type: ignore[misc]  # narrows Textual's app
    """Stands beside the place it was opened over, which repaints at once after every act."""

    BINDINGS = [
        Binding("escape,d,f8", "dismiss", "Close the Desk"),
        *bindings(*HOLDER, *REVIEWER, MEMBER_ACCEPTS, *PRODUCTS, *CLOCK, START_OVER),
    ]
    AUTO_FOCUS = ""

    def __init__(self, shop_id: str | None, place: str) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.place = place
        self.asking: str | None = None
        self.said: list[str] = []

    @property
    def acts(self) -> Acts:
        return Acts(self.app.workspace, self.shop_id)

    def compose(self) -> ComposeResult:
        try:
            parts = list(self._parts())
        except ShoplinkError as error:
            self.app.cannot_show(self, error)
            parts = []
        with VerticalScroll(id="desk", can_focus=False) as desk:
            desk.border_title = Content("Desk: you play TikTok")
            desk.border_subtitle = Content("esc closes")
            yield from parts

    def _parts(self) -> Iterable[Widget]:
        if self.said:
            lines = [safe(self.said[0], "bold"), *(safe(f"· {line}", "$muted", 200) for line in self.said[1:])]
            yield Card("Just now", Static(Content("\n").join(lines), id="said"))
        link = self.acts.pending()
        if self.asking:
            yield from getattr(self, f"_asked_{self.asking}")()
        if link:
            who = Content("").join([safe(f"@{link.account}", "bold"), Content(f" ({link.role})\n"), link_state(link.state)])
            yield Card("Pending", Static(who), *map(self._key, self._commands(link)))
        else:
            yield Card("Pending", Static(Content.styled("Nothing waits for TikTok at this shop.", "$muted")))
        if invited := self.acts.invited():
            yield Card("Team", Static(safe(f"{mask_contact(invited[0].contact)} is invited")), self._key(MEMBER_ACCEPTS))
        now = full(self.app.workspace.now(), self.app.zone)
        yield Card("Clock", Static(Content(now)), *map(self._key, CLOCK))
        if self.shop_id:
            yield Card("Products", *map(self._key, PRODUCTS))
        yield Card("Scenario", *map(self._key, SCENARIO))
        notes = data.load("texts/places.toml")[self.place]["notes"]
        if notes:
            yield Card("For the presenter", Static(Content.styled(self.app.suggested(notes), "$muted")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        asked = parameters[0] if parameters else None
        if asked in {"accept", "decline", "approve", "reason"}:
            link = self.acts.pending()
            return link is not None and any(command.action == f"{action}('{asked}')" for command in self._commands(link))
        if asked == "member accepts":
            return bool(self.acts.invited())
        if asked in {"switch product", "delete product"}:
            return bool(self.acts.products())
        return self.shop_id is not None if asked == "add product" else True

    async def action_dismiss(self, result: None = None) -> None:
        if self.asking:
            self.asking = None
            self._show()
        else:
            self.dismiss()

    def action_act(self, words: str) -> None:
        self._do(named(words))

    def action_ask(self, what: str) -> None:
        self.asking = what
        self._show()

    def _asked_reason(self) -> Iterable[Widget]:
        """A reason from the list; the last row is for one that is typed."""
        reasons = [Option(Content(reason["text"])) for reason in data.load("texts/desk.toml")["reasons"]]
        yield Card("Why is it rejected?", Rows(*reasons, Option(Content("Type another reason…"), id="other")), classes="-accent")

    def _asked_other(self) -> Iterable[Widget]:
        yield Field("reason", "Why is it rejected?", help="enter rejects, esc does not")

    def _asked_span(self) -> Iterable[Widget]:
        yield Field("span", "Move the clock by", help="90m, 24h, 2d or 1h30m; enter moves it")

    def _asked_restart(self) -> Iterable[Widget]:
        yield Static(Content.styled("Start over? All that was done since is gone.", "$warning"))
        yield Button("Yes, start over", id="restart", variant="error")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "other":
            self.action_ask("other")
        else:
            reason = str(event.option.prompt)
            self._do(lambda acts: acts.reject(reason))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        typed = event.value
        if event.input.id == "span":
            self._do(lambda acts: acts.advance(typed), typing=True)
        else:
            self._do(lambda acts: acts.reject(typed), typing=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "restart":
            self._do(Acts.start_over)
        else:
            self.run_worker(self.run_action(str(event.button.name)))

    def _key(self, command: Command) -> Button:
        label = Content.assemble((f"{command.key}  ", "$accent bold"), command.name)
        return Button(label, name=command.action)

    def _commands(self, link: Link) -> tuple[Command, ...]:
        return {LinkState.AWAITING_AUTHORIZATION: HOLDER, LinkState.IN_REVIEW: REVIEWER}.get(link.state, ())

    def _do(self, act: Callable[[Acts], str], *, typing: bool = False) -> None:
        """Act, and tell what changed. A mistake in what was typed is told beside it, and what was typed stays."""
        before = self._newest()
        try:
            done = act(self.acts)
        except ShoplinkError as error:
            told = self.app.told(error)
            if typing:
                self.query_one(Field).tell(told)
                return
            self.said = [told]
        else:
            self.said = [done, *(summary for id, summary in reversed(self._newest().items()) if id not in before)]
        self.asking = None
        self.app.repaint()
        self._show()

    def _newest(self) -> dict[str, str]:
        """The newest entries of the history, the clock's own moves left out: the Desk says those itself."""
        page = self.app.workspace.history.page(limit=CHANGES)
        return {event.id: event.summary for event in page.events if event.kind != "clock.moved"}

    def _show(self) -> None:
        async def again() -> None:
            if not self.is_current:
                return  # what it stood over is gone, and it with that
            await self.recompose()
            self.refresh_bindings()
            for widget in self.query("Rows, Input, #restart"):
                widget.focus()

        self.call_next(again)
