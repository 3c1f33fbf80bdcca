"""The catalogue of rules: their words, sources and limits, loaded from data/policy.toml and data/markets.toml."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, Literal

import data
from core.models import Role

Moment = Literal["request", "create", "submit", "accept", "approve", "unlink", "rename", "invite", "member", "state", "always"]
"""When a rule is asked: at a request for an existing account, the creation of an organization account, the sending
to review, a marketing holder's acceptance, an approval, an unlink, a rename of the shop, an invitation, a change of
a member, a statement about an account, or at any time (how a shop stands)."""


@dataclass(frozen=True, kw_only=True)
class Source:
    name: str
    date: str
    kind: Literal["seed", "public"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One entry of the catalogue. `parameters`: the limits, by name; a market may have its own in `markets`."""

    id: str
    title: str
    statement: str
    remedy: str
    source: Source
    asked: tuple[Moment, ...]
    roles: tuple[Role, ...] = (Role.OFFICIAL, Role.MARKETING)
    facts: tuple[str, ...] = ()
    """The account's fields the rule needs to know."""
    parameters: dict[str, int] = field(default_factory=dict)
    as_read: tuple[str, ...] = ()
    """Parameters (or readings) that no source states plainly: as we read it."""
    markets: dict[str, dict[str, int]] = field(default_factory=dict)
    note: str = ""

    def stated(self, market: str | None = None) -> str:
        """The statement with its limits filled in, the market's own where it has them."""
        return self.statement.format(**{**self.parameters, **self.markets.get(market or "", {})})


@dataclass(frozen=True, kw_only=True)
class Market:
    code: str
    name: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All rules and markets, and the one way to a limit."""

    rules: dict[str, Rule]
    markets: dict[str, Market]

    def limit(self, rule: str, name: str, market: str | None = None) -> int:
        """The limit `name` of `rule`, the market's own where it has one. Units are in the name (_hours, _days)."""
        entry = self.rules[rule]
        return entry.markets.get(market or "", {}).get(name, entry.parameters[name])

    def span(self, rule: str, name: str, market: str | None = None) -> timedelta:
        """A limit in hours or days, as its name's ending says, as a span of time."""
        value = self.limit(rule, name, market)
        return timedelta(days=value) if name.endswith("_days") else timedelta(hours=value)

    def asked(self, moment: Moment, role: Role | None = None) -> list[Rule]:
        """The rules asked at `moment` (of links in `role`), in the catalogue's order."""
        return [rule for rule in self.rules.values() if moment in rule.asked and (role is None or role in rule.roles)]


def parse(policy: dict[str, Any], markets: dict[str, Any]) -> Policy:
    """A policy from parsed TOML: our own, which a test holds to these types. Raises TypeError when an entry is not whole."""
    return Policy(
        rules={id: _rule(id, **entry) for id, entry in policy["rules"].items()},
        markets={code: Market(code=code, **entry) for code, entry in markets.items()},
    )


def _rule(
    id: str,
    source: dict[str, Any],
    asked: list[Moment],
    roles: tuple[str, ...] = tuple(Role),
    facts: tuple[str, ...] = (),
    as_read: tuple[str, ...] = (),
    **more: Any,
) -> Rule:
    return Rule(
        id=id,
        source=Source(**source),
        asked=tuple(asked),
        roles=tuple(map(Role, roles)),
        facts=tuple(facts),
        as_read=tuple(as_read),
        **more,
    )


@cache
def load() -> Policy:
    """The policy that ships with the program."""
    return parse(data.load("policy.toml"), data.load("markets.toml"))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One aspect of the three account types."""

    aspect: str
    official: str
    marketing: str
    affiliate: str


def compare(policy: Policy, market: str | None = None) -> tuple[Comparison, ...]:
    """The three account types side by side, with the market's limit of marketing accounts."""
    limit = policy.limit("marketing.limit", "accounts", market)
    rows = data.load("compare.toml")["rows"]
    return tuple(Comparison(**{name: text.format(marketing_limit=limit) for name, text in row.items()}) for row in rows)
