"""The catalog of rules, from data/policy.toml and data/markets.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import data
from core.errors import InvalidInput
from core.models import Role
from core.verdict import SURE, Certainty, Moment, Notice

Value = bool | int | tuple[str, ...]

CERTAINTIES = {
    Certainty.SEED: "the policy",
    Certainty.PUBLISHED: "published by TikTok",
    Certainty.REPORTED: "reported",
    Certainty.DISPUTED: "sources disagree",
}
"""The label of each certainty."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page. `dated`: its own date, or empty; `read`: the day on which we read it."""

    name: str
    dated: str
    read: date

    def __str__(self) -> str:
        return f"{self.name}, {self.dated}" if self.dated else self.name


@dataclass(frozen=True, kw_only=True)
class Version:
    """A value in effect from `since` until before `until` (UTC days; None: open)."""

    value: Value
    certainty: Certainty
    source: Source
    markets: tuple[str, ...] = ()  # empty: all
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        day = _day(on)
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What another source says, for information only. `values`: its own limits."""

    says: str
    certainty: Certainty
    source: Source
    markets: tuple[str, ...] = ()
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule. `values`: its limits by version; `also`: what other sources say."""

    id: str
    title: str
    statement: str
    remedy: str
    remedies: dict[str, str] = field(default_factory=dict)
    """What to do where the remedy does not help, by the name that its check gives."""
    short: str = ""
    """What stops an account, for a row of a list; empty where the rule stops no request."""
    certainty: Certainty
    source: Source
    asked: tuple[Moment, ...]
    roles: tuple[Role, ...] = (Role.OFFICIAL, Role.MARKETING)
    facts: tuple[str, ...] = ()
    """The account's fields the rule needs to know."""
    values: dict[str, tuple[Version, ...]] = field(default_factory=dict)
    also: tuple[Said, ...] = ()
    note: str = ""
    """shoplink's own interpretation, where no source is clear."""
    blocks: bool = False
    """Whether it blocks even though its certainty is low."""
    notice: Notice = Notice.KNOW
    """What its notices are about."""

    def version(self, name: str, market: str | None, on: date) -> Version:
        """Find the version in effect on this day: the market's own, else the general."""
        own = (version for version in self.values[name] if market in version.markets and version.holds(on))
        return next(own, None) or next(version for version in self.values[name] if not version.markets and version.holds(on))

    def at(self, market: str | None, on: date) -> dict[str, Version]:
        """Find the version in effect of each of the rule's values."""
        return {name: self.version(name, market, on) for name in self.values}

    def stated(self, market: str | None, on: date) -> str:
        """Format the statement with the limits in effect on this day in this market."""
        return self.statement.format(**_shown({name: version.value for name, version in self.at(market, on).items()}))

    def others(self, market: str | None, on: date) -> Iterator[tuple[Said, str]]:
        """List what other sources say about this market (None: any), with the text."""
        held = {name: version.value for name, version in self.at(market, on).items()}
        for said in self.also:
            if not said.markets or market is None or market in said.markets:
                yield said, said.says.format(**_shown({**held, **said.values}))


@dataclass(frozen=True, kw_only=True)
class Market:
    """A country or region where shops sell."""

    code: str
    name: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All rules and markets. No version is older than the day `begins`."""

    begins: date
    rules: dict[str, Rule]
    markets: dict[str, Market]
    turns: frozenset[date]
    """The days on which a version begins or ends."""

    def version(self, rule: str, name: str, market: str | None, on: date) -> Version:
        """Find a value's version in effect on this day (or at this moment, in UTC)."""
        return self.rules[rule].version(name, market, on)

    def limit(self, rule: str, name: str, market: str | None, on: date) -> int:
        """Find a limit in effect, in the unit that its name ends with (_hours, _days)."""
        value = self.version(rule, name, market, on).value
        assert not isinstance(value, tuple)
        return value

    def span(self, rule: str, name: str, market: str | None, on: date) -> timedelta:
        """Find a limit in hours or days (by its name's ending), as a timedelta."""
        return span(name, self.limit(rule, name, market, on))

    def edition(self, rule: str, market: str | None, on: date) -> date:
        """Find a rule's version: the day on which its newest value took effect."""
        return max([self.begins, *(version.since for version in self.rules[rule].at(market, on).values() if version.since)])

    def period(self, on: date) -> int:
        """Number the periods between the days on which a version begins or ends."""
        return sum(day <= _day(on) for day in self.turns)

    def asked(self, moment: Moment, role: Role | None = None) -> list[Rule]:
        """List the rules that apply at `moment` (to `role`), in the catalog's order."""
        return [rule for rule in self.rules.values() if moment in rule.asked and (role is None or role in rule.roles)]

    def changes(self) -> list[tuple[date, Rule, str, Version]]:
        """List dated versions, newest first: the day, rule, value's name and version."""
        found = [
            (version.since, rule, name, version)
            for rule in self.rules.values()
            for name, versions in rule.values.items()
            for version in versions
            if version.since
        ]
        return sorted(found, key=lambda change: change[0], reverse=True)


def _day(on: date) -> date:
    """Return the day (UTC) of a moment; a day stays as it is."""
    return on.astimezone(UTC).date() if isinstance(on, datetime) else on


def span(name: str, value: int) -> timedelta:
    """Convert hours or days (by the name's ending) to a timedelta."""
    return timedelta(days=value) if name.endswith("_days") else timedelta(hours=value)


def value_words(value: Value) -> str:
    """Format a limit for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def is_sure(certainty: Certainty) -> bool:
    """Check whether a rule or limit of this certainty can block."""
    return certainty in SURE


def parse(policy: dict[str, Any], markets: dict[str, Any]) -> Policy:
    """Make a policy from TOML. Raises KeyError, TypeError or ValueError if invalid."""
    sources = {
        key: Source(name=entry["name"], dated=entry.get("date", ""), read=entry["read"])
        for key, entry in policy["sources"].items()
    }
    rules = {id: _rule(id, sources, **entry) for id, entry in policy["rules"].items()}
    versions = [version for rule in rules.values() for held in rule.values.values() for version in held]
    return Policy(
        begins=policy["begins"],
        rules=rules,
        turns=frozenset(day for version in versions for day in (version.since, version.until) if day),
        markets={code: Market(code=code, **entry) for code, entry in markets.items()},
    )


def _rule(
    id: str,
    sources: dict[str, Source],
    certainty: str,
    source: str,
    asked: list[Moment],
    roles: tuple[str, ...] = tuple(Role),
    facts: tuple[str, ...] = (),
    values: dict[str, list[dict[str, Any]]] | None = None,
    also: tuple[dict[str, Any], ...] = (),
    notice: str = Notice.KNOW,
    **words: Any,
) -> Rule:
    def version(
        value: Any, certainty: str = certainty, source: str = source, markets: tuple[str, ...] = (), **days: date
    ) -> Version:
        return Version(
            value=tuple(value) if isinstance(value, list) else value,
            certainty=Certainty(certainty),
            source=sources[source],
            markets=tuple(markets),
            since=days.pop("from", None),
            **days,
        )

    def said(certainty: str, source: str, markets: tuple[str, ...] = (), **more: Any) -> Said:
        return Said(certainty=Certainty(certainty), source=sources[source], markets=tuple(markets), **more)

    return Rule(
        id=id,
        certainty=Certainty(certainty),
        source=sources[source],
        asked=tuple(asked),
        roles=tuple(map(Role, roles)),
        facts=tuple(facts),
        values={name: tuple(version(**entry) for entry in versions) for name, versions in (values or {}).items()},
        also=tuple(said(**entry) for entry in also),
        notice=Notice(notice),
        **words,
    )


def _shown(values: dict[str, Value]) -> dict[str, str]:
    return {name: value_words(value) for name, value in values.items()}


@cache
def load() -> Policy:
    """Load the policy of this release. Raises InvalidInput with each mistake."""
    try:
        return parse(data.load("policy.toml"), data.load("markets.toml"))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        from core import policy_file

        policy_file.check(data.text("policy.toml"), data.text("markets.toml"))
        raise InvalidInput("policy.toml", f"can't be read: {error}", remedy="data/README.md says how it is written.") from None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One aspect of the three roles."""

    aspect: str
    official: str
    marketing: str
    affiliate: str


def compare(policy: Policy, market: str | None, on: date) -> tuple[Comparison, ...]:
    """Compare the three roles, with this market's limit on this day."""
    limit = policy.limit("marketing.limit", "accounts", market, on)
    rows = data.load("compare.toml")["rows"]
    return tuple(Comparison(**{name: text.format(marketing_limit=limit) for name, text in row.items()}) for row in rows)


@dataclass(frozen=True, kw_only=True)
class Benefit:
    """A benefit of an account. `account`: official or organization."""

    account: str
    benefit: str
    text: str


def benefits(account: str | None = None) -> tuple[Benefit, ...]:
    """List the benefits of an official and an organization account, or of one of them."""
    found = (Benefit(**entry) for entry in data.load("compare.toml")["benefits"])
    return tuple(benefit for benefit in found if account in {None, benefit.account})


def comparison_note() -> str:
    """Return the note that explains the comparison to readers of its source."""
    note: str = data.load("compare.toml")["note"]
    return note
