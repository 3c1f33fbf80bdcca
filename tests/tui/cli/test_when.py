"""When something happened, against which rule, with which note: --at, --anyway, --note."""

import time
from pathlib import Path
from typing import Any

import click
import pytest

from tests.support import StoppedClock
from tests.tui.cli.support import Run
from tui.cli import run
from tui.cli.group import cli as group

RECORDING: dict[tuple[str, ...], tuple[str, ...]] = {
    ("set-shop",): ("USLCDEMO01", "--unlinks-before", "1"),
    ("rename-shop",): ("USLCDEMO01", "Lumen Lights"),
    ("add-account",): ("new.one",),
    ("convert-account",): ("lumen.candles",),
    ("rename-account",): ("lumen.candles", "lumen.lights"),
    ("link",): ("lumen.candles", "--as", "official"),
    ("create-org",): ("--contact", "owner@lumen.example"),
    **{(act,): ("lumen.candles",) for act in ("authorize", "decline", "expire", "submit", "approve", "cancel", "unlink")},
    ("reject",): ("lumen.candles", "--reason", "No"),
    ("members", "invite"): ("USLCDEMO01", "sam@lumen.example", "--role", "operator"),
    ("members", "accept"): ("mem-1",),
    ("members", "role"): ("mem-1", "admin"),
    ("members", "remove"): ("mem-1",),
    ("members", "expire"): ("mem-1",),
    ("add-product",): ("USLCDEMO01", "--title", "Candle", "--price", "1"),
    ("set-product",): ("prd-1", "--status", "active"),
}
"""The commands that write down what happened, with arguments."""

WICK = ("--shop", "USLCMAPLE1")
CONFIRMED = ("--accept-agreement", "--confirm-unknown")
EVENT = {
    *("id", "entry", "at", "recorded_at", "shop", "link", "account", "member", "actor", "entered_by", "kind", "summary", "note"),
    *("against", "policy", "undone_by", "details"),
}


def request(record: Run, username: str = "maple.wick", role: str = "official", at: str = "2026-11-20 09:00") -> str:
    code, link = record("link", username, *WICK, "--as", role, *CONFIRMED, "--at", at)
    assert code == 0, link
    return str(link["id"])


@pytest.mark.parametrize("words", RECORDING, ids=" ".join)
def test_practice_has_its_clock_in_hand(practice: Run, words: tuple[str, ...]) -> None:
    for *option, remedy in (("--at", "2026-11-20", "desk advance"), ("--anyway", "Leave it out: practice follows every rule.")):
        code, answer = practice(*words, *RECORDING[words], *option)
        assert (code, answer["error"]["code"]) == (2, "invalid")
        assert remedy in answer["error"]["remedy"]
        assert answer["error"]["message"].startswith(option[0])


@pytest.mark.parametrize("words", RECORDING, ids=" ".join)
def test_the_help_names_the_options(words: tuple[str, ...]) -> None:
    context = group.make_context("shoplink", ["paths"], resilient_parsing=True)
    command = group.get_command(context, words[0])
    if isinstance(command, click.Group):
        command = command.get_command(context, words[1])
    assert command is not None
    assert {"--at", "--anyway", "--note"} <= {option for param in command.params for option in param.opts}


def test_what_was_understood_is_said_back(record: Run, capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    command = ["--db", str(tmp_path / "w.db"), "add-account", "maple.wick", "--region", "US", "--at", "yesterday 15:00", "--json"]
    assert run(command) == 0
    assert capsys.readouterr().err == "--at: yesterday, Sun Nov 22, 3:00 PM (2026-11-22 15:00 UTC)\n"


def test_a_time_that_does_not_exist_is_said_back(
    record: Run, stopped: StoppedClock, capsys: pytest.CaptureFixture[str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    command = ["--db", str(tmp_path / "w.db"), "add-account", "maple.wick", "--region", "US", "--at", "2026-03-08 02:30"]
    assert run(command) == 0
    assert "2:30 AM doesn't exist on Sun Mar 8, 2026: clocks go forward." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-24", "Enter it once it has happened."),
        ("tomorrow", "Enter it once it has happened."),
        ("2026-02-30", "Correct the day."),
        ("03/04/2026", "Write 2026-03-04 or 2026-04-03."),
        ("soon", "Write it as 2026-11-27 15:00"),
    ],
)
def test_a_moment_that_cannot_be_is_invalid(record: Run, at: str, told: str) -> None:
    code, answer = record("add-account", "maple.wick", "--at", at)
    assert (code, answer["error"]["code"]) == (2, "invalid")
    assert told in answer["error"]["remedy"]
    assert record("accounts")[1]["accounts"] == []


def test_a_step_before_the_last_one_is_invalid(record: Run) -> None:
    link = request(record, at="2026-11-20")
    code, answer = record("authorize", link, "--at", "2026-11-20 10:00")
    assert (code, answer["error"]["code"]) == (2, "invalid")
    assert "before the last step of this link, 2026-11-20 23:59:59.999 UTC" in answer["error"]["message"]
    assert "If both happened on the same day, enter both with their times." in answer["error"]["remedy"]
    assert record("authorize", link, "--at", "2026-11-20")[0] == 0


def test_an_error_names_moments_in_local_time(
    record: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    link = request(record, at="2026-11-20T23:30")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    assert run(["--db", str(tmp_path / "w.db"), "authorize", link, "--at", "2026-11-20 10:00"]) == 2
    assert "before the last step of this link, Fri Nov 20, 2026, 6:30 PM EST." in capsys.readouterr().err


def test_a_fact_older_than_the_newest_of_its_field_is_invalid(record: Run) -> None:
    assert record("add-account", "maple.wick", "--region", "US", "--at", "2026-11-20")[0] == 0
    code, answer = record("add-account", "maple.wick", "--region", "GB", "--at", "2026-11-19")
    assert (code, answer["error"]["code"]) == (2, "invalid")
    assert "before the newest region entered" in answer["error"]["message"]
    assert record("add-account", "maple.wick", "--nickname", "Maple", "--at", "2026-11-19")[0] == 0


def test_an_event_has_the_fields_of_the_contract(record: Run) -> None:
    link = request(record)
    code, done = record("authorize", link, "--at", "2026-11-21 09:00", "--note", "Ticket 8812")
    assert (code, done["authorized_at"], done["against"]) == (0, "2026-11-21T09:00:00Z", [])
    (event, *_) = record("history", "--link", link)[1]["events"]
    assert set(event) == EVENT
    assert (event["at"], event["recorded_at"]) == ("2026-11-21T09:00:00Z", "2026-11-23T14:05:00Z")
    assert (event["actor"], event["entered_by"], event["note"]) == ("Account holder", "maya", "Ticket 8812")
    assert (event["entry"], event["shop"], event["link"], event["undone_by"]) == (event["id"], "USLCMAPLE1", link, None)
    assert event["account"] == done["account"]["id"]
    assert event["policy"]
    text = " ".join(record("history", "--link", link, text=True)[1].split())
    assert "entered 2 days later by maya; note: Ticket 8812" in text


def test_the_practice_keeps_a_note_too(practice: Run) -> None:
    assert practice("add-account", "lumen.candles", "--nickname", "Lumen", "--note", "Asked Ines")[1]["against"] == []
    practice("add-account", "lumen.candles", "--nickname", "Lumen Co", "--note", "Asked Ines")
    assert practice("history", "--limit", "1")[1]["events"][0]["note"] == "Asked Ines"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("add-account", "o.rg", "--kind", "organization"), "@o.rg has these facts already"),
        (("rename-account", "o.rg", "o.rg"), "@o.rg has this username already"),
        (("members", "role", "a@lumen.example", "admin"), "a••••@lumen.example is an admin already"),
        (("rename-shop", "Maple Wick"), "USLCMAPLE1 has this name already"),
    ],
)
def test_what_changes_nothing_says_so_and_that_its_note_is_lost(
    record: Run, command: tuple[str, ...], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record("create-org", "--username", "o.rg", "--contact", "a@lumen.example")
    before = record("history")[1]["events"]
    capsys.readouterr()
    assert run(["--db", str(tmp_path / "w.db"), *command, "--note", "Hi"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"Nothing changed: {why}. The note was not kept.\n")
    assert told.err == ""
    assert record(*command)[0] == 0
    assert record("history")[1]["events"] == before


def test_what_happened_against_a_rule_is_recorded_anyway(record: Run) -> None:
    link = request(record)
    record("authorize", link, "--at", "2026-11-20 10:00")
    record("submit", link, "--at", "2026-11-20 11:00")
    record("approve", link, "--at", "2026-11-22 09:00")
    unlink = ("unlink", link, "--at", "2026-11-22 10:00")
    code, answer = record(*unlink, "--yes")
    assert (code, answer["error"]["code"]) == (1, "refused")
    assert "--anyway" in answer["error"]["remedy"]
    assert [verdict["rule"] for verdict in answer["error"]["verdicts"]] == ["official.unlink-wait"]
    code, answer = record(*unlink)
    assert code == 2
    assert "--anyway" in answer["error"]["remedy"]
    assert record(*unlink, "--anyway")[1]["error"]["remedy"] == "Give --yes."
    code, ended = record(*unlink, "--anyway", "--yes")
    assert (code, ended["state"], ended["against"]) == (0, "unlinked", ["official.unlink-wait"])
    (event, *_) = record("history", "--link", link)[1]["events"]
    assert event["against"] == ["official.unlink-wait"]
    assert record("links")[1]["links"][0]["against"] == ["official.unlink-wait"]
    assert "recorded despite the rule official.unlink-wait" in " ".join(record("links", text=True)[1].split())
    assert "recorded despite the rule “Wait before an unlink (official)”" in " ".join(record("history", text=True)[1].split())


def test_an_unknown_fact_stays_a_matter_of_confirming_it(record: Run) -> None:
    code, answer = record("link", "maple.wick", *WICK, "--as", "official", "--accept-agreement", "--anyway")
    assert (code, answer["error"]["code"]) == (1, "refused")
    assert {verdict["outcome"] for verdict in answer["error"]["verdicts"]} == {"unknown"}
    assert "--anyway" not in answer["error"]["remedy"]


def test_what_cannot_be_recorded_is_refused_anyway(record: Run) -> None:
    standing = ("record-link", "maple.wick", *WICK, "--as", "official", "--linked-at", "2026-05-10")
    assert record(*standing)[0] == 0
    other = ("record-link", "maple.two", *WICK, "--as", "official", "--linked-at", "2026-06-10", "--anyway")
    code, answer = record(*other)
    assert (code, answer["error"]["code"]) == (1, "refused")
    assert "@maple.two can't have been linked at the same time" in answer["error"]["message"]
    assert [account["username"] for account in record("accounts")[1]["accounts"]] == ["maple.wick"]


def test_an_answer_that_is_no_link_names_the_rules_too(record: Run) -> None:
    standing = ("record-link", "maple.wick", *WICK, "--as", "official", "--linked-at", "2026-05-10")
    assert record("add-account", "maple.wick", "--region", "US")[1]["against"] == []
    assert record(*standing)[0] == 0
    code, answer = record("set-shop", "--region", "GB")
    assert (code, answer["error"]["code"]) == (1, "refused")
    assert "--anyway" in answer["error"]["remedy"]
    code, shop = record("set-shop", "--region", "GB", "--anyway")
    assert (code, shop["region"], shop["against"]) == (0, "GB", ["official.region-match"])
    code, status = record("status")
    assert [verdict["rule"] for verdict in status["broken"]] == ["official.region-match"]
    assert "official.region-match" in record("status", text=True)[1]


def test_an_end_before_its_link_asks_for_both_times(record: Run) -> None:
    dates = ("--linked-at", "2026-11-21", "--unlinked-at", "2026-11-21 18:00")
    code, answer = record("record-link", "maple.wick", "--as", "official", *dates)
    assert code == 2
    assert "If both happened on the same day, enter both with their times." in answer["error"]["remedy"]


def test_each_account_that_a_shops_region_contradicts_is_named(record: Run) -> None:
    for username, role in (("maple.wick", "official"), ("maple.live", "marketing")):
        record("add-account", username, "--region", "US")
        record("record-link", username, "--as", role, "--linked-at", "2026-05-10")
    error = record("set-shop", "--region", "GB")[1]["error"]
    assert sorted(verdict["reason"].partition(":")[0] for verdict in error["verdicts"]) == ["@maple.live", "@maple.wick"]
    assert error["remedy"].startswith("Check what you enter about the shop, and the facts of this account.")
    record("set-shop", "--region", "GB", "--anyway")
    record("add-account", "maple.more", "--region", "US")
    record("record-link", "maple.more", "--as", "marketing", "--linked-at", "2026-11-23", "--anyway")
    assert "@maple.more: recorded despite the rule marketing.region-match" in record("status", text=True)[1]
