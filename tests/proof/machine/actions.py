"""Single actions, each on the program and on the model: what the machine's rules are made of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core import desk
from core.clock import from_ms
from core.models import EndedBy, Entity, EntityKind, MemberRole, Probation, ProductStatus, Role
from tests.proof.machine import links, neighbours
from tests.proof.machine.compare import Comparison
from tests.proof.machine.world import Row

ENTITIES = {
    "Lumen": Entity(kind=EntityKind.COMPANY, legal_name="Lumen Ltd", registration_number="84-555a0142", country="US"),
    "Birch": Entity(kind=EntityKind.COMPANY, legal_name="Birch Ltd", registration_number="09876543", country="GB"),
    "Lumen in short": Entity(registration_number="84-555A 0142", country="us"),
    "Lumen by another name": Entity(legal_name="Lumen Candles Ltd", registration_number="84555A0142", country="US"),
    "Ash": Entity(registration_number="555-0190", country="US"),
}
"""Legal entities; three of them are the same."""


def plain(owner: str) -> Row:
    """The row of a legal entity."""
    entity = ENTITIES[owner]
    key = "".join(char for char in entity.registration_number.upper() if char not in "- ")
    return {
        "country": entity.country.upper(),
        "registration_key": key,
        "registration_number": entity.registration_number,
        "kind": entity.kind,
        "legal_name": entity.legal_name,
    }


class Actions(Comparison):
    """What can be done, with the numbers and names that the model uses."""

    def act(self, name: str, *calls: Any, plain: bool = False, **more: Any) -> bool:
        entries = len(self.world.entries)
        done = super().act(name, *calls, plain=plain, **more)
        if len(self.world.entries) > entries and not plain and self.mistaken():
            self.undo(len(self.world.entries) - 1)
        return done

    def request(self, username: str, shop: int, role: str, *, agreement: bool = True, confirm: bool = False) -> bool:
        return self.act(
            f"link({username}, {shop}, {role}, agreement={agreement}, confirm={confirm})",
            lambda: self.real.links.request(
                username, self.shop(shop), Role(role), agreement=agreement, confirmed=self.real.policy.rules if confirm else ()
            ),
            lambda: links.request(self.world, username, shop, role, agreement=agreement, confirm=confirm),
            check=lambda: self.check_request(username, shop, role),
        )

    def record_link(
        self, username: str, shop: int, role: str, linked_at: int, unlinked_at: int | None = None, by: str | None = None
    ) -> bool:
        moments = from_ms(linked_at), None if unlinked_at is None else from_ms(unlinked_at)
        return self.act(
            f"record_link({username}, {shop}, {role}, {linked_at}, {unlinked_at}, {by})",
            lambda: self.real.links.record_linked(username, self.shop(shop), Role(role), *moments, EndedBy(by) if by else None),
            lambda: links.record_linked(self.world, username, shop, role, linked_at, unlinked_at, by),
        )

    def answer(self, link: Row, what: str, confirm: str | None = None, by: str = "seller") -> bool:
        """Take a link a step further, or end it."""
        id, real, world, who = self.id(link), self.real.links, self.world, EndedBy(by)
        calls = {
            "authorize": (lambda: real.authorize(id), lambda: links.authorize(world, link)),
            "decline": (lambda: real.decline(id), lambda: links.end(world, link, "declined")),
            "expire": (lambda: real.expire(id), lambda: links.end(world, link, "expired")),
            "submit": (lambda: real.submit(id), lambda: links.submit(world, link)),
            "approve": (lambda: real.approve(id), lambda: links.approve(world, link)),
            "reject": (lambda: real.reject(id, "The picture is blurred"), lambda: links.end(world, link, "rejected")),
            "cancel": (lambda: real.cancel(id, who), lambda: links.end(world, link, "cancelled", by)),
            "unlink": (lambda: real.unlink(id, confirm, who), lambda: links.unlink(world, link, confirm, by)),
        }
        named = f", confirm={confirm!r}" if confirm else ""
        username = world.accounts[link["account"]]["username"]
        return self.act(
            f"{what}(link {link['_n']} of {username}{named}, by {by})", *calls[what], check=lambda: self.check_link(link)
        )

    def undo(self, number: int) -> bool:
        return self.act(
            f"undo({number}: {self.acts.get(number)})",
            lambda: self.real.entries.undo(self.tables.entries[number], "By mistake"),
            lambda: neighbours.undo(self.world, number),
            plain=True,
        )

    def add_shop(self, name: str, region: str, owner: str) -> bool:
        code = f"{region}LC{len(self.world.shops):06}"
        return self.act(
            f"add_shop({name[:40]}, {region}, {owner})",
            lambda: self.real.shops.add(name, region, ENTITIES[owner], code=code),
            lambda: neighbours.add_shop(self.world, name, region, plain(owner), code),
        )

    def rename(self, shop: int, name: str) -> bool:
        return self.act(
            f"rename_shop({shop}, {name[:40]}… of {len(name)})",
            lambda: self.real.shops.rename(self.shop(shop), name),
            lambda: neighbours.rename(self.world, shop, name),
            check=lambda: self.check_rename(shop, name),
        )

    def set_shop(self, shop: int, **facts: Any) -> bool:
        """State or correct facts of a shop; `entity` is the name of the owner."""
        given, modelled = dict(facts), dict(facts)
        if owner := facts.get("entity"):
            given["entity"], modelled["entity"] = ENTITIES[owner], plain(owner)
        if (until := facts.get("probation_until")) is not None:
            given["probation_until"] = from_ms(until)
        if probation := facts.get("probation"):
            given["probation"] = Probation(probation)
        return self.act(
            f"set_shop({shop}, {facts})",
            lambda: self.real.shops.state(self.shop(shop), **given),
            lambda: neighbours.set_shop(self.world, shop, modelled),
        )

    def set_probation(self, shop: int, until: int | None) -> bool:
        return self.set_shop(shop, probation="over" if until is None else "active", probation_until=until)

    def remove_shop(self, shop: int) -> bool:
        return self.act(
            f"remove_shop({shop})",
            lambda: self.real.shops.remove(self.shop(shop)),
            lambda: neighbours.remove_shop(self.world, shop),
        )

    def state(self, username: str, **facts: Any) -> bool:
        """State facts; `entity` is the name of the owner."""
        modelled: dict[str, Any] = {name: int(value) if isinstance(value, bool) else value for name, value in facts.items()}
        given = dict(facts)
        if owner := facts.get("entity"):
            modelled["entity"], given["entity"] = plain(owner), ENTITIES[owner]
        return self.act(
            f"add_account({username}, {facts})",
            lambda: self.real.accounts.state(username, **given),
            lambda: neighbours.state(self.world, username, modelled),
        )

    def rename_account(self, username: str, new: str) -> bool:
        return self.act(
            f"rename_account({username}, {new})",
            lambda: self.real.accounts.rename(username, new),
            lambda: neighbours.rename_account(self.world, username, new),
        )

    def convert(self, username: str, *, cancel: bool) -> bool:
        return self.act(
            f"convert_account({username}, cancel={cancel})",
            lambda: self.real.accounts.convert(username, cancel=cancel),
            lambda: neighbours.convert(self.world, username, cancel=cancel),
        )

    def remove_account(self, username: str) -> bool:
        return self.act(
            f"remove_account({username})",
            lambda: self.real.accounts.remove(username),
            lambda: neighbours.remove_account(self.world, username),
        )

    def create_organization(self, shop: int, username: str | None, contact: str | None) -> bool:
        there, real = self.world.shops[shop]["undone_by"] is None, self.real.organizations
        wanted = username or (real.check_create(self.shop(shop)).account.username if there else "nobody")

        def check() -> None:
            if there:
                self.check_create(shop, wanted, real.check_create(self.shop(shop), username).verdicts)

        return self.act(
            f"create_org({shop}, {username}, {contact})",
            lambda: real.create(self.shop(shop), contact=contact or "", username=username),
            lambda: neighbours.create_organization(self.world, shop, wanted, contact),
            check=check,
        )

    def invite(self, shop: int, contact: str, role: str) -> bool:
        return self.act(
            f"invite({shop}, {contact}, {role})",
            lambda: self.real.organizations.invite(self.shop(shop), contact, MemberRole(role)),
            lambda: neighbours.invite(self.world, shop, contact, role),
        )

    def member(self, number: int, what: str) -> bool:
        """Accept an invitation, let it expire, change a role, or remove a member."""
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
            "expire": (lambda: real.expire(id), lambda: neighbours.expire(self.world, member)),
            "noted": (lambda: real.note_removed_in_seller_center(id), lambda: neighbours.note_removed(self.world, member)),
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
            plain=True,
        )

    def move(self, span: int) -> None:
        """Move the computer's clock, forward or back."""

        def tick() -> None:
            self.clock.ms += span

        self.act(f"move({span} ms)", tick, lambda: None, plain=True)
