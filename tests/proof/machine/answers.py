"""What the model answers for each rule, moment by moment, and whether it stops."""

from __future__ import annotations

import re

from tests.proof.machine.world import LINKS_IN_WINDOW, NICKNAME, PLACES, UNLINK_WAIT, UNLINKS, USERNAME, Row, World

Answers = dict[str, str]

STOPS = ("blocked", "wait", "unknown")


def stopping(answers: Answers) -> set[tuple[str, str]]:
    return {(rule, outcome) for rule, outcome in answers.items() if outcome in STOPS}


def request(world: World, shop: int, role: str, account: Row, now: int, agreement: bool | None) -> Answers:
    kind = account["kind"]
    found = {
        **fits(world, shop, role, account),
        "link.agreement": {None: "notice", True: "pass", False: "blocked"}[agreement],
        "link.authorization": "notice",
        "link.who": "pass",
        "account.business-upgrade": "notice" if kind in {None, "personal"} else "pass",
        "account.username-format": username(account["username"]),
        "org.no-conversion": "pass" if kind == "organization" else "notice",
    }
    if role == "marketing":
        return found | places(world, shop, account, now)
    notices = ("official.unlink-limit", "official.own-products-only", "official.shop-page-sync", "link.review")
    return {**found, **dict.fromkeys(notices, "notice"), "official.name-match": name(world, shop, account)}


def submit(world: World, link: Row) -> Answers:
    found = fits(world, link["shop"], link["role"], world.accounts[link["account"]], link)
    return found | {"link.authorization": "pass" if link["authorized_at"] else "blocked"}


def approve(world: World, link: Row) -> Answers:
    account = world.accounts[link["account"]]
    found = fits(world, link["shop"], link["role"], account, link)
    in_review = "pass" if link["state"] == "in_review" else "blocked"
    return found | {"link.review": in_review, "official.name-match": name(world, link["shop"], account)}


def accept(world: World, link: Row, now: int) -> Answers:
    account = world.accounts[link["account"]]
    return fits(world, link["shop"], link["role"], account, link) | places(world, link["shop"], account, now, link)


def unlink(world: World, link: Row, now: int) -> Answers:
    if link["role"] == "marketing":
        waiting = waits([link] if link["state"] == "linked" else [], now)
        return {"link.who": "pass", "marketing.limit": "notice", "marketing.unlink-wait": waiting}
    kind = world.accounts[link["account"]]["kind"]
    official = world.official(link["shop"])
    return {
        "official.unlink-wait": waits([official] if official else [], now),
        "link.who": "pass",
        "official.unlink-limit": "notice" if world.unlinks(link["shop"]) < UNLINKS else "blocked",
        "official.name-match": "notice",
        "official.shop-page-sync": "notice",
        "org.members": "notice" if kind in {None, "organization"} else "pass",
    }


def rename(world: World, shop: int, new: str) -> Answers:
    official = world.official(shop)
    return {
        "shop.name": "notice",
        "official.name-match": "notice" if official else "pass",
        "official.name-length": "notice" if len(new) > NICKNAME else "pass",
    }


def create(world: World, shop: int, wanted: str) -> Answers:
    notices = ("official.name-match", "official.unlink-limit", "official.own-products-only", "official.shop-page-sync")
    return {
        "official.one-per-shop": "blocked" if world.live(shop=shop, role="official") else "pass",
        "official.name-length": "notice" if len(world.shops[shop]["name"]) > NICKNAME else "pass",
        "org.availability": "pass",
        "link.who": "pass",
        "account.username-format": "blocked" if wanted in world.accounts else username(wanted),
        **dict.fromkeys(notices, "notice"),
    }


def standing(world: World, shop: int, now: int) -> Answers:
    """How a shop stands: every rule that can be asked at any time, and those that its official link rests on."""
    official = world.official(shop)
    marketing = [link for link in world.live(shop=shop, role="marketing") if link["state"] == "linked"]
    used_up = "blocked" if official else "notice"
    found = {
        "official.one-per-shop": "pass",
        "official.name-match": "pass",
        "official.name-length": "notice" if len(world.shops[shop]["name"]) > NICKNAME else "pass",
        "official.unlink-wait": waits([official] if official else [], now),
        "official.unlink-limit": "pass" if world.unlinks(shop) < UNLINKS else used_up,
        "official.own-products-only": "notice",
        "official.shop-page-sync": "pass",
        "org.members": "pass",
        "marketing.limit": "pass",
        "marketing.unlink-wait": waits(marketing, now),
        "marketing.no-probation": probation(world, shop, now),
    }
    return fits(world, shop, "official", world.accounts[official["account"]], official) | found if official else found


def fits(world: World, shop: int, role: str, account: Row, link: Row | None = None) -> Answers:
    """What an account has to be for a link in a role, and the place it takes; `link` does not stand in its own way."""
    place = world.shops[shop]
    others = [other for other in world.live(account=account["username"]) if other is not link]
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
        owners = {world.shops[other["shop"]]["seller"] for other in others} | {account["seller"]}
        found["org.one-seller"] = "pass" if owners <= {None, place["seller"]} else "blocked"
    if role == "official":
        taken = [other for other in world.live(shop=shop, role="official") if other is not link]
        found["official.one-per-shop"] = "blocked" if taken else "pass"
        elsewhere = [other for other in others if other["role"] == "official" and other["shop"] != shop]
        found["official.one-shop"] = "blocked" if elsewhere else "pass"
        found["official.name-length"] = "notice" if len(place["name"]) > NICKNAME else "pass"
    confirmed = link["confirmed"] if link else ()
    return {rule: "notice" if outcome == "unknown" and rule in confirmed else outcome for rule, outcome in found.items()}


def places(world: World, shop: int, account: Row, now: int, link: Row | None = None) -> Answers:
    taken = [other for other in world.live(shop=shop, role="marketing") if other is not link]
    elsewhere = [other for other in world.live(account=account["username"], role="marketing") if other["shop"] != shop]
    often = len(world.recent_links(account["username"], now)) >= LINKS_IN_WINDOW
    return {
        "marketing.limit": "blocked" if len(taken) >= PLACES else "pass",
        "marketing.link-frequency": "wait" if often else "pass",
        "marketing.one-shop": "notice" if elsewhere else "pass",
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
