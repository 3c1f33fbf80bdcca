"""Shop Page: the official account as customers see it, or its content."""

from collections.abc import Iterable

from textual.containers import Horizontal, ItemGrid
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Product, ProductStatus
from core.plurals import count_of
from core.shops import ShopStatus
from tui.commands import CONTENT_FACE, bindings
from tui.place import Place
from tui.widgets.avatar import Avatar
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.moments import short
from tui.widgets.states import link_state, safe

SHOWN = 60
"""Maximum number of products shown."""
STATUS = {ProductStatus.INACTIVE: "switched off", ProductStatus.DELETED: "deleted"}


class ShopPage(Place):
    """The Shop Page in any state; `f` switches between shop and content view."""

    key = "shop_page"
    AUTO_FOCUS = "#page Button"
    BINDINGS = bindings(CONTENT_FACE)

    face: reactive[str] = reactive("shop", recompose=True)
    """The current view: the shop's page or its content."""

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"], *(["Content"] if self.face == "content" else [])]

    def page(self) -> Iterable[Widget]:
        if self.face == "content":
            yield from self._content()
            return
        status = self.workspace.shops.status(self.the_shop().id)
        if not status.shop_page.synced or status.official_account is None:
            yield from self._no_account(status)
        else:
            yield from self._profile(status)
        yield from self._not_shown(status)

    def side(self) -> Iterable[Widget]:
        if self.face == "shop":
            yield from self._content()

    def action_face(self) -> None:
        self.face = "content" if self.face == "shop" else "shop"

    def _profile(self, status: ShopStatus) -> Iterable[Widget]:
        account, view = status.official_account, status.shop_page
        assert account is not None
        synced = short(view.synced_at, self.app.zone) if view.synced_at else ""
        count = len(view.products)
        head = Content("\n").join(
            [
                safe(account.nickname or account.username, "bold"),
                safe(f"@{account.username}", "$muted") + Content.styled("   Shop Page", "$accent"),
                Content.assemble(
                    ("✓ synced", "$success"),
                    f" · {count_of(count, 'product')}",
                    (f" · last change {synced}", "$muted"),
                ),
            ]
        )
        yield Card("As a customer sees it", Horizontal(Avatar(account.username, account.avatar), Static(head)), classes="-accent")
        if not count:
            yield Card(
                "Products",
                Static(Content("The Shop Page is empty: the shop has no product that is switched on.")),
                Static(Content.styled("A product that is added or switched on appears here by itself.", "$muted")),
            )
            return
        yield ItemGrid(*map(_card, view.products[:SHOWN]), min_column_width=34, id="products")
        if count > SHOWN:
            yield Static(Content.styled(f"… and {count - SHOWN} more.", "$muted"))

    def _no_account(self, status: ShopStatus) -> Iterable[Widget]:
        waiting = sum(product.status == ProductStatus.ACTIVE for product in self._products())
        if status.official:
            why = Content("There is no Shop Page yet: the request is ") + link_state(status.official.state) + Content(".")
        else:
            why = Content("There is no Shop Page: the shop has no official account.")
        appear = count_of(waiting, "active product appears here by itself", "active products appear here by themselves")
        next_ = f"Once an official account is linked, {appear}."
        yield Card("Not synced", Static(why), Static(Content.styled(next_, "$muted")), classes="-unknown")
        action = "screen.open('linked_accounts.official')"
        yield Horizontal(Button("Official Account…", id="official", variant="primary", action=action), classes="buttons")

    def _not_shown(self, status: ShopStatus) -> Iterable[Widget]:
        off = [product for product in self._products() if product.status != ProductStatus.ACTIVE][-SHOWN:]
        if off and status.shop_page.synced:
            pairs = [(STATUS[product.status], safe(product.title)) for product in off]
            yield Card("Not shown to customers", Facts(pairs))

    def _content(self) -> Iterable[Widget]:
        rule = self.workspace.policy.rules["official.own-products-only"]
        lines = [
            ("Where", "videos and LIVE of the same account"),
            ("May be sold", "this shop's own products"),
            ("May not", "affiliate products of other shops: apply for these with a marketing or creator account"),
            ("Filled", "by hand: what is posted decides"),
        ]
        yield Card("Content view", Facts([(label, Content(text)) for label, text in lines]))
        for _, statement in rule.others(self.the_shop().region, self.workspace.now()):
            yield Card("Where the sources disagree", Static(Content.styled(statement, "$muted")))

    def _products(self) -> tuple[Product, ...]:
        return self.workspace.products.of_shop(self.the_shop().id)


def _card(product: Product) -> Horizontal:
    price = Content.styled(f"{product.price:,.2f} {product.currency}", "$accent")
    text = Static(safe(product.title, "bold", 60) + Content("\n") + price, classes="product-text")
    return Horizontal(Avatar(product.id, 0), text, classes="product")
