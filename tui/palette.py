"""The command palette: screens, shops, accounts, and rules by name."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from textual.actions import parse as parse_action
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widget import Widget

from core.errors import ShoplinkError
from core.models import Role
from core.text import show
from tui.messages import Open, OpenAccount, OpenFromList, OpenPlace, OpenPlan, OpenRule
from tui.place import Place
from tui.place_texts import texts, title
from tui.routes import SHOP_PLACES, place
from tui.shell import Shell
from tui.textual_fixes import SafePalette
from tui.widgets.keys import Keys

FOUND = 8
"""Maximum number of shops, and of accounts, offered."""

RANK = 1000
"""More than any score of Textual's matcher."""

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
        with self._reporting():
            for name, help, run, _ in self._places():
                yield DiscoveryHit(Content(name), run, text=name, help=_plain(help))

    async def search(self, query: str) -> Hits:
        with self._reporting():
            matcher, whose = self.matcher(query), self._of_shop
            for name, help, run, finds in [
                *self._places(),
                *self._plans(),
                *self._actions(),
                *self._rules(),
                *self._shops(query),
                *self._accounts(query),
            ]:
                found_by = finds or help
                if (score := max(matcher.match(words) for words in (f"{name} {found_by}", *found_by.split(", ")))) > 0:
                    title = name.removeprefix("Go to ").removesuffix(whose)
                    yield Hit(score + RANK * _rank(query, title, finds), Content(name), run, text=name, help=_plain(help))

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Report why the file can't be searched: Textual only logs what a provider raises (textual#3058)."""
        try:
            yield
        except ShoplinkError as error:
            self.shell.clear_notifications()  # the one about the letter before
            self.shell.report(error)

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
        shop = self._shop_id
        if self.shell.workspace:
            yield "Go to Shops", "Every shop of this workspace", partial(self._open, OpenPlace, "shops"), ""
        several = "" if self.shell.is_guest else ", or import several from a file"
        yield "Add a shop", f"Enter one{several}", partial(self._open, OpenPlace, "add_shop", shop), ""
        if not self.shell.is_guest:
            reads = partial(self._open, OpenPlace, "import", shop)
            yield "Import a file", "A file that shoplink exported, or a CSV sheet", reads, ""
        if self.shell.is_practice and self.shell.is_kept and not self.shell.workspace.store.read_only:
            ends = partial(self._act, "workspace", shop, "screen.end_practice")
            yield "Add my own shop", "End practice and start a record", ends, ""
        if shop:
            whose = self._of_shop
            opens = OpenPlace if whose else OpenFromList
            for key in SHOP_PLACES:
                found, name = texts(key), f"Go to {title(key)}{whose}"
                yield name, first_sentence(found["guide"]), partial(self._open, opens, key, shop), found.get("finds", "")

    def _plans(self) -> Iterator[Entry]:
        if shop := self._shop_id:
            found = texts("plan")
            for role in Role:
                opens = partial(self._open, OpenPlan, shop, role)
                name = f"{found['title']}: {role} account{self._of_shop}"
                yield name, first_sentence(found["guide"]), opens, found["finds"]

    def _actions(self) -> Iterator[Entry]:
        """List the possible actions of other screens; Textual lists those of the current one."""
        if self._possible is None:
            self._possible = list(self._find_actions()) if self._shop_id else []
        yield from self._possible

    def _find_actions(self) -> Iterator[Entry]:
        shop, whose = self._shop_id, self._of_shop
        for key in SHOP_PLACES:
            other = place(key, shop)
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
                    yield words, binding.tooltip, partial(self._act, key, shop, binding.action), ""

    def _open(self, kind: Callable[..., Open], *about: str | None) -> None:
        """Open what an entry is about: the shop that it named, whichever is in hand by now."""
        self.app.post_message(kind(*about))

    def _act(self, key: str, shop: str | None, action: str) -> None:
        opened = place(key, shop)
        self.app.push_screen(opened)
        opened.call_after_refresh(opened.run_action, action)

    def _rules(self) -> Iterator[Entry]:
        if shop := self._shop_id:
            region, now = self.shell.workspace.shops.get(shop).region, self.shell.workspace.now()
            for rule in self.shell.workspace.policy.rules.values():
                said = first_sentence(rule.stated(region, now))
                yield f"Rule: {rule.title}", said, partial(self._open, OpenRule, shop, rule.id), rule.id

    def _shops(self, query: str) -> Iterator[Entry]:
        if self.shell.workspace:
            for summary in self.shell.workspace.shops.page(query=query, limit=FOUND).shops:
                shop = summary.shop
                opens = partial(self._open, OpenPlace, "settings", shop.id)
                yield f"Shop: {show(shop.name, 60)}", f"{shop.code} {shop.region}", opens, ""

    def _accounts(self, query: str) -> Iterator[Entry]:
        if self.shell.workspace:
            for account in self.shell.workspace.accounts.find(query.removeprefix("@"), limit=FOUND):
                about = f"@{account.username} {show(account.nickname or '', 60)}"
                opens = partial(self._open, OpenAccount, self._shop_id, account.id)
                yield f"Account: @{show(account.username, 60)}", about, opens, ""


def _rank(query: str, title: str, finds: str) -> int:
    """Rank what is found: the title typed in full, its beginning, a word of it or of those that find it, a description."""
    typed, title = query.strip().casefold(), title.casefold()
    if title == typed:
        return 3
    if title.startswith(typed):
        return 2
    return int(f" {typed}" in title or typed in finds.casefold().split(", "))


def first_sentence(text: str) -> str:
    """Return the first sentence, up to a colon or its period."""
    return text.partition(". ")[0].partition(": ")[0].rstrip(".")


def _plain(help: str) -> str:
    """Wrap help text in Content, since Textual parses a str as markup."""
    return Content(show(help))  # type: ignore[return-value]  # Textual accepts Content too
