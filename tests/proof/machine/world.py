"""A model of the domain, written from the docs, in plain dicts with the tables' columns. It imports nothing of the program.

A shop, a link or a member is known by its number. Moments are milliseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Row = dict[str, Any]

SECOND = 1_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
UNLINK_WAIT = 24 * HOUR
UNLINKS = 3
PLACES = 4
LINKS_IN_WINDOW = 10
WINDOW = 180 * DAY
ANSWER = 48 * HOUR
INVITATION = 24 * HOUR
NICKNAME = 30
SHOP_NAME = 200  # the bound of any line: how long a shop's name can be is only reported
USERNAME = (2, 24)
REGIONS = {"US": "USD", "GB": "GBP"}
CLOCK_TOLERANCE = 2 * SECOND

ACTOR = "maya"

OPEN = ("awaiting_authorization", "authorized", "in_review")
LIVE = (*OPEN, "linked")


class Stopped(Exception):
    """The action is not done. `stopping`: each rule that stops it, with its outcome."""

    def __init__(self, code: str, stopping: set[tuple[str, str]] | None = None) -> None:
        super().__init__(code, stopping)
        self.answer = (code, frozenset(stopping or ()))

    def __str__(self) -> str:
        code, stopping = self.answer
        return f"{code} {sorted(stopping)}"


class Event(NamedTuple):
    """An event that the history has to have: what happened when, to what, by whom."""

    kind: str
    at: int
    recorded_at: int
    shop: int | None = None
    link: int | None = None
    account: str | None = None
    actor: str = ACTOR


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
        self.sellers: list[Row] = []
        self.shops: list[Row] = []
        self.accounts: dict[str, Row] = {}
        self.links: list[Row] = []
        self.members: list[Row] = []
        self.products: list[Row] = []
        self.events: list[Event] = []
        """Events that were not yet compared with the history."""

    # The clock

    def now(self) -> int:
        return self.clock() + self.shift

    def went_back(self) -> bool:
        return self.newest - self.now() > CLOCK_TOLERANCE

    def change(self) -> int:
        """Begin a change: let expire what is overdue, and return the moment of the change."""
        if self.went_back():
            raise Stopped("refused")
        self.changing = max(self.now(), self.newest)
        self.settle(self.changing)
        return self.changing

    def changed(self) -> None:
        """End a change that was not stopped, though it may have written nothing."""
        self.newest = max(self.newest, self.changing or 0)
        self.changing = None

    def settle(self, now: int) -> None:
        overdue: list[tuple[int, int, Row]] = []
        overdue += [(link["authorize_by"], 0, link) for link in self.links if link["state"] == "awaiting_authorization"]
        overdue += [(member["accept_by"], 1, member) for member in self.members if member["state"] == "invited"]
        for at, _, row in sorted((entry for entry in overdue if entry[0] <= now), key=lambda entry: entry[:2]):
            row["state"] = "expired"
            by = {"recorded_at": now, "actor": "TikTok"}
            if "requested_at" in row:
                row["decided_at"] = at
                self.add_link_event("expired", row, at, **by)
            else:
                self.add_event("member.expired", at, shop=self.shop_of_members(row["account"]), account=row["account"], **by)

    def add_event(self, kind: str, at: int, *, recorded_at: int | None = None, **subject: Any) -> None:
        recorded_at = at if recorded_at is None else recorded_at
        self.events.append(Event(kind, at, recorded_at, **subject))
        self.newest = max(self.newest, recorded_at)

    def add_link_event(self, what: str, link: Row, at: int, **more: Any) -> None:
        self.add_event(f"link.{what}", at, shop=link["shop"], link=self.number(link), account=link["account"], **more)

    # What is there

    def number(self, link: Row) -> int:
        """The link's number, by identity: two can be equal."""
        return next(number for number, one in enumerate(self.links) if one is link)

    def live(self, *, shop: int | None = None, account: str | None = None, role: str | None = None) -> list[Row]:
        return [
            link
            for link in self.links
            if link["state"] in LIVE
            and shop in {None, link["shop"]}
            and account in {None, link["account"]}
            and role in {None, link["role"]}
        ]

    def official(self, shop: int) -> Row | None:
        """The shop's official link, if it is linked."""
        return next((link for link in self.live(shop=shop, role="official") if link["state"] == "linked"), None)

    def unlinks(self, shop: int) -> int:
        return sum((link["shop"], link["role"], link["state"]) == (shop, "official", "unlinked") for link in self.links)

    def members_of(self, account: str) -> list[Row]:
        return [member for member in self.members if member["account"] == account]

    def admins(self, account: str) -> list[Row]:
        return [member for member in self.members_of(account) if (member["state"], member["role"]) == ("active", "admin")]

    def shop_of_members(self, account: str) -> int:
        """The shop that an organization account is or was last linked to."""
        return int([link["shop"] for link in self.links if link["account"] == account][-1])

    def recent_links(self, account: str, now: int) -> list[int]:
        """The moments at which an account became a marketing account, within the window."""
        moments = [link["linked_at"] for link in self.links if (link["account"], link["role"]) == (account, "marketing")]
        return sorted(moment for moment in moments if moment is not None and moment > now - WINDOW)
