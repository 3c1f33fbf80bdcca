"""Scenarios run through the real use cases, always the same; export and import give an equal workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import data
from core import desk, exchange, scenarios
from core.models import LinkState, Role
from core.verdict import Outcome
from core.workspace import Workspace
from tests.support import DAY, StoppedClock, everything, imported

IDS = data.names("scenarios")
STOPPING = {
    "official.one-per-shop",
    "official.one-shop",
    "official.region-match",
    "link.one-role-per-shop",
    "org.same-entity",
    "org.one-seller",
    "account.verified",
    "account.good-standing",
    "account.username-format",
    "marketing.limit",
    "marketing.region-match",
    "marketing.link-frequency",
}
"""The rules that can stop a link when it is checked."""


def play(scenario: str) -> Workspace:
    return scenarios.in_memory(scenario, actor="maya", clock=StoppedClock())


def test_each_scenario_has_its_own_place_in_the_list() -> None:
    orders = [data.load(f"scenarios/{id}.toml").get("order") for id in IDS]
    assert sorted(orders) == list(range(1, len(IDS) + 1))
    assert [info.id for info in scenarios.catalogue()] == [id for _, id in sorted(zip(orders, IDS, strict=True))]


@pytest.fixture
def blocked() -> Iterator[Workspace]:
    with play("blocked") as workspace:
        yield workspace


def test_the_scenarios_of_the_contract_exist() -> None:
    assert {"new-shop", "just-linked", "linked", "organization", "in-review", "rejected"} <= set(IDS)
    assert {"last-unlink", "unlinks-used-up", "marketing-full", "blocked"} <= set(IDS)


@pytest.mark.parametrize("scenario", IDS)
def test_a_scenario_is_the_same_every_time_and_survives_export_and_import(scenario: str, tmp_path: Path) -> None:
    fresh = Workspace.in_memory(actor="maya", clock=StoppedClock())
    with play(scenario) as one, play(scenario) as two, fresh as empty:
        assert everything(one) == everything(two)
        document = exchange.document(one)
        result = imported(empty, tmp_path, document)
        assert not result.problems
        assert exchange.document(empty) == document
        again = imported(empty, tmp_path, document)
        assert sum(again.created.values()) + sum(again.updated.values()) == 0


def test_starting_over_restores_the_start() -> None:
    clock = StoppedClock()
    with scenarios.in_memory("new-shop", actor="maya", clock=clock) as workspace:
        before = everything(workspace)
        desk.advance(workspace, DAY)
        workspace.shops.rename("USLCDEMO01", "Lumen Lights")
        desk.restart(workspace)
        assert everything(workspace) == before
        assert not workspace.shifted_by


def test_blocked_shows_every_rule_that_can_stop_a_link(blocked: Workspace) -> None:
    shown = scenarios.load("blocked").shows_rule
    assert {entry["rule"] for entry in shown} == STOPPING
    for entry in shown:
        check = blocked.links.check(entry["account"], entry["shop"], Role(entry["role"]))
        assert check.outcome == Outcome(entry["outcome"]), entry
        assert entry["rule"] in {verdict.rule for verdict in check.verdicts if verdict.outcome == check.outcome}


def test_an_account_in_blocked_passes_every_rule(blocked: Workspace) -> None:
    assert blocked.links.check("free.spirit", "USLCFREE01", Role.OFFICIAL).outcome == Outcome.PASS


def test_the_agency_has_shops_in_every_state_and_lists_each_once_by_due_date() -> None:
    with play("agency") as workspace:
        assert {link.state for link in workspace.links.find(limit=2000)} == set(LinkState)
        seen: list[str] = []
        after = None
        while True:
            page = workspace.shops.page(limit=17, after=after, due_first=True)
            seen += [summary.shop.code for summary in page.shops]
            if page.next is None:
                break
            after = page.next
        assert len(seen) == len(set(seen)) == 140
        due = [summary.shop.code for summary in workspace.shops.page(limit=140, due_first=True).shops if summary.due]
        assert seen[: len(due)] == due
