"""Use an existing account: the choice between a person's account and an organization's."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.plurals import count_of
from tui.messages import OpenLinkWizard
from tui.place import Place
from tui.screens.linked_accounts.official import FAILED
from tui.widgets.card import Card
from tui.widgets.choice import Choice


class UseExisting(Place):
    """Offer the two ways to link an existing account; close once one was taken."""

    key = "use_existing"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.newest: str | None = None
        """The shop's newest official link when this place was first painted."""

    def on_screen_resume(self) -> None:
        if self.is_done():
            self.app.leave(self)

    def is_gone(self) -> bool:
        return super().is_gone() or (self.app.screen is self and self.is_done())

    def is_done(self) -> bool:
        """Whether an account was requested or linked since this place was opened."""
        return self.newest is not None and self.newest != self._newest()

    def trail(self) -> list[str]:
        return ["Linked TikTok Accounts", "Official Account", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        if self.newest is None:
            self.newest = self._newest()
        yield Static(Content.styled("Choose the account you have", "bold"), classes="heading")
        yield Choice(
            "Link an existing personal or business account",
            "Enter its username. Its holder authorizes in TikTok, then TikTok reviews. It takes your shop's name.",
            id="person",
        )
        found = len(self.workspace.organizations.linkable(self.the_shop().id))
        there = f"{count_of(found, 'account')} can be linked." if found else "None can be linked now."
        yield Choice(
            "Link an existing organization account",
            f"One that your company owns, such as one you unlinked. Linked at once, without authorization or review. {there}",
            id="organization",
        )

    def side(self) -> Iterable[Widget]:
        rule = self.workspace.policy.rules["org.no-conversion"]
        stated = rule.stated(self.the_shop().region, self.workspace.now())
        yield Card("Good to know", Static(Content.styled(rule.title, "bold")), Static(Content(stated)))

    @on(Choice.Chosen, "#person")
    def link_person(self) -> None:
        """Open the wizard, with the username of a request that ended."""
        last = self.workspace.shops.status(self.the_shop().id).last_official
        begun = last.username if last and last.state in FAILED else ""
        self.post_message(OpenLinkWizard("link_existing", self.shop_id, username=begun))

    @on(Choice.Chosen, "#organization")
    def link_organization(self) -> None:
        self.post_message(OpenLinkWizard("link_organization", self.shop_id))

    def _newest(self) -> str:
        last = self.workspace.shops.status(self.the_shop().id).last_official
        return last.id if last else ""
