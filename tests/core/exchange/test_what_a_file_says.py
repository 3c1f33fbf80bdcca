"""What a file says is in the record or reported, never dropped, guessed or told in another program's words."""

from pathlib import Path
from typing import Any

import pytest

from core import exchange, scenarios
from core.errors import InvalidInput
from core.toml_text import TomlMistake, parse
from core.workspace import Workspace
from tests.core.exchange.sheets import SHOPS, found
from tests.support import StoppedClock, add_shop, imported

ONE = "USLC1,Lumen,US,Lumen LLC,company,84-1,US\n"


def exported(scenario: str = "organization") -> dict[str, Any]:
    with scenarios.in_memory(scenario, actor="maya", clock=StoppedClock(), seed="said") as workspace:
        return exchange.document(workspace)


@pytest.mark.parametrize("columns", ["legal_name\none,Lumen LLC", "entity_kind\none,company", "country\none,US"])
def test_an_accounts_legal_entity_without_its_number_is_reported(workspace: Workspace, tmp_path: Path, columns: str) -> None:
    missing = [name for name in ("registration_number", "country") if name not in columns]
    assert found(imported(workspace, tmp_path, f"username,{columns}\n")) == [(2, name) for name in missing]


def test_a_legal_entity_keeps_its_name_and_kind_in_every_row(workspace: Workspace, tmp_path: Path) -> None:
    accounts = "username,registration_number,country,legal_name,entity_kind\n"
    assert found(imported(workspace, tmp_path, SHOPS + ONE)) == []
    assert found(imported(workspace, tmp_path, accounts + "one,84-1,US,Other LLC,\n")) == [(2, "legal_name")]
    assert found(imported(workspace, tmp_path, accounts + "one,84 1,US,,individual\n")) == [(2, "entity_kind")]
    assert found(imported(workspace, tmp_path, accounts + "one,9,US,A,\ntwo,9,US,B,\n")) == [(3, "legal_name")]
    assert found(imported(workspace, tmp_path, SHOPS + "USLC1,Lumen,US,,,,GB\n")) == [(2, "country")]
    assert found(imported(workspace, tmp_path, SHOPS + "USLC1,Lumen,US,,,85-1,\n")) == [(2, "registration_number")]


def test_what_was_not_known_of_a_legal_entity_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    document = exported("linked")
    document["sellers"][0]["entity"] |= {"legal_name": None, "kind": None}
    for kind in ("accounts", "links", "members", "products", "events"):
        document[kind] = []
    assert found(imported(workspace, tmp_path, document)) == []
    shop, entity = document["shops"][0], document["sellers"][0]["entity"]
    row = f"{shop['code']},{shop['name']},US,Wick LLC,company,{entity['registration_number']},US\n"
    assert imported(workspace, tmp_path, SHOPS + row).updated["shops"] == 1
    known = workspace.shops.seller(workspace.shops.get(shop["code"])).entity
    assert (known.legal_name, known.kind) == ("Wick LLC", "company")


def test_a_links_sheet_without_its_date_is_no_sheet_of_accounts(workspace: Workspace, tmp_path: Path) -> None:
    add_shop(workspace)
    with pytest.raises(InvalidInput, match="has no column linked_at"):
        imported(workspace, tmp_path, "shop,username,role,since\nUSLC1,one,official,2026-05-10\n")


def test_a_row_with_text_only_in_a_column_that_is_passed_over_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    assert found(imported(workspace, tmp_path, "remarks,username\nseen,one\ntwo,\n,\n")) == [(3, "username")]


def test_a_row_with_another_separator_is_no_address_of_a_profile(workspace: Workspace, tmp_path: Path) -> None:
    row = "https://www.tiktok.com/@one?lang=en\tone@lumen.example,\n"
    assert found(imported(workspace, tmp_path, f"username,email\n{row}")) == [(2, "username")]


def test_a_first_line_that_is_there_twice_is_no_row(workspace: Workspace, tmp_path: Path) -> None:
    assert found(imported(workspace, tmp_path, 'username,nickname\none,One\nusername,"nickname"\ntwo,Two\n')) == [(3, "")]


@pytest.mark.parametrize("content", [b"one,Caf\xe9\ntwo,Caf\xc3\xa9\n", b"one,Caf\xe9\ntwo,\xe2\x80\x9cLumen\xe2\x80\x9d\n"])
def test_a_sheet_in_two_encodings_is_read_in_neither(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(b"username,nickname\n" + content)
    with pytest.raises(InvalidInput, match="not text in UTF-8"):
        exchange.import_file(workspace, tmp_path / "a.csv")


@pytest.mark.parametrize("cell", ["1_0", "\uff13", "2.0", "1e1", "-0"])
def test_a_whole_number_is_digits(workspace: Workspace, tmp_path: Path, cell: str) -> None:
    sheet = SHOPS.replace("\n", ",unlinks_before\n") + ONE.replace("\n", f",{cell}\n")
    assert found(imported(workspace, tmp_path, sheet)) == [(2, "unlinks_before")]


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("links", {"linked_at": "2020-01-01T00:00:00Z"}, "linked_at"),
        ("links", {"linked_at": None}, "linked_at"),
        ("links", {"unlinked_at": "2026-11-23T14:05:00Z"}, "unlinked_at"),
        ("links", {"ended_by": "seller"}, "ended_by"),
        ("links", {"state": "rejected", "linked_at": None, "decided_at": None}, "decided_at"),
        ("links", {"role": "marketing", "origin": "created"}, "origin"),
        ("members", {"removed_at": "2026-11-23T14:05:00Z"}, "removed_at"),
        ("members", {"accepted_at": None}, "accepted_at"),
        ("shops", {"probation": None, "probation_until": "2027-01-01T00:00:00Z"}, "probation_until"),
        ("accounts", {"kind": "personal", "converted_at": "2026-01-01T00:00:00Z"}, "converted_at"),
        ("accounts", {"entity": {"registration_number": "84-5550142", "country": "US", "legal_name": "Other LLC"}}, "entity"),
        ("accounts", {"entity": {"registration_number": "84-1", "country": "XX"}}, "entity"),
        ("sellers", {"entity": {"registration_number": "84-1", "country": "XX", "kind": "company", "legal_name": "L"}}, "entity"),
    ],
)
def test_an_entry_that_contradicts_itself_is_reported_by_its_field(
    workspace: Workspace, tmp_path: Path, kind: str, facts: dict[str, Any], field: str
) -> None:
    document = exported()
    mine = {"links": "state", "members": "state", "shops": "id", "sellers": "id", "accounts": "entity"}[kind]
    states = {"links": {"linked"}, "members": {"active"}}.get(kind)
    place, entry = next((n, one) for n, one in enumerate(document[kind]) if (one[mine] in states if states else one[mine]))
    entry |= facts
    problems = {problem.field: problem.message for problem in imported(workspace, tmp_path, document).problems}
    assert f"{kind}[{place}].{field}" in problems
    assert "safeguards" not in "".join(problems.values())


@pytest.mark.parametrize("wrong", ["2020-01-01T00:00:00Z", "2020"])
def test_what_refers_to_a_refused_entry_is_not_reported_with_it(workspace: Workspace, tmp_path: Path, wrong: str) -> None:
    document = exported("linked")
    place = next(number for number, link in enumerate(document["links"]) if link["state"] == "linked")
    document["links"][place]["linked_at"] = wrong
    assert [problem.field for problem in imported(workspace, tmp_path, document).problems] == [f"links[{place}].linked_at"]
    document["sellers"][0]["entity"]["country"] = "1"  # nor what refers to what refers to it
    assert {problem.field for problem in imported(workspace, tmp_path, document).problems} <= {
        "sellers[0].entity.country",
        f"links[{place}].linked_at",
    }


def test_an_event_that_nothing_undid_is_not_called_undone(workspace: Workspace, tmp_path: Path) -> None:
    document = exported("linked")
    document["events"][1]["undone_by"] = document["events"][-1]["entry"]
    assert [problem.field for problem in imported(workspace, tmp_path, document).problems] == ["events[1].undone_by"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": shoplink}', "a value is missing"),
        ('{"format": "shoplink" "version": 1}', "“,” is missing"),
        ('{"format": "shop', "doesn't end"),
        ("{1: 2}", "not in quotation marks"),
        ('{"format": 1e999}', "a number that"),
        ('{"format": "\\q"}', "a stray backslash"),
    ],
)
def test_what_is_no_json_is_told_in_our_words(workspace: Workspace, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=said) as caught:
        exchange.import_file(workspace, tmp_path / "a.json")
    assert "Expecting" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = x", "a text is not in quotation marks"),
        ("title", "“=” is missing"),
        ("a = 1\na = 2", "a name is there twice"),
        ("[a]\n[a]", "a name is there twice|a table is there twice"),
        ("a = [1", "a bracket is not closed"),
        ('a = "x', "doesn't end"),
        ('a = "\\q"', "a stray backslash"),
        ("a = 1979-13-01", "a date doesn't exist|something follows a value"),
        ("a = 1 2", "something follows a value"),
        ("[a", "“]” is missing"),
    ],
)
def test_what_is_no_toml_is_told_in_our_words(text: str, said: str) -> None:
    with pytest.raises(TomlMistake, match=said) as caught:
        parse(text)
    assert "xpected" not in str(caught.value)
