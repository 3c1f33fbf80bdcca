"""A document imported over another state of its workspace: the newer history decides; without one, it is entered as if typed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from core import doctor, exchange, scenarios
from core.exchange import importing
from core.models import LinkState, Role
from core.workspace import Workspace
from tests.core.store.histories import told_workspace, used_workspace
from tests.proof.machine.tables import Tables
from tests.support import DAY, LUMEN, StoppedClock, add_account, add_shop, everything, imported, linked, new_workspace


def check_history(workspace: Workspace) -> None:
    """Check that nothing is broken, and that the history gives the tables."""
    assert [check for check in doctor.examine(workspace) if not check.ok] == []
    tables = Tables(workspace.path)
    tables.look()
    tables.close()


def test_an_older_document_changes_nothing_and_names_what_has_changed_since(
    workspace: Workspace, clock: StoppedClock, tmp_path: Path
) -> None:
    shop = add_shop(workspace, "Alpha")
    add_account(workspace, "wick")
    add_account(workspace, "same.one")
    link = linked(workspace, shop, "wick", Role.MARKETING)
    product = workspace.products.add(shop.code, "Jar", "1")
    document = exchange.document(workspace)
    clock.move(40 * DAY)
    workspace.shops.state(shop.code, entity=replace(LUMEN, legal_name="Lumen LLC"))
    workspace.shops.rename(shop.code, "Alpha Two")
    workspace.accounts.rename("wick", "wickstudio")
    workspace.products.change(product.id, price="2")
    workspace.links.unlink(link.id)
    workspace.accounts.state("same.one", standing="banned")
    workspace.entries.undo(workspace.entries.newest(account="same.one"), "It was another one.")
    before = everything(workspace)
    reported = {problem.field: problem.message for problem in imported(workspace, tmp_path, document).problems}
    assert {field: message.partition(": ")[2].partition(" (")[0] for field, message in reported.items()} == {
        "sellers[0]": "Shop Alpha has changed facts: legal name from Lumen Candle Company LLC to Lumen LLC",
        "shops[0]": "Shop Alpha renamed to Alpha Two",
        "accounts[0]": "@wick is now @wickstudio",
        "products[0]": "Product “Jar” has a new price",
        "links[0]": "@wickstudio unlinked as a marketing account",
    }
    assert everything(workspace) == before


def test_a_newer_document_gives_an_older_copy_of_its_workspace_the_same_entries(clock: StoppedClock, tmp_path: Path) -> None:
    with used_workspace(tmp_path / "newer.db", clock) as newer:
        newer.store.save_as(tmp_path / "older.db")
        imported(newer, tmp_path, {"format": "shoplink", "version": 1})  # an event that isn't exported
        told_workspace(newer)
        clock.move(DAY)
        lumen = newer.shops.page(query="Lumen Lights").shops[0].shop
        with newer.recording(anyway=True):
            newer.links.unlink(newer.links.find(account="next.one")[0].id, confirm=lumen.name)
            linked(newer, lumen, "reviewed.one")  # where the older copy has another official account
        for before, after in (("renamed.one", "x.one"), ("next.one", "renamed.one"), ("x.one", "next.one")):
            newer.accounts.rename(before, after)
        newer.shops.state(lumen.code, entity=replace(LUMEN, legal_name="Lumen LLC"))
        document = exchange.document(newer)
    with Workspace.open(tmp_path / "older.db", actor="bo", clock=clock) as older:
        result = imported(older, tmp_path, document)
        assert result.problems == ()
        assert result.updated["links"] == 1
        assert exchange.document(older) == document
        again = imported(older, tmp_path, document)
        assert not any((*again.created.values(), *again.updated.values()))
        older.products.add(lumen.code, "Candle", "1")
        check_history(older)


def test_rows_without_history_can_be_undone_one_by_one(workspace: Workspace, clock: StoppedClock, tmp_path: Path) -> None:
    with used_workspace(tmp_path / "used.db", clock) as used:
        document = exchange.document(used)
    document["events"] = []
    document["accounts"][0]["former"] = ["was.one"]
    assert imported(workspace, tmp_path, document).problems == ()
    check_history(workspace)
    entries = workspace.entries
    for link in workspace.links.find():
        entries.undo(entries.newest(link=link.id), "The wrong date.")
    assert workspace.links.find() == ()
    reported = {problem.message.partition(".")[0] for problem in imported(workspace, tmp_path, document).problems}
    assert reported == {"This link was undone here"}
    shop = workspace.shops.page(query="Birch").shops[0].shop
    entries.undo(entries.newest(shop=shop.code), "The wrong shop.")
    document["accounts"][0]["nickname"] = "Another"
    assert imported(workspace, tmp_path, {**document, "shops": [], "links": []}).updated["accounts"] == 1
    for _ in range(3):  # what an import has changed, its former username, and the account
        entries.undo(entries.newest(account="lumen.candles"), "The wrong account.")
    assert workspace.accounts.known("lumen.candles") is None
    check_history(workspace)


def test_a_step_recorded_on_both_sides_is_undone_on_one_before_the_document_is_imported(
    workspace: Workspace, clock: StoppedClock, tmp_path: Path
) -> None:
    shop = add_shop(workspace, "Alpha")
    add_account(workspace, "wick")
    link = linked(workspace, shop, "wick", Role.MARKETING)
    clock.move(40 * DAY)
    with new_workspace(tmp_path / "other.db", None, clock=clock, seed="other") as other:
        imported(other, tmp_path, exchange.document(workspace))
        for side in (workspace, other):
            side.links.unlink(link.id)
            side.accounts.state("wick", standing="banned")
        document = exchange.document(other)
        before = everything(workspace)
        for subject in ({"account": "wick"}, {"link": link.id}):
            reported = {problem.field: problem.message for problem in imported(workspace, tmp_path, document).problems}
            assert everything(workspace) == before
            assert all("on both sides" in message and "Undo the one here" in message for message in reported.values())
            workspace.entries.undo(workspace.entries.newest(**subject), "Recorded in the other file.")
            before = everything(workspace)
        assert set(reported) == {"links[0]"}
        assert imported(workspace, tmp_path, document).problems == ()
    check_history(workspace)
    with new_workspace(tmp_path / "third.db", None, clock=clock, seed="third") as third:
        assert imported(third, tmp_path, exchange.document(workspace)).problems == ()
    for subject in ({"account": "wick"}, {"link": link.id}):
        workspace.entries.undo(workspace.entries.newest(**subject), "It was another one.")
    assert workspace.links.get(link.id).state == LinkState.LINKED


def test_a_legal_name_corrected_on_both_sides_through_different_shops_is_undone_on_one(
    workspace: Workspace, clock: StoppedClock, tmp_path: Path
) -> None:
    shops = [add_shop(workspace, name).code for name in ("Alpha", "Beta")]
    with new_workspace(tmp_path / "other.db", None, clock=clock, seed="other") as other:
        imported(other, tmp_path, exchange.document(workspace))
        for side, shop in zip((workspace, other), shops, strict=True):
            side.shops.state(shop, entity=replace(LUMEN, legal_name="Lumen LLC"))
        document = exchange.document(other)
        (problem,) = imported(workspace, tmp_path, document).problems
        assert (problem.field, "Undo the one here" in problem.message) == ("sellers[0]", True)
        workspace.entries.undo(workspace.entries.newest(shop=shops[0]), "Corrected in the other file.")
        assert imported(workspace, tmp_path, document).problems == ()
    check_history(workspace)


def test_an_entry_undone_on_both_sides_is_named(workspace: Workspace, clock: StoppedClock, tmp_path: Path) -> None:
    add_account(workspace, "wick")
    workspace.accounts.state("wick", standing="banned")
    with new_workspace(tmp_path / "other.db", None, clock=clock, seed="other") as other:
        imported(other, tmp_path, exchange.document(workspace))
        for side in (workspace, other):
            side.entries.undo(side.entries.newest(account="wick"), "It was another one.")
        (problem,) = imported(workspace, tmp_path, exchange.document(other)).problems
    assert problem.field == "events[1].undone_by"
    assert "undone on both sides: @wick has changed facts: standing (" in problem.message
    assert "new workspace file" in problem.message


def test_products_that_differ_are_found_in_one_pass_over_the_history_and_the_import_can_be_stopped_at_each(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = add_shop(workspace, "Alpha")
    for title in ("Jar", "Candle", "Wick"):
        workspace.products.add(shop.code, title, "1")
    document = exchange.document(workspace)
    document["products"] = [{**product, "price": "2"} for product in document["products"]]
    file = tmp_path / "prices.json"
    file.write_text(json.dumps({**document, "events": []}))
    changed: list[int] = []
    read: list[str] = []

    def progress(done: float) -> None:
        changed.append(sum(product.price == 2 for product in workspace.products.of_shop(shop.code)))

    monkeypatch.setattr(importing, "STEP", 1)
    workspace.store.connection.set_trace_callback(read.append)
    exchange.import_file(workspace, file, progress=progress)
    assert {0, 1, 2, 3} <= set(changed)
    assert len([sql for sql in read if "$.product.id" in sql and "seen" in sql]) == 1


def test_a_newer_document_corrects_the_legal_name_of_an_account_for_a_new_seller(
    workspace: Workspace, clock: StoppedClock, tmp_path: Path
) -> None:
    misspelt = replace(LUMEN, legal_name="Lumen Candel LLC")
    add_account(workspace, "wick", kind="organization", entity=misspelt)
    with (
        new_workspace(tmp_path / "other.db", None, clock=clock, seed="other") as other,
        new_workspace(tmp_path / "third.db", None, clock=clock, seed="third") as third,
    ):
        imported(other, tmp_path, exchange.document(workspace))
        add_account(third, "another.one", kind="organization", entity=misspelt)
        shop = add_shop(workspace, entity=misspelt)
        workspace.shops.state(shop.code, entity=LUMEN)
        document = exchange.document(workspace)
        assert imported(other, tmp_path, document).problems == ()
        assert exchange.document(other) == document
        check_history(other)
        other.entries.undo(other.entries.newest(shop=shop.code), "It was right.")
        assert other.accounts.get("wick").entity == misspelt
        reported = {problem.field: problem.message for problem in imported(third, tmp_path, document).problems}
        assert "different legal_name" in reported["sellers[0].entity"]  # it was entered there without this document's history


def test_former_usernames_without_history_are_entered_in_their_order(workspace: Workspace, tmp_path: Path) -> None:
    for username, former in (("one.a", ["old.a", "older.a"]), ("new.a", ["mid.a", "one.a", "x.a"])):
        account = {"id": "acc-1", "username": username, "former": former}
        assert imported(workspace, tmp_path, {"format": "shoplink", "version": 1, "accounts": [account]}).problems == ()
    changes = [event.summary for event in workspace.history.page(account="new.a", kind="account.username_changed").events]
    assert changes == [
        "@mid.a is now @new.a",
        "@one.a is now @mid.a",
        "@x.a is now @one.a",
        "@old.a is now @one.a",
        "@older.a is now @old.a",
    ]
    workspace.entries.undo(workspace.entries.newest(account="new.a"), "It was another account.")
    assert workspace.accounts.get("one.a").former == ("x.a", "old.a", "older.a")
    check_history(workspace)


def test_a_newer_export_of_a_practice_workspace_goes_into_a_record(
    workspace: Workspace, clock: StoppedClock, tmp_path: Path
) -> None:
    with scenarios.create(tmp_path / "newer.db", "in-review", actor="maya", clock=clock) as newer:
        newer.store.save_as(tmp_path / "older.db")
        link = next(link for link in newer.links.find() if link.state == LinkState.IN_REVIEW)
        newer.links.approve(link.id)
        clock.move(60 * DAY)
        newer.links.unlink(link.id)
        document = exchange.document(newer)
    with Workspace.open(tmp_path / "older.db", actor="bo", clock=clock) as older:
        before = everything(older)
        (problem,) = imported(older, tmp_path, document).problems
        assert "Import the document into a new record workspace" in problem.message
        assert everything(older) == before
    assert imported(workspace, tmp_path, document).problems == ()


def test_an_account_entered_on_both_sides_is_undone_on_one(clock: StoppedClock, tmp_path: Path) -> None:
    with Workspace.in_memory(actor="maya", clock=clock, seed="here") as here:
        shop = add_shop(here)
        document = exchange.document(here)
        with Workspace.in_memory(actor="sam", clock=clock, seed="there") as there:
            imported(there, tmp_path, document)
            there.links.record_linked("both.one", shop.code, Role.MARKETING, clock.now - DAY)
            document = exchange.document(there)
        here.links.record_linked("both.one", shop.code, Role.MARKETING, clock.now - DAY)
        [problem] = imported(here, tmp_path, document).problems
        assert problem.message == (
            "@both.one is another account's here. If one account was entered on both sides, undo what was entered about it "
            "here, then import the document again."
        )
        here.entries.undo(here.entries.newest(account="both.one"), "Entered on both sides.")
        assert imported(here, tmp_path, document).problems == ()
