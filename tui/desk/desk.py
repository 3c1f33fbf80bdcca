"""The Desk panel, over any screen: play TikTok's side and move the clock."""

from collections.abc import Callable, Iterable

from textual import getters, on
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
from tui import place_texts
from tui.acts import Acts, named
from tui.commands import (
    CLOCK_ANY,
    CLOCK_DAY,
    CLOCK_DUE,
    CLOCK_HOUR,
    HELP,
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
from tui.dialogs.dialog import Dialog
from tui.shell import Shell
from tui.widgets.card import Card
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
"""Maximum history entries shown after an act."""


class Desk(Dialog[None]):
    """The panel next to a screen, which repaints after every act."""

    app = getters.app(Shell)
    BINDINGS = [
        Binding("escape,d,f8", "dismiss", "Close the Desk"),
        *bindings(*HOLDER, *REVIEWER, MEMBER_ACCEPTS, *PRODUCTS, *CLOCK, START_OVER, HELP),
    ]
    AUTO_FOCUS = ""

    def __init__(self, shop_id: str | None, place: str) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.place = place
        self.asking: str | None = None
        self.news: list[str] = []
        self.possible: dict[str, bool] = {}
        """Which actions are enabled, computed at each paint; unlisted ones are."""

    @property
    def acts(self) -> Acts:
        return Acts(self.app.workspace, self.shop_id)

    def compose(self) -> ComposeResult:
        try:
            parts = list(self._parts())
        except ShoplinkError as error:
            self.app.show_error(self, error)
            parts = []
        with VerticalScroll(id="desk", can_focus=False) as desk:
            desk.border_title = Content("Desk: you play TikTok")
            desk.border_subtitle = Content("esc closes")
            yield from parts

    def _parts(self) -> Iterable[Widget]:
        if self.news:
            lines = [safe(self.news[0], "bold"), *(safe(f"· {line}", "$muted", 200) for line in self.news[1:])]
            yield Card("Just now", Static(Content("\n").join(lines), id="news"))
        link, invited, products = self.acts.pending(), self.acts.invited(), self.acts.products()
        answers = self._commands(link) if link else ()
        self.possible = {
            **{command.action: command in answers for command in (*HOLDER, *REVIEWER)},
            MEMBER_ACCEPTS.action: bool(invited),
            PRODUCT_ADDED.action: self.shop_id is not None,
            PRODUCT_SWITCHED.action: bool(products),
            PRODUCT_DELETED.action: bool(products),
        }
        if self.asking:
            yield from getattr(self, f"_asked_{self.asking}")()
        if link:
            who = Content("").join([safe(f"@{link.username}", "bold"), Content(f" ({link.role})\n"), link_state(link.state)])
            yield Card("Pending", Static(who), *map(self._button, answers))
        else:
            yield Card("Pending", Static(Content.styled("Nothing waits for TikTok at this shop.", "$muted")))
        if invited:
            yield Card("Team", Static(safe(f"{mask_contact(invited[0].contact)} is invited")), self._button(MEMBER_ACCEPTS))
        now = full(self.app.workspace.now(), self.app.zone)
        yield Card("Clock", Static(Content(now)), *map(self._button, CLOCK))
        if self.shop_id:
            yield Card("Products", *map(self._button, PRODUCTS))
        yield Card("Scenario", *map(self._button, SCENARIO))
        notes = place_texts.texts(self.place)["notes"]
        if notes:
            yield Card("For the presenter", Static(Content.styled(self.app.hint(notes), "$muted")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.possible.get(f"{action}('{parameters[0]}')" if parameters else action, True)

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

    def action_help(self) -> None:
        from tui.dialogs.guide import Help

        self.app.push_screen(Help("desk", list(self.active_bindings.values())))

    def _asked_reason(self) -> Iterable[Widget]:
        """List reasons for a rejection; the last row lets the person type one."""
        reasons = [Option(Content(reason["text"])) for reason in data.load("texts/desk.toml")["reasons"]]
        yield Card("Why is it rejected?", Rows(*reasons, Option(Content("Type another reason…"), id="other")), classes="-accent")

    def _asked_other(self) -> Iterable[Widget]:
        yield Field("reason", "Why is it rejected?", help="enter rejects, esc does not")

    def _asked_span(self) -> Iterable[Widget]:
        yield Field("span", "Move the clock by", help="90m, 24h, 2d or 1h30m; enter moves it")

    def _asked_restart(self) -> Iterable[Widget]:
        yield Static(Content.styled("Start over? All that was done since is gone.", "$warning"))
        yield Button("Yes, start over", id="restart", variant="error", action="screen.start_over")

    @on(OptionList.OptionSelected)
    def reject(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "other":
            self.action_ask("other")
        else:
            reason = str(event.option.prompt)
            self._do(lambda acts: acts.reject(reason))

    @on(Input.Submitted, "#span")
    def advance(self, event: Input.Submitted) -> None:
        typed = event.value
        self._do(lambda acts: acts.advance(typed), typing=True)

    @on(Input.Submitted, "#reason")
    def reject_typed(self, event: Input.Submitted) -> None:
        typed = event.value
        self._do(lambda acts: acts.reject(typed), typing=True)

    def action_start_over(self) -> None:
        self._do(Acts.start_over)

    def _button(self, command: Command) -> Button:
        label = Content.assemble((f"{command.key}  ", "$accent bold"), command.name)
        return Button(label, action=command.action if command.action.startswith("app.") else f"screen.{command.action}")

    def _commands(self, link: Link) -> tuple[Command, ...]:
        return {LinkState.AWAITING_AUTHORIZATION: HOLDER, LinkState.IN_REVIEW: REVIEWER}.get(link.state, ())

    def _do(self, act: Callable[[Acts], str], *, typing: bool = False) -> None:
        """Run an act and show what changed; show an input error at its field."""
        before = self._newest()
        try:
            done = act(self.acts)
        except ShoplinkError as error:
            message = self.app.error_message(error)
            if typing:
                self.query_one(Field).report(message)
                return
            self.news = [message]
        else:
            self.news = [done, *(summary for id, summary in reversed(self._newest().items()) if id not in before)]
        self.asking = None
        self.app.repaint()
        self._show()

    def _newest(self) -> dict[str, str]:
        """Return the newest history entries by id, without clock moves."""
        page = self.app.workspace.history.page(limit=CHANGES)
        return {event.id: event.summary for event in page.events if event.kind != "clock.moved"}

    def _show(self) -> None:
        async def repaint() -> None:
            if not self.is_current:
                return  # closed together with the screen below
            await self.recompose()
            self.refresh_bindings()
            for widget in self.query("Rows, Input, #restart"):
                widget.focus()

        self.call_next(repaint)
