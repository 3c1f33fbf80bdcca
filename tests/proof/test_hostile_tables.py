"""The tables of ways in and ways out leave nothing out: a new command, screen or column fails here until it stands in them."""

from dataclasses import fields
from pathlib import Path

import pytest

from core.exchange import ROWS
from tests.proof.hostile import command_line, commands_out, files_in, screens, workspace
from tests.proof.hostile.harmless import acting
from tests.proof.hostile.texts import ALL
from tests.proof.terminal import Terminal
from tui.cli.group import COMMANDS, cli


def test_there_are_at_least_200_texts() -> None:
    assert len(set(ALL)) >= 200


def test_every_command_is_a_way_in() -> None:
    assert set(command_line.COMMANDS) == set(COMMANDS)


def test_every_argument_and_option_that_takes_a_text_is_a_way_in() -> None:
    context = cli.make_context("shoplink", ["paths"], resilient_parsing=True)
    for name, ways in command_line.COMMANDS.items():
        command = cli.get_command(context, name)
        words = [word for way in ways for word in way.arguments]
        for parameter in getattr(command, "params", []):
            if parameter.param_type_name == "option" and not parameter.is_flag and not parameter.hidden:
                given = [words[place + 1] for place, word in enumerate(words[:-1]) if word in parameter.opts]
                assert command_line.TEXT in given, f"{name} {parameter.opts[0]}"


def test_every_command_is_a_way_out_or_tells_nothing_that_is_stored() -> None:
    told = {command[0] for command in (*commands_out.WHOLE, *commands_out.OF_ONE)}
    assert told | commands_out.NOTHING_STORED == set(COMMANDS)


def test_every_screen_is_looked_at() -> None:
    assert {view.kind for view in screens.VIEWS} == screens.classes()


def test_every_column_that_takes_text_is_flooded_or_closed(tmp_path: Path) -> None:
    workspace.flooded(tmp_path / "w.db", ["x"])
    listed = {
        table: {*workspace.FREE.get(table, ()), *workspace.NAMES.get(table, ()), *workspace.CLOSED.get(table, ())}
        for table in {*workspace.FREE, *workspace.NAMES, *workspace.CLOSED}
    }
    assert listed == workspace.columns(tmp_path / "w.db")


def test_every_field_of_a_sheet_is_a_way_in() -> None:

    assert {kind: set(row) for kind, row in files_in.SHEETS.items()} == {
        kind: {field.name for field in fields(row)} for kind, row in ROWS.items()
    }


@pytest.mark.parametrize(
    "sent",
    [
        *(b"\x1b]52;c;?\x07", b"\x1b]0;title\x07", b"\x1b]8;;http://e\x1b\\x", b"\x1b[6n", b"\x1b[c", b"\x1bc", b"\x1bPq\x1b\\"),
        *(b"\x07", b"\x00", b"\x7f", b"\xc2\x9b31m", b"\xff", "\u202e".encode(), "\u200b".encode(), "\U000e0041".encode()),
    ],
    ids=ascii,
)
def test_the_terminal_of_the_proof_counts_what_no_program_of_ours_means(sent: bytes) -> None:
    terminal = Terminal()
    terminal.take(b"\x1b[1;1Hx" + sent)
    assert terminal.wrong


def test_the_proof_knows_what_acts() -> None:
    assert acting("a\x1bb") == ["\x1b"]
    assert not acting("Zoë 光 👩‍👩‍👧\n")
