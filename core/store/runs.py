"""Searching a long list: it is cut into runs of rows that follow one another, and the index tells which runs to look at.

A row stands in the run to which its place in the list belongs, and what it may be found by is only ever added there. Rows that
the index does not know yet, or not with all they may be found by, are marked by the file itself, whoever writes it: they are
read through.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, count, groupby, islice
from typing import Any, NamedTuple

from core.store import grams
from core.store.connection import Store
from core.store.rows import fold

Row = dict[str, Any]

SIZE = 96
"""Rows of a run when it is made."""
GROWN = 8 * SIZE
"""Rows of a run with which all are made anew."""
READ_THROUGH = 64
"""Rows that may be marked before they are taken in."""


class Place(NamedTuple):
    """Where a row stands in its list. The rows of a list have different places."""

    key: Any
    seq: int

    def after(self) -> "Place":
        """The place next to this one."""
        return Place(self.key, self.seq + 1)


@dataclass(frozen=True)
class SearchedList:
    """A list by its table: rows are marked in NAME_new, and NAME_run has where each run begins."""

    name: str
    key: str
    """The column whose order the list has, and seq among equals."""
    holds: str
    """Whether a row is one in which :like stands."""
    text: str
    """All texts of a row that are searched."""
    word: str
    """What else the list is narrowed by, as a word."""
    collation: str = ""
    backwards: bool = False
    """Whether the last of the order is the first to be shown."""
    sorts: Callable[[Any], Any] = lambda key: key
    """The key as Python has to compare it."""

    @property
    def order(self) -> str:
        down = " DESC" if self.backwards else ""
        return f"ORDER BY {self._by}{down}, {self.name}.seq{down}"

    def place(self, row: Row) -> Place:
        return Place(self.sorts(row[self.key]), row["seq"])

    def find(self, store: Store, query: str, word: str, after: Place | None, conditions: str, given: Row) -> Iterator[Row]:
        """The rows in which `query` stands, those that follow `after`, in the list's order: as far as they are asked for.

        `word`: what else the list is narrowed by, if it is. `conditions`: what else holds of the rows; `given`: the parameters,
        :like for the query and :limit, how many rows will be asked for. Call it within read().
        """
        conditions = f"{conditions} AND {self.holds}"
        runs = range(self._runs(store))
        if self.backwards:
            runs = range((self._run_at(store, after) if after else runs[-1]) if runs else -1, -1, -1)
        elif after:
            runs = range(self._run_at(store, after), len(runs))
        wanted = grams.wanted(query) + ([_word(word)] if word else [])
        looked_at = grams.runs_with(store, self.name, wanted, runs)
        found = (self._rows_of(store, run, after if run == runs[0] else None, conditions, given) for run in looked_at)
        together = heapq.merge(
            self._marked_rows(store, after, conditions, given),
            chain.from_iterable(found),
            key=self.place,
            reverse=self.backwards,
        )
        return (next(same) for _, same in groupby(together, key=self.place))  # a marked row may stand in a run too

    def catch_up(self, store: Store, tell: Callable[[], None]) -> None:
        """Take in the marked rows when there are many; `tell` is called many times a second. Call it within a change."""
        marked = f"SELECT count(*) FROM (SELECT 1 FROM {self.name}_new LIMIT {READ_THROUGH + 1})"
        if store.value(marked) > READ_THROUGH:
            if not self._taken_in(store, tell):
                self.forget(store)
                self._add_after(store, None, tell)
            store.execute(f"DELETE FROM {self.name}_new")

    def forget(self, store: Store) -> None:
        """Take all out of the index, and mark it to be taken in again. Call it within a change."""
        store.execute("DELETE FROM search WHERE list = ?", [self.name])
        store.execute(f"DELETE FROM {self.name}_run")
        store.execute(f"INSERT OR IGNORE INTO {self.name}_new SELECT seq FROM {self.name}")

    def lacking(self, store: Store) -> Iterator[str]:
        """The runs that hold a row which could not be found by all that it should be found by."""
        for run in range(self._runs(store)):
            within, given = self._between(self._first(store, run), self._first(store, run + 1))
            rows = store.rows(f"SELECT {self._facts} FROM {self.name} WHERE {within} AND NOT {self._marked}", given)
            if not grams.all_known(store, self.name, run, _grams(rows)):
                yield f"run {run} of the index of {self.name}s"

    def _taken_in(self, store: Store, tell: Callable[[], None]) -> bool:
        """Add the marked rows to their runs; whether none of them has grown too long by it."""
        end = self._end(store)
        if end is None:
            self.forget(store)
        elif not self._add_within(store, end, tell):
            return False
        self._add_after(store, end, tell)
        return True

    def _end(self, store: Store) -> Place | None:
        """The place of the last row that is not marked; None when no run is there yet."""
        if not self._runs(store):
            return None
        row = store.row(
            f"""SELECT {self.key}, seq FROM {self.name} WHERE NOT {self._marked}
            ORDER BY {self.key}{self.collation} DESC, seq DESC LIMIT 1"""
        )
        return Place(row[self.key], row["seq"]) if row else None

    def _add_within(self, store: Store, end: Place, tell: Callable[[], None]) -> bool:
        before, given = self._between(None, end)
        run_of = self._run_of(self._by, f"{self.name}.seq")
        rows = store.each(
            f"""SELECT {self._facts}, {run_of} AS run FROM {self.name}_new CROSS JOIN {self.name} USING (seq)
            WHERE {before} ORDER BY run""",
            given,
        )
        bits = grams.Bits(self.name)
        for run, same in groupby(rows, key=lambda row: int(row["run"])):
            while some := [*islice(same, SIZE)]:
                if bits.add(store, run, _grams(some)):
                    tell()
            if self._count(store, run) >= GROWN:
                rows.close()
                return False
        bits.keep(store)
        return True

    def _add_after(self, store: Store, end: Place | None, tell: Callable[[], None]) -> None:
        """The rows after the end fill the last run; new runs begin with those that are left."""
        after, given = self._between(end, None)
        rows = store.each(
            f"SELECT {self._facts} FROM {self.name} WHERE {after} AND {self._marked} ORDER BY {self._by}, {self.name}.seq", given
        )
        bits = grams.Bits(self.name)
        runs = self._runs(store)
        if end:
            last, given = self._between(self._first(store, runs - 1), end.after())
            inside = store.value(f"SELECT count(*) FROM {self.name} WHERE {last}", given)
            bits.add(store, runs - 1, _grams([*islice(rows, max(0, SIZE - inside))]))
        for run in count(runs):
            some = [*islice(rows, SIZE)]
            if not some:
                break
            begin = f"INSERT INTO {self.name}_run SELECT ?, {self.key}, seq FROM {self.name} WHERE seq = ?"
            store.execute(begin, [run, some[0]["seq"]])
            if bits.add(store, run, _grams(some)):
                tell()
        bits.keep(store)

    def _rows_of(self, store: Store, run: int, after: Place | None, conditions: str, given: Row) -> list[Row]:
        """The rows of a run that hold, in the list's order; `after` stands in it, if it is given."""
        first, end = self._first(store, run), self._first(store, run + 1)
        if after and self.backwards:
            end = after
        elif after:
            first = after.after()
        within, places = self._between(first, end)
        question = f"SELECT {self.name}.* FROM {self.name} WHERE {within} AND {conditions} {self.order} LIMIT :limit"
        return store.rows(question, {**given, **places})

    def _marked_rows(self, store: Store, after: Place | None, conditions: str, given: Row) -> list[Row]:
        within, places = self._between(None, after) if self.backwards else self._between(after and after.after(), None)
        return store.rows(
            f"""SELECT {self.name}.* FROM {self.name}_new CROSS JOIN {self.name} USING (seq)
            WHERE {within} AND {conditions} {self.order} LIMIT :limit""",
            {**given, **places},
        )

    def _between(self, first: Place | None, end: Place | None) -> tuple[str, Row]:
        """A condition for the rows from the place `first` on and before the place `end`, with its parameters."""
        conditions = ["1"]
        given: Row = {}
        if first:
            conditions.append(f"{self._by} >= :first AND ({self._by}, {self.name}.seq) >= (:first{self.collation}, :first_seq)")
            given |= {"first": first.key, "first_seq": first.seq}
        if end:
            conditions.append(f"{self._by} <= :end AND ({self._by}, {self.name}.seq) < (:end{self.collation}, :end_seq)")
            given |= {"end": end.key, "end_seq": end.seq}
        return " AND ".join(conditions), given

    def _first(self, store: Store, run: int) -> Place | None:
        """Where a run begins. The first one begins with whatever comes to stand there; None for it, and after the last."""
        row = store.row(f"SELECT {self.key}, seq FROM {self.name}_run WHERE number = ?", [run]) if run else None
        return Place(row[self.key], row["seq"]) if row else None

    def _runs(self, store: Store) -> int:
        """How many runs there are; never more than rows, whatever another program wrote."""
        row = store.one(f"SELECT (SELECT max(number) FROM {self.name}_run) AS last, (SELECT max(seq) FROM {self.name}) AS rows")
        return 0 if row["last"] is None else max(0, min(row["last"] + 1, row["rows"] or 0))

    def _run_at(self, store: Store, place: Place) -> int:
        return int(store.value(f"SELECT {self._run_of(':key', ':seq')}", place._asdict()))

    def _count(self, store: Store, run: int) -> int:
        within, given = self._between(self._first(store, run), self._first(store, run + 1))
        return int(store.value(f"SELECT count(*) FROM {self.name} WHERE {within}", given))

    @property
    def _by(self) -> str:
        return f"{self.name}.{self.key}{self.collation}"

    @property
    def _marked(self) -> str:
        return f"EXISTS (SELECT 1 FROM {self.name}_new WHERE {self.name}_new.seq = {self.name}.seq)"

    def _run_of(self, key: str, seq: str) -> str:
        """The number of the run to which a place belongs."""
        run, first = f"{self.name}_run", f"{self.name}_run.{self.key}{self.collation}"
        return f"""coalesce((SELECT number FROM {run} WHERE {first} <= {key} AND ({first}, {run}.seq) <= ({key}, {seq})
            ORDER BY {first} DESC, {run}.seq DESC LIMIT 1), 0)"""

    @property
    def _facts(self) -> str:
        return f"{self.name}.seq, CAST({self.text} AS BLOB) AS text, CAST({self.word} AS BLOB) AS word"


def _grams(rows: list[Row]) -> set[str]:
    words = {row["word"] for row in rows if row["word"]}
    return grams.held(b"\n".join(row["text"] for row in rows)) | {_word(word.decode(errors="replace")) for word in words}


def _word(word: str) -> str:
    """A word in the index: longer than a gram of the texts."""
    return f"word {word}"


SHOPS = SearchedList(
    "shop",
    key="name",
    holds="""(shop.name LIKE :like ESCAPE '\\' OR shop.code LIKE :like ESCAPE '\\' OR EXISTS
        (SELECT 1 FROM link JOIN account ON account.id = link.account
        WHERE link.shop = shop.id AND link.live = 1 AND account.username LIKE :like ESCAPE '\\'))""",
    text="""shop.name || char(10) || shop.code || char(10) || coalesce((SELECT group_concat(username, char(10)) FROM link
        JOIN account ON account.id = link.account WHERE link.shop = shop.id AND link.live = 1), '')""",
    word="shop.region",
    collation=" COLLATE NOCASE",
    sorts=fold,
)
"""The shops by name, with their codes and their live links' usernames; narrowed by region."""

EVENTS = SearchedList(
    "event",
    key="at",
    holds="(event.summary LIKE :like ESCAPE '\\' OR event.actor LIKE :like ESCAPE '\\')",
    text="event.summary || char(10) || event.actor",
    word="substr(event.kind, 1, instr(event.kind, '.'))",
    backwards=True,
)
"""The history, the newest first, by what it says and who acted; narrowed by the family of kinds."""


def catch_up(store: Store, tell: Callable[[], None] = lambda: None) -> None:
    """Take in what has come to the lists since; `tell` is called many times a second meanwhile. Call it within a change."""
    for searched in (SHOPS, EVENTS):
        searched.catch_up(store, tell)


def lacking(store: Store) -> Iterator[str]:
    """What the index lacks, since another program has written to it. Call it within read()."""
    for searched in (SHOPS, EVENTS):
        yield from searched.lacking(store)


def make_anew(store: Store) -> None:
    """Make the whole index from the lists. Call it within a change."""
    for searched in (SHOPS, EVENTS):
        searched.forget(store)
    catch_up(store)
