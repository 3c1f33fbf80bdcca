"""The real use cases compared with the model: every act is done on both, and both must agree on everything."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.clock import from_ms
from core.errors import ShoplinkError
from core.models import EndedBy, Entity, EntityKind, Role
from core.verdict import Verdict
from core.workspace import Workspace
from tests.proof.machine import answers, links, neighbours
from tests.proof.machine.tables import Tables
from tests.proof.machine.world import ACTOR, SHOP_NAME, Answers, Row, Stopped, World, next_step

How = tuple[int | None, bool]
"""When an act happened, if that is said, and whether it is recorded though a rule says no."""
NOW: How = (None, False)

LUMEN, BIRCH = ("US", "845550142"), ("GB", "09876543")
ENTITIES = {
    LUMEN: Entity(kind=EntityKind.COMPANY, legal_name="Lumen Ltd", registration_number="84-5550142", country="US"),
    BIRCH: Entity(kind=EntityKind.COMPANY, legal_name="Birch Ltd", registration_number="09876543", country="GB"),
}
READ: dict[str, Callable[[Any], object]] = {"probation_until": from_ms, "entity": ENTITIES.__getitem__}
"""Facts that the program is given in another form than the model."""

Call = Callable[..., object]


def _read(facts: Row) -> Row:
    return {name: READ[name](value) if name in READ and value is not None else value for name, value in facts.items()}


def _on_link(act: str) -> tuple[Call, Call]:
    """An act on one link, by its name on both sides."""
    model: Call = getattr(links, act, None) or (lambda world, link, *said: links.end(world, act, link, *said))
    return lambda c, link, *said: getattr(c.real.links, act)(c.id(link), *said), model


def _record_link(c: Comparison, username: str, shop: int, role: Role, begin: int, until: int | None, by: EndedBy) -> None:
    c.real.links.record_linked(username, c.shop(shop), role, from_ms(begin), None if until is None else from_ms(until), by)


def _request(c: Comparison, username: str, shop: int, role: Role, agreement: bool, confirm: bool) -> None:
    confirmed = c.real.policy.rules if confirm else ()
    c.real.links.request(username, c.shop(shop), role, agreement=agreement, confirmed=confirmed)


ACTS: dict[str, tuple[Call, Call]] = {
    "link": (_request, links.request),
    "record_link": (_record_link, links.record_linked),
    **{act: _on_link(act) for act in ("authorize", "submit", "approve", *links.ENDS, "unlink")},
    "add_shop": (
        lambda c, name, region, owner, code: c.real.shops.add(name, region, ENTITIES[owner], code=code),
        neighbours.add_shop,
    ),
    "rename_shop": (lambda c, shop, name: c.real.shops.rename(c.shop(shop), name), neighbours.rename_shop),
    "set_shop": (lambda c, shop, facts: c.real.shops.state(c.shop(shop), **_read(facts)), neighbours.set_shop),
    "add_account": (lambda c, username, facts: c.real.accounts.state(username, **_read(facts)), neighbours.add_account),
    "rename_account": (lambda c, username, new: c.real.accounts.rename(username, new), neighbours.rename_account),
    "undo": (lambda c, number: c.real.entries.undo(c.tables.entries[number], "By mistake"), neighbours.undo),
}
"""Each act, by its command, on the program and on the model."""


class Comparison:
    """One workspace file and the model of it."""

    def __init__(self, path: Path, world: World, counted: Counter[Any]) -> None:
        self.real = Workspace.open(path, actor=ACTOR, clock=lambda: from_ms(world.now))
        self.world = world
        self.counted = counted
        self.tables = Tables(path)
        self.tables.look()
        self.trace: list[str] = []
        """The acts so far, to show how it came to a failure."""
        self.acts: dict[int, str] = {}
        """The act of each entry."""

    def close(self) -> None:
        self.tables.close()
        self.real.close()

    def do(self, act: str, *given: Any, how: How = NOW) -> bool:
        """Do one act on both, which must answer the same and leave the same behind; return whether it was done."""
        world, (at, anyway) = self.world, how
        told = ", ".join(str(value["_n"] if isinstance(value, dict) and "_n" in value else value)[:60] for value in given)
        self.trace.append(f"{world.now} {act}({told}){f' at {at}' * (at is not None)}{' anyway' * anyway}")
        self.counted["steps"] += 1
        if at is None or at <= world.now:
            self.check_before(act, given, at)
        entries = len(world.entries)
        expected = self._modelled(ACTS[act][1], given, how)
        happened = self._happened(ACTS[act][0], given, how)
        assert happened == expected, f"the program answers {happened or 'done'}, the model {expected or 'done'}"
        self.counted[act, "refused" if happened else "done"] += 1
        for number, entry in enumerate(world.entries[entries:], entries):
            self.acts[number] = act
            if entry.undoes is not None:
                self.counted[self.acts[entry.undoes], "undone"] += 1
        if any(event["against"] for event in world.events):
            self.counted[act, "against"] += 1
        new = self.tables.look()
        self.counted["events"] += len(new)
        self.tables.check_model(new, world)
        self.check_standing()
        return happened is None

    def check_standing(self) -> None:
        """Compare what a shop's page says of the rules: one shop a step, because it takes time."""
        there = [shop["_n"] for shop in self.world.there("shop")]
        if there:
            shop = there[self.counted["steps"] % len(there)]
            _same_answers("standing", self.real.shops.standing(self.shop(shop)), answers.standing(self.world, shop))

    def check_before(self, act: str, given: tuple[Any, ...], at: int | None) -> None:
        """Compare what the rules answer before an act, as of its moment."""
        world, self.world.at = self.world, at
        with self.real.recording(at=None if at is None else from_ms(at)):
            if act == "link":
                self._check_request(*given[:3])
            elif act == "rename_shop":
                shop, name = given
                there = world.shops[shop]["undone_by"] is None and "name" not in world.newer("shop", shop)
                if there and 0 < len(name.strip()) <= SHOP_NAME:
                    found = self.real.shops.check_rename(self.shop(shop), name)
                    _same_answers("rename", found, answers.rename(world, shop, name))
            elif isinstance(link := given[0], dict) and link["undone_by"] is None and (at is None or at >= next_step(link)):
                self._check_link(link)
        world.at = None

    def _check_link(self, link: Row) -> None:
        """Compare what the rules answer before a step of a link."""
        id, real, world = self.id(link), self.real.links, self.world
        if link["state"] == "linked":
            _same_answers("unlink", real.check_unlink(id), answers.unlink(world, link))
        assert real.unlink_needs_name(id) == links.needs_name(world, link), "whether the shop's name is typed"
        if link["role"] == "official":
            _same_answers("approve", real.check_approve(id), answers.approve(world, link))
        elif world.at is None:
            often = answers.places(world, link["shop"], world.accounts[link["account"]])["marketing.link-frequency"]
            _same_answers("frequency", (real.frequency(real.get(id)),), {"marketing.link-frequency": often})

    def _check_request(self, username: str, shop: int, role: Role) -> None:
        try:
            asked = self.world.find(username) or links.unseen(username)
            self.world.shop(shop)
        except Stopped:
            return
        check = self.real.links.check(username, self.shop(shop), role)
        expected = answers.request(self.world, shop, role, asked, None)
        _same_answers("request", check.verdicts, expected)
        stops = [outcome for outcome in answers.STOPS if outcome in expected.values()]
        assert check.outcome == (stops[0] if stops else "pass"), check

    def shop(self, number: int) -> str:
        return str(self.tables.rows["shop"][number]["id"])

    def id(self, link: Row) -> str:
        return str(self.tables.rows["link"][link["_n"]]["id"])

    def _modelled(self, model: Call, given: tuple[Any, ...], how: How) -> object:
        try:
            with self.world.act(*how):
                model(self.world, *given)
        except Stopped as stopped:
            return stopped.answer
        return None

    def _happened(self, real: Call, given: tuple[Any, ...], how: How) -> object:
        at, anyway = how
        try:
            with self.real.recording(at=None if at is None else from_ms(at), anyway=anyway):
                real(self, *given)
        except ShoplinkError as error:
            if isinstance(error.__cause__, sqlite3.Error):
                raise AssertionError(f"no rule answered, but the file itself: {error.message}") from error
            stopping = {(verdict.rule, str(verdict.outcome)) for verdict in error.verdicts if verdict.stops}
            return Stopped(error.code, stopping, anyway=getattr(error, "anyway", False)).answer
        return None


def _same_answers(asked: str, verdicts: tuple[Verdict, ...], expected: Answers) -> None:
    found = {verdict.rule: str(verdict.outcome) for verdict in verdicts}
    different = {rule: (found.get(rule), expected.get(rule)) for rule in found.keys() | expected.keys()}
    different = {rule: pair for rule, pair in different.items() if pair[0] != pair[1]}
    assert not different, f"{asked}: program and model answer {different}"
