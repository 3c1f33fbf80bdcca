"""The rows of a shop's Settings: each place, with its state as a mark and in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from core.models import AccountKind, LinkState, MemberState, Probation, ProductStatus, Shop
from core.plurals import count_of
from core.reminders import how_many
from core.shop_status import ShopStatus
from core.workspace import Workspace
from tui.place_texts import title
from tui.widgets.states import link_state, safe

FIRST = "linked_accounts.official"
"""The row under the cursor when a shop is opened: the main purpose of the app."""
NOTHING = Content("")
SECTIONS = (
    "shop_information",
    "shop_page",
    "team_access",
    "reminders",
    "history",
    "rules",
    "compare",
    "accounts",
    "workspace",
)
"""The places whose row has their key."""


@dataclass
class ShopRow:
    """A row of Settings. `key`: the place's, in `routes`."""

    key: str
    about: Content
    """Its state, in words."""
    mark: Content = NOTHING
    """Its state as a glyph or a number."""

    @property
    def name(self) -> str:
        return "Linked TikTok Accounts" if self.key == FIRST else title(self.key)


def section(key: str) -> str:
    """Return the row that a place belongs to: its own, or that of the place it is opened from."""
    if key in SECTIONS:
        return key
    return "accounts" if key in ("account", "account_facts") else FIRST


def shop_rows(workspace: Workspace, shop: Shop) -> Iterable[ShopRow]:
    """List the rows of a shop's Settings with their current state. Raises ShoplinkError."""
    status = workspace.shops.status(shop.id)
    watched = workspace.shops.probation(shop) == Probation.ACTIVE
    probation = Content.styled("   ◔ probation", "$warning") if watched else NOTHING
    name = safe(shop.name, "$muted").truncate(30, ellipsis=True)
    yield ShopRow(
        "shop_information",
        name + Content.styled(f" · {shop.region}", "$muted") + probation,
        Content.styled("◔", "$warning") if watched else NOTHING,
    )
    official = link_state(status.official.state if status.official else None, brief=True)
    marketing = Content.styled(f"   marketing {status.marketing_words}", "$muted")
    yield ShopRow(FIRST, official + marketing, official[:1])
    if not status.shop_page.tracked:
        yield ShopRow("shop_page", Content.styled("products not tracked", "$muted"))
    elif status.shop_page.synced:
        count = Content.styled(f" · {count_of(len(status.shop_page.products), 'product')}", "$muted")
        yield ShopRow("shop_page", Content.styled("✓ synced", "$success") + count, Content.styled("✓", "$success"))
    else:
        active = sum(product.status == ProductStatus.ACTIVE for product in workspace.products.of_shop(shop.id))
        words = f"○ not synced · {count_of(active, 'product waits', 'products wait')}"
        yield ShopRow("shop_page", Content.styled(words, "$muted"))
    yield _team(workspace, status)
    due, upcoming = how_many(status.reminders, workspace.now())
    counts = [f"{number} {words}" for number, words in ((due, "due"), (upcoming, "upcoming")) if number]
    style = "$warning" if due else "$muted"
    words = f"◔ {', '.join(counts)}" if counts else "nothing is due"
    yield ShopRow("reminders", Content.styled(words, style), _number(due + upcoming, style))
    yield ShopRow("history", Content.styled("what happened and who did it", "$muted"))
    stops = len({verdict.rule for verdict in workspace.shops.standing(shop.id) if verdict.stops})
    waits = Content.styled(f"   ◔ {stops} {'does' if stops == 1 else 'do'}n't pass", "$warning") if stops else NOTHING
    rules = count_of(len(workspace.policy.rules), "rule")
    yield ShopRow("rules", Content.styled(rules, "$muted") + waits, _number(stops, "$warning"))
    yield ShopRow("compare", Content.styled("official, marketing, affiliate creator", "$muted"))
    yield ShopRow("accounts", Content.styled("what each could be at this shop", "$muted"))
    yield ShopRow("workspace", Content.styled(workspace.kind, "$muted"))
    shops = workspace.shops.count()
    yield ShopRow("shops", Content.styled(f"{shops:,} in this workspace", "$muted"), _number(shops, "$muted"))


def _team(workspace: Workspace, status: ShopStatus) -> ShopRow:
    account = status.official_account
    linked = status.official is not None and status.official.state == LinkState.LINKED
    if not linked or account is None or account.kind != AccountKind.ORGANIZATION:
        return ShopRow("team_access", Content.styled("for organization accounts", "$muted"))
    entered = workspace.organizations.members(status.shop.id)
    if workspace.is_record and not entered:
        return ShopRow("team_access", Content.styled("members not entered", "$muted"))
    members = sum(member.state == MemberState.ACTIVE for member in entered)
    return ShopRow("team_access", Content.styled(count_of(members, "member"), "$muted"), _number(members, "$muted"))


def _number(number: int, style: str) -> Content:
    return Content.styled(f"{number:,}", style) if number else NOTHING
