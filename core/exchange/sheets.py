"""Import a sheet's rows through the use cases, as if they were typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

from core.accounts import FACTS
from core.clock import spoken
from core.countries import read_country
from core.dates import When, read_date_cell
from core.errors import InvalidInput, Overlap, gather
from core.exchange.sheet_rows import AccountRow, LinkRow, ProductRow, ShopRow
from core.lookup import read_market
from core.models import EndedBy, Entity, Link, Model, Probation, Product, ProductStatus, Seller, Shop
from core.products import parse_currency
from core.shop_input import make_entity
from core.store import products as product_rows
from core.store import shops as shop_rows
from core.text import contact_problem, country_code, fold_number, show
from core.words import value
from core.workspace import Workspace

NEEDED = ("legal_name", "entity_kind", "registration_number", "country")
"""The columns that name a new shop's seller."""
HOW_PROBATION = "Write active, over, or the day it ends, such as 2027-01-15."
CORRECT_ONE = "That is another line of this sheet. Correct one of the two lines."


class Sheets:
    """Imports rows one after the other, within one change."""

    def __init__(self, workspace: Workspace, zone: tzinfo | None, anyway: bool = False) -> None:
        """`zone`: of the times in the sheet; None: the computer's. `anyway`: take links even though a rule says no."""
        self._workspace = workspace
        self._zone = zone
        self._anyway = anyway
        self.against: list[str] = []
        """The rules that the links are against."""
        self.notes: list[str] = []
        """Notes on what was imported: sellers that may already be known, former usernames."""
        self._links: set[str] = set()
        """The ids of the links that this sheet has added."""
        self._owner: tuple[tuple[str | None, ...], Seller] | None = None
        """The seller's cells in the row before, and that seller: sheets often group shops by seller."""
        contacts = {name: partial(_check_contact, name) for name in ("phone", "email")}
        moments = {name: partial(self._moment, name) for name in ("linked_at", "unlinked_at")}
        of_entity = {"country": partial(read_country, "country")}
        self._readers: dict[str, dict[str, Callable[[str], Any]]] = {
            "shops": {"region": partial(read_market, workspace.policy), "probation": self._probation, **of_entity},
            "accounts": {"username": self._username, "region": partial(read_country, "region"), **contacts, **of_entity},
            "products": {"shop": self._find_shop, "currency": parse_currency},
            "links": {"shop": self._find_shop, "username": self._username, **moments},
        }
        """What reads the cells that need more than a type: shops, markets, countries, currencies, usernames, dates, contacts."""

    def take(self, row: Model) -> str | None:
        """Add or update what a row names; return None if unchanged. Raises ShoplinkError."""
        if isinstance(row, AccountRow | LinkRow):
            self.notes += self._workspace.accounts.former_notes(row.username)
        match row:
            case ShopRow():
                return self._shop(row)
            case AccountRow():
                return _account(self._workspace, row)
            case ProductRow():
                return _product(self._workspace, self._find_shop(row.shop), row)
            case LinkRow():
                return self._link(row)
        raise AssertionError(row)

    def check(self, kind: str, facts: Mapping[str, Any], wrong: Collection[str]) -> None:
        """Check the cells of a row beside the `wrong` ones. Raises InvalidInput for each mistake."""
        right = {name: cell for name, cell in facts.items() if name not in wrong}
        gather(partial(self._cells, kind, right), partial(self._check_together, kind, right, wrong))

    def _cells(self, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Read the cells that have a reader; leave out empty ones. Raises InvalidInput for each mistake."""
        readers = self._readers[kind]
        cells = {name: cell for name in readers if (cell := str(facts.get(name) or "").strip())}
        return dict(zip(cells, gather(*(partial(readers[name], cell) for name, cell in cells.items())), strict=True))

    def _check_together(self, kind: str, facts: Mapping[str, Any], wrong: Collection[str]) -> None:
        """Check what cells need of each other: a new shop its seller, an account's entity its number, an end its date."""
        if kind == "links":
            _check_ended(facts, wrong)
        elif kind == "accounts":
            _check_identified(facts, wrong)
        elif kind == "shops" and not facts.get("seller") and "seller" not in wrong:
            named = str(facts.get("id") or facts.get("code") or "")
            if shop_rows.find(self._workspace.store, named) is None:
                gather(*(partial(_check_given, facts, name) for name in NEEDED if name not in wrong))

    def _find_shop(self, code: str) -> Shop:
        shop = shop_rows.find(self._workspace.store, code.strip())
        if shop is None:
            raise InvalidInput("shop", f"{show(code, 60)} is not a shop in this workspace")
        return shop

    def _username(self, cell: str) -> None:
        if self._workspace.accounts.known(cell) is None:
            self._workspace.accounts.new_username(cell)

    def _shop(self, row: ShopRow) -> str | None:
        store = self._workspace.store
        before = shop_rows.find(store, row.id or row.code)
        facts: dict[str, Any] = {} if row.unlinks_before is None else {"unlinks_before": row.unlinks_before}
        if before is not None:
            cells = self._cells("shops", vars(row))
            return _update_shop(self._workspace, before, row, {**facts, **cells.get("probation", {})})
        if row.id and shop_rows.code_taken(store, row.code):
            raise InvalidInput("code", f"{row.code} is another shop's")
        (entity, seller), cells = gather(partial(self._find_owner, row), partial(self._cells, "shops", vars(row)))
        if seller is None:
            self.notes += self._workspace.shops.entity_notes(entity)
        facts |= cells.get("probation", {})
        self._workspace.shops.add(row.name, cells["region"], entity, code=row.code, id=row.id, seller=seller, **facts)
        return "created"

    def _probation(self, cell: str) -> dict[str, Any]:
        """Read what a row says of the shop's probation period. Raises InvalidInput."""
        said = cell.strip().lower()
        if said in set(Probation):
            return {"probation": Probation(said), "probation_until": None}
        now = self._workspace.moment()
        until = read_date_cell(said, now=now, zone=self._zone, field="probation", ahead=True, how=HOW_PROBATION)
        return {"probation": Probation.ACTIVE, "probation_until": until.moment}

    def _link(self, row: LinkRow) -> str | None:
        workspace = self._workspace
        cells = self._cells("links", vars(row))
        shop, linked_at, unlinked_at = cells["shop"], cells["linked_at"], cells.get("unlinked_at")
        account = workspace.accounts.known(row.username)
        known = workspace.links.find(shop=shop.id, account=account.username) if account else ()
        same = [link for link in known if link.role == row.role and self._is_said(link.linked_at, linked_at)]
        differing = [self._differing(link, row, unlinked_at) for link in same]
        if [] in differing:
            return None
        if differing:
            first, *others = differing[0]
            first.others = tuple(others)
            raise first
        _check_ended(vars(row))
        ended_by = row.ended_by or (EndedBy.SELLER if unlinked_at else None)
        with workspace.recording(note=row.note or "", anyway=self._anyway):
            moment = unlinked_at and unlinked_at.moment
            try:
                link = workspace.links.record_linked(row.username, shop.id, row.role, linked_at.moment, moment, ended_by)
            except Overlap as error:
                if error.link in self._links:
                    error.remedy = f"{CORRECT_ONE} {error.hint}".strip()
                raise
        self._links.add(link.id)
        self.against += link.against
        return "created"

    def _differing(self, link: Link, row: LinkRow, unlinked_at: When | None) -> list[InvalidInput]:
        """List the cells that say otherwise of a link's end than the workspace. Who ended it can be left out."""
        ended_by = row.ended_by or link.ended_by
        by = f" by {value('ended_by', link.ended_by)}" if link.ended_by else ""
        there = f"was unlinked {spoken(link.unlinked_at)}{by}" if link.unlinked_at else "is still linked"
        said = f"differs from link {link.id}, which {there}"
        remedy = CORRECT_ONE if link.id in self._links else "Correct the cell, or the link in the workspace."
        same = {"unlinked_at": self._is_said(link.unlinked_at, unlinked_at), "ended_by": link.ended_by == ended_by}
        return [InvalidInput(name, said, remedy=remedy) for name, is_same in same.items() if not is_same]

    def _is_said(self, moment: datetime | None, said: When | None) -> bool:
        """Check whether a cell means this moment: a date alone means any of that day."""
        if moment is None or said is None:
            return moment is None and said is None
        if said.is_day:
            return moment.astimezone(self._zone).date() == said.moment.astimezone(self._zone).date()
        return moment == said.moment

    def _moment(self, field: str, cell: str) -> When:
        now = self._workspace.moment()  # the import's: what is later is in the future, though the clock goes on
        when = read_date_cell(cell, now=now, zone=self._zone, field=field)
        if when.moment > now:
            raise InvalidInput(field, "is in the future", remedy="Enter it once it has happened.")
        return when

    def _find_owner(self, row: ShopRow) -> tuple[Entity, Seller | None]:
        """Find a new shop's legal entity, and its seller if there is one already."""
        cells = (row.seller, row.legal_name, row.entity_kind, row.registration_number, row.country)
        if self._owner and self._owner[0] == cells:
            return self._owner[1].entity, self._owner[1]
        store = self._workspace.store
        if row.seller:
            seller = shop_rows.find_seller(store, row.seller)
            if seller is None:
                raise InvalidInput("seller", f"{row.seller} is not a seller in this workspace")
            entity = _said_of(seller.entity, row)
        else:
            entity = _entity(row)
            seller = shop_rows.seller_of_entity(store, entity.key)
            if known := shop_rows.entity(store, entity.key):
                entity = _said_of(known, row)
        if seller:
            self._owner = (cells, seller)
        return entity, seller


def _update_shop(workspace: Workspace, before: Shop, row: ShopRow, stated: dict[str, Any]) -> str | None:
    seller = workspace.shops.seller(before)
    named = (
        Entity(country=row.country, registration_number=row.registration_number)
        if row.country and row.registration_number
        else None
    )
    if (row.seller and row.seller != seller.id) or (named and not named.same_as(seller.entity)):
        raise InvalidInput("seller", f"is not the one that shop {before.code} already has")
    entity = _said_of(seller.entity, row)
    facts = {"name": row.name, "code": row.code, "region": country_code(row.region), **stated}
    after = workspace.shops.bring_to(before, replace(before, **facts))
    if entity != seller.entity:
        after = workspace.shops.state(before.id, entity=entity)
    return None if after == before and entity == seller.entity else "updated"


def _said_of(known: Entity, row: ShopRow | AccountRow) -> Entity:
    """Complete a known legal entity from the row. Raises InvalidInput if they contradict each other."""

    def check_same(field: str, value: str | None, there: str | None) -> None:
        if value and there and value != there:
            raise InvalidInput(
                field,
                f"differs from that of the seller with the number {show(known.registration_number, 40)}, {show(there, 60)}: "
                "use the same one, or give the other seller's own number and country",
            )

    number = row.registration_number and fold_number(row.registration_number)
    gather(
        partial(check_same, "country", row.country and country_code(row.country), known.country),
        partial(check_same, "registration_number", number, fold_number(known.registration_number)),
        partial(check_same, "legal_name", row.legal_name, known.legal_name),
        partial(check_same, "entity_kind", row.entity_kind, known.kind),
    )
    return replace(known, legal_name=known.legal_name or row.legal_name, kind=known.kind or row.entity_kind)


def _entity(row: ShopRow) -> Entity:
    """Make the legal entity that the row describes. Raises InvalidInput for all that is missing."""
    gather(*(partial(_check_given, vars(row), name) for name in NEEDED))
    return make_entity(str(row.entity_kind), str(row.legal_name), str(row.registration_number), str(row.country))


def _check_given(facts: Mapping[str, Any], name: str) -> None:
    if facts.get(name) is None:
        all_of_them = f"{', '.join(NEEDED[:-1])} and {NEEDED[-1]}"
        raise InvalidInput(name, f"is missing: a new shop needs {all_of_them}, or the id of a seller in seller")


def _check_identified(facts: Mapping[str, Any], wrong: Collection[str] = ()) -> None:
    """Check that a legal entity in an account's row has its number and its country. Raises InvalidInput for both."""

    def check_given(name: str) -> None:
        if not facts.get(name) and name not in wrong:
            raise InvalidInput(name, "is missing: a legal entity needs a registration number and a country")

    if any(facts.get(name) or name in wrong for name in NEEDED):
        gather(*(partial(check_given, name) for name in ("registration_number", "country")))


def _check_ended(facts: Mapping[str, Any], wrong: Collection[str] = ()) -> None:
    """Check that a link that somebody ended has its date. Raises InvalidInput."""
    if facts.get("ended_by") and not facts.get("unlinked_at") and "unlinked_at" not in wrong:
        raise InvalidInput("ended_by", "needs the date when the link ended: write it in unlinked_at")


def _check_contact(field: str, cell: str) -> None:
    if found := contact_problem(cell, field):
        raise InvalidInput(field, found, remedy="Write it in full, or leave it out.")


def _account(workspace: Workspace, row: AccountRow) -> str | None:
    known = workspace.accounts.known(row.username)
    stated = {name: value for name in FACTS if (value := getattr(row, name, None)) is not None}
    _check_identified(vars(row))
    if row.registration_number:
        entity = Entity(
            registration_number=str(row.registration_number),
            country=str(row.country),
            kind=row.entity_kind,
            legal_name=row.legal_name,
        )
        there = shop_rows.entity(workspace.store, entity.key)
        stated["entity"] = _said_of(there, row) if there else entity
    after = workspace.accounts.state(row.username, **stated)
    return "created" if known is None else None if after == known else "updated"


def _product(workspace: Workspace, shop: Shop, row: ProductRow) -> str | None:
    before = _known(workspace, shop, row)
    if before is None:
        added = workspace.products.add(shop.id, row.title, row.price, row.currency, id=row.id)
        if row.status not in (None, ProductStatus.ACTIVE):
            workspace.products.change(added.id, status=row.status)
        return "created"
    if before.shop != shop.id:
        raise InvalidInput("shop", f"is not the one that product {before.id} already has")
    after = workspace.products.change(before.id, title=row.title, price=row.price, currency=row.currency, status=row.status)
    return None if after == before else "updated"


def _known(workspace: Workspace, shop: Shop, row: ProductRow) -> Product | None:
    if row.id:
        return product_rows.find(workspace.store, row.id)
    return product_rows.titled(workspace.store, shop.id, row.title)
