"""A model of the domain, written from the docs, in plain dicts with the tables' columns. It imports nothing of the program.

Every row is known by its number, `_n`. Moments are milliseconds since 1970. An entry is all that one act wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
TRIAL = 15 * DAY
NICKNAME = 30
SHOP_NAME = 200  # the bound of any line: how long a shop's name can be is only reported
USERNAME = (2, 24)
REGIONS = ("US", "GB")
CLOCK_TOLERANCE = 2 * SECOND

ACTOR, TIKTOK, HOLDER, OWNER = "maya", "TikTok", "Account holder", "owner@example.com"

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

TABLES = ("sellers", "shops", "accounts", "links")


class Stopped(Exception):
    """The action is not done. `stopping`: each rule that stops it, with its outcome; `anyway`: a record could tell it still."""

    def __init__(self, code: str, stopping: Iterable[tuple[str, str]] = (), *, anyway: bool = False) -> None:
        super().__init__(code, stopping)
        self.answer = (code, frozenset(stopping), anyway)

    def __str__(self) -> str:
        code, stopping, anyway = self.answer
        return f"{code} {sorted(stopping)}{', unless anyway' * anyway}"


class Event(NamedTuple):
    """An event that the history has to have: what happened when, to what, by whom."""

    kind: str
    at: int
    recorded_at: int
    entry: int
    shop: int | None = None
    link: int | None = None
    account: int | None = None
    actor: str = ACTOR
    against: frozenset[str] = frozenset()
    former: str | None = None
    undoes: int | None = None


@dataclass
class Entry:
    """What one act wrote. `before`: each row that it wrote as it was, or None; None without it: nothing is kept."""

    before: dict[tuple[str, int], Row | None] | None = None
    stated: list[tuple[str, int, str, int]] = field(default_factory=list)
    """Statements: of a shop or an account (its number), which fact, as of when."""
    former: list[tuple[int, str]] = field(default_factory=list)
    created: dict[int, int] = field(default_factory=dict)
    """Organization accounts that it created, and when."""
    kind_before: dict[int, str | None] = field(default_factory=dict)
    """What accounts were before TikTok updated them."""
    events: list[Row] = field(default_factory=list)
    undoes: int | None = None
    undone: bool = False


class World:
    """The state of everything. An action that raises Stopped has changed nothing."""

    def __init__(self, clock: Callable[[], int], *, practice: bool) -> None:
        self.clock = clock
        self.practice = practice
        self.shift = 0
        self.newest = 0
        """When something was last written."""
        self.changing: int | None = None
        """The moment of the change that is being made."""
        self.at: int | None = None
        """When the act happened, if that was said."""
        self.anyway = False
        self.sellers: list[Row] = []
        self.shops: list[Row] = []
        self.accounts: list[Row] = []
        self.links: list[Row] = []
        self.entries: list[Entry] = []
        self.events: list[Event] = []
        """Events that were not yet compared with the history."""
        self._begin()

    # The clock

    def now(self) -> int:
        return self.clock() + self.shift

    def went_back(self) -> bool:
        return self.newest - self.now() > CLOCK_TOLERANCE

    def moment(self) -> int:
        """The moment for which the rules are asked."""
        if self.at is not None:
            return self.at
        return self.now() if self.changing is None else self.changing

    # Changes

    def change(self) -> int:
        """Begin a change: in practice let expire what is overdue. Return when the act happened."""
        if self.went_back():
            raise Stopped("refused")
        self.changing = max(self.now(), self.newest)
        self.settle(self.changing)
        return self.moment()

    def changed(self) -> None:
        """End a change that was not stopped, though it may have written nothing."""
        self._end()
        self.newest = max(self.newest, self.changing or 0)
        self.changing = None
        self._begin()

    def stopped(self) -> None:
        """Take back what a change did before it was stopped."""
        for table, before in self._before.items():
            rows = getattr(self, table)
            del rows[len(before) :]
            for row, old in zip(rows, before, strict=True):
                row.clear()
                row.update(old)
        self.changing = None
        self._begin()

    def settle(self, now: int) -> None:
        """In practice what is overdue expires; in a record nothing happens by itself."""
        if self.practice:
            overdue = [link for link in self.links if link["state"] == "awaiting_authorization" and link["authorize_by"] <= now]
            before, self.changing = self.changing, now
            for link in sorted(overdue, key=lambda link: link["authorize_by"]):
                self._begin()
                link.update(state="expired", decided_at=link["authorize_by"])
                self.add_link_event("expired", link, at=link["authorize_by"], actor=TIKTOK)
                self._end()
                self.newest = max(self.newest, now)
            self.changing = before
        self._begin()

    def _begin(self) -> None:
        self.against: set[str] = set()
        self.touched: set[tuple[str, int]] = set()
        """Rows that are written though nothing of them changes."""
        self._before = {table: [dict(row) for row in getattr(self, table)] for table in TABLES}
        self.entry = Entry()

    def _end(self) -> None:
        """Make the entry: its events, its rows as they were before it, and its name on them."""
        if not self.entry.events:
            return
        number = len(self.entries)
        if self.entry.undoes is None:
            self.entry.before = {}
            for table, before in self._before.items():
                for row in getattr(self, table) if table != "sellers" else []:
                    key, old = (table, row["_n"]), before[row["_n"]] if row["_n"] < len(before) else None
                    if row != old or key in self.touched:
                        self.entry.before[key] = old
                        row["entry"] = number
        against = frozenset(self.against)
        assert self.changing is not None
        made = {"recorded_at": self.changing, "entry": number, "against": against, "undoes": self.entry.undoes}
        self.events += [Event(**made, **event) for event in self.entry.events]
        self.entries.append(self.entry)

    def add(self, table: str, **columns: Any) -> Row:
        rows: list[Row] = getattr(self, table)
        row = {**columns, "_n": len(rows)}
        if table != "sellers":
            row["entry"] = len(self.entries)
            row["undone_by"] = None
        rows.append(row)
        return row

    def add_event(self, kind: str, *, at: int | None = None, facts: Iterable[str] = (), **subject: Any) -> None:
        """Add an event; `facts`: what is stated by it of what its kind begins with."""
        at = self.moment() if at is None else at
        self.entry.events.append({"kind": kind, "at": at, **subject})
        about = {"organization": "account"}.get(kind.split(".", maxsplit=1)[0], kind.split(".", maxsplit=1)[0])
        self.entry.stated += [(about, subject[about], fact, at) for fact in facts]

    def add_link_event(self, what: str, link: Row, **more: Any) -> None:
        self.add_event(f"link.{what}", shop=link["shop"], link=link["_n"], account=link["account"], **more)

    def allow(self, found: Answers, ignored: Iterable[str] = (), link: Row | None = None) -> tuple[str, ...]:
        """Stop the act by what the rules answer, unless it is recorded anyway; return the rules that it is against."""
        left_out = {*ignored, *(link["against"] if link else ())}
        stopping = {
            (rule, what) for rule, what in found.items() if what in {"blocked", "wait", "unknown"} and rule not in left_out
        }
        known = all(outcome != "unknown" for _, outcome in stopping)
        if stopping and not (known and self.anyway):
            raise Stopped("refused", stopping, anyway=known and not self.practice)
        against = {rule for rule, _ in stopping}
        self.against |= against
        if link:
            link["against"] = tuple(sorted({*link["against"], *against}))
        return tuple(sorted(against))

    # What was stated

    def standing_entries(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.undone]

    def newer(self, about: str, number: int, at: int) -> set[str]:
        """The facts of a shop or an account that were stated as of a later moment."""
        return {
            fact
            for entry in self.standing_entries()
            for kind, which, fact, when in entry.stated
            if (kind, which) == (about, number) and when > at
        }

    def newer_for(self, shop: int, account: Row) -> set[str]:
        """The facts of an account and its shop that are newer than the act."""
        if self.at is None:
            return set()
        of_shop = {"entity" if fact == "seller" else fact for fact in self.newer("shop", shop, self.at)}
        return of_shop | self.newer("account", account["_n"], self.at)

    def check_newest(self, about: str, number: int, facts: Iterable[str]) -> None:
        if self.at is not None and self.newer(about, number, self.at) & set(facts):
            raise Stopped("invalid")

    # What is there

    def shop(self, number: int) -> Row:
        if self.shops[number]["undone_by"] is not None:
            raise Stopped("not_found")
        return self.shops[number]

    def find(self, username: str) -> Row | None:
        """The account with this username, else the last one that had it."""
        for account in self.accounts:
            if account["username"] == username and account["undone_by"] is None:
                return account
        had = [account for entry in self.standing_entries() for account, name in entry.former if name == username]
        return self.accounts[had[-1]] if had and self.accounts[had[-1]]["undone_by"] is None else None

    def has(self, username: str) -> bool:
        return any(account["username"] == username and account["undone_by"] is None for account in self.accounts)

    def told(self, **like: Any) -> list[Row]:
        """Links that are not undone, as they are now."""
        return [
            link for link in self.links if link["undone_by"] is None and all(link[name] == value for name, value in like.items())
        ]

    def live(self, **like: Any) -> list[Row]:
        """Links that take a place, as of the moment that is asked for."""
        links = [as_of(link, self.at) for link in self.told(**like)]
        return [link for link in links if link and link["state"] in LIVE]

    def official(self, shop: int) -> Row | None:
        """The shop's official link that stands now."""
        return next((link for link in self.told(shop=shop, role="official") if link["state"] == "linked"), None)

    def unlinks(self, shop: int) -> int:
        """How many unlinks of its own the shop had used at the moment that is asked for."""
        used = [link for link in self.told(shop=shop, role="official", state="unlinked") if link["ended_by"] != "tiktok"]
        return sum(self.at is None or link["unlinked_at"] <= self.at for link in used)

    def unlinks_left_at_most(self, shop: int) -> int:
        return max(0, UNLINKS - self.unlinks(shop) - (self.shops[shop]["unlinks_before"] or 0))

    def recent_links(self, account: int, now: int) -> list[int]:
        """The moments at which an account became a marketing account, within the window."""
        moments = [link["linked_at"] for link in self.told(account=account, role="marketing")]
        return sorted(moment for moment in moments if moment is not None and now - WINDOW < moment <= now)

    def contradicted(self, link: Row) -> bool:
        """Whether a link stood at the same time as another that it cannot stand beside."""
        return any(
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


def begun(link: Row) -> tuple[int, int]:
    """When a link began, and its number: their order."""
    return (link["linked_at"] if link["requested_at"] is None else link["requested_at"], link["_n"])


def last_step(link: Row) -> int:
    return max(link[name] for name in ("requested_at", *STEPS) if link[name] is not None)


def as_of(link: Row, at: int | None) -> Row | None:
    """The link as it stood at a moment; None if it had not begun."""
    if at is None:
        return link
    if at < begun(link)[0]:
        return None
    if all(link[name] is None or link[name] <= at for name in STEPS):
        return link
    known = {name: None if link[name] is None or link[name] > at else link[name] for name in STEPS}
    reached = [state for name, state in STEPS.items() if known[name] is not None]
    return {**link, **known, "state": reached[-1] if reached else OPEN[0], "ended_by": None, "reason": None}


def _end(link: Row) -> float:
    return float("inf") if link["unlinked_at"] is None else link["unlinked_at"]
