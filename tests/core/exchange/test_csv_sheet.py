"""Sheets of shops, accounts and products as people and spreadsheets write them; every mistake by line and field."""

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import data
from core import countries, exchange
from core.errors import InvalidInput
from core.models import AccountKind, EndedBy, LinkState, Probation, ProductStatus, Standing
from core.store import shops as shop_rows
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop, everything, imported

SHOPS = "code,name,region,legal_name,entity_kind,registration_number,country\n"
ONE = 'USLC1,Lumen,US,"Lumen, LLC",company,84-1,US\n'
TWO = 'USLC2,Lumen Two,US,"Lumen, LLC",company,84 -1,us\n'


def some(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}


def found(result: exchange.ImportResult) -> list[tuple[int, str]]:
    return [(problem.line, problem.field) for problem in result.problems]


def test_shops_are_imported_and_the_same_entity_twice_is_one_seller(workspace: Workspace, tmp_path: Path) -> None:
    result = imported(workspace, tmp_path, SHOPS + ONE + "GBLC1,Birch,GB,Birch Ltd,company,09,GB\n" + TWO)
    assert (some(result.created), some(result.updated), result.problems) == ({"sellers": 2, "shops": 3}, {}, ())
    assert workspace.shops.get("uslc1").seller == workspace.shops.get("USLC2").seller
    assert workspace.shops.get("GBLC1").seller != workspace.shops.get("USLC2").seller
    assert workspace.shops.seller(workspace.shops.get("USLC1")).entity.legal_name == "Lumen, LLC"


def test_importing_again_changes_nothing_but_changed_rows(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS + ONE)
    before = workspace.history.page().events
    assert some(imported(workspace, tmp_path, SHOPS + ONE).updated) == {}
    assert [event.kind for event in workspace.history.page().events[: -len(before)]] == ["workspace.imported"]
    assert some(imported(workspace, tmp_path, SHOPS + ONE.replace("Lumen,", "Lumen Lights,", 1)).updated) == {"shops": 1}
    assert workspace.shops.get("USLC1").name == "Lumen Lights"


def test_a_sheet_can_say_later_until_when_a_shop_is_on_probation(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS + ONE)
    sheet = "code,name,region,probation\nUSLC1,Lumen,US,2027-01-15T09:00:00Z\n"
    assert some(imported(workspace, tmp_path, sheet).updated) == {"shops": 1}
    shop = workspace.shops.get("USLC1")
    assert (shop.probation, shop.probation_until) == (Probation.ACTIVE, datetime(2027, 1, 15, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ("46037", "2026-01-15"),
        ("20270115", "Write 2027-01-15."),
        ("1/15/2027", "Write 2027-01-15."),
        ("03/04/2026", "2026-03-04 or 2026-04-03"),
        ("soon", "2026-11-27 15:00"),
    ],
)
def test_a_cell_that_is_no_plain_date_is_reported_with_how_to_write_it(
    workspace: Workspace, tmp_path: Path, cell: str, how: str
) -> None:
    [told] = imported(workspace, tmp_path, SHOPS.replace("\n", ",probation\n") + ONE.replace("\n", f",{cell}\n")).problems
    assert (told.line, told.field) == (2, "probation")
    assert how in told.message


def test_a_date_alone_in_a_sheet_is_the_end_of_that_day_here(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS.replace("\n", ",probation\n") + ONE.replace("\n", ",2027-01-15\n"))
    until = workspace.shops.get("USLC1").probation_until
    assert until
    assert until.astimezone().isoformat()[:23] == "2027-01-15T23:59:59.999"


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (ONE.replace("US,", "XX,", 1), [(2, "region")]),
        (ONE.replace("Lumen,", ",", 1), [(2, "name")]),
        (ONE.replace("company", "club"), [(2, "entity_kind")]),
        (ONE.replace("84-1", ""), [(2, "registration_number")]),
        ("\n\n" + ONE.replace("US\n", "USA\n"), [(4, "country")]),
        (ONE.replace("Lumen,", "Lu\u202emen,", 1), [(2, "name")]),
        (ONE.replace("Lumen,", f"{'L' * 201},", 1), [(2, "name")]),
        (ONE + ONE, [(3, "")]),
        (ONE + TWO.replace("USLC2", "uslc1"), [(3, "")]),
        (ONE + "a,b,c,d,e,f,g,h\n", [(3, "")]),
        ('USLC1,"Lumen\nLLC",US,L,company,1,US\n' + TWO.replace("US", "XX", 2), [(2, "name"), (4, "region")]),
        (ONE.replace("US,", "XX,", 1) + TWO.replace("company", "club"), [(2, "region"), (3, "entity_kind")]),
    ],
)
def test_every_mistake_is_reported_by_line_and_field_and_nothing_is_imported(
    workspace: Workspace, tmp_path: Path, rows: str, problems: list[tuple[int, str]]
) -> None:
    before = everything(workspace)
    assert found(imported(workspace, tmp_path, SHOPS + rows)) == problems
    assert everything(workspace) == before


def test_a_row_is_reported_with_everything_that_is_wrong_or_missing_in_it(workspace: Workspace, tmp_path: Path) -> None:
    problems = imported(workspace, tmp_path, "code,name,region,legal_name\nUSLC1,Lumen,United States,Lumen LLC\n").problems
    assert [problem.field for problem in problems] == ["entity_kind", "registration_number", "country", "region"]
    assert "needs legal_name, entity_kind, registration_number and country, or the id of a seller" in problems[0].message
    assert "“United States” is not a market shoplink knows" in problems[-1].message


@pytest.mark.parametrize(
    ("another", "field", "known"),
    [(("Lumen, LLC", "Lumen Limited"), "legal_name", "Lumen, LLC"), (("company", "individual"), "entity_kind", "company")],
)
def test_a_legal_entity_has_one_name_and_one_kind(
    workspace: Workspace, tmp_path: Path, another: tuple[str, str], field: str, known: str
) -> None:
    told = imported(workspace, tmp_path, SHOPS + ONE + TWO.replace(*another))
    assert found(told) == [(3, field)]
    assert known in told.problems[0].message
    imported(workspace, tmp_path, SHOPS + ONE)
    for row in (TWO, ONE):  # a new shop of a known seller, and a known shop
        assert found(imported(workspace, tmp_path, SHOPS + row.replace(*another))) == [(2, field)]


def test_a_row_can_name_its_seller_when_two_share_a_legal_entity(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS + ONE)
    first = workspace.shops.seller(workspace.shops.get("USLC1"))
    with workspace.store.write():
        shop_rows.add_seller(workspace.store, replace(first, id="sel-second"))
    rows = "code,name,region,seller\nUSLC2,Two,US,sel-second\n" + f"USLC3,Three,US,{first.id}\nUSLC4,Four,US,sel-second\n"
    for _ in range(2):
        assert not imported(workspace, tmp_path, rows).problems
    assert [workspace.shops.get(f"USLC{number}").seller for number in (2, 3, 4)] == ["sel-second", first.id, "sel-second"]


def test_an_import_restores_the_cache_size(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.store.value("PRAGMA cache_size")
    for rows in (ONE, ONE.replace("US,", "XX,", 1)):
        imported(workspace, tmp_path, SHOPS + rows)
        assert workspace.store.value("PRAGMA cache_size") == before


def test_a_shop_of_another_seller_or_region_is_a_conflict(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS + ONE)
    assert found(imported(workspace, tmp_path, SHOPS + ONE.replace("84-1", "85-1"))) == [(2, "seller")]
    told = imported(workspace, tmp_path, SHOPS + ONE.replace(",US,", ",GB,", 1)).problems[0].message
    assert "another region" in told


def test_a_seller_can_be_named_by_id(workspace: Workspace, tmp_path: Path) -> None:
    seller = add_shop(workspace).seller
    sheet = "name,seller,code,region\nLumen Two,{},USLC2,US\n"
    assert some(imported(workspace, tmp_path, sheet.format(seller)).created) == {"shops": 1}
    assert workspace.shops.get("USLC2").seller == seller
    assert found(imported(workspace, tmp_path, sheet.format("sel-none").replace("USLC2", "USLC3"))) == [(2, "seller")]


def test_empty_cells_of_accounts_stay_unknown(workspace: Workspace, tmp_path: Path) -> None:
    sheet = "username,kind,region,identity_verified,standing,holder_is_adult,phone,registration_number,country\n"
    rows = "@Lumen.Candles,business,US,yes,good,TRUE,+1 555 010 0142,84-1,us\nnew.one,,,,,,,,\n"
    assert some(imported(workspace, tmp_path, sheet + rows).created) == {"accounts": 2}
    known = workspace.accounts.get("lumen.candles")
    assert (known.kind, known.identity_verified, known.standing) == (AccountKind.BUSINESS, True, Standing.GOOD)
    assert known.entity
    assert known.entity.key == ("US", "841")
    assert workspace.accounts.get("new.one").unknown == workspace.accounts.state("other.one").unknown
    assert some(imported(workspace, tmp_path, "username,kind\nlumen.candles,\n").updated) == {}
    assert workspace.accounts.get("lumen.candles").kind == AccountKind.BUSINESS
    told = found(imported(workspace, tmp_path, sheet + "ends.,pet,XX,maybe,fine,,call me,,\nends.,,,,,,,,\nok.one,,,,,,,84,\n"))
    wrong = ("kind", "identity_verified", "standing", "username", "region", "phone")
    assert told == [*((2, field) for field in wrong), (3, "username"), (4, "country")]


def test_products_are_identified_by_id_or_by_title_within_their_shop(workspace: Workspace, tmp_path: Path) -> None:
    shop = add_shop(workspace)
    sheet = "shop,title,price,status\n"
    assert some(imported(workspace, tmp_path, f"{sheet}{shop.code},Fig,12.50,\n{shop.code},Oak,9,inactive\n").created) == {
        "products": 2
    }
    assert some(imported(workspace, tmp_path, f"{sheet}{shop.code},Fig,13.00,inactive\n").updated) == {"products": 1}
    fig, oak = workspace.products.of_shop(shop.code)
    assert (str(fig.price), fig.status, oak.status) == ("13.00", ProductStatus.INACTIVE, ProductStatus.INACTIVE)
    assert some(imported(workspace, tmp_path, f"id,{sheet}{fig.id},{shop.code},Fig Leaf,13.00,\n").updated) == {"products": 1}
    assert workspace.products.get(fig.id).title == "Fig Leaf"
    rows = f"{sheet}NOPE,Fig,1,\n{shop.code},Fig,NaN,\n{shop.code},Fig,1.23456,\n{shop.code},Elm,-1,\n{shop.code},Elm,1,sold\n"
    assert found(imported(workspace, tmp_path, rows)) == [(2, "shop"), (3, "price"), (4, "price"), (5, "price"), (6, "status")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_saved_by_spreadsheets_are_read(workspace: Workspace, tmp_path: Path, separator: str) -> None:
    file = tmp_path / "from-a-spreadsheet.csv"
    text = "Username,Kind\r\nlumen.candles,business\r\n\r\n,\r\n".replace(",", separator)
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert some(exchange.import_file(workspace, file).created) == {"accounts": 1}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "doesn't say what the file lists"),
        (b"a,b\n1,2\n", "doesn't say what the file lists"),
        (b"username,nicknam\n", "“nicknam”"),
        (b"username,kind,Kind\n", "kind twice"),
        (b"username,nickname\n" + b"a" * (2**20 + 1), "has more than 1,048,576 characters"),
        (b'"username\n', "is never closed"),
    ],
    ids=["empty", "unknown", "column", "twice", "long", "open"],
)
def test_an_unknown_header_is_reported(workspace: Workspace, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=told):
        exchange.import_file(workspace, file)


def test_a_nul_in_a_cell_is_reported_with_its_place(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"username,nickname\none,ok\ntwo,\x00\nthree,ok\n")
    assert found(exchange.import_file(workspace, file)) == [(3, "nickname")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (("username,nickname\none,ok\n" * 2 + "two,Café,Caf").encode() + b"\xe9\n", 5),
        (b"username,nickname\n" + b"one,ok\n" * 400_000 + b"two,\x81\n", 400_002),
        ("username,nickname\none,Café\n".encode("utf-16-le"), 1),
        ("username,nickname\none,Café\n".encode("utf-16-be"), 1),
        ("username,nickname\none,Café".encode()[:-1], 2),
        ('{"format": "shoplink",\n"version": 1, "shops": "Café"}'.encode("latin-1"), 2),
        ('{"format": "shoplink", "version": 1}'.encode("utf-16"), 1),
    ],
    ids=["mixed", "long", "utf-16-le", "utf-16-be", "cut-off", "json-latin-1", "json-utf-16"],
)
def test_a_file_that_is_not_utf_8_is_reported_with_what_to_do(
    workspace: Workspace, tmp_path: Path, content: bytes, line: int
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=rf"is not text in UTF-8 \(line {line}\)") as told:
        exchange.import_file(workspace, file)
    assert "CSV UTF-8" in told.value.remedy


def test_a_sheet_in_windows_1252_is_read_and_the_answer_says_so(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("username,nickname\none,ok\ntwo,“Été” – Café\n".encode("cp1252"))
    result = exchange.import_file(workspace, file)
    assert workspace.accounts.get("two").nickname == "“Été” – Café"
    assert result.notes == ("The file is not in UTF-8 and was read as Windows-1252: check ““Été”” in line 3.",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_sheet_in_utf_16_is_read(workspace: Workspace, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "unicode-text.txt"
    mark = "" if encoding == "utf-16" else "\ufeff"
    file.write_bytes(f"{mark}Username\tNickname\r\none\tCafé\r\ntwo\t光\r\n".encode(encoding))
    assert exchange.import_file(workspace, file).notes == ()
    assert (workspace.accounts.get("one").nickname, workspace.accounts.get("two").nickname) == ("Café", "光")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("named", [True, False])
def test_a_sheet_as_it_comes_from_a_spreadsheet_is_read(
    workspace: Workspace, tmp_path: Path, ending: str, separator: str, named: bool
) -> None:
    lines = [
        *([f"sep={separator}"] if named else []),
        *("", "Country,Shop code,Registration-Number, Entity  kind ,LEGAL NAME,Region,Shop name,,,"),
        *("uk,GBLC1,09 876 543,company,Birch Ltd,UK,Birch,,,", ",,,,,,,,,", ",, ,,,,,,,", ""),
        *("US,USLC1,84-1,company,Lumen LLC,us,Lumen", "US,USLC2,84-1,company,Lumen LLC,XX,Lumen,"),
    ]
    sheet = "".join(
        f"{line.replace(',', separator) if number or not named else line}{ending}" for number, line in enumerate(lines)
    )
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + sheet.encode())
    result = exchange.import_file(workspace, tmp_path / "a.csv")
    assert (found(result), result.notes) == ([(len(lines), "region")], ())
    (tmp_path / "a.csv").write_bytes(sheet.replace("XX", "US").encode())
    assert some(exchange.import_file(workspace, tmp_path / "a.csv").created) == {"sellers": 2, "shops": 3}
    assert workspace.shops.get("GBLC1").region == "GB"
    assert workspace.shops.seller(workspace.shops.get("GBLC1")).entity.country == "GB"


@pytest.mark.parametrize(
    ("column", "known"), [("verified", "identity_verified"), ("Adult", "holder_is_adult"), ("holder is adlt", "holder_is_adult")]
)
def test_a_column_that_is_close_to_a_known_one_is_a_problem_that_names_it(
    workspace: Workspace, tmp_path: Path, column: str, known: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        imported(workspace, tmp_path, f"username,{column}\none,yes\n")
    assert told.value.remedy == f"Write {known}, or leave the column out."


def test_the_command_line_s_names_of_a_legal_entity_are_columns(workspace: Workspace, tmp_path: Path) -> None:
    assert found(imported(workspace, tmp_path, "username,entity registration,entity country\none,84-1,US\n")) == []
    assert workspace.accounts.get("one").entity is not None


def test_a_column_nobody_knows_is_passed_over_with_a_note(workspace: Workspace, tmp_path: Path) -> None:
    result = imported(workspace, tmp_path, "Owner,username,,kind\nmaya,one,x,personal\n")
    assert some(result.created) == {"accounts": 1}
    assert result.notes == (
        "The column “Owner” was skipped: a sheet of accounts has no such column.",
        "Column 3 was skipped: the first line has no name for it.",
    )


def test_a_column_close_to_a_known_one_names_it(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="“Nick name”") as told:
        imported(workspace, tmp_path, "username,Nick name\n")
    assert "Write nickname" in told.value.remedy


def test_a_first_line_that_says_nothing_is_answered_with_the_columns_of_each_kind(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="First line doesn't say what the file lists") as told:
        imported(workspace, tmp_path, "code,nmae,region\n")
    for words in ("sheet of shops needs code, name, region;", "accounts needs username", "products needs shop, title, price"):
        assert words in told.value.remedy


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("code", "7.49517E+18"),
        ("registration_number", "7,49517E+18"),
        ("registration_number", "84.0"),
        ("registration_number", "--"),
    ],
)
def test_an_identifier_that_a_spreadsheet_bent_is_reported(workspace: Workspace, tmp_path: Path, field: str, cell: str) -> None:
    row = dict(zip(SHOPS.strip().split(","), ["USLC1", "Lumen", "US", "Lumen LLC", "company", "84-1", "US"], strict=True))
    [told] = imported(workspace, tmp_path, ";".join(row) + "\n" + ";".join((row | {field: cell}).values()) + "\n").problems
    assert (told.line, told.field) == (2, field)
    assert cell == "--" or "Format the column as text" in told.message


@pytest.mark.parametrize("price", ["1_000", "1,000.00", "$9", "9,90", "1e3", "Infinity", "٣", "-0", "+1", "1.", ".5", "0x10"])
def test_a_price_is_digits_and_one_decimal_point(workspace: Workspace, tmp_path: Path, price: str) -> None:
    code = add_shop(workspace).code
    [told] = imported(workspace, tmp_path, f"shop;title;price\n{code};Fig;{price}\n").problems
    assert (told.line, told.field) == (2, "price")
    assert "digits and one decimal point" in told.message


def test_one_number_written_in_several_ways_is_one_seller(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ONE.replace("84-1", number).replace("USLC1", f"USLC{index}") for index, number in enumerate(("84-1", "841", "８４ １"))
    )
    assert some(imported(workspace, tmp_path, SHOPS + "".join(rows)).created) == {"sellers": 1, "shops": 3}


def test_a_second_seller_of_one_name_is_pointed_out_before_it_comes_to_be(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS + ONE)
    result = imported(workspace, tmp_path, SHOPS + ONE.replace("84-1", "84-7").replace("USLC1", "USLC2"), dry_run=True)
    assert (some(result.created), len(result.notes)) == ({"sellers": 1, "shops": 1}, 1)
    assert "With 84-7 there are two sellers of this name" in result.notes[0]


@pytest.mark.parametrize(
    ("said", "probation"), [("over", Probation.OVER), ("Active", Probation.ACTIVE), ("2027-01-15", Probation.ACTIVE), ("", None)]
)
def test_a_shops_sheet_says_what_is_known_of_its_past(
    workspace: Workspace, tmp_path: Path, said: str, probation: Probation | None
) -> None:
    imported(workspace, tmp_path, SHOPS.replace("\n", ",Probation,Unlinks before\n") + ONE.replace("\n", f",{said},2\n"))
    shop = workspace.shops.get("USLC1")
    assert (shop.probation, shop.unlinks_before, shop.probation_until is not None) == (probation, 2, said.startswith("2"))


LINKS = "Shop code,username,role,linked_at,unlinked_at,ended_by,note\n"


def test_links_that_stood_before_the_record_began_come_in_with_a_sheet(workspace: Workspace, tmp_path: Path) -> None:
    code = add_shop(workspace).code
    rows = (
        f"{code},@Lumen.Candles,official,2026-01-05 09:00,2026-03-01,,Ticket 4711\n"
        f"{code},new.one,official,2026-05-05,,,\n{code},new.two,marketing,2026-05-05,2026-06-05,tiktok,\n"
    )
    assert some(imported(workspace, tmp_path, LINKS + rows).created) == {"accounts": 3, "links": 3}
    links = {link.username: link for link in workspace.links.find(shop=workspace.shops.get(code).id)}
    assert (links["new.one"].state, links["lumen.candles"].state) == (LinkState.LINKED, LinkState.UNLINKED)
    assert (links["lumen.candles"].ended_by, links["new.two"].ended_by) == (EndedBy.SELLER, EndedBy.TIKTOK)
    until = links["lumen.candles"].unlinked_at
    assert until
    assert until.astimezone().isoformat()[:23] == "2026-03-01T23:59:59.999"
    assert "Ticket 4711" in {event.note for event in workspace.history.page().events}
    assert not some(imported(workspace, tmp_path, LINKS + rows).created)


def test_a_links_row_that_was_imported_stays_unchanged(workspace: Workspace, clock: StoppedClock, tmp_path: Path) -> None:
    code = add_shop(workspace).code
    today = clock.now.astimezone().date()
    sheet = f"{LINKS}{code},was.one,official,2026-05-05,,,\n{code},new.one,marketing,{today},,,\n"
    assert some(imported(workspace, tmp_path, sheet).created) == {"accounts": 2, "links": 2}
    workspace.accounts.rename("was.one", "is.one")
    clock.move(timedelta(minutes=5))
    again = imported(workspace, tmp_path, sheet)
    assert (again.problems, some(again.created), some(again.updated)) == ((), {}, {})


def test_a_links_row_need_not_say_who_ended_it_and_another_end_is_reported_by_its_field(
    workspace: Workspace, tmp_path: Path
) -> None:
    code = add_shop(workspace).code
    row = f"{LINKS}{code},one,official,2026-01-05 09:00,2026-03-01 10:00,tiktok,\n"
    assert imported(workspace, tmp_path, row).problems == ()
    assert imported(workspace, tmp_path, row.replace("tiktok", "")).problems == ()
    assert found(imported(workspace, tmp_path, row.replace("tiktok", "seller"))) == [(2, "ended_by")]
    [told] = imported(workspace, tmp_path, row.replace("10:00,tiktok", "11:00,")).problems
    assert told.field == "unlinked_at"
    assert "unlinked 2026-03-01" in told.message


def test_every_mistake_of_a_row_is_reported_at_once(workspace: Workspace, tmp_path: Path) -> None:
    rows = "USA9,a b,offical,2025-13-01,1/15/2027,me,\nUSA9,a b,official,2025-13-01,1/15/2027,,\n"
    assert sorted(found(imported(workspace, tmp_path, LINKS + rows))) == [
        *((2, field) for field in ("ended_by", "linked_at", "role", "shop", "unlinked_at", "username")),
        *((3, field) for field in ("linked_at", "shop", "unlinked_at", "username")),
    ]
    add_shop(workspace)
    both = f"{LINKS}{workspace.shops.page().shops[0].shop.code},one,official,2027-01-05,2027-01-06,,\n"
    assert found(imported(workspace, tmp_path, both)) == [(2, "linked_at"), (2, "unlinked_at")]
    assert found(imported(workspace, tmp_path, both.replace("2027-01-06", "2026-01-06"))) == [(2, "linked_at")]


def test_every_mistake_of_an_account_s_row_is_reported_at_once(workspace: Workspace, tmp_path: Path) -> None:
    sheet = "username,region,phone,email\nends.,XX,ann@lumen.example,+1 555 010 0142\n"
    assert sorted(found(imported(workspace, tmp_path, sheet))) == [(2, name) for name in ("email", "phone", "region", "username")]
    entity = "username,standing,country,legal_name,entity_kind,registration_number\n"
    assert sorted(found(imported(workspace, tmp_path, entity + "one,so-so,XX,,,\n"))) == [
        (2, name) for name in ("country", "registration_number", "standing")
    ]
    imported(workspace, tmp_path, SHOPS + ONE)
    both = imported(workspace, tmp_path, entity + "one,,US,Other,individual,84-1\n")
    assert sorted(found(both)) == [(2, "entity_kind"), (2, "legal_name")]


def test_an_unknown_country_is_told_with_all_of_them(workspace: Workspace, tmp_path: Path) -> None:
    told = imported(workspace, tmp_path, "username,region\none,XX\n").problems[0].message
    assert all(code in told for code in countries.names())
    assert "…" not in told


def test_every_mistake_of_a_product_s_row_is_reported_at_once(workspace: Workspace, tmp_path: Path) -> None:
    row = f"{add_shop(workspace).code},Wax,-1,EURO\n"
    assert sorted(found(imported(workspace, tmp_path, f"shop,title,price,currency\n{row}"))) == [(2, "currency"), (2, "price")]


def test_a_link_s_end_is_checked_beside_another_mistake(workspace: Workspace, tmp_path: Path) -> None:
    row = f"{add_shop(workspace).code},one,offical,2027-01-05,,tiktok,\n"
    assert sorted(found(imported(workspace, tmp_path, LINKS + row))) == [(2, "ended_by"), (2, "linked_at"), (2, "role")]


def test_every_mistake_of_a_shop_s_row_is_reported_at_once(workspace: Workspace, tmp_path: Path) -> None:
    sheet = SHOPS.replace("\n", ",probation\n") + 'USLC1,Lumen,XX,,compny,"",US,1/15/2027\n'
    fields = ["entity_kind", "legal_name", "probation", "region", "registration_number"]
    assert sorted(found(imported(workspace, tmp_path, sheet))) == [(2, field) for field in fields]
    assert sorted(found(imported(workspace, tmp_path, sheet.replace("compny", "company")))) == [
        (2, field) for field in fields if field != "entity_kind"
    ]
    for wrong in ("gmbh,78", "company,1E+9"):
        field = "entity_kind" if wrong[0] == "g" else "registration_number"
        assert sorted(found(imported(workspace, tmp_path, f"{SHOPS}B2,Cc,US,L,{wrong},XX\n"))) == [(2, "country"), (2, field)]
    imported(workspace, tmp_path, SHOPS + ONE)
    assert sorted(found(imported(workspace, tmp_path, sheet))) == [(2, "entity_kind"), (2, "probation"), (2, "region")]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("NOPE,one,official,2026-01-05,,,", "shop"),
        ("{code},one,owner,2026-01-05,,,", "role"),
        ("{code},one,official,46037,,,", "linked_at"),
        ("{code},one,official,2026-01-05,1/15/2026,,", "unlinked_at"),
        ("{code},one,official,2026-01-05,,tiktok,", "ended_by"),
        ("{code},one,official,2027-01-05,,,", "linked_at"),
        ("{code},one,official,2026-01-05,2027-01-05,,", "unlinked_at"),
        ("{code},one,official,2026-01-05,2026-01-01,,", "unlinked_at"),
        ("{code},a b,official,2026-01-05,,,", "username"),
    ],
)
def test_a_links_mistake_is_reported_by_line_and_field(workspace: Workspace, tmp_path: Path, row: str, field: str) -> None:
    code = add_shop(workspace).code
    assert found(imported(workspace, tmp_path, f"{LINKS}{row.format(code=code)}\n")) == [(2, field)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name here")
def test_a_pipe_is_read_once_and_what_is_no_file_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(SHOPS + ONE.replace("US,", "XX,", 1),))
    writer.start()
    assert found(exchange.import_file(workspace, tmp_path / "pipe", or_pipe=True)) == [(2, "region")]
    writer.join()
    with pytest.raises(InvalidInput, match="is a pipe"):  # a screen reads twice, and waits for nobody
        exchange.import_file(workspace, tmp_path / "pipe")
    with pytest.raises(InvalidInput, match="- doesn't exist"):
        exchange.import_file(workspace, Path("-"))
    (tmp_path / "link").symlink_to("gone")
    for path, told in ((Path("/dev/zero"), "is a device"), (tmp_path, "is a folder"), (tmp_path / "link", "is a link to gone")):
        with pytest.raises(InvalidInput, match=told):
            exchange.import_file(workspace, path)


def test_a_byte_order_mark_is_ignored(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("username,nickname\none,Café\n".encode("utf-8-sig"))
    assert found(exchange.import_file(workspace, file)) == []
    assert workspace.accounts.get("one").nickname == "Café"


def test_a_missing_or_unreadable_file_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none.csv", "doesn't exist"), (tmp_path, "can't be read"), (Path("a\0b"), "can't be read")):
        with pytest.raises(InvalidInput, match=told):
            exchange.import_file(workspace, path)


def test_the_samples_are_imported(workspace: Workspace) -> None:
    samples = Path(data.__file__).parent / "samples"
    for name in ("shops", "accounts", "products", "links"):
        result = exchange.import_file(workspace, samples / f"{name}.csv")
        assert (result.problems, result.notes) == ((), ())
        assert result.created[name]


def test_beside_a_mistake_what_only_has_spaces_around_it_is_none(workspace: Workspace, tmp_path: Path) -> None:
    sheet = tmp_path / "accounts.csv"
    sheet.write_text("username,region,email,standing\nana.wick, US , ana@lumen.example ,so-so\n")
    assert found(exchange.import_file(workspace, sheet)) == [(2, "standing")]
