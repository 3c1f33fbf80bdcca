"""A workspace exported, imported into an empty one and exported again: both documents are equal."""

from __future__ import annotations

from pathlib import Path

from core.exchange import import_file
from core.exchange.exporting import document, write
from core.workspace import Workspace


def check_export(workspace: Workspace, path: Path) -> None:
    """Check that this workspace survives the way out and in; `path`: where files beside it may be made."""
    out = path.with_suffix(".json")
    try:
        with out.open("w", encoding="utf-8") as file:
            write(workspace, file)
        with Workspace.in_memory(actor="kai", clock=workspace.now, seed="imported") as other:
            result = import_file(other, out)
            assert not result.problems, f"an export is not taken back: {result.problems[:3]}"
            assert document(other) == document(workspace), "an export taken back is not equal to it"
    finally:
        out.unlink(missing_ok=True)
