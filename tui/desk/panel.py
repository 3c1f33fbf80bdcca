"""What the Desk offers, as cards and keys: TikTok's side of a shop, the clock, the scenario's start."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

import data
from core.errors import ShoplinkError
from core.models import Event, EventKind, Link, LinkState
from core.text import mask_contact
from tui.acts import Acts, act, named
from tui.commands import (
    ACCOUNT_ADDED,
    CLOCK_ANY,
    CLOCK_DAY,
    CLOCK_DUE,
    CLOCK_HOUR,
    HOLDER_ACCEPTS,
    HOLDER_DECLINES,
    LINK_ENDED,
    MEMBER_ACCEPTS,
    PRODUCT_ADDED,
    PRODUCT_DELETED,
    PRODUCT_SWITCHED,
    REGION,
    REINSTATE,
    REQUEST_WITHDRAWN,
    REVIEWER_APPROVES,
    REVIEWER_CLEARS,
    REVIEWER_REJECTS,
    SCENARIOS,
    START_OVER,
    SUSPEND,
    USERNAME,
    VERIFY,
    Command,
    bindings,
)
from tui.desk.act_list import ActList, ListedAct
from tui.dialogs.making import make_scenario
from tui.shell import Shell
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.field import Field
from tui.widgets.lines import Hanging
from tui.widgets.moments import full
from tui.widgets.page import Page
from tui.widgets.rows import Rows
from tui.widgets.states import link_state, safe

if TYPE_CHECKING:
    from core.scenario_file import ScenarioInfo

HOLDER = (HOLDER_ACCEPTS, HOLDER_DECLINES)
REVIEWER = (REVIEWER_APPROVES, REVIEWER_REJECTS, REVIEWER_CLEARS)
TIKTOK = (LINK_ENDED, REQUEST_WITHDRAWN)
ACCOUNT = (SUSPEND, REINSTATE, VERIFY, REGION, USERNAME, ACCOUNT_ADDED)
CLOCK = (CLOCK_HOUR, CLOCK_DAY, CLOCK_DUE, CLOCK_ANY)
SCENARIO = (START_OVER, SCENARIOS)
PRODUCTS = (PRODUCT_ADDED, PRODUCT_SWITCHED, PRODUCT_DELETED)
CHANGES = 3
"""Maximum history entries shown after an act."""
NO_ENTRY = ("advance", "start over")
"""How the words of acts begin that no shown entry repeats."""
NAMED_ALONE = ("suspend", "reinstate", "verify")
"""Acts that need no more than an account's username."""
ABOUT_AN_ACCOUNT = (*NAMED_ALONE, "region", "username")
"""Acts whose field begins with the account in question."""


class ActField(Field):
    """What an act needs to know. `act`: its name, as in a tour's file."""

    def __init__(self, act: str, value: str) -> None:
        texts = data.load("texts/desk.toml")["asked"][act]
        super().__init__("words", texts["label"], value=value, help=texts["help"])
        self.act = act


class DeskPanel(Screen[None]):
    """A screen with the Desk's acts on one shop. It repaints after each."""

    app = getters.app(Shell)
    BINDINGS = [
        *bindings(*HOLDER, *REVIEWER, *TIKTOK, MEMBER_ACCEPTS, *ACCOUNT, *PRODUCTS, *CLOCK, START_OVER),
        *(Binding(str(number), f"try({number})", show=False) for number in range(1, 10)),
        Binding("down", "scroll_line(1)", "Down", show=False),
        Binding("up", "scroll_line(-1)", "Up", show=False),
    ]

    def __init__(self, shop_id: str | None, place: str) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.place = place
        self.asking: str | None = None
        self.rejecting: str | None = None
        """The id of the request whose rejection is being asked about: another one may wait by the time of the answer."""
        self.news: list[str] = []
        self._last_event: Event | None = None
        """The newest event when the news was written: after another one, or in another workspace, it is news no more."""
        self.possible: dict[str, bool] = {}
        """Which actions are enabled, computed at each paint; unlisted ones are."""

    @property
    def acts(self) -> Acts:
        return Acts(self.app.workspace, self.shop_id)

    def show(self) -> None:
        """Repaint after an act."""
        raise NotImplementedError

    def news_card(self) -> Iterable[Widget]:
        """Show what the last act did, until something else happens."""
        if self.news and self._newest()[0] == self._last_event:
            more = ((Content.styled("· ", "$muted"), safe(line, "$muted", 200)) for line in self.news[1:])
            yield Card("Just now", Hanging((Content(), safe(self.news[0], "bold")), *more, id="news"))

    def asked(self) -> Iterable[Widget]:
        """Ask what the chosen act needs to know."""
        if self.asking == "reason" and not self.still_waits():
            self.asking = None
        elif self.asking == "reason":
            reasons = [Option(Content(reason["text"])) for reason in data.load("texts/desk.toml")["reasons"]]
            other = Option(Content("Type another reason…"), id="other")
            rows = Rows(*reasons, other, enter="Reject", enters={"other": "Type it"})
            yield Card("Why is it rejected?", rows, classes="-accent")
        elif self.asking == "restart":
            yield Static(Content.styled("Start over? You will lose everything you did so far.", "$warning"))
            keep = Button("Keep it", id="keep", variant="primary", action="screen.cancel")
            yield Buttons(keep, Button("Start over", id="restart", variant="error", action="screen.start_over"))
        elif self.asking:
            account = self.acts.account() if self.asking in ABOUT_AN_ACCOUNT else None
            value = f"@{account.username}" if account else ""
            more = " " if value and self.asking in {"region", "username"} else ""
            yield ActField(self.asking, value + more)

    def still_waits(self) -> bool:
        """Whether the request that is to be rejected still waits for the review."""
        link = self.acts.pending()
        return link is not None and link.id == self.rejecting and link.state == LinkState.IN_REVIEW

    def focus_asked(self) -> None:
        """Focus what is asked for, or what keeps everything. Another account takes the place of a suggested one."""
        for widget in self.query("Rows, Input, #keep"):
            widget.focus()
            if isinstance(widget, Input) and self.asking in NAMED_ALONE:
                widget.select_all()

    def tiktok_cards(self) -> Iterable[Widget]:
        """Show TikTok's side of the shop: what is waiting, the team, the accounts, the products."""
        link, invited, products = self.acts.pending(), self.acts.invited(), self.acts.products()
        linked = self.shop_id and self.app.workspace.links.find(shop=self.shop_id, state=LinkState.LINKED, limit=1)
        answers = self._answers(link) if link else ()
        self.possible = {
            **{command.action: command in answers for command in (*HOLDER, *REVIEWER, REQUEST_WITHDRAWN)},
            LINK_ENDED.action: bool(linked),
            MEMBER_ACCEPTS.action: bool(invited),
            PRODUCT_ADDED.action: self.shop_id is not None,
            PRODUCT_SWITCHED.action: bool(products),
            PRODUCT_DELETED.action: bool(products),
        }
        if link:
            who = Content("").join([safe(f"@{link.username}", "bold"), Content(f" ({link.role})\n"), link_state(link.state)])
            yield Card("Pending", Static(who), self._listed(*answers))
        else:
            here, nowhere = "Nothing is waiting for TikTok at this shop.", "Open a shop to see what waits there."
            yield Card("Pending", Static(Content.styled(here if self.shop_id else nowhere, "$muted")))
        if invited:
            yield Card("Team", Static(safe(f"{mask_contact(invited[0].contact)} is invited")), self._listed(MEMBER_ACCEPTS))
        yield Card("Accounts", self._listed(*ACCOUNT, *([LINK_ENDED] if linked else [])))
        if self.shop_id:
            yield Card("Products", self._listed(*PRODUCTS))

    def clock_cards(self) -> Iterable[Widget]:
        """Show the clock, and the scenario's start."""
        now = full(self.app.workspace.now(), self.app.zone)
        yield Card("Clock", Static(Content(now)), self._listed(*CLOCK))
        yield Card("Scenario", self._listed(*SCENARIO))

    def scenario_card(self) -> Iterable[Widget]:
        """Show the scenario's notes, with the acts that they mention."""
        info = self._info()
        if info is None:
            return
        lines = [safe(info.shows)]
        lines += [Content.assemble(("Show first: ", "$accent")) + safe(info.first)] if info.first else []
        lines += [safe(" ".join(info.notes.split()), "$muted")] if info.notes.strip() else []
        yield Card(safe(info.title), Static(Content("\n").join(lines)), *self._suggested(info))

    def _info(self) -> "ScenarioInfo | None":
        from core import scenarios

        try:
            return scenarios.info(str(self.app.workspace.scenario))
        except ShoplinkError:  # its file is gone
            return None

    def _suggested(self, info: "ScenarioInfo") -> Iterable[ActList]:
        def listed(number: int, words: str) -> ListedAct:
            return ListedAct(str(number), safe(words[0].upper() + words[1:]), f"screen.try({number})")

        if info.desk:
            yield ActList(*(listed(number, words) for number, words in enumerate(info.desk[:9], 1)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an act is possible. None is while a question is still to be painted: what is typed then was meant for it."""
        if self.asking and self.focused is None and action in {"act", "ask", "try"}:
            return False
        return self.possible.get(f"{action}('{parameters[0]}')" if parameters else action, True)

    def action_act(self, words: str) -> None:
        self.do(named(words), words)

    def action_try(self, number: int) -> None:
        info = self._info()
        if info and number <= len(info.desk):
            self.do(named(info.desk[number - 1]), info.desk[number - 1])

    def action_ask(self, what: str) -> None:
        self.asking = what
        if what == "reason" and (link := self.acts.pending()):
            self.rejecting = link.id
        self.show()

    def action_cancel(self) -> None:
        """Close the open question."""
        self.asking = None
        self.show()

    def action_scroll_line(self, step: int) -> None:
        for column in self.query(Page):
            column.scroll_relative(y=step, animate=False)

    def action_help(self) -> None:
        from tui.dialogs.guide import Help

        self.app.push_screen(Help("desk", list(self.active_bindings.values()), moving=[("↑ ↓ pgup pgdn", "Scroll")]))

    @on(OptionList.OptionSelected)
    def reject(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "other":
            self.action_ask("reject")
        else:
            self._reject(str(event.option.prompt))

    @on(Input.Submitted, "#words")
    def take_words(self, event: Input.Submitted) -> None:
        words = event.value
        for field in event.input.ancestors:
            if (
                isinstance(field, ActField) and (name := field.act) == self.asking
            ):  # else it was taken, or another question is asked
                if name == "reject":
                    self._reject(words, typing=True)
                else:
                    self.do(lambda acts: act(name)(acts, words), f"{name} {words}", typing=True)
                return

    def _reject(self, reason: str, *, typing: bool = False) -> None:
        """Reject the request that was asked about."""
        asked = Acts(self.app.workspace, self.shop_id, self.rejecting)
        self.do(lambda _: asked.reject(reason), f"reject {reason}", typing=typing)

    @work
    async def action_start_over(self) -> None:
        try:
            old = self.app.workspace
            fresh = await make_scenario(self.app, str(old.scenario), actor=old.actor, clock=old.clock)
        except ShoplinkError as error:
            self.app.report(error)
        else:
            if fresh:
                self.do(lambda acts: acts.start_over(fresh), "start over")

    def do(self, act: Callable[[Acts], str], words: str, *, typing: bool = False) -> None:
        """Run an act and show what changed; show an input error at its field. `words`: the act in a tour's file."""
        before = {event.id for event in self._newest()}
        try:
            done = act(self.acts)
        except ShoplinkError as error:
            message = self.app.error_message(error)
            if typing:
                self.query_one(Field).report(message)
                return
            self.news = [message]
        else:
            self.app.acted(words)
            happened = [event for event in self._newest() if event.id not in before and event.kind != EventKind.CLOCK_MOVED]
            summaries = [event.summary for event in reversed(happened)]
            self.news = summaries if summaries and not words.startswith(NO_ENTRY) else [done, *summaries]
        self._last_event = self._newest()[0]
        self.asking = None
        self.show()
        self.app.repaint()

    def _listed(self, *commands: Command) -> ActList:
        """List commands that a key or a click runs."""

        def listed(command: Command) -> ListedAct:
            action = command.action if command.action.startswith("app.") else f"screen.{command.action}"
            return ListedAct(self.app.key_of(command), Content(command.name), action)

        return ActList(*map(listed, commands))

    def _answers(self, link: Link) -> tuple[Command, ...]:
        waits = {LinkState.AWAITING_AUTHORIZATION: HOLDER, LinkState.IN_REVIEW: REVIEWER}.get(link.state, ())
        return (*waits, REQUEST_WITHDRAWN)

    def _newest(self) -> tuple[Event, ...]:
        """Return the newest events, the last one first. There is always one: the workspace's creation."""
        return self.app.workspace.history.page(limit=CHANGES).events
