"""Commands about shops."""

from datetime import datetime

import click

from core.dates import When, read_when
from core.models import LinkState
from core.plurals import count_of
from core.shops import ShopStatus, make_entity
from core.text import mask_email, mask_phone
from core.verdict import Outcome
from core.workspace import Workspace
from tui.cli.context import Answer, here, more, on_workspace
from tui.cli.params import SHOP, Choice, Whole
from tui.cli.text import STATES, facts, table, when
from tui.formats.json import account_json, shop_json, status_json, summary_json


@click.command("shops")
@click.option("--query", default="", help="Only those that hold this in name, code or a linked username.")
@click.option("--limit", type=Whole(1, 1000), default=50, show_default=True)
@click.option("--after", metavar="CURSOR", help="Go on after the `next` of the page before.")
@on_workspace
def shops_command(workspace: Workspace, answer: Answer, query: str, limit: int, after: str | None) -> None:
    """The shops by name, with their links' state.

    \b
    shoplink shops --query candle --limit 20
    """
    page = workspace.shops.page(query=query, limit=limit, after=after)
    rows = [
        (s.shop.code, s.shop.name, s.shop.region, STATES[s.official] if s.official else "none", s.marketing, s.due)
        for s in page.shops
    ]
    nothing = "No shop is like that." if query or after else here("No shop is here. Add one: shoplink add-shop")
    lines = table(("CODE", "NAME", "REGION", "OFFICIAL", "MARKETING", "DUE"), rows, nothing=nothing)
    if page.next:
        lines.append(more(page.next))
    answer({"shops": [summary_json(summary) for summary in page.shops], "next": page.next}, lines)


@click.command("add-shop")
@click.option("--name", required=True)
@click.option("--region", required=True, help="The market's code, such as US.")
@click.option("--legal-name", required=True)
@click.option("--entity-kind", required=True, type=Choice(["company", "individual"]))
@click.option("--registration", required=True, metavar="NO", help="The entity's registration number.")
@click.option("--country", required=True, help="The entity's country, such as US.")
@click.option(
    "--probation-until",
    metavar="DATE",
    help="When the probation period ends, such as 2027-01-15; a date alone is the end of that day.",
)
@on_workspace
def add_shop_command(
    workspace: Workspace,
    answer: Answer,
    name: str,
    region: str,
    legal_name: str,
    entity_kind: str,
    registration: str,
    country: str,
    probation_until: str | None,
) -> None:
    """Add a shop and, where its legal entity is new, its seller.

    \b
    shoplink add-shop --name "Lumen Candle Co." --region US --legal-name "Lumen Candle Company LLC" \\
      --entity-kind company --registration 84-5550142 --country US
    """
    entity = make_entity(entity_kind, legal_name, registration, country)
    until = _deadline(workspace, probation_until) if probation_until else None
    reasons = [verdict.reason for verdict in workspace.shops.check_add(name, region)]
    shop = workspace.shops.add(name, region, entity, probation_until=until.moment if until else None)
    notes = [
        *([until.note] if until and until.note else []),
        *reasons,
        *workspace.shops.name_notes(shop.name, shop.seller),
        *workspace.shops.entity_notes(entity),
    ]
    answer({**shop_json(workspace, shop), "notes": notes}, [f"Added {shop.name}, code {shop.code}."])
    answer.note(notes)


@click.command("rename-shop")
@click.argument("shop", type=SHOP)
@click.argument("name")
@on_workspace
def rename_shop_command(workspace: Workspace, answer: Answer, shop: str, name: str) -> None:
    """Rename a shop; its linked official account is renamed in the same step.

    \b
    shoplink rename-shop USLCDEMO01 "Lumen Lights"
    """
    before = workspace.shops.get(shop)
    verdicts = workspace.shops.check_rename(shop, name) if name != before.name else ()
    renamed = workspace.shops.rename(shop, name)
    account = account_json(workspace, renamed.account) if renamed.account else None
    result = "is called so already" if renamed.shop == before else "has its new name"
    lines = [f"{renamed.shop.code} {result}: {renamed.shop.name}"]
    if renamed.account:
        lines.append(f"Its official account @{renamed.account.username} bears the same name.")
    reasons = [verdict.reason for verdict in verdicts if verdict.outcome == Outcome.NOTICE]
    notes = [*reasons, *workspace.shops.name_notes(renamed.shop.name, renamed.shop.seller)]
    answer({"shop": shop_json(workspace, renamed.shop), "account": account, "notes": notes}, lines)
    answer.note(notes)


@click.command("status")
@click.argument("shop", type=SHOP)
@on_workspace
def status_command(workspace: Workspace, answer: Answer, shop: str) -> None:
    """Where a shop stands: its links, its unlinks, its Shop Page, what is due.

    \b
    shoplink status USLCDEMO01
    """
    status = workspace.shops.status(shop)
    answer(status_json(workspace, status), _status_lines(workspace, status))


def _status_lines(workspace: Workspace, status: ShopStatus) -> list[str]:
    now = workspace.now()
    official = status.official
    products = len(status.shop_page.products)
    lines = [
        f"{status.shop.name} ({status.shop.code}, {status.shop.region})",
        "",
        *facts(
            (
                ("Seller", status.seller.entity.legal_name),
                ("Official account", f"@{official.username}, {STATES[official.state]}" if official else "none"),
                *_account_facts(status, now),
                ("Unlink possible", when(status.unlink_possible_at, now)),
                ("Name", {True: "same as the shop's", False: "differs from the shop's", None: "-"}[status.name_matches]),
                ("Unlinks left", f"{status.unlinks_left} of {status.unlink_limit}, for ever"),
                ("Shop Page", f"synced, {count_of(products, 'product')}" if status.shop_page.synced else "not synced"),
                ("Marketing", f"{len(status.marketing)} of {status.marketing_limit} places taken"),
                ("Probation until", when(status.shop.probation_until, now)),
            )
        ),
    ]
    lines += [f"  @{link.username}  {STATES[link.state]}  {link.id}" for link in status.marketing]
    if official:
        lines += ["", f"Link of the official account: {official.id}"]
    if status.reminders:
        lines += ["", "Due", *[f"  {when(reminder.at, now)}  {reminder.summary}" for reminder in status.reminders]]
    return lines


def _deadline(workspace: Workspace, text: str) -> When:
    return read_when(text, now=workspace.now(), zone=None, field="probation-until", ahead=True)


def _account_facts(status: ShopStatus, now: datetime) -> list[tuple[str, object]]:
    """List what TikTok shows of a linked official account; contacts are masked."""
    link, account = status.official, status.official_account
    if not link or not account or link.state != LinkState.LINKED:
        return []
    return [
        ("Nickname", account.nickname),
        ("Phone", mask_phone(account.phone) if account.phone else "not entered"),
        ("Email", mask_email(account.email) if account.email else "not entered"),
        ("Linked", when(link.linked_at, now) + (f", by {link.linked_by}" if link.linked_by else "")),
    ]
