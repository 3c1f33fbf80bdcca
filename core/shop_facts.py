"""The use case of correcting what was entered about a shop and its seller."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core import lookalikes, rules
from core.errors import InvalidInput, Refused
from core.lookup import check_market, check_newest, find_shop
from core.models import Entity, EventKind, Probation, Seller, Shop
from core.read_situation import read_situation
from core.record import Record
from core.store import accounts as account_rows
from core.store import links as link_rows
from core.store import shops as rows
from core.text import clean, quote_last, show
from core.verdict import Outcome
from core.words import entity_words, named

PROBATION = ("probation", "probation_until", "unlinks_before")
"""The facts of a shop that a statement can change at any time."""


class ShopFacts:
    """The facts of shops."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def get(self, ref: str) -> Shop:
        """Find the shop with this code or id. Raises NotFound."""
        return find_shop(self._store, ref)

    def seller(self, shop: Shop) -> Seller:
        return rows.seller(self._store, shop.seller)

    def set_probation(self, ref: str, until: datetime | None) -> Shop:
        """State when the shop's probation period ends (UTC); None: it is over. Raises NotFound."""
        return self.state(ref, probation=Probation.ACTIVE if until else Probation.OVER, probation_until=until)

    def state(self, ref: str, *, entity: Entity | None = None, **facts: Any) -> Shop:
        """Correct facts of a shop: code, region, probation, probation_until, unlinks_before.

        `entity`: its seller's legal entity. Another number or country moves the shop to that entity's seller, which is added
        if it is new; another legal name or kind corrects the entity for all its shops. Raises NotFound, InvalidInput, and
        Refused if links depend on its region or seller. In practice every link does, and depends on its earlier unlinks.
        """
        record = self._record
        with record.change():
            before = self.get(ref)
            seller = self._seller_of(entity, before) if entity else None
            after = replace(before, seller=seller.id if seller else before.seller, **facts)
            if "code" in facts:
                after = replace(after, code=self._own_code(after.code, before.id), code_is_made_up=False)
            changed = [name for name in ("code", "region", "seller", *PROBATION) if getattr(after, name) != getattr(before, name)]
            corrected = self._correct_entity(entity)
            if after == before and not corrected:
                return before
            check_newest(record, "shop", before.id, [*changed, *corrected])
            if "region" in changed:
                check_market(record.policy, after.region)
            if {"region", "seller"} & set(changed) or (not record.is_record and "unlinks_before" in changed):
                self._allow_move(before, after)
            changes = [self._changed_words(name, getattr(before, name), getattr(after, name)) for name in changed]
            changes += [self._changed_words(name, *both) for name, both in corrected.items()]
            rows.replace(self._store, after)
            record.add_event(
                EventKind.SHOP_STATED,
                f"Shop {after.name} has changed facts: {', '.join(changes)}",
                shop=after.id,
                details={"shop": after, "seller": self.seller(after), "facts": [*changed, *corrected]},
            )
            return after

    def name_notes(self, name: str, seller: str = "") -> tuple[str, ...]:
        """List what is odd about a shop's name: it looks like another shop's, or it mixes alphabets."""
        near = rows.names_near(self._store, name, seller, lookalikes.COMPARED)
        notes = [f"The name looks like another shop's: {quote_last(show(other, 60))}" for other in lookalikes.alike(name, near)]
        if lookalikes.mixed(name):
            notes.append("The name mixes letters of several alphabets that look alike.")
        return tuple(notes)

    def entity_notes(self, entity: Entity) -> tuple[str, ...]:
        """Note if this entity's seller is known here under another name, kind or number."""
        seller = rows.seller_of_entity(self._store, entity.key)
        if seller is None:
            name = entity.legal_name or ""
            other = rows.number_of_name(self._store, entity.country, name)
            if other is None:
                return ()
            return (
                f"A seller “{show(name, 60)}” has the number {show(other, 40)}. With "
                f"{show(entity.registration_number, 40)} there are two sellers of this name. Check the number.",
            )
        if (seller.entity.legal_name, seller.entity.kind) == (entity.legal_name, entity.kind):
            return ()
        known = f"“{show(seller.entity.legal_name or 'no name', 60)}”, {seller.entity.kind or 'of unknown type'}"
        return (
            f"The number {show(entity.registration_number, 40)} ({show(entity.country, 4)}) already belongs to {known}. "
            "The shop was added to that seller, whose name stays. For another seller, give its own number and country.",
        )

    def _seller_of(self, entity: Entity, shop: Shop) -> Seller:
        """Find or add this legal entity's seller, completed from the shop's own. Call it within a change."""
        seller = rows.seller_of_entity(self._store, entity.key)
        if seller is None:
            entity = entity.completed_by(self.seller(shop).entity)
            seller = Seller(id=self._record.new_id("seller", "sel"), entity=entity)
            rows.add_seller(self._store, seller)
        return seller

    def _correct_entity(self, entity: Entity | None) -> dict[str, tuple[str | None, str | None]]:
        """Correct the legal name and the kind of a known entity; return what changed, before and after."""
        seller = rows.seller_of_entity(self._store, entity.key) if entity else None
        if entity is None or seller is None:
            return {}
        corrected = replace(
            seller.entity, kind=entity.kind or seller.entity.kind, legal_name=entity.legal_name or seller.entity.legal_name
        )
        if corrected == seller.entity:
            return {}
        rows.change_entity(self._store, corrected)
        both = {name: (getattr(seller.entity, name), getattr(corrected, name)) for name in ("kind", "legal_name")}
        return {name: (before, after) for name, (before, after) in both.items() if before != after}

    def _own_code(self, code: str | None, id: str) -> str:
        """Read the code that TikTok gave the shop with this id. Raises InvalidInput."""
        code = clean("code", code or "", "identifier")
        other = rows.find(self._store, code)
        if other and other.id != id:
            raise InvalidInput(
                "code",
                f"{show(code, 60)} is the code of another shop, {show(other.name, 60)}",
                remedy="Give this shop's own code.",
            )
        return code

    def _allow_move(self, before: Shop, after: Shop) -> None:
        """Ask the rules about the shop's live links if its region or seller changes. Practice forbids it."""
        record = self._record
        found = link_rows.of_shop(self._store, before.id)
        message = f"The links of {before.name} depend on its region, its seller, and its unlinks."
        if found and not record.is_record:
            raise Refused(message, remedy="In practice, add another shop.")
        remedy = "Check what you enter about the shop, and the facts of this account."
        verdicts = []
        for link in found:
            if link.is_live:
                account = account_rows.of_link(self._store, link)
                situation = read_situation(record, "always", after, link.role, account=account, link=link)
                asked = (f"{link.role}.region-match", "org.same-entity", "org.one-seller")
                answers = (rules.judge(rule, situation, record.policy, record.moment()) for rule in asked)
                verdicts += [replace(one, reason=f"@{account.username}: {one.reason}", remedy=remedy) for one in answers]
        record.allow(message, [verdict for verdict in verdicts if verdict.outcome != Outcome.UNKNOWN])

    def _changed_words(self, name: str, before: Any, after: Any) -> str:
        """Name a fact that changed, with what it was and is; the end of probation alone."""
        words = named([name], "shop")
        if name == "probation_until":
            return words
        if name == "seller":
            before, after = (entity_words(rows.seller(self._store, id).entity) for id in (before, after))
        now = "not entered" if after is None else show(str(after), 60)
        return f"{words} {now}" if before is None else f"{words} from {show(str(before), 60)} to {now}"
