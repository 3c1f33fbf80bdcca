"""Acts on links: asked for, step by step, unlinked, or taken in from the past; most of them as the rules have it."""

from collections.abc import Iterator

from tests.core.store.attacks.sql import DAY, HOUR, Value, insert, update
from tests.proof.raw.chance import Chance, Statement

STATES = (
    "authorized", "in_review", "linked", "unlinked", "declined", "expired", "cancelled", "rejected", "awaiting_authorization",
)  # fmt: skip
NEXT = {
    "awaiting_authorization": ("authorized", "authorized", "authorized", "declined", "expired", "cancelled"),
    "authorized": ("in_review", "in_review", "in_review", "cancelled"),
    "in_review": ("linked", "linked", "linked", "rejected", "cancelled"),
    "linked": ("unlinked",),
}


class Links(Chance):
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
                row |= {"account": self.free()[1]}
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
