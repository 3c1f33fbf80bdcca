"""Reference commands: rules, roles, and where to find pages in TikTok."""

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

import data
from core import policy, rules
from core.clock import system_clock
from core.dates import read_day
from core.errors import InvalidInput, NotFound
from core.lookalikes import did_you_mean_titled
from core.lookup import read_market
from core.policy import CERTAINTIES, Policy, Rule, Version, value_words
from core.text import show
from core.validation import as_json
from core.verdict import SURE, Verdict
from core.words import LIMITS
from tui import place_texts
from tui.cli.command import Filled
from tui.cli.context import Answer, answering
from tui.cli.opening import opened
from tui.cli.params import PLACE, RULE, SHOP
from tui.cli.text import OUTCOMES, WIDTH, table
from tui.formats.json import change_json, rule_json
from tui.paths import workspace as default_path


@click.command("rules", cls=Filled)
@click.argument("rule", type=RULE, required=False)
@click.option("--shop", type=SHOP, metavar="SHOP", help="Show what each rule says about this shop now, in its market.")
@click.option("--on", metavar="DATE", help="The rules as of this day, such as 2026-12-31.")
@click.option("--region", metavar="R", help="The rules in this market, such as ID.")
@click.option("--changes", is_flag=True, help="Show what changed and when, newest first.")
@answering
@click.pass_obj
def rules_command(
    db: Path | None, answer: Answer, rule: str | None, shop: str | None, on: str | None, region: str | None, changes: bool
) -> None:
    """Show the rules with their limits and sources, and what they say about a shop.

    \b
    shoplink rules official.unlink-wait --region ID
    shoplink rules --on 2025-10-02
    shoplink rules --changes
    shoplink rules --shop USLCDEMO01
    """
    rules.check_catalog()
    catalog = policy.load()
    if rule is not None and rule not in catalog.rules:
        meant = did_you_mean_titled(rule, {one.id: one.title for one in catalog.rules.values()})
        raise NotFound(f"There is no rule {show(rule, 60)}.", remedy=f"{meant}See them with: shoplink rules")
    day = _parse_date(catalog, on) if on else None
    market = read_market(catalog, region) if region else None
    standing: dict[str, Verdict] = {}
    now = system_clock()
    if shop:
        with opened(db or default_path()) as workspace:
            found, now = workspace.shops.get(shop), workspace.now()
            if market not in {None, found.region}:
                other = f"is not the market of {found.code}, {found.region}"
                raise InvalidInput("--region", other, remedy="Leave out --region or --shop.")
            market = found.region
            if day in {None, now.astimezone().date()}:  # the rules are asked about a shop as it is now
                standing = {verdict.rule: verdict for verdict in workspace.shops.standing(shop)}
    asked = [catalog.rules[rule]] if rule else list(catalog.rules.values())
    if changes:
        _answer_changes(answer, catalog, {entry.id for entry in asked}, market)
        return
    lines = [line for entry in asked for line in _lines(entry, market, day or now, standing.get(entry.id))]
    answer({"rules": [rule_json(entry, standing.get(entry.id), market, day or now) for entry in asked]}, lines)


def _lines(rule: Rule, market: str | None, on: date, verdict: Verdict | None) -> Iterator[str]:
    yield f"{rule.id}: {rule.title}"
    yield from _indented(rule.stated(market, on))
    for name, version in _in_effect(rule, market, on):
        if isinstance(version.value, bool) or version.certainty not in SURE or version.since or version.markets:
            yield from _indented(f"{LIMITS[name]}: {_format_version(version)}")
    yield from _indented(f"Source ({CERTAINTIES[rule.certainty]}): {rule.source}, read {rule.source.read}")
    for other, words in rule.others(market, on):
        yield from _indented(f"Also: {words} ({CERTAINTIES[other.certainty]}: {other.source})")
    if rule.note:
        yield from _indented(f"Note: {rule.note}")
    if verdict:
        yield from _indented(f"This shop: {OUTCOMES[verdict.outcome]}. {verdict.reason}")


def _in_effect(rule: Rule, market: str | None, on: date) -> Iterator[tuple[str, Version]]:
    """List a rule's limits on this day: this market's, or without one every market's."""
    if market:
        yield from rule.at(market, on).items()
        return
    yield from ((name, version) for name, versions in rule.values.items() for version in versions if version.holds(on))


def _format_version(version: Version) -> str:
    """Format a version's value with its markets, start date and certainty."""
    markets = f" in {', '.join(version.markets)}" if version.markets else ""
    since = f" from {version.since}" if version.since else ""
    return f"{value_words(version.value)}{markets}{since} ({CERTAINTIES[version.certainty]}: {version.source})"


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _answer_changes(answer: Answer, catalog: Policy, asked: set[str], market: str | None) -> None:
    found = [
        change
        for change in catalog.changes()
        if change[1].id in asked and (market is None or market in (change[3].markets or [market]))
    ]
    rows = [
        (day, ", ".join(version.markets) or "all", rule.title, f"{LIMITS[name]}: {value_words(version.value)}")
        for day, rule, name, version in found
    ]
    lines = table(("FROM", "MARKETS", "RULE", "NEW"), rows, nothing="No rule has changed since the catalog begins.")
    answer({"changes": [change_json(*change) for change in found]}, lines)


def _parse_date(catalog: Policy, text: str) -> date:
    """Parse a date. Raises InvalidInput, also for one before the catalog begins."""
    day = read_day(text, now=system_clock(), zone=None)
    if day < catalog.begins:
        raise InvalidInput("the date", f"is before {catalog.begins}, where the catalog begins", remedy="Name a day from then on.")
    return day


@click.command("compare", cls=Filled)
@answering
def compare_command(answer: Answer) -> None:
    """Compare the three roles of an account, and show what official and organization accounts do for you.

    \b
    shoplink compare
    """
    rows, benefits = policy.compare(policy.load(), None, system_clock()), policy.benefits()
    lines = table(
        ("", "OFFICIAL", "MARKETING", "AFFILIATE CREATOR"),
        [(row.aspect, row.official, row.marketing, row.affiliate) for row in rows],
        nothing="",
    )
    lines += ["", *textwrap.wrap(policy.comparison_note(), WIDTH)]
    for account in dict.fromkeys(benefit.account for benefit in benefits):
        lines += ["", f"What an {account} account does for you:"]
        lines += [line for one in benefits if one.account == account for line in _indented(f"{one.benefit}: {one.text}")]
    answer({"aspects": [as_json(row) for row in rows], "benefits": [as_json(benefit) for benefit in benefits]}, lines)


@click.command("where", cls=Filled)
@click.argument("place", type=PLACE)
@answering
def where_command(answer: Answer, place: str) -> None:
    """Show the way to a page in Seller Center on the web and in the Seller app.

    \b
    shoplink where unlink
    shoplink where linked_accounts.official
    """
    places = data.load("texts/places.toml")
    if place not in places:
        meant = did_you_mean_titled(place, {key: texts["title"] for key, texts in places.items()})
        raise NotFound(f"There is no page {show(place, 60)}.", remedy=f"{meant}The pages: {', '.join(places)}.")
    web, app = places[place]["web"], places[place]["app"]
    ways = [(label, " › ".join(way)) for label, way in place_texts.ways(places[place])]
    indent = " " * 12
    lines = [
        line
        for label, way in ways
        for line in textwrap.wrap(f"{label:<12}{way}", WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    ] or ["Only in shoplink: TikTok has no such page."]
    steps = places[place].get("steps", [])
    document = {"place": place, "web": web, "app": app, "steps": steps}
    answer(document, [*lines, *(["", *place_texts.steps(places[place])] if steps else [])])
