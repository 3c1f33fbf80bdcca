"""What the model answers for each rule, moment by moment."""

from __future__ import annotations

import re

from tests.proof.machine.world import LINKS_IN_WINDOW, NICKNAME, PLACES, UNLINK_WAIT, UNLINKS, USERNAME, Answers, Row, World

STOPS = ("blocked", "wait", "unknown")

RESTS_ON = {
    "official.region-match": {"region"},
    "marketing.region-match": {"region"},
    "account.verified": {"identity_verified"},
    "account.good-standing": {"standing", "holder_is_adult"},
    "org.same-entity": {"kind", "entity"},
    "org.one-seller": {"kind", "seller"},
}
"""The facts that rules look at: a no is only a notice where one of them is newer than the moment that is asked for."""


def request(world: World, shop: int, role: str, account: Row, agreement: bool | None) -> Answers:
    kind = account["kind"]
    found = {
        **fits(world, world.shops[shop], role, account),
        "link.agreement": {None: "notice", True: "pass", False: "blocked"}[agreement],
        "link.authorization": "notice",
        "link.who": "pass",
        "account.business-upgrade": "notice" if kind in {None, "personal"} else "pass",
        "account.username-format": username(account["username"]),
        "org.no-conversion": "pass" if kind == "organization" else "notice",
    }
    if role == "marketing":
        return found | places(world, shop, account)
    notices = ("official.unlink-limit", "official.own-products-only", "official.shop-page-sync", "link.review")
    return {**found, **dict.fromkeys(notices, "notice"), "official.name-match": name(world, shop, account)}


def submit(world: World, link: Row) -> Answers:
    found = fits(world, world.shops[link["shop"]], link["role"], world.accounts[link["account"]], link)
    return found | {"link.authorization": "pass" if link["authorized_at"] is not None else "blocked"}


def approve(world: World, link: Row) -> Answers:
    account = world.accounts[link["account"]]
    found = fits(world, world.shops[link["shop"]], link["role"], account, link)
    in_review = "pass" if link["state"] == "in_review" else "blocked"
    return found | {"link.review": in_review, "official.name-match": name(world, link["shop"], account)}


def accept(world: World, link: Row) -> Answers:
    """Whether the holder can accept: in time, and for a marketing account whether it can be linked."""
    late = link["authorize_by"] is not None and world.moment() >= link["authorize_by"]
    in_time = {"link.authorization": "notice" if late else "pass"}
    if link["role"] == "official":
        return in_time
    account = world.accounts[link["account"]]
    found = fits(world, world.shops[link["shop"]], link["role"], account, link)
    return in_time | found | places(world, link["shop"], account, link)


def unlink(world: World, link: Row) -> Answers:
    now, linked = world.moment(), [link] if link["linked_at"] is not None else []
    if link["role"] == "marketing":
        waiting = waits(linked if link["state"] == "linked" else [], now)
        return {"link.who": "pass", "marketing.limit": "notice", "marketing.unlink-wait": waiting}
    kind = world.accounts[link["account"]]["kind"]
    return {
        "official.unlink-wait": waits(linked, now),
        "link.who": "pass",
        "official.unlink-limit": "notice" if world.unlinks_left_at_most(link["shop"]) else "blocked",
        "official.name-match": "notice",
        "official.shop-page-sync": "notice",
        "org.members": "notice" if kind in {None, "organization"} else "pass",
    }


def rename(world: World, shop: int, new: str) -> Answers:
    standing = [link for link in world.live(shop=shop, role="official") if link["state"] == "linked"]
    return {
        "shop.name": "notice",
        "official.name-match": "notice" if standing else "pass",
        "official.name-length": "notice" if len(new) > NICKNAME else "pass",
    }


def standing(world: World, shop: int) -> Answers:
    """How a shop stands: every rule that can be asked at any time, what its official link rests on, and what its links break."""
    official, now = world.official(shop), world.now
    marketing = [link for link in world.live(shop=shop, role="marketing") if link["state"] == "linked"]
    used = world.unlinks(shop)
    found = {
        "official.one-per-shop": "pass",
        "official.name-match": follows(world, official) if official else "pass",
        "official.name-length": "notice" if len(world.shops[shop]["name"]) > NICKNAME else "pass",
        "official.unlink-wait": waits([official] if official else [], now),
        "official.unlink-limit": "pass" if used < UNLINKS else "blocked" if official or used > UNLINKS else "notice",
        "official.own-products-only": "notice",
        "official.shop-page-sync": "pass",
        "org.members": "pass",
        "marketing.limit": "blocked" if len(marketing) > PLACES else "pass",
        "marketing.unlink-wait": waits(marketing, now),
        "marketing.no-probation": probation(world, shop, now),
    }
    found = kept(world, official) | found if official else found
    broken = {rule for link in marketing for rule, answer in kept(world, link).items() if answer == "blocked"}
    return found | dict.fromkeys(broken, "blocked")


def kept(world: World, link: Row) -> Answers:
    """What a linked account has to keep, whatever is asked for beside it."""
    pool = [other for other in world.live() if other["state"] == "linked"]
    place = world.shops[link["shop"]]
    found = fits(world, place, link["role"], world.accounts[link["account"]], link, pool)
    return found | ({"official.name-match": follows(world, link)} if link["role"] == "official" else {})


def follows(world: World, official: Row) -> str:
    """Whether the official account has the shop's name."""
    nickname = world.accounts[official["account"]]["nickname"]
    return known(nickname, nickname == world.shops[official["shop"]]["name"])


def fits(world: World, place: Row, role: str, account: Row, link: Row | None = None, pool: list[Row] | None = None) -> Answers:
    """What an account has to be for a link in a role, and the place it takes; `link` does not stand in its own way.

    `place`: the shop, perhaps as it is about to be. `pool`: the links that take a place.
    """
    shop = place["_n"]
    live = [other for other in (world.live() if pool is None else pool) if link is None or other["_n"] != link["_n"]]
    others = [other for other in live if other["account"] == account["_n"]]
    found = {
        f"{role}.region-match": known(account["region"], account["region"] == place["region"]),
        "link.one-role-per-shop": "blocked" if any(other["shop"] == shop for other in others) else "pass",
        "account.verified": verified(place["region"], account["identity_verified"]),
        "account.good-standing": good(account),
        "org.same-entity": "unknown" if account["kind"] is None else "pass",
        "org.one-seller": "unknown" if account["kind"] is None else "pass",
    }
    if account["kind"] == "organization":
        entity = world.sellers[place["seller"]]["entity"]
        found["org.same-entity"] = known(account["entity"], account["entity"] == entity)
        owners = {world.shops[other["shop"]]["seller"] for other in others} | {world.owner(account)}
        found["org.one-seller"] = "pass" if owners <= {None, place["seller"]} else "blocked"
    if role == "official":
        taken = [other for other in live if (other["shop"], other["role"]) == (shop, "official")]
        found["official.one-per-shop"] = "blocked" if taken else "pass"
        elsewhere = [other for other in others if other["role"] == "official" and other["shop"] != shop]
        found["official.one-shop"] = "blocked" if elsewhere else "pass"
        found["official.name-length"] = "notice" if len(place["name"]) > NICKNAME else "pass"
    newer, confirmed = world.newer_for(shop, account), link["confirmed"] if link else ()
    for rule, outcome in found.items():
        if (outcome == "blocked" and newer & RESTS_ON.get(rule, set())) or (outcome == "unknown" and rule in confirmed):
            found[rule] = "notice"
    return found


def places(world: World, shop: int, account: Row, link: Row | None = None) -> Answers:
    live = [other for other in world.live(role="marketing") if link is None or other["_n"] != link["_n"]]
    now = world.moment()
    often = world.recent_links(account["_n"]) >= LINKS_IN_WINDOW
    return {
        "marketing.limit": "blocked" if sum(other["shop"] == shop for other in live) >= PLACES else "pass",
        "marketing.link-frequency": "wait" if often else "pass",
        "marketing.one-shop": "notice"
        if any(other["account"] == account["_n"] and other["shop"] != shop for other in live)
        else "pass",
        "marketing.no-probation": probation(world, shop, now),
    }


def name(world: World, shop: int, account: Row) -> str:
    return "pass" if account["nickname"] == world.shops[shop]["name"] else "notice"


def good(account: Row) -> str:
    if account["standing"] in {"suspended", "banned"} or account["holder_is_adult"] == 0:
        return "blocked"
    return "unknown" if None in {account["standing"], account["holder_is_adult"]} else "pass"


def username(wanted: str) -> str:
    shortest, longest = USERNAME
    if not re.fullmatch(r"[a-z0-9_.]*[a-z0-9_]", wanted):
        return "blocked"
    return "pass" if shortest <= len(wanted) <= longest else "notice"


def probation(world: World, shop: int, now: int) -> str:
    until = world.shops[shop]["probation_until"]
    over = world.shops[shop]["probation"] == "over" or (until is not None and until <= now)
    return "pass" if over else "notice"


def verified(region: str, fact: int | None) -> str:
    """The US alone asks for it."""
    return known(fact, fact == 1) if region == "US" or fact == 1 else "notice"


def waits(linked: list[Row], now: int) -> str:
    return "wait" if any(now < link["linked_at"] + UNLINK_WAIT for link in linked) else "pass"


def known(fact: object, holds: bool) -> str:
    return "unknown" if fact is None else "pass" if holds else "blocked"
