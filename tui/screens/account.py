"""Account details: facts, links, and the roles it could have at this shop."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.errors import NotFound
from core.models import Account, LinkState, Role
from core.text import mask_email, mask_phone
from tui.place import Place
from tui.widgets.avatar import Avatar
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.states import OUTCOMES, link_state, safe
from tui.widgets.verdicts import Verdicts

UNKNOWN = Content.styled("unknown", "$warning")


class AccountDetail(Place):
    """One account of the workspace."""

    key = "account"
    AUTO_FOCUS = ""  # the verdicts are further down, and the page is read from its top

    def __init__(self, shop_id: str | None, username: str) -> None:
        super().__init__(shop_id)
        self.username = username

    def is_gone(self) -> bool:
        try:
            self.workspace.accounts.get(self.username)
        except NotFound:
            return True
        return super().is_gone()

    def trail(self) -> list[str]:
        return [self.texts["title"], f"@{self.username}"]

    def page(self) -> Iterable[Widget]:
        account = self.workspace.accounts.get(self.username)
        head = safe(account.nickname or account.username, "bold") + Content("\n") + safe(f"@{account.username}", "$muted")
        yield Card("Account", Horizontal(Avatar(account.username, account.avatar), Static(head)), Facts(_facts(account)))
        yield from self._links(account)
        if self.shop_id and self.shop:
            for role in (Role.OFFICIAL, Role.MARKETING):
                check = self.workspace.links.check(account.username, self.shop_id, role)
                glyph, words, style = OUTCOMES[check.outcome]
                stopping = [verdict for verdict in check.verdicts if verdict.stops]
                outcome = Static(Content.styled(f"{glyph} {words}", style))
                if role == Role.OFFICIAL:
                    for other in check.looks_like:
                        yield Static(safe(f"! Look twice: it looks like @{other}, which is another account.", "$warning"))
                yield Card(f"As {role} account of this shop", outcome, *([Verdicts(stopping)] if stopping else []))

    def _links(self, account: Account) -> Iterable[Widget]:
        rows = []
        for link in self.workspace.accounts.links(account):
            shop = self.workspace.shops.get(link.shop)
            at = Content.styled(f"  {link.role}  ", "$muted")
            rows.append((shop.code, safe(shop.name) + at + link_state(LinkState(link.state))))
        if rows:
            yield Card("Links", Facts(rows))


def _facts(account: Account) -> list[tuple[str, Content]]:
    def word(value: object) -> Content:
        if value is None:
            return UNKNOWN
        return safe({True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value))

    return [
        ("Kind", word(account.kind)),
        ("Region", word(account.region)),
        ("Identity verified", word(account.identity_verified)),
        ("Standing", word(account.standing)),
        ("Holder is 18 or older", word(account.holder_is_adult)),
        ("Phone", safe(mask_phone(account.phone)) if account.phone else UNKNOWN),
        ("Email", safe(mask_email(account.email)) if account.email else UNKNOWN),
    ]
