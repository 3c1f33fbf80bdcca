"""Whole histories: many actions that lead to what single ones rarely reach, such as the fourth unlink or the eleventh link."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.proof.machine.machine import ANY, ENDS, NAME, ROLE, SHOP, STEP, Machine
from tests.proof.machine.start import ACCOUNTS
from tests.proof.machine.world import ANSWER, DAY, LINKS_IN_WINDOW, PLACES, TRIAL, UNLINK_WAIT

BROKEN_FACTS = st.sampled_from([
    ("identity_verified", False), ("identity_verified", None), ("standing", "suspended"), ("standing", "banned"),
    ("holder_is_adult", False), ("region", None), ("region", "US"), ("kind", "organization"), ("kind", None),
    ("entity", "Birch"), ("nickname", "Other"),
])  # fmt: skip


class Histories(Machine):
    """The machine with single actions and whole histories."""

    @rule(shop=SHOP, number=ANY, times=st.integers(1, 4))
    def official_history(self, shop: int, number: int, times: int) -> None:
        """From the request to the unlink, up to one unlink too many."""
        for _ in range(times):
            self.make_room(shop)
            link = self.world.official(shop) or self.linked(shop, "official", number)
            if link is None:
                return
            self.tick(max(0, link["linked_at"] + UNLINK_WAIT - 1 - self.world.now()), True)
            self.actions.answer(link, "unlink", self.world.shops[shop]["name"])
            self.tick(1, True)
            self.actions.answer(link, "unlink")
            self.actions.answer(link, "unlink", self.world.shops[shop]["name"])

    @rule(shop=SHOP, number=ANY)
    def all_marketing_slots(self, shop: int, number: int) -> None:
        """Marketing accounts until no slot is left, and one more."""
        self.actions.set_probation(shop, None)
        for other in range(PLACES + 1):
            found = self.fitting(shop, "marketing")
            self.actions.request(found[number % len(found)] if found else list(ACCOUNTS)[(number + other) % 5], shop, "marketing")
        for link in self.world.live(shop=shop, role="marketing"):
            if link["state"] != "linked":
                self.actions.answer(link, "authorize")

    @rule(shop=SHOP, number=ANY, times=st.integers(10, 13), together=st.booleans())
    def linked_too_often(self, shop: int, number: int, times: int, together: bool) -> None:
        """One account becomes a marketing account as often as it may, and once more, with two requests open for the last."""
        self.actions.set_probation(shop, None)
        found = self.fitting(shop, "marketing")
        if not found:
            return
        username = found[number % len(found)]
        account = self.world.find(username)["_n"]
        elsewhere = (shop + 3) % 4 if shop in {0, 3} else 3 - shop
        for _ in range(times):
            if together and len(self.world.recent_links(account, self.world.now())) == LINKS_IN_WINDOW - 1:
                self.actions.request(username, elsewhere, "marketing", confirm=True)
            if not self.actions.request(username, shop, "marketing"):
                break
            link = self.world.links[-1]
            for other in self.world.live(account=account, role="marketing"):
                if other["state"] != "linked":
                    self.actions.answer(other, "authorize")
            if link["state"] == "linked":
                self.tick(UNLINK_WAIT, True)
                self.actions.answer(link, "unlink")

    @rule(shop=SHOP, role=ROLE, number=ANY, steps=st.integers(0, 2), fact=BROKEN_FACTS)
    def fact_changes_midway(self, shop: int, role: str, number: int, steps: int, fact: tuple[str, Any]) -> None:
        """A fact that was right at the request is wrong at the next step, then right again."""
        self.make_room(shop)
        found = self.fitting(shop, role)
        if not found or not self.actions.request(found[number % len(found)], shop, role):
            return
        link = self.world.links[-1]
        for _ in range(steps if role == "official" else 0):
            self.step(link)
        before = {fact[0]: self.world.accounts[link["account"]][fact[0]]}
        self.actions.state(self.username(link), **dict([fact]))
        self.step(link)
        if fact[0] != "entity":
            self.actions.state(self.username(link), **before)
        self.step(link)

    @rule(shop=SHOP, role=ROLE, number=ANY, steps=st.integers(0, 2), what=st.sampled_from([*ENDS, None]))
    def request_ends(self, shop: int, role: str, number: int, steps: int, what: str | None) -> None:
        """A request ends in every way from every state, or stays open; the ways that are not possible are refused."""
        self.make_room(shop)
        found = self.fitting(shop, role)
        if found and self.actions.request(found[number % len(found)], shop, role):
            link = self.world.links[-1]
            for _ in range(steps if role == "official" else 0):
                self.step(link)
            if what:
                self.actions.answer(link, what)

    @rule(
        shop=SHOP, number=ANY, name=NAME, nickname=st.sampled_from(["Other", None, "Lumen"]), region=st.sampled_from(["US", "GB"])
    )
    def shop_changes_while_linked(self, shop: int, number: int, name: str, nickname: str | None, region: str) -> None:
        """A shop's new name is its official account's too, which takes no other; a new region is against a rule."""
        self.make_room(shop)
        if official := self.world.official(shop) or self.linked(shop, "official", number):
            self.actions.do("rename_shop", shop, name)
            self.actions.state(self.username(official), nickname=nickname)
            how, self.actions.how = self.actions.how, lambda: (None, not self.world.practice)
            if self.actions.do("set_shop", shop, {"region": region}) and not self.world.practice:
                self.actions.do("undo", len(self.world.entries) - 1)
            self.actions.how = how

    # What a record alone can tell

    @rule(shop=SHOP, role=ROLE, number=ANY, late=STEP, waited=STEP, anyway=st.booleans())
    def told_later(self, shop: int, role: str, number: int, late: int, waited: int, anyway: bool) -> None:
        """Every step of a link is entered long after it happened, at the edge of what is allowed."""
        if self.world.practice:
            return
        self.make_room(shop)
        found = self.fitting(shop, role)
        self.tick(30 * DAY, False)
        start = self.world.now() - 20 * DAY
        steps = {
            "authorize": start + ANSWER + late, "submit": start + 3 * DAY, "approve": start + 4 * DAY,
            "unlink": start + 4 * DAY + UNLINK_WAIT + waited,
        }  # fmt: skip
        how, self.actions.how = self.actions.how, lambda: (start, anyway)
        if found and self.actions.request(found[number % len(found)], shop, role):
            link = self.world.links[-1]
            if role == "marketing":
                del steps["submit"], steps["approve"]
                steps["unlink"] = steps["authorize"] + UNLINK_WAIT + waited
            for step, at in steps.items():
                self.actions.how = lambda at=at: (at, anyway)
                self.actions.answer(link, step, self.world.shops[shop]["name"])
        self.actions.how = how

    @rule(
        shop=SHOP, number=ANY, steps=st.integers(0, 2), what=st.sampled_from([*ENDS, "submit", "approve"]), undone=st.booleans()
    )
    def another_order(self, shop: int, number: int, steps: int, what: str, undone: bool) -> None:
        """TikTok answers a request out of turn, which is recorded anyway; perhaps that was a mistake."""
        found = [] if self.world.practice or self.world.official(shop) else self.fitting(shop, "official")
        if not found or not self.actions.request(found[number % len(found)], shop, "official"):
            return
        link = self.world.links[-1]
        for _ in range(steps):
            self.step(link)
        how, self.actions.how = self.actions.how, lambda: (None, True)
        if what == "expire":
            self.tick(ANSWER, False)
        self.actions.answer(link, what)
        self.actions.how = how
        if undone:
            self.actions.do("undo", len(self.world.entries) - 1)

    @rule(shop=SHOP, number=ANY, role=ROLE, gaps=st.lists(STEP, min_size=2, max_size=4), by=st.sampled_from([None, "tiktok"]))
    def stood_before(self, shop: int, number: int, role: str, gaps: list[int], by: str | None) -> None:
        """Links that stood one after the other are entered in any order; a millisecond of overlap cannot be told."""
        usernames = [account["username"] for account in self.world.accounts if account["undone_by"] is None]
        spans, end = [], self.world.now() - 90 * DAY
        for gap in gaps:
            spans.append((end + gap, end + gap + 20 * DAY))
            end = spans[-1][1]
        same = usernames[number % len(usernames)]
        self.random.shuffle(spans)
        for place, (begin, end) in enumerate(spans):
            username = same if role == "marketing" else usernames[(number + place) % len(usernames)]
            last = end == max(other for _, other in spans)
            self.actions.do("record_link", username, shop, role, begin, None if last and number % 2 else end, by)

    @rule(shop=SHOP, number=ANY, by=st.sampled_from(["seller", "seller", "tiktok"]))
    def unlinked_by_mistake(self, shop: int, number: int, by: str) -> None:
        """An unlink that is undone is none; the next one is the first."""
        self.make_room(shop)
        link = self.world.official(shop) or self.linked(shop, "official", number)
        if link and not self.world.practice:
            self.tick(UNLINK_WAIT, True)
            for _ in range(2):
                if self.actions.answer(link, "unlink", self.world.shops[shop]["name"], by):
                    self.actions.do("undo", len(self.world.entries) - 1)
            self.actions.answer(link, "unlink", self.world.shops[shop]["name"])

    @rule(number=ANY, step=STEP, again=st.booleans())
    def on_trial(self, number: int, step: int, again: bool) -> None:
        """TikTok updates an account, and the trial is cancelled at its end, or a millisecond off."""
        there = [account["username"] for account in self.world.accounts if account["undone_by"] is None]
        username = there[number % len(there)]
        if self.actions.do("convert_account", username, False):
            self.tick(TRIAL + step, False)
            self.actions.do("convert_account", username, True)
            if again:
                self.actions.do("convert_account", username, False)
                self.actions.do("undo", len(self.world.entries) - 1)
                self.actions.do("convert_account", username, True)
