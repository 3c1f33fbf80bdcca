"""Shop Page: the official account as customers see it, or its content."""

from collections.abc import Iterable

from textual.containers import Horizontal, ItemGrid
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Account, Product, ProductStatus
from core.plurals import count_of
from core.shop_status import ShopStatus
from tui.commands import CONTENT_FACE, bindings
from tui.place import Place
from tui.widgets.avatar import Avatar
from tui.widgets.beside import Moments, rules_here
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.lines import Hanging
from tui.widgets.moments import past
from tui.widgets.product_tile import ProductTile
from tui.widgets.states import link_state, safe
from tui.widgets.tabs import tabs

SHOWN = 60
"""Maximum number of products shown."""
COLUMN = 25
"""Minimum columns of a product."""


class ShopPage(Place):
    """The Shop Page in any state; where there is one, `f` switches between shop and content view."""

    key = "shop_page"
    AUTO_FOCUS = "#page Button"
    BINDINGS = bindings(CONTENT_FACE)

    face: reactive[str] = reactive("shop", recompose=True)
    """The current view: the shop's page or its content."""

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"], *(["Content"] if self.face == "content" else [])]

    def page(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        is_there = status.shop_page.synced and status.official_account is not None
        self.possible = {"face": is_there}
        if not is_there or status.official_account is None:
            yield from self._no_account(status)
            return
        if self.app.is_practice:
            yield Static(Content("Practice: this is a picture of TikTok's page"), classes="picture")
        yield self._profile(status.official_account)
        yield tabs({"shop": "Shop", "content": "Content"}, self.face)
        yield from self._content() if self.face == "content" else self._products(status)

    def side(self) -> Iterable[Widget]:
        if self.face == "shop":
            yield from self._content()
        else:
            yield rules_here(self.app, self.the_shop(), ("official.own-products", "official.shop-page"))

    def action_face(self) -> None:
        self.face = "content" if self.face == "shop" else "shop"

    def action_tab(self, name: str) -> None:
        self.face = name

    def _profile(self, account: Account) -> Widget:
        """Build the head of the account's profile."""
        name = safe(account.nickname or account.username, "bold") + Content("\n") + safe(f"@{account.username}", "$muted")
        return Horizontal(Avatar(account.username, account.nickname), Static(name), classes="account")

    def _products(self, status: ShopStatus) -> Iterable[Widget]:
        view = status.shop_page
        if not view.tracked:
            why = "No product is entered in this record. Import a sheet of products to see the page as customers see it."
            yield Card("Products are not tracked here", Static(Content(why)))
            if not self.app.is_guest:
                file = Button("Import a file…", id="import", variant="primary", action="screen.open('import')")
                yield Buttons(file)
            return
        synced = f" · last change {past(view.synced_at, self.workspace.now(), self.app.zone)}" if view.synced_at else ""
        count = len(view.products)
        words = Content.assemble(("synced", "$success"), f" · {count_of(count, 'product')}", (synced, "$muted"))
        yield Hanging((Content.styled("✓ ", "$success"), words), classes="heading-text")
        if not count:
            nothing = "Add a product in Seller Center, or switch one on, and it will appear here."
            yield Card("No products for sale", Static(Content(nothing)))
        yield _grid(view.products, "products")
        if count > SHOWN:
            yield Static(Content.styled(f"… and {count - SHOWN} more.", "$muted"))
        if off := [product for product in self._known() if product.status != ProductStatus.ACTIVE][-SHOWN:]:
            yield Static(Content.styled("Hidden from customers", "bold"), classes="heading")
            yield _grid(off, "off")

    def _no_account(self, status: ShopStatus) -> Iterable[Widget]:
        waiting = sum(product.status == ProductStatus.ACTIVE for product in self._known())
        if status.official:
            why = Content("There is no Shop Page yet: the request is ") + link_state(status.official.state) + Content(".")
        else:
            why = Content("There is no Shop Page: the shop has no official account.")
        appear = count_of(waiting, "product appears", "products appear") if waiting else "your products appear"
        after = Content.styled(f"Once an official account is linked, {appear} here automatically.", "$muted")
        yield Card("No Shop Page", Static(why), Static(after))
        label = "See the request" if status.official else "Link an official account…"
        action = "screen.open('linked_accounts.official')"
        yield Buttons(Button(label, id="official", variant="primary", action=action))

    def _content(self) -> Iterable[Widget]:
        rule = self.workspace.policy.rules["official.own-products-only"]
        lines = [
            ("Where", "videos and LIVE of the same account"),
            ("May be sold", "this shop's own products"),
            ("May not be sold", "affiliate products of other shops: use a marketing or creator account for these"),
            ("How it's filled", "by hand: it shows what is posted"),
        ]
        yield Card("Content view", Moments([(Content.styled(label, "$muted"), Content(text)) for label, text in lines], ""))
        for _, statement in rule.others(self.the_shop().region, self.workspace.now()):
            yield Card("Sources disagree", Static(Content.styled(statement, "$muted")))

    def _known(self) -> tuple[Product, ...]:
        return self.workspace.products.of_shop(self.the_shop().id)


def _grid(products: Iterable[Product], id: str) -> ItemGrid:
    return ItemGrid(*map(ProductTile, list(products)[:SHOWN]), min_column_width=COLUMN, id=id, classes="products")
