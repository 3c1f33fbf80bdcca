"""List the shops with reminders (see core/reminders.py), the soonest first.

Each kind of deadline has an index by time, and the sorted results are merged lazily: the cost of a page does not
depend on the number of shops.
"""

import heapq
from collections.abc import Iterator
from typing import Any, NamedTuple

from core.store.connection import Store
from core.store.links import CURRENT, NO_OFFICIAL
from core.store.members import INVITED
from core.store.rows import fold

_WAIT = "CASE link.role WHEN 'official' THEN official_wait ELSE marketing_wait END"

SOONEST = f"""(SELECT min(at) FROM (
    SELECT CASE link.state WHEN 'awaiting_authorization' THEN authorize_by WHEN 'authorized' THEN authorized_at
            WHEN 'in_review' THEN submitted_at WHEN 'linked' THEN linked_at + {_WAIT} END AS at
        FROM link JOIN market ON market.code = shop.region WHERE link.shop = shop.id AND link.live = 1
        AND (link.state <> 'linked' OR (linked_at + {_WAIT} > :now AND (link.role = 'marketing' OR official_unlinks >
            coalesce(shop.unlinks_before, 0) + (SELECT count(*) FROM official_unlink WHERE official_unlink.shop = shop.id))))
    UNION ALL SELECT shop.probation_until WHERE shop.probation_until > :now
    UNION ALL SELECT decided_at FROM (SELECT state, decided_at FROM link
        WHERE link.shop = shop.id AND link.role = 'official' AND link.undone_by IS NULL
        ORDER BY coalesce(requested_at, linked_at) DESC, link.seq DESC LIMIT 1)
        WHERE state = 'rejected' AND {NO_OFFICIAL}
    UNION ALL SELECT converted_at + trial FROM link JOIN account ON account.id = link.account
        JOIN market ON market.code = shop.region
        WHERE link.shop = shop.id AND converted_at + trial > :now AND {CURRENT}
    UNION ALL SELECT broken.at FROM temp.broken WHERE broken.shop = shop.id
    UNION ALL SELECT accept_by FROM link
        JOIN member ON member.account = link.account AND {INVITED}
        WHERE link.shop = shop.id AND link.role = 'official' AND link.state = 'linked' AND link.live = 1
))"""
"""SQL: the soonest moment at which something is due for a row of `shop` at `:now`; NULL if nothing is."""


class Due(NamedTuple):
    """A shop (its seq) and its soonest due moment, in milliseconds."""

    at: int
    name: str
    seq: int


FIRST = Due(-(2**62), "", 0)


def in_order(store: Store, after: Due, conditions: str, given: dict[str, Any]) -> Iterator[Due]:
    """Yield shops with something due, after `after`, by moment, name and seq.

    `conditions`: SQL that filters `shop`; `given`: its parameters and `now`. Call it within read(), after broken.find().
    """
    legs = [store.each(leg.query(conditions), {**given, **after._asdict()}) for leg in _legs(store)]
    last = None
    try:
        for row in heapq.merge(*legs, key=lambda row: (row["at"], fold(row["name"]), row["seq"])):
            if (found := Due(**row)) != last:
                last = found
                yield found
    finally:
        for leg in legs:
            leg.close()


def count(store: Store, now: int, most: int) -> int:
    """Count the shops with something due by `now`, in milliseconds, or up to `most`. Call it as in_order().

    It is one statement: row by row, a thread would wait for the screens at each of them.
    """
    legs = " UNION ".join(
        f"""SELECT seq FROM (SELECT DISTINCT shop.seq FROM {leg.source} WHERE {leg.where} AND shop.undone_by IS NULL
            AND {leg.column} <= :now - {leg.later} AND {SOONEST} <= :now LIMIT :most)"""
        for leg in _legs(store)
        if not leg.coming
    )
    return int(store.value(f"SELECT min(count(*), :most) FROM ({legs})", {"now": now, "most": most}))


class Leg(NamedTuple):
    """A kind of deadline: `later` ms after `column`, from `source` where `where`."""

    column: str
    source: str
    where: str
    later: int = 0
    coming: bool = False
    """Whether to skip moments in the past."""

    def query(self, conditions: str) -> str:
        since = f"{'max(:at, :now + 1)' if self.coming else ':at'} - {self.later}"
        return f"""SELECT {self.column} + {self.later} AS at, shop.name, shop.seq FROM {self.source}
            WHERE {self.where} AND shop.undone_by IS NULL AND {conditions}
            AND {self.column} >= {since} AND {self.column} + {self.later} = {SOONEST}
            AND ({self.column} + {self.later}, shop.name COLLATE NOCASE, shop.seq) > (:at, :name COLLATE NOCASE, :seq)
            ORDER BY {self.column}, shop.name COLLATE NOCASE, shop.seq"""


def _legs(store: Store) -> Iterator[Leg]:
    of_link = "link INDEXED BY {} JOIN shop ON shop.id = link.shop"
    state = "link.undone_by IS NULL AND link.state = '{}'"
    yield Leg("authorize_by", of_link.format("link_overdue"), state.format("awaiting_authorization"))
    yield Leg("authorized_at", of_link.format("link_authorized"), state.format("authorized"))
    yield Leg("submitted_at", of_link.format("link_in_review"), state.format("in_review"))
    yield Leg("decided_at", of_link.format("link_rejected"), state.format("rejected"))
    yield Leg("probation_until", "shop INDEXED BY shop_probation", "probation_until IS NOT NULL", coming=True)
    of_member = """member INDEXED BY member_overdue JOIN link INDEXED BY link_account
        ON link.account = member.account AND link.role = 'official' AND link.live = 1 JOIN shop ON shop.id = link.shop"""
    yield Leg("accept_by", of_member, INVITED)
    yield Leg("broken.at", "temp.broken JOIN shop ON shop.id = broken.shop", "1")
    of_account = f"account INDEXED BY account_converted JOIN link ON link.account = account.id AND {CURRENT}"
    for trial in sorted({row["trial"] for row in store.rows("SELECT trial FROM market")}):
        where = f"converted_at IS NOT NULL AND shop.region IN (SELECT code FROM market WHERE trial = {trial})"
        yield Leg("converted_at", f"{of_account} JOIN shop ON shop.id = link.shop", where, trial, coming=True)
    for role in ("official", "marketing"):
        for wait in sorted({row["wait"] for row in store.rows(f"SELECT {role}_wait AS wait FROM market")}):
            markets = f"(SELECT code FROM market WHERE {role}_wait = {wait})"
            standing = f"{state.format('linked')} AND link.role = '{role}' AND shop.region IN {markets}"
            yield Leg("linked_at", of_link.format("link_standing"), standing, wait, coming=True)
