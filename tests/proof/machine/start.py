"""What each run of the machine starts with: two sellers, two shops each, and accounts of every kind."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.clock import to_ms
from tests.proof.machine.actions import Actions
from tests.proof.machine.compare import Clock, Tally
from tests.proof.machine.world import ACTOR, Entry, World
from tests.support import new_workspace

NOON = to_ms(datetime(2026, 11, 23, 12, tzinfo=UTC))

EMPTY = 'title = "Nothing"\nshows = "Nothing at all."\n'
"""A scenario with nothing in it, so that model and program begin alike."""

SHOPS = (
    ("Lumen Candle Co.", "US", "Lumen"),
    ("Lumen UK", "GB", "Lumen"),
    ("Birch & Bloom", "GB", "Birch"),
    ("Birch US", "US", "Birch"),
)

FITS = {"kind": "personal", "region": "US", "identity_verified": True, "standing": "good", "holder_is_adult": True}
ACCOUNTS: dict[str, dict[str, Any]] = {
    "wax.and.wick": {"nickname": "Wax & Wick"},
    "soy_stories": {"kind": "business"},
    "ember": {"kind": "business"},
    "glow7": {},
    "nest": {"kind": "business", "nickname": "Lumen Candle Co."},
    "dusk.in.leeds": {"region": "GB"},
    "loaf": {"region": "GB", "kind": "business"},
    "hearth": {"region": "GB"},
    "tallow": {"region": "GB", "kind": "business"},
    "oak_ash": {"region": "GB"},
    "lumen.official": {"kind": "organization", "entity": "Lumen"},
    "birch.official": {"kind": "organization", "entity": "Birch", "region": "GB"},
    "whose.org": {"kind": "organization"},
    "never.asked": {"kind": None, "region": None, "identity_verified": None, "standing": None, "holder_is_adult": None},
    "suspended": {"standing": "suspended"},
    "too.young": {"holder_is_adult": False},
    "unverified": {"identity_verified": False},
}  # fmt: skip


@dataclass
class Start:
    """A file and the model of it, copied for every run."""

    path: Path
    world: World

    def copied(self, path: Path, tally: Tally) -> Actions:
        shutil.copyfile(self.path, path)
        clock = Clock(NOON)
        world = copy.deepcopy(self.world)  # whose clock is a method of the copied file's, so it is given another
        world.clock = clock.read
        actions = Actions(path, clock, world, tally)
        actions.tables.look()
        return actions


def prepare(folder: Path, *, practice: bool, tally: Tally) -> Start:
    """Make the file with the machine's own actions, which also make the model."""
    name = "practice" if practice else "record"
    path, scenario, clock = folder / f"{name}.db", folder / "nothing.toml", Clock(NOON)
    scenario.write_text(EMPTY, encoding="utf-8")
    new_workspace(
        path, str(scenario) if practice else None, actor=ACTOR, clock=clock, seed=None if practice else "machine"
    ).close()
    world = World(clock.read, practice=practice)
    world.newest = NOON
    actions = Actions(path, clock, world, tally)
    actions.tables.look()
    world.entries = [Entry() for _ in actions.tables.entries]
    for shop in SHOPS:
        assert actions.do("add_shop", *shop)
    for username, facts in ACCOUNTS.items():
        assert actions.state(username, **{**FITS, **facts})
    actions.close()
    return Start(path, world)
