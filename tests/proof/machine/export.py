"""A workspace exported, imported into an empty one and exported again: both documents are equal."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from core.exchange import document, import_file
from core.workspace import Workspace


def check_export(workspace: Workspace, path: Path, empty: Workspace | None = None) -> dict[str, Any]:
    """Check that this workspace survives the way out and in, through a file at `path`; return the export.

    `empty`: a record that it is imported into, where there is one already.
    """
    exported = document(workspace)
    path.write_text(json.dumps(exported), encoding="utf-8")
    with nullcontext(empty) if empty else Workspace.in_memory(actor="kai", clock=workspace.now, seed="imported") as other:
        result = import_file(other, path)
        assert not result.problems, f"an export is not taken back: {result.problems[:3]}"
        assert document(other) == exported, "an export taken back is not equal to it"
    return exported
