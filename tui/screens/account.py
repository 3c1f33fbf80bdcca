"""Account details: facts, links, and the roles it can have at this shop."""

from collections.abc import Iterable

from textual import work
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.links import Check
from core.models import Account, AccountKind, LinkState, Role
from core.text import bare_username, mask_email, mask_phone
from core.verdict import Outcome
from core.words import ROLES, entity_words, label, named
from tui.commands import EDIT_FACTS, USERNAME_CHANGED, bindings
from tui.messages import OpenAccountFacts, OpenPlan
from tui.place import Place
from tui.widgets.avatar import Avatar
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.moments import past
from tui.widgets.states import OUTCOMES, link_state, safe
from tui.widgets.verdicts import Verdicts, spelling

UNKNOWN = Content.styled("not entered", "$warning")


class AccountDetail(Place):
    """One account of the workspace."""

    key = "account"
    BINDINGS = bindings(EDIT_FACTS, USERNAME_CHANGED)
    AUTO_FOCUS = ""  # people read the page from its top; the verdicts are further down

    def __init__(self, shop_id: str | None, account_id: str) -> None:
        super().__init__(shop_id)
        self.account_id = account_id

    @property
    def account(self) -> Account:
        """Return the account as it is now."""
        return self.workspace.accounts.by_id(self.account_id)

    def check_subject(self) -> None:
        super().check_subject()
        self.workspace.accounts.by_id(self.account_id)

    def trail(self) -> list[str]:
        return ["Accounts", f"@{self.account.username}"]

    def page(self) -> Iterable[Widget]:
        account = self.account
        head = safe(account.nickname or account.username, "bold") + Content("\n") + safe(f"@{account.username}", "$muted")
        yield Card("Account", Horizontal(Avatar(account.username, account.nickname), Static(head)), Facts(self._facts(account)))
        yield Buttons(*self._buttons(account))
        yield from self._links(account)
        if not self.is_wide:
            yield from self._roles()

    def side(self) -> Iterable[Widget]:
        if self.is_wide:
            yield from self._roles()

    def _facts(self, account: Account) -> list[tuple[str, Content]]:
        confirmed = self.workspace.accounts.confirmed(account)
        trial_end, now = self.workspace.accounts.trial_end(account), self.workspace.now()
        further = {
            "entity": entity_words(account.entity) if account.entity else "",
            "converted_at": past(account.converted_at, now, self.app.zone) if account.converted_at else "",
            "trial_ends": past(trial_end, now, self.app.zone) if trial_end and trial_end > now else "",
            "former": ", ".join(f"@{name}" for name in account.former),
            "confirmed": named(confirmed),
        }
        return [
            (label("kind"), _word(account.kind)),
            ("Region", _word(account.region)),
            (label("identity_verified"), _word(account.identity_verified)),
            ("Standing", _word(account.standing)),
            (label("holder_is_adult"), _word(account.holder_is_adult)),
            ("Phone", safe(mask_phone(account.phone)) if account.phone else UNKNOWN),
            ("Email", safe(mask_email(account.email)) if account.email else UNKNOWN),
            *[(label(name), safe(found)) for name, found in further.items() if found],
        ]

    def _roles(self) -> Iterable[Widget]:
        """Build the cards of what the account can be here, each with a button to what it takes."""
        for check, card in role_cards(self, self.account):
            if check and check.role == Role.OFFICIAL:
                yield from spelling(check)
            yield card
            if check and check.outcome in {Outcome.BLOCKED, Outcome.WAIT}:
                yield Buttons(Button("What it takes", id=f"plan-{check.role}", action=f"screen.plan('{check.role}')"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "username_changed":
            return self.workspace.is_record
        return super().check_action(action, parameters)

    def _buttons(self, account: Account) -> Iterable[Widget]:
        yield Button("Enter facts…", id="facts", variant="primary", action="screen.edit_facts")
        if self.workspace.is_record:
            yield Button("Username changed…", id="username", action="screen.username_changed")
            if account.converted_at:
                yield Button("Trial canceled…", id="cancel-trial", action="screen.convert(True)")
            elif account.kind != AccountKind.ORGANIZATION:
                yield Button("Updated by TikTok…", id="convert", action="screen.convert(False)")
        if self.workspace.accounts.is_removable(account):
            yield Button("Remove…", id="remove", variant="error", action="screen.remove")

    def action_edit_facts(self) -> None:
        self.post_message(OpenAccountFacts(self.shop_id, self.account_id))

    @work
    async def action_username_changed(self) -> None:
        """Record that the username changed in TikTok; links, clock and counts stay."""
        from tui.dialogs.ask import Ask

        before = self.account.username
        days = self.workspace.policy.limit("account.username-change", "change_days", None, self.workspace.now())
        help = f"Links, waits, and unlinks are kept. TikTok allows one change in {days} days."
        new = await self.ask(Ask(f"@{before} has a new username", "New username", help, self._check_username))
        if new and bare_username(new) == before:
            self.app.unchanged()
        elif new:
            rename = self.workspace.accounts.rename
            await self.record(f"@{before} is now @{bare_username(new)}", lambda: rename(self.account.username, new))

    def _check_username(self, typed: str) -> None:
        """Check a new username, which must differ in more than its case. Raises InvalidInput."""
        if bare_username(typed) != self.account.username:
            self.workspace.accounts.new_username(typed)

    @work
    async def action_convert(self, cancel: bool) -> None:
        """Record TikTok's update to an organization account, or that its trial was canceled."""
        convert, username = self.workspace.accounts.convert, self.account.username
        what = f"the trial of @{username} was canceled" if cancel else f"TikTok updated @{username} to an organization account"
        await self.record(what, lambda: convert(self.account.username, cancel=cancel))

    @work
    async def action_remove(self) -> None:
        """Remove the account from the record, if nothing depends on it."""
        from tui.dialogs.confirm import Confirm

        remove, username = self.workspace.accounts.remove, self.account.username
        text = f"@{username} will no longer be listed. What you entered about it stays in History."
        if await self.ask(Confirm("Remove the account?", text, keep="Keep it", do="Remove")):
            await self.record(f"@{username} removed", lambda: remove(self.account.username))

    def action_plan(self, role: str) -> None:
        self.post_message(OpenPlan(self.shop_id, Role(role), self.account.username))

    def _links(self, account: Account) -> Iterable[Widget]:
        rows = []
        for link in self.workspace.accounts.links(account):
            shop = self.workspace.shops.get(link.shop)
            state = link_state(LinkState(link.state)) + Content.styled(f"  {link.role}  ", "$muted")
            rows.append((shop.code, state + safe(shop.name)))
        if rows:
            yield Card("Links", Facts(rows))


def role_cards(place: Place, account: Account) -> Iterable[tuple[Check | None, Card]]:
    """Build a card for each role: what the rules say of this account at the place's shop, if it has one.

    An account that has the role there is not checked for it.
    """
    links = place.workspace.accounts.links(account)
    for role in Role if place.shop_id and place.shop else ():
        if here := next((link for link in links if (link.shop, link.role) == (place.shop_id, role)), None):
            whose = f" as this shop's {ROLES[role].split(maxsplit=1)[1]}" if here.state == LinkState.LINKED else " for this shop"
            yield None, Card(f"As {ROLES[role]}", Static(link_state(here.state) + Content(whose)))
            continue
        check = place.workspace.links.check(account.username, place.the_shop().id, role)
        glyph, words, style = OUTCOMES[check.outcome]
        stopping = [verdict for verdict in check.verdicts if verdict.stops]
        outcome = Static(Content.styled(f"{glyph} {words}", style))
        yield check, Card(f"As {ROLES[role]}", outcome, *([Verdicts(stopping)] if stopping else []))


def _word(fact: object) -> Content:
    """Format a fact. None: unknown."""
    if fact is None:
        return UNKNOWN
    return safe({True: "yes", False: "no"}[fact] if isinstance(fact, bool) else str(fact))
