"""What it takes: the steps until an account is linked to this shop."""

from collections.abc import Iterable
from datetime import datetime

from textual import getters, on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.clock import in_words
from core.errors import ShoplinkError
from core.models import Role
from core.plan import Plan, Step
from core.plurals import count_of
from core.text import show
from tui.formats.plan import elsewhere, step_note, step_title, who
from tui.messages import OpenLinkWizard, OpenUnlink
from tui.place import Place
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.lines import Hanging, marked
from tui.widgets.moments import short
from tui.widgets.states import safe
from tui.widgets.suggest_field import SuggestField
from tui.widgets.verdicts import Verdicts

INDENT = Content("   ")
"""What stands before a line that has no number."""


class PlanPlace(Place):
    """The steps for one account, worked out as its username is typed."""

    key = "plan"
    AUTO_FOCUS = "#username"
    way = getters.query_one("#way", Vertical)

    def __init__(self, shop_id: str | None, role: Role, username: str = "") -> None:
        super().__init__(shop_id)
        self.role = role
        self.username = username

    def trail(self) -> list[str]:
        return ["Settings", "Linked TikTok Accounts", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        field = SuggestField(
            "username",
            f"Which account becomes the {'official account' if self.role == Role.OFFICIAL else 'marketing account'}?",
            value=self.username,
            help=f"{'Any TikTok account' if self.workspace.is_record else 'An account in this workspace'}. Nothing is saved.",
            placeholder="@username",
            suggest=self.known_usernames,
        )
        yield field
        yield Vertical(*self._way(), id="way")

    def _way(self) -> Iterable[Widget]:
        plan, mistake = self._plan()
        yield Card(self._title(plan), *self._steps(plan, mistake))
        if plan and (first := next(iter(plan.steps), None)) and self._can_open(first):
            begin = Button(f"Begin: {step_title(first)}", id="begin", variant="primary", action="screen.begin")
            yield Buttons(begin)

    @on(Input.Changed, "#username")
    async def typed(self, event: Input.Changed) -> None:
        if event.value != self.username:
            self.username = event.value
            await self._find_way()

    def follow(self) -> None:
        super().follow()
        self.call_next(self._find_way)

    async def _find_way(self) -> None:
        """Work out the steps again, under the field as it is."""
        if not self.app.is_there(self):
            return
        begins = self.focused is not None and self.focused.id == "begin"
        async with self.batch():
            await self.way.remove_children()
            await self.way.mount_all(self._way())  # unlike mount, it does nothing once the program is ending
        if begins:
            self.set_focus(next(iter(self.query("#begin")), self.focused))
        self.call_after_refresh(self.refresh_bindings)  # tab leads to another button now, or to none

    @on(Input.Submitted, "#username")
    def begin_next(self) -> None:
        for button in self.query("#begin"):
            button.focus()

    def action_begin(self) -> None:
        plan, _ = self._plan()
        step = plan.steps[0] if plan and plan.steps else None
        if step and step.act == "unlink" and step.link:
            self.post_message(OpenUnlink(self.shop_id, step.link))
        elif step:
            role = self.workspace.links.get(step.link).role if step.link else self.role
            key = "link_existing" if role == Role.OFFICIAL else "link_marketing"
            self.post_message(OpenLinkWizard(key, self.shop_id, username=step.username, link_id=step.link))

    def _can_open(self, step: Step) -> bool:
        """Return whether the first step is done on a screen of this shop."""
        return step.act != "verify" and (step.link is None or step.shop == self.shop_id)

    def _plan(self) -> tuple[Plan | None, str]:
        if not self.username.strip().removeprefix("@"):
            return None, ""
        try:
            return self.workspace.plans.make(self.username, self.the_shop().id, self.role), ""
        except ShoplinkError as error:
            return None, show(error.message)

    def _title(self, plan: Plan | None) -> str:
        if plan is None:
            return "What it takes"
        if plan.blocked_by:
            return "Can't be linked now"
        return f"What it takes: {count_of(len(plan.steps), 'step')}" if plan.steps else "Already linked"

    def _steps(self, plan: Plan | None, mistake: str) -> Iterable[Widget]:
        if plan is None:
            words = mistake or "The steps appear here: who does each one, when it becomes possible, and what it uses up."
            yield Static(Content.styled(words, "$muted"))
            return
        if plan.blocked_by:
            yield Verdicts(list(plan.blocked_by))
        if plan.steps and not self.workspace.accounts.known(self.username):
            unseen = self.workspace.accounts.not_found(self.username)
            words = f"{unseen.message} {unseen.remedy} The steps are those of an account whose facts are all unknown."
            yield Hanging(marked("!", show(words), "$warning"), classes="warning", id="unseen")
        if plan.steps:
            lines: list[tuple[Content, Content]] = []
            now = self.workspace.now()
            for number, step in enumerate(plan.steps, 1):
                lines += self._step(number, step, now, last=number == len(plan.steps))
            yield Hanging(*lines)
        elif not plan.blocked_by:
            yield Static(Content("Nothing to do: it is already linked in this role."))

    def _step(self, number: int, step: Step, now: datetime, *, last: bool) -> Iterable[tuple[Content, Content]]:
        """Build the lines of a step, each with what stands before it."""
        title = safe(step_title(step, last=last, elsewhere=elsewhere(self.workspace, step, self.the_shop().id)), "bold")
        yield Content.styled(f"{number}  ", "$accent bold"), title + Content.styled(f"   {who(step)}", "$muted")
        if step.not_before and step.not_before > now:
            moment = f"from {short(step.not_before, self.app.zone)}, in {in_words(step.not_before - now)}"
            yield INDENT, Content.styled(moment, "$warning")
        if step.uses:
            yield INDENT, Content.styled(f"uses {step.uses}", "$warning" if "unlink" in step.uses else "$muted")
        if note := step_note(step, last=last):
            yield INDENT, Content.styled(note, "$muted")
