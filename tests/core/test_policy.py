"""The catalogue as it ships: every entry is what its types say."""

import data
from core import policy
from core.validation import validated


def test_the_catalogue_is_what_its_types_say() -> None:
    rules, markets = data.load("policy.toml")["rules"], data.load("markets.toml")
    facts = {
        "rules": {id: {"id": id, **entry} for id, entry in rules.items()},
        "markets": {code: {"code": code, **entry} for code, entry in markets.items()},
    }
    assert validated(policy.Policy, facts) == policy.load()
