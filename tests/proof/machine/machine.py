"""The state machine's single actions: Hypothesis chooses them, `Actions` does each on the program and on the model."""

from __future__ import annotations

import uuid
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.proof.machine import answers
from tests.proof.machine.compare import Tally
from tests.proof.machine.export import check_export
from tests.proof.machine.start import ACCOUNTS, Start
from tests.proof.machine.world import ANSWER, DAY, HOUR, OPEN, TRIAL, UNLINK_WAIT, WINDOW, Row, last_step

ANY = st.integers(0, 10_000)
SHOP = st.integers(0, 3)
ROLE = st.sampled_from(["official", "marketing"])
MOSTLY_TRUE = st.sampled_from([True, True, True, True, False])
RARELY_TRUE = st.sampled_from([False, False, False, True])
USERNAME = st.sampled_from([*ACCOUNTS, "new.here", "New_Here", "a", "ends.", "b" * 25, "not here"])
NAME = st.sampled_from(["Lumen", "Wax & Wick", "n" * 30, "m" * 31, "long " * 23 + "name", "y" * 201, "Lumen Candle Co."])
STEP = st.sampled_from([-1, 0, 1])
SPANS = st.sampled_from([1, HOUR, UNLINK_WAIT - 1, UNLINK_WAIT, UNLINK_WAIT + 1, ANSWER - 1, ANSWER, 30 * DAY, WINDOW])
FACT = st.one_of(
    st.tuples(st.just("region"), st.sampled_from(["US", "GB", "US", None, "ZZ"])),
    st.tuples(st.just("kind"), st.sampled_from(["personal", "business", "organization", None])),
    st.tuples(st.just("identity_verified"), st.sampled_from([True, True, False, None])),
    st.tuples(st.just("standing"), st.sampled_from(["good", "good", "suspended", "banned", None])),
    st.tuples(st.just("holder_is_adult"), st.sampled_from([True, True, False, None])),
    st.tuples(st.just("entity"), st.sampled_from(["Lumen", "Birch", None])),
    st.tuples(st.just("nickname"), st.sampled_from(["Lumen", "Other", "Lumen Candle Co.", None])),
)
OF_SHOP = st.sampled_from([
    *({"region": region} for region in ("US", "GB", "US", "GB", "ZZ")), *({"unlinks_before": used} for used in (0, 1, 3, None)),
    {"code": "USLCOWN001"}, {"probation": "over", "probation_until": None}, {"probation": None},
])  # fmt: skip
LOWER = USERNAME.map(str.lower)
SINGLE = st.one_of(*(
    st.tuples(st.just(name), *given)
    for name, *given in (
        ("link", LOWER, SHOP, ROLE, MOSTLY_TRUE, RARELY_TRUE),
        ("link", LOWER, SHOP, ROLE, MOSTLY_TRUE, RARELY_TRUE),
        ("add_account", LOWER, st.lists(FACT, min_size=1, max_size=2).map(dict)),
        ("rename_account", LOWER, st.sampled_from(["glow8", "glow7", "ember", "renamed.now", "ends.", "wax.and.wick"])),
        ("convert_account", LOWER, st.booleans()),
        ("rename_shop", SHOP, NAME),
        ("set_shop", SHOP, OF_SHOP),
        ("add_shop", NAME, st.sampled_from(["US", "GB", "ZZ"]), st.sampled_from(["Lumen", "Birch"])),
        ("create_org", SHOP, st.sampled_from(["lumen.org", "more.org", "ends.", "ember", "birch.org"])),
    )
))  # fmt: skip
"""Acts of one kind each, with what is given to them."""
MOODS = [(0, 0, 0)] * 5 + [(0, 1, 0), (0.6, 0, 0), (0.6, 0.5, 0), (0.9, 1, 0), (0, 0, 0.4), (0.2, 1, 0.4)]
"""How often acts are entered as of another moment, anyway, and by mistake: then they are undone at once."""
NEXT = {"awaiting_authorization": "authorize", "authorized": "submit", "in_review": "approve", "linked": "unlink"}
ENDS = {"decline": OPEN[:1], "reject": OPEN[2:], "cancel": OPEN, "expire": OPEN[:1]}


class Machine(RuleBasedStateMachine):
    """One run on one file. Hypothesis draws numbers, and the model says which links or accounts they stand for."""

    starts: ClassVar[tuple[Start, Start]]
    folder: ClassVar[Path]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder / f"{uuid.uuid4().hex}.db"
        self.actions = self.starts[0].copied(self.path, self.tally)

    @initialize(practice=st.sampled_from([True, False, False]), seed=ANY)
    def begin(self, practice: bool, seed: int) -> None:
        self.actions.close()
        self.random = Random(seed)
        self.actions = self.starts[practice].copied(self.path, self.tally)
        self.actions.how = self.how
        self.actions.mistaken = lambda: self.random.random() < self.mistaken
        self.dated = self.anyway = self.mistaken = 0.0

    @invariant()
    def other_mood(self) -> None:
        self.dated, self.anyway, self.mistaken = self.random.choice(MOODS)

    def how(self) -> tuple[int | None, bool]:
        """When the next act happened, and whether it is recorded anyway: chosen at random. In practice neither can be said."""
        if self.world.practice:
            return (self.world.now() if self.random.random() < 0.004 else None), self.random.random() < 0.004
        at = self.random.choice(self.moments()) if self.random.random() < self.dated else None
        return at, self.random.random() < self.anyway

    def moments(self) -> list[int]:
        """Moments that are worth trying: when something happened, when an answer changes, and a millisecond off."""
        now, world = self.world.now(), self.world
        found = [now - HOUR, now - DAY, now - 40 * DAY]
        for link in world.told()[-6:]:
            found.append(last_step(link))
            found += [link["linked_at"] + UNLINK_WAIT] if link["linked_at"] is not None else []
            found += [link["authorize_by"]] if link["authorize_by"] is not None else []
        found += [account["converted_at"] + TRIAL for account in world.accounts if account["converted_at"] is not None]
        found += [at for entry in world.entries[-6:] for *_, at in entry.stated]
        return [now + 1, *(at + off for at in found for off in (-1, 0, 0, 1) if at < now)]

    def teardown(self) -> None:
        try:
            if not self.actions.failed:
                self.actions.tables.check_whole_history()
                check_export(self.actions.real, self.path.with_suffix(".json"))
                self.tally.replays += 1
        finally:
            self.actions.close()
            for path in (self.path, self.path.with_suffix(".json")):
                path.unlink(missing_ok=True)

    @property
    def world(self) -> Any:
        return self.actions.world

    def tick(self, span: int, by_desk: bool) -> None:
        if by_desk and self.world.practice and span > 0:
            self.actions.do("advance", span)
        elif span > 0:
            self.actions.move(span)

    def edges(self) -> list[tuple[int, Row | None]]:
        """The coming moments at which an answer changes, each with the link that waits for it."""
        now, found = self.world.now(), []
        for link in self.world.links:
            if link["state"] == "awaiting_authorization":
                found.append((link["authorize_by"], link))
            if link["state"] == "linked":
                found.append((link["linked_at"] + UNLINK_WAIT, link))
            if link["role"] == "marketing" and link["linked_at"]:
                found.append((link["linked_at"] + WINDOW, link))
        found += [(shop["probation_until"], None) for shop in self.world.shops if shop["probation_until"]]
        return [(at, link) for at, link in found if at > now + 1]

    def username(self, link: Row) -> str:
        return str(self.world.accounts[link["account"]]["username"])

    def fitting(self, shop: int, role: str) -> list[str]:
        """The accounts that no rule stops."""
        return [
            account["username"]
            for account in self.world.accounts
            if account["undone_by"] is None
            and not set(answers.STOPS) & set(answers.request(self.world, shop, role, account, True).values())
        ]

    def make_room(self, shop: int) -> None:
        """End an open official request, and shorten a name that no account can take."""
        if len(self.world.shops[shop]["name"]) > 30:
            self.actions.do("rename_shop", shop, "Lumen")
        for link in self.world.live(shop=shop, role="official"):
            if link["state"] != "linked":
                self.actions.answer(link, "cancel")

    def linked(self, shop: int, role: str, number: int) -> Row | None:
        """Link an account that no rule stops, if there is one."""
        found = self.fitting(shop, role)
        if not found or not self.actions.request(found[number % len(found)], shop, role):
            return None
        link: Row = self.world.links[-1]
        while link["state"] != "linked":
            if not self.actions.answer(link, NEXT[link["state"]]):
                return None
        return link

    def step(self, link: Row) -> bool:
        """Take a link its next step, if there is one."""
        return link["state"] in NEXT and self.actions.answer(link, NEXT[link["state"]])

    # Single actions

    def _single(self, chosen: tuple[Any, ...]) -> None:
        if chosen[0] != "add_shop" or len(self.world.shops) < 6:
            self.actions.do(*chosen)

    single, also, moreover = (rule(chosen=SINGLE)(_single), rule(chosen=SINGLE)(_single), rule(chosen=SINGLE)(_single))
    """Rules are drawn alike, and this one has many acts."""

    @rule(number=ANY, what=st.sampled_from([*NEXT.values(), *ENDS]))
    def answer(self, number: int, what: str) -> None:
        """Any answer to any link, also one that is no longer possible."""
        if links := self.world.links:
            self.actions.answer(links[number % len(links)], what)

    @rule(number=ANY)
    def end(self, number: int) -> None:
        """A request ends, in a way in which it can from its state."""
        if found := [(link, what) for link in self.world.links for what in ENDS if link["state"] in ENDS[what]]:
            self.actions.answer(*found[number % len(found)])

    @rule(number=ANY, steps=st.integers(1, 3), named=MOSTLY_TRUE)
    def further(self, number: int, steps: int, named: bool) -> None:
        """A live link takes its next step."""
        for _ in range(steps):
            if live := self.world.live():
                link = live[number % len(live)]
                confirm = self.world.shops[link["shop"]]["name"] if named else None
                self.actions.answer(link, NEXT[link["state"]], confirm)

    @rule(number=ANY, step=STEP, by_desk=st.booleans())
    def to_a_boundary(self, number: int, step: int, by_desk: bool) -> None:
        """Move the clock to where an answer changes, or a millisecond off; then try what depends on it."""
        now, edges = self.world.now(), self.edges()
        if not edges:
            return
        at, link = edges[number % len(edges)]
        self.tick(at + step - now, by_desk)
        if link and link["state"] in NEXT:
            self.actions.answer(link, NEXT[link["state"]], self.world.shops[link["shop"]]["name"])

    @rule(span=SPANS, by_desk=st.booleans())
    def later(self, span: int, by_desk: bool) -> None:
        self.tick(span, by_desk)

    @rule(back=st.sampled_from([1, 1_999, 2_000, 2_001, HOUR, DAY, 400 * DAY]), number=ANY, shop=SHOP)
    def clock_goes_back(self, back: int, number: int, shop: int) -> None:
        """Nothing becomes possible; then the clock is set right."""
        self.actions.move(-back)
        if live := self.world.live():
            link = live[number % len(live)]
            self.step(link)
        self.actions.request("glow7", shop, "marketing")
        self.actions.do("advance", 1 if number % 3 else 0)
        self.actions.move(back)

    @rule(number=ANY, facts=st.lists(FACT, min_size=1, max_size=2))
    def state_of_linked(self, number: int, facts: list[tuple[str, Any]]) -> None:
        if live := self.world.live():
            self.actions.state(self.username(live[number % len(live)]), **dict(facts))

    @rule(number=ANY)
    def repair(self, number: int) -> None:
        """Set an account's facts right again, so that long histories stay possible."""
        username = list(ACCOUNTS)[number % 5]
        self.actions.state(username, identity_verified=True, standing="good", holder_is_adult=True)
        self.actions.state(username, region="US")

    @rule(shop=SHOP, span=st.sampled_from([None, None, 0, HOUR, 30 * DAY]))
    def probation(self, shop: int, span: int | None) -> None:
        self.actions.set_probation(shop, None if span is None else self.world.now() + span)

    @rule(number=ANY, what=st.sampled_from(["cancel", "unlink"]))
    def tiktok_ends(self, number: int, what: str) -> None:
        """TikTok withdraws a request, or ends a link."""
        if live := self.world.live():
            self.actions.answer(live[number % len(live)], what, by="tiktok")

    @rule(number=ANY, newest=st.booleans(), times=st.integers(1, 3))
    def undo(self, number: int, newest: bool, times: int) -> None:
        """The newest entries of acts of any kind on which nothing newer was written; or any."""
        world = self.world
        for _ in range(times):
            there = {
                self.actions.acts[n]: n
                for n, entry in enumerate(world.entries)
                if n in self.actions.acts
                and entry.before
                and not entry.undone
                and all(getattr(world, table)[m]["entry"] == n for table, m in entry.before)
            }
            if entries := [*there.values()] if newest else [*self.actions.acts]:
                self.actions.do("undo", entries[number % len(entries)])
