"""Link an organization account that the seller already owns: choose it, agree, linked."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Account, Link, LinkState
from core.text import show
from core.verdict import Verdict
from tui.link_ends import linked_card
from tui.messages import OpenPlace
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.choice import Choice
from tui.widgets.states import OUTCOMES, safe
from tui.wizards.link_existing import AT_ONCE, LinkExisting

CHOOSE, AGREE, LINKED = range(3)
NEXT = {
    CHOOSE: "Every rule is checked first. Nothing is linked until you have read what will happen.",
    AGREE: AT_ONCE,
}
NOW = "Its members keep their roles. Seller Center gives verification codes for it again, on the Official Account tab."


class LinkOrganization(LinkExisting):
    """Link an organization account of the seller's at once, without authorization and review."""

    key = "link_organization"
    steps = steps_at_once = ("Choose", "Agree", "Linked")
    AUTO_FOCUS = "#page Choice, #agree, #page Button.-primary"
    chosen: str | None = None
    """The id of the chosen account."""

    def first_step_of_record(self) -> int:
        return LINKED

    def is_begun(self) -> bool:
        return False  # nothing is typed, and the choice takes one key

    def page(self) -> Iterable[Widget]:
        for account in self._accounts():
            if account.id == self.chosen:
                self.typed["username"] = account.username  # which may have changed
        yield from super().page()

    def next_cards(self) -> Iterable[Widget]:
        if not self.stopped and (self.step == AGREE or (self.step == CHOOSE and self._accounts())):
            yield Card("Next", Static(Content(NEXT[self.step])))

    @on(Choice.Chosen)
    def choose(self, event: Choice.Chosen) -> None:
        for account in self._accounts():
            if account.id == event.choice.id:
                self.chosen = account.id
                self.go(AGREE)

    @property
    def first_id(self) -> str | None:
        """None where an account is chosen: none comes first, so a repaint keeps the focused one."""
        return None if self.step == CHOOSE else super().first_id

    def focus_first(self) -> None:
        """Focus the account that was chosen before, when going back to the choice."""
        for choice in self.query(Choice):
            if choice.id == self.chosen:
                self.set_focus(choice)
                return
        super().focus_first()

    def action_create(self) -> None:
        self.post_message(OpenPlace("create_organization", self.shop_id, replaces=True))

    def _accounts(self) -> tuple[Account, ...]:
        return self.workspace.organizations.linkable(self.the_shop().id)

    def _account(self) -> Iterable[Widget]:
        accounts = self._accounts()
        if not accounts:
            yield from self._nothing_to_link()
            return
        yield Static(Content.styled("Which account becomes the official account?", "bold"), classes="heading")
        for account in accounts:
            name = Content("   ").join([safe(f"@{account.username}"), safe(account.nickname)])
            yield Choice(name, self._outcome(account), id=account.id)

    def _outcome(self, account: Account) -> Content:
        """Say whether the account can be linked now, or which rule stops it first."""
        check = self.workspace.links.check(account.username, self.the_shop().id, self.role)
        stopping = next((verdict for verdict in check.verdicts if verdict.stops), None)
        if stopping is None:
            return Content.styled("✓ can be linked now", "$success")
        glyph, words, style = OUTCOMES[stopping.outcome]
        return Content.styled(f"{glyph} {words}: ", style) + Content(show(stopping.reason))

    def _nothing_to_link(self) -> Iterable[Widget]:
        entity = self.workspace.shops.seller(self.the_shop()).entity
        owner = show(entity.legal_name or "Your company", 60)
        texts = (
            Content(f"{owner} has no organization account here that can be linked now."),
            Content.styled(
                "If one is linked to another shop, unlink it there first. That uses one of that shop's unlinks.", "$muted"
            ),
            Content.styled(
                "If one is missing here, go back and link it by its username. Its holder then authorizes the link.", "$muted"
            ),
        )
        yield Card("No organization account to link", *map(Static, texts))
        yield Buttons(
            Button("Create an organization account", id="create", variant="primary", action="screen.create"),
            self._back_button(),
        )

    def buttons_after_check(self, *, stopping: list[Verdict], unknown: bool) -> Iterable[Widget]:
        if unknown or not stopping or self.workspace.is_record:  # a record notes what TikTok did anyway
            yield from self.agreement()
        yield from super().buttons_after_check(stopping=stopping, unknown=unknown)

    def _request_progress(self, link: Link) -> Iterable[Widget]:
        if link.state != LinkState.LINKED:
            yield from super()._request_progress(link)
            return
        yield linked_card(self.workspace, link, self.app.zone, at_once=True)
        yield Card("Now", Static(Content(NOW)))
        yield self.buttons_of_organization()

    def _step_of(self, link: Link) -> int:
        return LINKED
