"""The command palette: screens, shops, accounts, and rules by name."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

from textual.actions import parse as parse_action
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widget import Widget

from core.errors import ShoplinkError
from core.text import show
from tui.messages import OpenAccount, OpenFromList, OpenPlace, OpenRule
from tui.place import Place
from tui.place_texts import texts, title
from tui.routes import SHOP_PLACES, place
from tui.shell import Shell
from tui.textual_fixes import SafePalette
from tui.widgets.keys import Keys

FOUND = 8
"""Maximum number of shops, and of accounts, offered."""

Entry = tuple[str, str, Callable[[], object], str]
"""A name, a description, what it does, and words that find it, separated by commas; empty: the description does."""


class Palette(SafePalette):
    """The app's command palette."""

    BINDINGS = [Binding("escape", "escape", "Close")]
    ENTER = "Open"

    def footer(self) -> Iterable[Widget]:
        """Show its own keys, over those of the page below, which do not work now."""
        yield Keys()


class Finder(Provider):
    """Search the current shop's screens and rules, and all shops and accounts."""

    _possible: list[Entry] | None = None
    """The actions of other screens, found once: each search would take as long as painting them all."""

    @property
    def shell(self) -> Shell:
        assert isinstance(self.app, Shell)
        return self.app

    async def discover(self) -> Hits:
        for name, help, run, _ in self._places():
            yield DiscoveryHit(Content(name), run, text=name, help=_plain(help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help, run, finds in [
            *self._places(),
            *self._actions(),
            *self._rules(),
            *self._shops(query),
            *self._accounts(query),
        ]:
            found_by = finds or help
            if (score := max(matcher.match(words) for words in (f"{name} {found_by}", *found_by.split(", ")))) > 0:
                yield Hit(score, Content(name), run, text=name, help=_plain(help))

    @property
    def _shop_id(self) -> str | None:
        return self.screen.shop_in_hand if isinstance(self.screen, Place) else None

    @property
    def _of_shop(self) -> str:
        """Whose place an entry is about, where the screen is not about that shop."""
        if not self._shop_id or (isinstance(self.screen, Place) and self.screen.shop_id):
            return ""
        return f" · {show(self.shell.workspace.shops.get(self._shop_id).name, 40)}"

    def _places(self) -> Iterator[Entry]:
        if self.shell.workspace:
            yield "Go to Shops", "Every shop of this workspace", partial(self._open_place, "shops"), ""
        yield "Add a shop", "Enter one, or import several from a file", partial(self._open_place, "add_shop"), ""
        yield "Import a file", "A file that shoplink exported, or a CSV sheet", partial(self._open_place, "import"), ""
        if self.shell.is_practice and self.shell.is_kept:
            yield "Add my own shop", "End practice and start a record", partial(self._act, "workspace", "screen.end_practice"), ""
        if self._shop_id:
            whose = self._of_shop
            for key in SHOP_PLACES:
                found, name = texts(key), f"Go to {title(key)}{whose}"
                yield name, first_sentence(found["guide"]), partial(self._go_to, key), found.get("finds", "")

    def _actions(self) -> Iterator[Entry]:
        """List the possible actions of other screens; Textual lists those of the current one."""
        if self._possible is None:
            self._possible = list(self._find_actions()) if self._shop_id else []
        yield from self._possible

    def _find_actions(self) -> Iterator[Entry]:
        whose = self._of_shop
        for key in SHOP_PLACES:
            other = place(key, self._shop_id)
            if isinstance(self.screen, type(other)):
                continue
            found = [binding for binding in vars(type(other)).get("BINDINGS", ()) if isinstance(binding, Binding) and binding.id]
            if found:
                with suppress(ShoplinkError):
                    list(other.page())  # computes what is possible there
            for binding in found:  # not the inherited ones
                name, parameters = parse_action(binding.action)[1:]
                if other.check_action(name, parameters):
                    words = f"{title(key)}: {binding.description}{whose}"
                    yield words, binding.tooltip, partial(self._act, key, binding.action), ""

    def _go_to(self, key: str) -> None:
        opened = OpenPlace(key, self._shop_id) if self._of_shop else OpenFromList(key, self._shop_id)
        self.app.post_message(opened)

    def _open_place(self, key: str) -> None:
        self.app.post_message(OpenPlace(key, self._shop_id))

    def _act(self, key: str, action: str) -> None:
        opened = place(key, self._shop_id)
        self.app.push_screen(opened)
        opened.call_after_refresh(opened.run_action, action)

    def _rules(self) -> Iterator[Entry]:
        if self._shop_id:
            region, now = self.shell.workspace.shops.get(self._shop_id).region, self.shell.workspace.now()
            for rule in self.shell.workspace.policy.rules.values():
                said = first_sentence(rule.stated(region, now))
                yield f"Rule: {rule.title}", said, partial(self._open_rule, rule.id), rule.id

    def _open_rule(self, id: str) -> None:
        self.app.post_message(OpenRule(self._shop_id, id))

    def _shops(self, query: str) -> Iterator[Entry]:
        if self.shell.workspace:
            for summary in self.shell.workspace.shops.page(query=query, limit=FOUND).shops:
                shop = summary.shop
                yield f"Shop: {show(shop.name, 60)}", f"{shop.code} {shop.region}", partial(self._open_shop, shop.id), ""

    def _open_shop(self, id: str) -> None:
        self.app.post_message(OpenPlace("settings", id))

    def _accounts(self, query: str) -> Iterator[Entry]:
        if self.shell.workspace:
            for account in self.shell.workspace.accounts.find(query.removeprefix("@"), limit=FOUND):
                about = f"@{account.username} {show(account.nickname or '', 60)}"
                yield f"Account: @{show(account.username, 60)}", about, partial(self._open_account, account.username), ""

    def _open_account(self, username: str) -> None:
        self.app.post_message(OpenAccount(self._shop_id, username))


def first_sentence(text: str) -> str:
    """Return the first sentence, up to a colon or its period."""
    return text.partition(". ")[0].partition(": ")[0].rstrip(".")


def _plain(help: str) -> str:
    """Wrap help text in Content, since Textual parses a str as markup."""
    return Content(show(help))  # type: ignore[return-value]  # Textual accepts Content too
