"""The form of an account's facts, new or known."""

from collections.abc import Iterable

from textual import getters, on, work
from textual.widget import Widget
from textual.widgets import Button, Input

from core.models import Account
from core.text import bare_username
from tui.messages import OpenAccount
from tui.place import Place
from tui.screens.account import role_cards
from tui.widgets.fact_fields import LABELS, fact_fields, read_facts, shown
from tui.widgets.field import Field
from tui.widgets.form import Form


class AccountFactsForm(Place):
    """One field for each fact. An empty field is not entered; clearing a fact withdraws it."""

    key = "account_facts"
    AUTO_FOCUS = "#page Input"
    form = getters.query_one(Form)

    def __init__(self, shop_id: str | None, account_id: str | None) -> None:
        super().__init__(shop_id)
        self.account_id = account_id
        """The account's; None for a new one."""
        self.typed: dict[str, str] = {}
        self.begun: dict[str, str] = {}
        self.before: Account | None = None
        """The account as the form first shows it."""

    @property
    def account(self) -> Account | None:
        """Return the account as it is now; None for a new one."""
        return self.workspace.accounts.by_id(self.account_id) if self.account_id else None

    @property
    def username(self) -> str:
        """Return the account's username as it is now, even if a former one is typed; of a new one, what is typed."""
        account = self.account or self.workspace.accounts.known(self.typed["username"])
        return account.username if account else bare_username(self.typed["username"])

    def trail(self) -> list[str]:
        return ["Accounts", f"@{self.username}" if self.account_id else "Add an account", self.texts["title"]]

    def check_subject(self) -> None:
        super().check_subject()
        if self.account_id:
            self.workspace.accounts.by_id(self.account_id)

    def is_begun(self) -> bool:
        return bool(self.begun) and self.typed != self.begun

    def page(self) -> Iterable[Widget]:
        account = self.account
        if not self.begun and account:
            self.before = account
            self.typed |= shown(account)
        yield Form(
            *([] if account else [self._username_field()]),
            *fact_fields(LABELS, self.workspace.policy.markets),
            typed=self.typed,
            submit="screen.save",
            buttons=[
                Button("Save", id="save", variant="primary", action="screen.save"),
                Button("Cancel", id="cancel", action="screen.back"),
            ],
        )
        self.begun = self.begun or dict(self.typed)

    def side(self) -> Iterable[Widget]:
        if account := self.account:
            yield from (card for _, card in role_cards(self, account))

    def _username_field(self) -> Field:
        read = self.workspace.accounts.new_username
        return Field("username", "Username", help="Or the profile's address", placeholder="@username", read=read)

    @on(Input.Changed, "#username")
    def tell_former(self, event: Input.Changed) -> None:
        self.form.field("username").report(None, notes=self.workspace.accounts.former_notes(event.value))

    @work
    async def action_save(self) -> None:
        """Save what changed; every mistake is shown beside its field."""
        facts = read_facts(self.form, self.before)
        if facts is None:
            return
        if self.before and not facts:
            self.app.unchanged()
            self.app.leave(self)
            return
        state = self.workspace.accounts.state
        done = await self.record(f"facts of @{self.username}", lambda: state(self.username, **facts), self.show_at_form)
        if done:
            self.begun = dict(self.typed)
            self.app.leave(self)
            if not self.account_id:
                self.app.post_message(OpenAccount(self.shop_id, done.id))
