"""The schema alone: several processes run random SQL against one file, and nothing of the program stands between."""

import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

from core.store.invariants import BROKEN
from tests.core.store.attacks.pieces import pieces
from tests.core.store.attacks.world import connect, made, objects
from tests.core.store.test_schema import REFERRED_TO, TWICE
from tests.proof.part import Figures, Run
from tests.proof.raw import questions
from tests.proof.raw.attacker import Counted, attack

PROMISE = "No program that writes to the workspace file can break a rule: the file itself refuses."

OTHERWISE = {
    "workspace.kind NOT NULL", "workspace.kind CHECK (kind IN ('practice', 'record'))", "workspace.seed NOT NULL",
    "workspace.newest_at NOT NULL", "workspace.shifted_by NOT NULL",
    "workspace.created_at NOT NULL", "workspace.shifted_by CHECK (shifted_by >= 0)",
    "workspace: CHECK ((kind = 'practice') = (scenario IS NOT NULL))",  # asked once, when the workspace is made
    "shop.code COLLATE NOCASE", "member.contact COLLATE NOCASE",  # say how others compare
    "event_newest", "official_name_on_link", "official_name_on_create", "official_name_on_rename", "organization_owned",
    "link_followed", "link_followed_before", "shop_state_linked", "shop_state_step",  # act
    *REFERRED_TO, *TWICE,  # others are asked first
}  # fmt: skip
"""What never refuses anything here by itself; tests/core/store/test_schema.py takes each of it out."""

KEPT = (
    "insert entity", "insert seller", "insert shop", "insert product", "insert event", "insert account", "insert member",
    "link: asked, official", "link: asked, marketing", "link: asked, marketing, fourth place", "link: authorized, official",
    "link: in_review, official", "link: rejected, official", "link: cancelled, official", "link: declined, marketing",
    "link: expired, official", "link: linked, official", "link: linked, marketing", "link: created", "link: unlinked, official",
    "link: unlinked, official, third", "link: unlinked, marketing", "link: past, linked, marketing",
    "link: past, unlinked, official", "link: past, unlinked, marketing", "account: region", "account: kind", "account: nickname",
    "account: seller", "account: country", "shop: name", "shop: probation", "member: state", "member: role", "update product",
    "update workspace", "update entity",
)  # fmt: skip
"""The acts that the safeguards allow when they are done rightly: each has to have succeeded."""

ROUNDS = 5
"""How often at most the short form goes on until everything was tried."""


def prove(run: Run) -> Figures:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else run.folder) as folder:
        path = Path(folder) / "attacked.db"
        with closing(made(objects())) as world, closing(sqlite3.connect(path)) as file:
            world.backup(file)
            before = file.execute("SELECT * FROM event ORDER BY seq").fetchall()
        processes = run.size(2, 8)
        tried, done, refused = 0, Counter[str](), Counter[str]()
        with get_context("spawn").Pool(processes) as pool:
            for round in range(ROUNDS):
                jobs = [(path, f"{run.seed}.{round}.{process}", run.size(3_500, 100_000)) for process in range(processes)]
                for counted in pool.starmap(attack, jobs):
                    tried += counted.tried
                    done += counted.done
                    refused += counted.refused
                if not missing(Counted(tried, done, refused)):
                    break
        told = f"seed {run.seed}, {tried} statements (the order of the processes is not the same again)"
        assert not missing(Counted(tried, done, refused)), f"{told}: never seen: {missing(Counted(tried, done, refused))}"
        return {**_kept(path, before, done, told), **_figures(processes, tried, done, refused)}


def missing(counted: Counted) -> list[str]:
    """The acts that never succeeded and the safeguards that never refused."""
    acts = [act for act in KEPT if not counted.done[act]]
    return acts + [piece for piece in pieces() if piece not in OTHERWISE and not counted.refused[piece]]


def _kept(path: Path, before: list[tuple[object, ...]], done: Counter[str], told: str) -> Figures:
    """Ask the file for every promise, in SQL and in Python."""
    with closing(connect(path)) as connection:
        for promise, question in BROKEN.items():
            if promise != "history.complete":  # the schema cannot ask for an event that comes after
                assert (found := connection.execute(question).fetchall()) == [], f"{told}: {promise} broken by {found[:5]}"
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], told
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], told
        events = connection.execute("SELECT * FROM event ORDER BY seq").fetchall()
        assert events[: len(before)] == before, f"{told}: an event was altered"
        assert len(events) == len(before) + done["insert event"] + done["update event"], f"{told}: an event was lost"
        tables = questions.read(connection)
    assert not (wrong := list(questions.broken(tables))), f"{told}: {wrong}"
    assert questions.most_links_in_180_days(tables) == questions.OFTEN, f"{told}: no account was linked as often as it may be"
    return {
        "promises asked in SQL": len(BROKEN) - 1,
        "promises asked in Python": len(questions.QUESTIONS),
        "promises broken": 0,
        "links at the end": len(tables["link"]),
        "shops with all unlinks used": questions.used_up_shops(tables),
        "shops with all marketing places taken": questions.full_shops(tables),
    }


def _figures(processes: int, tried: int, done: Counter[str], refused: Counter[str]) -> Figures:
    return {
        "processes": processes,
        "statements": tried,
        "succeeded": sum(done.values()),
        "refused": sum(refused.values()),
        "safeguards that refused": sum(1 for piece in pieces() if refused[piece]),
        "refusals of the rarest of them": min(refused[piece] for piece in pieces() if piece not in OTHERWISE),
        "third unlinks": done["link: unlinked, official, third"],
        "fourth marketing places": done["link: asked, marketing, fourth place"],
        "organization accounts made and linked": done["link: created"],
    }
