"""What ctrl+p finds beside the actions: places, shops, accounts and rules, by their names."""

from collections.abc import Callable, Iterator
from functools import partial

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from core.text import show
from tui.screens.directory import PLACES, open_place, place_class, title
from tui.screens.place import Place
from tui.textual_fixes import SafePalette
from tui.typed import InShoplink

FOUND = 8
"""How many shops and how many accounts are offered at most: the workspace may hold any number."""

Entry = tuple[str, str, Callable[[], object]]


class Palette(SafePalette):
    """The palette of the whole program."""


class Finder(InShoplink, Provider):  # type: ignore[misc]  # narrows Textual's app
    """Places and rules of the shop on screen; shops and accounts of the workspace."""

    async def discover(self) -> Hits:
        for name, help, run in self._places():
            yield DiscoveryHit(Content(name), run, text=name, help=_plain(help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help, run in [*self._places(), *self._actions(), *self._rules(), *self._shops(query), *self._accounts(query)]:
            if (score := matcher.match(f"{name} {help}")) > 0:
                yield Hit(score, Content(name), run, text=name, help=_plain(help))

    @property
    def _shop_id(self) -> str | None:
        return self.screen.shop_id if isinstance(self.screen, Place) else None

    def _places(self) -> Iterator[Entry]:
        if self._shop_id:
            for key in PLACES:
                yield f"Go to {title(key)}", "A place of this shop", partial(open_place, self.app, key, self._shop_id)

    def _actions(self) -> Iterator[Entry]:
        """What can be done at the shop's other places; what can be done here Textual lists itself."""
        for key in PLACES if self._shop_id else ():
            cls = place_class(key)
            if isinstance(self.screen, cls):
                continue
            for binding in cls.BINDINGS:
                if isinstance(binding, Binding) and binding.id:
                    run = partial(self._act, key, binding.action)
                    yield f"{title(key)}: {binding.description}", binding.tooltip, run

    def _act(self, key: str, action: str) -> None:
        open_place(self.app, key, self._shop_id)
        place = self.app.screen
        place.call_after_refresh(place.run_action, action)

    def _rules(self) -> Iterator[Entry]:
        if self._shop_id:
            for rule in self.app.workspace.policy.rules.values():
                yield f"Rule: {rule.title}", rule.id, partial(self._open_rule, rule.id)

    def _open_rule(self, id: str) -> None:
        from tui.screens.rules import RuleDetail

        self.app.push_screen(RuleDetail(self._shop_id, id))  # made now: one that is opened twice is no screen any more

    def _shops(self, query: str) -> Iterator[Entry]:
        if self.app.workspace:
            for summary in self.app.workspace.shops.page(query=query, limit=FOUND).shops:
                shop = summary.shop
                yield f"Shop: {show(shop.name, 60)}", f"{shop.code} {shop.region}", partial(self.app.open_shop, shop)

    def _accounts(self, query: str) -> Iterator[Entry]:
        if self.app.workspace:
            for account in self.app.workspace.accounts.find(query.removeprefix("@"), limit=FOUND):
                about = f"@{account.username} {show(account.nickname or '', 60)}"
                yield f"Account: @{show(account.username, 60)}", about, partial(self._open_account, account.username)

    def _open_account(self, username: str) -> None:
        from tui.screens.account import AccountDetail

        self.app.push_screen(AccountDetail(self._shop_id, username))


def _plain(help: str) -> str:
    """Help that Textual does not read as markup, as it does with any str: a code or a name could act, or end the program."""
    return Content(show(help))  # type: ignore[return-value]  # Textual takes a Content as it is
