"""The model's actions on what is around links: shops, accounts, organizations, members, products and the clock."""

from __future__ import annotations

from typing import Any

from tests.proof.machine import answers
from tests.proof.machine.links import UNKNOWN, activate, add, own
from tests.proof.machine.world import (
    ACTOR,
    INVITATION,
    LIVE,
    MEMBER,
    REGIONS,
    SHOP_NAME,
    TIKTOK,
    TRIAL,
    Row,
    Stopped,
    World,
    begun,
)

FACTS = ("nickname", "kind", "region", "phone", "email", "identity_verified", "standing", "holder_is_adult", "entity")

# Shops


def add_shop(world: World, name: str, region: str, entity: Row, code: str) -> None:
    if region not in REGIONS or not name.strip() or len(name) > SHOP_NAME:
        raise Stopped("invalid")
    world.change()
    if _coded(world, code):
        raise Stopped("invalid")
    seller = _seller(world, entity)
    shop = world.add(
        "shops",
        code=code,
        code_is_made_up=0,
        name=name,
        region=region,
        seller=seller,
        probation=None,
        probation_until=None,
        unlinks_before=0 if world.practice else None,
    )
    world.add_event("shop.added", shop=shop["_n"])


def _seller(world: World, entity: Row) -> int:
    """The seller of this legal entity, whose unknown facts are filled in."""
    key = keep_entity(world, entity)
    for seller in world.sellers:
        if seller["entity"] == key:
            return int(seller["_n"])
    return int(world.add("sellers", entity=key)["_n"])


def keep_entity(world: World, entity: Row) -> tuple[str, str]:
    known = _entity(world, entity["country"], entity["registration_key"])
    if known is None:
        world.add("entities", **entity)
    else:
        known.update({fact: known[fact] or entity[fact] for fact in ("kind", "legal_name")})
    return entity["country"], entity["registration_key"]


def _entity(world: World, country: str, key: str) -> Row | None:
    return next((row for row in world.entities if (row["country"], row["registration_key"]) == (country, key)), None)


def _coded(world: World, code: str, *, but: int | None = None) -> bool:
    return any(shop["code"] == code and shop["undone_by"] is None and shop["_n"] != but for shop in world.shops)


def rename(world: World, number: int, name: str) -> None:
    world.change()
    shop = world.shop(number)
    if not name.strip() or len(name) > SHOP_NAME:
        raise Stopped("invalid")
    if name == shop["name"]:
        return
    world.check_newest("shop", number, ["name"])
    world.allow(answers.rename(world, number, name))
    shop["name"] = name
    world.add_event("shop.renamed", shop=number, facts=["name"])
    official = world.official(number)
    account = world.accounts[official["account"]] if official else None
    newer = world.newer("account", account["_n"], world.at) if account and world.at is not None else set()
    if account and account["nickname"] != name and "nickname" not in newer:
        account["nickname"] = name
        world.add_event("account.renamed", shop=number, account=account["_n"], facts=["nickname"])


def set_shop(world: World, number: int, facts: Row) -> None:
    """State or correct facts of a shop; another entity moves it to that entity's seller."""
    world.change()
    shop = world.shop(number)
    entity: Row | None = facts.get("entity")
    after = {**shop, **{name: value for name, value in facts.items() if name != "entity"}}
    corrected: list[str] = []
    if entity:
        key = (entity["country"], entity["registration_key"])
        unnamed = {**entity, "kind": None, "legal_name": None}
        if all(seller["entity"] != key for seller in world.sellers):
            mine = _entity(world, *world.sellers[shop["seller"]]["entity"]) or unnamed
            unnamed.update({fact: entity[fact] or mine[fact] for fact in ("kind", "legal_name")})
        after["seller"] = _seller(world, unnamed)
        known = _entity(world, *key) or unnamed
        corrected = [fact for fact in ("kind", "legal_name") if entity[fact] not in {None, known[fact]}]
        known.update({fact: entity[fact] for fact in corrected})
    if "code" in facts:
        if _coded(world, facts["code"], but=number):
            raise Stopped("invalid")
        after["code_is_made_up"] = 0
    stated = ("code", "region", "seller", "probation", "probation_until", "unlinks_before")
    changed = [name for name in stated if after[name] != shop[name]]
    if after == shop and not corrected:
        return
    world.check_newest("shop", number, [*changed, *corrected])
    if after["region"] not in REGIONS:
        raise Stopped("invalid")
    if {"region", "seller"} & set(changed) or ("unlinks_before" in changed and world.practice):
        _allow_move(world, number, after)
    shop.update(after)
    world.touched.add(("shops", number))
    world.add_event("shop.stated", shop=number, facts=[*changed, *corrected])


def _allow_move(world: World, number: int, after: Row) -> None:
    """Ask what the shop's links rest on that are live now; in practice they forbid it."""
    if world.practice and world.told(shop=number):
        raise Stopped("refused")
    found: dict[str, str] = {}
    for link in world.told(shop=number):
        if link["state"] not in LIVE:
            continue
        answered = answers.fits(world, after, link["role"], world.accounts[link["account"]], link)
        asked = (f"{link['role']}.region-match", "org.same-entity", "org.one-seller")
        found.update({rule: "blocked" for rule in asked if answered[rule] == "blocked"})
    world.allow(found)


def remove_shop(world: World, number: int) -> None:
    world.change()
    shop = world.shop(number)
    if world.told(shop=number) or any(row["shop"] == number and row["undone_by"] is None for row in world.products):
        raise Stopped("refused")
    shop["undone_by"] = len(world.entries)
    world.add_event("shop.removed", shop=number)


# Accounts


def state(world: World, username: str, facts: dict[str, Any]) -> None:
    world.change()
    before = world.find(username)
    if before is None and answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    if facts.get("region") not in {None, *REGIONS}:
        raise Stopped("invalid")
    entity: Row | None = facts.get("entity")
    key = (entity["country"], entity["registration_key"]) if entity else None
    account = before or {**UNKNOWN, "username": username, "_n": -1}
    after = {**account, **facts, **({"entity": key} if "entity" in facts else {})}
    if before and after == before and (entity is None or not _completes(world, entity)):
        return
    if before:
        world.check_newest("account", before["_n"], facts)
        if after["kind"] != before["kind"]:
            _allow_kind(world, before, after)
    if world.practice:
        _check_owner_and_links(world, after)
    if entity:
        keep_entity(world, entity)
    if before:
        before.update(after)
        world.touched.add(("accounts", before["_n"]))
    else:
        before = world.add("accounts", **{name: value for name, value in after.items() if name != "_n"})
    world.add_event("account.stated", account=before["_n"], facts=facts)
    _own_by_links(world, before)


def _completes(world: World, entity: Row) -> bool:
    known = _entity(world, entity["country"], entity["registration_key"])
    return known is None or any(known[fact] is None and entity[fact] is not None for fact in ("kind", "legal_name"))


def _allow_kind(world: World, before: Row, after: Row) -> None:
    """Ask whether an account's kind changes so; what only organization accounts have goes with it."""
    kinds = {before["kind"], after["kind"]}
    held = world.practice and bool(world.live(account=before["_n"]) or before["seller"] is not None)
    converts = before["kind"] in {"personal", "business"} and after["kind"] == "organization"
    world.allow({"org.no-conversion": "blocked" if converts or (held and "organization" in kinds) else "pass"})
    if after["kind"] != "organization":
        after.update(seller=None, converted_at=None)


def _check_owner_and_links(world: World, after: Row) -> None:
    """In practice nothing changes that an owner or a live link rests on."""
    if after["seller"] is not None and after["entity"] != world.sellers[after["seller"]]["entity"]:
        raise Stopped("refused", {("org.same-entity", "blocked" if after["entity"] else "unknown")})
    for link in world.live(account=after["_n"]):
        shop = world.shops[link["shop"]]
        broken = set()
        if after["region"] not in {None, shop["region"]}:
            broken.add((f"{link['role']}.region-match", "blocked"))
        if after["kind"] == "organization" and after["entity"] not in {None, world.sellers[shop["seller"]]["entity"]}:
            broken.add(("org.same-entity", "blocked"))
        if link["role"] == "official" and link["state"] == "linked" and after["nickname"] != shop["name"]:
            broken.add(("official.name-match", "blocked" if after["nickname"] else "unknown"))
        if broken:
            raise Stopped("refused", broken)


def _own_by_links(world: World, account: Row) -> None:
    """What turns out to be an organization account is its seller's that linked it last."""
    linked = [link for link in world.told(account=account["_n"]) if link["linked_at"] is not None]
    if linked and not world.practice:
        own(world, account, world.shops[max(linked, key=lambda link: (link["linked_at"], -link["_n"]))["shop"]])


def rename_account(world: World, username: str, new: str) -> None:
    world.change()
    account = world.find(username)
    if account is None:
        raise Stopped("not_found")
    if new == account["username"]:
        return
    if answers.username(new) == "blocked" or world.has(new):
        raise Stopped("invalid", {("account.username-format", "blocked")})
    world.check_newest("account", account["_n"], ["username"])
    world.entry.former.append((account["_n"], account["username"]))
    former, account["username"] = account["username"], new
    live = [link["shop"] for link in world.told(account=account["_n"]) if link["state"] in LIVE]
    shop = live[0] if live else None
    world.add_event("account.username_changed", shop=shop, account=account["_n"], facts=["username"], former=former)


def convert(world: World, username: str, *, cancel: bool) -> None:
    """TikTok's update to an organization account, or the end of its trial."""
    now = world.change()
    account = world.find(username)
    if account is None:
        raise Stopped("not_found")
    if world.practice:
        converts = account["kind"] in {"personal", "business"}
        raise Stopped("refused", {("org.no-conversion", "blocked")} if converts else ())
    world.check_newest("account", account["_n"], ["kind"])
    is_organization = account["kind"] == "organization"
    if cancel:
        if account["converted_at"] is None or not is_organization:
            raise Stopped("refused")
        if now >= account["converted_at"] + TRIAL:
            world.allow({"org.no-conversion": "blocked"})
        told = [entry.kind_before for entry in world.standing_entries() if account["_n"] in entry.kind_before]
        account.update(kind=told[-1][account["_n"]] if told else None, converted_at=None, seller=None)
        world.add_event("account.stated", account=account["_n"], facts=["kind"], actor=TIKTOK)
        return
    if is_organization:
        raise Stopped("refused")
    world.entry.kind_before[account["_n"]] = account["kind"]
    account.update(kind="organization", converted_at=now)
    world.add_event("account.stated", account=account["_n"], facts=["kind"], actor=TIKTOK)
    _own_by_links(world, account)


def remove_account(world: World, username: str) -> None:
    world.change()
    account = world.find(username)
    if account is None:
        raise Stopped("not_found")
    if world.told(account=account["_n"]) or world.members_of(account["_n"]):
        raise Stopped("refused")
    account["undone_by"] = len(world.entries)
    world.add_event("account.removed", account=account["_n"])


# Organization accounts and members


def create_organization(world: World, shop: int, username: str, contact: str | None) -> None:
    if contact is None and world.practice:
        raise Stopped("invalid")
    now = world.change()
    place = world.shop(shop)
    if not world.has(username) and answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    found = answers.create(world, shop, username)
    if world.has(username):  # which no record can tell
        raise Stopped("refused", {(rule, outcome) for rule, outcome in found.items() if outcome == "blocked"})
    against = world.allow(found)
    facts: Row = {
        **UNKNOWN,
        "username": username,
        "nickname": place["name"],
        "kind": "organization",
        "region": place["region"],
        "identity_verified": 1,
        "standing": "good",
        "holder_is_adult": 1,
        "entity": world.sellers[place["seller"]]["entity"],
        "seller": place["seller"],
    }
    if contact:
        facts["email" if "@" in contact else "phone"] = contact
    account = world.add("accounts", **facts)
    world.entry.created[account["_n"]] = now
    world.add_event("organization.created", shop=shop, account=account["_n"], facts=FACTS)
    if contact:
        _add_member(world, account, contact, "admin", now, state="active", accepted_at=now)
        world.add_event("member.accepted", shop=shop, account=account["_n"])
    activate(world, add(world, shop, account, "official", now, origin="created", against=against), actor=ACTOR)


def _add_member(world: World, account: Row, contact: str, role: str, now: int, **more: Any) -> None:
    empty = dict.fromkeys(["accept_by", "accepted_at", "removed_at", "seller_center_removed_at"])
    facts = {**empty, "account": account["_n"], "contact": contact, "role": role, "invited_at": now, **more}
    world.add("members", **facts)


def invite(world: World, shop: int, contact: str, role: str) -> None:
    now = world.change()
    world.shop(shop)
    official = world.official(shop)
    account = world.accounts[official["account"]] if official else None
    if account is None or account["kind"] != "organization":
        raise Stopped("refused", {("org.members", "blocked")})
    if contact.lower() in {member["contact"].lower() for member in _present(world, account["_n"])}:
        raise Stopped("refused")
    _add_member(world, account, contact, role, now, state="invited", accept_by=now + INVITATION)
    world.add_event("member.invited", shop=shop, account=account["_n"])


def _present(world: World, account: int) -> list[Row]:
    return [member for member in world.members_of(account) if member["state"] in {"invited", "active"}]


def accept(world: World, member: Row) -> None:
    now = world.change()
    _member_is(world, member, "invited")
    member.update(state="active", accepted_at=now)
    world.add_member_event("accepted", member, actor=MEMBER)


def expire(world: World, member: Row) -> None:
    if world.practice:
        raise Stopped("refused")
    world.change()
    _member_is(world, member, "invited")
    at = member["accept_by"] if world.at is None else world.at
    if at > world.now():
        raise Stopped("invalid")
    member["state"] = "expired"
    world.add_member_event("expired", member, at=at, actor=TIKTOK)


def change_role(world: World, member: Row, role: str) -> None:
    world.change()
    _member_is(world, member, "invited", "active")
    if member["role"] == role:
        return
    _not_the_last_admin(world, member)
    world.check_newest("member", member["_n"], ["role"])
    member["role"] = role
    world.add_member_event("role_changed", member, facts=["role"])


def remove(world: World, member: Row) -> None:
    now = world.change()
    _member_is(world, member, "invited", "active")
    _not_the_last_admin(world, member)
    member.update(state="removed", removed_at=now)
    world.add_member_event("removed", member)


def note_removed(world: World, member: Row) -> None:
    """Somebody who was removed has lost the role in Seller Center too."""
    now = world.change()
    _member_is(world, member, "removed")
    if member["seller_center_removed_at"] is None:
        member["seller_center_removed_at"] = now
        world.add_member_event("removed", member)


def _member_is(world: World, member: Row, *states: str) -> None:
    if member["undone_by"] is not None:
        raise Stopped("not_found")
    if member["state"] not in states:
        raise Stopped("refused", {("org.members", "blocked")})
    last = max(member[name] for name in ("invited_at", "accepted_at", "removed_at") if member[name] is not None)
    if world.at is not None and world.at < last:
        raise Stopped("invalid")


def _not_the_last_admin(world: World, member: Row) -> None:
    world.shop_of_members(member["account"])  # which there has to be
    is_organization = world.accounts[member["account"]]["kind"] == "organization"
    last = not is_organization or [one["_n"] for one in world.admins(member["account"])] == [member["_n"]]
    world.allow({"org.members": "blocked" if last else "notice"})


# Products


def add_product(world: World, shop: int, title: str, price: str) -> None:
    now = world.change()
    currency = REGIONS[world.shop(shop)["region"]]
    world.add("products", shop=shop, title=title, price=price, currency=currency, status="active", changed_at=now)
    world.add_event("product.added", shop=shop)


def change_product(world: World, product: Row, facts: Row) -> None:
    now = world.change()
    if product["undone_by"] is not None:
        raise Stopped("not_found")
    changed = {name: value for name, value in facts.items() if value != product[name]}
    if not changed:
        return
    if product["status"] == "deleted":
        raise Stopped("invalid")
    product.update(changed, changed_at=now)
    world.add_event("product.changed", shop=product["shop"])


def shop_page(world: World, shop: int) -> list[str] | None:
    """The titles on the Shop Page; None when there is no page."""
    here = [product for product in world.products if product["shop"] == shop and product["undone_by"] is None]
    return [product["title"] for product in here if product["status"] == "active"] if world.official(shop) else None


# The clock and what was a mistake


def advance(world: World, span: int) -> None:
    """Move a practice workspace's clock."""
    if not world.practice:
        raise Stopped("refused")
    if span <= 0:
        raise Stopped("invalid")
    before = world.change()
    world.shift += span
    world.changing = now = max(world.now(), before)
    world.settle(now)
    world.add_event("clock.moved")


def undo(world: World, number: int) -> None:
    """Take an entry back: what it changed is as it was before, and what it added is ignored."""
    world.change()
    entry = world.entries[number]
    if world.practice or entry.undoes is not None or entry.undone or not entry.before:
        raise Stopped("refused")
    added = {key for key, row in entry.before.items() if row is None}
    for table, n in entry.before:
        if getattr(world, table)[n]["entry"] != number:
            raise Stopped("refused")  # something newer is written on it
    for table, column, parent in (
        ("links", "shop", "shops"),
        ("links", "account", "accounts"),
        ("members", "account", "accounts"),
        ("products", "shop", "shops"),
    ):
        for row in getattr(world, table):
            if (parent, row[column]) in added and row["undone_by"] is None and (table, row["_n"]) not in added:
                raise Stopped("refused")  # it rests on what would go
    world.entry.undoes, entry.undone = number, True
    for (table, n), before in entry.before.items():
        row = getattr(world, table)[n]
        if before is not None:
            row.update(before)
        elif table != "entities":
            row["undone_by"] = len(world.entries)
    forgotten = [world.entities[n] for table, n in added if table == "entities"]
    for entity in forgotten:
        key = (entity["country"], entity["registration_key"])
        rests = [shop for shop in world.shops if shop["undone_by"] is None and world.sellers[shop["seller"]]["entity"] == key]
        rests += [account for account in world.accounts if account["undone_by"] is None and account["entity"] == key]
        if not rests:
            entity.update(kind=None, legal_name=None)
    if _contradictory(world):
        entry.undone = False
        raise Stopped("refused")
    world.add_event("entry.undone", **{name: entry.events[0].get(name) for name in ("shop", "link", "account")})


def _contradictory(world: World) -> bool:
    """Whether what stands after an undo cannot go together with what was entered since."""
    there = {table: [row for row in getattr(world, table) if row["undone_by"] is None] for table in ("shops", "accounts")}
    codes = [shop["code"] for shop in there["shops"]]
    names = [account["username"] for account in there["accounts"]]
    people = [(n, row["contact"].lower()) for n in range(len(world.accounts)) for row in _present(world, n)]
    twice = any(len(found) != len(set(found)) for found in (codes, names, people))
    return twice or any(world.contradicted(link) for link in world.told() if link["linked_at"] is not None)


def reminders(world: World, shop: int, now: int) -> set[tuple[int, str, int | None]]:
    """The reminders: moment, kind and link of each."""
    found: set[tuple[int, str, int | None]] = set()
    probation = world.shops[shop]["probation_until"]
    if probation is not None and probation > now:
        found.add((probation, "probation_ends", None))
    official = max(world.told(shop=shop, role="official"), key=begun, default=None)
    if official and official["state"] == "rejected":
        found.add((official["decided_at"], "review_decided", official["_n"]))

    def deadline(at: int, kind: str, number: int) -> tuple[int, str, int]:
        return at, f"{kind}_{'overdue' if at <= now and not world.practice else 'expires'}", number

    for link in world.live(shop=shop):
        number, account = link["_n"], world.accounts[link["account"]]
        if account["converted_at"] is not None and account["converted_at"] + TRIAL > now:
            found.add((account["converted_at"] + TRIAL, "trial_ends", number))
        if link["state"] == "awaiting_authorization":
            found.add(deadline(link["authorize_by"], "authorization" if link["role"] == "official" else "invitation", number))
        elif link["state"] == "authorized":
            found.add((link["authorized_at"], "submit", number))
        elif link["state"] == "in_review":
            found.add((link["submitted_at"], "review_pending", number))
        else:
            found |= _of_linked(world, link, now)
            if link["role"] == "official" and account["kind"] == "organization":
                invited = [member for member in world.members_of(link["account"]) if member["state"] == "invited"]
                found |= {deadline(member["accept_by"], "member_invitation", number) for member in invited}
    return found


def _of_linked(world: World, link: Row, now: int) -> set[tuple[int, str, int | None]]:
    found: set[tuple[int, str, int | None]] = set()
    possible = link["linked_at"] + 24 * 3_600_000
    if possible > now and not (link["role"] == "official" and not world.unlinks_left_at_most(link["shop"])):
        found.add((possible, "unlink_possible", link["_n"]))
    if "blocked" in answers.kept(world, link).values():
        stated = [
            event["at"]
            for entry in world.standing_entries()
            for event in entry.events
            if (
                event["kind"] in {"account.stated", "account.renamed", "organization.created"}
                and event.get("account") == link["account"]
            )
            or (event["kind"] in {"shop.stated", "shop.renamed"} and event.get("shop") == link["shop"])
        ]
        found.add((max([link["linked_at"], *stated]), "rule_broken", link["_n"]))
    return found
