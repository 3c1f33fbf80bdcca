"""The use case of checking a workspace: its file, schema, contents and clock."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core import rules
from core.clock import in_words
from core.errors import Damaged, InvalidInput
from core.store import invariants, schema, search, workspaces
from core.store.connection import Store, kept_copies
from core.store.groups import group_of
from core.store.new_file import unfinished
from core.store.trouble import read_only
from core.text import show
from core.workspace import Workspace

MAX_EXAMPLES = 3
"""How many violations of an invariant one message names."""
RESTORE = "Keep this file as it is, and continue with your newest backup or export."


@dataclass(frozen=True, kw_only=True)
class Check:
    """The result of a check. `message`: what is wrong and what to do, or all is well.

    `note`: nothing is wrong, but the message is worth knowing.
    """

    id: str
    ok: bool
    message: str
    note: bool = False


def examine(workspace: Workspace) -> Iterator[Check]:
    """Run every check. Nothing changes but the search index, which catches up. Raises Locked, Damaged or DiskFull."""
    store = workspace.store
    yield _file(workspace.path)
    yield _left_over(workspace.path)
    yield _writable(store)
    problems = invariants.file_problems(store)
    yield _check("integrity", problems, "SQLite finds no problems.", RESTORE)
    different = invariants.schema_differences(store, schema.expected())
    yield _check("schema", different, f"Schema {schema.VERSION}, with every safeguard.", f"Another program changed it. {RESTORE}")
    yield _policy()
    yield _limits(workspace)
    for invariant, found in invariants.broken(store):
        yield _check(invariant, found, "Nothing breaks it.", RESTORE)
    yield _search(store)
    behind = workspace.clock_went_back()
    problem = [f"the clock, {in_words(behind)} behind the newest entry"] if behind else []
    yield _check(
        "clock",
        problem,
        "It is not behind the record.",
        "Set the clock. If it is right, it was ahead when that entry was made: continue with the newest backup from before it.",
    )


def rebuild_search(workspace: Workspace) -> None:
    """Rebuild the search index from the history.

    Raises ReadOnly, Locked or DiskFull, and Damaged if the index is damaged beyond repair.
    """
    try:
        with workspace.store.write():
            search.rebuild(workspace.store)
    except Damaged as error:
        raise Damaged(
            "The search index can't be rebuilt in this file. Searching works without it, but more slowly.",
            remedy="Export the workspace, then import the file into a new one.",
            command="The command: shoplink export --out FILE",
        ) from error


def _file(path: Path) -> Check:
    """Check that only its owner can access the file, or the group that it was made for."""
    if group := group_of(path):
        return Check(id="file", ok=True, message=f"{path}, for the group {group} only.")
    mode = stat.S_IMODE(path.stat().st_mode)
    others = mode & (stat.S_IRWXG | stat.S_IRWXO)
    if others:
        return Check(id="file", ok=False, message=f"{path} can be opened by others (mode {mode:o}). Run: chmod 600 {path}")
    return Check(id="file", ok=True, message=f"{path}, for its owner only.")


def _left_over(path: Path) -> Check:
    """Look for forgotten copies beside the workspace and in the current folder: they hold contacts in full."""
    folders = {path.resolve().parent, Path().resolve()}
    found = sorted(left for folder in folders for left in (*unfinished(folder), *kept_copies(path, folder)))
    if not found:
        return Check(id="copies", ok=True, message="No leftover copies next to it.")
    named = ", ".join(show(str(left), 200) for left in found)
    said = f"Copies with all contacts in full: {named}. Delete the ones you don't need."
    return Check(id="copies", ok=True, note=True, message=said)


def _writable(store: Store) -> Check:
    """Check for write access. Read-only may be intended, so it only gets a note."""
    if store.read_only:
        error = read_only(store.path)
        return Check(id="writable", ok=True, note=True, message=f"{error.message} {error.remedy}")
    return Check(id="writable", ok=True, message="It can be written.")


def _policy() -> Check:
    """Check the policy file for mistakes."""
    try:
        rules.check_catalog()
    except InvalidInput as error:
        return Check(id="policy", ok=False, message=error.message)
    return Check(id="policy", ok=True, message="Every rule is complete and has its check.")


def _limits(workspace: Workspace) -> Check:
    """Check the limits in the file; a read-only file may have older ones."""
    store, policy, now = workspace.store, workspace.policy, workspace.now()
    if workspaces.limits_match(store, policy, now):
        return _check("limits", [], "The policy's limits are in the file.", "")
    if store.read_only and any(workspaces.limits_match(store, policy, day) for day in (policy.begins, *policy.turns)):
        message = "The file has the limits of an earlier version of the policy. The next change updates them."
        return Check(id="limits", ok=True, note=True, message=message)
    return _check("limits", ["they are from another policy"], "", "Open the workspace once where it is writable.")


def _search(store: Store) -> Check:
    """Check the search index. The record itself does not depend on it."""
    if store.read_only:
        return Check(id="search", ok=True, note=True, message="Not checked: the workspace is read-only.")
    if search.is_sound(store):
        return Check(id="search", ok=True, message="Search finds every entry.")
    remedy = "Rebuild the index with: shoplink doctor --rebuild-search"
    return Check(id="search", ok=False, message=f"The search index is damaged, but the record itself is fine. {remedy}")


def _check(id: str, found: list[str], success: str, remedy: str) -> Check:
    if not found:
        return Check(id=id, ok=True, message=success)
    named = ", ".join(show(one, 80) for one in found[:MAX_EXAMPLES])
    more = f" and {len(found) - MAX_EXAMPLES} more" if len(found) > MAX_EXAMPLES else ""
    return Check(id=id, ok=False, message=f"Broken by {named}{more}. {remedy}")
