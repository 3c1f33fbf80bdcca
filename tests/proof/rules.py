"""The real use cases on a real file, compared with a small model of the rules that was written from the docs."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from core import rules
from core.policy import Policy
from core.rules import catalog
from core.situation import Situation
from core.verdict import Verdict
from tests.proof.machine import walk
from tests.proof.machine.compare import ACTS
from tests.proof.part import Figures, Run

MEMORY = Path("/dev/shm")
"""A file system in memory, where there is one: nothing here is about surviving a power cut."""

OUTCOMES = {
    "notice": "official.own-products-only shop.name account.username-change",
    "pass": "link.who",
    "pass blocked": "official.one-per-shop official.one-shop link.one-role-per-shop",
    "pass notice": """official.name-length official.shop-page-sync account.business-upgrade org.members marketing.one-shop
        marketing.no-probation link.authorization""",
    "pass wait": "official.unlink-wait marketing.unlink-wait marketing.link-frequency",
    "pass notice blocked": """official.unlink-limit link.agreement link.review account.username-format
        org.no-conversion marketing.limit""",
    "pass notice unknown blocked": """official.name-match official.region-match account.verified account.good-standing
        org.same-entity org.one-seller marketing.region-match""",
}
"""The rules of the catalog by the outcomes that they have to have here. Others, and other markets than the US and GB, are in
tests/core; a rule about a fact answers with a notice when the fact is unknown and a person confirmed it."""
PAIRS = {(rule, outcome) for outcomes, found in OUTCOMES.items() for rule in found.split() for outcome in outcomes.split()}

AGAINST = {*ACTS} - {"cancel", "add_shop", "rename_shop", "rename_account", "undo"}
WAYS = {(act, way) for act in ACTS for way in ("done", "refused")} | {(act, "undone") for act in {*ACTS} - {"undo"}}
WAYS |= {(act, "against") for act in AGAINST}
"""The ways in which each act has to go: refused, done, against a rule, undone."""


def prove(run: Run) -> Figures:
    """Act at random on the program and on the model, which have to agree on every answer and on every row."""
    needed = PAIRS | (WAYS if run.long else {(act, "done") for act in ACTS})
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            seeds = (f"{run.seed}/{half}" for half in (1, 2))
            counted = sum(pool.map(drive, seeds, (60_000, 60_000), (run.folder, run.folder)), Counter[Any]())
    else:
        counted = drive(run.seed, 1_000, run.folder, needed=needed)
    assert not (missing := needed - set(counted)), f"never occurred in {counted['steps']} steps: {sorted(missing)}"
    pairs = {key for key in counted if isinstance(key, tuple)} - WAYS
    assert not (more := pairs - PAIRS), f"answered, but not in the table: {sorted(more)}"
    ways = {way: sum(number for key, number in counted.items() if key in WAYS and key[1] == way) for _, way in WAYS}
    return {
        "steps, each compared with the model, with every promise queried in the tables": counted["steps"],
        "changes that both made": ways["done"],
        "refusals that both gave": ways["refused"],
        "entries that were undone, every column as it was": ways["undone"],
        "events, one for each thing that happened": counted["events"],
        "histories replayed from their first event, exported, taken back and exported again": counted["histories"],
        f"pairs of rule and outcome that occurred, of {len(PAIRS)}": len(pairs),
        f"ways in which acts went (done, refused, against a rule, undone), of {len(WAYS)}": len(WAYS & set(counted)),
    }


def drive(seed: object, steps: int, folder: Path, first: int = 0, needed: Collection[object] = ()) -> Counter[Any]:
    """Do at least this many steps, and go on, within reason, until all that is `needed` has occurred.

    Raises AssertionError, with how to repeat it.
    """
    counted: Counter[Any] = Counter()
    with in_memory(folder) as place, listening(counted):
        start = walk.prepare(place)
        for number in count(first):
            if counted["steps"] >= steps and (set(needed) <= set(counted) or counted["steps"] > 10_000):
                break
            history = walk.Walk(start, Random(f"{seed}/{number}"), counted)
            try:
                history.go(120)
            except Exception as error:
                trace, again = "\n  ".join(history.trace[-60:]), f"drive({seed!r}, 1, Path('/tmp'), {number})"
                raise AssertionError(f"{error}\nThe acts before it:\n  {trace}\nTo repeat it: {again}") from error
            finally:
                history.close()
    return counted


@contextmanager
def in_memory(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder) as place:
        yield Path(place)


@contextmanager
def listening(counted: Counter[Any]) -> Iterator[None]:
    """Count what each rule answers to anybody."""
    judge = rules.judge

    def heard(rule: str, situation: Situation, policy: Policy, now: datetime) -> Verdict:
        verdict = judge(rule, situation, policy, now)
        counted[rule, str(verdict.outcome)] += 1
        return verdict

    with patch.object(rules, "judge", heard), patch.object(catalog, "judge", heard):  # `ask` finds it in the latter
        yield
