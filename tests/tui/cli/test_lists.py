"""Every list is an object with its cursor, and pages by it; documents have the fields of the contract."""

import re
from typing import Any

import pytest

from tests.tui.cli.support import Run

LINK = {
    *("id", "shop", "role", "state", "account", "requested_at", "authorize_by", "authorized_at", "submitted_at", "decided_at"),
    *("linked_at", "unlinked_at", "ended_by", "reason", "against"),
}
LISTS: dict[tuple[str, ...], set[str]] = {
    ("shops",): {"code", "id", "name", "region", "official", "marketing", "invited", "due", "upcoming"},
    ("accounts",): {"id", "username", "former", "nickname", "kind", "region", "unknown"},
    ("candidates", "USLCDEMO01"): {"username", "official", "marketing"},
    ("links",): LINK,
    ("members", "list", "USLCDEMO01"): {"id", "contact", "role", "state", "invited_at", "accept_by"},
    ("products", "USLCDEMO01"): {"id", "shop", "title", "price", "currency", "status"},
    ("history",): {"id", "entry", "at", "recorded_at", "undone_by"},
    ("reminders",): {"at", "shop", "kind", "summary", "link"},
    ("scenarios",): {"id", "title", "shows"},
    ("tours",): {"id", "title", "shows", "scenario", "steps"},
}
NAMES = {"members": "members", "history": "events"}


@pytest.fixture
def organization(cli: Run) -> Run:
    cli("init", "--practice", "organization")
    for name in ("sam", "ivan"):
        assert cli("members", "invite", "USLCDEMO01", f"{name}@lumen.example", "--role", "operator")[0] == 0
    return cli


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words[0])
def test_a_list_is_an_object_and_pages(organization: Run, words: tuple[str, ...]) -> None:
    name = NAMES.get(words[0], words[0])
    code, whole = organization(*words, "--limit", "1000")
    assert (code, set(whole), whole["next"]) == (0, {name, "next"}, None)
    assert len(whole[name]) > 1
    assert all(LISTS[words] <= set(item) for item in whole[name])
    found: list[Any] = []
    cursor: list[str] = []
    for _ in whole[name]:
        page = organization(*words, "--limit", "1", *cursor)[1]
        found += page[name]
        cursor = ["--after", page["next"]] if page["next"] else []
    assert (found, cursor) == (whole[name], [])
    assert organization(*words, "--after", "nowhere")[0] == 4 or name == "candidates"  # which go on after any name


def test_moments_are_in_utc_with_z(organization: Run) -> None:
    moments = re.findall(r"'(\d{4}-\d\d-\d\dT[^']*)'", str([organization(*words)[1] for words in LISTS]))
    assert len(moments) > 20
    for moment in moments:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", moment), moment


def test_links_are_narrowed(cli: Run) -> None:
    cli("init", "--practice", "linked")
    (link,) = cli("links", "--state", "linked", "--shop", "USLCDEMO01")[1]["links"][-1:]
    assert set(link) == LINK
    assert set(link["account"]) == {"id", "username", "nickname", "kind", "region"}
    username = link["account"]["username"]
    found = cli("links", "--account", f"@{username.upper()}")[1]["links"]
    assert {one["account"]["username"] for one in found} == {username}
    assert cli("links", "--state", "rejected")[1] == {"links": [], "next": None}
    assert "No matching links." in cli("links", "--state", "rejected", text=True)[1]


def test_links_of_a_record_are_listed_by_when_they_began(record: Run) -> None:
    for username, at in (("maple.two", "2026-06-01"), ("maple.one", "2026-05-01"), ("maple.three", "2026-07-01")):
        assert record("record-link", username, "--as", "marketing", "--linked-at", at)[0] == 0
    links = record("links")[1]["links"]
    assert [link["account"]["username"] for link in links] == ["maple.three", "maple.two", "maple.one"]


def test_shops_are_narrowed_and_sorted_by_what_is_due(cli: Run) -> None:
    cli("init", "--practice", "agency")
    for state, official in (("linked", {"linked"}), ("none", {None})):
        found = cli("shops", "--state", state)[1]["shops"]
        assert {shop["official"] for shop in found} == official
    assert all(shop["due"] for shop in cli("shops", "--due-first", "--limit", "5")[1]["shops"])
    assert cli("shops", "--state", "odd")[0] == 2


def test_shops_count_who_is_invited_beside_who_is_linked(cli: Run) -> None:
    cli("init", "--practice", "new-shop")
    cli("link", "wax.and.wick", "--shop", "USLCDEMO01", "--as", "marketing", "--accept-agreement")
    shop = cli("shops")[1]["shops"][0]
    assert (shop["marketing"], shop["invited"]) == (0, 1)
    assert "0, 1 invited" in cli("shops", text=True)[1]


def test_a_status_has_the_fields_of_the_contract(cli: Run) -> None:
    cli("init", "--practice", "linked")
    code, status = cli("status", "USLCDEMO01")
    assert code == 0
    assert set(status) == {
        *("shop", "official", "requests", "unlinks_used", "unlinks_before", "unlinks_left", "unlinks_left_at_most", "marketing"),
        *("broken", "reminders"),
    }
    assert {"code", "code_is_made_up", "id", "name", "region", "probation", "seller"} <= set(status["shop"])
    assert set(status["official"]) == {"link", "unlink_possible_at", "name_matches", "shop_page"}
    assert set(status["official"]["link"]) == LINK
    assert (status["unlinks_before"], status["broken"], status["requests"]) == (0, [], [])


def test_an_account_has_the_fields_of_the_contract(practice: Run) -> None:
    (account,) = practice("accounts", "--query", "lumen.candles")[1]["accounts"]
    assert set(account) == {
        *("id", "username", "former", "nickname", "kind", "region", "phone", "email", "identity_verified", "standing"),
        *("holder_is_adult", "entity", "converted_at", "unknown", "confirmed"),
    }


def test_the_products_of_a_record_are_not_tracked_until_one_is_entered(record: Run) -> None:
    record("record-link", "maple.wick", "--as", "official", "--linked-at", "2026-05-10")
    assert record("status")[1]["official"]["shop_page"] == {"synced": True, "products": None}
    for command in ("status", "products", "shop-page"):
        text = record(command, text=True)[1]
        assert "not tracked" in text
        assert "0 products" not in text
    record("add-product", "--title", "Candle", "--price", "12.50")
    assert record("status")[1]["official"]["shop_page"] == {"synced": True, "products": 1}


def test_history_is_narrowed_by_kind_and_words(practice: Run) -> None:
    practice("link", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--accept-agreement", "--note", "Ticket 8812")
    practice("decline", "lumen.candles")
    kinds = [event["kind"] for event in practice("history", "--kind", "link", "--shop", "USLCDEMO01")[1]["events"]]
    assert kinds == ["link.declined", "link.requested"]
    assert len(practice("history", "--kind", "link.declined")[1]["events"]) == 1
    (found,) = practice("history", "--query", "8812")[1]["events"]
    assert found["note"] == "Ticket 8812"
    (account,) = practice("accounts", "--query", "lumen.candles")[1]["accounts"]
    assert {event["account"] for event in practice("history", "--account", "lumen.candles")[1]["events"]} == {account["id"]}
    code, answer = practice("history", "--kind", "nonsense")
    assert (code, "The kinds: link.requested" in answer["error"]["remedy"]) == (2, True)


def test_a_link_in_an_event_s_details_names_its_shop_and_moments_as_links_do(practice: Run) -> None:
    link = practice("link", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--accept-agreement")[1]
    recorded = practice("history", "--limit", "1")[1]["events"][0]["details"]["link"]
    for name in ("shop", "requested_at", "authorize_by", "linked_at"):
        assert recorded[name] == link[name]
    assert recorded["requested_by"] == "maya"


def test_history_as_a_file_has_the_mark_that_spreadsheets_know(practice: Run, tmp_path: Any) -> None:
    out = tmp_path / "history.csv"
    assert practice("history", "--csv", "--out", str(out)) == (0, {"out": str(out)})
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,entry,at,")
    assert practice("history", "--csv", "--out", str(out))[1]["error"]["code"] == "exists"
    assert practice("history", "--out", str(out))[0] == 2
    printed = practice("history", "--csv", text=True)[1]
    assert printed == out.read_bytes().decode("utf-8-sig")


def test_candidates_say_what_each_account_could_be(cli: Run) -> None:
    cli("init", "--practice", "blocked")
    code, document = cli("candidates", "USLCFREE01")
    assert code == 0
    for found in document["candidates"]:
        for role in ("official", "marketing"):
            assert set(found[role]) == {"outcome", "until", "rules"}
            if found[role]["outcome"] == "linked":
                continue
            check = cli("check", found["username"], "--shop", "USLCFREE01", "--as", role)[1]
            stopping = [one["rule"] for one in check["verdicts"] if one["outcome"] in {"blocked", "wait", "unknown"}]
            rules = [rule for rule in stopping if rule != "link.agreement"]
            expected = {"outcome": check["outcome"], "until": check["until"], "rules": rules}
            assert found[role] == expected
    (waiting,) = [found for found in document["candidates"] if found["username"] == "often.linked"]
    assert (waiting["marketing"]["outcome"], waiting["marketing"]["rules"]) == ("wait", ["marketing.link-frequency"])
    text = " ".join(cli("candidates", "USLCFREE01", text=True)[1].split())
    assert "possible" in text


def test_candidates_say_what_is_linked_or_requested_here_already(practice: Run) -> None:
    link = practice("link", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--accept-agreement")[1]["id"]
    asked = [practice("candidates", "USLCDEMO01")[1]["candidates"]]
    for act in ("authorize", "submit", "approve"):
        practice(act, link)
    asked.append(practice("candidates", "USLCDEMO01")[1]["candidates"])
    found = [one["official"] for page in asked for one in page if one["username"] == "lumen.candles"]
    assert found == [{"outcome": outcome, "until": None, "rules": []} for outcome in ("requested", "linked")]
    assert "@lumen.candles linked blocked: " in " ".join(practice("candidates", "USLCDEMO01", text=True)[1].split())


@pytest.mark.parametrize("arguments", [("history", "--csv"), ("reminders", "--ics")])
def test_a_list_has_one_format(practice: Run, arguments: tuple[str, str]) -> None:
    code, answer = practice(*arguments)
    assert (code, answer["error"]["message"]) == (2, f"Give one of {arguments[1]} and --json.")
