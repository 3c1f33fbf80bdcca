"""The Desk's acts: who did what in history, what practice refuses, and what the notes ask for."""

import re
from collections.abc import Iterator

import pytest
from textual.actions import parse
from textual.binding import Binding

import data
from core import act_words, scenario_file, scenarios
from core.errors import InvalidInput, Refused
from core.models import LinkState, Role, Standing
from tests.support import StoppedClock, everything
from tui.acts import Acts, named
from tui.desk.panel import DeskPanel
from tui.routes import SHOP_PLACES

IDS = data.names("scenarios")
WORDS = {
    r"\bapprove": ("approve", "allow"),
    r"\breject it\b": ("reject",),
    r"\bsuspend the\b": ("suspend",),
    r"\bsuspension\b": ("reinstate", "allow"),
    r"\bverify\b": ("verify",),
    r"\bchange (the|its) region": ("region",),
    r"\bmove the clock|\bmove to": ("advance", "advance to due"),
    r"\baccept as\b|holder accepts": ("accept",),
    r"\bdeclines\b": ("decline",),
    r"\binvited member accept": ("member accepts",),
    r"\badd a product\b": ("add product",),
    r"\btiktok (can still )?ends? (the|a) ": ("end link",),
    r"\bclears the account": ("allow",),
}
"""What a note may ask of the Desk, and the acts that do it."""


def acts_on(scenario: str) -> Acts:
    workspace = scenarios.in_memory(scenario, actor="demo", clock=StoppedClock())
    code = scenarios.load(scenario).first_shop
    return Acts(workspace, workspace.shops.get(code).id if code else None)


@pytest.fixture
def acts() -> Iterator[Acts]:
    made = acts_on("in-review")
    with made.workspace:
        yield made


@pytest.mark.parametrize(("scenario", "words"), [(id, words) for id in IDS for words in scenarios.load(id).desk])
def test_every_act_that_a_scenario_speaks_of_is_possible(scenario: str, words: str) -> None:
    acts = acts_on(scenario)
    with acts.workspace:
        if scenario == "rejected":  # the notes have the seller request it again first
            shop = acts.workspace.shops.get(str(acts.shop_id))
            link = acts.workspace.links.request("brindle.and.oat", shop.code, Role.OFFICIAL, agreement=True)
            if words == "approve":
                acts.workspace.links.authorize(link.id)
                acts.workspace.links.submit(link.id)
        before = everything(acts.workspace)
        assert named(words)(acts)
        assert everything(acts.workspace) != before


@pytest.mark.parametrize("scenario", IDS)
def test_no_note_asks_for_what_the_desk_cannot_do(scenario: str) -> None:
    info = scenarios.load(scenario)
    notes = " ".join(f"{info.shows} {info.first} {info.notes}".lower().split()) if info.desk else info.notes.lower()
    names = {next(name for name in act_words.NEEDS if words.startswith(name)) for words in info.desk}
    for pattern, possible in WORDS.items():
        if re.search(pattern, notes):
            assert names & set(possible), (pattern, info.desk)
    assert {name for names in WORDS.values() for name in names} <= set(act_words.NEEDS)


def test_a_scenario_can_open_on_every_place_of_a_shop() -> None:
    assert set(scenario_file.PLACES) == {"shops", "settings", *SHOP_PLACES}


@pytest.mark.parametrize(
    ("words", "kind", "actor"),
    [
        ("approve", "link.approved", "TikTok"),
        ("approve", "link.linked", "TikTok"),
        ("reject The picture is blurred.", "link.rejected", "TikTok"),
        ("withdraw", "link.cancelled", "TikTok"),
        ("suspend", "account.stated", "TikTok"),
        ("verify wax.and.wick", "", ""),
        ("region wax.and.wick GB", "account.stated", "TikTok"),
        ("username lumen.light", "account.username_changed", "Account holder"),
        ("add account candle.corner", "account.stated", "TikTok"),
        ("add product", "product.added", "demo"),
    ],
)
def test_history_says_who_did_it_and_who_entered_it(acts: Acts, words: str, kind: str, actor: str) -> None:
    before = {event.id for event in acts.workspace.history.page(limit=100).events}
    named(words)(acts)
    new = [event for event in acts.workspace.history.page(limit=100).events if event.id not in before]
    if not kind:
        assert not new  # it is verified already
        return
    assert actor in {event.actor for event in new if event.kind == kind}
    assert {event.entered_by for event in new} == {"demo"}


def test_tiktok_allows_what_it_can_clear_and_practice_refuses_the_rest(acts: Acts) -> None:
    acts.suspend()
    acts.workspace.accounts.state("lumen.candles", identity_verified=False)
    with pytest.raises(Refused):
        acts.approve()
    acts.allow()
    [link] = acts.workspace.links.find(state=LinkState.LINKED)
    account = acts.workspace.links.account(link)
    assert (account.standing, account.identity_verified) == (Standing.GOOD, True)
    assert link.against == ()


def test_an_approval_that_another_rule_stops_clears_nothing(acts: Acts) -> None:
    acts.suspend()
    acts.workspace.accounts.state("lumen.candles", holder_is_adult=False)
    before = everything(acts.workspace)
    with pytest.raises(Refused, match="not possible now"):
        acts.allow()
    assert everything(acts.workspace) == before


def test_the_region_of_an_account_that_is_requested_stays(acts: Acts) -> None:
    before = everything(acts.workspace)
    with pytest.raises(Refused, match="requested by"):
        acts.region("GB")
    assert everything(acts.workspace) == before


def test_a_link_that_tiktok_ends_uses_up_no_unlink() -> None:
    acts = acts_on("last-unlink")
    with acts.workspace:
        before = acts.workspace.shops.status(str(acts.shop_id)).unlinks_left
        acts.end_link()
        assert acts.workspace.shops.status(str(acts.shop_id)).unlinks_left == before


@pytest.mark.parametrize("words", ["", "approved", "reject", "region", "advance", "dance 24h", "end links", "add account"])
def test_words_that_are_no_act_are_reported_with_those_that_are(words: str) -> None:
    with pytest.raises(InvalidInput, match=r"has no act|has nothing after"):
        named(words)


def test_a_mistyped_act_is_answered_with_the_one_that_was_meant() -> None:
    for words, meant in (("aprove", "approve"), ("Approve", "approve"), ("ad product", "add product"), ("suspnd @x", "suspend")):
        with pytest.raises(InvalidInput) as raised:
            named(words)
        assert raised.value.remedy == f"Did you mean {meant}?"


@pytest.mark.parametrize("words", ["approve now", "advance soon", "region x germany"])
def test_what_is_written_after_an_act_is_checked_too(words: str) -> None:
    with pytest.raises(InvalidInput):
        named(words)


def test_everything_that_needs_words_has_its_texts() -> None:
    asked = data.load("texts/desk.toml")["asked"]
    assert set(asked) <= set(act_words.NEEDS)
    assert {name for name, needs in act_words.NEEDS.items() if needs} - set(asked) <= {"end link"}
    actions = [binding.action for binding in DeskPanel.BINDINGS if isinstance(binding, Binding)]
    words = {words for action in actions if action.startswith("ask(") for words in parse(action)[2]}
    assert words - {"reason", "restart"} <= set(asked)
