"""What a file promises, each as a question that finds nothing while the promise is kept."""

from collections.abc import Iterator

from core.models import WorkspaceKind
from core.store import schema, workspaces
from core.store.connection import Store

VIEWS = {"link_untellable", "link_over_limit", "link_misfit", "official_unlink"}

TELLABLE = {"links.tellable": "SELECT DISTINCT link FROM link_untellable"}
"""Asked of every file, by a view of the schema that its triggers ask too."""

OBEYED = {
    "links.limits": "SELECT link || ' (' || rule || ')' FROM link_over_limit",
    "links.fit": "SELECT link || ' (' || rule || ')' FROM link_misfit",
}
"""Asked of practice alone, in the same way: that the rules are obeyed."""

COMPLETE = {
    "history.complete": """SELECT id FROM shop WHERE id NOT IN (SELECT shop FROM event WHERE shop IS NOT NULL)
        UNION ALL SELECT id FROM link WHERE id NOT IN (SELECT link FROM event WHERE link IS NOT NULL)
        UNION ALL SELECT id FROM account WHERE id NOT IN (SELECT account FROM event WHERE account IS NOT NULL)""",
    "history.newest": "SELECT newest_at FROM workspace WHERE newest_at < (SELECT coalesce(max(recorded_at), 0) FROM event)",
}
"""Asked of every file: no trigger can, since the event comes after what it tells."""


def broken(store: Store) -> Iterator[tuple[str, list[str]]]:
    """Ask for each promise in turn, and give it with what breaks it in the file as it is.

    A file in which a view is missing is not asked by the views: the differences of its schema name it.
    """
    practice = workspaces.facts(store).kind == WorkspaceKind.PRACTICE
    there = {row["name"] for row in store.rows("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    by_view = TELLABLE | (OBEYED if practice else {}) if there >= VIEWS else {}
    for promise, question in (by_view | COMPLETE).items():
        yield promise, [str(next(iter(row.values()))) for row in store.rows(question)]


def file_problems(store: Store) -> list[str]:
    """What SQLite itself finds wrong with the file, and references that lead nowhere."""
    found = [str(row["integrity_check"]) for row in store.rows("PRAGMA integrity_check(20)")]
    lost = store.rows("PRAGMA foreign_key_check")
    return [line for line in found if line != "ok" and "fts5" not in line.lower()] + [  # the search index has a check of its own
        f"a {row['table']} refers to a {row['parent']} that is not there" for row in lost
    ]


def schema_differences(store: Store, expected: frozenset[tuple[str, str]]) -> list[str]:
    """The tables, indexes, views and triggers that are missing, changed or not ours; the search index is looked at by itself."""
    found = {(row["name"], row["sql"]) for row in store.rows(schema.OBJECTS)}
    return sorted({name for name, _ in found ^ expected} - {"event_fts"})
