"""The workspace's row, new ids, and the market limits that the schema enforces."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.clock import to_ms
from core.codes import digest
from core.models import Instant, Model, WorkspaceKind
from core.policy import Policy, is_sure
from core.store.connection import Store
from core.store.rows import from_row

MILLISECOND = timedelta(milliseconds=1)
NO_LIMIT = 2**31
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
"""The base32 letters of an id, five bits each."""


@dataclass(frozen=True, kw_only=True)
class Facts(Model):
    """The workspace's row."""

    kind: WorkspaceKind
    scenario: str | None
    seed: str
    created_at: Instant
    shifted_by: timedelta
    """How far the practice clock was moved forward."""
    newest_at: Instant
    """When something was last written."""


def facts(store: Store) -> Facts:
    """Read the workspace's row. Raises Damaged."""
    return from_row(Facts, store.one("SELECT * FROM workspace"))


def create(store: Store, kind: str, scenario: str | None, seed: str, now: datetime) -> None:
    store.insert("workspace", {"id": 1, "kind": kind, "scenario": scenario, "seed": seed, "created_at": to_ms(now)})


def shift(store: Store, milliseconds: int) -> None:
    """Set how far a practice workspace's clock is ahead of the computer's."""
    store.update("workspace", "id", {"id": 1, "shifted_by": milliseconds})


def keep_newest(store: Store, now: datetime) -> None:
    """Store `now` as the newest moment. Call it first: triggers reject later ones."""
    store.execute("UPDATE workspace SET newest_at = max(newest_at, ?)", [to_ms(now)])


def limits(policy: Policy, now: date) -> list[dict[str, Any]]:
    """Make the market table's rows at `now`, without uncertain limits."""

    def milliseconds(rule: str, name: str, market: str) -> int:
        return policy.span(rule, name, market, now) // MILLISECOND

    def sure(rule: str, name: str, market: str) -> int:
        version = policy.version(rule, name, market, now)
        return policy.limit(rule, name, market, now) if is_sure(version.certainty) else NO_LIMIT

    return [
        {
            "code": market,
            "official_unlinks": sure("official.unlink-limit", "unlinks", market),
            "official_wait": milliseconds("official.unlink-wait", "wait_hours", market),
            "marketing_accounts": sure("marketing.limit", "accounts", market),
            "marketing_wait": milliseconds("marketing.unlink-wait", "wait_hours", market),
            "frequency_links": sure("marketing.link-frequency", "links", market),
            "frequency_window": milliseconds("marketing.link-frequency", "window_days", market),
            "marketing_region": int(bool(policy.version("marketing.region-match", "required", market, now).value)),
            "trial": milliseconds("org.no-conversion", "trial_days", market),
            "identity_needed": int(bool(policy.version("account.verified", "required", market, now).value)),
        }
        for market in sorted(policy.markets)
    ]


def limits_match(store: Store, policy: Policy, now: date) -> bool:
    return store.rows("SELECT * FROM market ORDER BY code") == limits(policy, now)


def keep_limits(store: Store, policy: Policy, now: datetime) -> None:
    """Write the policy's limits in effect at `now` to the market table."""
    for row in limits(policy, now):
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "code")
        store.execute(f"INSERT INTO market ({columns}) VALUES ({values}) ON CONFLICT (code) DO UPDATE SET {changes}", row)


def new_id(store: Store, table: str, prefix: str) -> str:
    """Make the id of the next row; a replayed scenario gives the same ids. Skip those imported from a copy of this file."""
    row = store.one(f"SELECT seed, (SELECT coalesce(max(seq), 0) FROM {table}) AS last FROM workspace")
    place = row["last"] + 1
    while True:
        number = int.from_bytes(digest(f"{row['seed']}/{table}/{place}")[:5])
        id = f"{prefix}-{''.join([LETTERS[number >> bits & 31] for bits in range(35, -1, -5)])}"
        if store.value(f"SELECT 1 FROM {table} WHERE id = ?", [id]) is None:
            return id
        place += 1
