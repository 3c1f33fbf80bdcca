"""The model's acts on what is around links: shops, accounts and what was a mistake."""

from __future__ import annotations

from tests.proof.machine import answers
from tests.proof.machine.links import unseen
from tests.proof.machine.world import LIVE, REGIONS, SHOP_NAME, Row, Stopped, World


def add_shop(world: World, name: str, region: str, entity: tuple[str, str], code: str) -> None:
    if region not in REGIONS or not name.strip() or len(name) > SHOP_NAME:
        raise Stopped("invalid")
    world.change()
    seller = next((row for row in world.sellers if row["entity"] == entity), None) or world.add("seller", entity=entity)
    facts: Row = {"code": code, "code_is_made_up": 0, "name": name, "region": region, "seller": seller["_n"]}
    facts |= {"probation": None, "probation_until": None, "unlinks_before": None}
    world.add_event("shop.added", shop=world.add("shop", **facts)["_n"])


def rename_shop(world: World, number: int, name: str) -> None:
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
    official = next((link for link in world.live(shop=number, role="official") if link["state"] == "linked"), None)
    account = world.accounts[official["account"]] if official else None
    if account and account["nickname"] != name and "nickname" not in world.newer_for(number, account):
        account["nickname"] = name
        world.add_event("account.renamed", shop=number, account=account["_n"], facts=["nickname"])


def set_shop(world: World, number: int, facts: Row) -> None:
    """State or correct facts of a shop; its links rest on its region."""
    world.change()
    shop = world.shop(number)
    if any(other is not shop and other["code"] == facts.get("code") for other in world.there("shop")):
        raise Stopped("invalid")
    after = {**shop, **facts}
    changed = [name for name in after if after[name] != shop[name]]
    if not changed:
        return
    world.check_newest("shop", number, changed)
    if after["region"] not in REGIONS:
        raise Stopped("invalid")
    found: dict[str, str] = {}
    for link in world.told(shop=number) if "region" in changed else []:
        if link["state"] in LIVE:
            answered = answers.fits(world, after, link["role"], world.accounts[link["account"]], link)
            asked = (f"{link['role']}.region-match", "org.same-entity", "org.one-seller")
            found.update({rule: "blocked" for rule in asked if answered[rule] == "blocked"})
    world.allow(found)
    shop.update(after)
    world.touched.add(("shop", number))
    world.add_event("shop.stated", shop=number, facts=changed)


def add_account(world: World, username: str, facts: Row) -> None:
    """Add an account with these facts, or state them of it."""
    world.change()
    before = world.find(username)
    known = before or unseen(username)
    after = {**known, **facts}
    changed = [name for name in facts if after[name] != known[name]]
    if facts.get("region") not in {None, *REGIONS}:
        raise Stopped("invalid")
    if after == before:
        return
    if before:
        world.check_newest("account", before["_n"], changed)
        if after["kind"] != before["kind"]:
            converts = before["kind"] in {"personal", "business"} and after["kind"] == "organization"
            world.allow({"org.no-conversion": "blocked" if converts else "pass"})
        before.update(after)
        world.touched.add(("account", before["_n"]))
    account = before or world.add("account", **after)
    world.add_event("account.stated", account=account["_n"], facts=changed)


def rename_account(world: World, username: str, new: str) -> None:
    world.change()
    account = world.find(username)
    if account is None:
        raise Stopped("not_found")
    former = account["username"]
    if new == former:
        return
    is_taken = new in {other["username"] for other in world.there()}
    if answers.username(new) == "blocked" or is_taken:
        raise Stopped("refused" if is_taken else "invalid", {("account.username-format", "blocked")})
    world.check_newest("account", account["_n"], ["username"])
    world.entry.former.append((account["_n"], former))
    account["username"] = new
    there = sorted(world.live(account=account["_n"]), key=lambda link: link["role"] != "official")
    shop = there[0]["shop"] if there else None
    world.add_event("account.username_changed", shop=shop, account=account["_n"], facts=["username"], former=former)


def undo(world: World, number: int) -> None:
    """Take an entry back: what it changed is as it was before, and what it added is ignored."""
    world.change()
    entry = world.entries[number]
    if entry.undoes is not None or entry.undone or not entry.before:
        raise Stopped("refused")
    added = {key for key, row in entry.before.items() if row is None}
    for table, n in entry.before:
        if world.tables[table][n]["entry"] != number:
            raise Stopped("refused")  # something newer is written on it
    for link in world.told():
        if {("shop", link["shop"]), ("account", link["account"])} & added and ("link", link["_n"]) not in added:
            raise Stopped("refused")  # it rests on what would go
    for (table, n), before in entry.before.items():
        world.tables[table][n].update({"undone_by": len(world.entries)} if before is None else before)
    usernames = [account["username"] for account in world.there()]
    if len(usernames) > len(set(usernames)) or any(map(world.contradicted, world.told())):
        raise Stopped("refused")  # what stands after it cannot go together with what was entered since
    world.entry.undoes, entry.undone = number, True
    events = entry.events
    about: Row = {
        name: next((event[name] for event in events if event.get(name) is not None), None) for name in ("shop", "link", "account")
    }
    world.add_event("entry.undone", undoes=number, **about)
