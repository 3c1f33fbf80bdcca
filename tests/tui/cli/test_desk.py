"""The Desk's commands, on a file and on what another terminal shows."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import desk, scenarios
from tests.support import MS, RunningClock
from tests.tui.cli.support import Run
from tui.acts import Acts
from tui.cli import run
from tui.presenting import channel


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the sockets; a short one, as a socket's path has to be."""
    folder = Path(tempfile.mkdtemp(prefix="s"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def practice(cli: Run) -> Run:
    assert cli("init", "--practice", "in-review")[0] == 0
    return cli


@pytest.mark.parametrize(
    ("arguments", "state", "kind", "actor"),
    [
        (("approve",), "linked", "link.approved", "TikTok"),
        (("approve", "@lumen.candles"), "linked", "link.approved", "TikTok"),
        (("allow",), "linked", "link.approved", "TikTok"),
        (("reject", "--reason", "The picture is blurred."), "rejected", "link.rejected", "TikTok"),
        (("withdraw",), "cancelled", "link.cancelled", "TikTok"),
    ],
)
def test_an_act_on_the_request_answers_with_the_link(
    practice: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], state: str, kind: str, actor: str
) -> None:
    monkeypatch.delenv("SHOPLINK_ACTOR", raising=False)
    code, link = practice("desk", *arguments)
    assert (code, link["state"], link["account"]["username"]) == (0, state, "lumen.candles")
    [event] = practice("history", "--kind", kind)[1]["events"]
    assert (event["actor"], event["entered_by"]) == (actor, "demo")


def test_the_holder_answers_and_tiktok_ends_the_link(cli: Run) -> None:
    cli("init", "--practice", "just-linked")
    assert cli("desk", "accept")[1]["state"] == "linked"
    [accepted] = [one for one in cli("history", "--kind", "link.authorized")[1]["events"] if "ink.and.moss" in one["summary"]]
    assert accepted["actor"] == "Account holder"
    code, error = cli("desk", "end-link")
    assert (code, error["error"]["code"]) == (2, "invalid")  # two are linked now
    code, ended = cli("desk", "end-link", "@ink.and.moss")
    assert (code, ended["state"], ended["ended_by"]) == (0, "unlinked", "tiktok")
    assert cli("desk", "decline")[0] == 4


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (("suspend", "lumen.candles"), "standing", "suspended"),
        (("verify", "wax.and.wick"), "identity_verified", True),
        (("region", "wax.and.wick", "gb"), "region", "GB"),
        (("username", "lumen.candles", "@lumen.light"), "username", "lumen.light"),
        (("add-account", "candle.corner", "--region", "GB"), "region", "GB"),
    ],
)
def test_an_act_on_an_account_answers_with_it(practice: Run, arguments: tuple[str, ...], field: str, value: object) -> None:
    code, account = practice("desk", *arguments)
    assert (code, account[field]) == (0, value)


@pytest.mark.parametrize(
    ("arguments", "already"),
    [
        (("suspend", "lumen.candles"), "@lumen.candles is suspended already"),
        (("reinstate", "lumen.candles"), "@lumen.candles is in good standing already"),
        (("verify", "lumen.candles"), "@lumen.candles has a verified identity already"),
        (("region", "lumen.candles", "us"), "@lumen.candles has this region already"),
        (("username", "wax.and.wick", "@wax.and.wick"), "@wax.and.wick has this username already"),
    ],
)
def test_an_act_that_changes_nothing_says_so(
    practice: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], already: str
) -> None:
    practice("desk", *arguments)
    before = practice("history")
    assert practice("desk", *arguments, text=True) == (0, f"Nothing changed: {already}.\n")
    assert run(["--db", str(tmp_path / "w.db"), "desk", *arguments, "--json"]) == 0
    assert capsys.readouterr().err == f"Nothing changed: {already}.\n"
    assert practice("history") == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept",), "No request is waiting for the holder."),
        (("approve",), "No request is in review."),
        (("withdraw",), "No request is open."),
        (("end-link",), "No account is linked."),
    ],
)
def test_without_a_fitting_link_an_act_says_what_there_is_none_of(cli: Run, arguments: tuple[str, ...], message: str) -> None:
    cli("init", "--practice", "new-shop")
    code, error = cli("desk", *arguments)
    assert (code, error["error"]["message"]) == (4, message)


def test_what_a_rule_stops_is_refused_with_it(practice: Run) -> None:
    practice("desk", "suspend", "lumen.candles")
    code, error = practice("desk", "approve")
    assert (code, error["error"]["code"]) == (1, "refused")
    assert [verdict["rule"] for verdict in error["error"]["verdicts"]] == ["account.good-standing"]
    assert practice("desk", "region", "lumen.candles", "GB")[0] == 1
    assert practice("desk", "allow")[0] == 0


def test_the_notes_are_the_scenarios(practice: Run) -> None:
    code, notes = practice("desk", "notes")
    assert (code, notes["scenario"]["id"], notes["place"], notes["tour"]) == (0, "in-review", None, None)
    assert notes["scenario"]["first"] in " ".join(practice("desk", "notes", text=True)[1].split())


def test_the_clock_moves_to_what_is_due(cli: Run) -> None:
    cli("init", "--practice", "just-linked")
    assert cli("desk", "advance", "due")[1]["shifted_by"] > 0
    while "Nothing changed: nothing is due later." not in (said := cli("desk", "advance", "due", text=True)[1]):
        assert "The clock was moved to what is due next." in said


@pytest.mark.parametrize("before", range(1, 7))
def test_what_becomes_due_while_the_clock_is_moved_to_it_is_reached(before: int) -> None:
    clock = RunningClock()
    with scenarios.in_memory("just-linked", actor="maya", clock=clock) as workspace:
        due = desk.next_due(workspace)
        assert due
        clock.now = due - before * MS
        assert Acts(workspace, None).advance_to_due().startswith("The clock was moved")
        assert workspace.now() >= due


@pytest.mark.parametrize(
    "arguments",
    [
        ("approve",),
        ("suspend", "x"),
        ("add-account", "x"),
        ("notes",),
        ("restart",),
        ("advance", "1h"),
        ("now",),
        ("next",),
        ("show", "history"),
        ("start", "linked"),
    ],
)
def test_a_record_has_no_desk(cli: Run, arguments: tuple[str, ...]) -> None:
    cli("init", "--record")
    code, error = cli("desk", *arguments)
    assert (code, error["error"]["code"]) == (1, "refused")


@pytest.mark.parametrize(
    "arguments", [[], ["next"], ["back"], ["pause"], ["play", "link-existing"], ["show", "history"], ["start", "linked"]]
)
def test_without_screens_that_are_shown_there_is_no_audience(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(["desk", *arguments]) == 4
    said = capsys.readouterr().err
    assert "shoplink demo" in said
    assert said.count("Start one") == 1


@pytest.mark.parametrize("arguments", [("next",), ("show", "history"), ("start", "linked")])
def test_a_file_that_no_screens_show_is_named(practice: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, error = practice("desk", *arguments)
    assert (code, error["error"]["message"]) == (4, f"No screens are open on {tmp_path / 'w.db'}.")
    assert f"shoplink --db {tmp_path / 'w.db'}" in error["error"]["remedy"]


def test_a_place_that_there_is_not_is_reported_with_those_there_are(practice: Run) -> None:
    assert practice("desk", "show", "nowhere")[0] == 4


async def test_an_order_reaches_the_newest_screens_that_are_shown(tmp_path: Path) -> None:
    folder = channel.folder()
    assert folder
    orders: list[bytes] = []
    done = asyncio.Event()

    async def shown(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(channel.State(file=str(tmp_path / "w.db"), shop=None, place="shops").line())
        orders.append(await reader.readline())
        writer.close()
        done.set()

    async with await asyncio.start_unix_server(shown, folder / f"{os.getpid()}.socket"):
        state = await channel.send(channel.order("open", "history"))
        await done.wait()
    assert (state.file, orders) == (str(tmp_path / "w.db"), [b'{"do": "open", "what": "history"}\n'])


@pytest.mark.parametrize(
    ("then", "exit_code", "said"),
    [
        ({"opened": 1, "place": "rules", "shop": "a"}, 0, "Shown: Rules"),
        ({"opened": 1, "is_asked": True}, 0, "The audience is asked first whether to leave what is typed."),
        ({"opened": 1}, 1, "Rules can't be shown: the workspace has no shop."),
        ({"opened": 1, "shop": "a"}, 1, "Rules wasn't shown. The audience's screen says why."),
        ({}, 1, "The audience's screen didn't answer."),
    ],
    ids=["shown", "asked", "no shop", "an error", "no answer"],
)
async def test_show_says_what_the_audience_then_sees(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, then: dict[str, Any], exit_code: int, said: str
) -> None:
    folder = channel.folder()
    assert folder
    before = channel.State(file=str(tmp_path / "w.db"), shop=None, place="shops")

    async def shown(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(before.line())
        await reader.readline()
        writer.write(replace(before, **then).line())
        writer.close()

    async with await asyncio.start_unix_server(shown, folder / f"{os.getpid()}.socket"):
        assert await asyncio.to_thread(run, ["desk", "show", "rules"]) == exit_code
    assert said in " ".join("".join(capsys.readouterr()).split())


async def test_a_tour_that_has_ended_only_goes_back(cli: Run, tmp_path: Path) -> None:
    folder = channel.folder()
    assert folder
    ended = channel.Playing(title="Link one", at=3, steps=3, caption="", note="", following="", paused=False, ended=True)

    async def shown(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(channel.State(file=str(tmp_path / "w.db"), shop=None, place="shops", tour=ended).line())
        await reader.readline()
        writer.close()

    async with await asyncio.start_unix_server(shown, folder / f"{os.getpid()}.socket"):
        answers = {command: await asyncio.to_thread(cli, "desk", command) for command in ("next", "pause", "back")}
    assert answers["next"] == answers["pause"]
    code, answer = answers["next"]
    assert (code, answer["error"]["message"]) == (1, "The tour Link one has ended.")
    assert answers["back"] == (0, {"tour": "Link one", "at": 3, "steps": 3})


async def test_a_remedy_names_the_file_of_the_demo(capsys: pytest.CaptureFixture[str], practice: Run, tmp_path: Path) -> None:
    folder = channel.folder()
    assert folder

    async def shown(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(channel.State(file=str(tmp_path / "w.db"), shop=None, place="shops").line())
        writer.close()

    async with await asyncio.start_unix_server(shown, folder / f"{os.getpid()}.socket"):
        assert await asyncio.to_thread(run, ["desk", "accept"]) == 4
    assert f"shoplink --db {tmp_path / 'w.db'} links" in " ".join(capsys.readouterr().err.split())
