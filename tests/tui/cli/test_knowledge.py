"""The commands about the policy: without a workspace, for another day, for another market."""

from pathlib import Path

import pytest

import data
from core import policy
from core.workspace import Workspace
from tests.support import NOW, RunningClock
from tests.tui.cli.support import Run

WAIT = "official.unlink-wait"
SOURCE = {"name", "date", "read"}


def test_the_catalog_needs_no_workspace(cli: Run, tmp_path: Path) -> None:
    code, document = cli("rules")
    assert (code, set(document)) == (0, {"rules"})
    assert [rule["id"] for rule in document["rules"]] == list(policy.load().rules)
    keys = {"id", "title", "statement", "certainty", "source", "parameters", "versions", "verdict", "remedy", "also", "note"}
    for rule in document["rules"]:
        assert set(rule) == keys
        assert set(rule["source"]) == SOURCE
        assert rule["verdict"] is None
        for version in rule["versions"]:
            assert set(version) == {"from", "until", "markets", "parameters", "certainty", "source"}
    assert cli("compare")[0] == 0
    assert cli("where", "unlink")[0] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "hours"),
    [
        ((), 24),
        (("--region", "ID"), 48),
        (("--region", "id", "--on", "2025-10-03"), 48),
        (("--region", "ID", "--on", "2025-10-02"), 24),
        (("--region", "VN"), 24),
    ],
)
def test_a_limit_is_that_of_the_day_and_the_market(cli: Run, arguments: tuple[str, ...], hours: int) -> None:
    ((rule,),) = (cli("rules", WAIT, *arguments)[1]["rules"],)
    assert rule["parameters"] == {"wait_hours": hours}
    assert f"{hours} hours" in rule["statement"]
    assert f"{hours} hours" in cli("rules", WAIT, *arguments, text=True)[1]


@pytest.mark.parametrize(("market", "certainty", "source"), [("ID", "published", "id-accounts"), ("US", "seed", "seed")])
def test_a_rules_source_is_that_of_its_markets_own_version(cli: Run, market: str, certainty: str, source: str) -> None:
    (rule,) = cli("rules", WAIT, "--region", market)[1]["rules"]
    assert (rule["certainty"], rule["source"]["name"]) == (certainty, data.load("policy.toml")["sources"][source]["name"])


def test_what_another_source_says_is_reported_in_its_market(cli: Run) -> None:
    (there,) = cli("rules", WAIT, "--region", "VN")[1]["rules"]
    assert [(said["certainty"], said["markets"]) for said in there["also"]] == [("reported", ["VN"])]
    assert "90 days" in cli("rules", WAIT, "--region", "VN", text=True)[1]
    assert cli("rules", WAIT, "--region", "US")[1]["rules"][0]["also"] == []


def test_a_yes_or_no_is_reported_with_and_without_a_market(cli: Run) -> None:
    everywhere = " ".join(cli("rules", "link.who", text=True)[1].split())
    assert "Owner only: no (published" in everywhere
    assert "Owner only: yes in TH (published" in everywhere
    assert "Owner only: no (published" in cli("rules", "link.who", "--region", "US", text=True)[1]
    assert "Owner only: yes in TH" in cli("rules", "link.who", "--region", "TH", text=True)[1]


def test_every_markets_limit_is_reported_where_none_is_named(cli: Run) -> None:
    assert "Hours to wait: 48 in ID from 2025-10-03" in cli("rules", WAIT, text=True)[1]
    assert "in ID" not in cli("rules", WAIT, "--on", "2025-10-02", text=True)[1]
    assert "in ID" not in cli("rules", WAIT, "--region", "US", text=True)[1]


def test_what_an_account_brings_is_compared_too(cli: Run) -> None:
    code, document = cli("compare")
    assert (code, set(document)) == (0, {"aspects", "benefits"})
    assert {frozenset(benefit) for benefit in document["benefits"]} == {frozenset({"account", "benefit", "text"})}
    assert [benefit["account"] for benefit in document["benefits"]] == ["official"] * 5 + ["organization"] * 4
    aspects = {aspect["aspect"]: list(aspect.values())[1:] for aspect in document["aspects"]}
    assert aspects["Owned media account"] == ["yes", "yes", "no"]
    assert not any("Store Page" in value for values in aspects.values() for value in values)
    text = " ".join(cli("compare", text=True)[1].split())
    assert all(f"{benefit['benefit']}: {benefit['text']}" in text for benefit in document["benefits"])
    assert "calls the Shop Page “Store Page”" in text


def test_a_shops_rules_are_those_of_its_market_with_how_it_stands(practice: Run) -> None:
    code, document = practice("rules", "--shop", "USLCDEMO01")
    standing = {rule["id"]: rule["verdict"] for rule in document["rules"] if rule["verdict"]}
    assert code == 0
    assert standing["official.one-per-shop"]["outcome"] == "pass"
    assert {verdict["policy"] for verdict in standing.values()} == {"2024-12-01"}
    assert practice("rules", "--shop", "NOPE")[0] == 4


def test_a_shop_is_judged_neither_by_another_market_nor_by_another_day(practice: Run) -> None:
    code, answer = practice("rules", WAIT, "--shop", "USLCDEMO01", "--region", "ID")
    assert (code, answer["error"]["message"]) == (2, "--region is not the market of USLCDEMO01, US.")
    assert practice("rules", WAIT, "--shop", "USLCDEMO01", "--region", "us")[1]["rules"][0]["verdict"]
    assert practice("rules", WAIT, "--shop", "USLCDEMO01", "--on", "2025-10-02")[1]["rules"][0]["verdict"] is None


def test_changes_are_listed_with_their_day_and_market(cli: Run) -> None:
    changes = cli("rules", "--changes")[1]["changes"]
    found = [(change["from"], change["rule"], change["markets"], change["parameters"]) for change in changes]
    assert (("2025-10-03", WAIT, ["ID"], {"wait_hours": 48})) in found
    assert cli("rules", "--changes", "--region", "US")[1]["changes"] == []
    assert "2025-10-03" in cli("rules", WAIT, "--changes", text=True)[1]
    assert "No rule has changed" in cli("rules", "--changes", "--region", "US", text=True)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("rules", "--on", "soon"), 2, "Write it as 2026-12-31"),
        (("rules", "--on", "2020-01-01"), 2, "Name a day from then on"),
        (("rules", "--region", "XX"), 2, "Use one of: BR, DE"),
        (("rules", "official.unlnk-wait"), 4, "Did you mean official.unlink-wait?"),
        (("rules", "zzz"), 4, "See them with: shoplink"),
        (("where", "unlnk"), 4, "Did you mean unlink?"),
        (("where", "nowhere.at.all"), 4, "The pages: welcome"),
    ],
)
def test_a_mistake_says_what_was_meant(cli: Run, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = cli(*arguments)
    assert answer[0] == code
    assert told in answer[1]["error"]["remedy"]


def test_uk_is_taken_for_gb(cli: Run) -> None:
    assert cli("rules", "account.verified", "--region", "UK")[1]["rules"][0]["parameters"] == {"required": False}


def test_the_way_to_a_place_is_reported_for_web_and_app(cli: Run) -> None:
    code, way = cli("where", "linked_accounts.official")
    assert (code, way["place"]) == (0, "linked_accounts.official")
    assert way["web"] == ["Seller Center", "My account", "Linked TikTok Accounts", "Official Account"]
    assert way["app"] == ["Seller app", "Settings", "Linked TikTok Accounts", "Official Account"]
    assert "Seller Center › My account" in cli("where", "linked_accounts.official", text=True)[1]
    assert cli("where", "shop_page")[1]["app"] == ["TikTok app", "The official account's profile", "Shop Page"]
    assert cli("where", "shop_page", text=True)[1].startswith("In the app  TikTok app › ")
    assert cli("where", "create_organization")[1]["steps"][:2] == ["Select account type", "Input creation information"]
    assert "\n1 Select account type\n2 Input" in cli("where", "create_organization", text=True)[1]
    assert all(len(line) <= 80 for line in cli("where", "link_existing", text=True)[1].splitlines())
    assert cli("where", "unlink")[1]["steps"] == []
    assert cli("where", "history", text=True)[1] == "Only in shoplink: TikTok has no such page.\n"


def test_when_an_account_can_be_linked_is_the_end_of_the_last_wait(cli: Run) -> None:
    cli("init", "--practice", "blocked")
    asked = ("check", "often.linked", "--shop", "USLCFREE01", "--as", "marketing")
    code, check = cli(*asked)
    assert (code, check["outcome"]) == (1, "wait")
    waits = [verdict["until"] for verdict in check["verdicts"] if verdict["outcome"] == "wait"]
    assert check["until"] == max(waits)
    assert "It can be linked from" in cli(*asked, text=True)[1]
    day = check["until"][:10]
    assert cli(*asked, "--on", day)[1]["outcome"] == "wait"  # its first moment is before the end of the wait
    code, later = cli(*asked, "--on", f"{int(day[:4]) + 1}{day[4:]}")
    assert (code, later["outcome"], later["until"]) == (0, "pass", None)


def test_a_check_on_today_is_one_as_of_now_though_the_clock_goes_on(record: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Workspace.open.__kwdefaults__, "clock", RunningClock())
    asked = ("check", "maple.wick", "--as", "official")
    assert "outcome" in record(*asked)[1]
    assert record(*asked, "--on", "today") == record(*asked, "--on", f"{NOW:%Y-%m-%d}") == record(*asked)


def test_a_check_looks_ahead_only(practice: Run) -> None:
    asked = ("check", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--on")
    for text, told in (("2020-01-01", "Enter a future date"), ("soon", "Write it as 2026-12-31")):
        code, answer = practice(*asked, text)
        assert code == 2
        assert told in answer["error"]["remedy"]
