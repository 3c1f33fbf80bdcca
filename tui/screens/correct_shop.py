"""Correct what you entered about a shop."""

from collections.abc import Iterable
from typing import Any

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Entity, Probation, Shop
from core.plurals import count_of
from core.text import show
from tui.screens.add_shop import AddShop, entity_of
from tui.widgets.form import Form

FACTS = {"code": "code", "region": "region", "probation": "probation", "before": "unlinks_before"}
"""The core's names for the facts of the fields."""


class CorrectShop(AddShop):
    """The form of a shop's facts, filled in; its name has a separate page."""

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = {}
        self.begun: dict[str, str] = {}
        self.before: tuple[Shop, Entity] | None = None
        """The shop and its seller's legal entity as the form first shows them."""

    def trail(self) -> list[str]:
        return ["Settings", "Shop information", "Correct facts"]

    def page(self) -> Iterable[Widget]:
        shop = self.the_shop()
        seller = self.workspace.shops.seller(shop)
        if not self.begun:
            self.before = shop, seller.entity
            self.typed = _shown(*self.before)
        words = (
            "Legal name and company or individual belong to the seller: they change for "
            f"{count_of(self.workspace.shops.shops_of(seller), 'shop')}. "
            "A shop code can't be removed."
        )
        yield Static(Content.styled(words, "$muted"), classes="heading-text")
        yield Form(
            *self.needed(),
            *self.known(),
            typed=self.typed,
            submit="screen.add",
            buttons=[
                Button("Save", id="save", variant="primary", action="screen.add"),
                Button("Cancel", id="back", action="screen.back"),
            ],
        )
        self.begun = self.begun or dict(self.typed)

    def is_begun(self) -> bool:
        return bool(self.begun) and self.typed != self.begun

    def action_add(self) -> None:
        """Save what changed."""
        self._save()

    @work
    async def _save(self) -> None:
        found = self.form.read()
        if found is None:
            return
        facts = self._changed(found)
        if not facts:
            self.app.unchanged()
            self.app.leave(self)
            return
        shop = self.the_shop()
        state = self.workspace.shops.state
        if await self.record(f"facts of {show(shop.name, 60)}", lambda: state(shop.id, **facts), self.show_at_form):
            self.begun = dict(self.typed)
            self.app.leave(self)

    def _changed(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return the facts that differ from those entered."""
        assert self.before
        shop, entity = self.before
        before = {fact: getattr(shop, fact) for fact in FACTS.values()} | ({"code": None} if shop.code_is_made_up else {})
        facts = {fact: found[name] for name, fact in FACTS.items() if found[name] != before[fact]}
        if "probation" in facts:
            facts |= {"probation": Probation(picked) if (picked := facts["probation"]) else None, "probation_until": None}
        typed = entity_of(found)
        if (typed.key, typed.legal_name, typed.kind) != (entity.key, entity.legal_name, entity.kind):
            facts["entity"] = typed
        return facts


def _shown(shop: Shop, entity: Entity) -> dict[str, str]:
    """Return the text of each field."""
    return {
        "region": shop.region,
        "legal": entity.legal_name or "",
        "kind": entity.kind or "",
        "number": entity.registration_number,
        "country": entity.country,
        "code": "" if shop.code_is_made_up else shop.code,
        "before": "" if shop.unlinks_before is None else str(shop.unlinks_before),
        "probation": shop.probation or "",
    }
