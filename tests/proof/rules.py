"""The real use cases on a real file, compared with a small model of the rules that was written from the docs."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from core import policy
from tests.proof.machine.compare import Tally
from tests.proof.machine.driving import drive
from tests.proof.machine.pairs import ACTED, OUTCOMES, PAIRS, SOON
from tests.proof.part import Figures, Run

PROMISE = (
    "The rules and nothing else allow or refuse every change, at the exact millisecond; a record says what happened as of "
    "when it happened, even if a rule says no, and undoing a mistake restores every column; the history holds one entry for"
    " each act, and rebuilds the whole record."
)

APART = 1_000_000
"""The distance between the seeds of two runs: each uses as many as it needs, one after the other."""


def prove(run: Run) -> Figures:
    """Act at random on the program and on the model, which have to agree on every answer and on every row."""
    assert set(OUTCOMES) == set(policy.load().rules), "the table of outcomes does not have the catalog's rules"
    first = run.seed * 2 * APART
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            tally = _together(list(pool.map(drive, (first, first + APART), (60_000, 60_000), (run.folder, run.folder))))
    else:
        tally = _until_all(first, run.folder)
    assert not (missing := _missing(tally, run.long)), f"never occurred in {tally.steps} steps: {sorted(map(str, missing))}"
    assert not (more := set(tally.pairs) - PAIRS), f"answered, but not in the table: {sorted(more)}"
    ways = ACTED & set(tally.acts)
    return {
        "steps, each compared with the model, with every promise queried in the tables": tally.steps,
        "changes that both made": sum(tally.done.values()),
        "refusals that both gave": sum(tally.refused.values()),
        "entries that were undone, every column as it was": sum(
            count for (_, _, way), count in tally.acts.items() if way == "undone"
        ),
        "events, one for each thing that happened": sum(tally.events.values()),
        "histories replayed from their first event, exported, taken back and exported again": tally.replays,
        f"pairs of rule and outcome that occurred, of {len(PAIRS)}": len(tally.pairs),
        f"acts of a record and of practice done, refused, against a rule and undone, of {len(ACTED)} ways": len(ways),
    }


def _missing(tally: Tally, long: bool) -> frozenset[object]:
    """What has to occur, and did not."""
    if long:
        return (PAIRS - set(tally.pairs)) | (ACTED - set(tally.acts))
    ways = {way for _, _, way in ACTED} - {way for _, _, way in tally.acts}
    return (PAIRS - set(tally.pairs)) | (SOON - set(tally.acts)) | ways


def _until_all(first: int, folder: Path) -> Tally:
    """Run 1,800 steps, and more until all has occurred that has to, within reason.

    What Hypothesis draws from a seed changes with the modules that are imported: it takes constants from them.
    """
    tally = drive(first, 1_800, folder)
    more = count(first + APART)
    while _missing(tally, False) and tally.steps < 10_000:
        drive(next(more), tally.steps + 400, folder, tally)
    return tally


def _together(tallies: list[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.steps += tally.steps
        whole.replays += tally.replays
        for name in ("done", "refused", "events", "pairs", "acts"):
            counted: Counter[object] = getattr(whole, name)
            counted.update(getattr(tally, name))
    return whole
