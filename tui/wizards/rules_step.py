"""The Rules step: what a link changes, or what stops it and what to do about that."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from textual import getters, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.clock import in_words
from core.errors import InvalidInput
from core.links import Check
from core.models import Role
from core.plurals import count_of
from core.text import bare_username
from core.verdict import Notice, Outcome, Verdict
from tui import step_texts
from tui.breakpoints import TALL
from tui.link_steps import todo
from tui.messages import OpenAccountFacts, OpenPlan, OpenUnlink
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.fact_fields import ENTITY, fact_fields, missing, read_facts
from tui.widgets.form import Form
from tui.widgets.lines import Hanging, marked
from tui.widgets.states import safe
from tui.widgets.verdicts import Passing, Verdicts, notice_cards, spelling
from tui.wizards.remedies import remedies
from tui.wizards.wizard import Wizard

KNOWN_OR_CONFIRMED = "Enter what you know, or confirm the facts yourself. shoplink notes who confirmed."
RULES = 1
"""The number of this step."""
NONE_ENTERED = "Enter at least one fact, or confirm the facts yourself."
CONFIRM_IT = "You can confirm these facts yourself. shoplink notes who confirmed."


class RulesStep(Wizard):
    """A wizard that asks the rules about its account before requesting anything."""

    form = getters.query_one(Form)
    role = Role.OFFICIAL
    steps_at_once: tuple[str, ...] = ()
    """The steps for an account that is linked at once."""

    def __init__(self, shop_id: str | None) -> None:
        super().__init__(shop_id)
        self.unknown: tuple[str, ...] = ()
        """Rules with facts shown as unknown, which the person can confirm."""
        self.at_once = False
        """Whether the shown account is linked at once, as the seller's own organization account."""
        self.unentered: list[str] = []
        """The fields of the facts that can be entered here."""
        self.facts: dict[str, str] = {}
        """The facts being entered for a record."""
        self.later: list[Verdict] = []
        """The notices that are read after the missing facts: what cannot be undone comes before them."""

    def is_begun(self) -> bool:
        return super().is_begun() or (self.step < self.first_step_of_record() and any(self.facts.values()))

    @property
    def request_step(self) -> str:
        """The step that a record writes down here: a link, a request or an invitation."""
        return "at_once" if self.at_once else "request" if self.role == Role.OFFICIAL else "invite"

    @property
    def username(self) -> str:
        """The username that the typed account has now."""
        account = self.workspace.accounts.known(self.typed["username"])
        return account.username if account else bare_username(self.typed["username"])

    def set_at_once(self, at_once: bool) -> None:
        """Take the steps of an account that is linked at once, or the usual ones."""
        self.at_once = at_once
        self.steps = self.steps_at_once if at_once else type(self).steps

    def checked(self) -> Check:
        """Ask every rule about the typed account. Raises ShoplinkError."""
        return self.workspace.links.check(self.typed["username"], self.the_shop().id, self.role)

    def rules(self) -> Iterable[Widget]:
        """Build the step."""
        check, record = self.checked(), self.workspace.is_record
        self.set_at_once(check.at_once)
        stopping = [verdict for verdict in check.verdicts if verdict.stops]
        unknown = bool(stopping) and all(verdict.outcome == Outcome.UNKNOWN for verdict in stopping)
        self.stopped = bool(stopping) and not unknown
        self.unknown = tuple(verdict.rule for verdict in stopping) if unknown else ()
        needed = {fact for rule in self.unknown for fact in self.workspace.policy.rules[rule].facts}
        self.unentered = missing(check.account, needed) if record else []
        noticed = [] if self.stopped else [verdict for verdict in check.verdicts if verdict.outcome == Outcome.NOTICE]
        notices = [verdict for verdict in noticed if verdict.rule != "link.agreement"]
        self.later = [verdict for verdict in notices if unknown and verdict.notice != Notice.IRREVERSIBLE]
        yield from spelling(check)
        yield from notice_cards(verdict for verdict in notices if verdict not in self.later)
        if unexplained := [verdict for verdict in stopping if not self._is_entered_here(verdict)]:
            yield self._stopping(check, unexplained, unknown=unknown)
        if not self.unentered:
            yield from self._later_below()
        at_tiktok = self._at_tiktok(check)
        if record and not stopping:
            yield at_tiktok
        yield Passing([verdict for verdict in check.verdicts if verdict.outcome == Outcome.PASS], id="passing")
        if self.unentered:
            facts = count_of(len({*self.unentered} - {"country"}), "fact is", "facts are")  # a country goes with its number
            yield Hanging(marked("!", f"{facts} missing. {KNOWN_OR_CONFIRMED}", "$warning"), classes="warning", id="missing")
        yield from self.buttons_after_check(stopping=stopping, unknown=unknown)
        if record and unknown:
            yield at_tiktok

    def _later_below(self) -> list[Card]:
        """Build the cards of the later notices, where they are not at the right."""
        return [] if self.is_wide else notice_cards(self.later)

    def later_beside(self) -> list[Card]:
        """Build the cards of the later notices at the right of the step."""
        return notice_cards(self.later) if self.step == RULES else []

    def _at_tiktok(self, check: Check) -> Widget:
        """Build what to do at TikTok before recording it: a card, or just its text if there is no room."""
        step = "at_once" if check.at_once else f"request_{self.role}"
        if self.app.size.height >= TALL and not self.unentered:
            return todo(step, self.role, check.account.username)
        words = step_texts.texts().todo[step].text.format(username=check.account.username)
        return Static(Content.styled("In TikTok first: ", "bold") + safe(words), classes="warning", id="todo")

    def _stopping(self, check: Check, stopping: list[Verdict], *, unknown: bool) -> Card:
        """Build the card of what stops: the rule, why, what to do; a clock if only a wait is needed."""
        title = "Missing facts" if unknown else f"@{check.account.username} can't be linked now"
        now = self.workspace.now()
        clock: list[Widget] = []
        if check.until and check.until > now:
            said = any(f"possible in {in_words(check.until - now)}." in verdict.reason.lower() for verdict in stopping)
            words = "Possible from" if said else "Possible in"
            clock = [Countdown(words, now, check.until, bar=False, left=not said, over="Possible now")]
        # What to do about an unknown fact is said at the buttons that do it.
        shown = [replace(verdict, remedy="") if verdict.outcome == Outcome.UNKNOWN else verdict for verdict in stopping]
        return Card(title, Verdicts(shown), *clock, id="stopping", classes="-warning" if unknown else "-stop")

    def _is_entered_here(self, verdict: Verdict) -> bool:
        """Whether the form below asks for what this rule needs to know."""
        names = {"entity" if name in ENTITY else name for name in self.unentered}
        return bool(names & set(self.workspace.policy.rules[verdict.rule].facts))

    @work
    async def action_save_facts(self) -> None:
        """Save the entered facts, with which the rules are asked again."""
        if any(text.strip() for text in self.facts.values()):
            await self.save_facts()
        else:
            self.form.show(InvalidInput(self.unentered[0], "is empty", message=NONE_ENTERED))

    async def save_facts(self) -> bool:
        """Save the facts that were typed, if any. False: there are mistakes, or the person canceled."""
        if not self.unentered:
            return True
        if facts := read_facts(self.form, None):
            state, username = self.workspace.accounts.state, self.username
            act = partial(state, username, **facts)
            if not await self.record(f"facts of @{username}", act, self.show_at_form):
                return False
            self.facts = {}
        return facts is not None

    def action_plan(self) -> None:
        self.post_message(OpenPlan(self.shop_id, self.role, self.typed["username"]))

    def action_correct_account(self) -> None:
        if known := self.workspace.accounts.known(self.typed["username"]):
            self.post_message(OpenAccountFacts(self.shop_id, known.id))

    def action_unlink_official(self) -> None:
        if official := self.workspace.shops.status(self.the_shop().id).official:
            self.post_message(OpenUnlink(self.shop_id, official.id))

    def buttons_after_check(self, *, stopping: list[Verdict], unknown: bool) -> Iterable[Widget]:
        """Build the buttons: to continue, or to do something about what stops."""
        record = self.workspace.is_record
        goes_on = "record…" if record else "link" if self.at_once else "continue"
        confirm = Button(f"Confirm and {goes_on}", id="confirm", action="screen.confirm")
        if unknown and self.unentered:
            fields = fact_fields(self.unentered, self.workspace.policy.markets, says_optional=False)
            save = Button("Save the facts", id="save", variant="primary", action="screen.save_facts")
            buttons = [save, confirm, Button("Back", id="back", action="screen.back")]
            yield Form(*fields, *self._later_below(), typed=self.facts, submit="screen.save_facts", buttons=buttons)
        elif unknown:
            yield Static(Content.styled(CONFIRM_IT, "$muted"), classes="heading-text")
            yield Buttons(Button("Back", id="back", variant="primary", action="screen.back"), confirm)
        elif stopping:
            known = self.workspace.accounts.known(self.typed["username"]) is not None
            status = self.workspace.shops.status(self.the_shop().id)
            rules = [verdict.rule for verdict in stopping]
            found = remedies(rules, status.official, self.role, record=record)
            useless = {*([] if known else ["facts"]), *([] if status.unlinks_left_at_most else ["unlink"])}
            usable = [button for button in found if button.id not in useless]
            another = Button("Another account", id="back", variant="primary", action="screen.back")
            anyway = [Button("TikTok did this anyway…", id="anyway", action="screen.request")] if record else []
            way = [Button("What it takes", id="plan", action="screen.plan")] if known else []
            yield Buttons(another, *anyway, *usable, *way)
        else:
            step = step_texts.texts().record[self.request_step]
            words = step.button if record else "Link" if self.at_once else "Continue"
            go_on = Button(words, id="continue", action="screen.request", variant="primary")
            yield Buttons(go_on, Button("Back", id="back", action="screen.back"))
