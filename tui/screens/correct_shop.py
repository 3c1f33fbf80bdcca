"""Correct what was entered of a shop."""

from collections.abc import Iterable
from typing import Any

from textual import work
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.countries import read_country
from core.errors import InvalidInput, gather
from core.models import Entity, Probation, Shop
from core.plurals import count_of
from core.shop_input import make_entity, read_unlinks_before
from core.text import country_code, show
from tui.screens.add_shop import FIELDS, OPTIONAL, AddShop


class CorrectShop(AddShop):
    """The form of a shop's facts, filled with what is entered; its name has a page of its own."""

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.begun: dict[str, str] = {}

    def trail(self) -> list[str]:
        return ["Settings", "Shop information", "Correct facts"]

    def page(self) -> Iterable[Widget]:
        if not self.begun:
            self.begun = _shown(self.the_shop(), self.workspace.shops.seller(self.the_shop()).entity)
            self.typed = dict(self.begun)
        seller = self.workspace.shops.seller(self.the_shop())
        shops = count_of(self.workspace.shops.shops_of(seller), "shop")
        words = f"Legal name and kind are the seller's: they change for {shops}. A code cannot be taken out again."
        yield Static(Content.styled(words, "$muted"), classes="heading-text")
        yield from self.fields((*OPTIONAL, *FIELDS[1:]))
        save = Button("Save", id="save", variant="primary", action="screen.add")
        yield Horizontal(save, Button("Cancel", id="back", action="screen.back"), classes="buttons")

    def is_begun(self) -> bool:
        return bool(self.begun) and self.typed != self.begun

    def action_add(self) -> None:
        """Save what changed."""
        self._save()

    @work
    async def _save(self) -> None:
        try:
            facts = self._facts()
        except InvalidInput as error:
            self._show_mistake(error)
            return
        shop = self.the_shop()
        state = self.workspace.shops.state
        if await self.record(f"facts of {show(shop.name, 60)}", lambda: state(shop.id, **facts), self._show_mistake):
            self.begun = dict(self.typed)
            self.app.leave(self)

    def _facts(self) -> dict[str, Any]:
        """Read the facts that differ from those entered. Raises InvalidInput with every mistake."""
        changed = {name for name in self.typed if self.typed[name] != self.begun.get(name, "")}
        readers = {
            "code": lambda: ("code", self.typed["code"]),
            "region": lambda: ("region", country_code(self.typed["region"])),
            "probation": lambda: ("probation", Probation(self.typed["probation"]) if self.typed["probation"] else None),
            "before": lambda: ("unlinks_before", read_unlinks_before(self.typed["before"])),
        }
        found = gather(*(reader for name, reader in readers.items() if name in changed), self._checked_entity)
        facts: dict[str, Any] = dict(found[:-1])
        if "probation" in facts:
            facts["probation_until"] = None
        if changed & {"kind", "legal", "number", "country"}:
            facts["entity"] = found[-1]
        return facts

    def _checked_entity(self) -> Entity:
        typed = self.typed
        read_country("country", typed["country"])
        return make_entity(typed["kind"].strip().lower(), typed["legal"], typed["number"], typed["country"])


def _shown(shop: Shop, entity: Entity) -> dict[str, str]:
    """Return the text of each field."""
    return {
        "name": shop.name,
        "region": shop.region,
        "legal": entity.legal_name or "",
        "kind": entity.kind or "",
        "number": entity.registration_number,
        "country": entity.country,
        "code": "" if shop.code_is_made_up else shop.code,
        "before": "" if shop.unlinks_before is None else str(shop.unlinks_before),
        "probation": shop.probation or "",
    }
