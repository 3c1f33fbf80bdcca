"""The two tabs of linked accounts, and the base class of their screens."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from core.broken_rules import broken
from core.models import Link, LinkState
from core.shop_status import ShopStatus
from core.text import show
from tui.commands import MARKETING_TAB, OFFICIAL_TAB, bindings
from tui.link_steps import LinkSteps
from tui.messages import OpenPlace
from tui.widgets.beside import lately, reminders_here, rules_here
from tui.widgets.lines import marked
from tui.widgets.tabs import tabs


class LinkedAccounts(LinkSteps):
    """Base of the screens on the two tabs."""

    tab = ""
    BINDINGS = bindings(OFFICIAL_TAB, MARKETING_TAB)

    def trail(self) -> list[str]:
        return ["Settings", "Linked TikTok Accounts", self.texts["title"]]

    def tabs(self, status: ShopStatus) -> Widget:
        """Build the tabs, with the count of linked marketing accounts."""
        linked = f"{status.marketing_linked} of {status.marketing_limit}"
        words = {"official": "1 Official Account", "marketing": f"2 Marketing Accounts {linked}"}
        return tabs(words, self.tab)

    def side(self) -> Iterable[Widget]:
        yield reminders_here(self.app, self.the_shop())
        yield rules_here(self.app, self.the_shop(), self.rule_groups)
        yield lately(self.app, self.the_shop())

    @property
    def rule_groups(self) -> tuple[str, ...]:
        """Return the id prefixes of the rules that apply on this tab."""
        raise NotImplementedError

    def kept_with(self, link: Link) -> list[tuple[Content, Content]]:
        """Format the rules that a link is recorded against, and those it breaks now, each after its glyph."""
        titles = {rule.id: rule.title for rule in self.workspace.policy.rules.values()}
        lines = []
        if link.against:
            rules = ", ".join(titles[rule] for rule in link.against)
            lines.append(marked("!", f"Recorded despite the rule: {rules}", "$warning"))
        found = broken(self.workspace, self.the_shop(), link) if link.state == LinkState.LINKED else ()
        return [*lines, *(marked("✗", f"Broken: {show(verdict.reason)}", "$error") for verdict in found)]

    def action_already_linked(self) -> None:
        self.post_message(OpenPlace(f"already_linked.{self.tab}", self.shop_id))

    def action_tab(self, name: str) -> None:
        if name != self.tab:
            self.post_message(OpenPlace(f"linked_accounts.{name}", self.shop_id, replaces=True))


def can_unlink(link: Link | None) -> bool:
    """Return whether this link stands, so that it can be unlinked, now or later, if an unlink is left."""
    return link is not None and link.state == LinkState.LINKED
