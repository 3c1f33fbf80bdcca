"""A mistake in a policy file is named by its line, with what to write instead."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data
from core import policy, policy_file, rules
from core.errors import InvalidInput

POLICY, MARKETS = data.text("policy.toml"), data.text("markets.toml")
WAIT = """[[rules."official.unlink-wait".values.wait_hours]]
value = 24
"""
INDONESIA = """[[rules."official.unlink-wait".values.wait_hours]]
value = 48
markets = ["ID"]
from = 2025-10-03
certainty = "published"
source = "id-accounts"
"""
FIRST = '[rules."official.one-per-shop"]\n'
SURE = 'certainty = "seed"\nsource = "seed"\nasked = ["request"]\n'
REMEDIES = 'remedies = { requested = "Cancel the request at the other shop first, or choose another account." }\n'
REMEDY = f'{REMEDIES}certainty = "published"\n'
TWICE = INDONESIA + "\n" + INDONESIA.replace('"ID"', '"VN", "ID"').replace("2025-10-03", "2026-01-01")

BAD = {
    # name: what stands there, what stands there instead, what the line has, what is said of it
    "not TOML": (FIRST, f"{FIRST}=\n", "=", "is not TOML"),
    "a remedy of no words": (REMEDIES, "remedies = { requested = 2 }\n", "remedies", "Write them in braces, each in quotes."),
    "a gap": (
        WAIT,
        f"{WAIT}until = 2026-01-01\n\n{WAIT}from = 2026-02-01\n",
        "from = 2026-02-01",
        "applies from 2026-01-01 until 2026-02-01. Write from = 2026-01-01 here, or until = 2026-02-01 in the version before",
    ),
    "a market's gap": (
        INDONESIA,
        INDONESIA + "until = 2026-01-01\n\n" + INDONESIA.replace("2025-10-03", "2026-02-01"),
        "from = 2026-02-01",
        "no version for ID applies from 2026-01-01",
    ),
    "an overlap": (
        WAIT,
        f"{WAIT}\n{WAIT}from = 2026-01-01\n",
        "from = 2026-01-01",
        "the one before doesn't end. Write until = 2026-01-01",
    ),
    "an overlap by a day": (
        WAIT,
        f"{WAIT}until = 2026-01-02\n\n{WAIT}from = 2026-01-01\n",
        "from = 2026-01-01",
        "ends on 2026-01-02. Write until = 2026-01-01",
    ),
    "an overlap in one market": (INDONESIA, TWICE, "from = 2026-01-01", "two versions for ID apply on 2026-01-01"),
    "two first ones": (WAIT, f"{WAIT}\n{WAIT}", "[[rules", "two versions for every market apply first. Write from ="),
    "none for every market": (WAIT, f'{WAIT}markets = ["US"]\n', "[[rules", "no version for every market. Add a version without"),
    "a first one that begins": (
        WAIT,
        f"{WAIT}from = 2025-01-01\n",
        "from = 2025-01-01",
        "no version applies before 2025-01-01. Leave from out",
    ),
    "a last one that ends": (
        WAIT,
        f"{WAIT}until = 2027-01-01\n",
        "until = 2027-01-01",
        "no version applies from 2027-01-01 on. Leave until out",
    ),
    "a date before any version": (
        INDONESIA,
        INDONESIA.replace("2025-10-03", "2020-01-01"),
        "from = 2020-01-01",
        "before any version: the catalog begins on 2024-12-01. Write a day after 2024-12-01",
    ),
    "an end before the beginning": (
        INDONESIA,
        f"{INDONESIA}until = 2025-10-01\n",
        "until = 2025-10-01",
        "before it begins. Write a day after 2025-10-03",
    ),
    "an unknown market": (
        'markets = ["ID"]\nfrom',
        'markets = ["XX"]\nfrom',
        'markets = ["XX"]',
        "markets can't be ['XX']. Write some of: US, GB",
    ),
    "an unknown certainty": (
        SURE.replace('["request"]', '["request", "create", "submit", "approve", "always"]'),
        SURE.replace('certainty = "seed"', 'certainty = "sure"'),
        'certainty = "sure"',
        "certainty can't be “sure”. Write one of: seed, published, reported, disputed",
    ),
    "an unknown kind of notice": (
        'notice = "irreversible"\nroles',
        'notice = "forever"\nroles',
        'notice = "forever"',
        "notice can't be “forever”. Write one of: irreversible, change, know",
    ),
    "a missing source": (
        f'{REMEDY}source = "us-linking"\n',
        REMEDY,
        '[rules."official.one-shop"]',
        "source is missing. Add source = …: write one of the sources: seed",
    ),
    "an unknown source": (
        'source = "vn-older"',
        'source = "vn-newer"',
        'source = "vn-newer"',
        "source can't be “vn-newer”. Write one of the sources: seed",
    ),
    "a rule without a check": (
        FIRST,
        f'[rules."official.new"]\n{FIRST}',
        '[rules."official.new"]',
        "the rule official.new has no check. Write its check in core/rules",
    ),
    "a check without a rule": (
        FIRST,
        '[rules."official.renamed"]\n',
        "# The catalog",
        'official.one-per-shop in core/rules has no rule. Write a table [rules."official.one-per-shop"]',
    ),
    "a day in quotes": (
        INDONESIA,
        INDONESIA.replace("2025-10-03", '"2025-10-03"'),
        'from = "2025-10-03"',
        "Write a date such as 2025-10-03, without quotes",
    ),
    "a number in words": (INDONESIA, INDONESIA.replace("48", '"two days"'), 'value = "two days"', "Write a number"),
    "a negative number": (INDONESIA, INDONESIA.replace("48", "-48"), "value = -48", "Write a number"),
    "another kind of value": (INDONESIA, INDONESIA.replace("48", "true"), "value = true", "Write the same kind of value"),
    "a field misspelled": (
        INDONESIA,
        INDONESIA.replace("value =", "valeu ="),
        "valeu = 48",
        "there is no field valeu here. Write one of: markets",
    ),
    "a name misspelled": (
        "account {wait_hours} hours",
        "account {wait_hour} hours",
        "{wait_hour}",
        "there is no value {wait_hour}. Write one of: wait_hours",
    ),
    "a name where there is none": ("you read and accept", "you read and {accept}", "{accept}", "Write no name in braces here"),
    "a brace alone": ("account {wait_hours} hours", "account {wait_hours hours", "{wait_hours hours", "a brace has no partner"),
    "an unknown moment": (
        'asked = ["username"]',
        'asked = ["sometimes"]',
        'asked = ["sometimes"]',
        "Write some of: request, create",
    ),
    "an unknown role": ('roles = ["marketing"]', 'roles = ["guest"]', 'roles = ["guest"]', "Write some of: official, marketing"),
    "an unknown fact": ('facts = ["region"]', 'facts = ["mood"]', 'facts = ["mood"]', "Write some of: username"),
    "no first day": ("begins = 2024-12-01\n", "", "# The catalog", "begins is missing. Add begins = …: write a date"),
    "a source without a day": (
        'name = "an undated copy"\nread = 2026-11-28',
        'name = "an undated copy"',
        "[sources.verification-copy]",
        "read is missing",
    ),
    "another source's number in quotes": (
        "values = { wait_days = 90 }",
        'values = { wait_days = "90" }',
        'values = { wait_days = "90" }',
        "Write them in braces",
    ),
}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Ship another policy file, for as long as a test takes."""

    def forget() -> None:
        data.load.cache_clear()
        policy.load.cache_clear()

    def ship(text: str) -> None:
        monkeypatch.setattr(data, "text", lambda name: text if name == "policy.toml" else MARKETS)
        forget()

    yield ship
    monkeypatch.undo()
    forget()


def test_the_catalog_has_no_mistake() -> None:
    assert policy_file.mistakes(POLICY, MARKETS, rules.CHECKS) == []
    policy_file.check(POLICY, MARKETS, rules.CHECKS)


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_named_by_its_line_with_what_to_write(name: str) -> None:
    right, wrong, at, told = BAD[name]
    assert right in POLICY
    text = POLICY.replace(right, wrong, 1)
    found = policy_file.mistakes(text, MARKETS, rules.CHECKS)
    mistake = next((mistake for mistake in found if told in str(mistake)), None)
    assert mistake, found
    assert at in text.splitlines()[mistake.line - 1]
    with pytest.raises(InvalidInput, match=r"data/policy\.toml, line \d+: "):
        policy_file.check(text, MARKETS, rules.CHECKS)


@pytest.mark.parametrize(
    "name", sorted(BAD.keys() - {"not TOML", "a rule without a check", "a check without a rule", "a field misspelled"})
)
def test_one_mistake_is_reported_once(name: str) -> None:
    right, wrong, _, _ = BAD[name]
    assert len(policy_file.mistakes(POLICY.replace(right, wrong, 1), MARKETS, rules.CHECKS)) == 1


def test_of_many_mistakes_the_first_are_named_and_the_rest_counted() -> None:
    with pytest.raises(InvalidInput, match=r"And \d+ more\.") as raised:
        policy_file.check(POLICY.replace('certainty = "seed"', 'certainty = "sure"'), MARKETS)
    assert raised.value.message.count("line ") == policy_file.MAX_EXAMPLES


@pytest.mark.parametrize(
    "text", [POLICY.replace("\n[rules.", "\n=", 1), POLICY.replace('source = "vn-older"', 'source = "none"')]
)
def test_a_policy_that_cannot_be_loaded_is_reported_by_its_line(text: str, shipped: Callable[[str], None]) -> None:
    shipped(text)
    with pytest.raises(InvalidInput, match=r"data/policy\.toml, line \d+: "):
        policy.load()


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates()
FIELDS = st.sampled_from(["value", "values", "asked", "also", "statement", "says", "markets", "from", "source", "x"])
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(FIELDS, inner, max_size=3), max_leaves=6
)


@given(st.dictionaries(FIELDS, ANYTHING, max_size=4), ANYTHING)
def test_whatever_stands_in_a_file_is_answered_with_mistakes(rule: dict[str, object], sources: object) -> None:
    raw = {"begins": date(2024, 12, 1), "sources": sources, "rules": {"x": rule}}
    assert list(policy_file.Reader(raw, ["US"], ()).all())  # what a rule has to have is missing
