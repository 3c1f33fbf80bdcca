"""The same facts entered in two orders, where the record allows both: everything stands as it does the other way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from core.errors import ShoplinkError
from core.models import EndedBy, Role
from core.workspace import Workspace
from tests.proof.machine.actions import ENTITIES
from tests.proof.machine.start import FITS
from tui.formats.json import account_json, status_json

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHOPS = {"USLCLUMEN1": ("Lumen Candle Co.", "US", "Lumen"), "USLCLUMEN2": ("Lumen Outlet", "US", "Lumen")}
USERNAMES = ("wax.and.wick", "ember", "glow7", "lumen.official")
MINE = {"id", "against", "confirmed"}
"""What an order may change: the names that shoplink makes, and what was asked or confirmed as each was entered."""

Fact = Callable[[Workspace], object]


def in_any_order(seed: int, number: int, folder: Path) -> int:
    """Try so many sets of facts; return how many facts were entered in both orders. Raises AssertionError for a difference."""
    random, counted, tried = Random(f"{seed}/orders"), 0, 0
    while tried < number:
        facts = drawn(random)
        order = list(range(len(facts)))
        random.shuffle(order)
        one, other = entered(facts, sorted(order)), entered(facts, order)
        if one is None or other is None:
            continue
        tried, counted = tried + 1, counted + len(facts)
        told = [name for name, _ in facts]
        assert one == other, f"seed {seed}: {[told[n] for n in order]} gives {other}, {told} gives {one}"
    return counted


def entered(facts: list[tuple[str, Fact]], order: list[int]) -> Any:
    """Enter the facts in a new record in this order; return what stands, or None where the record does not allow it."""
    with Workspace.in_memory(actor="maya", clock=lambda: NOW, seed="orders") as workspace:
        for code, (name, region, owner) in SHOPS.items():
            workspace.shops.add(name, region, ENTITIES[owner], code=code)
        for username in USERNAMES:
            workspace.accounts.state(username)
        for number in order:
            try:
                facts[number][1](workspace)
            except ShoplinkError:
                return None
        shops = [_plain(status_json(workspace, workspace.shops.status(code))) for code in SHOPS]
        return shops, [_plain(account_json(workspace, account)) for account in workspace.accounts.find()]


def drawn(random: Random) -> list[tuple[str, Fact]]:
    """Draw facts, in the order in which they happened."""
    found: list[tuple[str, Fact]] = []
    day = 0.0
    for _ in range(random.randint(2, 6)):
        day += random.choice((0.5, 1, 2, 20))
        at = NOW - timedelta(days=150) + timedelta(days=day)
        kind = random.choice((_stood, _stood, _asked, _stated, _stated, _of_shop, _renamed))
        told, fact = kind(random, at)
        found.append((f"{told} on day {day}", fact))
        day += 10 if kind is _asked else 0
    return found


def _stood(random: Random, at: datetime) -> tuple[str, Fact]:
    username, shop = random.choice(USERNAMES), random.choice(list(SHOPS))
    role, by = random.choice(list(Role)), random.choice(list(EndedBy))
    until = random.choice((None, at + timedelta(days=1), at + timedelta(hours=3)))

    def fact(workspace: Workspace) -> object:
        with workspace.recording(anyway=True):
            return workspace.links.record_linked(username, shop, role, at, until, by if until else None)

    return f"@{username} was {role} of {shop} until {until}", fact


def _asked(random: Random, at: datetime) -> tuple[str, Fact]:
    """A whole request, which stands in the end or is rejected."""
    username, shop, rejected = random.choice(USERNAMES), random.choice(list(SHOPS)), random.random() < 0.3

    def fact(workspace: Workspace) -> object:
        links = workspace.links
        with workspace.recording(at=at, anyway=True):
            rules = workspace.policy.rules
            link = links.request(username, shop, Role.OFFICIAL, agreement=True, confirmed=rules)
        last = (lambda id: links.reject(id, "Blurred")) if rejected else links.approve
        for place, step in enumerate((links.authorize, links.submit, last), 1):
            with workspace.recording(at=at + timedelta(days=place), anyway=True):
                if not links.get(link.id).linked_at:
                    step(link.id)
        return link

    return f"@{username} was asked for by {shop}{', and rejected' * rejected}", fact


def _stated(random: Random, at: datetime) -> tuple[str, Fact]:
    username = random.choice(USERNAMES)
    facts: dict[str, Any] = {**FITS, "nickname": "Other", "entity": ENTITIES["Lumen"]}
    name = random.choice(list(facts))
    other = {"kind": "organization", "region": "GB", "standing": "suspended"}
    value = other[name] if name in other and random.random() < 0.3 else facts[name]

    def fact(workspace: Workspace) -> object:
        with workspace.recording(at=at, anyway=True):
            return workspace.accounts.state(username, **{name: value})

    return f"@{username}: {name} {value}", fact


def _of_shop(random: Random, at: datetime) -> tuple[str, Fact]:
    shop, before = random.choice(list(SHOPS)), random.randint(0, 3)

    def fact(workspace: Workspace) -> object:
        with workspace.recording(at=at, anyway=True):
            return workspace.shops.state(shop, unlinks_before=before)

    return f"{shop} had used {before} unlinks before", fact


def _renamed(random: Random, at: datetime) -> tuple[str, Fact]:
    username = random.choice(USERNAMES)
    new = f"{username}.now"

    def fact(workspace: Workspace) -> object:
        with workspace.recording(at=at):
            return workspace.accounts.rename(username, new)

    return f"@{username} is called @{new}", fact


def _plain(value: Any) -> Any:
    """A document without what an order may change, its lists in an order of their own."""
    if isinstance(value, dict):
        ids = MINE | ({"link"} if isinstance(value.get("link"), str) else set())
        return {name: _plain(inner) for name, inner in value.items() if name not in ids}
    if isinstance(value, list):
        return sorted((_plain(inner) for inner in value), key=repr)
    return value
