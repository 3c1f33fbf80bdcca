"""The workspace's own row, its ids, and the market's limits that the schema enforces."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.clock import to_ms
from core.models import Instant, Model, WorkspaceKind
from core.policy import Policy
from core.store.connection import Store
from core.store.rows import from_row

HOUR = 3_600_000
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
"""Of an id: five bits each, as in base32."""


@dataclass(frozen=True, kw_only=True)
class Facts(Model):
    """The workspace's own row."""

    kind: WorkspaceKind
    scenario: str | None
    seed: str
    created_at: Instant
    shifted_by: timedelta
    """How far a practice clock was moved forward."""
    newest_at: Instant
    """When something was last written."""


def facts(store: Store) -> Facts:
    """What the workspace is. Raises Damaged."""
    return from_row(Facts, store.one("SELECT * FROM workspace"))


def create(store: Store, kind: str, scenario: str | None, seed: str, now: datetime) -> None:
    store.insert("workspace", {"id": 1, "kind": kind, "scenario": scenario, "seed": seed, "created_at": to_ms(now)})


def shift(store: Store, milliseconds: int) -> None:
    """How far a practice workspace's clock is ahead of the computer's."""
    store.update("workspace", "id", {"id": 1, "shifted_by": milliseconds})


def keep_newest(store: Store, now: datetime) -> None:
    """Remember `now` as the moment of the newest change. Call it at the start of the change: nothing is written later than it."""
    store.execute("UPDATE workspace SET newest_at = max(newest_at, ?)", [to_ms(now)])


def limits(policy: Policy) -> list[dict[str, Any]]:
    """The rows of the market table as the policy has them."""
    day = 24 * HOUR
    return [
        {
            "code": market,
            "official_unlinks": policy.limit("official.unlink-limit", "unlinks", market),
            "official_wait": policy.limit("official.unlink-wait", "wait_hours", market) * HOUR,
            "marketing_accounts": policy.limit("marketing.limit", "accounts", market),
            "marketing_wait": policy.limit("marketing.unlink-wait", "wait_hours", market) * HOUR,
            "frequency_links": policy.limit("marketing.link-frequency", "links", market),
            "frequency_window": policy.limit("marketing.link-frequency", "window_days", market) * day,
            "marketing_region": 1,
            "identity_needed": 1,
        }
        for market in sorted(policy.markets)
    ]


def limits_match(store: Store, policy: Policy) -> bool:
    return store.rows("SELECT * FROM market ORDER BY code") == limits(policy)


def keep_limits(store: Store, policy: Policy) -> None:
    """Write the policy's limits where the schema reads them."""
    for row in limits(policy):
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "code")
        store.execute(f"INSERT INTO market ({columns}) VALUES ({values}) ON CONFLICT (code) DO UPDATE SET {changes}", row)


def new_id(store: Store, table: str, prefix: str) -> str:
    """The id of the next row of `table`: made from the workspace's seed, so never the same in two workspaces,
    and always the same when a scenario is played again."""
    made_from = store.value(f"SELECT seed || '/{table}/' || (SELECT coalesce(max(seq), 0) + 1 FROM {table}) FROM workspace")
    digest = hashlib.sha256(str(made_from).encode()).digest()
    number = int.from_bytes(digest[:5])
    return f"{prefix}-{''.join([LETTERS[number >> bits & 31] for bits in range(35, -1, -5)])}"
