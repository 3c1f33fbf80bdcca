"""One history at random: single acts, and many that lead to what single ones rarely reach, such as the fourth unlink."""

from __future__ import annotations

import copy
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from core.clock import from_ms, to_ms
from core.models import EndedBy, Probation, Role
from core.workspace import Workspace
from tests.proof.machine import answers
from tests.proof.machine.compare import BIRCH, LUMEN, NOW, Comparison, How
from tests.proof.machine.export import check_export
from tests.proof.machine.links import ENDS
from tests.proof.machine.world import ACTOR, ANSWER, DAY, HOUR, PLACES, UNLINK_WAIT, WINDOW, Entry, Row, World, last_step

NOON = to_ms(datetime(2026, 11, 23, 12, tzinfo=UTC))
OFFICIAL, MARKETING = Role
NEXT = {"awaiting_authorization": "authorize", "authorized": "submit", "in_review": "approve", "linked": "unlink"}

SHOPS = (("Lumen Candle Co.", "US", LUMEN), ("Lumen UK", "GB", LUMEN), ("Birch & Bloom", "GB", BIRCH), ("Birch US", "US", BIRCH))
FITS: Row = {"kind": "personal", "region": "US", "identity_verified": True, "standing": "good", "holder_is_adult": True}
ACCOUNTS: dict[str, Row] = {
    "wax.and.wick": {"nickname": "Wax & Wick"},
    **{name: {"kind": "business"} for name in ("soy_stories", "ember")},
    "glow7": {},
    "nest": {"kind": "business", "nickname": "Lumen Candle Co."},
    **{name: {"region": "GB"} for name in ("dusk.in.leeds", "hearth", "oak_ash")},
    **{name: {"region": "GB", "kind": "business"} for name in ("loaf", "tallow")},
    "lumen.official": {"kind": "organization", "entity": LUMEN},
    "birch.official": {"kind": "organization", "entity": BIRCH, "region": "GB"},
    "whose.org": {"kind": "organization"},
    "never.asked": dict.fromkeys(FITS),
    "suspended": {"standing": "suspended"},
    "too.young": {"holder_is_adult": False},
    "unverified": {"identity_verified": False},
}
USERNAMES = (*ACCOUNTS, *list(ACCOUNTS)[-7:], "new.here", *("a", "b" * 25) * 3, "ends.", "not here")
RENAMED = ("glow8", "glow7", "ember", "renamed.now", "ends.", "wax.and.wick")
NAMES = ("Lumen", "Wax & Wick", "n" * 30, "m" * 31, "long " * 23 + "name", "y" * 201, "Lumen Candle Co.")
SPANS = (1, HOUR, UNLINK_WAIT - 1, UNLINK_WAIT, UNLINK_WAIT + 1, ANSWER - 1, ANSWER, 30 * DAY, WINDOW)
OFF = (-1, 0, 1)
FACTS = {
    "region": ("US", "GB", "US", None, "ZZ"),
    "kind": ("personal", "business", "organization", "organization", None),
    "identity_verified": (True, True, False, None),
    "standing": ("good", "good", "suspended", "banned", None),
    "holder_is_adult": (True, True, False, None),
    "entity": (LUMEN, BIRCH, None),
    "nickname": ("Lumen", "Other", "Lumen Candle Co.", None),
}
OVER: Row = {"probation": Probation.OVER, "probation_until": None}
OF_SHOP: tuple[Row, ...] = (
    *({"region": region} for region in ("US", "GB", "US", "GB", "ZZ")),
    *({"unlinks_before": used} for used in (0, 1, 3, None)),
    *({"code": "USLCOWN001"}, OVER, {"probation": None, "probation_until": None}),
)
MOODS = [(0, 0, 0)] * 4 + [(0, 1, 0), (0.6, 0, 0), (0.6, 0.5, 0), (0.9, 1, 0), (0, 0, 0.5), (0.2, 1, 0.5)]
"""How often acts are entered as of another moment, anyway, and by mistake: then they are undone at once."""


def prepare(folder: Path) -> tuple[Path, World]:
    """Make the file that every history begins with, two sellers with two shops each and accounts of every kind, and its model."""
    path, world = folder / "start.db", World(NOON)
    Workspace.create(path, actor=ACTOR, clock=lambda: from_ms(NOON), seed="machine").close()
    comparison = Comparison(path, world, Counter())
    world.entries = [Entry() for _ in comparison.tables.entries]
    for number, shop in enumerate(SHOPS):
        assert comparison.do("add_shop", *shop, f"LC{number:06}")
    for username, facts in ACCOUNTS.items():
        assert comparison.do("add_account", username, {**FITS, **facts})
    comparison.close()
    return path, world


class Walk(Comparison):
    """A copy of the prepared file, and acts on it; the model says which links or accounts can do what."""

    def __init__(self, start: tuple[Path, World], rng: Random, counted: Counter[Any]) -> None:
        self.path = start[0].with_name("walk.db")
        shutil.copyfile(start[0], self.path)
        super().__init__(self.path, copy.deepcopy(start[1]), counted)
        self.rng = rng
        self.dated = self.anyway = self.mistaken = 0.0

    def go(self, steps: int) -> None:
        """Do at least this many acts, then check the history from its first event, and the way out and in."""
        end = self.counted["steps"] + steps
        while self.counted["steps"] < end:
            self.dated, self.anyway, self.mistaken = self.rng.choice(MOODS)
            self.rng.choice(HISTORIES)(self)
        self.tables.check_whole_history()
        check_export(self.real, self.path.with_suffix(".json"))
        self.counted["histories"] += 1

    def act(self, act: str, *given: Any, how: How | None = None) -> bool:
        """Do an act as the mood has it; if it was a mistake, undo it."""
        entries = len(self.world.entries)
        done = self.do(act, *given, how=how or self.how())
        if len(self.world.entries) > entries and self.rng.random() < self.mistaken:
            self.do("undo", entries)
        return done

    def how(self) -> How:
        at = self.rng.choice(self.moments()) if self.rng.random() < self.dated else None
        return at, self.rng.random() < self.anyway

    def moments(self) -> list[int]:
        """Moments that are worth trying: when something happened, when an answer changes, and a millisecond off."""
        now, world = self.world.now, self.world
        found = [now - HOUR, now - DAY, now - 40 * DAY]
        for link in world.told()[-6:]:
            found.append(last_step(link))
            found += [link["linked_at"] + UNLINK_WAIT] if link["linked_at"] is not None else []
            found += [link["authorize_by"]] if link["authorize_by"] is not None else []
        found += [at for entry in world.entries[-6:] for *_, at in entry.stated]
        return [now + 1, *(at + off for at in found for off in (*OFF, 0) if at < now)]

    def move(self, span: int) -> None:
        """Move the computer's clock, forward or back."""
        self.world.now += span

    def answer(self, link: Row, act: str, *, named: bool = True, by: str = EndedBy.SELLER, how: How | None = None) -> bool:
        """Take a link a step further, or end it; `named`: with the shop's name typed."""
        name = self.world.shops[link["shop"]]["name"] if named else None
        said = {"reject": ("The picture is blurred",), "cancel": (by,), "unlink": (name, by)}.get(act, ())
        return self.act(act, link, *said, how=how)

    def step(self, link: Row, times: int = 1) -> bool:
        """Take a link its next steps, if there are any."""
        return all(link["state"] in NEXT and self.answer(link, NEXT[link["state"]]) for _ in range(times))

    def username(self, link: Row) -> str:
        return str(self.world.accounts[link["account"]]["username"])

    def live(self) -> Row | None:
        found = self.world.live()
        return self.rng.choice(found) if found else None

    def fitting(self, shop: int, role: Role) -> list[str]:
        """The accounts that no rule stops."""
        return [
            account["username"]
            for account in self.world.there()
            if not set(answers.STOPS) & set(answers.request(self.world, shop, role, account, True).values())
        ]

    def request(self, shop: int, role: Role, how: How | None = None) -> Row | None:
        """Make room at the shop, and request a link for an account that no rule stops, if there is one."""
        if len(self.world.shops[shop]["name"]) > 30:
            self.act("rename_shop", shop, "Lumen")
        for link in self.world.live(shop=shop, role="official") if role == OFFICIAL else []:
            if link["state"] != "linked":
                self.answer(link, "cancel")
        found = self.fitting(shop, role)
        if found and self.act("link", self.rng.choice(found), shop, role, True, False, how=how):
            return self.world.links[-1]
        return None

    def linked(self, shop: int) -> Row | None:
        """The shop's official link, or a new one."""
        link = self.world.official(shop) or self.request(shop, OFFICIAL)
        while link and link["state"] != "linked":
            if not self.step(link):
                return None
        return link

    # Single acts

    def single(self) -> None:
        """Any act, most of what is given to it of any kind."""
        pick, shop, number = self.rng.choice, self.rng.randrange(4), len(self.world.shops)
        link = self.live()
        username = self.username(link) if link and self.rng.random() < 0.3 else pick(USERNAMES)
        facts = {name: pick(FACTS[name]) for name in self.rng.sample(list(FACTS), pick((1, 2, 3)))}
        until = {"probation": Probation.ACTIVE, "probation_until": self.world.now + pick((0, HOUR, 30 * DAY))}
        given: list[tuple[Any, ...]] = [
            *[("link", username, shop, pick((OFFICIAL, MARKETING)), pick((True,) * 4 + (False,)), pick((True, False)))] * 5,
            *[("add_account", username, facts)] * 2,
            ("rename_account", username, pick(RENAMED)),
            ("rename_shop", shop, pick(NAMES)),
            *[("set_shop", shop, pick(OF_SHOP)), ("set_shop", shop, pick((OVER, until)))],
            ("add_shop", pick(NAMES), pick(("US", "GB", "ZZ")), pick((LUMEN, BIRCH)), f"LC{number:06}"),
        ]
        self.act(*pick(given if number < 6 else given[:-1]))

    def any_answer(self) -> None:
        """Any answer to any link, also one that is no longer possible; TikTok, too, ends requests and links."""
        if self.world.links:
            by = self.rng.choice(tuple(EndedBy))
            self.answer(self.rng.choice(self.world.links), self.rng.choice((*NEXT.values(), *ENDS)), by=by)

    def further(self) -> None:
        """Live links take their next steps."""
        for _ in range(self.rng.randint(1, 3)):
            if link := self.live():
                self.answer(link, NEXT[link["state"]], named=self.rng.random() < 0.8)

    def later(self) -> None:
        self.move(self.rng.choice(SPANS))

    def to_a_boundary(self) -> None:
        """Move the clock to where an answer changes, or a millisecond off; then try what depends on it."""
        found: list[tuple[int, Row | None]] = [(shop["probation_until"] or 0, None) for shop in self.world.shops]
        for link in self.world.links:
            found += [(link["authorize_by"], link)] if link["state"] == "awaiting_authorization" else []
            found += [(link["linked_at"] + UNLINK_WAIT, link)] if link["state"] == "linked" else []
            found += [(link["linked_at"] + WINDOW, link)] if link["role"] == "marketing" and link["linked_at"] else []
        if edges := [(at, link) for at, link in found if at > self.world.now + 1]:
            at, edge = self.rng.choice(edges)
            self.move(at + self.rng.choice(OFF) - self.world.now)
            if edge:
                self.step(edge)

    def clock_goes_back(self) -> None:
        """Nothing becomes possible; then the clock is set right."""
        back = self.rng.choice((1, 1_999, 2_000, 2_001, HOUR, DAY, 400 * DAY))
        self.move(-back)
        if link := self.live():
            self.step(link)
        self.act("link", "glow7", self.rng.randrange(4), MARKETING, True, False)
        self.move(back)

    def repair(self) -> None:
        """Set an account's facts right again, so that long histories stay possible."""
        self.act("add_account", self.rng.choice(list(ACCOUNTS)[:5]), {**FITS, "kind": "business"}, how=NOW)

    def undo(self) -> None:
        """The newest entries of acts of any kind on which nothing newer was written; or any."""
        newest, tables = self.rng.random() < 0.5, self.world.tables
        for _ in range(self.rng.randint(1, 3)):
            there = {
                act: n
                for n, act in self.acts.items()
                if (entry := self.world.entries[n]).before
                and not entry.undone
                and all(tables[table][m]["entry"] == n for table, m in entry.before)
            }
            if entries := [*there.values()] if newest else [*self.acts]:
                self.do("undo", self.rng.choice(entries))

    # Whole histories

    def official_history(self) -> None:
        """From the request to the unlink, up to one unlink too many."""
        shop = self.rng.randrange(4)
        for _ in range(self.rng.randint(1, 4)):
            if link := self.linked(shop):
                self.move(max(0, link["linked_at"] + UNLINK_WAIT - 1 - self.world.now))
                self.answer(link, "unlink")
                self.move(1)
                self.answer(link, "unlink", named=False)
                self.answer(link, "unlink")

    def all_marketing_slots(self) -> None:
        """Marketing accounts until no slot is left, and one more."""
        shop = self.rng.randrange(4)
        self.act("set_shop", shop, OVER)
        for _ in range(PLACES + 1):
            found = self.fitting(shop, MARKETING) or list(ACCOUNTS)[:5]
            self.act("link", self.rng.choice(found), shop, MARKETING, True, False)
        for link in self.world.live(shop=shop, role="marketing"):
            if link["state"] != "linked":
                self.answer(link, "authorize")

    def linked_too_often(self) -> None:
        """One account becomes a marketing account as often as it may, and once more, with two requests open for the last."""
        shop = self.rng.randrange(4)
        elsewhere = (shop + 3) % 4 if shop in {0, 3} else 3 - shop
        if not (found := self.fitting(shop, MARKETING)):
            return
        username = self.rng.choice(found)
        account = next(account["_n"] for account in self.world.there() if account["username"] == username)
        for _ in range(self.rng.randint(10, 13)):
            if self.world.recent_links(account) == 9:
                self.act("link", username, elsewhere, MARKETING, True, True)
            if not self.act("link", username, shop, MARKETING, True, False):
                break
            link = self.world.links[-1]
            for other in self.world.live(account=account, role="marketing"):
                if other["state"] != "linked":
                    self.answer(other, "authorize")
            if link["state"] == "linked":
                self.move(UNLINK_WAIT)
                self.answer(link, "unlink")

    def fact_changes_midway(self) -> None:
        """A fact that was right at the request is wrong at a later step; that was a mistake, or it is stated again."""
        role = self.rng.choice((OFFICIAL, MARKETING))
        if link := self.request(self.rng.randrange(4), role):
            self.step(link, self.rng.randrange(3) if role == OFFICIAL else 0)
            name = self.rng.choice(list(FACTS))
            before = self.world.accounts[link["account"]][name]
            entries = len(self.world.entries)
            self.act("add_account", self.username(link), {name: self.rng.choice(FACTS[name])}, how=NOW)
            self.step(link)
            if len(self.world.entries) > entries and not self.do("undo", entries):
                self.act("add_account", self.username(link), {name: before}, how=NOW)
            self.step(link)

    def request_ends(self) -> None:
        """A request ends in every way from every state; the ways that are not possible are refused, or recorded anyway."""
        role = self.rng.choice((OFFICIAL, OFFICIAL, MARKETING))
        if link := self.request(self.rng.randrange(4), role):
            self.step(link, self.rng.randrange(3) if role == OFFICIAL else 0)
            act, anyway = self.rng.choice((*ENDS, "submit", "approve")), self.rng.random() < 0.5
            self.move(ANSWER if act == "expire" else 0)
            self.answer(link, act, how=(None, anyway))
            if self.rng.random() < 0.3:
                self.do("undo", len(self.world.entries) - 1)

    def shop_changes_while_linked(self) -> None:
        """A shop's new name is its official account's too; a new region is against a rule."""
        shop = self.rng.randrange(4)
        if official := self.linked(shop):
            self.act("rename_shop", shop, self.rng.choice(NAMES))
            self.act("add_account", self.username(official), {"nickname": self.rng.choice(FACTS["nickname"])})
            if self.act("set_shop", shop, {"region": self.rng.choice(("US", "GB"))}, how=(None, True)):
                self.do("undo", len(self.world.entries) - 1)

    def told_later(self) -> None:
        """Every step of a link is entered long after it happened, at the edge of what is allowed."""
        role, anyway = self.rng.choice((OFFICIAL, MARKETING)), self.rng.random() < 0.5
        self.move(30 * DAY)
        start, late, waited = self.world.now - 20 * DAY, self.rng.choice(OFF), self.rng.choice(OFF)
        steps = {"authorize": start + ANSWER + late, "submit": start + 3 * DAY, "approve": start + 4 * DAY}
        if role == MARKETING:
            del steps["submit"], steps["approve"]
        steps["unlink"] = max(steps.values()) + UNLINK_WAIT + waited
        if link := self.request(self.rng.randrange(4), role, how=(start, anyway)):
            for act, at in steps.items():
                self.answer(link, act, how=(at, anyway))

    def stood_before(self) -> None:
        """Links that stood one after the other are entered in any order; a millisecond of overlap cannot be told."""
        usernames = [account["username"] for account in self.world.there()]
        shop, role, by = self.rng.randrange(4), self.rng.choice((OFFICIAL, MARKETING)), self.rng.choice((None, EndedBy.TIKTOK))
        spans, end = list[tuple[int, int | None]](), self.world.now - 90 * DAY
        for _ in range(self.rng.randint(2, 4)):
            begin = end + self.rng.choice(OFF)
            end = begin + 20 * DAY
            spans.append((begin, end))
        spans[-1] = (begin, self.rng.choice((None, end)))
        same = self.rng.choice(usernames)
        for begin, until in self.rng.sample(spans, len(spans)):
            username = same if role == MARKETING else self.rng.choice(usernames)
            self.act("record_link", username, shop, role, begin, until, by)

    def unlinked_by_mistake(self) -> None:
        """An unlink that is undone is none; the next one is the first."""
        if link := self.linked(self.rng.randrange(4)):
            self.move(UNLINK_WAIT)
            by = self.rng.choice((EndedBy.SELLER, EndedBy.SELLER, EndedBy.TIKTOK))
            for _ in range(2):
                if self.answer(link, "unlink", by=by):
                    self.do("undo", len(self.world.entries) - 1)
            self.answer(link, "unlink")


HISTORIES = (
    *[Walk.single] * 6, *[Walk.any_answer] * 2, Walk.further, Walk.later, Walk.to_a_boundary, Walk.clock_goes_back, Walk.repair,
    Walk.undo, Walk.official_history, Walk.all_marketing_slots, Walk.linked_too_often, Walk.fact_changes_midway,
    *[Walk.request_ends] * 2, Walk.shop_changes_while_linked, Walk.told_later, Walk.stood_before, Walk.unlinked_by_mistake,
)  # fmt: skip
