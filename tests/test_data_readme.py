"""The examples in data/README.md work as they stand on the page."""

import re
import textwrap
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import data
from core import exchange, policy, scenario_checks, scenario_file, scenarios
from core.act_words import NEEDS
from core.exchange.sheet_rows import ROWS
from core.models import LinkState, Role
from core.verdict import Outcome
from core.workspace import Workspace
from tests.support import StoppedClock
from tui import rehearsal
from tui.acts import named
from tui.storyboard.brand import Words, load

PAGE = (Path(__file__).parent.parent / "data" / "README.md").read_text(encoding="utf-8")


def examples(heading: str, language: str) -> list[str]:
    """Return the fenced blocks in this language under this heading, in their order."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section, heading
    return re.findall(rf"^```{language}\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the example scenario's file, in the current folder as on the page."""
    monkeypatch.chdir(tmp_path)
    text, shown = examples("Write a scenario", "toml")
    Path("orchard.toml").write_text(shown + text, encoding="utf-8")
    return "orchard.toml"


def test_the_scenario_plays(scenario: str) -> None:
    assert scenario_checks.check(Path(scenario)) == []
    with scenarios.in_memory(scenario, actor="maya", clock=StoppedClock()) as workspace:
        status = workspace.shops.status("USORTEA001")
        assert status.official is not None
        assert status.official.state == LinkState.IN_REVIEW
        check = workspace.links.check("orchard.uk", "USORTEA001", Role.MARKETING)
        assert check.outcome == Outcome.BLOCKED
        unknown = {verdict.rule for verdict in check.verdicts if verdict.outcome == Outcome.UNKNOWN}
        assert "account.verified" in unknown


def test_the_acts_of_the_desk_are_all_named(scenario: str) -> None:
    (listed,) = re.findall(r"^- `desk`: (`accept`.*?)^- ", PAGE, re.MULTILINE | re.DOTALL)
    found = [words for words in re.findall(r"`([^`]+)`", listed) if words != "suspend USERNAME"]
    assert [name for name in NEEDS if not any(words.startswith(name) for words in found)] == []
    for words in (*found, *scenarios.load(scenario).desk):
        named(words)


def test_the_table_of_tables_names_every_field() -> None:
    (table,) = re.findall(r"^\| table \|.*?\n\n", PAGE, re.MULTILINE | re.DOTALL)
    rows = {cells[1].strip(" `"): cells[2:4] for cells in (row.split("|") for row in table.strip().splitlines()[2:])}
    for name, (needs, can_have) in rows.items():
        (model,) = scenario_file.Scenario.model_fields[name].annotation.__args__[:1]  # type: ignore[union-attr]
        required = {field for field, about in model.model_fields.items() if about.is_required()}
        assert set(re.findall(r"`(\w+)`", needs)) == required
        if name != "acts":
            named = set(re.findall(r"`(\w+)`", re.sub(r" \(.*?\)", "", can_have)))
            assert named == set(model.model_fields) - required, name
    assert set(rows) == set(scenario_file.NAMED_BY)


def test_the_pages_own_words_are_all_named_and_the_brand_can_be_read(tmp_path: Path) -> None:
    (text,) = re.findall(r"^  ```toml\n(.*?)^  ```$", PAGE, re.MULTILINE | re.DOTALL)
    (listed,) = re.findall(r"Their names are (.*?);", PAGE, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", listed)) == set(Words.model_fields)
    (tmp_path / "brand.toml").write_text(textwrap.dedent(text), encoding="utf-8")
    assert load(tmp_path / "brand.toml").words.step == "Paso {number}"


def test_the_table_of_acts_names_every_act() -> None:
    (table,) = re.findall(r"^\| `do` \|.*?\n\n", PAGE, re.MULTILINE | re.DOTALL)
    named = {act for row in table.strip().splitlines()[2:] for act in re.findall(r"`(\w+)`", row.split("|")[1])}
    known = scenario_file.Act.model_fields["do"].annotation
    assert named == set(known.__args__)  # type: ignore[union-attr]  # a Literal


def test_the_tour_plays_on_the_scenario_and_its_claims_hold(scenario: str) -> None:
    (text,) = examples("Write a tour", "toml")
    tour = tomllib.loads(text)
    assert tour["scenario"] == scenario
    Path("orchard-tour.toml").write_text(text, encoding="utf-8")
    assert rehearsal.check(Path("orchard-tour.toml")) == []


def test_the_market_is_a_market_like_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = examples("Write a market", "toml")
    added = tomllib.loads(text)
    assert not added.keys() & data.load("markets.toml").keys()
    more = policy.parse(data.load("policy.toml"), {**data.load("markets.toml"), **added})
    monkeypatch.setattr(policy, "load", lambda: more)
    with scenarios.in_memory("new-shop", actor="maya", clock=StoppedClock()) as workspace:
        entity = workspace.shops.seller(workspace.shops.get("USLCDEMO01")).entity
        for code, market in added.items():
            shop = workspace.shops.add("Lumen Abroad", code, entity)
            assert workspace.products.add(shop.id, "Candle", "9000").currency == market["currency"]


def test_the_sheets_can_be_imported_one_after_the_other(tmp_path: Path) -> None:
    with Workspace.in_memory(actor="maya", clock=StoppedClock()) as workspace:
        for kind, text in zip(("shops", "accounts", "products"), examples("Write a sheet", "csv"), strict=True):
            sheet = tmp_path / f"{kind}.csv"
            sheet.write_text(text, encoding="utf-8")
            result = exchange.import_file(workspace, sheet)
            assert not result.problems
            assert result.created[kind] == len(text.splitlines()) - 1
        assert workspace.accounts.get("orchard.uk").identity_verified is None


@pytest.mark.parametrize("kind", ROWS)
def test_the_table_of_columns_names_every_column(kind: str) -> None:
    (row,) = re.findall(rf"^\| {kind} \|(.*)\|(.*)\|$", PAGE, re.MULTILINE)
    required, optional = (set(re.findall(r"`(\w+)`", cell)) for cell in row)
    assert required == {field.name for field in fields(ROWS[kind]) if field.default is MISSING}
    assert optional == {field.name for field in fields(ROWS[kind]) if field.default is not MISSING}
