"""Random statements against every table: honest acts, acts just beside what is allowed, and rows with one thing wrong."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from tests.core.store.attacks import ATTACKS
from tests.core.store.attacks.columns import BLOB, REQUIRED, entity, seller
from tests.core.store.attacks.sql import DAY, HOUR, T, Value, account, event, insert, member, product, shop, update

STATES = (
    "authorized",
    "in_review",
    "linked",
    "unlinked",
    "declined",
    "expired",
    "cancelled",
    "rejected",
    "awaiting_authorization",
)
NEXT = {
    "awaiting_authorization": ("authorized", "authorized", "authorized", "declined", "expired", "cancelled"),
    "authorized": ("in_review", "in_review", "in_review", "cancelled"),
    "in_review": ("linked", "linked", "linked", "rejected", "cancelled"),
    "linked": ("unlinked",),
}
ODD: tuple[Value, ...] = (
    None,
    None,
    "MARK",
    -1,
    0,
    2,
    10**15,
    "",
    " ",
    "odd",
    "UPPER",
    "{",
    "1.2.3",
    "-5",
    "x" * 40,
    "nowhere",
    "[]",
)
NAMED = [attack for attack in ATTACKS if not (attack.given or attack.fresh or attack.asks)]
WAYS = ("OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE", "OR ROLLBACK")
UNUSED = "NOT EXISTS (SELECT 1 FROM link WHERE link.{})"
KEPT = ("event", "seller", "shop", "account", "link", "member", "product")
"""The tables whose rows are numbered and never go."""


class Statement(NamedTuple):
    """`act`: what it would do, by which it is counted; `wrong`: the column or safeguard that it goes against on purpose."""

    act: str
    sql: str
    wrong: str = ""


class Chance:
    """Draws statements for a file as it is now. All chance is `random`'s; `name` keeps two processes' ids apart."""

    def __init__(self, connection: sqlite3.Connection, random: Random, name: str) -> None:
        self.connection = connection
        self.random = random
        self.name = name
        self.drawn = 0
        self.acts: tuple[Callable[[], Iterator[Statement]], ...] = (
            self.rows, self.request, self.request, self.step, self.step, self.step, self.step, self.unlink, self.unlink,
            self.past,
            self.organization, self.people, self.account, self.account, self.shop, self.wrong, self.wrong, self.wrong, self.wrong,
            self.kept, self.kept, self.beside, self.named, self.named, self.named, self.named,
        )  # fmt: skip

    def statements(self) -> Iterator[Statement]:
        """One act: a statement or a few that belong together, some of them said in another way."""
        for statement in self.random.choice(self.acts)():
            way = self.random.choice(WAYS) if self.random.random() < 0.4 else ""
            yield statement._replace(sql=re.sub(r"^(INSERT|UPDATE)( OR \w+)?", rf"\1 {way}", statement.sql)) if way else statement

    def some(self, table: str, condition: str = "1") -> dict[str, Value] | None:
        """A row from somewhere in the table."""
        last = self.connection.execute(f"SELECT coalesce(max(seq), 0) FROM {table}").fetchone()[0]
        start = self.random.randint(0, last)
        sql = f"SELECT * FROM {table} WHERE {condition} AND seq >= ? ORDER BY seq LIMIT 1"
        cursor = self.connection.execute(sql, [start])
        row = cursor.fetchone() or self.connection.execute(sql, [0]).fetchone()
        return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None

    def id(self) -> str:
        self.drawn += 1
        return f"{self.name}{self.drawn}"

    def moment(self) -> int:
        return T + self.random.randrange(0, 400 * 24) * HOUR

    def near(self, moment: int) -> int:
        """The moment itself, or one just beside it."""
        return moment + self.random.choice((-HOUR, -1, 0, 0, 0, 0, 1, HOUR))

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

    def _free(self) -> tuple[str, str]:
        """A shop of Lumen's and an account, both without a link if there are such."""
        place = self.some("shop", f"region = 'US' AND seller = 'lumen' AND {UNUSED.format('shop = shop.id')}")
        holder = self.some("account", f"region = 'US' AND kind <> 'organization' AND {UNUSED.format('account = username')}")
        return str((place or {"id": "fresh"})["id"]), str((holder or {"username": "free.one"})["username"])

    def _place(self) -> tuple[dict[str, Value], dict[str, Value], dict[str, Value]] | None:
        place, holder = self.some("shop"), self.some("account", self.random.choice(("1", "1", "kind = 'organization'")))
        if place is None or holder is None:
            return None
        if self.random.random() < 0.9:
            holder = self.some("account", f"coalesce(region, '{place['region']}') = '{place['region']}'") or holder
        common = {"shop": place["id"], "seller": place["seller"], "region": place["region"], "account": holder["username"]}
        return place, holder, {"id": self.id(), **common, "origin": "existing", "requested_by": "eve"}

    def request(self) -> Iterator[Statement]:
        found = self._place()
        if found is None:
            return
        at = self.moment()
        row = {
            **found[2],
            "role": "official",
            "state": "awaiting_authorization",
            "requested_at": at,
            "authorize_by": at + 2 * DAY,
        }
        act = "link: asked, official"
        if self.random.random() < 0.5:
            act = "link: asked, marketing"
            row |= {"role": "marketing", "slot": self.random.randint(1, 5)}
            if self.random.random() < 0.4:  # a shop that many ask for, by accounts that were linked often
                row |= {"shop": "other", "seller": "lumen", "region": "US", "account": f"market.{self.random.randrange(3)}"}
            if self.random.random() < 0.5:
                row |= {"account": self._free()[1]}
            live = "SELECT count(*) FROM link WHERE shop = ? AND role = 'marketing' AND live = 1"
            if self.connection.execute(live, [row["shop"]]).fetchone()[0] == 3:
                act += ", fourth place"
        yield Statement(act, insert("link", **row))

    def past(self) -> Iterator[Statement]:
        """A link that comes in finished, as an import brings it."""
        found = self._place()
        if found is None:
            return
        at = self.moment()
        state = self.random.choice(("linked", "unlinked", "unlinked"))
        role = self.random.choice(("official", "marketing"))
        row = {
            **found[2],
            "role": role,
            "state": state,
            "requested_at": at,
            "linked_at": self.random.choice((at, at, at, at - 1)),
        }
        if role == "marketing":
            row["slot"] = self.random.randint(1, 5)
            if self.random.random() < 0.8:  # a dozen of one account
                busy = self.random.randrange(3)
                row["account"] = f"market.{busy}"
        if state == "unlinked":
            row["unlinked_at"] = self.near(at + DAY)
            if role == "official":
                row["unlink_number"] = self._number(str(row["shop"]))
        yield Statement(f"link: past, {state}, {role}", insert("link", **row))

    def _number(self, of: str) -> int:
        """The number of the shop's next unlink, or one beside it."""
        used = self.connection.execute("SELECT count(*) FROM link WHERE shop = ? AND unlink_number IS NOT NULL", [of]).fetchone()[
            0
        ]
        return int(used) + self.random.choice((1, 1, 1, 1, 1, 0, 2))

    def step(self) -> Iterator[Statement]:
        state = self.random.choice(("awaiting_authorization", "awaiting_authorization", "authorized", "in_review"))
        found = self.some("link", f"state = '{state}'")
        if found is None:
            return
        after = self.random.choice(NEXT[state] if self.random.random() < 0.9 else STATES)
        began = int(found["submitted_at"] or found["authorized_at"] or found["requested_at"] or 0)
        at = self.random.choice((began, began, began, began + HOUR, began - 1))
        marketing = found["role"] == "marketing"
        if marketing and after in {"authorized", "in_review"} and self.random.random() < 0.95:
            after = "linked"
        changes: dict[str, Value] = {"state": after}
        if after == "authorized" or (after == "linked" and marketing):
            changes["authorized_at"] = at if self.random.random() < 0.95 else began + 3 * DAY
        if after == "in_review":
            changes["submitted_at"] = at
        if after in {"linked", "declined", "expired", "cancelled", "rejected"} and self.random.random() < 0.95:
            changes["decided_at"] = at
        if after == "linked":
            changes |= {"linked_at": at, "linked_by": "eve"}
        if after == "rejected":
            changes["reason"] = self.random.choice(("No", "No", " ", None))
        if self.random.random() < 0.05:
            changes[self.random.choice(("requested_by", "account", "slot", "rowid", "authorize_by", "reason"))] = 7
        if self.random.random() < 0.1:
            yield Statement("account: country", update(
                "account", f"kind = 'organization' AND username = '{found['account']}'", country="GB", registration_key="09-8"
            ))  # fmt: skip
        if after == "linked" and self.random.random() < 0.5:
            yield Statement("account: seller", update(
                "account", f"kind = 'organization' AND seller IS NULL AND username = '{found['account']}'", seller=found["seller"]
            ))  # fmt: skip
        yield Statement(f"link: {after}, {found['role']}", update("link", str(found["id"]), **changes))

    def unlink(self) -> Iterator[Statement]:
        role = self.random.choice(("official", "official", "marketing"))
        found = self.some("link", f"state = 'linked' AND role = '{role}'")
        if found is None:
            return
        changes: dict[str, Value] = {"state": "unlinked", "unlinked_at": self.near(int(found["linked_at"] or 0) + DAY)}
        number = self._number(str(found["shop"])) if role == "official" else None
        if number is not None:
            changes["unlink_number"] = number
        act = f"link: unlinked, {role}" + (", third" if number == 3 else "")
        yield Statement(act, update("link", str(found["id"]), **changes))

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

    def wrong(self) -> Iterator[Statement]:
        """A row of any table, whole but for one value."""
        table = self.random.choice([*REQUIRED, "link", "account", "member", "workspace"])
        place, holder = self._free()
        fresh = self.id()
        at = self.moment()
        row = {
            "entity": {"country": "FR", "registration_key": fresh, "registration_number": fresh,
                "kind": None, "legal_name": None},
            "seller": {"id": fresh}, "shop": {"id": fresh, "code": fresh, "probation_until": None},
            "account": {"username": fresh, "country": None, "registration_key": None, "seller": None, "avatar": 0},
            "member": {"id": fresh, "contact": fresh, "accepted_at": None, "removed_at": None}, "product": {"id": fresh},
            "event": {"id": fresh, "shop": None, "link": None, "account": None, "details": "{}"},
        }.get(table, {})  # fmt: skip
        if table == "link":
            row = {
                "id": fresh, "shop": place, "seller": "lumen", "region": "US", "account": holder,
                "role": "marketing", "slot": None,
                "origin": "existing", "state": self.random.choice(STATES), "requested_at": at, "requested_by": "eve",
                "authorize_by": at + 2 * DAY, "authorized_at": at, "submitted_at": None, "decided_at": None, "linked_at": None,
                "unlinked_at": None, "unlink_number": None, "reason": "No", "confirmed": "[]",
            }  # fmt: skip
            row["role"] = "official" if row["state"] in {"authorized", "in_review", "rejected"} else self.random.choice(
                ("official", "marketing"))  # fmt: skip
            row["slot"] = self.random.randint(1, 4) if row["role"] == "marketing" else None
            row["authorized_at"] = None if row["state"] == "awaiting_authorization" else at
            row["submitted_at"] = at if row["state"] == "in_review" else None
            row["linked_at"] = at if row["state"] in {"linked", "unlinked"} else None
            row["unlinked_at"] = at + DAY if row["state"] == "unlinked" else None
            row["unlink_number"] = 1 if row["state"] == "unlinked" and row["role"] == "official" else None
            make: Callable[..., str] = lambda **columns: insert("link", **columns)  # noqa: E731
        else:
            make = REQUIRED[table][0]
        column = self.random.choice([*REQUIRED[table][1].split(), *row])
        odd = ODD[:3] if table == "market" else ODD  # the limits themselves are data: doctor tells of them, opening restores them
        sql = make(**{**row, column: self.random.choice(odd)}).replace("'MARK'", BLOB)
        yield Statement(f"insert {table}", sql, f"{table}.{column}")

    def kept(self) -> Iterator[Statement]:
        """A row that is to go, to be replaced or to be moved."""
        table = self.random.choice([*KEPT, "workspace", "entity"])
        if table == "workspace":
            yield Statement("update workspace", self.random.choice((
                "DELETE FROM workspace", "UPDATE workspace SET seed = 'x'", "UPDATE workspace SET newest_at = 0",
                "UPDATE workspace SET shifted_by = NULL", "UPDATE workspace SET newest_at = NULL",
                f"UPDATE workspace SET shifted_by = shifted_by + {self.random.choice((0, 0, 1, -1, 10**15))}",
                "INSERT OR REPLACE INTO workspace (id, kind, seed, created_at) VALUES (1, 'record', 'x', 0)",
                "UPDATE workspace SET rowid = 2",
            )))  # fmt: skip
            return
        if table == "entity":
            yield Statement("update entity", self.random.choice((
                "DELETE FROM entity WHERE country = 'FR'", "UPDATE entity SET registration_number = 'x'",
                "INSERT OR REPLACE INTO entity VALUES ('US', '84-1', '84-1', 'company', 'Eve')",
            )))  # fmt: skip
            return
        found = self.some(table)
        if found is None:
            return
        hidden = {name: value for name, value in found.items() if name != "live"}
        where = f"seq = {found['seq']}"
        self.drawn += 1
        changed = self.random.choice(sorted(hidden))
        yield Statement(f"update {table}", self.random.choice((
            f"DELETE FROM {table} WHERE {where}",
            f"DELETE FROM {table}",
            f"UPDATE {table} SET rowid = {self.random.choice((-1, 0, self.drawn))} WHERE {where}",
            update(table, where, **{changed: self.random.choice(ODD[:2] + ODD[3:])}),
            insert(table, **hidden).replace("INSERT", "INSERT OR REPLACE"),
            insert(table, **{**hidden, "seq": self.random.choice((-1, 10**9, self.drawn)), "id": self.id()})
            if table != "account" else account(self.id(), seq=10**9),
            f"INSERT INTO {table} SELECT * FROM {table}" if table != "link" else "UPDATE link SET state = 'linked'",
        )))  # fmt: skip

    def named(self) -> Iterator[Statement]:
        """One of the attacks that have a name, on whatever the file has become."""
        attack = self.random.choice(NAMED)
        sql = attack.sql
        place, holder = self._free()
        own = {name: self.id() for name in ("new", "forged", "added.one", "USLC99")}
        for name, now in {**own, "fresh": place, "free.one": holder}.items():
            sql = sql.replace(f"'{name}'", f"'{now}'")
        verb, table = re.search(r"(INSERT|UPDATE|DELETE)(?: OR \w+)?(?: INTO| FROM)? (\w+)", sql).groups()  # type: ignore[union-attr]
        yield Statement(f"{verb.lower()} {table}", sql, attack.by)

    def beside(self) -> Iterator[Statement]:
        """Statements over many rows, and over two tables."""
        yield Statement("at once", self.random.choice((
            "UPDATE account SET nickname = shop.name FROM shop WHERE shop.seq = account.seq",
            "UPDATE account SET region = 'GB'",
            "UPDATE account SET kind = 'organization'",
            "UPDATE member SET role = 'operator'",
            "UPDATE shop SET name = name || 'x'",
            "UPDATE link SET state = 'cancelled', decided_at = requested_at"
            " WHERE state = 'awaiting_authorization' AND seq % 50 = 0",
            "UPDATE event SET actor = 'nobody'",
        )))  # fmt: skip
