"""Sheets of shops, accounts and products as people and spreadsheets write them; every mistake by line and field."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import data
from core import countries, exchange
from core.models import AccountKind, Probation, ProductStatus, Standing
from core.store import shops as shop_rows
from core.workspace import Workspace
from tests.core.exchange.sheets import ONE, SHOPS, TWO, found, some
from tests.support import add_shop, everything, imported


def test_shops_are_imported_and_the_same_entity_twice_is_one_seller(workspace: Workspace, tmp_path: Path) -> None:
    result = imported(workspace, tmp_path, SHOPS + ONE + "GBLC1,Birch,GB,Birch Ltd,company,09,GB\n" + TWO)
    assert (some(result.created), some(result.updated), result.problems) == ({"sellers": 2, "shops": 3}, {}, ())
    assert workspace.shops.get("uslc1").seller == workspace.shops.get("USLC2").seller
    assert workspace.shops.get("GBLC1").seller != workspace.shops.get("USLC2").seller
    assert workspace.shops.seller(workspace.shops.get("USLC1")).entity.legal_name == "Lumen, LLC"


def test_importing_again_changes_nothing_but_changed_rows(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, tmp_path, SHOPS + ONE)
    before = everything(workspace)
    result = imported(workspace, tmp_path, SHOPS + ONE)
    assert (some(result.created), some(result.updated), result.problems) == ({}, {}, ())
    assert everything(workspace) == before  # nor is there an entry about nothing
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
        ("soon", "Write active, over, or the day it ends"),
    ],
)
def test_a_cell_that_is_no_plain_date_is_reported_with_how_to_write_it(
    workspace: Workspace, tmp_path: Path, cell: str, how: str
) -> None:
    [problem] = imported(workspace, tmp_path, SHOPS.replace("\n", ",probation\n") + ONE.replace("\n", f",{cell}\n")).problems
    assert (problem.line, problem.field) == (2, "probation")
    assert how in problem.message


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
    reported = imported(workspace, tmp_path, SHOPS + ONE + TWO.replace(*another))
    assert found(reported) == [(3, field)]
    assert known in reported.problems[0].message
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
    reported = imported(workspace, tmp_path, SHOPS + ONE.replace(",US,", ",GB,", 1)).problems[0].message
    assert "another region" in reported


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
    reported = found(
        imported(workspace, tmp_path, sheet + "ends.,pet,XX,maybe,fine,,call me,,\nends.,,,,,,,,\nok.one,,,,,,,84,\n")
    )
    wrong = ("kind", "identity_verified", "standing", "username", "region", "phone")
    assert reported == [*((2, field) for field in wrong), (3, "username"), (4, "country")]


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


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("verified", "identity_verified"),
        ("Adult", "holder_is_adult"),
        ("holder is adlt", "holder_is_adult"),
        ("Nick name", "nickname"),
    ],
)
def test_a_column_that_is_close_to_a_known_one_is_a_problem_that_names_it(
    workspace: Workspace, tmp_path: Path, column: str, known: str
) -> None:
    [problem] = imported(workspace, tmp_path, f"username,{column}\none,yes\n").problems
    assert (problem.line, problem.field) == (1, known)
    assert problem.message.endswith(f"Write {known}, or leave the column out.")


def test_a_misspelled_column_hides_no_other_problem(workspace: Workspace, tmp_path: Path) -> None:
    sheet = "sep=,\nusername,regoin,kind,Kind,nickname,nicknam\none,XX,personal,business,One,1\nt.,US,,,,\n"
    result = imported(workspace, tmp_path, sheet)
    assert found(result) == [(2, "region"), (2, "kind"), (2, "nickname"), (3, "region"), (4, "username")]
    assert workspace.accounts.page().accounts == ()
    assert "names the column kind twice" in result.problems[1].message


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
    [problem] = imported(workspace, tmp_path, ";".join(row) + "\n" + ";".join((row | {field: cell}).values()) + "\n").problems
    assert (problem.line, problem.field) == (2, field)
    assert cell == "--" or "Format the column as text" in problem.message


@pytest.mark.parametrize("price", ["1_000", "1,000.00", "$9", "9,90", "1e3", "Infinity", "٣", "-0", "+1", "1.", ".5", "0x10"])
def test_a_price_is_digits_and_one_decimal_point(workspace: Workspace, tmp_path: Path, price: str) -> None:
    code = add_shop(workspace).code
    [problem] = imported(workspace, tmp_path, f"shop;title;price\n{code};Fig;{price}\n").problems
    assert (problem.line, problem.field) == (2, "price")
    assert "digits and one decimal point" in problem.message


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
    reported = imported(workspace, tmp_path, "username,region\none,XX\n").problems[0].message
    assert all(code in reported for code in countries.names())
    assert "…" not in reported


def test_every_mistake_of_a_product_s_row_is_reported_at_once(workspace: Workspace, tmp_path: Path) -> None:
    row = f"{add_shop(workspace).code},Wax,-1,EURO\n"
    assert sorted(found(imported(workspace, tmp_path, f"shop,title,price,currency\n{row}"))) == [(2, "currency"), (2, "price")]


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


def test_a_word_of_a_list_is_written_in_any_case(workspace: Workspace, tmp_path: Path) -> None:
    shop = add_shop(workspace).code
    sheets = (
        SHOPS + ONE.replace("company", "Company "),
        "username,kind,standing\nlumen.one,Business,GOOD\n",
        f"shop,title,price,status\n{shop},Wick,1,Inactive\n",
        f"shop,username,role,linked_at,unlinked_at,ended_by\n{shop},lumen.one,Marketing,2026-05-10,2026-06-10,TikTok\n",
    )
    assert [problem for sheet in sheets for problem in imported(workspace, tmp_path, sheet).problems] == []
    account = workspace.accounts.get("lumen.one")
    assert (account.kind, account.standing) == (AccountKind.BUSINESS, Standing.GOOD)
