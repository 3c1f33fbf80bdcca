"""What a person names on the command line: shops, accounts, links and members, and what was meant by a near miss."""

from pathlib import Path

import pytest

from tests.tui.cli.support import SELLER, Run
from tui.cli import run

OFFICIAL = ("--shop", "USLCDEMO01", "--as", "official", "--accept-agreement")
WICK = ("--as", "official", "--accept-agreement", "--confirm-unknown")


def test_the_only_shop_may_be_left_out(record: Run) -> None:
    assert record("status")[1]["shop"]["code"] == "USLCMAPLE1"
    assert record("rename-shop", "Maple & Wick", "--yes")[1]["shop"]["name"] == "Maple & Wick"
    assert record("add-product", "--title", "Candle", "--price", "12.50")[1]["shop"] == "USLCMAPLE1"
    assert len(record("products")[1]["products"]) == 1
    assert record("shop-page")[1]["synced"] is False
    assert record("check", "maple.wick", "--as", "official")[1]["shop"] == "USLCMAPLE1"
    assert record("link", "maple.wick", *WICK)[1]["shop"] == "USLCMAPLE1"
    assert record("set-shop", "--unlinks-before", "0")[0] == 0


def test_of_several_shops_one_has_to_be_named(record: Run) -> None:
    record("add-shop", "--name", "Maple Outlet", *SELLER)
    code, answer = record("status")
    assert (code, answer["error"]["message"]) == (2, "Shop is missing: there are 2 shops.")
    assert "shoplink --db" in answer["error"]["remedy"]


def test_without_a_shop_one_has_to_be_added(cli: Run) -> None:
    cli("init", "--record")
    code, answer = cli("status")
    assert (code, answer["error"]["code"]) == (4, "not_found")
    assert "add-shop" in answer["error"]["remedy"]


def test_an_argument_too_many_is_wrong_usage(record: Run) -> None:
    code, answer = record("status", "USLCMAPLE1", "USLCMAPLE2")
    assert (code, answer["error"]["code"]) == (2, "invalid")


@pytest.mark.parametrize(
    "text",
    [
        "lumen.candles",
        "@Lumen.Candles",
        "https://www.tiktok.com/@lumen.candles",
        "https://www.tiktok.com/@Lumen.Candles?lang=en",
        "tiktok.com/@lumen.candles/video/1",
    ],
)
def test_a_username_is_written_in_several_ways(practice: Run, text: str) -> None:
    assert practice("check", text, "--shop", "USLCDEMO01", "--as", "official")[1]["username"] == "lumen.candles"


def test_a_former_username_finds_the_account_and_a_current_one_first(record: Run) -> None:
    record("add-account", "maplewick", "--region", "US")
    assert record("rename-account", "maplewick", "maple.wick")[1]["former"] == ["maplewick"]
    assert record("check", "maplewick", "--as", "official")[1]["username"] == "maple.wick"
    assert record("add-account", "maplewick", "--region", "US")[1]["username"] == "maple.wick"
    assert len(record("accounts", "--query", "maplewick")[1]["accounts"]) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("add-account", "@maplewick", "--standing", "good"),
        ("check", "maplewick", "--as", "official"),
        ("link", "maplewick", *WICK),
        ("record-link", "maplewick", "--as", "official", "--linked-at", "2026-06-01"),
        ("unlink", "maplewick"),
    ],
)
def test_a_former_username_is_told_with_the_account_it_finds(
    record: Run, command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record("add-account", "maplewick")
    record("rename-account", "maplewick", "maple.wick")
    said = "Note: @maplewick is a former username of @maple.wick. This is about @maple.wick.\n"
    for arguments, told in ((command, True), ((command[0], "maple.wick", *command[2:]), False)):
        capsys.readouterr()
        run(["--db", str(tmp_path / "w.db"), *arguments])
        assert (said in capsys.readouterr().err) == told


def test_a_link_is_named_by_its_username(practice: Run) -> None:
    id = practice("link", "lumen.candles", *OFFICIAL)[1]["id"]
    for act in ("authorize", "submit", "approve"):
        code, link = practice(act, "@lumen.candles")
        assert (code, link["id"]) == (0, id)
    code, error = practice("unlink", "lumen.candles")
    assert (code, error["error"]["verdicts"][1]["rule"]) == (2, "official.unlink-wait")
    code, error = practice("approve", "lumen.candles")
    assert (code, error["error"]["message"]) == (1, "The link with @lumen.candles is linked.")
    code, error = practice("authorize", "wax.and.wick")
    assert (code, error["error"]["message"]) == (4, "@wax.and.wick has no link.")
    assert practice("history", "--link", "lumen.candles")[1]["events"][0]["link"] == id


def test_a_username_none_of_whose_links_fits_is_answered_with_that(record: Run) -> None:
    record("add-shop", "--name", "Maple Outlet", "--code", "USLCMAPLE2", *SELLER)
    for shop in ("USLCMAPLE1", "USLCMAPLE2"):
        assert record("record-link", "q.acc", "--shop", shop, "--as", "marketing", "--linked-at", "2026-05-05")[0] == 0
    for act, state in (("authorize", "waiting for the holder"), ("cancel", "open")):
        code, error = record(act, "q.acc")
        assert (code, error["error"]["message"]) == (1, f"No link of @q.acc is {state}.")
    assert record("unlink", "q.acc")[1]["error"]["message"] == "Link could be one of 2 of @q.acc."


def test_of_several_links_that_fit_one_has_to_be_named(record: Run) -> None:
    record("add-shop", "--name", "Maple Outlet", "--code", "USLCMAPLE2", *SELLER)
    ids = []
    for shop in ("USLCMAPLE1", "USLCMAPLE2"):
        asked = ("link", "maple.live", "--shop", shop, "--as", "marketing", *WICK[2:])
        ids.append(record(*asked)[1]["id"])
    code, answer = record("authorize", "maple.live")
    assert (code, answer["error"]["code"]) == (2, "invalid")
    for id in ids:
        assert id in answer["error"]["remedy"]
    assert record("authorize", ids[0])[0] == 0
    assert record("authorize", "maple.live")[1]["id"] == ids[1]


def test_a_member_is_named_by_contact(practice: Run) -> None:
    practice("create-org", "--shop", "USLCDEMO01", "--contact", "owner@lumen.example")
    id = practice("members", "invite", "USLCDEMO01", "Studio@Lumen.example", "--role", "operator")[1]["id"]
    assert practice("members", "accept", "studio@lumen.example")[1]["id"] == id
    assert practice("members", "role", "STUDIO@lumen.example", "admin")[1]["role"] == "admin"
    assert practice("members", "remove", "studio@lumen.example")[1]["state"] == "removed"
    assert practice("members", "remove", "nobody@lumen.example")[0] == 4


@pytest.mark.parametrize(
    ("arguments", "code", "meant"),
    [
        (("statsu",), 2, "status"),
        (("members", "lst"), 2, "list"),
        (("desk", "advnce", "1h"), 2, "advance"),
        (("status", "USLCDEM01"), 4, "USLCDEMO01"),
        (("accounts", "--qurey", "x"), 2, "--query"),
        (("check", "lumen.candels", "--shop", "USLCDEMO01", "--as", "official"), 4, "lumen.candles"),
        (("authorize", "lumen.candels"), 4, "lumen.candles"),
        (("rename-account", "lumen.candels", "x.y"), 4, "lumen.candles"),
        (("rules", "official.unlnk-wait"), 4, "official.unlink-wait"),
        (("where", "unlnk"), 4, "unlink"),
        (("storyboard", "link-exsting", "--out", "x"), 4, "link-existing"),
        (("history", "--kind", "link.unliked"), 2, "link.unlinked"),
        (("links", "--account", "lumen.candels"), 4, "lumen.candles"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_near_miss_is_answered_with_what_was_meant(practice: Run, arguments: tuple[str, ...], code: int, meant: str) -> None:
    answer = practice(*arguments)
    assert answer[0] == code
    assert f"Did you mean {meant}?" in (answer[1]["error"]["message"] + answer[1]["error"]["remedy"]).replace("'", "")


def test_a_scenario_that_was_meant_is_named(cli: Run) -> None:
    code, answer = cli("init", "--practice", "new-shp")
    assert (code, "Did you mean new-shop?" in answer["error"]["remedy"]) == (4, True)


def test_what_nothing_is_like_is_not_guessed(practice: Run) -> None:
    assert "Did you mean" not in str(practice("status", "zzz")[1])
    assert "Did you mean" not in str(practice("zzz")[1])


def test_a_market_is_named_by_its_code(record: Run) -> None:
    assert record("set-shop", "--region", "uk")[1]["region"] == "GB"
    code, answer = record("set-shop", "--region", "XX")
    assert (code, "Use one of: BR, DE" in answer["error"]["remedy"]) == (2, True)
    assert record("shops", "--region", "UK")[1]["shops"][0]["code"] == "USLCMAPLE1"
    assert record("shops", "--region", "US")[1]["shops"] == []


def test_an_unknown_country_is_reported_with_the_list(record: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record("add-account", "maple.wick", "--region", "uk")[1]["region"] == "GB"
    assert record("add-account", "maple.wick", "--region", "fr")[1]["region"] == "FR"
    assert run(["--db", str(tmp_path / "w.db"), "add-account", "maple.wick", "--region", "ZZ"]) == 2
    assert "Use one of: AD, AE" in (told := capsys.readouterr().err)
    assert "ZM, ZW." in told
    assert record("set-shop", "--country", "uk")[1]["seller"]["entity"]["country"] == "GB"
    assert "ZM, ZW." in record("set-shop", "--country", "FRA")[1]["error"]["remedy"]


@pytest.mark.parametrize("flags", [("--verified", "--not-verified"), ("--adult", "--minor"), ("--minor", "--adult-unknown")])
def test_flags_that_contradict_each_other_are_refused(record: Run, flags: tuple[str, str]) -> None:
    code, answer = record("add-account", "maple.wick", *flags)
    assert (code, answer["error"]["code"]) == (2, "invalid")
    assert all(flag in answer["error"]["message"] for flag in flags)
    assert record("add-account", "maple.wick", flags[0], flags[0])[0] == 0


def test_the_last_unlink_names_the_option_that_confirms_it(cli: Run) -> None:
    cli("init", "--practice", "last-unlink")
    cli("desk", "advance", "48h")
    error = cli("unlink", "lumen.candles", "--yes")[1]["error"]
    assert error["message"] == "Enter the shop's name."
    assert error["remedy"].endswith("Confirm it with --confirm and the shop's name: Lumen Candle Co.")


def test_a_rename_of_the_past_names_the_official_account_of_then(
    record: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stood = ("--linked-at", "2026-05-10", "--unlinked-at", "2026-06-10")
    record("record-link", "maple.wick", "--as", "official", *stood)
    record("record-link", "maple.new", "--as", "official", "--linked-at", "2026-07-01")
    rename = ["--db", str(tmp_path / "w.db"), "rename-shop", "Maple Lights", "--at", "2026-06-01"]
    assert run([*rename, "--yes"]) == 0
    assert "Its official account then, @maple.wick, has the nickname Maple Lights." in capsys.readouterr().out
    assert run([*rename[:3], "Maple Days", "--at", "2026-05-20"]) == 2
    assert "before the newest name entered" in capsys.readouterr().err
