"""Single actions, each on the program and on the model: what the machine's rules are made of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core import desk
from core.clock import from_ms
from core.models import Entity, EntityKind, MemberRole, ProductStatus, Role
from tests.proof.machine import links, neighbours
from tests.proof.machine.compare import Comparison
from tests.proof.machine.world import Row, Stopped

ENTITIES = {
    "Lumen": Entity(kind=EntityKind.COMPANY, legal_name="Lumen Ltd", registration_number="84-555a0142", country="US"),
    "Birch": Entity(kind=EntityKind.COMPANY, legal_name="Birch Ltd", registration_number="09876543", country="GB"),
    "Lumen in short": Entity(registration_number="84-555A 0142", country="us"),
}
KEYS = {"Lumen": ("US", "84555A0142"), "Birch": ("GB", "09876543"), "Lumen in short": ("US", "84555A0142")}
"""What identifies each: two of them are the same."""


class Actions(Comparison):
    """What can be done, with the numbers and names that the model uses."""

    def request(self, username: str, shop: int, role: str, *, agreement: bool = True, confirm: bool = False) -> bool:
        try:
            asked = links.account(self.world, username)
        except Stopped:
            asked = None
        if asked:
            self.check_request(username, shop, role, asked)
        return self.act(
            f"request({username}, {shop}, {role}, agreement={agreement}, confirm={confirm})",
            lambda: self.real.links.request(
                username, self.shop(shop), Role(role), agreement=agreement, confirmed=self.real.policy.rules if confirm else ()
            ),
            lambda: links.request(self.world, username, shop, role, agreement=agreement, confirm=confirm),
        )

    def answer(self, link: Row, what: str, confirm: str | None = None) -> bool:
        """Take a link a step further, or end it."""
        id, real, world = self.id(link), self.real.links, self.world
        self.check_link(link)
        calls = {
            "authorize": (lambda: real.authorize(id), lambda: links.authorize(world, link)),
            "decline": (lambda: real.decline(id), lambda: links.end(world, link, "declined")),
            "submit": (lambda: real.submit(id), lambda: links.submit(world, link)),
            "approve": (lambda: real.approve(id), lambda: links.approve(world, link)),
            "reject": (lambda: real.reject(id, "The picture is blurred"), lambda: links.end(world, link, "rejected")),
            "cancel": (lambda: real.cancel(id), lambda: links.end(world, link, "cancelled")),
            "unlink": (lambda: real.unlink(id, confirm), lambda: links.unlink(world, link, confirm)),
        }
        named = f", confirm={confirm!r}" if confirm else ""
        return self.act(f"{what}(link {self.world.number(link)} of {link['account']}{named})", *calls[what])

    def add_shop(self, name: str, region: str, owner: str) -> bool:
        code = f"{region}LC{len(self.world.shops):06}"
        return self.act(
            f"add_shop({name[:40]}, {region}, {owner})",
            lambda: self.real.shops.add(name, region, ENTITIES[owner], code=code),
            lambda: neighbours.add_shop(self.world, name, region, KEYS[owner], code),
        )

    def rename(self, shop: int, name: str) -> bool:
        if self.tables.events and 0 < len(name.strip()) <= 200:
            self.check_rename(shop, name)
        return self.act(
            f"rename({shop}, {name[:40]}… of {len(name)})",
            lambda: self.real.shops.rename(self.shop(shop), name),
            lambda: neighbours.rename(self.world, shop, name),
        )

    def set_probation(self, shop: int, until: int | None) -> bool:
        return self.act(
            f"set_probation({shop}, {until})",
            lambda: self.real.shops.set_probation(self.shop(shop), None if until is None else from_ms(until)),
            lambda: neighbours.set_probation(self.world, shop, until),
        )

    def state(self, username: str, **facts: Any) -> bool:
        """State facts; `entity` is the name of the owner."""
        modelled: dict[str, Any] = {name: int(value) if isinstance(value, bool) else value for name, value in facts.items()}
        given = dict(facts)
        if owner := facts.get("entity"):
            modelled["entity"], given["entity"] = KEYS[owner], ENTITIES[owner]
        return self.act(
            f"state({username}, {facts})",
            lambda: self.real.accounts.state(username, **given),
            lambda: neighbours.state(self.world, username, modelled),
        )

    def create_organization(self, shop: int, username: str | None, contact: str) -> bool:
        check = self.real.organizations.check_create(self.shop(shop), username)
        wanted = username or check.account.username
        self.check_create(shop, wanted, check.verdicts)
        return self.act(
            f"create_organization({shop}, {username}, {contact})",
            lambda: self.real.organizations.create(self.shop(shop), contact=contact, username=username),
            lambda: neighbours.create_organization(self.world, shop, wanted, contact),
        )

    def invite(self, shop: int, contact: str, role: str) -> bool:
        return self.act(
            f"invite({shop}, {contact}, {role})",
            lambda: self.real.organizations.invite(self.shop(shop), contact, MemberRole(role)),
            lambda: neighbours.invite(self.world, shop, contact, role),
        )

    def member(self, number: int, what: str) -> bool:
        """Accept an invitation, change a role, or remove a member."""
        id, member, real = self.tables.ids("member")[number], self.world.members[number], self.real.organizations
        calls = {
            "accept": (lambda: real.accept(id), lambda: neighbours.accept(self.world, member)),
            "admin": (
                lambda: real.change_role(id, MemberRole.ADMIN),
                lambda: neighbours.change_role(self.world, member, "admin"),
            ),
            "operator": (
                lambda: real.change_role(id, MemberRole.OPERATOR),
                lambda: neighbours.change_role(self.world, member, "operator"),
            ),
            "remove": (lambda: real.remove(id), lambda: neighbours.remove(self.world, member)),
        }
        return self.act(f"member_{what}({number})", *calls[what])

    def add_product(self, shop: int, title: str, price: str) -> bool:
        return self.act(
            f"add_product({shop}, {title}, {price})",
            lambda: self.real.products.add(self.shop(shop), title, price),
            lambda: neighbours.add_product(self.world, shop, title, price),
        )

    def change_product(self, number: int, **facts: str) -> bool:
        id, product = self.tables.ids("product")[number], self.world.products[number]
        given: dict[str, Any] = {name: ProductStatus(value) if name == "status" else value for name, value in facts.items()}
        return self.act(
            f"change_product({number}, {facts})",
            lambda: self.real.products.change(id, **given),
            lambda: neighbours.change_product(self.world, product, facts),
        )

    def advance(self, span: int) -> bool:
        """Move the clock of practice."""
        return self.act(
            f"advance({span} ms)",
            lambda: desk.advance(self.real, timedelta(milliseconds=span)),
            lambda: neighbours.advance(self.world, span),
        )

    def move(self, span: int) -> None:
        """Move the computer's clock, forward or back."""

        def tick() -> None:
            self.clock.ms += span

        self.act(f"move({span} ms)", tick, lambda: None)
