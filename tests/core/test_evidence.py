"""What evidence collects: about a link or a shop, from the oldest on, with every contact masked."""

from datetime import timedelta

import pytest

from core import scenarios
from core.errors import NotFound
from core.evidence import Mask, collect
from core.models import EventKind, MemberRole, Role
from core.verdict import Outcome
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop, linked

CONTACTS = ("+1 202 555 0142", "owner@lumen.example", "+1 202 555 0199", "ops@lumen.example")


def asked(workspace: Workspace, link: str) -> dict[str, Outcome]:
    found = collect(workspace, workspace.links.get(link).shop, link)
    return {question.asked: question.outcome for question in found.questions}


def test_of_a_linked_account_it_says_from_when_it_can_be_unlinked_and_what_it_keeps(workspace: Workspace) -> None:
    add_account(workspace)
    link = linked(workspace, add_shop(workspace), "lumen.candles")
    found = collect(workspace, link.shop, link.id)
    assert asked(workspace, link.id) == {
        "Can @lumen.candles be unlinked now?": Outcome.WAIT,
        "Does @lumen.candles keep the rules?": Outcome.PASS,
    }
    wait = next(judged for judged in found.questions[0].verdicts if judged.verdict.outcome == Outcome.WAIT)
    assert (wait.verdict.rule, wait.verdict.until) == ("official.unlink-wait", NOW + DAY)
    assert (wait.source.name, wait.source.read.year) == ("Official Account Rights and Rules Upgrade (US Seller University)", 2026)
    assert found.rules["official.unlink-wait"].parameters["wait_hours"] == 24


@pytest.mark.parametrize(
    ("scenario", "account", "question"),
    [
        ("in-review", "lumen.candles", "Can @lumen.candles be approved now?"),
        ("rejected", "brindle.and.oat", "Can @brindle.and.oat be linked again now?"),
    ],
)
def test_of_a_request_it_asks_about_what_comes_next(scenario: str, account: str, question: str) -> None:
    with scenarios.in_memory(scenario, actor="maya") as workspace:
        link = workspace.links.find(account=account)[0]
        assert list(asked(workspace, link.id)) == [question]


def test_of_a_shop_it_has_every_link_and_asks_about_those_that_are_live() -> None:
    with scenarios.in_memory("unlinks-used-up", actor="maya") as workspace:
        shop = workspace.shops.page().shops[0].shop
        found = collect(workspace, shop.code)
        assert found.link is None
        assert len(found.links) == len(workspace.links.find(shop=shop.id)) > sum(link.is_live for link in found.links)
        assert len(found.questions) == 1 + sum(1 + (link.state == "linked") for link in found.links if link.is_live)
        assert len(found.events) == len(workspace.history.page(shop=shop.id, limit=10_000).events)


def test_history_is_what_bears_on_the_link_the_oldest_first(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    add_account(workspace, "wax.and.wick")
    workspace.shops.set_probation(shop.id, None)
    link = linked(workspace, shop, "lumen.candles")
    other = linked(workspace, shop, "wax.and.wick", Role.MARKETING)
    clock.move(DAY)
    workspace.shops.rename(shop.id, "Lumen Home")
    found = collect(workspace, shop.id, link.id)
    assert [event.at for event in found.events] == sorted(event.at for event in found.events)
    assert {event.link for event in found.events} == {None, link.id}
    assert other.account not in {event.account for event in found.events}
    kinds = [event.kind for event in found.events]
    assert {EventKind.SHOP_ADDED, EventKind.ACCOUNT_STATED} <= set(kinds)
    assert kinds.index(EventKind.LINK_REQUESTED) < kinds.index(EventKind.LINK_LINKED) < kinds.index(EventKind.SHOP_RENAMED)


def test_what_a_record_was_told_against_a_rule_is_cited(workspace: Workspace, clock: StoppedClock) -> None:
    add_account(workspace)
    link = linked(workspace, add_shop(workspace), "lumen.candles")
    with workspace.recording(anyway=True, note="Ticket 12345678, call +44 20 7946 0958 or amy@seller.example"):
        workspace.links.unlink(link.id)
    clock.move(timedelta(hours=1))
    found = collect(workspace, link.shop, link.id)
    assert found.links[0].against == ("official.unlink-wait",)
    assert "official.unlink-wait" in found.rules
    ended = found.events[-1]
    assert ended.note == "Ticket 12345678, call +44 ••• ••• 0958 or a••••@seller.example"


def test_no_contact_of_an_account_or_a_member_is_whole(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace, "lumen.candles", phone=CONTACTS[0], email=CONTACTS[1], kind="organization")
    workspace.links.record_linked("lumen.candles", shop.id, Role.OFFICIAL, NOW - DAY)
    with workspace.recording(note=f"Asked {CONTACTS[3]} and 2025550142, or {CONTACTS[0]}"):
        workspace.organizations.invite(shop.id, CONTACTS[3], MemberRole.OPERATOR)
    found = collect(workspace, shop.id)
    text = repr(found)
    assert not [contact for contact in CONTACTS if contact in text]
    assert "o••••@lumen.example" in text
    assert found.mask(f"by {CONTACTS[1].upper()}") == "by O••••@LUMEN.EXAMPLE"
    assert found.mask("1 (202) 555-0142") == "••• ••• 0142"


@pytest.mark.parametrize("text", ["2026-11-27 15:00 to 2026-11-28", "Ticket 4711-0815-4711", "@lumen.candles", "1 of 3"])
def test_a_mask_leaves_dates_tickets_and_usernames(text: str) -> None:
    assert Mask([])(text) == text


def test_an_unknown_subject_is_not_found(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with pytest.raises(NotFound):
        collect(workspace, "nothing")
    with pytest.raises(NotFound):
        collect(workspace, shop.id, "lnk-nothing")
