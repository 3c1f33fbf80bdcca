"""Find linked accounts whose facts now break a rule; core/broken_rules.py says which."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from core.clock import from_ms
from core.store.connection import Store

_STATED = """coalesce((SELECT event.at FROM event WHERE event.{table} = link.{table} AND kind IN ({kinds})
    AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) ORDER BY event.at DESC LIMIT 1), 0)"""
_SINCE = f"""max(link.linked_at,
    {_STATED.format(table="account", kinds="'account.stated', 'account.renamed', 'organization.created'")},
    {_STATED.format(table="shop", kinds="'shop.stated', 'shop.renamed'")})"""
_ELSEWHERE = """EXISTS (SELECT 1 FROM link AS other JOIN shop AS elsewhere ON elsewhere.id = other.shop
    WHERE other.account = link.account AND other.live = 1 AND other.state = 'linked' AND elsewhere.seller <> shop.seller)"""
_SLOTS_WERE_TAKEN = """link.role = 'marketing' AND marketing_accounts <= (SELECT count(*) FROM link AS other INDEXED BY link_shop
    WHERE other.shop = link.shop AND other.live = 1 AND other.state = 'linked' AND other.role = 'marketing'
    AND (other.linked_at, coalesce(other.requested_at, other.linked_at), other.seq)
        < (link.linked_at, coalesce(link.requested_at, link.linked_at), link.seq))"""
_FOUND = f"""
SELECT link.id AS link, link.shop, {_SINCE} AS at
FROM {{links}} JOIN account ON account.id = link.account JOIN shop ON shop.id = link.shop
    JOIN market ON market.code = shop.region JOIN seller ON seller.id = shop.seller
WHERE link.state = 'linked' AND link.undone_by IS NULL AND (
    (account.region <> shop.region AND (link.role = 'official' OR marketing_region))
    OR (account.nickname <> shop.name AND link.role = 'official')
    OR account.standing IN ('suspended', 'banned') OR account.holder_is_adult = 0
    OR ({_SLOTS_WERE_TAKEN})
    OR (account.identity_verified = 0 AND identity_needed)
    OR (account.kind = 'organization' AND (account.country <> seller.country
        OR account.registration_key <> seller.registration_key OR {_ELSEWHERE})))
"""


class Broken(NamedTuple):
    """A link that breaks a rule. `at`: when it was made, or its account's or shop's facts last entered, in UTC."""

    link: str
    at: datetime


def find(store: Store) -> None:
    """Fill the temporary table `broken` for this state of the file. Call it within read().

    It is filled once for each state of the file: checking every link takes too long for a keystroke.
    """
    if store.broken_at == _state(store):
        return
    store.execute("CREATE TEMP TABLE IF NOT EXISTS broken (link TEXT, shop TEXT, at INTEGER)")
    store.execute("CREATE INDEX IF NOT EXISTS temp.broken_shop ON broken (shop)")
    store.execute("CREATE INDEX IF NOT EXISTS temp.broken_at ON broken (at)")
    store.execute("DELETE FROM temp.broken")
    store.execute(f"INSERT INTO temp.broken {_FOUND.format(links='link')}")
    store.broken_at = _state(store)


def of_shops(store: Store, shops: Sequence[str]) -> dict[str, list[Broken]]:
    """Map the shops among these ids with links that break a rule to those links."""
    found = defaultdict(list)
    links = "json_each(?) AS wanted CROSS JOIN link INDEXED BY link_shop ON link.shop = wanted.value"  # not every linked one
    for row in store.rows(_FOUND.format(links=links), [json.dumps(shops)]):
        found[row["shop"]].append(Broken(row["link"], from_ms(row["at"])))
    return found


def _state(store: Store) -> tuple[int, int]:
    """Identify the state of the file: what others committed, and what this connection changed."""
    return int(store.value("PRAGMA data_version")), store.connection.total_changes
