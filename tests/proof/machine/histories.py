"""Whole lives: many acts that lead to where single ones seldom come, such as the fourth unlink or the eleventh link."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.proof.machine.machine import ANY, CONTACT, ENDS, NAME, NEXT, ROLE, SHOP, STEP, Machine
from tests.proof.machine.start import ACCOUNTS
from tests.proof.machine.world import INVITATION, LINKS_IN_WINDOW, PLACES, UNLINK_WAIT

SPOILS = st.sampled_from(
    [
        ("identity_verified", False),
        ("identity_verified", None),
        ("standing", "suspended"),
        ("standing", "banned"),
        ("holder_is_adult", False),
        ("region", None),
        ("region", "US"),
        ("kind", "organization"),
        ("kind", None),
        ("entity", "Birch"),
        ("nickname", "Other"),
    ]
)


class Lives(Machine):
    """The machine with single acts and whole lives."""

    @rule(shop=SHOP, number=ANY, times=st.integers(1, 4))
    def official_life(self, shop: int, number: int, times: int) -> None:
        """From the request to the unlink, up to one unlink too many."""
        for _ in range(times):
            self.clear(shop)
            link = self.world.official(shop) or self.stand(shop, "official", number)
            if link is None:
                return
            self.tick(max(0, link["linked_at"] + UNLINK_WAIT - 1 - self.world.now()), True)
            self.deeds.answer(link, "unlink", self.world.shops[shop]["name"])
            self.tick(1, True)
            self.deeds.answer(link, "unlink")
            self.deeds.answer(link, "unlink", self.world.shops[shop]["name"])

    @rule(shop=SHOP, number=ANY)
    def every_place(self, shop: int, number: int) -> None:
        """Marketing accounts until there is no place left, and one more."""
        self.deeds.set_probation(shop, None)
        for other in range(PLACES + 1):
            found = self.fitting(shop, "marketing")
            self.deeds.request(found[number % len(found)] if found else list(ACCOUNTS)[(number + other) % 5], shop, "marketing")
        for link in self.world.live(shop=shop, role="marketing"):
            if link["state"] != "linked":
                self.deeds.answer(link, "authorize")

    @rule(shop=SHOP, number=ANY, times=st.integers(10, 13), together=st.booleans())
    def again_and_again(self, shop: int, number: int, times: int, together: bool) -> None:
        """One account becomes a marketing account as often as it may, and once more; with two requests open at the last."""
        self.deeds.set_probation(shop, None)
        found = self.fitting(shop, "marketing")
        if not found:
            return
        username = found[number % len(found)]
        elsewhere = (shop + 3) % 4 if shop in {0, 3} else 3 - shop
        for _ in range(times):
            if together and len(self.world.recent_links(username, self.world.now())) == LINKS_IN_WINDOW - 1:
                self.deeds.request(username, elsewhere, "marketing", confirm=True)
            if not self.deeds.request(username, shop, "marketing"):
                break
            link = self.world.links[-1]
            for other in self.world.live(account=username, role="marketing"):
                if other["state"] != "linked":
                    self.deeds.answer(other, "authorize")
            if link["state"] == "linked":
                self.tick(UNLINK_WAIT, True)
                self.deeds.answer(link, "unlink")

    @rule(shop=SHOP, contact=CONTACT, step=STEP)
    def organization_life(self, shop: int, contact: str, step: int) -> None:
        """Created, with members; unlinked, and wanted by another seller."""
        self.clear(shop)
        if not self.world.official(shop):
            self.deeds.create_organization(shop, None, "first@example.com")
        official = self.world.official(shop)
        if official is None:
            return
        first = self.deeds.invite(shop, contact, "operator")
        self.deeds.invite(shop, "bo@example.com", "admin")
        self.tick(INVITATION + step, True)
        if first:
            self.deeds.member(len(self.world.members) - 1, "accept")
        for member in [number for number, row in enumerate(self.world.members) if row["account"] == official["account"]][:3]:
            self.deeds.member(member, "operator")
            self.deeds.member(member, "remove")
        self.deeds.answer(official, "unlink", self.world.shops[shop]["name"])
        for other in range(4):
            self.deeds.request(official["account"], other, "official")

    @rule(number=ANY, shop=SHOP, role=ROLE)
    def unknown_life(self, number: int, shop: int, role: str) -> None:
        """Linked on somebody's word: what nobody has stated stays unknown, and is told as confirmed."""
        username = ("never.asked", "whose.org", "new.here")[number % 3]
        self.clear(shop)
        for place in (shop, (shop + 2) % 4):
            if self.deeds.request(username, place, role, confirm=True):
                link = self.world.links[-1]
                while link["state"] in NEXT and self.deeds.answer(link, NEXT[link["state"]]):
                    pass

    @rule(shop=SHOP, role=ROLE, number=ANY, steps=st.integers(0, 2), fact=SPOILS)
    def spoilt_on_the_way(self, shop: int, role: str, number: int, steps: int, fact: tuple[str, Any]) -> None:
        """What was right at the request is so no more when it goes on; then it is right again."""
        self.clear(shop)
        found = self.fitting(shop, role)
        if not found or not self.deeds.request(found[number % len(found)], shop, role):
            return
        link = self.world.links[-1]
        for _ in range(steps if role == "official" else 0):
            self.deeds.answer(link, NEXT[link["state"]])
        before = {fact[0]: self.world.accounts[link["account"]][fact[0]]}
        self.deeds.state(link["account"], **dict([fact]))
        self.deeds.answer(link, NEXT[link["state"]])
        if fact[0] != "entity":
            self.deeds.state(link["account"], **before)
        self.deeds.answer(link, NEXT[link["state"]])

    @rule(shop=SHOP, role=ROLE, number=ANY, steps=st.integers(0, 2), what=st.sampled_from([*ENDS, None]))
    def asked_in_vain(self, shop: int, role: str, number: int, steps: int, what: str | None) -> None:
        """A request that ends as it may from where it got to, or stays open; what it cannot end by is refused."""
        self.clear(shop)
        found = self.fitting(shop, role)
        if found and self.deeds.request(found[number % len(found)], shop, role):
            link = self.world.links[-1]
            for _ in range(steps if role == "official" else 0):
                self.deeds.answer(link, NEXT[link["state"]])
            if what:
                self.deeds.answer(link, what)

    @rule(shop=SHOP, number=ANY, name=NAME, nickname=st.sampled_from(["Other", None, "Lumen"]))
    def renamed_while_linked(self, shop: int, number: int, name: str, nickname: str | None) -> None:
        """The shop takes its official account along, which takes no other name."""
        self.clear(shop)
        if official := self.world.official(shop) or self.stand(shop, "official", number):
            self.deeds.rename(shop, name)
            self.deeds.state(official["account"], nickname=nickname)
