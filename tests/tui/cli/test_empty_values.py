"""No command takes an empty value for one that was not given: a shell gives one for a variable that is not set."""

import re

import pytest

from tests.proof.hostile.commands import TEXT, answered, ways_in
from tests.tui.cli.support import Run

CAN_BE_EMPTY = {"--query", "--note"}


@pytest.mark.parametrize("way", [way for way in ways_in() if TEXT in way[1:]], ids=" ".join)
def test_an_empty_value_is_refused_by_its_name(way: tuple[str, ...]) -> None:
    option = way[way.index(TEXT) - 1]
    if option in CAN_BE_EMPTY:
        return
    answer = answered(["--db", "none.db", *("" if word == TEXT else word for word in way)])
    assert answer.code == 2, answer
    named = option if option.startswith("--") else "[A-Z|_]+"
    assert re.match(
        rf"shoplink: {named}( is empty|: “” is not |: the file's name is empty)|shoplink: There is no command", answer.err
    )


def test_an_empty_link_is_not_the_one_that_waits(practice: Run) -> None:
    practice("link", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--accept-agreement")
    code, error = practice("authorize", "")
    assert (code, error["error"]["message"]) == (2, "LINK is empty. Give a value.")
    assert practice("links")[1]["links"][0]["state"] == "awaiting_authorization"
