"""The file's invariants, each a query that returns the rows that break it."""

from collections.abc import Iterator

from core.models import WorkspaceKind
from core.store import schema, workspaces
from core.store.connection import Store

VIEWS = {"link_untellable", "link_over_limit", "link_misfit", "official_unlink"}

TELLABLE = {"links.tellable": "SELECT DISTINCT link FROM link_untellable"}
"""Checked in every workspace, by a view that the triggers use too."""

OBEYED = {
    "links.limits": "SELECT link || ' (' || rule || ')' FROM link_over_limit",
    "links.fit": "SELECT link || ' (' || rule || ')' FROM link_misfit",
}
"""Checked in practice workspaces only, which must obey the rules."""

COMPLETE = {
    "history.complete": """SELECT id FROM shop WHERE id NOT IN (SELECT shop FROM event WHERE shop IS NOT NULL)
        UNION ALL SELECT id FROM link WHERE id NOT IN (SELECT link FROM event WHERE link IS NOT NULL)
        UNION ALL SELECT id FROM account WHERE id NOT IN (SELECT account FROM event WHERE account IS NOT NULL)""",
    "history.undone": """SELECT id FROM event WHERE undoes IS NOT NULL AND undoes NOT IN (SELECT entry FROM event)
        UNION ALL SELECT undoes FROM event WHERE undoes IS NOT NULL GROUP BY undoes HAVING count(*) > 1""",
    "history.newest": "SELECT newest_at FROM workspace WHERE newest_at < (SELECT coalesce(max(recorded_at), 0) FROM event)",
}
"""Checked in every workspace. No trigger can do this, since an event is written after its row."""


def broken(store: Store) -> Iterator[tuple[str, list[str]]]:
    """Yield each invariant with the rows that break it.

    If a view is missing, those that use views are skipped: `schema_differences` reports the view.
    """
    practice = workspaces.facts(store).kind == WorkspaceKind.PRACTICE
    views = {row["name"] for row in store.rows("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    by_view = TELLABLE | (OBEYED if practice else {}) if views >= VIEWS else {}
    for invariant, query in (by_view | COMPLETE).items():
        yield invariant, [str(next(iter(row.values()))) for row in store.rows(query)]


def file_problems(store: Store) -> list[str]:
    """List what SQLite's own checks find, and broken references."""
    found = [str(row["integrity_check"]) for row in store.rows("PRAGMA integrity_check(20)")]
    lost = store.rows("PRAGMA foreign_key_check")
    return [line for line in found if line != "ok" and "fts5" not in line.lower()] + [  # doctor checks the search index itself
        f"a {row['table']} refers to a {row['parent']} that is not there" for row in lost
    ]


def schema_differences(store: Store, expected: frozenset[tuple[str, str]]) -> list[str]:
    """List tables, indexes, views and triggers that differ, except the search index."""
    found = {(row["name"], row["sql"]) for row in store.rows(schema.OBJECTS)}
    return sorted({name for name, _ in found ^ expected} - {"event_fts"})
