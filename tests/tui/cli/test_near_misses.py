"""What is nearly right is answered with what was probably meant, in the product's words."""

import re

import pytest

from tests.tui.cli.support import Run

NEAR = [
    (("stauts",), "Did you mean status?", 2),
    (("status", "USLCDEMO1"), "Did you mean USLCDEMO01?", 4),
    (("status", "uslcdem001"), "Did you mean USLCDEMO01?", 4),
    (("check", "wax.and.wik", "--shop", "USLCDEMO01", "--as", "official"), "Did you mean wax.and.wick?", 4),
    (("check", "wax.and.wick", "--shop", "USLCDEMO01", "--as", "offical"), "Did you mean official?", 2),
    (("rules", "official.unlink-wiat"), "Did you mean official.unlink-wait?", 4),
    (("where", "shop_pgae"), "Did you mean shop_page?", 4),
    (("storyboard", "link-existng", "--out", "x"), "Did you mean link-existing?", 4),
    (("add-account", "x.y", "--kind", "persnal"), "Did you mean personal?", 2),
    (("links", "--state", "lnked"), "Did you mean linked?", 2),
]
FAR = [("xyzzy",), ("status", "NOPE"), ("rules", "x"), ("links", "--state", "qqq")]
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


@pytest.mark.parametrize("arguments", FAR)
def test_what_is_like_nothing_is_answered_without_a_guess(practice: Run, arguments: tuple[str, ...]) -> None:
    assert "Did you mean" not in told(practice, *arguments)[1]


@pytest.mark.parametrize("arguments", [("shops", "--limit", "x"), ("shops", "--limit", "0"), ("history", "--limit", "1e9")])
def test_a_number_that_does_not_fit_is_reported_with_its_limits(practice: Run, arguments: tuple[str, ...]) -> None:
    code, said = told(practice, *arguments)
    assert code == 2
    assert "is no whole number from" in said
    assert not FOREIGN.search(said)
