"""What the record promises, each as a question that finds nothing while the promise is kept."""

from collections.abc import Iterator

from core.store import schema
from core.store.connection import Store

_LIVE = "link.live = 1"
_MARKET = "JOIN market ON market.code = link.region"


def _at_the_same_time(of: str) -> str:
    """What had two official links at one moment of the past: a shop, or an account."""
    return f"""SELECT late.{of} FROM link AS late JOIN link AS early ON early.{of} = late.{of} AND early.seq <> late.seq
        WHERE late.role = 'official' AND early.role = 'official'
        AND early.linked_at <= late.linked_at AND late.linked_at < coalesce(early.unlinked_at, 9223372036854775807)"""


BROKEN: dict[str, str] = {
    "official.one-per-shop": f"""SELECT shop FROM link WHERE role = 'official' AND {_LIVE} GROUP BY shop HAVING count(*) > 1
        UNION {_at_the_same_time("shop")}""",
    "official.one-shop": f"""SELECT account FROM link WHERE role = 'official' AND {_LIVE} GROUP BY account HAVING count(*) > 1
        UNION {_at_the_same_time("account")}""",
    "link.one-role-per-shop": f"SELECT account FROM link WHERE {_LIVE} GROUP BY shop, account HAVING count(*) > 1",
    "marketing.limit": f"""SELECT link.shop FROM link {_MARKET} WHERE role = 'marketing' AND {_LIVE}
        GROUP BY link.shop HAVING count(*) > min(marketing_accounts)""",
    "official.unlink-limit": f"""SELECT link.shop FROM link {_MARKET} WHERE unlink_number IS NOT NULL
        GROUP BY link.shop HAVING count(*) > min(official_unlinks) OR count(*) <> max(unlink_number)""",
    "official.unlink-wait": f"""SELECT link.id FROM link {_MARKET}
        WHERE role = 'official' AND state = 'unlinked' AND unlinked_at < linked_at + official_wait""",
    "marketing.unlink-wait": f"""SELECT link.id FROM link {_MARKET}
        WHERE role = 'marketing' AND state = 'unlinked' AND unlinked_at < linked_at + marketing_wait""",
    "marketing.link-frequency": f"""SELECT link.account FROM link {_MARKET} WHERE role = 'marketing' AND frequency_links < (
        SELECT count(*) FROM link AS past WHERE past.account = link.account AND past.role = 'marketing'
        AND past.linked_at <= link.linked_at AND past.linked_at > link.linked_at - frequency_window)""",
    "region-match": f"""SELECT link.id FROM link JOIN account ON account.username = link.account
        JOIN shop ON shop.id = link.shop WHERE {_LIVE} AND (account.region <> shop.region OR link.region <> shop.region)""",
    "official.name-match": """SELECT link.id FROM link JOIN account ON account.username = link.account
        JOIN shop ON shop.id = link.shop WHERE role = 'official' AND state = 'linked' AND account.nickname IS NOT shop.name""",
    "official.name-length": f"""SELECT link.id FROM link {_MARKET} JOIN shop ON shop.id = link.shop
        WHERE role = 'official' AND state = 'linked' AND length(shop.name) > nickname_max_length""",
    "org.same-entity": f"""SELECT link.id FROM link JOIN account ON account.username = link.account
        JOIN seller ON seller.id = link.seller WHERE {_LIVE} AND account.kind = 'organization' AND account.country IS NOT NULL
        AND (account.country <> seller.country OR account.registration_key <> seller.registration_key)""",
    "org.one-seller": """SELECT link.account FROM link JOIN account ON account.username = link.account
        WHERE link.state = 'linked' AND account.kind = 'organization'
        GROUP BY link.account HAVING count(DISTINCT link.seller) > 1 OR max(link.seller <> account.seller)""",
    "org.members": """SELECT link.id FROM link JOIN account ON account.username = link.account
        WHERE role = 'official' AND state = 'linked' AND origin = 'created' AND account.kind = 'organization'
        AND NOT EXISTS (SELECT 1 FROM member WHERE member.account = account.username
            AND member.state = 'active' AND member.role = 'admin')""",
    "history.complete": """SELECT id FROM shop WHERE id NOT IN (SELECT shop FROM event WHERE shop IS NOT NULL)
        UNION ALL SELECT id FROM link WHERE id NOT IN (SELECT link FROM event WHERE link IS NOT NULL)
        UNION ALL SELECT username FROM account WHERE username NOT IN (SELECT account FROM event WHERE account IS NOT NULL)""",
    "reminders.rejected": """SELECT id FROM link WHERE state = 'rejected' AND followed IS NOT EXISTS (SELECT 1 FROM link AS later
        WHERE later.shop = link.shop AND later.role = 'official' AND later.seq > link.seq)""",
    "shops.state": """SELECT id FROM shop WHERE (official, pending) IS NOT (
        coalesce((SELECT 1 + (state = 'linked') FROM link WHERE link.shop = shop.id AND role = 'official' AND live = 1), 0),
        EXISTS (SELECT 1 FROM link WHERE link.shop = shop.id AND live = 1 AND state <> 'linked'))""",
    "history.newest": "SELECT newest_at FROM workspace WHERE newest_at < (SELECT coalesce(max(at), 0) FROM event)",
}
"""Each promise by the rule it keeps, with the question for what breaks it."""


def broken(store: Store) -> Iterator[tuple[str, list[str]]]:
    """Each promise in turn with what breaks it, in the file as it is."""
    for promise, question in BROKEN.items():
        yield promise, [str(next(iter(row.values()))) for row in store.rows(question)]


def file_problems(store: Store) -> list[str]:
    """What SQLite itself finds wrong with the file, and references that lead nowhere."""
    found = [str(row["integrity_check"]) for row in store.rows("PRAGMA integrity_check(20)")]
    lost = store.rows("PRAGMA foreign_key_check")
    return [line for line in found if line != "ok" and "fts5" not in line.lower()] + [  # the search index has a check of its own
        f"a {row['table']} refers to a {row['parent']} that is not there" for row in lost
    ]


def schema_differences(store: Store, expected: frozenset[tuple[str, str]]) -> list[str]:
    """The tables, indexes and triggers that are missing, changed or not ours; the search index is looked at by itself."""
    found = {(row["name"], row["sql"]) for row in store.rows(schema.OBJECTS)}
    return sorted({name for name, _ in found ^ expected} - {"event_fts"})
