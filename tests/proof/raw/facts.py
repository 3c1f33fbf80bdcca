"""Acts on all that is no link: shops and what they sell, accounts, organizations and their people."""

from collections.abc import Iterator

from tests.core.store.attacks.columns import entity, seller
from tests.core.store.attacks.sql import DAY, HOUR, Value, account, event, insert, member, product, shop, update
from tests.proof.raw.chance import Chance, Statement


class Facts(Chance):
    def rows(self) -> Iterator[Statement]:
        """Rows that stand alone."""
        choice = self.random.randrange(5)
        if choice == 0:
            key = self.id()
            country = self.random.choice(("US", "GB"))
            yield Statement("insert entity", entity(country=country, registration_key=key, registration_number=key))
            yield Statement("insert seller", seller(id=key, country=country, registration_key=key))
            yield Statement("update entity", update("entity", f"registration_key = '{key}'", legal_name=key, kind="company"))
        elif choice == 1:
            owner = self.some("seller") or {"id": "lumen"}
            probation = self.moment() if self.random.random() < 0.3 else None
            name = "A name of more than thirty letters" if self.random.random() < 0.1 else f"Shop {self.random.randrange(40)}"
            yield Statement(
                "insert shop",
                shop(id=self.id(), code=self.id(), name=name, seller=owner["id"], region=self.random.choice(("US", "US", "GB")),
                    probation_until=probation),
            )  # fmt: skip
        elif choice == 2:
            yield Statement("insert product", product(id=self.id(), shop=(self.some("shop") or {"id": "lumen"})["id"]))
        elif choice == 3:
            found = self.some("product") or {"id": "jar"}
            status = self.random.choice(("active", "inactive", "inactive", "deleted"))
            yield Statement("update product", update("product", str(found["id"]), status=status, changed_at=self.moment()))
        else:
            at = self.moment() + self.drawn
            yield Statement("insert event", event(id=self.id(), at=at, shop=(self.some("shop") or {"id": "lumen"})["id"]))
            yield Statement("update workspace", update("workspace", "id = 1", newest_at=self.near(at)))

    def account(self) -> Iterator[Statement]:
        choice = self.random.randrange(4)
        if choice < 2:
            known = self.random.random() < 0.9
            yield Statement("insert account", account(
                self.id(), region=self.random.choice(("US", "US", "GB")) if known else None, kind="business" if known else None,
                standing=self.random.choice(("good", "good", "good", "good", "banned")),
            ))  # fmt: skip
            return
        own = self.random.choice(("", " AND seller IS NULL"))
        found = self.some("account", f"kind = 'organization'{own}" if choice == 2 else "1")
        if found is None:
            return
        owner = self.some("seller") or {"id": "lumen", "country": "US", "registration_key": "84-1"}
        changes: tuple[dict[str, Value], ...] = (
            {"region": self.random.choice(("US", "GB"))},
            {"nickname": self.id()},
            {"kind": self.random.choice(("personal", "business", "organization"))},
            {"standing": "good"},
            {"seller": owner["id"]},
            {"country": owner["country"], "registration_key": owner["registration_key"]},
            {"country": None, "registration_key": None},
        )
        changed = self.random.choice(changes)
        yield Statement(f"account: {next(iter(changed))}", update("account", str(found["username"]), **changed))

    def shop(self) -> Iterator[Statement]:
        found = self.some("shop")
        if found:
            names = (f"Shop {self.random.randrange(40)}", f"Shop {self.random.randrange(40)}", "L" * 30, "L" * 31)
            yield Statement("shop: name", update("shop", str(found["id"]), name=self.random.choice(names)))
            if self.random.random() < 0.2:
                yield Statement("shop: probation", update("shop", str(found["id"]), probation_until=self.moment()))

        standing = self.some("link", "state = 'linked' AND role = 'official'")
        if standing and self.random.random() < 0.3:
            yield Statement("account: nickname", update("account", str(standing["account"]), nickname=self.id()))

    def organization(self) -> Iterator[Statement]:
        """An organization account as it is made: account, admin, link; or without one of them."""
        place = self.some("shop")
        if place is None:
            return
        owner = self.connection.execute("SELECT country, registration_key FROM seller WHERE id = ?", [place["seller"]]).fetchone()
        username, at = self.id(), self.moment()
        yield Statement("insert account", account(
            username, kind="organization", region=place["region"], country=owner[0], registration_key=owner[1],
            seller=self.random.choice((place["seller"], None, (self.some("seller") or place)["id"])),
        ))  # fmt: skip
        if self.random.random() < 0.9:
            yield Statement("insert member", member(
                id=self.id(), account=username, contact="owner", role="admin", state="active", invited_at=at, accept_by=None,
                accepted_at=self.near(at),
            ))  # fmt: skip
        if self.random.random() < 0.7:
            role = self.random.choice(("official",) * 9 + ("marketing",))
            yield Statement("link: created", insert(
                "link", id=self.id(), shop=place["id"], seller=place["seller"], region=place["region"], account=username,
                role=role, slot=None if role == "official" else 1, origin="created", state="linked", requested_at=at,
                requested_by="eve", linked_at=at,
            ))  # fmt: skip

    def people(self) -> Iterator[Statement]:
        """Members who are invited, accept, change their role and go."""
        found = self.some("account", "kind = 'organization'" if self.random.random() < 0.9 else "1")
        at = self.moment()
        if found:
            contact, role = self.random.choice(("ann", "BEN", "ben", "cai")), self.random.choice(("admin", "operator"))
            yield Statement("insert member", member(
                id=self.id(), account=found["username"], contact=contact, role=role, invited_at=at, accept_by=self.near(at + DAY)
            ))  # fmt: skip
        person = self.some("member")
        if person:
            invited = int(person["invited_at"] or 0)
            changes: tuple[dict[str, Value], ...] = (
                {"state": "active", "accepted_at": self.random.choice((invited, invited + HOUR, invited - 1, invited + 3 * DAY))},
                {"state": "expired"},
                {"role": self.random.choice(("admin", "operator"))},
                {"state": "removed", "removed_at": self.random.choice((invited + 4 * DAY, invited + 4 * DAY, invited - 1, None))},
                {"contact": "Ann"},
            )
            changed = self.random.choice(changes)
            yield Statement(f"member: {next(iter(changed))}", update("member", str(person["id"]), **changed))
