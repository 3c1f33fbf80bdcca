"""The model's acts on links: each asks what stops it, then changes the world and adds its events."""

from __future__ import annotations

from tests.proof.machine import answers
from tests.proof.machine.world import ACTOR, ANSWER, HOLDER, OPEN, STEPS, TIKTOK, Row, Stopped, World, last_step, next_step

FACTS = ("nickname", "kind", "region", "phone", "email", "identity_verified", "standing", "holder_is_adult", "entity")

ENDS: dict[str, tuple[str, str | None, tuple[str, ...], str]] = {
    "decline": ("declined", "link.authorization", OPEN[:1], HOLDER),
    "expire": ("expired", "link.authorization", OPEN[:1], TIKTOK),
    "reject": ("rejected", "link.review", OPEN[2:], TIKTOK),
    "cancel": ("cancelled", None, OPEN, ACTOR),
}
"""How a request ends: the state after it, the rule that says no to it in other states than the next, and whose act it is."""


def unseen(username: str) -> Row:
    """An account with every fact unknown, where a request may add it by its name."""
    if answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    return {**dict.fromkeys(FACTS), "username": username, "_n": -1}


def _add_unseen(world: World, username: str) -> Row:
    account = world.add("account", **unseen(username))
    world.add_event("account.stated", account=account["_n"])
    return account


def request(world: World, username: str, shop: int, role: str, agreement: bool, confirm: bool) -> None:
    now = world.change()
    place = world.shop(shop)
    known = world.find(username)
    account = known or unseen(username)
    found = answers.request(world, shop, role, account, agreement)
    confirmed = tuple(sorted(rule for rule, outcome in found.items() if outcome == "unknown" and confirm))
    against = world.allow(found, confirmed)
    account = known or _add_unseen(world, username)
    made = {"requested_at": now, "requested_by": ACTOR, "confirmed": confirmed, "against": against}
    newer = world.newer_for(shop, account)
    is_organization = account["kind"] == "organization" and "kind" not in newer
    is_same = "entity" in newer or account["entity"] in {None, world.sellers[place["seller"]]["entity"]}
    if is_organization and is_same and world.owner(account) == place["seller"] and role == "official":
        _activate(world, _add(world, shop, account, role, **made), actor=ACTOR)
    else:
        world.add_link_event("requested", _add(world, shop, account, role, authorize_by=now + ANSWER, **made))


def _add(world: World, shop: int, account: Row, role: str, **more: object) -> Row:
    link = dict.fromkeys(("requested_at", "requested_by", *STEPS, "authorize_by", "linked_by", "ended_by", "reason"))
    link |= {"shop": shop, "account": account["_n"], "role": role, "origin": "existing", "state": OPEN[0], "confirmed": ()}
    return world.add("link", **{**link, **more})


def record_linked(world: World, username: str, shop: int, role: str, begin: int, until: int | None, by: str | None) -> None:
    """Enter a link that stands, or stood, as one fact: judged as of when it was made, and its end as of when it ended."""
    if (until is not None and until <= begin) or max(begin, until or 0) > world.now:
        raise Stopped("invalid")
    world.at = begin
    world.change()
    world.shop(shop)
    account = world.find(username) or _add_unseen(world, username)
    entered = {"_n": -1, "shop": shop, "account": account["_n"], "role": role, "linked_at": begin, "unlinked_at": until}
    if world.contradicted(entered):
        raise Stopped("refused")
    found = answers.request(world, shop, role, account, None)
    against = world.allow(found, [rule for rule, outcome in found.items() if outcome == "unknown"])
    link = _add(world, shop, account, role, state="linked", linked_at=begin, against=against)
    end: Row = {"state": "unlinked", "unlinked_at": until, "ended_by": by or "seller"} if until is not None else {}
    world.add_link_event("recorded", link)
    if until is not None:
        world.at = until
        if by != "tiktok":
            world.allow(answers.unlink(world, link), link=link)
        link.update(end)
        world.add_link_event("unlinked", link, actor=TIKTOK if by == "tiktok" else ACTOR)


def authorize(world: World, link: Row) -> None:
    now = world.change()
    _needs(world, link, "link.authorization", OPEN[:1])
    world.allow(answers.accept(world, link), link=link)
    link.update(state="authorized", authorized_at=now)
    world.add_link_event("authorized", link, actor=HOLDER)
    if link["role"] == "marketing":
        _activate(world, link, actor=HOLDER)


def submit(world: World, link: Row) -> None:
    now = world.change()
    _needs(world, link, "link.authorization", OPEN[1:2], others=OPEN[:1])
    if link["authorized_at"] is not None:
        world.allow(answers.submit(world, link), link=link)
    link.update(state="in_review", submitted_at=now)
    world.add_link_event("submitted", link)


def approve(world: World, link: Row) -> None:
    now = world.change()
    _needs(world, link, "link.review", OPEN[2:], others=OPEN)
    world.allow(answers.approve(world, link), link=link)
    link.update(decided_at=now)
    world.add_link_event("approved", link, actor=TIKTOK)
    _activate(world, link, actor=TIKTOK)


def end(world: World, act: str, link: Row, said: str | None = None) -> None:
    """End a request; `said`: why it was rejected, or who cancelled it."""
    at, (state, rule, needed, actor) = world.change(), ENDS[act]
    _needs(world, link, rule, needed, others=OPEN)
    if act == "expire":
        at = world.at or max(link["authorize_by"], last_step(link))
        if at < link["authorize_by"] or at > world.now:
            raise Stopped("invalid")
    link.update(state=state, decided_at=at)
    if act == "reject":
        link["reason"] = said
    if act == "cancel":
        link["ended_by"], actor = said, TIKTOK if said == "tiktok" else ACTOR
    world.add_link_event(state, link, at=at, actor=actor)


def unlink(world: World, link: Row, confirm: str | None, by: str) -> None:
    now = world.change()
    _needs(world, link, None, ("linked",))
    if by == "seller":
        last = needs_name(world, link)
        world.allow(answers.unlink(world, link), link=link)
        if last and confirm != world.shops[link["shop"]]["name"]:
            raise Stopped("invalid")
    link.update(state="unlinked", unlinked_at=now, ended_by=by)
    world.add_link_event("unlinked", link, actor=TIKTOK if by == "tiktok" else ACTOR)


def needs_name(world: World, link: Row) -> bool:
    """Whether this would be the shop's last unlink: its name is typed then."""
    return bool(link["role"] == "official" and world.unlinks_left_at_most(link["shop"]) == 1)


def _activate(world: World, link: Row, *, actor: str) -> None:
    """Make the link linked, and its account what linking makes of it, but for what is known of it as of later."""
    account, shop = world.accounts[link["account"]], world.shops[link["shop"]]
    link.update(state="linked", linked_at=world.moment(), linked_by=ACTOR)
    if world.contradicted(link):
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


def _needs(world: World, link: Row, rule: str | None, states: tuple[str, ...], *, others: tuple[str, ...] = ()) -> None:
    """Stop an act on a link in another state, unless TikTok went on from it; and one before the link's last step."""
    if link["undone_by"] is not None:
        raise Stopped("not_found")
    found = {rule: "blocked"} if rule and link["state"] not in states else {}
    if link["state"] not in states and (link["state"] not in others or link["role"] == "marketing"):
        raise Stopped("refused", found.items())
    if world.at is not None and world.at < next_step(link):
        raise Stopped("invalid")
    world.allow(found, link=link)
