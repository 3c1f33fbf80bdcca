"""Importing an export: all or nothing, every mistake by line and field, unknown facts stay unknown."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from core import exchange, scenarios
from core.errors import InvalidInput, Locked
from core.exchange.json_document import JsonDocument
from core.exchange.kinds import KINDS
from core.models import EventKind, WorkspaceKind
from core.workspace import Workspace
from tests.core.store.histories import told_workspace, used_workspace
from tests.support import StoppedClock, add_account, add_shop, everything, imported


def scenario(id: str) -> dict[str, Any]:
    with scenarios.in_memory(id, actor="maya", clock=StoppedClock()) as workspace:
        return exchange.document(workspace)


def found(result: exchange.ImportResult) -> list[tuple[int, str]]:
    return [(problem.line, problem.field) for problem in result.problems]


def test_every_mistake_is_reported_by_line_and_field_and_nothing_changes(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    document["shops"][0]["region"] = "XX"
    document["accounts"][0]["kind"] = "robot"
    document["accounts"].append({"id": "acc-new", "username": "a\u202eb"})
    before = everything(workspace)
    result = imported(workspace, tmp_path, document)
    lines = (tmp_path / "document.json").read_text().splitlines()
    reported = {problem.field: lines[problem.line - 1].strip() for problem in result.problems}
    last = len(document["accounts"]) - 1
    assert reported["shops[0].region"] == '"region": "XX",'
    assert reported["accounts[0].kind"] == '"kind": "robot",'
    assert reported[f"accounts[{last}].username"].startswith('"username"')
    assert everything(workspace) == before


@pytest.mark.parametrize("moment", [46037, "46037", 1e300, True, "2026-11-20", "2026-11-20T10:00", "2026-02-30T10:00Z", "soon"])
def test_a_moment_of_a_document_is_iso_with_its_offset(workspace: Workspace, tmp_path: Path, moment: object) -> None:
    document = scenario("linked")
    document["shops"][0] |= {"probation": "active", "probation_until": moment}
    problem, *_ = imported(workspace, tmp_path, document).problems
    assert problem.field == "shops[0].probation_until"
    assert "is not a date and time with an offset" in problem.message or "doesn't exist" in problem.message
    assert "True" not in problem.message


def test_a_changed_workspace_is_exported_and_imported(workspace: Workspace, tmp_path: Path) -> None:
    with scenarios.in_memory("linked", actor="maya", clock=StoppedClock()) as linked:
        linked.accounts.state("lumen.candles", standing="banned", identity_verified=False)
        linked.shops.set_probation("USLCDEMO01", StoppedClock()().replace(year=2027))
        document = exchange.document(linked)
    assert imported(workspace, tmp_path, document).problems == ()


def test_importing_what_is_here_already_leaves_no_entry(workspace: Workspace, tmp_path: Path) -> None:
    add_account(workspace, "one.two")
    workspace.accounts.rename("one.two", "two.three")
    before = everything(workspace)
    result = imported(workspace, tmp_path, exchange.document(workspace))
    assert (set(result.created.values()), set(result.updated.values()), result.problems) == ({0}, {0}, ())
    assert everything(workspace) == before


def test_practice_does_not_take_what_no_rule_allows_and_a_record_does(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("organization")
    document["members"], document["events"] = [], []  # no admin is left
    with Workspace.empty(WorkspaceKind.PRACTICE, "x", "x", actor="maya", clock=StoppedClock()) as practice:
        [problem] = imported(practice, tmp_path, document).problems
    assert "the account can't be linked to this shop" in problem.message
    assert imported(workspace, tmp_path, document).problems == ()


@pytest.mark.parametrize("where", ["value", "key"])
def test_half_a_character_in_an_events_details_is_reported_by_line(workspace: Workspace, tmp_path: Path, where: str) -> None:
    document = scenario("linked")
    document["events"][0]["details"] |= {"value": {"note": ["a\udfffb"]}, "key": {"a\udfffb": 1}}[where]
    [problem] = imported(workspace, tmp_path, document).problems
    assert (problem.field, problem.message) == ("events[0].details", "has a character that can't be stored")


def test_the_kinds_can_be_in_any_order(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("organization")
    assert not imported(workspace, tmp_path, dict(reversed(document.items()))).problems
    assert exchange.document(workspace) == document


def test_every_field_goes_along(tmp_path: Path, clock: StoppedClock) -> None:
    with used_workspace(tmp_path / "used.db", clock) as used, Workspace.in_memory(actor="maya", clock=clock) as fresh:
        told_workspace(used)
        document = exchange.document(used)
        for kind in KINDS:
            entries = document[kind]
            empty = {name for name in entries[0] if all(entry[name] in (None, [], {}) for entry in entries)}
            assert empty == set(), kind
        assert imported(fresh, tmp_path, document).problems == ()
        assert exchange.document(fresh) == document
        again = imported(fresh, tmp_path, document)
        assert not any(again.created.values())
        assert not any(again.updated.values())
        assert "username" not in document["links"][0]


def test_a_username_that_changed_is_brought_along(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    imported(workspace, tmp_path, document)
    account = next(account for account in document["accounts"] if account["username"] == "lumen.candles")
    account["username"] = "lumen.lights"
    assert imported(workspace, tmp_path, document).updated["accounts"] == 1
    found = workspace.accounts.get("lumen.candles")
    assert (found.id, found.username, found.former) == (account["id"], "lumen.lights", ("lumen.candles",))
    other = {**document, "accounts": [{**account, "id": "acc-other"}], "events": []}
    assert [problem.field for problem in imported(workspace, tmp_path, other).problems] == ["accounts[0].username"]


def test_a_document_in_one_line_says_which_entry_is_wrong(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    document["products"][2]["price"] = "-1"
    file = tmp_path / "one-line.json"
    file.write_text(json.dumps(document))
    assert found(exchange.import_file(workspace, file)) == [(1, "products[2].price")]


def test_duplicates_and_contradictions_are_distinguished(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    document["accounts"].append(document["accounts"][0])
    document["accounts"].append({**document["accounts"][1], "nickname": "Another"})
    messages = [problem.message for problem in imported(workspace, tmp_path, document).problems]
    assert messages[0].startswith("is the same as line ")
    assert messages[1].startswith("contradicts line ")


def test_a_conflict_with_the_record_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    assert not imported(workspace, tmp_path, document).problems
    before = everything(workspace)
    document["links"][0]["account"] = document["accounts"][-1]["id"]
    document["shops"][0]["region"] = "GB"
    reported = {problem.field: problem.message for problem in imported(workspace, tmp_path, document).problems}
    assert "another region" in reported["shops[0]"]
    assert "differs there: account" in reported["links[0]"]
    assert everything(workspace) == before


def test_a_dry_run_says_what_it_would_do_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = everything(workspace)
    document = scenario("linked")
    result = imported(workspace, tmp_path, document, dry_run=True)
    assert result.created["shops"] == 1
    assert everything(workspace) == before
    assert imported(workspace, tmp_path, document).created == result.created


def test_an_absent_fact_stays_unknown_and_erases_nothing(workspace: Workspace, tmp_path: Path) -> None:
    known = {"id": add_account(workspace).id, "username": "lumen.candles"}
    document = {"format": "shoplink", "version": 1, "accounts": [known, {"id": "acc-new", "username": "new.one"}]}
    assert not imported(workspace, tmp_path, document).problems
    kept = workspace.accounts.get("lumen.candles")
    assert kept.region == "US"
    assert workspace.accounts.get("new.one").region is None


def test_rows_imported_without_history_get_one_event(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("organization")
    kinds = [event["kind"] for event in document["events"]]
    document["events"] = []
    assert not imported(workspace, tmp_path, document).problems
    recorded = [event.kind for event in workspace.history.page(limit=1000).events]
    for kind in (EventKind.SHOP_ADDED, EventKind.PRODUCT_ADDED):
        assert recorded.count(kind) == kinds.count(kind)
    assert recorded.count(EventKind.ACCOUNT_STATED) == len(document["accounts"])
    assert EventKind.LINK_LINKED in recorded
    assert EventKind.MEMBER_ACCEPTED in recorded
    assert not imported(workspace, tmp_path, document).problems
    assert len(workspace.history.page(limit=1000).events) == len(recorded)  # a second import says nothing new


def test_changes_by_an_import_are_in_the_history(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("new-shop")
    assert not imported(workspace, tmp_path, document).problems
    document["shops"][0]["name"] = "Lumen Lights"
    document["products"][0]["price"] = "99.00"
    document["accounts"][0]["nickname"] = "Another"
    result = imported(workspace, tmp_path, document)
    assert {kind: count for kind, count in result.updated.items() if count} == {"shops": 1, "accounts": 1, "products": 1}
    newest = {event.kind for event in workspace.history.page(limit=4).events}
    assert newest >= {EventKind.SHOP_RENAMED, EventKind.PRODUCT_CHANGED, EventKind.ACCOUNT_STATED}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{not json", "is not JSON"),
        (b'{"format": "shoplink", "version": 1, "shops": [\xff]}', "is not text in UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b"[1]", "is not a file that shoplink exported"),
        (b"{}", "is not a file that shoplink exported"),
        (b'{"format": "shoplink", "version": 2}', "doesn't have version"),
        (b'{"format": "shoplink", "version": 1.0}', "doesn't have version"),
        (b'{"format": "shoplink", "version": true}', "doesn't have version"),
        (b'{"format": "shoplink",\n"version": 1, "shops": [\n], "shops": []}', r"line 3\): “shops” is there twice"),
        (b'{"format": "shoplink",\n"version": 1, "shops": [\n{} {}]}', r"line 3\): “,” is missing"),
        (b'{"format": "shoplink",\r"version": 1, "shops": [\r{]}', "line 3"),
        (b'{"format": "shoplink",\n"version": 1, "shops": [], "events": [\n{"at": NaN}]}', r"line 3\): it has a number"),
        (b'{"format": "shoplink",\n"version": 1, "shops": [{"a": ' + b"1" * 5000 + b"}]}", r"line 2\): it has a number"),
        (b'{"format": "shoplink",\n"version": 1, "shops": [{"a": ' + b"[" * 100_000, r"line 2\): it has too many levels"),
        (b'{"format": "shoplink", "version": 1}\n}', "more text after its end"),
        (b'{"format": "shoplink", "version": 1,}', "is not JSON"),
        (b'{"format": "shoplink", "version": 1, "shops": [', "is not JSON"),
        (b'{1: "shoplink"}', "a name is not in quotation marks"),
    ],
    ids=[
        *(
            "text",
            "bytes",
            "deep",
            "list",
            "empty",
            "version",
            "fraction",
            "truth",
            "list twice",
            "comma",
            "brace",
            "not a number",
        ),
        *("digits", "nested", "after", "last comma", "cut off", "name"),
    ],
)
def test_a_file_that_is_no_export_is_reported(workspace: Workspace, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)
    before = everything(workspace)
    with pytest.raises(InvalidInput, match=words):
        exchange.import_file(workspace, file)
    assert everything(workspace) == before


def test_unknown_kinds_and_invalid_entries_are_reported(workspace: Workspace, tmp_path: Path) -> None:
    document = {"format": "shoplink", "version": 1, "shpos": [], "shops": [3], "accounts": 7}
    assert {field for _, field in found(imported(workspace, tmp_path, document))} == {"shpos", "shops[0]", "accounts"}


def test_stopping_leaves_no_trace(workspace: Workspace, tmp_path: Path) -> None:
    add_shop(workspace)
    before = everything(workspace)
    file = tmp_path / "big.json"
    file.write_text(json.dumps(scenario("agency")))
    seen: list[float] = []

    def stop_half_way(done: float) -> None:
        seen.append(done)
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exchange.import_file(workspace, file, progress=stop_half_way)
    assert seen == sorted(seen)
    assert everything(workspace) == before
    assert not imported(workspace, tmp_path, scenario("linked")).problems  # and the next one is imported


def test_an_import_can_be_stopped_until_everything_was_read(workspace: Workspace, tmp_path: Path) -> None:
    before = everything(workspace)
    file = tmp_path / "one.json"
    file.write_text(json.dumps(scenario("linked")))

    def stop_at_the_end(done: float) -> None:
        if done == 1.0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exchange.import_file(workspace, file, progress=stop_at_the_end)
    assert everything(workspace) == before


def test_an_export_is_a_snapshot_while_another_connection_writes(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    clock = StoppedClock()
    with (
        scenarios.create(path, "linked", actor="maya", clock=clock) as reader,
        Workspace.open(path, actor="bo", clock=clock) as writer,
    ):
        before = exchange.document(reader)

        class Out:
            """Let the other connection try to write in the middle of the export."""

            text = ""

            def write(self, part: str) -> None:
                self.text += part
                if '"products"' in part:
                    writer.store.db.execute("PRAGMA busy_timeout = 0")
                    with pytest.raises(Locked):  # with a rollback journal a reader blocks writers
                        writer.products.add("USLCDEMO01", "In between", "1.00")

        out = Out()
        exchange.write(reader, out)  # type: ignore[arg-type]
        assert json.loads(out.text) == before


def test_a_name_that_is_there_twice_is_reported_at_its_second_place(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    text = json.dumps(document, indent=1).replace(
        '"name": "Lumen Candle Co.",', '"name": "Lumen Candle Co.",\n"name": "Other",', 1
    )
    (tmp_path / "twice.json").write_text(text)
    problem, *_ = exchange.import_file(workspace, tmp_path / "twice.json").problems
    assert (problem.field, problem.message) == ("shops[0].name", "is there twice: leave one out")
    assert text.splitlines()[problem.line - 1] == '"name": "Other",'


@pytest.mark.parametrize("field", ["requested_at", "linked_at"])
def test_a_links_moment_in_the_future_or_against_its_own_events_is_reported(
    workspace: Workspace, tmp_path: Path, field: str
) -> None:
    document = scenario("linked")
    document["links"][0][field] = "2900-01-01T00:00:00Z"
    problem, *_ = imported(workspace, tmp_path, document).problems
    assert (problem.field, problem.message) == (f"links[0].{field}", "is in the future by this workspace's clock.")
    document = scenario("linked")
    link = document["links"][0]
    link[field] = (
        "2020-01-01T00:00:00Z" if field == "requested_at" else link["linked_at"].replace("T", "T").replace(":05:", ":06:")
    )
    [problem] = imported(workspace, tmp_path, document).problems
    assert problem.field == f"links[0].{field}"
    event = next(one for one in document["events"] if one["link"] == link["id"] and one["kind"] == f"link.{field[:-3]}")
    assert event["id"] in problem.message


def test_a_second_seller_of_one_legal_entity_is_pointed_out(workspace: Workspace, tmp_path: Path) -> None:
    document = scenario("linked")
    entity = document["sellers"][0]["entity"]
    again = {**entity, "registration_number": f" {entity['registration_number'].replace('-', ' ')} "}
    document["sellers"].append({"id": "sel-again", "entity": again})
    result = imported(workspace, tmp_path, document, dry_run=True)
    assert (result.problems, len(result.notes)) == ((), 1)
    assert result.notes[0].startswith("The seller sel-again has the legal entity of the seller sel-lumen")


@pytest.mark.parametrize("id", [info.id for info in scenarios.catalog()])
def test_every_scenarios_links_agree_with_their_events(workspace: Workspace, tmp_path: Path, id: str) -> None:
    assert imported(workspace, tmp_path, scenario(id)).problems == ()


def test_an_import_holds_no_more_than_the_documents_text(tmp_path: Path) -> None:
    document = scenario("agency")
    event = document["events"][-1]
    document["events"] += [{**event, "id": f"evt-{number}", "entry": f"evt-{number}"} for number in range(20_000)]
    file = tmp_path / "big.json"
    file.write_text(json.dumps(document, indent=1))
    with file.open("rb") as opened:
        tracemalloc.start()
        source = JsonDocument(opened)
        for _ in source.entries():
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1.1 * file.stat().st_size
