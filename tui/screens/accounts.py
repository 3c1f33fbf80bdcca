"""Accounts: every account, and what each can be at this shop."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from core.clock import in_words
from core.links import Check
from core.models import Account, Role
from core.verdict import Outcome
from core.words import label
from tui.commands import ADD_ACCOUNT, EDIT_FACTS, bindings
from tui.listing import Listing
from tui.messages import OpenAccount, OpenAccountFacts
from tui.widgets.card import Card
from tui.widgets.empty import Empty
from tui.widgets.facts import Facts
from tui.widgets.states import NOT_ENTERED, OUTCOMES, link_state, safe, yes_no

COLUMNS, WIDE_COLUMNS = (26, 8, 19), (19, 0, 17)
"""Cells of a row's username, region and each role; on a wide screen, the card beside the list has the region."""


class Accounts(Listing):
    """The list of accounts; enter opens one."""

    key = "accounts"
    BINDINGS = bindings(ADD_ACCOUNT, EDIT_FACTS)
    things = "accounts"
    placeholder = "Find by @username, former username, or nickname"

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        entry, *rest = super().page()
        name, region, role = self._columns
        heads = ("Account".ljust(name), "Region".ljust(region) if region else "", "As official".ljust(role), "As marketing")
        yield entry
        yield Static(Content.styled(" " + "".join(heads), "$muted"), id="columns")
        yield from rest

    @property
    def _columns(self) -> tuple[int, int, int]:
        return WIDE_COLUMNS if self.is_wide and self.shop_id else COLUMNS

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        page = self.workspace.accounts.page(self.filter, limit, after)
        return [Option(self._row(account), id=account.id) for account in page.accounts], page.next

    def open_row(self, id: str) -> None:
        self.post_message(OpenAccount(self.shop_id, id))

    def detail(self, id: str) -> Iterable[Card]:
        account = self.workspace.accounts.by_id(id)
        pairs = [
            ("Nickname", safe(account.nickname) if account.nickname else NOT_ENTERED),
            (label("kind"), Content(account.kind) if account.kind else NOT_ENTERED),
            ("Region", safe(account.region) if account.region else NOT_ENTERED),
            (label("identity_verified"), yes_no(account.identity_verified)),
            ("Standing", Content(account.standing) if account.standing else NOT_ENTERED),
            (label("holder_is_adult"), yes_no(account.holder_is_adult)),
        ]
        if account.former:
            pairs.append(("Before", safe(", ".join(f"@{name}" for name in account.former), "", 60)))
        yield Card(safe(f"@{account.username}"), Facts(pairs), classes="-accent")
        linked = [
            (self.workspace.shops.get(link.shop).name, link_state(link.state, brief=True) + Content(f"  {link.role}"))
            for link in self.workspace.accounts.links(account)
        ]
        yield Card("Linked", Facts(linked, nothing="Not linked to any shop in this record."))

    def nothing(self) -> Empty:
        return Empty("No accounts yet. Add the one you want to link.", "Add an account…", "screen.add_account")

    def action_add_account(self) -> None:
        self.post_message(OpenAccountFacts(self.shop_id))

    def action_edit_facts(self) -> None:
        if marked := self.rows.marked:
            self.post_message(OpenAccountFacts(self.shop_id, marked))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "edit_facts":
            return bool(self.query("#rows")) and self.rows.marked is not None
        return super().check_action(action, parameters)

    def _row(self, account: Account) -> Content:
        width, region_width, _ = self._columns
        name = safe(f"@{account.username}", "bold").truncate(width - 1, ellipsis=True)
        region = Content.styled((account.region or "–").ljust(region_width) if region_width else "", "$muted")
        return (
            Content("")
            .join([name.extend_right(width - name.cell_length), region, *(self._could_be(account, role) for role in Role)])
            .rstrip()
        )

    def _could_be(self, account: Account, role: Role) -> Content:
        """Say what the account is in this role here, or can be."""
        links = self.workspace.accounts.links(account)
        here = next((link for link in links if (link.shop, link.role) == (self.shop_id, role)), None)
        if here:
            words = link_state(here.state, brief=True)
        elif self.shop_id:
            words = self._answer(self.workspace.links.check(account.username, self.shop_id, role))
        else:
            words = Content("")
        width = self._columns[2]
        return words.extend_right(width - words.cell_length)

    def _answer(self, check: Check) -> Content:
        glyph, words, style = OUTCOMES[check.outcome]
        if check.outcome == Outcome.PASS:
            return Content.styled("✓ now", "$success")
        if check.until:
            return Content.styled(f"{glyph} in {in_words(check.until - self.workspace.now())}", style)
        if check.outcome == Outcome.UNKNOWN:
            return Content.styled(f"{glyph} facts missing", style)
        rule = next(verdict.rule for verdict in check.verdicts if verdict.outcome == check.outcome)
        return Content.styled(f"{glyph} {self.workspace.policy.rules[rule].short or words}", style)
