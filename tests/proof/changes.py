"""Changes of every kind, chosen by chance: a plan that gives the same workspace whenever it is carried out."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from core import desk, scenarios
from core.errors import ShoplinkError
from core.exchange import document, import_file
from core.models import LinkState, MemberRole, MemberState, ProductStatus, Role
from core.workspace import Workspace
from tests.support import BIRCH, LUMEN, NOW, StoppedClock, add_account, add_shop, everything, linked

SCENARIO = "organization"
CODE = "USLCDEMO01"
ROWS = 120
"""Lines of each file that is imported."""

RARE = {
    "start over": 6,
    "move the clock": 3,
    "import a sheet": 2,
    "import a document": 2,
    "backup": 2,
    "state a probation": 2,
    "create an organization account": 4,
    "decline": 2,
}
"""Kinds that come less often than others, and by how much: they take from what others need, or take long."""

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Change:
    """One change: which, with what, and at which moment by the computer's clock."""

    kind: str
    arguments: Arguments
    seconds: int

    def carry_out(self, workspace: Workspace, clock: StoppedClock) -> None:
        clock.now = NOW + timedelta(seconds=self.seconds)
        KINDS[self.kind][0](workspace, *self.arguments)


@dataclass(frozen=True)
class Plan:
    """Changes, and the state of the workspace before the first and after each."""

    begin: Path
    changes: list[Change]
    states: list[bytes]


def state(workspace: Workspace) -> bytes:
    """What tells a workspace from any other: every row of every table."""
    return hashlib.sha256(repr(everything(workspace)).encode()).digest()


def plan(folder: Path, rng: Random, length: int) -> Plan:
    """A plan on a practice workspace, made by carrying it out once where nothing goes wrong."""
    folder.mkdir()
    clock = StoppedClock()
    begin = folder / "begin.db"
    files = [*(str(file) for file in _files(folder)), str(folder / "backup.db")]
    with scenarios.create(begin, SCENARIO, actor="maya", clock=clock) as first:
        add_shop(first, "Birch & Bloom", "GB", BIRCH)
        first.store.save_as(folder / "reference.db")
    changes: list[Change] = []
    with Workspace.open(folder / "reference.db", actor="maya", clock=clock) as workspace:
        states = [state(workspace)]
        while len(changes) < length:
            found = {kind: list(KINDS[kind][1](workspace, files, rng)) for kind in rng.sample(list(KINDS), 12)}
            done = [change.kind for change in changes]
            kind = min((kind for kind in found if found[kind]), key=lambda kind: done.count(kind) * RARE.get(kind, 1))
            change = Change(kind, rng.choice(found[kind]), len(changes) * 60)
            try:
                change.carry_out(workspace, clock)
            except ShoplinkError:
                continue  # it was refused, and nothing was changed
            after = state(workspace)
            if after != states[-1] or kind == "backup":
                changes.append(change)
                states.append(after)
    return Plan(begin, changes, states)


def _files(folder: Path) -> Iterator[Path]:
    sheet = folder / "accounts.csv"
    sheet.write_text("username,kind\n" + "".join(f"sheet.{number},personal\n" for number in range(ROWS)))
    yield sheet
    exported = folder / "export.json"
    with Workspace.in_memory(actor="sam", clock=StoppedClock(NOW - timedelta(days=30)), seed="exported") as other:
        shop = add_shop(other, "Wick & Wax")
        add_account(other, "wick.official")
        linked(other, shop, "wick.official")
        for number in range(ROWS // 2):
            other.products.add(shop.code, f"Wick {number}", "2.50")
        exported.write_text(json.dumps(document(other)))
    yield exported


def _backup(workspace: Workspace, path: str) -> None:
    Path(path).unlink(missing_ok=True)
    workspace.store.save_as(Path(path))


Candidates = Callable[[Workspace, list[str], Random], Iterator[Arguments]]


def _none(*_: object) -> Iterator[Arguments]:
    yield ()


def _links(*states: LinkState) -> Candidates:
    return lambda workspace, files, rng: ((link.id,) for link in workspace.links.find() if link.state in states)


def _members(*states: MemberState) -> Candidates:
    return lambda workspace, files, rng: ((one.id,) for one in workspace.organizations.every_member() if one.state in states)


def _named(name: str) -> Candidates:
    return lambda workspace, files, rng: iter([(f"{name}{rng.randrange(10**6)}",)])


def _requests(workspace: Workspace, files: list[str], rng: Random) -> Iterator[Arguments]:
    accounts = rng.choices(workspace.accounts.find(), k=5)
    for shop in workspace.shops.page().shops:
        roles = [Role.MARKETING] if shop.official else [Role.OFFICIAL]
        yield from ((account.username, shop.shop.code, role) for account in accounts for role in roles)


def _unlinks(workspace: Workspace, files: list[str], rng: Random) -> Iterator[Arguments]:
    for link in workspace.links.find(state=LinkState.LINKED):
        yield link.id, workspace.shops.get(link.shop).name


def _role(workspace: Workspace, files: list[str], rng: Random) -> Iterator[Arguments]:
    for member in workspace.organizations.every_member():
        yield member.id, MemberRole.OPERATOR if member.role == MemberRole.ADMIN else MemberRole.ADMIN


def _products(workspace: Workspace, files: list[str], rng: Random) -> Iterator[Arguments]:
    for product in workspace.products.of_shop(CODE):
        yield from ((product.id, status) for status in ProductStatus if status != product.status)


KINDS: dict[str, tuple[Callable[..., object], Candidates]] = {
    "add a shop": (lambda workspace, name: workspace.shops.add(name, "US", LUMEN), _named("Shop ")),
    "rename a shop": (lambda workspace, name: workspace.shops.rename(CODE, name), _named("Lumen ")),
    "state a probation": (lambda workspace: workspace.shops.set_probation(CODE, workspace.now() + timedelta(days=9)), _none),
    "state an account": (add_account, _named("user.")),
    "ask for a link": (
        lambda workspace, name, shop, role: workspace.links.request(
            name, shop, role, agreement=True, confirmed=workspace.policy.rules
        ),
        _requests,
    ),
    "authorize": (lambda workspace, id: workspace.links.authorize(id), _links(LinkState.AWAITING_AUTHORIZATION)),
    "decline": (lambda workspace, id: workspace.links.decline(id), _links(LinkState.AWAITING_AUTHORIZATION)),
    "submit": (lambda workspace, id: workspace.links.submit(id), _links(LinkState.AUTHORIZED)),
    "approve": (lambda workspace, id: workspace.links.approve(id), _links(LinkState.IN_REVIEW)),
    "reject": (lambda workspace, id: workspace.links.reject(id, "The photo is blurred"), _links(LinkState.IN_REVIEW)),
    "cancel": (lambda workspace, id: workspace.links.cancel(id), _links(LinkState.AUTHORIZED, LinkState.IN_REVIEW)),
    "unlink": (lambda workspace, id, name: workspace.links.unlink(id, name), _unlinks),
    "create an organization account": (
        lambda workspace, code: workspace.organizations.create(code, contact="owner@lumen.example"),
        lambda workspace, files, rng: ((one.shop.code,) for one in workspace.shops.page().shops if one.official is None),
    ),
    "invite": (
        lambda workspace, contact: workspace.organizations.invite(CODE, f"{contact}@lumen.example", MemberRole.OPERATOR),
        _named("new"),
    ),
    "accept": (lambda workspace, id: workspace.organizations.accept(id), _members(MemberState.INVITED)),
    "change a role": (lambda workspace, id, role: workspace.organizations.change_role(id, role), _role),
    "remove": (lambda workspace, id: workspace.organizations.remove(id), _members(MemberState.INVITED, MemberState.ACTIVE)),
    "add a product": (lambda workspace, title: workspace.products.add(CODE, title, "9.90"), _named("Candle ")),
    "change a product": (lambda workspace, id, status: workspace.products.change(id, status=status), _products),
    "move the clock": (lambda workspace: desk.advance(workspace, timedelta(hours=25)), _none),
    "start over": (lambda workspace: desk.switch(workspace, SCENARIO), _none),
    "import a sheet": (
        lambda workspace, file: import_file(workspace, Path(file)),
        lambda workspace, files, rng: iter([(files[0],)]),
    ),
    "import a document": (
        lambda workspace, file: import_file(workspace, Path(file)),
        lambda workspace, files, rng: iter([(files[1],)]),
    ),
    "backup": (_backup, lambda workspace, files, rng: iter([(files[2],)])),
}
"""Each kind of change: how it is carried out, and what it can be carried out with in a workspace as it is."""
