"""Marketing Accounts: a shop's slots, each empty, pending or linked."""

from collections.abc import Iterable

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Link, Probation
from tui.breakpoints import ROOM
from tui.commands import ALREADY_LINKED, LINK_MARKETING, UNLINK, bindings
from tui.link_steps import TIKTOK_ENDS, is_late
from tui.messages import OpenAccount, OpenLinkWizard, OpenUnlink
from tui.screens.linked_accounts.tabs import LinkedAccounts, can_unlink
from tui.widgets.buttons import Buttons
from tui.widgets.choice import Choice
from tui.widgets.moments import past, short, since, time_left
from tui.widgets.states import IN_PROBATION, link_state, safe


class MarketingAccounts(LinkedAccounts):
    """The shop's marketing account slots; keys act on the focused one."""

    key = "linked_accounts.marketing"
    tab = "marketing"
    rule_groups = ("marketing", "link", "account")
    BINDINGS = bindings(LINK_MARKETING, UNLINK, *TIKTOK_ENDS, ALREADY_LINKED)

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.links: dict[str, Link] = {}
        """The painted links, by the ids of their cards."""

    def page(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        yield self.tabs(status)
        if self.workspace.shops.probation(status.shop) == Probation.ACTIVE:
            until = status.shop.probation_until
            words = f"◔ Probation until {short(until, self.app.zone)}" if until else "◔ In the probation period"
            yield Static(Content.styled(words, "$warning"), classes="warning")
            yield Static(Content.styled(IN_PROBATION, "$muted"), classes="warning")
        self.links = {f"place-{link.id}": link for link in status.marketing}
        slots = self.workspace.shops.answer(self.the_shop().id, "marketing.limit", "request")
        self.possible = {"link_marketing": not slots.stops, "already_linked": self.workspace.is_record}
        if slots.stops:
            linked, all = status.marketing_linked, len(status.marketing)
            taken = slots.reason if linked == all else f"{slots.reason.rstrip('.')}: {linked} linked, {all - linked} invited."
            yield Static(safe(f"{taken} Unlink one or cancel an invitation first.", "$muted"), classes="heading-text")
        for id, link in self.links.items():
            yield Choice(*self._words(link), id=id)
        for slot in range(len(self.links) + 1, status.marketing_limit + 1):
            yield Choice(f"Slot {slot}", "○ empty: link an account by its username", id=f"place-{slot}")
        if self.workspace.is_record:
            already = Button("Record one that is already linked…", id="already", action="screen.already_linked")
            yield Buttons(already)

    @property
    def first_id(self) -> str | None:
        """None: no slot comes first, so a repaint keeps the focused one."""
        return None

    async def recompose(self) -> None:
        """Focus an empty slot if the focused one is gone: the keys would act on another account."""
        before = self.focused
        await super().recompose()
        if isinstance(before, Choice) and not self.query(f"#{before.id}"):
            self.set_focus(next((slot for slot in self.query(Choice) if slot.id not in self.links), None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return can_unlink(self.step_link()) if action == "unlink" else super().check_action(action, parameters)

    @on(events.DescendantFocus)
    def show_keys(self) -> None:
        self.refresh_bindings()

    @on(Choice.Chosen)
    def open_slot(self, event: Choice.Chosen) -> None:
        link = self._link_at(event.choice)
        if link is None:
            self.action_link_marketing()
        elif link.is_open:
            self.post_message(OpenLinkWizard("link_marketing", self.shop_id, link_id=link.id))
        else:
            self.post_message(OpenAccount(self.shop_id, link.account))

    def action_link_marketing(self) -> None:
        self.post_message(OpenLinkWizard("link_marketing", self.shop_id))

    def action_unlink(self) -> None:
        if link := self.step_link():
            self.post_message(OpenUnlink(self.shop_id, link.id))

    def link_here(self) -> Link | None:
        return self.step_link() or super().link_here()

    def step_link(self) -> Link | None:
        return self._link_at(self.focused) if isinstance(self.focused, Choice) else None

    def _link_at(self, choice: Choice) -> Link | None:
        return self.links.get(choice.id or "")

    def _words(self, link: Link) -> tuple[Content, Content]:
        account = self.workspace.links.account(link)
        name = Content(f"@{account.username}")
        if account.nickname:
            name += Content("   ") + safe(account.nickname, "not bold $muted")
        late = self.workspace.is_record and is_late(link, self.workspace.now())
        if late and link.authorize_by:
            expired = past(link.authorize_by, self.workspace.now(), self.app.zone)
            when = f"  should have expired {expired}: record what happened\n"
        elif link.is_open and link.authorize_by:
            words = f"until {short(link.authorize_by, self.app.zone)} ({time_left(link.authorize_by, self.workspace.now())})"
            fits = link_state(link.state).cell_length + len(f"  {words}") <= self.room
            when = f"  {words}\n" if fits else f"\n{words}\n"
        else:
            between = "  " if self.room >= ROOM else "\n"  # how often is on a line of its own, where both have no room
            when = f"  since {since(link.linked_at, self.workspace.now(), self.app.zone)}{between}" if link.linked_at else between
        frequency = self.workspace.links.frequency(link)
        often = safe(frequency.reason, "$warning" if frequency.stops else "$muted")
        lines = [link_state(link.state) + Content.styled(when, "$warning" if late else "$muted") + often]
        return name, Content("\n").join([*lines, *(head + words for head, words in self.kept_with(link))])
