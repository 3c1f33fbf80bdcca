"""The model's actions on links: each asks what stops it, then changes the world and adds its events."""

from __future__ import annotations

from tests.proof.machine import answers
from tests.proof.machine.world import ACTOR, ANSWER, HOLDER, OPEN, STEPS, TIKTOK, Row, Stopped, World, last_step

REASON = "The picture is blurred"
UNKNOWN: Row = dict.fromkeys(
    [
        "nickname",
        "kind",
        "region",
        "phone",
        "email",
        "identity_verified",
        "standing",
        "holder_is_adult",
        "entity",
        "seller",
        "converted_at",
    ]
)
"""An account with no fact stated."""


def unseen(world: World, username: str) -> Row:
    """An account with every fact unknown, where a request may add it by its name."""
    if answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    if world.practice:
        raise Stopped("not_found")
    return {**UNKNOWN, "username": username, "_n": -1}


def add_unseen(world: World, username: str) -> Row:
    account = world.add("accounts", **unseen(world, username))
    world.add_event("account.stated", account=account["_n"])
    return account


def request(world: World, username: str, shop: int, role: str, agreement: bool, confirm: bool) -> None:
    now = world.change()
    place = world.shop(shop)
    known = world.find(username)
    account = known or unseen(world, username)
    found = answers.request(world, shop, role, account, agreement)
    confirmed = tuple(sorted(rule for rule, outcome in found.items() if outcome == "unknown" and confirm))
    against = world.allow(found, confirmed)
    account = known or add_unseen(world, username)
    _check_begun(world, account, now)
    if account["kind"] == "organization" and account["seller"] == place["seller"] and role == "official":
        activate(world, add(world, shop, account, role, now, confirmed=confirmed, against=against), actor=ACTOR)
        return
    link = add(world, shop, account, role, now, authorize_by=now + ANSWER, confirmed=confirmed, against=against)
    world.add_link_event("requested", link)


def add(world: World, shop: int, account: Row, role: str, now: int | None, **more: object) -> Row:
    empty = dict.fromkeys([*STEPS, "authorize_by", "linked_by", "ended_by", "reason"])
    link = {
        **empty,
        "shop": shop,
        "account": account["_n"],
        "role": role,
        "origin": "existing",
        "state": "awaiting_authorization",
        "requested_at": now,
        "requested_by": None if now is None else ACTOR,
        "confirmed": (),
        "against": (),
        **more,
    }
    return world.add("links", **link)


def record_linked(
    world: World, username: str, shop: int, role: str, linked_at: int, unlinked_at: int | None, by: str | None
) -> None:
    """Enter a link that stands, or stood, as one fact: judged as of when it was made, and its end as of when it ended."""
    if world.practice:
        raise Stopped("refused")
    if (unlinked_at is not None and unlinked_at < linked_at) or max(linked_at, unlinked_at or 0) > world.now():
        raise Stopped("invalid")
    world.at = linked_at
    world.change()
    place = world.shop(shop)
    account = world.find(username) or add_unseen(world, username)
    _check_begun(world, account, linked_at)
    found = answers.request(world, shop, role, account, None)
    against = world.allow(found, [rule for rule, outcome in found.items() if outcome == "unknown"])
    link = add(world, shop, account, role, None, state="linked", linked_at=linked_at, against=against)
    end: Row = {"state": "unlinked", "unlinked_at": unlinked_at, "ended_by": by or "seller"} if unlinked_at is not None else {}
    if world.contradicted({**link, **end}):
        raise Stopped("refused")
    own(world, account, place)
    world.add_link_event("recorded", link)
    if unlinked_at is None:
        return
    world.at = unlinked_at
    if end["ended_by"] == "seller":
        world.allow(answers.unlink(world, link), link=link)
    link.update(end)
    world.add_link_event("unlinked", link, actor=TIKTOK if by == "tiktok" else ACTOR)


def authorize(world: World, link: Row) -> None:
    now = world.change()
    needs(world, link, "link.authorization", "awaiting_authorization")
    world.allow(answers.accept(world, link), link=link)
    link.update(state="authorized", authorized_at=now)
    world.add_link_event("authorized", link, actor=HOLDER)
    if link["role"] == "marketing":
        activate(world, link, actor=HOLDER)


def submit(world: World, link: Row) -> None:
    now = world.change()
    needs(world, link, "link.authorization", "authorized", others=OPEN[:1])
    if link["authorized_at"] is not None:
        world.allow(answers.submit(world, link), link=link)
    link.update(state="in_review", submitted_at=now)
    world.add_link_event("submitted", link)


def approve(world: World, link: Row) -> None:
    now = world.change()
    needs(world, link, "link.review", "in_review", others=OPEN)
    world.allow(answers.approve(world, link), link=link)
    link.update(decided_at=now)
    world.add_link_event("approved", link, actor=TIKTOK)
    activate(world, link, actor=TIKTOK)


def end(world: World, link: Row, what: str, by: str = "seller") -> None:
    """The holder declines, nobody answers, the review rejects, or the seller or TikTok cancels."""
    if what == "expired" and world.practice:
        raise Stopped("refused")
    at, actor = world.change(), {"declined": HOLDER, "cancelled": TIKTOK if by == "tiktok" else ACTOR}.get(what, TIKTOK)
    if what in {"declined", "expired"}:
        needs(world, link, "link.authorization", "awaiting_authorization", others=OPEN)
    elif what == "rejected":
        needs(world, link, "link.review", "in_review", others=OPEN)
        link["reason"] = REASON
    else:
        needs(world, link, None, *OPEN)
        link["ended_by"] = by
    if what == "expired" and world.at is None:
        at = max(link["authorize_by"], last_step(link))
        if at > world.now():
            raise Stopped("invalid")
    link.update(state=what, decided_at=at)
    world.add_link_event(what, link, at=at, actor=actor)


def unlink(world: World, link: Row, confirm: str | None, by: str = "seller") -> None:
    now = world.change()
    needs(world, link, None, "linked")
    if by == "seller":
        last = link["role"] == "official" and world.unlinks_left_at_most(link["shop"]) == 1
        world.allow(answers.unlink(world, link), link=link)
        if last and confirm != world.shops[link["shop"]]["name"]:
            raise Stopped("invalid")
    link.update(state="unlinked", unlinked_at=now, ended_by=by)
    world.add_link_event("unlinked", link, actor=TIKTOK if by == "tiktok" else ACTOR)


def activate(world: World, link: Row, *, actor: str) -> None:
    """Make the link linked, and its account what linking makes of it, but for what is known of it as of later."""
    account, shop = world.accounts[link["account"]], world.shops[link["shop"]]
    own(world, account, shop)
    link.update(state="linked", linked_at=world.moment(), linked_by=ACTOR)
    if not world.practice and world.contradicted(link):
        raise Stopped("refused")
    newer = world.newer_for(shop["_n"], account)
    takes_name = link["role"] == "official" and not newer & {"nickname", "name"}
    world.add_link_event("linked", link, actor=actor)
    settled = [*(["kind"] if "kind" not in newer else []), *(["nickname"] if takes_name else [])]
    world.entry.stated += [("account", link["account"], fact, world.moment()) for fact in settled]
    if takes_name and account["nickname"] != shop["name"]:
        account["nickname"] = shop["name"]
        world.add_event("account.renamed", shop=link["shop"], account=link["account"], facts=["nickname"])
    if account["kind"] == "personal" and "kind" not in newer:
        account["kind"] = "business"
        world.add_event("account.stated", shop=link["shop"], account=link["account"], facts=["kind"])


def own(world: World, account: Row, shop: Row) -> None:
    """An organization account that has no seller yet is from now on that of the shop's."""
    if account["kind"] == "organization" and account["seller"] is None:
        facts = ["seller", "entity"] if account["entity"] is None else ["seller"]
        account.update(seller=shop["seller"], entity=account["entity"] or world.sellers[shop["seller"]]["entity"])
        world.add_event("account.stated", shop=shop["_n"], account=account["_n"], facts=facts)


def needs(world: World, link: Row, rule: str | None, *states: str, others: tuple[str, ...] = ()) -> None:
    """Stop an act on a link in another state, unless TikTok went on from it; and one before the link's last step."""
    if link["undone_by"] is not None:
        raise Stopped("not_found")
    if link["state"] not in states:
        found = {rule: "blocked"} if rule else {}
        if link["state"] not in others or link["role"] == "marketing":
            raise Stopped("refused", set(found.items()))
        world.allow(found, link=link)
    if world.at is not None and world.at < last_step(link):
        raise Stopped("invalid")


def _check_begun(world: World, account: Row, at: int) -> None:
    if any(at < entry.created.get(account["_n"], at) for entry in world.standing_entries()):
        raise Stopped("invalid")
