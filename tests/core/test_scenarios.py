"""Scenarios run through the real use cases, always the same; export and import give an equal workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import data
from core import desk, exchange, scenarios
from core.errors import Missing, Refused
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
    assert [info.id for info in scenarios.catalog()] == [id for _, id in sorted(zip(orders, IDS, strict=True))]


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


LUMEN = {"new-shop", "linked", "organization", "in-review", "last-unlink", "marketing-full", "blocked"}
"""The scenarios of the tours' brand; every other one has its own."""


def test_each_scenario_has_a_title_and_a_brand_of_its_own() -> None:
    loaded = {id: scenarios.load(id) for id in IDS}
    assert len({one.title for one in loaded.values()}) == len(IDS)
    assert all(one.first and one.notes.strip() for one in loaded.values())
    brands = [
        {
            *(seller.legal_name for seller in one.sellers),
            *(seller.registration_number for seller in one.sellers),
            *(shop.code for shop in one.shops),
            *(shop.name for shop in one.shops),
            *(account.username for account in one.accounts),
            *(account.phone for account in one.accounts if account.phone),
        }
        for id, one in loaded.items()
        if id not in LUMEN
    ]
    brands.append(
        {
            fact
            for id in LUMEN
            for one in (loaded[id].sellers, loaded[id].shops, loaded[id].accounts)
            for entry in one
            for fact in (getattr(entry, "legal_name", ""), getattr(entry, "code", ""), getattr(entry, "username", ""))
            if fact
        }
    )
    for number, brand in enumerate(brands):
        for other in brands[number + 1 :]:
            assert not brand & other


def test_a_scenario_opens_its_first_shop_or_the_list_of_shops() -> None:
    assert scenarios.load("blocked").first_shop == "USLCFREE01"
    assert scenarios.load("agency").first_shop is None


def test_the_share_that_is_made_is_reported_in_order() -> None:
    shares: list[float] = []
    scenarios.in_memory("agency", actor="maya", clock=StoppedClock(), report=shares.append).close()
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-1] < 1
    assert len(shares) <= 100


def test_every_act_of_a_scenario_is_in_the_search_index() -> None:
    with play("linked") as workspace:
        indexed, events = (workspace.store.value(f"SELECT count(*) FROM {of}") for of in ("event_fts_docsize", "event"))
        assert indexed == events > 10


def test_a_practice_workspace_can_be_deleted_and_a_record_never(tmp_path: Path) -> None:
    practice = scenarios.create(tmp_path / "practice.db", "new-shop", actor="demo")
    practice.delete()
    assert list(tmp_path.iterdir()) == []
    with Workspace.create(tmp_path / "record.db", actor="maya") as record:
        with pytest.raises(Refused):
            record.delete()
        assert record.shops.count() == 0


def test_another_file_in_the_place_of_a_practice_workspace_is_not_deleted(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    with scenarios.create(path, "new-shop", actor="demo") as practice:
        path.rename(tmp_path / "moved.db")
        path.write_text("somebody else's")
        with pytest.raises(Missing):
            practice.delete()
        assert path.read_text() == "somebody else's"
