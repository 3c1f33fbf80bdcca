"""Files that people write: every mistake is reported by file, line and field, and nothing else happens."""

import os
from pathlib import Path
from typing import Literal

import pytest

from core import scenarios
from core.errors import InvalidInput, NotFound
from core.toml_files import Source
from core.toml_text import LONGEST
from tests.support import StoppedClock

LINKED = (Path(scenarios.__file__).parent.parent / "data" / "scenarios" / "linked.toml").read_text(encoding="utf-8")


def line_of(text: str, words: str, nth: int = 0) -> int:
    return [number for number, line in enumerate(text.splitlines(), start=1) if words in line][nth]


def told(path: Path, text: str | bytes) -> str:
    """The message about a scenario file with this text, after checking that nothing was created."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InvalidInput) as raised:
        scenarios.create(path.with_suffix(".db"), str(path), actor="maya", clock=StoppedClock())
    assert not path.with_suffix(".db").exists()
    assert path.name in raised.value.message
    assert raised.value.remedy
    return raised.value.message


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.toml"


@pytest.mark.parametrize(
    ("was", "becomes", "nth", "field"),
    [
        ('kind = "personal"', 'kind = "pet"', 0, "accounts 1, kind"),
        ('region = "US"', "regoin = 7", 1, "accounts 1, regoin"),
        ('added = "-120d"', 'added = "soon"', 0, "shops 1, added"),
        ('name = "Lumen Candle Co."', 'name = ""', 0, "shops 1, name"),
        ("first = ", "first = false  #", 0, "first"),
    ],
)
def test_a_wrong_value_is_reported_by_line_and_field(mine: Path, was: str, becomes: str, nth: int, field: str) -> None:
    parts = LINKED.split(was)
    changed = was.join(parts[: nth + 1]) + becomes + was.join(parts[nth + 1 :])
    message = told(mine, changed)
    assert f"line {line_of(changed, becomes)}, {field}:" in message


def test_every_mistake_is_reported_not_only_the_first(mine: Path) -> None:
    changed = LINKED.replace('kind = "personal"', 'kind = "pet"').replace('added = "-120d"', "added = 7")
    message = told(mine, changed)
    assert "shops 1, added" in message
    assert "accounts 1, kind" in message


def test_a_missing_value_is_reported_with_its_table(mine: Path) -> None:
    changed = LINKED.replace('code = "USLCDEMO01"\n', "")
    assert f"line {line_of(changed, '[[shops]]')}, shops 1, code: is missing: add it" in told(mine, changed)


def test_an_act_that_the_rules_refuse_is_reported_with_the_reason(mine: Path) -> None:
    changed = LINKED.replace('region = "US"', 'region = "GB"', 1)  # the shop's
    message = told(mine, changed)
    assert "acts 1" in message
    assert "line " in message
    message = told(mine, LINKED.replace('role = "official"', 'role = "odd"', 1))
    assert "acts 1, role: must be one of: official, marketing" in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "is not TOML"),
        (b'title = "ok"\nshows = "\xff\xfe"\n', "line 2: this is not text in UTF-8"),
        ("", "title: is missing"),
        ('"' * 3 + "[" * 5000, "is not TOML"),
        ("\nx = " + "[" * 20_000, "line 2: brackets are nested too deeply"),
        ("x = " + "[1, " * 20_000, "line 1: brackets are nested too deeply"),
        ("\nx = " + "1" * 10_000, "line 2: a number has more than 4,000 digits"),
        ("\nx = 0x" + "f" * 10_000, "line 2: a number has more than 4,000 digits"),
        ("\n" + ".".join(["a"] * 50_000) + " = 1", "line 2: a key has more than 50 parts"),
        ("\n[" + " . ".join(["'a'"] * 50_000) + "]", "line 2: a key has more than 50 parts"),
        ("#" * (LONGEST + 1), "larger than 1 MB"),
        ('title = "\\u001b[2J"\nshows = "s"\n', "control character"),
    ],
    ids=[
        *(
            "half a line",
            "not utf-8",
            "empty",
            "open string",
            "deeply nested",
            "nested in lists",
            "long number",
            "long hexadecimal",
        ),
        *("long key", "long header", "huge", "control"),
    ],
)
def test_a_file_that_is_no_scenario_is_reported(mine: Path, text: str | bytes, words: str) -> None:
    assert words in told(mine, text)


def test_a_missing_file_and_a_folder_are_reported(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        scenarios.load(str(tmp_path / "none.toml"))
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(InvalidInput, match="can't be read"):
        scenarios.load(str(tmp_path / "folder.toml"))


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("scenario", "Name a file in the form of those in data/scenarios."),
        ("tour", "Name a file in the form of those in data/tours."),
        ("brand", "Name a TOML file with a line for every page, their language, or their words."),
    ],
)
def test_a_folder_is_reported_by_its_own_name_with_what_to_name_instead(
    tmp_path: Path, kind: Literal["scenario", "tour", "brand"], remedy: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        Source(tmp_path, kind)
    assert (error.value.message, error.value.remedy) == (f"{tmp_path} can't be read: it is a folder, not a file.", remedy)


def test_a_question_at_the_end_of_a_mistake_has_one_mark(mine: Path) -> None:
    message = told(mine, LINKED.replace("title =", "tilte =", 1))
    assert message.endswith("Did you mean title?")


def test_a_scenarios_texts_are_never_instructions(mine: Path) -> None:
    message = told(mine, LINKED.replace('kind = "personal"', 'kind = "\\u001b]0;x\\u0007"'))
    assert "\x1b" not in message


@pytest.mark.parametrize("text", ["{nope}", "{}", "{", "{shop", "{shop.x}", "{shop!r}", "{shop:>999999999}", "{0}"])
def test_a_fleets_pattern_names_only_what_there_is(mine: Path, text: str) -> None:
    fleet = (
        (LINKED[: LINKED.index("[[")])
        + f"""
[fleet]
shops = 2
regions = ["US"]
first = ["One"]
second = ["Shop"]
legal = "One"
patterns = [[{{at = "-1d", do = "link", shop = "{{shop}}", account = "{text}", role = "official"}}]]
"""
    )
    message = told(mine, fleet)
    assert f"line {line_of(fleet, 'patterns')}" in message
    assert "only {shop}, {account}, {other} can be in braces" in message


@pytest.mark.parametrize(("shops", "regions"), [("1_000_000_000", '["US"]'), ("-1", '["US"]'), ("2", "[]")])
def test_a_fleet_is_bounded(mine: Path, shops: str, regions: str) -> None:
    head = LINKED[: LINKED.index("[[")]
    told(mine, f'{head}[fleet]\nshops = {shops}\nregions = {regions}\nfirst = []\nsecond = []\nlegal = ""\npatterns = [[]]\n')


@pytest.mark.parametrize(
    "facts", ['username = "x"', 'self = "x"', "region = 7", "phone = 7", "nickname = 7", 'entity = "x"', "kind = []", "nope = 1"]
)
def test_a_fact_of_the_wrong_kind_is_reported_with_its_act(mine: Path, facts: str) -> None:
    changed = f'{LINKED}\n[[acts]]\nat = "0"\ndo = "state"\naccount = "lumen.candles"\n[acts.facts]\n{facts}\n'
    assert "acts" in told(mine, changed)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name here")
def test_a_pipe_a_device_and_a_link_to_nothing_are_reported_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "device.toml").symlink_to("/dev/zero")
    (tmp_path / "link.toml").symlink_to(tmp_path / "none")
    for name, words in (("pipe", "it is a pipe"), ("device", "it is a device"), ("link", "it is a link to")):
        with pytest.raises((InvalidInput, NotFound), match=words):
            scenarios.load(str(tmp_path / f"{name}.toml"))
