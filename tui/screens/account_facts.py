"""The form of an account's facts, new or known."""

from collections.abc import Iterable

from textual import getters, on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Input

from core.errors import InvalidInput, NotFound
from core.text import bare_username
from tui.messages import OpenAccount
from tui.place import Place
from tui.widgets.fact_fields import LABELS, FactFields, shown
from tui.widgets.field import Field


class AccountFactsForm(Place):
    """One field for each fact. What is left empty is not entered; clearing a fact withdraws it."""

    key = "account_facts"
    AUTO_FOCUS = "#page Input"
    fields = getters.query_one(FactFields)

    def __init__(self, shop_id: str | None, username: str = "") -> None:
        super().__init__(shop_id)
        self.username = username
        """The account's; empty for a new one."""
        self.typed: dict[str, str] = {"username": ""}
        self.begun: dict[str, str] = {}

    def trail(self) -> list[str]:
        return ["Accounts", f"@{self.username}" if self.username else "Add an account", self.texts["title"]]

    def is_gone(self) -> bool:
        try:
            if self.username:
                self.workspace.accounts.get(self.username)
        except NotFound:
            return True
        return super().is_gone()

    def is_begun(self) -> bool:
        return bool(self.begun) and self.typed != self.begun

    def page(self) -> Iterable[Widget]:
        if not self.begun:
            if self.username:
                self.typed |= shown(self.workspace.accounts.get(self.username))
            self.begun = dict(self.typed)
        if not self.username:
            help = "The name after the @, as TikTok shows it on the profile"
            yield Field("username", "Username", value=self.typed["username"], help=help, placeholder="@username")
        yield FactFields(LABELS, self.typed)
        save = Button("Save", id="save", variant="primary", action="screen.save")
        yield Horizontal(save, Button("Cancel", id="cancel", action="screen.back"), classes="buttons")

    @on(Input.Changed, "#username")
    def keep_username(self, event: Input.Changed) -> None:
        self.typed["username"] = event.value
        self.query_one("#field-username", Field).report(None)

    @on(Input.Submitted)
    def focus_next_field(self) -> None:
        self.focus_next()

    @work
    async def action_save(self) -> None:
        """Save what changed; every mistake is shown beside its field."""
        username = self.username or bare_username(self.typed["username"])
        facts, mistakes = self.fields.read(self.begun)
        self.fields.show_mistakes(mistakes)
        if not username:
            self._show_mistake(InvalidInput("username", "is empty", remedy="Enter the account's username."))
        elif not mistakes:
            state = self.workspace.accounts.state
            done = await self.record(f"facts of @{username}", lambda: state(username, **facts), self._show_mistake)
            if done:
                self.begun = dict(self.typed)
                self.app.leave(self)
                if not self.username:
                    self.app.post_message(OpenAccount(self.shop_id, done.username))

    def _show_mistake(self, error: InvalidInput) -> None:
        if error.field == "username" and not self.username:
            self.query_one("#field-username", Field).report(self.app.error_message(error))
            self.query_one("#username", Input).focus()
        elif not self.fields.show_mistakes([error]):
            self.app.report(error)
