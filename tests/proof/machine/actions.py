"""Single actions, each on the program and on the model: what the machine's rules are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core import desk
from core.clock import from_ms
from core.models import EndedBy, Entity, EntityKind, Probation, Role
from tests.proof.machine import links, neighbours
from tests.proof.machine.compare import Comparison
from tests.proof.machine.world import OWNER, Row

ENTITIES = {
    "Lumen": Entity(kind=EntityKind.COMPANY, legal_name="Lumen Ltd", registration_number="84-5550142", country="US"),
    "Birch": Entity(kind=EntityKind.COMPANY, legal_name="Birch Ltd", registration_number="09876543", country="GB"),
}


def key(owner: str | None) -> tuple[str, str] | None:
    return owner and (ENTITIES[owner].country, ENTITIES[owner].registration_number.replace("-", ""))  # type: ignore[return-value]


def _moment(at: int | None) -> Any:
    return None if at is None else from_ms(at)


Call = tuple[Callable[..., object], Callable[..., object]]
CALLS: dict[str, Call] = {
    "link": (
        lambda a, username, shop, role, agreement, confirm: a.real.links.request(
            username, a.shop(shop), Role(role), agreement=agreement, confirmed=a.real.policy.rules if confirm else ()
        ),
        links.request,
    ),
    "record_link": (
        lambda a, username, shop, role, begin, end, by: a.real.links.record_linked(
            username, a.shop(shop), Role(role), _moment(begin), _moment(end), EndedBy(by) if by else None
        ),
        links.record_linked,
    ),
    "add_shop": (
        lambda a, name, region, owner, code: a.real.shops.add(name, region, ENTITIES[owner], code=code),
        lambda w, name, region, owner, code: neighbours.add_shop(w, name, region, key(owner), code),
    ),
    "rename_shop": (lambda a, shop, name: a.real.shops.rename(a.shop(shop), name), neighbours.rename),
    "set_shop": (
        lambda a, shop, facts: a.real.shops.state(a.shop(shop), **{name: READ.get(name, lambda v: v)(v) for name, v in facts.items()}),
        neighbours.set_shop,
    ),
    "add_account": (
        lambda a, username, facts: a.real.accounts.state(
            username, **{name: ENTITIES[v] if name == "entity" and v else v for name, v in facts.items()}
        ),
        lambda w, username, facts: neighbours.state(
            w, username, {name: key(v) if name == "entity" else int(v) if isinstance(v, bool) else v for name, v in facts.items()}
        ),
    ),
    "rename_account": (lambda a, username, new: a.real.accounts.rename(username, new), neighbours.rename_account),
    "convert_account": (lambda a, username, cancel: a.real.accounts.convert(username, cancel=cancel), neighbours.convert),
    "create_org": (
        lambda a, shop, username: a.real.organizations.create(
            a.shop(shop), contact=OWNER if a.world.practice else "", username=username
        ),
        neighbours.create_organization,
    ),
    "undo": (lambda a, number: a.real.entries.undo(a.tables.entries[number], "By mistake"), neighbours.undo),
    "advance": (lambda a, span: desk.advance(a.real, timedelta(milliseconds=span)), neighbours.advance),
    "authorize": (lambda a, link: a.real.links.authorize(a.id(link)), links.authorize),
    "submit": (lambda a, link: a.real.links.submit(a.id(link)), links.submit),
    "approve": (lambda a, link: a.real.links.approve(a.id(link)), links.approve),
    "decline": (lambda a, link: a.real.links.decline(a.id(link)), lambda w, link: links.end(w, link, "declined")),
    "expire": (lambda a, link: a.real.links.expire(a.id(link)), lambda w, link: links.end(w, link, "expired")),
    "reject": (lambda a, link: a.real.links.reject(a.id(link), links.REASON), lambda w, link: links.end(w, link, "rejected")),
    "cancel": (
        lambda a, link, by: a.real.links.cancel(a.id(link), EndedBy(by)),
        lambda w, link, by: links.end(w, link, "cancelled", by),
    ),
    "unlink": (lambda a, link, confirm, by: a.real.links.unlink(a.id(link), confirm, EndedBy(by)), links.unlink),
}  # fmt: skip
"""Each act, by its command, on the program and on the model."""
READ: dict[str, Callable[[Any], Any]] = {"probation": lambda value: value and Probation(value), "probation_until": _moment}


class Actions(Comparison):
    """What can be done, with the numbers and names that the model uses."""

    def do(self, name: str, *given: Any, check: Callable[[], object] | None = None, plain: bool = False) -> bool:
        """Do an act on both; if it was a mistake, undo it."""
        real, model = CALLS[name]
        told = ", ".join(str(value["_n"] if isinstance(value, dict) and "_n" in value else value)[:60] for value in given)
        entries = len(self.world.entries)
        done = self.act(
            f"{name}({told})", lambda: real(self, *given), lambda: model(self.world, *given), check=check, plain=plain
        )
        if len(self.world.entries) > entries and not plain and self.mistaken():
            self.undo(len(self.world.entries) - 1)
        return done

    def request(self, username: str, shop: int, role: str, *, agreement: bool = True, confirm: bool = False) -> bool:
        check = lambda: self.check_request(username, shop, role)  # noqa: E731
        return self.do("link", username, shop, role, agreement, confirm, check=check)

    def answer(self, link: Row, what: str, confirm: str | None = None, by: str = "seller") -> bool:
        """Take a link a step further, or end it."""
        more = {"cancel": (by,), "unlink": (confirm, by)}.get(what, ())
        return self.do(what, link, *more, check=lambda: self.check_link(link))

    def undo(self, number: int) -> bool:
        return self.do("undo", number, plain=True)

    def add_shop(self, name: str, region: str, owner: str) -> bool:
        return self.do("add_shop", name, region, owner, f"{region}LC{len(self.world.shops):06}")

    def rename(self, shop: int, name: str) -> bool:
        return self.do("rename_shop", shop, name, check=lambda: self.check_rename(shop, name))

    def set_probation(self, shop: int, until: int | None) -> bool:
        return self.do("set_shop", shop, {"probation": "over" if until is None else "active", "probation_until": until})

    def state(self, username: str, **facts: Any) -> bool:
        """State facts; `entity` is the name of the owner."""
        return self.do("add_account", username, facts)

    def create_organization(self, shop: int, username: str | None) -> bool:
        there, real = self.world.shops[shop]["undone_by"] is None, self.real.organizations
        wanted = username or (real.check_create(self.shop(shop)).account.username if there else "nobody")

        def check() -> None:
            if there:
                self.check_create(shop, wanted, real.check_create(self.shop(shop), wanted).verdicts)

        return self.do("create_org", shop, wanted, check=check)

    def move(self, span: int) -> None:
        """Move the computer's clock, forward or back."""

        def tick() -> None:
            self.clock.ms += span

        self.act(f"move({span} ms)", tick, lambda: None, plain=True)
