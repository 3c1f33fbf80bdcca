"""Commands about the policy: its rules, and the three account types."""

import textwrap

import click

from core import policy
from core.errors import NotFound
from core.text import show
from core.validation import as_json
from core.workspace import Workspace
from tui.cli.context import Answer, answering, on_workspace
from tui.cli.params import RULE, SHOP
from tui.cli.text import OUTCOMES, WIDTH, table
from tui.formats.json import rule_json


@click.command("rules")
@click.argument("rule", type=RULE, required=False)
@click.option("--shop", type=SHOP, metavar="SHOP", help="Say how this shop stands with each.")
@on_workspace
def rules_command(workspace: Workspace, answer: Answer, rule: str | None, shop: str | None) -> None:
    """The rules with their sources, and how a shop stands with each.

    \b
    shoplink rules --shop USLCDEMO01
    shoplink rules official.unlink-limit
    """
    catalogue = workspace.policy.rules
    if rule is not None and rule not in catalogue:
        raise NotFound(f"There is no rule {show(rule, 60)}.", remedy="See them with: shoplink rules")
    market = workspace.shops.get(shop).region if shop else None
    standing = {verdict.rule: verdict for verdict in workspace.shops.standing(shop)} if shop else {}
    asked = [catalogue[rule]] if rule else list(catalogue.values())
    lines: list[str] = []
    for entry in asked:
        verdict = standing.get(entry.id)
        lines += [f"{entry.id}: {entry.title}"]
        lines += textwrap.wrap(entry.stated(market), WIDTH, initial_indent="  ", subsequent_indent="  ")
        lines += textwrap.wrap(
            f"Source: {entry.source.name} ({entry.source.date})", WIDTH, initial_indent="  ", subsequent_indent="  "
        )
        lines += textwrap.wrap(f"Note: {entry.note}", WIDTH, initial_indent="  ", subsequent_indent="  ") if entry.note else []
        lines += [f"  This shop: {OUTCOMES[verdict.outcome]}. {verdict.reason}"] if verdict else []
    answer([rule_json(entry, standing.get(entry.id), market) for entry in asked], lines)


@click.command("compare")
@answering
def compare_command(answer: Answer) -> None:
    """The three account types side by side.

    \b
    shoplink compare
    """
    rows = policy.compare(policy.load())
    answer(
        [as_json(row) for row in rows],
        table(
            ("", "OFFICIAL", "MARKETING", "AFFILIATE"),
            [(row.aspect, row.official, row.marketing, row.affiliate) for row in rows],
            nothing="",
        ),
    )
