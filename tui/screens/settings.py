"""Settings: the menu of a shop's screens, as in the Seller app."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.models import AccountKind, LinkState, MemberState, Probation, ProductStatus
from core.plurals import count_of
from core.shops import ShopStatus
from tui.breakpoints import TALL
from tui.messages import OpenPlace
from tui.place import Place
from tui.place_texts import title
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.moments import short
from tui.widgets.rows import Rows
from tui.widgets.states import link_state, safe

FIRST = "linked_accounts.official"
"""The row highlighted first: the main purpose of the app."""


class Settings(Place):
    """A shop's settings: one row per screen, with a summary of its state."""

    key = "settings"

    def on_mount(self) -> None:
        for rows in self.query(Rows):  # none if closed before it was painted
            rows.mark(FIRST)

    def trail(self) -> list[str]:
        return [self.the_shop().name, "Settings"]

    def page(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        options = [Option(Content(_name(key).ljust(25)) + about, id=key) for key, about in self._rows(status)]
        tall = self.app.size.height >= TALL
        yield Rows(*[part for option in options for part in ((option, None) if tall else (option,))])

    def side(self) -> Iterable[Widget]:
        reminders = self.workspace.reminders.due(self.the_shop().id)
        pairs = [(short(reminder.at, self.app.zone), safe(reminder.summary)) for reminder in reminders]
        yield Card("Due", Facts(pairs) if pairs else Static(Content.styled("Nothing is due.", "$muted")))

    @on(OptionList.OptionSelected)
    def open_row(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "shops":
            self.action_back()
        elif event.option_id:
            self.post_message(OpenPlace(event.option_id, self.shop_id))

    def _rows(self, status: ShopStatus) -> Iterable[tuple[str, Content]]:
        workspace, shop = self.workspace, self.the_shop()
        official = link_state(status.official.state if status.official else None)
        marketing = Content.styled(f"   marketing {len(status.marketing)} of {status.marketing_limit}", "$muted")
        standing = workspace.shops.standing(shop.id)
        watched = workspace.shops.probation(shop) == Probation.ACTIVE
        probation = Content.styled("   ◔ probation", "$warning") if watched else ""
        yield (
            "shop_information",
            safe(shop.name, "$muted").truncate(30, ellipsis=True) + Content.styled(f" · {shop.region}", "$muted") + probation,
        )
        yield FIRST, official + marketing
        active = sum(product.status == ProductStatus.ACTIVE for product in workspace.products.of_shop(shop.id))
        synced = (
            Content.assemble(("✓ synced", "$success"), (f" · {count_of(len(status.shop_page.products), 'product')}", "$muted"))
            if status.shop_page.synced
            else Content.styled(f"○ not synced · {count_of(active, 'product waits', 'products wait')}", "$muted")
        )
        yield "shop_page", synced
        yield "team_access", Content.styled(self._team(status), "$muted")
        due = len(status.reminders)
        yield "reminders", Content.styled(f"◔ {due} due", "$warning") if due else Content.styled("nothing is due", "$muted")
        yield "history", Content.styled("what happened, and who did it", "$muted")
        stops = sum(verdict.stops for verdict in standing)
        rules = len(workspace.policy.rules)
        waits = Content.styled(f"   ◔ {count_of(stops, 'stops or waits', 'stop or wait')} now", "$warning") if stops else ""
        yield "rules", Content.styled(count_of(rules, "rule"), "$muted") + waits
        yield "compare", Content.styled("official, marketing, affiliate creator", "$muted")
        yield "accounts", Content.styled("each with what it could be at this shop", "$muted")
        kind = f"{workspace.kind}" + (f" · {workspace.scenario}" if workspace.scenario else "")
        yield "workspace", Content.styled(kind, "$muted")
        yield "shops", Content.styled(f"{workspace.shops.count()} in this workspace", "$muted")

    def _team(self, status: ShopStatus) -> str:
        account = status.official_account
        linked = status.official is not None and status.official.state == LinkState.LINKED
        if not linked or account is None or account.kind != AccountKind.ORGANIZATION:
            return "for organization accounts"
        members = self.workspace.organizations.members(self.the_shop().id)
        return count_of(sum(member.state == MemberState.ACTIVE for member in members), "member")


def _name(key: str) -> str:
    return "Linked TikTok Accounts" if key == FIRST else title(key)
