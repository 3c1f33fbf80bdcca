"""The model's actions on links: each asks what stops it, then changes the world and adds its events."""

from __future__ import annotations

from tests.proof.machine import answers
from tests.proof.machine.world import ACTOR, ANSWER, OPEN, UNLINKS, Row, Stopped, World

UNKNOWN: Row = dict.fromkeys(
    ["nickname", "kind", "region", "phone", "email", "identity_verified", "standing", "holder_is_adult", "entity", "seller"]
)
"""An account with no fact stated."""


def refuse(found: answers.Answers, ignored: tuple[str, ...] = ()) -> None:
    if stopping := {(rule, outcome) for rule, outcome in answers.stopping(found) if rule not in ignored}:
        raise Stopped("refused", stopping)


def account(world: World, username: str) -> Row:
    """The account, or one with every fact unknown where a request may add it by its name."""
    if username in world.accounts:
        return world.accounts[username]
    if answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    if world.practice:
        raise Stopped("not_found")
    return {**UNKNOWN, "username": username, "avatar": 0}


def request(world: World, username: str, shop: int, role: str, *, agreement: bool, confirm: bool) -> None:
    now = world.change()
    asked = account(world, username)
    found = answers.request(world, shop, role, asked, now, agreement)
    unknown = sorted(rule for rule, outcome in found.items() if outcome == "unknown")
    confirmed = tuple(unknown) if confirm else ()
    refuse(found, confirmed)
    if username not in world.accounts:
        world.accounts[username] = asked
        world.add_event("account.stated", now, account=username)
    if asked["kind"] == "organization" and asked["seller"] == world.shops[shop]["seller"] and role == "official":
        activate(world, add(world, shop, username, role, now, confirmed=confirmed), now)
        return
    add(world, shop, username, role, now, authorize_by=now + ANSWER, confirmed=confirmed)
    world.add_link_event("requested", world.links[-1], now)


def add(world: World, shop: int, username: str, role: str, now: int, **more: object) -> Row:
    moments = ("authorize_by", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at")
    empty = dict.fromkeys([*moments, "linked_by", "ended_by", "reason"])
    link = {
        **empty,
        "shop": shop,
        "account": username,
        "role": role,
        "origin": "existing",
        "state": "awaiting_authorization",
        "requested_at": now,
        "requested_by": ACTOR,
        "confirmed": (),
        **more,
    }
    world.links.append(link)
    return link


def authorize(world: World, link: Row) -> None:
    now = world.change()
    needs(link, "link.authorization", "awaiting_authorization")
    if link["role"] == "marketing":
        refuse(answers.accept(world, link, now))
    link.update(state="authorized", authorized_at=now)
    world.add_link_event("authorized", link, now)
    if link["role"] == "marketing":
        activate(world, link, now)


def submit(world: World, link: Row) -> None:
    now = world.change()
    needs(link, "link.authorization", "authorized")
    refuse(answers.submit(world, link))
    link.update(state="in_review", submitted_at=now)
    world.add_link_event("submitted", link, now)


def approve(world: World, link: Row) -> None:
    now = world.change()
    needs(link, "link.review", "in_review")
    refuse(answers.approve(world, link))
    link.update(decided_at=now)
    world.add_link_event("approved", link, now)
    activate(world, link, now)


def end(world: World, link: Row, what: str) -> None:
    """The holder declines, the review rejects, or the seller cancels."""
    now = world.change()
    if what == "declined":
        needs(link, "link.authorization", "awaiting_authorization")
    elif what == "rejected":
        needs(link, "link.review", "in_review")
        link["reason"] = "The picture is blurred"
    else:
        needs(link, None, *OPEN)
        link["ended_by"] = "seller"
    link.update(state=what, decided_at=now)
    world.add_link_event(what, link, now)


def unlink(world: World, link: Row, confirm: str | None) -> None:
    now = world.change()
    needs(link, None, "linked")
    refuse(answers.unlink(world, link, now))
    used = world.unlinks(link["shop"])
    last = link["role"] == "official" and used == UNLINKS - 1
    if last and confirm != world.shops[link["shop"]]["name"]:
        raise Stopped("invalid")
    link.update(state="unlinked", unlinked_at=now, ended_by="seller")
    world.add_link_event("unlinked", link, now)


def activate(world: World, link: Row, now: int) -> None:
    """Make the link linked, and its account what linking makes of it."""
    owner, shop = world.accounts[link["account"]], world.shops[link["shop"]]
    link.update(state="linked", linked_at=now, linked_by=ACTOR)
    world.add_link_event("linked", link, now)
    if link["role"] == "official" and owner["nickname"] != shop["name"]:
        owner["nickname"] = shop["name"]
        world.add_event("account.renamed", now, shop=link["shop"], account=link["account"])
    if owner["kind"] == "personal":
        owner["kind"] = "business"
        world.add_event("account.stated", now, shop=link["shop"], account=link["account"])
    if owner["kind"] == "organization" and owner["seller"] is None:
        owner.update(seller=shop["seller"], entity=world.sellers[shop["seller"]]["entity"])
        world.add_event("account.stated", now, shop=link["shop"], account=link["account"])


def needs(link: Row, rule: str | None, *states: str) -> None:
    if link["state"] not in states:
        raise Stopped("refused", {(rule, "blocked")} if rule else set())
