"""The workspaces to play on: one of every scenario, records, a file that cannot be written, and none at all."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from core import scenarios
from core.models import Entity, EntityKind, MemberRole, Role
from core.workspace import Workspace
from tests.proof.hostile_text import own_place
from tests.proof.machine.driving import MEMORY
from tests.support import StoppedClock, add_account, add_shop, linked, new_workspace

FIRST_START, EMPTY, RECORD, READ_ONLY = "no workspace yet", "an empty record", "a record", "a file that cannot be written"
MARKED = "a record of names that are markup"
SCENARIOS = tuple(info.id for info in scenarios.catalog())
KINDS = (*SCENARIOS, EMPTY, RECORD, MARKED, FIRST_START, READ_ONLY)
COPPER = Entity(kind=EntityKind.COMPANY, legal_name="Copper Wicks Ltd", registration_number="84-5550199", country="US")


class Workspaces:
    """Makes each kind of file once, below `folder`; every session gets a copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def opened(self, name: str, path: Path, clock: StoppedClock) -> Iterator[Workspace | None]:
        """Open a workspace of this kind at `path`; None where there is none yet."""
        if name == FIRST_START:
            yield None
            return
        shutil.copy(self._made(name), path)
        writable = os.access
        if name == READ_ONLY:  # root may write anything

            def writable(path: object, mode: int, access=os.access) -> bool:  # type: ignore[no-untyped-def]
                return mode != os.W_OK and access(path, mode)

        with patch.object(os, "access", writable), Workspace.open(path, actor="maya", clock=clock) as workspace:
            yield workspace

    def _made(self, name: str) -> Path:
        path = self.folder / f"{name.replace(' ', '-')}.db"
        if not path.exists():
            scenario = {EMPTY: None, RECORD: None, MARKED: None, READ_ONLY: "linked"}.get(name, name)
            with new_workspace(path, scenario, actor="maya", clock=StoppedClock(), seed=name) as workspace:
                if name in {RECORD, MARKED}:
                    _fill(workspace, "[/]" if name == MARKED else "")
        return path


@contextmanager
def isolated(folder: Path) -> Iterator[Workspaces]:
    """Keep everything that is written below `folder`, home and settings included; in memory where there is such a file system."""
    gc.set_threshold(50_000, 20, 50)  # many apps are made: by default a fifth of the time goes into collecting
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder) as made, own_place(Path(made) / "home"):
        yield Workspaces(Path(made) / "workspaces")


def _fill(workspace: Workspace, mark: str) -> None:
    """Add a shop with linked accounts, one with a request and one with a team; every name ends with `mark`."""
    lumen, birch = add_shop(workspace, f"Lumen Candle Co.{mark}"), add_shop(workspace, f"Birch & Bloom{mark}", "GB")
    for username, facts in (
        ("lumen.official", {"nickname": lumen.name}),
        ("lumen.candles", {}),
        ("wick.and.wax", {}),
        ("birch", {"region": "GB"}),
    ):
        add_account(workspace, username, **facts)
    linked(workspace, lumen, "lumen.official")
    linked(workspace, lumen, "wick.and.wax", Role.MARKETING)
    workspace.links.request("birch", birch.code, Role.OFFICIAL, agreement=True)
    copper = add_shop(workspace, f"Copper Wicks{mark}", "US", COPPER)
    workspace.organizations.create(copper.code, contact="owner@copper.example", username="copper.wicks")
    workspace.organizations.invite(copper.code, "wick@copper.example", MemberRole.OPERATOR)
