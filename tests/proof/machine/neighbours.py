"""The model's actions on what is around links: shops, accounts, organization accounts and the clock."""

from __future__ import annotations

from tests.proof.machine import answers
from tests.proof.machine.links import UNKNOWN, activate, add, own
from tests.proof.machine.world import ACTOR, LIVE, OWNER, REGIONS, SHOP_NAME, TIKTOK, TRIAL, Row, Stopped, World

FACTS = ("nickname", "kind", "region", "phone", "email", "identity_verified", "standing", "holder_is_adult", "entity")

# Shops


def add_shop(world: World, name: str, region: str, entity: tuple[str, str], code: str) -> None:
    if region not in REGIONS or not name.strip() or len(name) > SHOP_NAME:
        raise Stopped("invalid")
    world.change()
    seller = next((row for row in world.sellers if row["entity"] == entity), None) or world.add("sellers", entity=entity)
    facts: Row = {"code": code, "code_is_made_up": 0, "name": name, "region": region, "seller": seller["_n"]}
    facts |= {"probation": None, "probation_until": None, "unlinks_before": 0 if world.practice else None}
    world.add_event("shop.added", shop=world.add("shops", **facts)["_n"])


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
    """State or correct facts of a shop; its links rest on its region."""
    world.change()
    shop = world.shop(number)
    after = {**shop, **facts}
    changed = [name for name in after if after[name] != shop[name]]
    if not changed:
        return
    world.check_newest("shop", number, changed)
    if after["region"] not in REGIONS:
        raise Stopped("invalid")
    if "region" in changed or ("unlinks_before" in changed and world.practice):
        if world.practice and world.told(shop=number):
            raise Stopped("refused")
        found: dict[str, str] = {}
        for link in world.told(shop=number):
            if link["state"] in LIVE:
                answered = answers.fits(world, after, link["role"], world.accounts[link["account"]], link)
                asked = (f"{link['role']}.region-match", "org.same-entity", "org.one-seller")
                found.update({rule: "blocked" for rule in asked if answered[rule] == "blocked"})
        world.allow(found)
    shop.update(after)
    world.touched.add(("shops", number))
    world.add_event("shop.stated", shop=number, facts=changed)


# Accounts


def state(world: World, username: str, facts: Row) -> None:
    world.change()
    before = world.find(username)
    if before is None and answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    if facts.get("region") not in {None, *REGIONS}:
        raise Stopped("invalid")
    account = before or {**UNKNOWN, "username": username, "_n": -1}
    after = {**account, **facts}
    if after == before:
        return
    if before:
        world.check_newest("account", before["_n"], facts)
        if after["kind"] != before["kind"]:
            _allow_kind(world, before, after)
    if world.practice:
        _check_owner_and_links(world, after)
    if before:
        before.update(after)
        world.touched.add(("accounts", before["_n"]))
    else:
        before = world.add("accounts", **{name: value for name, value in after.items() if name != "_n"})
    world.add_event("account.stated", account=before["_n"], facts=facts)
    _own_by_links(world, before)


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


def convert(world: World, username: str, cancel: bool) -> None:
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


# Organization accounts


def create_organization(world: World, shop: int, username: str) -> None:
    now = world.change()
    place = world.shop(shop)
    if not world.has(username) and answers.username(username) == "blocked":
        raise Stopped("invalid", {("account.username-format", "blocked")})
    found = answers.create(world, shop, username)
    if world.has(username):  # which no record can tell
        raise Stopped("refused", {(rule, outcome) for rule, outcome in found.items() if outcome == "blocked"})
    against = world.allow(found)
    facts: Row = {**UNKNOWN, "username": username, "nickname": place["name"], "kind": "organization", "region": place["region"]}
    facts |= {"identity_verified": 1, "standing": "good", "holder_is_adult": 1, "seller": place["seller"]}
    facts["entity"] = world.sellers[place["seller"]]["entity"]
    if world.practice:
        facts["email"] = OWNER
    account = world.add("accounts", **facts)
    world.entry.created[account["_n"]] = now
    world.add_event("organization.created", shop=shop, account=account["_n"], facts=FACTS)
    if world.practice:  # a record may have been given no contact
        world.add_event("member.accepted", shop=shop, account=account["_n"])
    activate(world, add(world, shop, account, "official", now, origin="created", against=against), actor=ACTOR)


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
    for link in world.told():
        if {("shops", link["shop"]), ("accounts", link["account"])} & added and ("links", link["_n"]) not in added:
            raise Stopped("refused")  # it rests on what would go
    world.entry.undoes, entry.undone = number, True
    for (table, n), before in entry.before.items():
        row = getattr(world, table)[n]
        if before is not None:
            row.update(before)
        else:
            row["undone_by"] = len(world.entries)
    if _contradictory(world):
        entry.undone = False
        raise Stopped("refused")
    world.add_event("entry.undone", **{name: entry.events[0].get(name) for name in ("shop", "link", "account")})


def _contradictory(world: World) -> bool:
    """Whether what stands after an undo cannot go together with what was entered since."""
    there = [account["username"] for account in world.accounts if account["undone_by"] is None]
    twice = len(there) != len(set(there))
    return twice or any(world.contradicted(link) for link in world.told() if link["linked_at"] is not None)
