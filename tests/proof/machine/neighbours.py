"""The model's actions on what is around links: shops, accounts, organizations, members, products and the clock."""

from __future__ import annotations

from typing import Any

from tests.proof.machine import answers
from tests.proof.machine.links import UNKNOWN, add, refuse
from tests.proof.machine.world import ACTOR, HOUR, INVITATION, LIVE, REGIONS, SHOP_NAME, Row, Stopped, World


def add_shop(world: World, name: str, region: str, entity: tuple[str, str], code: str) -> None:
    if region not in REGIONS or not name.strip() or len(name) > SHOP_NAME:
        raise Stopped("invalid")
    now = world.change()
    known = [seller["entity"] for seller in world.sellers]
    if entity not in known:
        known.append(entity)
        world.sellers.append({"entity": entity})
    seller = known.index(entity)
    world.shops.append({"code": code, "name": name, "region": region, "seller": seller, "probation_until": None})
    world.add_event("shop.added", now, shop=len(world.shops) - 1)


def rename(world: World, shop: int, name: str) -> None:
    now = world.change()
    if not name.strip() or len(name) > SHOP_NAME:
        raise Stopped("invalid")
    refuse(answers.rename(world, shop, name))
    if name == world.shops[shop]["name"]:
        return
    world.shops[shop]["name"] = name
    world.add_event("shop.renamed", now, shop=shop)
    if official := world.official(shop):
        world.accounts[official["account"]]["nickname"] = name
        world.add_event("account.renamed", now, shop=shop, account=official["account"])


def set_probation(world: World, shop: int, until: int | None) -> None:
    now = world.change()
    world.shops[shop]["probation_until"] = until
    world.add_event("shop.stated", now, shop=shop)


def state(world: World, username: str, facts: dict[str, Any]) -> None:
    now = world.change()
    before = world.accounts.get(username)
    if before is None and answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    if facts.get("region") not in {None, *REGIONS}:
        raise Stopped("invalid")
    after = {**(before or {**UNKNOWN, "username": username, "avatar": 0}), **facts}
    live = world.live(account=username)
    if before and _converts(before["kind"], after["kind"], held=bool(live or before["seller"] is not None)):
        raise Stopped("refused", {("org.no-conversion", "blocked")})
    if after == before:
        return
    if after["seller"] is not None and after["entity"] != world.sellers[after["seller"]]["entity"]:
        raise Stopped("refused", {("org.same-entity", "blocked" if after["entity"] else "unknown")})
    for link in live:
        _check_link(world, link, after)
    world.accounts[username] = after
    world.add_event("account.stated", now, account=username)


def _converts(before: str | None, after: str | None, *, held: bool) -> bool:
    """Whether an account would become an organization account, or one that is linked or owned would change to or from it."""
    if before in {"personal", "business"} and after == "organization":
        return True
    return held and before != after and "organization" in {before, after}


def _check_link(world: World, link: Row, after: Row) -> None:
    """Check what a live link depends on: the region, the seller's entity, and the shop's name if it is official."""
    shop = world.shops[link["shop"]]
    broken = set()
    if after["region"] not in {None, shop["region"]}:
        broken.add((f"{link['role']}.region-match", "blocked"))
    if after["kind"] == "organization" and after["entity"] not in {None, world.sellers[shop["seller"]]["entity"]}:
        broken.add(("org.same-entity", "blocked"))
    if link["role"] == "official" and link["state"] == "linked" and after["nickname"] != shop["name"]:
        broken.add(("official.name-match", "blocked"))
    if broken:
        raise Stopped("refused", broken)


def create_organization(world: World, shop: int, username: str, contact: str) -> None:
    now = world.change()
    if username not in world.accounts and answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    refuse(answers.create(world, shop, username))
    place = world.shops[shop]
    world.accounts[username] = {
        **UNKNOWN,
        "username": username,
        "nickname": place["name"],
        "kind": "organization",
        "region": place["region"],
        "email" if "@" in contact else "phone": contact,
        "identity_verified": 1,
        "standing": "good",
        "holder_is_adult": 1,
        "entity": world.sellers[place["seller"]]["entity"],
        "seller": place["seller"],
        "avatar": 0,
    }
    world.add_event("organization.created", now, shop=shop, account=username)
    _add_member(world, username, contact, "admin", now, state="active", accepted_at=now)
    world.add_event("member.accepted", now, shop=shop, account=username)
    link = add(world, shop, username, "official", now, origin="created", state="linked", linked_at=now, linked_by=ACTOR)
    world.add_link_event("linked", link, now)


def _add_member(world: World, username: str, contact: str, role: str, now: int, **more: Any) -> None:
    empty = dict.fromkeys(["accept_by", "accepted_at", "removed_at"])
    world.members.append({**empty, "account": username, "contact": contact, "role": role, "invited_at": now, **more})


def invite(world: World, shop: int, contact: str, role: str) -> None:
    now = world.change()
    official = world.official(shop)
    if official is None or world.accounts[official["account"]]["kind"] != "organization":
        raise Stopped("refused", {("org.members", "blocked")})
    username = official["account"]
    here = [member for member in world.members_of(username) if member["state"] in {"invited", "active"}]
    if contact.lower() in {member["contact"].lower() for member in here}:
        raise Stopped("refused")
    _add_member(world, username, contact, role, now, state="invited", accept_by=now + INVITATION)
    world.add_event("member.invited", now, shop=shop, account=username)


def accept(world: World, member: Row) -> None:
    now = world.change()
    _member_is(member, "invited")
    member.update(state="active", accepted_at=now)
    _add_member_event(world, "accepted", member, now)


def change_role(world: World, member: Row, role: str) -> None:
    now = world.change()
    _member_is(member, "invited", "active")
    if member["role"] == role:
        return
    _not_the_last_admin(world, member)
    member["role"] = role
    _add_member_event(world, "role_changed", member, now)


def remove(world: World, member: Row) -> None:
    now = world.change()
    _member_is(member, "invited", "active")
    _not_the_last_admin(world, member)
    member.update(state="removed", removed_at=now)
    _add_member_event(world, "removed", member, now)


def _member_is(member: Row, *states: str) -> None:
    if member["state"] not in states:
        raise Stopped("refused", {("org.members", "blocked")})


def _not_the_last_admin(world: World, member: Row) -> None:
    if world.admins(member["account"]) == [member]:
        raise Stopped("refused", {("org.members", "blocked")})


def _add_member_event(world: World, what: str, member: Row, now: int) -> None:
    world.add_event(f"member.{what}", now, shop=world.shop_of_members(member["account"]), account=member["account"])


def add_product(world: World, shop: int, title: str, price: str) -> None:
    now = world.change()
    currency = REGIONS[world.shops[shop]["region"]]
    product = {"shop": shop, "title": title, "price": price, "currency": currency, "status": "active", "changed_at": now}
    world.products.append(product)
    world.add_event("product.added", now, shop=shop)


def change_product(world: World, product: Row, facts: Row) -> None:
    now = world.change()
    changed = {name: value for name, value in facts.items() if value != product[name]}
    if not changed:
        return
    if product["status"] == "deleted":
        raise Stopped("invalid")
    product.update(changed, changed_at=now)
    world.add_event("product.changed", now, shop=product["shop"])


def advance(world: World, span: int) -> None:
    """Move a practice workspace's clock."""
    if not world.practice:
        raise Stopped("refused")
    if span <= 0:
        raise Stopped("invalid")
    before = world.change()
    world.shift += span
    now = max(world.now(), before)
    world.settle(now)
    world.add_event("clock.moved", now)


def shop_page(world: World, shop: int) -> list[str] | None:
    """The titles on the Shop Page; None when there is no page."""
    shown = [product for product in world.products if product["shop"] == shop and product["status"] == "active"]
    return [product["title"] for product in shown] if world.official(shop) else None


def reminders(world: World, shop: int, now: int) -> set[tuple[int, str, int | None]]:
    """The reminders: moment, kind and link of each."""
    found: set[tuple[int, str, int | None]] = set()
    probation = world.shops[shop]["probation_until"]
    if probation is not None and probation > now:
        found.add((probation, "probation_ends", None))
    official = [link for link in world.links if (link["shop"], link["role"]) == (shop, "official")]
    if official and official[-1]["state"] == "rejected":
        found.add((official[-1]["decided_at"], "review_decided", world.number(official[-1])))
    for number, link in enumerate(world.links):
        if link["shop"] != shop or link["state"] not in LIVE:
            continue
        expires = "authorization_expires" if link["role"] == "official" else "invitation_expires"
        possible = (link["linked_at"] or 0) + 24 * HOUR
        if link["state"] == "linked":
            if possible > now and not (link["role"] == "official" and world.unlinks(shop) >= 3):
                found.add((possible, "unlink_possible", number))
        else:
            at, kind = {
                "awaiting_authorization": (link["authorize_by"], expires),
                "authorized": (link["authorized_at"], "submit"),
                "in_review": (link["submitted_at"], "review_pending"),
            }[link["state"]]
            found.add((at, kind, number))
        if link["role"] == "official" and link["state"] == "linked":
            invited = [member for member in world.members_of(link["account"]) if member["state"] == "invited"]
            found |= {(member["accept_by"], "member_invitation_expires", number) for member in invited}
    return found
