"""The use cases of shops: list, add and rename them, and show a shop's status."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from core import rules
from core.accounts import Accounts
from core.broken_rules import broken, kept
from core.codes import letters
from core.errors import Refused, ended
from core.lookup import check_newest, read_market
from core.models import (
    Account,
    Entity,
    EventKind,
    Link,
    LinkState,
    Probation,
    Role,
    Seller,
    Shop,
    WorkspaceKind,
    standing_official,
)
from core.products import Products
from core.read_situation import as_of, read_situation
from core.record import Record
from core.reminders import Reminders, how_many
from core.shop_facts import PROBATION, ShopFacts
from core.shop_input import check_new_name
from core.shop_status import MOST_DUE, ShopCounts, ShopPage, ShopStatus, ShopSummary
from core.situation import Situation
from core.store import accounts as account_rows
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import shop_list
from core.store import shops as rows
from core.text import clean
from core.verdict import Moment, Verdict


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """A renamed shop, and the account that was its official account then, if it had one."""

    shop: Shop
    account: Account | None


class Shops(ShopFacts):
    """The shops of the workspace."""

    def __init__(self, record: Record, accounts: Accounts, products: Products, reminders: Reminders) -> None:
        super().__init__(record)
        self._accounts = accounts
        self._products = products
        self._reminders = reminders

    def code(self, id: str) -> str:
        """Find the code of the shop with this id, even if it was removed."""
        return rows.by_id(self._store, id).code

    def count(self, most: int | None = None) -> int:
        """Count the shops, or up to `most`."""
        return rows.count(self._store, most)

    def regions(self) -> tuple[str, ...]:
        """List the markets that have a shop in this workspace."""
        return tuple(rows.regions(self._store))

    def page(
        self,
        *,
        query: str = "",
        limit: int = 50,
        after: str | None = None,
        state: Literal["", "linked", "pending", "none"] = "",
        region: str = "",
        due_first: bool = False,
    ) -> ShopPage:
        """List shops by name, with the state of their links.

        `query`: only those that contain it, with or without @. `after`: the code of the shop before the page. `state`: only
        those whose official account is linked, has a request pending, or is missing. `due_first`: those with the
        soonest reminder first. Raises NotFound if `after` is not a shop.
        """
        now = self._record.settled()
        with self._store.read():
            start = self.get(after) if after else None
            query = query.removeprefix("@")
            found = shop_list.page(self._store, query, limit + 1, start, now, state=state, region=region, due_first=due_first)
            shops = self._summaries(found[:limit], now)
        return ShopPage(shops=shops, next=found[limit - 1].code if len(found) > limit else None)

    def sellers_like(self, text: str, limit: int) -> tuple[Seller, ...]:
        """List sellers of shops whose legal name or registration number contains `text`, the newest first."""
        return tuple(rows.sellers_like(self._store, text.strip(), limit))

    def counts(self) -> ShopCounts:
        """Count the shops by the state of their official account, and by what is due."""
        now = self._record.settled()
        with self._store.read():
            linked, pending = shop_list.with_official(self._store)
            due = shop_list.count_due(self._store, now, MOST_DUE)
            return ShopCounts(linked, pending, rows.count(self._store) - linked - pending, due)

    def add(
        self,
        name: str,
        region: str,
        entity: Entity,
        probation_until: datetime | None = None,
        code: str | None = None,
        *,
        id: str | None = None,
        seller: Seller | None = None,
        probation: Probation | None = None,
        unlinks_before: int | None = None,
    ) -> Shop:
        """Add a shop for the seller with this entity, and the seller if it is new. Raises InvalidInput.

        `code`: TikTok's own; without it one is made up. `probation_until`: when its probation period ends, in UTC.
        `seller`: the seller, if the caller already has it.
        """
        record = self._record
        region = read_market(record.policy, region)
        name = clean("shop name", name)
        with record.change():
            seller = seller or rows.seller_of_entity(self._store, entity.key)
            if seller is None:
                seller = Seller(id=record.new_id("seller", "sel"), entity=entity)
                rows.add_seller(self._store, seller)
            elif None in (seller.entity.kind, seller.entity.legal_name):  # one that was undone, perhaps
                seller = rows.complete(self._store, seller, entity)
            id = id or record.new_id("shop", "shp")
            shop = Shop(
                id=id,
                code=self._own_code(code, id) if code else self._new_code(id, region),
                code_is_made_up=code is None,
                name=name,
                region=region,
                seller=seller.id,
                probation=Probation.ACTIVE if probation_until else probation,
                probation_until=probation_until,
                unlinks_before=0 if record.kind == WorkspaceKind.PRACTICE else unlinks_before,
            )
            rows.add(self._store, shop)
            self.record_added(shop, seller)
            return shop

    def record_added(self, shop: Shop, seller: Seller) -> None:
        """Add the event that the shop was added. Call it within the change that did so."""
        self._record.add_event(
            EventKind.SHOP_ADDED,
            f"Shop {shop.name} added in {shop.region}",
            shop=shop.id,
            details={"shop": shop, "seller": seller},
        )

    def check_rename(self, ref: str, name: str) -> tuple[Verdict, ...]:
        """Ask the rules about this new name, and what else it would change.

        Raises NotFound, InvalidInput, also for a moment before the newest name entered.
        """
        self._record.settled()
        situation = self._renaming(self.get(ref), clean("shop name", name))
        return rules.ask(situation, self._record.policy, self._record.moment())

    def _renaming(self, shop: Shop, name: str) -> Situation:
        check_newest(self._record, "shop", shop.id, ["name"])
        taken = rows.name_taken(self._store, name, shop.region, shop.id)
        return self._situation("rename", shop, name=name, name_taken=taken)

    def check_add(self, name: str, region: str) -> tuple[Verdict, ...]:
        """Ask the rules about adding a shop with this name in this market. Raises InvalidInput."""
        record = self._record
        return check_new_name(
            name, region, record.policy, record.now(), lambda name, region: rows.name_taken(self._store, name, region, None)
        )

    def rename(self, ref: str, name: str) -> Renamed:
        """Rename the shop, and with it the official account that was linked then, unless its nickname is newer.

        Raises NotFound, InvalidInput, Refused with the verdicts that stop it.
        """
        record = self._record
        with record.change() as now:
            shop = self.get(ref)
            name = clean("shop name", name)
            if name == shop.name:
                return Renamed(shop=shop, account=self._situation("rename", shop).account)
            situation = self._renaming(shop, name)
            verdicts = rules.ask(situation, record.policy, now)
            record.allow(ended(f"{shop.name} can't be renamed to {name}"), verdicts)
            renamed = replace(shop, name=name)
            before = situation.account
            account = replace(before, nickname=name) if before and "nickname" not in situation.newer else before
            if account and account != before:
                account_rows.replace(self._store, account)
            rows.replace(self._store, renamed)
            record.add_event(
                EventKind.SHOP_RENAMED,
                f"Shop {shop.name} renamed to {name}",
                shop=shop.id,
                details={"shop": renamed, "name_before": shop.name, "facts": ["name"]},
            )
            if account and before and account.nickname != before.nickname:
                self._accounts.record_renamed(account, before.nickname, renamed)
            return Renamed(shop=renamed, account=account)

    def probation(self, shop: Shop) -> Probation | None:
        """Whether the shop is in its probation period now; None: unknown."""
        return rules.probation(shop, self._record.now())

    def shops_of(self, seller: Seller) -> int:
        """Count the shops of this seller."""
        return rows.count_of_seller(self._store, seller.id)

    def is_removable(self, shop: Shop) -> bool:
        """Whether the shop never had a link or a product."""
        return not link_rows.of_shop(self._store, shop.id) and not self._products.of_shop(shop.id)

    def remove(self, ref: str) -> Shop:
        """Remove a shop without links and products; it is kept, but ignored. Raises NotFound, Refused."""
        record = self._record
        with record.change():
            shop = self.get(ref)
            if not self.is_removable(shop):
                raise record.not_removable(f"{shop.name} has or had links or products")
            record.add_event(EventKind.SHOP_REMOVED, f"Shop {shop.name} removed", shop=shop.id, details={"shop": shop})
            rows.remove(self._store, shop)
            return shop

    def bring_to(self, before: Shop, after: Shop) -> Shop:
        """Set a shop's name, probation period and earlier unlinks from an imported file.

        Raises Refused for what never changes about a shop, and if it cannot be renamed.
        """
        for name in ("region", "seller", "code"):
            if getattr(before, name) != getattr(after, name):
                raise Refused(f"The shop {before.code} has another {name} already.", remedy="An import can't change it.")
        with self._record.change():
            self.rename(before.id, after.name)
            return self.state(before.id, **{name: getattr(after, name) for name in PROBATION})

    def status(self, ref: str) -> ShopStatus:
        """Read the status of a shop. Raises NotFound."""
        record = self._record
        now = record.settled()
        shop = self.get(ref)
        live = link_rows.live_of_shop(self._store, shop.id)
        official = next((link for link in live if link.role == Role.OFFICIAL), None)
        account = account_rows.of_link(self._store, official) if official else None
        standing = official if official and official.state == LinkState.LINKED else None
        used = link_rows.unlinks(self._store, shop.id)
        at_most = rules.unlinks_left_at_most(used, shop, record.policy, now)
        return ShopStatus(
            shop=shop,
            seller=self.seller(shop),
            official=official,
            official_account=account,
            last_official=link_rows.last_official(self._store, shop.id),
            unlink_possible_at=rules.unlink_from(standing, shop, record.policy, now) if standing and at_most else None,
            name_matches=account.nickname == shop.name if standing and account and account.nickname else None,
            unlinks_used=used,
            unlinks_left=rules.unlinks_left(used, shop, record.policy, now),
            unlinks_left_at_most=at_most,
            unlink_limit=record.policy.limit("official.unlink-limit", "unlinks", shop.region, now),
            marketing=tuple(link for link in live if link.role == Role.MARKETING),
            marketing_limit=record.policy.limit("marketing.limit", "accounts", shop.region, now),
            shop_page=self._products.shop_page(shop.id),
            reminders=self._reminders.find(shop.id),
            requests=tuple(link for link in live if link.is_open),
            broken=self.broken(shop.id),
        )

    def standing(self, ref: str) -> tuple[Verdict, ...]:
        """Ask every rule that applies to a shop at any time, those its official link rests on, and those its links break.

        Raises NotFound.
        """
        now = self._record.settled()
        shop = self.get(ref)
        always = self._situation("always", shop)
        policy = self._record.policy
        verdicts = list(rules.ask(always, policy, now))
        if official := self._standing(shop):
            asked = {verdict.rule for verdict in verdicts}
            verdicts += [verdict for verdict in kept(self._record, shop, official) if verdict.rule not in asked]
        found = self.broken(shop.id)
        stopped = {verdict.rule for verdict in found}
        verdicts = [verdict for verdict in verdicts if verdict.stops or verdict.rule not in stopped]
        verdicts += [verdict for verdict in found if verdict not in verdicts]
        order = list(policy.rules)
        return tuple(sorted(verdicts, key=lambda verdict: order.index(verdict.rule)))

    def broken(self, ref: str) -> tuple[Verdict, ...]:
        """List the rules that the shop's linked accounts now break; name marketing accounts. Raises NotFound."""
        shop = self.get(ref)
        linked = [link for link in link_rows.live_of_shop(self._store, shop.id) if link.state == LinkState.LINKED]
        found = (self._named(verdict, link) for link in linked for verdict in broken(self._record, shop, link))
        return tuple(dict.fromkeys(found))

    def _named(self, verdict: Verdict, link: Link) -> Verdict:
        if link.role == Role.OFFICIAL or "always" in self._record.policy.rules[verdict.rule].asked:  # said of the shop
            return verdict
        return replace(verdict, reason=f"@{account_rows.of_link(self._store, link).username}: {verdict.reason}")

    def answer(self, ref: str, rule: str, moment: Moment = "always") -> Verdict:
        """Ask one rule about the shop now. Raises NotFound."""
        now = self._record.settled()
        return rules.judge(rule, self._situation(moment, self.get(ref)), self._record.policy, now)

    def _standing(self, shop: Shop) -> Link | None:
        """Find the official link that stands now, or stood at the moment that a person entered."""
        if at := self._record.stated_at:
            return standing_official(as_of(link_rows.of_shop(self._store, shop.id), at))
        return standing_official(link_rows.live_of_shop(self._store, shop.id))

    def _situation(self, moment: Moment, shop: Shop, **more: Any) -> Situation:
        official = self._standing(shop)
        account = account_rows.of_link(self._store, official) if official else None
        members = tuple(member_rows.of_account(self._store, account.id)) if account else ()
        return read_situation(self._record, moment, shop, Role.OFFICIAL, account=account, members=members, **more)

    def _summaries(self, shops: list[Shop], now: datetime) -> tuple[ShopSummary, ...]:
        live = link_rows.live_of_shops(self._store, [shop.id for shop in shops])
        reminders = self._reminders.of_shops(shops, live, now)
        return tuple(self._summary(shop, live.get(shop.id, []), *how_many(reminders[shop.id], now)) for shop in shops)

    def _summary(self, shop: Shop, live: list[Link], due: int, upcoming: int) -> ShopSummary:
        official = next((link for link in live if link.role == Role.OFFICIAL), None)
        marketing = [link for link in live if link.role == Role.MARKETING]
        linked_ones = [link for link in marketing if link.state == LinkState.LINKED]
        return ShopSummary(
            shop=shop,
            official=official.state if official else None,
            official_account=official.username if official else None,
            marketing=len(linked_ones),
            invited=len(marketing) - len(linked_ones),
            due=due,
            upcoming=upcoming,
        )

    def _new_code(self, id: str, region: str) -> str:
        """Make a code like TikTok's from the id: US, LC and six letters or digits."""
        for attempt in range(100):
            code = f"{region}LC{letters(f'{id}/{attempt}')}"
            if not rows.code_taken(self._store, code):
                return code
        raise AssertionError("a hundred codes in a row are taken")
