"""A model of a record, written from the docs, in plain dicts with the tables' columns. It imports nothing of the program.

Every row is known by its number, `_n`. Moments are milliseconds since 1970. An entry is all that one act wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Answers = dict[str, str]

SECOND = 1_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
UNLINK_WAIT = 24 * HOUR
UNLINKS = 3
PLACES = 4
LINKS_IN_WINDOW = 10
WINDOW = 180 * DAY
ANSWER = 48 * HOUR
NICKNAME = 30
SHOP_NAME = 200  # the bound of any line: how long a shop's name can be is only reported
USERNAME = (2, 24)
REGIONS = ("US", "GB")
CLOCK_TOLERANCE = 2 * SECOND

ACTOR, TIKTOK, HOLDER = "maya", "TikTok", "Account holder"

OPEN = ("awaiting_authorization", "authorized", "in_review")
LIVE = (*OPEN, "linked")
STEPS = {
    "authorized_at": "authorized",
    "submitted_at": "in_review",
    "decided_at": "in_review",
    "linked_at": "linked",
    "unlinked_at": "unlinked",
}
"""A link's moments in order, each with the state that it leads to."""

EVENT: Row = {**dict.fromkeys(("shop", "link", "account", "former", "undoes")), "actor": ACTOR}
"""What an event of the history says unless it says otherwise, beside its kind, its moments, its entry and `against`."""


class Stopped(Exception):
    """The act is not done. `stopping`: each rule that stops it, with its outcome; `anyway`: a record could tell it still."""

    def __init__(self, code: str, stopping: Iterable[tuple[str, str]] = (), *, anyway: bool = False) -> None:
        super().__init__(code, sorted(stopping), anyway)
        self.answer = (code, frozenset(stopping), anyway)


@dataclass
class Entry:
    """What one act wrote. `before`: each row that it wrote as it was, or None; empty: it cannot be undone."""

    before: dict[tuple[str, int], Row | None] = field(default_factory=dict)
    stated: list[tuple[str, int, str, int]] = field(default_factory=list)
    """Statements: of a shop or an account (its number), which fact, as of when."""
    former: list[tuple[int, str]] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    undoes: int | None = None
    undone: bool = False


class World:
    """The state of everything. An act that raises Stopped has changed nothing."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.newest = now
        """When something was last written."""
        self.changing: int | None = None
        """The moment of the change that is being made."""
        self.at: int | None = None
        """When the act happened, if that was said."""
        self.anyway = False
        self.tables: dict[str, list[Row]] = {"seller": [], "shop": [], "account": [], "link": []}
        self.sellers, self.shops, self.accounts, self.links = self.tables.values()
        self.entries: list[Entry] = []
        self.events: list[Row] = []
        """Events that were not yet compared with the history."""
        self.entry = Entry()
        self.against: set[str] = set()
        self.touched: set[tuple[str, int]] = set()
        """Rows that are written though nothing of them changes."""

    def moment(self) -> int:
        """The moment for which the rules are asked."""
        if self.at is not None:
            return self.at
        return self.now if self.changing is None else self.changing

    # Acts

    @contextmanager
    def act(self, at: int | None, anyway: bool) -> Iterator[None]:
        """Make one act: as of a moment, if that was said; take back what it did if it is stopped."""
        before = {name: [dict(row) for row in rows] for name, rows in self.tables.items()}
        self.at, self.anyway, self.entry, self.against, self.touched = at, anyway, Entry(), set(), set()
        try:
            tolerated = self.newest - self.now <= CLOCK_TOLERANCE
            if at is not None and at > (max(self.now, self.newest) if tolerated else self.now):
                raise Stopped("invalid")
            yield
            self._keep(before)
            self.newest = max(self.newest, self.changing or 0)  # though it may have written nothing
        except Stopped:
            for name, rows in self.tables.items():
                del rows[len(before[name]) :]
                for row, old in zip(rows, before[name], strict=True):
                    row.clear()
                    row.update(old)
            raise
        finally:
            self.at, self.anyway, self.changing = None, False, None

    def change(self) -> int:
        """Begin a change; return when the act happened."""
        if self.newest - self.now > CLOCK_TOLERANCE:
            raise Stopped("refused")
        self.changing = max(self.now, self.newest)
        return self.moment()

    def _keep(self, before: dict[str, list[Row]]) -> None:
        """Make the entry: its events, its rows as they were before it, and its name on them."""
        if not self.entry.events:
            return
        number = len(self.entries)
        for name, olds in before.items():
            for row in self.tables[name] if name != "seller" and self.entry.undoes is None else []:
                key, old = (name, row["_n"]), olds[row["_n"]] if row["_n"] < len(olds) else None
                if row != old or key in self.touched:
                    self.entry.before[key] = old
                    row["entry"] = number
        assert self.changing is not None
        made = {"recorded_at": self.changing, "entry": number, "against": tuple(sorted(self.against))}
        self.events += [{**EVENT, **made, **event} for event in self.entry.events]
        self.entries.append(self.entry)

    def add(self, table: str, **columns: Any) -> Row:
        rows = self.tables[table]
        row = {**columns, "_n": len(rows)}
        if table != "seller":
            row |= {"entry": len(self.entries), "undone_by": None}
        rows.append(row)
        return row

    def add_event(self, kind: str, *, at: int | None = None, facts: Iterable[str] = (), **subject: Any) -> None:
        """Add an event; `facts`: what is stated by it of what its kind begins with."""
        at = self.moment() if at is None else at
        self.entry.events.append({"kind": kind, "at": at, **subject})
        about = kind.split(".", maxsplit=1)[0]
        self.entry.stated += [(about, subject[about], fact, at) for fact in facts]

    def add_link_event(self, what: str, link: Row, **more: Any) -> None:
        self.add_event(f"link.{what}", shop=link["shop"], link=link["_n"], account=link["account"], **more)

    def allow(self, found: Answers, ignored: Iterable[str] = (), link: Row | None = None) -> tuple[str, ...]:
        """Stop the act by what the rules answer, unless it is recorded anyway; return the rules that it is against."""
        left_out = {*ignored, *(link["against"] if link else ())}
        stopping = {
            (rule, what) for rule, what in found.items() if what in {"blocked", "wait", "unknown"} and rule not in left_out
        }
        unknown = {(rule, what) for rule, what in stopping if what == "unknown"}
        if stops := unknown if self.anyway else stopping:
            raise Stopped("refused", stops, anyway=not unknown)
        against = {rule for rule, _ in stopping}
        self.against |= against
        if link:
            link["against"] = tuple(sorted({*link["against"], *against}))
        return tuple(sorted(against))

    # What was stated

    def standing_entries(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.undone]

    def newer(self, about: str, number: int) -> set[str]:
        """The facts of a shop or an account that were stated as of a later moment than that of the act."""
        return {
            fact
            for entry in self.standing_entries()
            for kind, which, fact, when in entry.stated
            if (kind, which) == (about, number) and self.at is not None and when > self.at
        }

    def newer_for(self, shop: int, account: Row) -> set[str]:
        """The facts of an account and its shop that are newer than the act."""
        of_shop = {"entity" if fact == "seller" else fact for fact in self.newer("shop", shop)}
        elsewhere = [link for link in self.told(account=account["_n"], role="official") if link["shop"] != shop]
        renamed = any(self.at is not None and (link["linked_at"] or 0) > self.at for link in elsewhere)
        return of_shop | self.newer("account", account["_n"]) | ({"nickname"} if renamed else set())

    def check_newest(self, about: str, number: int, facts: Iterable[str]) -> None:
        if self.newer(about, number) & set(facts):
            raise Stopped("invalid")

    # What is there

    def shop(self, number: int) -> Row:
        if self.shops[number]["undone_by"] is not None:
            raise Stopped("not_found")
        return self.shops[number]

    def there(self, table: str = "account") -> list[Row]:
        """Rows that are not undone."""
        return [row for row in self.tables[table] if row["undone_by"] is None]

    def find(self, username: str) -> Row | None:
        """The account with this username, else the last one that had it."""
        for account in self.there():
            if account["username"] == username:
                return account
        had = [account for entry in self.standing_entries() for account, name in entry.former if name == username]
        return self.accounts[had[-1]] if had and self.accounts[had[-1]]["undone_by"] is None else None

    def told(self, **like: Any) -> list[Row]:
        """Links that are not undone, as they are now."""
        return [link for link in self.there("link") if all(link[name] == value for name, value in like.items())]

    def live(self, **like: Any) -> list[Row]:
        """Links that take a place, as of the moment that is asked for."""
        links = [as_of(link, self.at) for link in self.told(**like)]
        return [link for link in links if link and link["state"] in LIVE]

    def owner(self, account: Row) -> int | None:
        """The seller at whose shop the account stands, or stood last, as of the moment that is asked for."""
        links = [as_of(link, self.at) for link in self.told(account=account["_n"])]
        linked = [link for link in links if link and link["linked_at"] is not None]
        standing = [link for link in linked if link["state"] == "linked"]
        if not linked:
            return None
        last = max(standing or linked, key=lambda link: (link["linked_at"], link["unlinked_at"] or 0, link["role"] == "official"))
        return int(self.shops[last["shop"]]["seller"])

    def official(self, shop: int) -> Row | None:
        """The shop's official link that stands now."""
        return next(iter(self.told(shop=shop, role="official", state="linked")), None)

    def unlinks_left_at_most(self, shop: int) -> int:
        """How many unlinks of its own the shop has left, whenever the others were."""
        return max(0, UNLINKS - self.unlinks(shop))

    def unlinks(self, shop: int) -> int:
        """How many unlinks of its own the shop has used in total."""
        of_seller = [link for link in self.told(shop=shop, role="official", state="unlinked") if link["ended_by"] != "tiktok"]
        return int(self.shops[shop]["unlinks_before"] or 0) + len(of_seller)

    def recent_links(self, account: int) -> int:
        """How often an account became a marketing account within the window."""
        now, moments = self.moment(), [link["linked_at"] for link in self.told(account=account, role="marketing")]
        return sum(moment is not None and now - WINDOW < moment <= now for moment in moments)

    def contradicted(self, link: Row) -> bool:
        """Whether a link stood at the same time as another that it cannot stand beside."""
        return link["linked_at"] is not None and any(
            other["_n"] != link["_n"]
            and other["linked_at"] is not None
            and other["linked_at"] < _end(link)
            and link["linked_at"] < _end(other)
            and (
                (other["shop"], other["account"]) == (link["shop"], link["account"])
                or (
                    other["role"] == link["role"] == "official"
                    and (other["shop"] == link["shop"] or other["account"] == link["account"])
                )
            )
            for other in self.told()
        )


def last_step(link: Row) -> int:
    return int(max(link[name] for name in ("requested_at", *STEPS) if link[name] is not None))


def next_step(link: Row) -> int:
    """The first moment for which its next step can be entered: an unlink is never at the moment of the link."""
    return last_step(link) + (link["state"] == "linked")


def as_of(link: Row, at: int | None) -> Row | None:
    """The link as it stood at a moment; None if it had not begun."""
    if at is None:
        return link
    if at < (link["linked_at"] if link["requested_at"] is None else link["requested_at"]):
        return None
    if all(link[name] is None or link[name] <= at for name in STEPS):
        return link
    known = {name: None if link[name] is None or link[name] > at else link[name] for name in STEPS}
    reached = [state for name, state in STEPS.items() if known[name] is not None]
    return {**link, **known, "state": reached[-1] if reached else OPEN[0], "ended_by": None, "reason": None}


def _end(link: Row) -> float:
    return float("inf") if link["unlinked_at"] is None else link["unlinked_at"]
