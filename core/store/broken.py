"""Find linked accounts whose facts now break a rule; core/broken_rules.py says which."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from core.clock import from_ms
from core.store.connection import Store
from core.store.events import END

_STATED = """coalesce((SELECT event.at FROM event WHERE event.{about} = {id} AND kind IN ({kinds})
    AND EXISTS (SELECT 1 FROM json_each(event.details, '$.facts') WHERE value IN ({facts}))
    AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) ORDER BY event.at DESC LIMIT 1), 0)"""


def _of_account(*facts: str) -> str:
    """SQL: when one of these facts of the link's account was last entered; 0: never."""
    kinds = "'account.stated', 'account.renamed', 'organization.created'"
    return _STATED.format(about="account", id="link.account", kinds=kinds, facts=", ".join(f"'{fact}'" for fact in facts))


def _of_shop(fact: str, id: str = "link.shop") -> str:
    """SQL: when this fact of a shop was last entered; 0: never."""
    return _STATED.format(about="shop", id=id, kinds="'shop.stated', 'shop.renamed'", facts=f"'{fact}'")


_LIMIT = "(SELECT {} FROM market WHERE code = shop.region)"
"""SQL: a limit of the shop's market. Like the seller, it is read only for the few links that need it."""
_OTHERS = """FROM link AS other INDEXED BY link_account JOIN shop AS elsewhere ON elsewhere.id = other.shop
    WHERE other.account = link.account AND other.live = 1 AND other.state = 'linked' AND elsewhere.seller <> shop.seller"""
_SLOTS_WERE_TAKEN = f"""link.role = 'marketing' AND {_LIMIT.format("marketing_accounts")} <= (
    SELECT count(*) FROM link AS other INDEXED BY link_shop
    WHERE other.shop = link.shop AND other.live = 1 AND other.state = 'linked' AND other.role = 'marketing'
    AND (other.linked_at, coalesce(other.requested_at, other.linked_at), other.seq)
        < (link.linked_at, coalesce(link.requested_at, link.linked_at), link.seq))"""
_IDENTITY = f"account.identity_verified = 0 AND {_LIMIT.format('identity_needed')}"
_REGION = f"account.region <> shop.region AND (link.role = 'official' OR {_LIMIT.format('marketing_region')})"
_ENTITY = """EXISTS (SELECT 1 FROM seller WHERE seller.id = shop.seller
    AND (account.country <> seller.country OR account.registration_key <> seller.registration_key))"""
_BROKEN = {
    _REGION: (_of_account("region"), _of_shop("region")),
    "account.nickname <> shop.name AND link.role = 'official'": (_of_account("nickname"), _of_shop("name")),
    "account.standing IN ('suspended', 'banned')": (_of_account("standing"),),
    "account.holder_is_adult = 0": (_of_account("holder_is_adult"),),
    _SLOTS_WERE_TAKEN: (),
    _IDENTITY: (_of_account("identity_verified"), _of_shop("region")),
    f"account.kind = 'organization' AND {_ENTITY}": (_of_account("kind", "entity"), _of_shop("seller")),
    f"account.kind = 'organization' AND EXISTS (SELECT 1 {_OTHERS})": (
        _of_account("kind"),
        _of_shop("seller"),
        f"(SELECT min(max(other.linked_at, {_of_shop('seller', 'other.shop')})) {_OTHERS})",
    ),
}
"""SQL: whether a link breaks a rule, and since when: the moments at which the facts that the rule reads were entered."""
_SINCE = ", ".join(f"iif({broken}, max(0, {', '.join(('link.linked_at', *since))}), {END})" for broken, since in _BROKEN.items())
_FOUND = f"""
SELECT link.id AS link, link.shop, min({_SINCE}) AS at
FROM {{links}} JOIN account ON account.id = link.account JOIN shop ON shop.id = link.shop
WHERE link.state = 'linked' AND link.undone_by IS NULL AND ({" OR ".join(f"({broken})" for broken in _BROKEN)})
"""


class Broken(NamedTuple):
    """A link that breaks a rule. `at`: since when, in UTC, as far as the link and what was entered say."""

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
