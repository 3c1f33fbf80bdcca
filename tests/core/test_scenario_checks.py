"""Every mistake in a scenario's file is found at once, with its line and field; what only follows from one is not."""

from pathlib import Path

import pytest

import data
from core import countries, scenario_checks, scenario_file, scenarios
from core.scenario_checks import check
from core.toml_files import FileMistakes, Problem

HEAD = """\
title = "T"
shows = "S"

[[sellers]]
id = "sel"
legal_name = "One Inc."
registration_number = "1"
country = "US"

[[shops]]
code = "SHOP1"
name = "One"
region = "US"
seller = "sel"
added = "-10d"

[[accounts]]
username = "one.a"
region = "US"
stated = "-10d"
"""


def act(**fields: str) -> str:
    return "\n[[acts]]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items())


LINK = {"at": "-1d", "do": "link", "shop": "SHOP1", "account": "one.a", "role": "official"}


def found(tmp_path: Path, text: str) -> list[Problem]:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    problems = check(file)
    lines = text.splitlines()
    for problem in problems:
        assert problem.file == str(file)
        last = problem.field.rpartition(" ")[2]
        assert last in lines[problem.line - 1] or "is missing" in problem.message, problem
    return problems


@pytest.mark.parametrize("id", data.names("scenarios"))
def test_the_scenarios_that_ship_have_no_mistake(id: str) -> None:
    assert check(Path(data.__file__).parent / "scenarios" / f"{id}.toml") == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"account": "one.b"}, "account", "@one.b is not in [[accounts]]. Did you mean one.a?"),
        ({"shop": "SHOP2"}, "shop", "SHOP2 is not in [[shops]]. Did you mean SHOP1?"),
        ({"at": "-20d"}, "shop", "SHOP1 is added at -10d, after this act at -20d"),
        ({"at": "-20d"}, "account", "@one.a is entered at -10d, after this act at -20d"),
        ({"role": "boss"}, "role", "must be one of: official, marketing"),
        ({"reason": "Why not"}, "reason", "is not part of link, which takes: shop, account, role"),
        ({"role": ""}, "role", "is missing: link needs it"),
        ({"do": "authorize", "role": ""}, "do", "no link of @one.a with SHOP1 to authorize"),
        ({"do": "lnik"}, "do", "Did you mean link?"),
        ({"at": "1d"}, "at", "span with a minus"),
    ],
    ids=str,
)
def test_an_act_with_a_mistake_is_named_by_its_field(tmp_path: Path, changes: dict[str, str], field: str, words: str) -> None:
    fields = {name: value for name, value in {**LINK, **changes}.items() if value}
    problems = found(tmp_path, HEAD + act(**fields))
    assert any(problem.field == f"acts 1, {field}" and words in problem.message for problem in problems), problems


def test_an_act_that_a_rule_refuses_is_named_with_the_reason(tmp_path: Path) -> None:
    text = HEAD.replace('region = "US"\nstated', 'region = "GB"\nstated') + act(**LINK)
    (problem,) = found(tmp_path, text)
    assert problem.field == "acts 1, do"
    assert "GB" in problem.message


@pytest.mark.parametrize(
    ("acts", "message"),
    [
        (("approve",), "The scenario has no link of @one.a with SHOP1 to approve at -1h. Add it in an earlier act"),
        (("link", "approve"), "The link with @one.a is waiting for the holder. This step is only for a link that is in review"),
    ],
)
def test_an_impossible_act_is_explained_once_with_a_remedy_where_it_is_checked_and_where_it_is_played(
    tmp_path: Path, acts: tuple[str, ...], message: str
) -> None:
    fields = {"at": "-1h", "shop": "SHOP1", "account": "one.a"}
    text = HEAD + "".join(act(do=do, **fields, **({"role": "official"} if do == "link" else {})) for do in acts)
    (problem,) = found(tmp_path, text)
    assert (problem.field, problem.message) == (f"acts {len(acts)}, do", message)
    with pytest.raises(FileMistakes) as played:
        scenarios.in_memory(problem.file, actor="maya")
    assert played.value.problems == (problem,)


@pytest.mark.parametrize("line", ['region = "US"\nstated', 'country = "US"'])
def test_an_unknown_country_is_told_with_all_of_them(tmp_path: Path, line: str) -> None:
    [problem] = found(tmp_path, HEAD.replace(line, line.replace("US", "XX")))
    assert all(code in problem.message for code in countries.names())


def test_every_mistake_is_found_at_once_and_what_follows_from_one_is_not(tmp_path: Path) -> None:
    text = (
        HEAD.replace('title = "T"', "title = 7").replace('name = "One"', 'name = "One"\ncolour = "red"')
        + act(**LINK)  # rests on the shop, which has a mistake
        + act(at="-1h", do="authorize", shop="SHOP1", account="one.a")
        + act(at="-1h", do="invite", contact="a@b.example", role="admin", shop="SHOP9")
        + '\n[[products]]\nshop = "SHOP8"\ntitle = "Tea"\nprice = "1.00"\n'
    )
    problems = found(tmp_path, text)
    assert [problem.field for problem in problems] == ["title", "shops 1, colour", "acts 3, shop", "products 1, shop"]
    assert problems == sorted(problems, key=lambda problem: problem.line)


@pytest.mark.parametrize(
    ("desk", "words"),
    [
        ("aprove", "has no act aprove. Did you mean approve?"),
        ("advance soon", "is not a length of time"),
        ("suspend one.b", "@one.b is not in [[accounts]]. Did you mean one.a?"),
        ("verify nobody.here", "@nobody.here is not in [[accounts]]"),
    ],
)
def test_an_act_for_the_desk_that_is_not_possible_is_a_mistake(tmp_path: Path, desk: str, words: str) -> None:
    text = HEAD.replace(
        'shows = "S"', f'shows = "S"\ndesk = ["add account new.one", "verify new.one", "suspend @one.a", "{desk}"]'
    )
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    ((_, line, field, message),) = check(file)
    assert (line, field) == (3, "desk 4")
    assert message.startswith(words)


def test_what_is_wrong_with_an_act_in_itself_is_named_even_where_its_shop_has_a_mistake(tmp_path: Path) -> None:
    text = HEAD.replace('seller = "sel"', 'seller = "sell"') + act(**{**LINK, "role": "markting"})
    problems = found(tmp_path, text)
    assert [problem.field for problem in problems] == ["shops 1, seller", "acts 1, role"]
    assert "Did you mean marketing?" in problems[1].message


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ('legal_name = "One Inc."', 'legal_nam = "One Inc."', "there is no such field. Did you mean legal_name?"),
        (
            'username = "one.a"',
            'username = "one.a"\nage = 17',
            "there is no such field. There are: username, nickname, kind, region, phone, email, identity_verified, standing, "
            "holder_is_adult, entity, unknown, stated",
        ),
        ('shows = "S"', 'shows = "S"\nopens = "shop_pag"', "shop_pag is not a page to open on. Did you mean shop_page?"),
    ],
)
def test_an_unknown_name_is_answered_with_what_was_meant_or_with_what_there_is(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    (problem,) = found(tmp_path, HEAD.replace(was, becomes))
    assert problem.message == message


def test_a_file_of_the_other_kind_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "T"\n[[steps]]\n[claims]\n')
    assert [(line, message) for _, line, _, message in check(file)] == [(1, "this is a tour, not a scenario")]


def test_a_file_that_is_no_toml_is_one_problem_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "T"\nshows = \n')
    ((_, line, field, message),) = check(file)
    assert (line, field) == (2, "")
    assert "not TOML" in message


def test_every_act_says_what_it_needs() -> None:
    assert set(scenario_checks.NEEDS) == set(scenario_file.Act.model_fields["do"].annotation.__args__)  # type: ignore[union-attr]
