"""Make practice workspaces from scenario files: facts and acts, played through the real use cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import data
from core import fleets
from core.accounts import FACTS
from core.clock import Clock, floor, parse_duration, system_clock
from core.errors import InvalidInput, NotFound
from core.lookalikes import did_you_mean_titled
from core.models import (
    Entity,
    EventKind,
    MemberRole,
    MemberState,
    ProductStatus,
    Role,
    Seller,
    WorkspaceKind,
)
from core.scenario_file import AccountFacts, Act, Ago, ProductFacts, Scenario, ScenarioInfo, ShopFacts
from core.store import search
from core.store import shops as shop_rows
from core.store.new_file import check_free
from core.text import show
from core.toml_files import Loc, Source, checked
from core.workspace import Workspace

Found = TypeVar("Found")
Roles = TypeVar("Roles", Role, MemberRole)

Report = Callable[[float], None]
"""Called with the finished share of the work, from 0 to 1."""


def catalog() -> tuple[ScenarioInfo, ...]:
    """List the scenarios that ship with the program."""
    return tuple(sorted(map(info, data.names("scenarios")), key=lambda info: info.order))


def info(id: str) -> ScenarioInfo:
    """Load a scenario's description, without its contents. Raises NotFound, InvalidInput."""
    if id not in data.names("scenarios"):
        return load(id)
    parsed = data.load(f"scenarios/{id}.toml") | {"id": id}
    return ScenarioInfo(**{name: parsed[name] for name in ScenarioInfo.model_fields if name in parsed})


def load(id: str) -> Scenario:
    """Load the scenario with this id, or in this file if `id` ends with .toml.

    Raises NotFound; InvalidInput, naming file, line and field, for a mistake in a file.
    """
    if id.endswith(".toml"):
        path = Path(id).absolute()
        source = Source(path, "scenario")
        return _made(str(path), source.parsed(), source)
    if id not in data.names("scenarios"):
        problem = f"There is no scenario {show(id, 60)}."
        if id in data.names("tours"):
            raise NotFound(problem, remedy="It is a tour.", command=f"Play it with: shoplink demo --play {id}")
        raise NotFound(
            problem, remedy=meant(id).strip() or "Choose one from the list.", command="See them with: shoplink scenarios"
        )
    return _made(id, data.load(f"scenarios/{id}.toml"), None)


def meant(id: str) -> str:
    """Ask, in words, whether the scenario with an id or title like this was meant; "" if none is."""
    return did_you_mean_titled(id, {info.id: info.title for info in catalog()})


def create(
    path: Path, id: str, *, actor: str, clock: Clock = system_clock, seed: str | None = None, report: Report = lambda share: None
) -> Workspace:
    """Make a practice workspace in a new file, played from this scenario (an id, or a file's path).

    `seed`: what its ids are made from; the scenario's name unless given. `report` is called with the finished share, at most a
    hundred times. Raises Exists if there is a file already, NotFound, InvalidInput, ReadOnly or DiskFull.
    """
    check_free(path)
    return in_memory(id, actor=actor, clock=clock, seed=seed, report=report).moved_to(path)


def in_memory(
    id: str, *, actor: str, clock: Clock = system_clock, seed: str | None = None, report: Report = lambda share: None
) -> Workspace:
    """Make a practice workspace without a file, played from this scenario; see `create`.

    Raises NotFound, InvalidInput.
    """
    scenario = load(id)
    start = floor(clock())  # the one moment at which it is made: anything newer was done since
    workspace = Workspace.empty(WorkspaceKind.PRACTICE, scenario.id, seed or scenario.name, actor=actor, clock=_fixed(start))
    play(workspace, scenario, start, report)
    workspace.clock = clock
    return workspace


def _made(id: str, parsed: dict[str, Any], source: Source | None) -> Scenario:
    scenario = checked(Scenario, {**expanded(parsed, source), "id": id}, source)
    scenario._source = source
    return scenario


def expanded(parsed: dict[str, Any], source: Source | None) -> dict[str, Any]:
    """Return a parsed file's contents with its fleet's entries at the end. Raises InvalidInput."""
    facts = {name: value for name, value in parsed.items() if name not in {"fleet", "id"}}
    if "fleet" in parsed:
        fleet = checked(fleets.Fleet, parsed["fleet"] if isinstance(parsed["fleet"], dict) else {}, source)
        for name, more in fleets.facts(fleet).items():
            facts[name] = [*facts.get(name, []), *more]
    return facts


def play(workspace: Workspace, scenario: Scenario, start: datetime, report: Report) -> None:
    """Fill an empty practice workspace with facts and acts in order, the clock set to each.

    Raises the use case's refusal if an act is not possible at its moment; for a person's own file, InvalidInput
    that names file, line and field.
    """
    steps: list[tuple[datetime, Loc, Callable[[], object]]] = []

    def plan(loc: Loc, ago: Ago, step: Callable[[], object]) -> None:
        steps.append((moment_of(start, ago), loc, step))

    for number, shop in enumerate(scenario.shops):
        plan(("shops", number), shop.added, partial(_add_shop, workspace, scenario, shop, start))
    for number, account in enumerate(scenario.accounts):
        plan(("accounts", number), account.stated, partial(_state_account, workspace, account))
    added = {shop.code: shop.added for shop in scenario.shops}
    for number, product in enumerate(scenario.products):
        plan(("products", number), added.get(product.shop, "0"), partial(_add_product, workspace, product))
    for number, act in enumerate(scenario.acts):
        plan(("acts", number), act.at, partial(_act, workspace, act, start))
    steps.sort(key=lambda step: step[0])  # stable: facts of a moment come before its acts
    with workspace.store.write():
        workspace.clock = _fixed(steps[0][0] if steps else start)
        with workspace.change():
            workspace.add_event(EventKind.WORKSPACE_CREATED, f"Practice workspace made from the scenario “{scenario.title}”")
        for number, (moment, loc, step) in enumerate(steps):
            if number % -(-len(steps) // 100) == 0:
                report(number / len(steps))
            workspace.clock = _fixed(moment)
            with scenario.located(loc):
                step()
        search.catch_up(workspace.store)


def _fixed(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def moment_of(start: datetime, ago: Ago) -> datetime:
    return start if ago == "0" else start - parse_duration(ago[1:])


def _add_shop(workspace: Workspace, scenario: Scenario, shop: ShopFacts, start: datetime) -> None:
    facts = next((seller for seller in scenario.sellers if seller.id == shop.seller), None)
    if facts is None:
        raise InvalidInput(
            "seller", f"{show(shop.seller, 60)} is not one of the scenario's sellers", remedy="Add it to [[sellers]]."
        )
    entity = Entity(
        kind=facts.kind, legal_name=facts.legal_name, registration_number=facts.registration_number, country=facts.country
    )
    with workspace.change():
        seller = shop_rows.find_seller(workspace.store, facts.id)
        if seller is None:
            seller = Seller(id=facts.id, entity=entity)
            shop_rows.add_seller(workspace.store, seller)
        until = start + parse_duration(shop.probation) if shop.probation else None
        workspace.shops.add(shop.name, shop.region, entity, until, shop.code, seller=seller)


def _state_account(workspace: Workspace, facts: AccountFacts) -> None:
    stated = facts.model_dump(exclude={"username", "unknown", "stated"})
    known = {name: value for name, value in stated.items() if value is not None and name not in facts.unknown}
    workspace.accounts.state(facts.username, **known)


def _add_product(workspace: Workspace, facts: ProductFacts) -> None:
    product = workspace.products.add(facts.shop, facts.title, facts.price, facts.currency)
    if facts.status != ProductStatus.ACTIVE:
        workspace.products.change(product.id, status=facts.status)


def _act(workspace: Workspace, act: Act, start: datetime) -> None:
    links, organizations = workspace.links, workspace.organizations
    match act.do:
        case "link":
            links.request(act.account, act.shop, _role(Role, act), agreement=True, confirmed=workspace.policy.rules)
        case "authorize":
            links.authorize(_live_link(workspace, act))
        case "decline":
            links.decline(_live_link(workspace, act))
        case "submit":
            links.submit(_live_link(workspace, act))
        case "approve":
            links.approve(_live_link(workspace, act))
        case "reject":
            links.reject(_live_link(workspace, act), act.reason)
        case "cancel":
            links.cancel(_live_link(workspace, act))
        case "unlink":
            links.unlink(_live_link(workspace, act), workspace.shops.get(act.shop).name)
        case "create_org":
            organizations.create(act.shop, contact=act.contact, username=act.username)
        case "invite":
            organizations.invite(act.shop, act.contact, _role(MemberRole, act))
        case "accept":
            organizations.accept(_member(workspace, act, MemberState.INVITED))
        case "remove":
            organizations.remove(_member(workspace, act, MemberState.ACTIVE, MemberState.INVITED))
        case "rename":
            workspace.shops.rename(act.shop, act.name)
        case "add_product":
            workspace.products.add(act.shop, act.title, act.price)
        case "set_product":
            named = [product for product in workspace.products.of_shop(act.shop) if product.title == act.title]
            workspace.products.change(_one(named, act, f"product {act.title}").id, status=act.status)
        case "probation":
            workspace.shops.set_probation(act.shop, start + parse_duration(act.until))
        case "state":
            if unexpected := sorted(set(act.facts) - FACTS):
                raise InvalidInput(
                    "facts", f"have no fact called {show(unexpected[0], 40)}", remedy=f"There are: {', '.join(FACTS)}."
                )
            workspace.accounts.state(act.account, **act.facts)


def _role(kind: type[Roles], act: Act) -> Roles:
    try:
        return kind(act.role)
    except ValueError:
        raise InvalidInput("role", f"must be one of: {', '.join(kind)}") from None


def _live_link(workspace: Workspace, act: Act) -> str:
    shop = workspace.shops.get(act.shop).id
    found = [link for link in workspace.links.find(shop=shop) if link.username == act.account and link.is_live]
    return _one(found, act, f"link of @{act.account} with {act.shop}").id


def _member(workspace: Workspace, act: Act, *states: MemberState) -> str:
    found = [m for m in workspace.organizations.members(act.shop) if m.contact == act.contact and m.state in states]
    return _one(found, act, f"member {act.contact}").id


def _one(found: list[Found], act: Act, what: str) -> Found:
    if not found:
        missing = f"has no {what} to {act.do} at {act.at}"
        raise InvalidInput("scenario", missing, message=f"The scenario {missing}.", remedy="Add it in an earlier act.")
    return found[0]
