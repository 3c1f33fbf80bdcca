"""Acts that no rule allows: rows with one thing wrong, rows that are to go, and the attacks that have a name."""

import re
from collections.abc import Callable, Iterator

from tests.core.store.attacks import ATTACKS
from tests.core.store.attacks.columns import BLOB, REQUIRED
from tests.core.store.attacks.sql import DAY, Value, account, insert, update
from tests.proof.raw.chance import Chance, Statement
from tests.proof.raw.links import STATES

ODD: tuple[Value, ...] = (
    None, None, "MARK", -1, 0, 2, 10**15, "", " ", "odd", "UPPER", "{", "1.2.3", "-5", "x" * 40, "nowhere", "[]",
)  # fmt: skip
NAMED = [attack for attack in ATTACKS if not (attack.given or attack.fresh or attack.asks)]
KEPT = ("event", "seller", "shop", "account", "link", "member", "product")
"""The tables whose rows are numbered and never go."""
"""The tables whose rows are numbered and never go."""


class Wrong(Chance):
    def wrong(self) -> Iterator[Statement]:
        """A row of any table, whole but for one value."""
        table = self.random.choice([*REQUIRED, "link", "account", "member", "workspace"])
        place, holder = self.free()
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
        place, holder = self.free()
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
