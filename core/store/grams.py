"""By what a search is looked up: one to three letters that follow one another, and in which runs of a list they stand.

A run is a few rows of a list; the table `search` tells for every segment of runs, in one number, which of them may hold a
gram. A search asks for all grams of what is looked for, and then looks at the rows of the runs that have them all.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from core.store.connection import Store
from core.store.rows import LONGEST_QUERY, fold

RUNS = 63
"""Runs of a segment: as many bits as a number in the file has above zero."""

ASKED = 12
"""Grams of a search that are looked up: with more of them hardly a run less is looked at."""

MANY = 2_000
"""Grams whose bits are held in memory, about."""

_UNREADABLE = "\ufffd"


def held(text: bytes) -> set[str]:
    """The grams of a text, which may be of several lines. Bytes, since another program may have written what is no text."""
    plain = text.lower().decode(errors="replace")  # bytes: only A to Z, as LIKE has it
    padded = plain + "\n\n"
    threes = set(zip(padded, padded[1:], padded[2:], strict=False))
    found = {one + two + three for one, two, three in threes if one != "\n" and two != "\n" and three != "\n"}
    found |= {one + two for one, two, _ in threes if one != "\n" and two != "\n"}
    found.update(plain)
    found.discard("\n")
    return found


def wanted(query: str) -> list[str]:
    """Grams that stand in every text in which LIKE finds `query`; none when there is nothing to look up."""
    query = fold(query[:LONGEST_QUERY].partition("\0")[0])  # LIKE reads no further
    size = min(3, len(query))
    grams = [query[start : start + size] for start in range(len(query) - size + 1)] if size else []
    known = [gram for gram in dict.fromkeys(reversed(grams)) if "\n" not in gram and _UNREADABLE not in gram]
    some = known[:: -(-len(known) // ASKED) or 1]  # the last letters typed are among them
    return some[::-1]  # the first letters of a name are looked up first: fewer segments have them


class Bits:
    """Bits that are to be set in the index of a list, for runs that come in their order."""

    def __init__(self, list: str) -> None:
        self.list = list
        self._segment = 0
        self._runs: defaultdict[str, int] = defaultdict(int)

    def add(self, store: Store, run: int, grams: Iterable[str]) -> bool:
        """Set the bit of a run for these grams; whether so much has gathered that it was written."""
        segment, bit = divmod(run, RUNS)
        full = segment != self._segment or len(self._runs) > MANY
        if full:
            self.keep(store)
            self._segment = segment
        for gram in grams:
            self._runs[gram] |= 1 << bit
        return full

    def keep(self, store: Store) -> None:
        """Write them. Call it within a change."""
        store.many(
            """INSERT INTO search VALUES (?, ?, ?, ?) ON CONFLICT (list, gram, segment) DO UPDATE
            SET runs = runs | excluded.runs WHERE runs & excluded.runs <> excluded.runs""",
            ((self.list, self._segment, gram, runs) for gram, runs in sorted(self._runs.items())),
        )
        self._runs.clear()


def all_known(store: Store, list: str, run: int, grams: set[str]) -> bool:
    """Whether the index tells of all these grams that they may stand in the run."""
    segment, bit = divmod(run, RUNS)
    known = store.value(
        """SELECT count(*) FROM search WHERE list = :list AND segment = :segment AND runs & :bit
        AND gram IN (SELECT value FROM json_each(:grams))""",
        {"list": list, "segment": segment, "bit": 1 << bit, "grams": json.dumps([*grams])},
    )
    return bool(known == len(grams))


def runs_with(store: Store, list: str, grams: list[str], runs: range) -> Iterator[int]:
    """Those of `runs` (forwards or backwards) that may hold all of `grams`, in their order, as far as they are asked for."""
    if not grams:
        yield from runs
        return
    if not runs:
        return
    segments = sorted((runs[0] // RUNS, runs[-1] // RUNS))
    given: dict[str, object] = {"list": list, "low": segments[0], "high": segments[1]}
    given |= {f"gram{number}": gram for number, gram in enumerate(grams)}
    for found in store.each(_question(len(grams), backwards=runs.step < 0), given):
        first = found["segment"] * RUNS
        here = range(first, first + RUNS)[:: runs.step]
        yield from (run for run in here if found["runs"] >> (run - first) & 1 and run in runs)


def _question(grams: int, *, backwards: bool) -> str:
    """For each segment from :low to :high in which all grams stand: in which of its runs they do together."""
    together, joined = "gram0.runs", ""
    for number in range(1, grams):
        one = f"gram{number}"
        together += f" & {one}.runs"
        joined += f""" CROSS JOIN search AS {one}
            ON {one}.list = :list AND {one}.gram = :{one} AND {one}.segment = gram0.segment AND {together}"""
    return f"""SELECT gram0.segment, {together} AS runs FROM search AS gram0{joined}
        WHERE gram0.list = :list AND gram0.gram = :gram0 AND gram0.segment BETWEEN :low AND :high
        ORDER BY gram0.segment{" DESC" * backwards}"""
