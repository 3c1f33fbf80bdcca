"""What is nearly right is answered with what was probably meant, in the product's words."""

import re

import pytest

from tests.tui.cli.support import Run
from tui.cli import run

NEAR = [
    (("stauts",), "Did you mean status?", 2),
    (("status", "USLCDEMO1"), "Did you mean USLCDEMO01?", 4),
    (("status", "uslcdem001"), "Did you mean USLCDEMO01?", 4),
    (("check", "wax.and.wik", "--shop", "USLCDEMO01", "--as", "official"), "Did you mean wax.and.wick?", 4),
    (("check", "wax.and.wick", "--shop", "USLCDEMO01", "--as", "offical"), "Did you mean official?", 2),
    (("rules", "official.unlink-wiat"), "Did you mean official.unlink-wait?", 4),
    (("where", "shop_pgae"), "Did you mean shop_page?", 4),
    (("where", "official"), "Did you mean linked_accounts.official or already_linked.official?", 4),
    (("where", "Facts"), "Did you mean account_facts?", 4),
    (("desk", "show", "Team"), "Did you mean team_access?", 4),
    (("rules", "unlink-wait"), "Did you mean official.unlink-wait or marketing.unlink-wait?", 4),
    (("scenarios", "copy", "used", "x.toml"), "Did you mean unlinks-used-up?", 4),
    (("storyboard", "link-existng", "--out", "x"), "Did you mean link-existing?", 4),
    (("add-account", "x.y", "--kind", "persnal"), "Did you mean personal?", 2),
    (("links", "--state", "lnked"), "Did you mean linked?", 2),
]
MISUSED = [
    (("shops", "--qery", "x"), "There is no option --qery here. Did you mean --query?"),
    (("shops", "-z"), "There is no option -z here."),
    (("unlink", "x", "--shop", "A1"), "There is no option --shop here."),
    (("check", "x", "--role", "official"), "There is no option --role here."),
    (("links", "--out", "f"), "There is no option --out here."),
    (("shops", "--db", "x"), "Give --db before the command: shoplink --db …"),
    (("history", "--csv=3"), "--csv takes no value."),
    (("status", "USLCDEMO01", "more"), "Too many arguments: leave out more."),
    (("check", "x.y", "z", "--as", "official"), "Too many arguments: leave out z."),
    (("check", "x.y"), "--as is missing. Give one of: official, marketing."),
    (("check",), "USERNAME is missing."),
    (("members", "lst"), "There is no command lst. Did you mean list?"),
    (("members", "invite"), "CONTACT is missing."),
    (("members", "invite", "x@y.example"), "--role is missing. Give one of: admin, operator."),
    (
        ("members", "role", "mem-1", "admn"),
        "ROLE: “admn” is not possible here. Give one of: admin, operator. Did you mean admin?",
    ),
    (("members", "list", "--show-contact"), "There is no option --show-contact here. Did you mean --show-contacts?"),
    (("desk", "advance"), "DURATION is missing."),
    (("desk", "rejct"), "There is no command rejct. Did you mean reject?"),
    (("desk", "reject"), "--reason is missing."),
]
FAR = [("xyzzy",), ("status", "NOPE"), ("rules", "x"), ("where", "a"), ("desk", "show", "zzz"), ("links", "--state", "qqq")]
FOREIGN = re.compile(r"is not (one of|a valid|in the range)|x<=|Role|Enum|should have", re.IGNORECASE)


def told(practice: Run, *arguments: str) -> tuple[int, str]:
    """The exit code, and what the error says."""
    code, document = practice(*arguments)
    return code, f"{document['error']['message']} {document['error']['remedy']}"


@pytest.mark.parametrize(("arguments", "answer", "code"), NEAR)
def test_a_near_miss_is_answered_with_what_was_meant(practice: Run, arguments: tuple[str, ...], answer: str, code: int) -> None:
    got, said = told(practice, *arguments)
    assert (got, answer in said) == (code, True), said
    assert not FOREIGN.search(said)


@pytest.mark.parametrize(("arguments", "message"), MISUSED)
def test_wrong_usage_is_answered_in_our_own_words(practice: Run, arguments: tuple[str, ...], message: str) -> None:
    code, document = practice(*arguments)
    assert (code, document["error"]["code"], document["error"]["message"]) == (2, "invalid", message)
    assert document["error"]["remedy"].startswith("See: shoplink")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("shops", "--limit"), "--limit needs a value."),
        (("demo", "--speed", "fast"), "--speed: “fast” is not a number from 0.2 to 20."),
        (("members",), "Give one of its commands: accept, expire, invite, list, remove, role."),
    ],
)
def test_wrong_usage_is_answered_in_text_too(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(arguments)) == 2
    assert capsys.readouterr().err.splitlines()[0] == f"shoplink: {message}"


@pytest.mark.parametrize("arguments", [("init", "--practice"), ("add-account", "x.y", "--region"), ("shops", "--limit")])
def test_an_option_without_its_value_leads_to_the_help_of_its_command(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(arguments)) == 2
    assert capsys.readouterr().err.splitlines()[1].strip() == f"See: shoplink {arguments[0]} --help"


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("demo", "link-existing"), "It is a tour. Play it with: shoplink demo --play link-existing"),
        (("demo", "--play", "new-shop"), "It is a scenario. Start it with: shoplink demo new-shop"),
        (("demo", "--play", "again"), "Did you mean link-organization or rejected-and-again? See them with: shoplink tours"),
    ],
)
def test_a_tour_and_a_scenario_are_told_apart(
    arguments: tuple[str, ...], remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(arguments)) == 4
    assert capsys.readouterr().err.splitlines()[1].strip() == remedy


@pytest.mark.parametrize("arguments", FAR)
def test_what_is_like_nothing_is_answered_without_a_guess(practice: Run, arguments: tuple[str, ...]) -> None:
    assert "Did you mean" not in told(practice, *arguments)[1]


@pytest.mark.parametrize("arguments", [("shops", "--limit", "x"), ("shops", "--limit", "0"), ("history", "--limit", "1e9")])
def test_a_number_that_does_not_fit_is_reported_with_its_limits(practice: Run, arguments: tuple[str, ...]) -> None:
    code, said = told(practice, *arguments)
    assert code == 2
    assert "is not a whole number from" in said
    assert not FOREIGN.search(said)
