"""The command line as scripts use it: documents, exit codes, and refusals that change nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core import scenarios
from tests.tui.cli.support import Run
from tui import actor
from tui.cli import run

LINK_KEYS = {
    *("id", "shop", "role", "state", "account", "requested_at", "authorize_by", "authorized_at", "submitted_at"),
    *("decided_at", "linked_at", "unlinked_at", "ended_by", "reason", "against"),
}


SHOP = ("--shop", "USLCDEMO01")
OFFICIAL = (*SHOP, "--as", "official")


def link_official(cli: Run) -> str:
    code, link = cli("link", "@Lumen.Candles", *OFFICIAL, "--accept-agreement")
    assert code == 0
    return str(link["id"])


def link_again_at_once(cli: Run, link: str) -> None:
    """Unlink an organization account, and link it again: linked at once, without authorization and review."""
    cli("desk", "advance", "24h")
    username = cli("unlink", link, "--yes")[1]["account"]["username"]
    code, error = cli("link", username, *OFFICIAL)
    assert (code, [verdict["rule"] for verdict in error["error"]["verdicts"]]) == (1, ["link.agreement"])
    code, text = cli("link", username, *OFFICIAL, "--accept-agreement", text=True)
    assert (code, text.splitlines()[0]) == (0, f"@{username} is linked.")
    (newest, *_) = cli("links", "--shop", "USLCDEMO01")[1]["links"]
    assert (newest["state"], newest["linked_at"], newest["authorize_by"]) == ("linked", newest["requested_at"], None)


def test_the_main_flow_in_practice(practice: Run) -> None:
    code, check = practice("check", "lumen.candles", *OFFICIAL)
    assert (code, check["outcome"]) == (0, "pass")
    assert set(check) == {"shop", "username", "role", "outcome", "until", "verdicts", "looks_like"}
    keys = {"rule", "outcome", "certainty", "source", "reason", "remedy", "until", "policy"}
    assert {frozenset(verdict) for verdict in check["verdicts"]} == {frozenset(keys)}
    link = link_official(practice)
    for act, state in (("authorize", "authorized"), ("submit", "in_review"), ("approve", "linked")):
        code, document = practice(act, link)
        assert (code, document["state"]) == (0, state)
        assert set(document) == LINK_KEYS
    code, status = practice("status", "uslcdemo01")
    assert status["official"]["link"]["id"] == link
    assert status["official"]["name_matches"] is True
    shown = practice("status", "USLCDEMO01", text=True)[1]
    assert [label for label in ("Nickname  ", "Phone  ", "Email  ", "Linked  ") if label not in shown] == []
    assert "@lumen.example" in shown
    assert "owner@" not in shown  # masked
    assert status["official"]["shop_page"] == {"synced": True, "products": 8}
    assert (status["unlinks_used"], status["unlinks_left"]) == (0, 3)
    code, error = practice("unlink", link, "--yes")
    assert (code, error["error"]["verdicts"][0]["rule"]) == (1, "official.unlink-wait")
    code, error = practice("unlink", link)
    assert (code, error["error"]["code"]) == (2, "invalid")
    assert "--yes" not in error["error"]["remedy"]  # it would not help
    assert ". Not possible now: Unlinking is possible in" in error["error"]["message"]
    code, moved = practice("desk", "advance", "86400s")
    assert (code, moved["shifted_by"]) == (0, 86400)
    code, error = practice("unlink", link)
    assert (code, error["error"]["code"], error["error"]["remedy"]) == (2, "invalid", "Give --yes.")
    assert practice("unlink", link, "--yes")[1]["state"] == "unlinked"
    code, made = practice("create-org", *SHOP, "--contact", "owner@lumen.example")
    assert (code, made["state"], made["account"]["kind"]) == (0, "linked", "organization")
    link_again_at_once(practice, made["id"])
    code, member = practice("members", "invite", "USLCDEMO01", "studio@lumen.example", "--role", "operator")
    assert (code, member["state"], member["contact"]) == (0, "invited", "s••••@lumen.example")
    assert practice("members", "accept", member["id"])[1]["state"] == "active"
    code, found = practice("members", "list", "USLCDEMO01")
    code, error = practice("members", "remove", found["members"][0]["id"])
    assert (code, error["error"]["verdicts"][0]["rule"]) == (1, "org.members")


def test_a_record_workspace_answers_unknown_for_unknown_facts(cli: Run) -> None:
    assert cli("init", "--record")[1]["kind"] == "record"
    names = ("--name", "Lumen", "--region", "US", "--legal-name", "Lumen LLC", "--entity-kind", "company")
    code, shop = cli("add-shop", *names, "--registration", "84-1", "--country", "US")
    assert code == 0
    role = ("--shop", shop["code"], "--as", "official")
    code, check = cli("check", "never.seen", *role)
    assert (code, check["outcome"]) == (1, "unknown")
    code, plan = cli("plan", "never.seen", *role)
    assert (code, [step["act"] for step in plan["steps"]][:2]) == (0, ["confirm", "link"])
    assert cli("plan", "@Never.Seen", *role, text=True)[1].startswith("@never.seen as the official account of Lumen: 5 steps.")
    assert cli("accounts")[1] == {"accounts": [], "next": None}
    code, error = cli("link", "never.seen", *role, "--accept-agreement")
    assert code == 1
    assert {verdict["outcome"] for verdict in error["error"]["verdicts"]} == {"unknown"}
    code, link = cli("link", "never.seen", *role, "--accept-agreement", "--confirm-unknown")
    assert code == 0
    assert "region" in cli("accounts")[1]["accounts"][0]["unknown"]
    for act in ("authorize", "submit", "approve"):
        assert cli(act, link["id"])[0] == 0
    other = cli("add-shop", *names[2:], "--name", "Lumen Home", "--registration", "84-1", "--country", "US")[1]["code"]
    code, made = cli("create-org", "--shop", other, "--username", "lumen.home", text=True)
    assert (code, made.split(". ")[0]) == (0, "Recorded as created and linked: @lumen.home")
    assert cli("members", "list", other) == (0, {"members": [], "next": None})
    code, history = cli("history", "--shop", shop["code"])
    assert [event["kind"] for event in history["events"]][-1] == "shop.added"
    assert {event["shop"] for event in history["events"]} == {shop["code"]}
    code, error = cli("desk", "advance", "24h")
    assert (code, error["error"]["code"]) == (1, "refused")


@pytest.mark.parametrize("entry", scenarios.load("blocked").shows_rule, ids=lambda entry: f"{entry['rule']}-{entry['account']}")
def test_blocked_shows_each_rule(cli: Run, entry: dict[str, str]) -> None:
    assert cli("init", "--practice", "blocked")[0] == 0
    code, check = cli("check", entry["account"], "--shop", entry["shop"], "--as", entry["role"])
    assert (code, check["outcome"]) == (1, entry["outcome"])
    assert entry["rule"] in {verdict["rule"] for verdict in check["verdicts"] if verdict["outcome"] == entry["outcome"]}


REFUSED = [
    (("status", "NOPE"), 4, "not_found"),
    (("check", "no.such.account", *OFFICIAL), 4, "not_found"),
    (("link", "lumen.candles", *OFFICIAL), 1, "refused"),
    (("link", "has space", *OFFICIAL, "--accept-agreement"), 2, "invalid"),
    (("link", "x" * 25, *OFFICIAL, "--accept-agreement"), 4, "not_found"),
    (("link", "ends.", *OFFICIAL, "--accept-agreement"), 2, "invalid"),
    (("link", "a\x1b[31mb", *OFFICIAL, "--accept-agreement"), 2, "invalid"),
    (("link", "a\u202eb", *OFFICIAL, "--accept-agreement"), 2, "invalid"),
    (("link", "[b]x[/b]", *OFFICIAL, "--accept-agreement"), 2, "invalid"),
    (("link", "ember.nights", *OFFICIAL, "--accept-agreement"), 1, "refused"),
    (("rename-shop", "USLCDEMO01", "a\x07b"), 2, "invalid"),
    (("rename-shop", "USLCDEMO01", "L" * 201), 2, "invalid"),
    (("rename-shop", "USLCDEMO01", " "), 2, "invalid"),
    (("add-account", "lumen.candles", "--kind", "organization"), 1, "refused"),
    (("add-account", "new.one", "--region", "XX"), 2, "invalid"),
    (("add-account", "new.one", "--phone", "call me"), 2, "invalid"),
    (("create-org", *SHOP), 2, "invalid"),
    (("create-org", *SHOP, "--contact", "nobody"), 2, "invalid"),
    (("create-org", *SHOP, "--contact", "a@b.example", "--username", "Lumen.Candles"), 1, "refused"),
    (("members", "list", "USLCDEMO01"), 1, "refused"),
    (("add-product", "USLCDEMO01", "--title", "x", "--price", "-1"), 2, "invalid"),
    (("add-product", "USLCDEMO01", "--title", "x", "--price", "NaN"), 2, "invalid"),
    (("set-product", "nope", "--status", "active"), 4, "not_found"),
    (("approve", "nope"), 4, "not_found"),
    (("rules", "nope"), 4, "not_found"),
    (("history", "--after", "nope"), 4, "not_found"),
    (("desk", "advance", "soon"), 2, "invalid"),
    (("desk", "advance", "0h"), 2, "invalid"),
    (("desk", "advance", "99999999999d"), 2, "invalid"),
    (("init", "--record"), 3, "exists"),
    (("init", "--practice", "nope"), 4, "not_found"),
    (("nonsense",), 2, "invalid"),
    (("check", "lumen.candles"), 2, "invalid"),
]


@pytest.mark.parametrize(("arguments", "exit_code", "code"), REFUSED, ids=[" ".join(case[0][:3])[:40] for case in REFUSED])
def test_a_refusal_is_one_document_and_changes_nothing(
    practice: Run, tmp_path: Path, arguments: tuple[str, ...], exit_code: int, code: str
) -> None:
    before = (tmp_path / "w.db").read_bytes()
    if arguments[:2] == ("init", "--practice"):
        answer = practice(*arguments, db=tmp_path / "other.db")
    else:
        answer = practice(*arguments)
    assert (answer[0], answer[1]["error"]["code"]) == (exit_code, code)
    assert set(answer[1]["error"]) == {"code", "message", "remedy", "verdicts"}
    assert (tmp_path / "w.db").read_bytes() == before
    assert not (tmp_path / "other.db").exists()


def test_facts_of_an_account_are_stated_and_shown(practice: Run) -> None:
    facts = ("--kind", "business", "--region", "us", "--verified", "--standing", "good", "--adult", "--phone", "+1 555 010 0101")
    code, account = practice("add-account", "@New.One", "--nickname", "New One", *facts)
    assert (code, account["username"], account["kind"], account["region"]) == (0, "new.one", "business", "US")
    assert (account["phone"], account["unknown"]) == ("+1 ••• ••• 0101", [])
    code, account = practice("add-account", "new.one", "--kind", "unknown", "--not-verified")
    assert (account["kind"], account["identity_verified"], account["unknown"]) == (None, False, ["kind"])


def test_an_empty_reason_is_refused(practice: Run) -> None:
    link = link_official(practice)
    practice("authorize", link)
    practice("submit", link)
    assert practice("reject", link, "--reason", " ")[0] == 2
    assert practice("reject", link, "--reason", "[b]The logo[/b]")[1]["reason"] == "[b]The logo[/b]"


def test_a_file_that_is_no_workspace_is_reported(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    code, error = cli("shops", db=tmp_path / "note.txt")
    assert (code, error["error"]["code"]) == (3, "damaged")
    code, error = cli("shops", db=tmp_path / "none.db")
    assert (code, error["error"]["code"]) == (3, "missing")


READING = [
    ("paths",),
    ("scenarios",),
    ("shops",),
    ("status", "USLCDEMO01"),
    ("check", "lumen.candles", *OFFICIAL),
    ("accounts",),
    ("links",),
    ("products", "USLCDEMO01"),
    ("shop-page", "USLCDEMO01"),
    ("rules", "--shop", "USLCDEMO01"),
    ("compare",),
    ("history",),
    ("reminders",),
    ("desk", "now"),
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_text_output_is_plain_and_masks_phone_and_email(cli: Run, arguments: tuple[str, ...]) -> None:
    cli("init", "--practice", "linked")
    code, out = cli(*arguments, text=True)
    assert code in {0, 1}
    assert out.strip()
    assert "\x1b" not in out
    assert "owner@lumen.example" not in out
    assert "010 0142" not in out
    code, document = cli(*arguments)
    assert "owner@lumen.example" not in json.dumps(document)


def test_an_export_is_complete_and_can_be_imported(practice: Run, cli: Run, tmp_path: Path) -> None:
    code, document = practice("export")
    assert document["format"] == "shoplink"
    assert "owner@lumen.example" in json.dumps(document)
    (tmp_path / "shops.json").write_text(json.dumps(document))
    code, refused = practice("export", "--out", str(tmp_path / "shops.json"))
    assert (code, refused["error"]["code"]) == (3, "exists")
    other = tmp_path / "other.db"
    assert cli("init", "--record", db=other)[0] == 0
    code, result = cli("import", str(tmp_path / "shops.json"), db=other)
    assert (code, result["created"]["shops"]) == (0, 2)
    assert cli("export", db=other)[1] == document


def python(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **more)


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_nothing_slow(option: str) -> None:
    script = (
        "import sys; from tui.cli import run; run([sys.argv[1]]); "
        "print(sorted({'pydantic', 'sqlite_utils', 'textual'} & set(sys.modules)), file=sys.stderr)"
    )
    done = python(script, option)
    assert done.stderr.strip() == "[]"
    assert done.stdout


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_without_a_terminal_nothing_is_drawn(arguments: tuple[str, ...], tmp_path: Path) -> None:
    script = "from tui.cli import main; main()"
    done = python(script, *arguments, env={**os.environ, "SHOPLINK_DB": str(tmp_path / "w.db")})
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage" in done.stderr


def test_history_as_csv_contains_no_formula(practice: Run) -> None:
    out = practice("history", "--csv", text=True)[1]
    columns = "id,entry,at,recorded_at,shop,link,account,actor,entered_by,kind,summary,note,against,undone_by"
    assert out.splitlines()[0] == columns
    assert "'@lumen.candles" in out


def test_shops_are_found_by_a_username_with_an_at_sign(practice: Run) -> None:
    link_official(practice)
    found = [practice("shops", "--query", query)[1]["shops"] for query in ("lumen.candles", "@lumen.candles", "@Lumen.C")]
    assert [[shop["code"] for shop in shops] for shops in found] == [["USLCDEMO01"]] * 3


def test_an_answered_request_has_no_authorization_deadline(practice: Run) -> None:
    asked = practice("link", "lumen.candles", *OFFICIAL, "--accept-agreement", text=True)[1]
    assert "Authorize by" in asked
    link = practice("links", *SHOP)[1]["links"][0]["id"]
    for act in ("authorize", "submit", "approve"):
        assert "Authorize by" not in practice(act, link, text=True)[1]


def test_a_legal_entity_known_by_another_name_is_reported_with_its_shop(
    cli: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("init", "--record")
    whose = ("--entity-kind", "company", "--registration", "84-5550142", "--country", "US", "--region", "US")
    code, shop = cli("add-shop", "--name", "Lumen Candle Co.", "--legal-name", "Lumen Candle Company LLC", *whose)
    review = "TikTok may review a new name. Source: pages for other markets."
    assert (code, shop["notes"]) == (0, [review])
    code, again = cli("add-shop", "--name", "Birch Books", "--legal-name", "Lumen Candle Company LLC", *whose)
    assert (code, again["notes"]) == (0, [review])
    code, other = cli("add-shop", "--name", "Oak Tea", "--legal-name", "Oak Tea Inc", *whose)
    assert (code, other["seller"]["id"]) == (0, shop["seller"]["id"])
    for words in ("84-5550142", "“Lumen Candle Company LLC”", "whose name stays", "give its own number"):
        assert words in other["notes"][1]
    capsys.readouterr()
    add = ("add-shop", "--name", "Elm Inks", "--legal-name", "Elm Inks Inc", *whose)
    assert run(["--db", str(tmp_path / "w.db"), *add]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("Added Elm Inks")
    assert "Note" not in told.out
    assert "Note: The number 84-5550142 (US) already belongs to “Lumen Candle Company LLC”" in told.err
    assert f"Note: {review}" in told.err


def test_a_renamed_shops_notices_are_on_stderr(practice: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    rename = ["--db", str(tmp_path / "w.db"), "rename-shop", "USLCDEMO01", "The Best Lumen", "--yes"]
    assert run(rename) == 0
    told = capsys.readouterr()
    assert "Note: “best” is not allowed in a shop's name. TikTok may review a new name." in told.err
    assert "Note" not in told.out
    assert "at most 30 characters" not in told.err  # what passes is no notice
    assert run(rename) == 0
    assert capsys.readouterr().err == ""


def test_the_end_of_a_probation_period_is_read_as_every_date(cli: Run) -> None:
    assert cli("init", "--record")[0] == 0
    whose = (
        "--region",
        "US",
        "--entity-kind",
        "company",
        "--legal-name",
        "Lumen LLC",
        "--registration",
        "84-1",
        "--country",
        "US",
    )
    asked = ("add-shop", "--name", "Lumen Candle Co.", *whose, "--probation")
    for text, how in (
        ("46037", "2026-01-15"),
        ("20270115", "Write 2027-01-15."),
        ("03/04/2026", "2026-03-04 or 2026-04-03"),
        ("next week", "Give active, over, unknown, or the day it ends"),
    ):
        code, answer = cli(*asked, text)
        assert (code, answer["error"]["code"]) == (2, "invalid")
        assert how in answer["error"]["remedy"]
    code, shop = cli(*asked, "2999-01-15")
    assert (code, shop["probation_until"]) == (0, "2999-01-15T23:59:59.999Z")


def test_a_plan_tells_each_step_and_writes_nothing(practice: Run) -> None:
    code, plan = practice("plan", "@Lumen.Candles", *OFFICIAL)
    assert (code, set(plan), plan["possible"], plan["blocked_by"]) == (0, {"possible", "steps", "blocked_by"}, True, [])
    assert [(step["act"], step["by"]) for step in plan["steps"]] == [
        ("link", "seller"),
        ("authorize", "holder"),
        ("submit", "seller"),
        ("approve", "tiktok"),
    ]
    assert {frozenset(step) for step in plan["steps"]} == {frozenset({"act", "account", "shop", "by", "not_before", "uses"})}
    link = link_official(practice)
    for act in ("authorize", "submit", "approve"):
        practice(act, link)
    code, plan = practice("plan", "wax.and.wick", *OFFICIAL)
    assert plan["steps"][0]["act"] == "unlink"
    assert plan["steps"][0]["not_before"].endswith("Z")
    assert plan["steps"][0]["uses"] == "an unlink: 2 of 3 will be left"
    code, text = practice("plan", "wax.and.wick", *OFFICIAL, text=True)
    assert (code, text.splitlines()[0]) == (0, "@wax.and.wick as the official account of Lumen Candle Co.: 5 steps.")


def test_a_step_of_a_plan_at_another_shop_names_it(cli: Run) -> None:
    cli("init", "--practice", "blocked")
    for username, shop, step in (
        ("taken.one", "USLCTAKE01", "1  Unlink @taken.one at Lumen Taken (by you)"),
        ("asked.one", "USLCOPEN01", "1  Cancel the request for @asked.one at Lumen Asked (by you)"),
    ):
        asked = ("plan", username, "--shop", "USLCFREE01", "--as", "official")
        assert [step["shop"] for step in cli(*asked)[1]["steps"]] == [shop, *["USLCFREE01"] * 4]
        assert cli(*asked, text=True)[1].splitlines()[1] == step


@pytest.mark.parametrize(("kind", "who"), [(("--practice", "new-shop"), "demo"), (("--record",), "login")])
@pytest.mark.parametrize("given", [None, "maya"])
def test_who_acts_is_named_by_the_environment_else_demo_or_the_login(
    cli: Run, monkeypatch: pytest.MonkeyPatch, kind: tuple[str, ...], who: str, given: str | None
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    if given:
        monkeypatch.setenv("SHOPLINK_ACTOR", given)
    else:
        monkeypatch.delenv("SHOPLINK_ACTOR")
    assert cli("init", *kind)[0] == 0
    cli("add-account", "lumen.candles", "--nickname", "Lumen Co")
    (event, *_) = cli("history")[1]["events"]
    assert (event["actor"], event["entered_by"]) == (given or who, given or who)


def test_a_name_that_cannot_be_recorded_is_reported_once(
    practice: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SHOPLINK_ACTOR", "may\u202ea")
    actor._warn.cache_clear()
    assert run(["--db", str(tmp_path / "w.db"), "shops"]) == 0
    assert capsys.readouterr().err.count("The history says “someone” instead.") == 1
    assert run(["--db", str(tmp_path / "w.db"), "shops"]) == 0
    assert "SHOPLINK_ACTOR" not in capsys.readouterr().err


def test_a_second_seller_of_one_name_is_pointed_out_with_its_shop(cli: Run) -> None:
    cli("init", "--record")
    whose = ("--entity-kind", "company", "--legal-name", "Lumen Candle Company LLC", "--country", "US", "--region", "US")
    first, again, second = (
        cli("add-shop", "--name", name, *whose, "--registration", number)[1]
        for name, number in (("Lumen", "84-5550142"), ("Birch", "84 5550142"), ("Oak", "84-5550143"))
    )
    assert first["seller"]["id"] == again["seller"]["id"] != second["seller"]["id"]
    assert not any("second seller" in note for note in (*first["notes"], *again["notes"]))
    assert "has the number 84-5550142. With 84-5550143 there are two sellers of this name" in second["notes"][-1]


def test_uk_is_taken_for_gb(cli: Run) -> None:
    cli("init", "--record")
    whose = ("--entity-kind", "company", "--legal-name", "Birch Ltd", "--registration", "09")
    code, shop = cli("add-shop", "--name", "Birch", "--region", "uk", "--country", "UK", *whose)
    assert (code, shop["region"], shop["seller"]["entity"]["country"]) == (0, "GB", "GB")
    code, account = cli("add-account", "birch", "--region", "UK")
    assert (code, account["region"]) == (0, "GB")
    code, account = cli("add-account", "birch", "--entity-registration", "09", "--entity-country", "uk")
    assert (code, account["entity"]["country"]) == (0, "GB")
