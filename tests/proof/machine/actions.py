"""Single actions, each on the program and on the model: what the machine's rules are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
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
        lambda a, name, region, owner: a.real.shops.add(name, region, ENTITIES[owner], code=f"LC{len(a.tables.ids('shop')):06}"),
        lambda w, name, region, owner: neighbours.add_shop(w, name, region, key(owner), f"LC{len(w.shops):06}"),
    ),
    "rename_shop": (lambda a, shop, name: a.real.shops.rename(a.shop(shop), name), neighbours.rename),
    "set_shop": (
        lambda a, shop, facts: a.real.shops.state(
            a.shop(shop), **{name: READ[name](v) if name in READ else v for name, v in facts.items()}
        ),
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
CHECKS: dict[str, Callable[..., None]] = {
    "link": lambda a, username, shop, role, *_: a.check_request(username, shop, role),
    "rename_shop": Comparison.check_rename,
    "create_org": Comparison.check_create,
    **dict.fromkeys(
        ["authorize", "submit", "approve", "decline", "expire", "reject", "cancel", "unlink"],
        lambda a, link, *_: a.check_link(link),
    ),
}
READ: dict[str, Callable[[Any], Any]] = {"probation": lambda value: value and Probation(value), "probation_until": _moment}


class Actions(Comparison):
    """What can be done, with the numbers and names that the model uses."""

    def do(self, name: str, *given: Any) -> bool:
        """Do an act on both; if it was a mistake, undo it. What rules answer before it is compared too."""
        real, model = CALLS[name]
        plain, check = name in {"undo", "advance"}, CHECKS.get(name)
        told = ", ".join(str(value["_n"] if isinstance(value, dict) and "_n" in value else value)[:60] for value in given)
        entries = len(self.world.entries)
        calls = (partial(real, self, *given), partial(model, self.world, *given), check and partial(check, self, *given))
        done = self.act(f"{name}({told})", *calls, plain=plain)
        if len(self.world.entries) > entries and not plain and self.mistaken():
            self.do("undo", len(self.world.entries) - 1)
        return done

    def request(self, username: str, shop: int, role: str, *, agreement: bool = True, confirm: bool = False) -> bool:
        return self.do("link", username, shop, role, agreement, confirm)

    def answer(self, link: Row, what: str, confirm: str | None = None, by: str = "seller") -> bool:
        """Take a link a step further, or end it."""
        return self.do(what, link, *{"cancel": (by,), "unlink": (confirm, by)}.get(what, ()))

    def state(self, username: str, **facts: Any) -> bool:
        """State facts; `entity` is the name of the owner."""
        return self.do("add_account", username, facts)

    def set_probation(self, shop: int, until: int | None) -> bool:
        return self.do("set_shop", shop, {"probation": "over" if until is None else "active", "probation_until": until})

    def move(self, span: int) -> None:
        """Move the computer's clock, forward or back."""
        self.act(f"move({span} ms)", lambda: setattr(self.clock, "ms", self.clock.ms + span), lambda: None, plain=True)
