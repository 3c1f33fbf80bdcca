"""Commands about shops."""

import textwrap
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal, cast

import click

from core.dates import read_when
from core.errors import ended
from core.lookup import read_market
from core.models import EARLIER_UNLINKS, Entity, EntityKind, LinkState, Probation, Shop
from core.plurals import count_of
from core.reminders import Reminder
from core.shop_input import make_entity
from core.shop_status import ShopStatus, ShopSummary
from core.text import mask_email, mask_phone, show
from core.verdict import Outcome
from core.words import STATES, entity_words
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, here, on_workspace, preview, recording, unchanged, verdict_lines
from tui.cli.named import the_shop
from tui.cli.pages import paged
from tui.cli.params import Choice, Whole, shop_argument
from tui.cli.text import WIDTH, facts, table, when
from tui.formats.json import account_json, shop_json, status_json, summary_json

KIND = Choice([kind.value for kind in EntityKind])
UNKNOWN = "unknown"
HOW_PROBATION = "Give active, over, unknown, or the day it ends, such as 2027-01-15."


@click.command("shops", cls=Filled)
@click.option("--query", default="", help="Only shops with this text in the name, the code, or a linked username.")
@click.option("--state", type=Choice(["linked", "pending", "none"]), help="Of the official account. pending: any open request.")
@click.option("--region", metavar="R", help="Only shops in this market, such as US.")
@click.option("--due-first", is_flag=True, help="Shops with the soonest reminder first.")
@paged
@on_workspace
def shops_command(
    workspace: Workspace,
    answer: Answer,
    query: str,
    state: str | None,
    region: str | None,
    due_first: bool,
    limit: int,
    after: str | None,
) -> None:
    """List the shops by name, with the state of their links.

    \b
    shoplink shops --query candle --limit 20
    shoplink shops --state pending --due-first
    """
    page = workspace.shops.page(
        query=query,
        limit=limit,
        after=after,
        state=cast('Literal["", "linked", "pending", "none"]', state or ""),
        region=read_market(workspace.policy, region) if region else "",
        due_first=due_first,
    )
    rows = [
        (s.shop.code, s.shop.name, s.shop.region, STATES[s.official] if s.official else "none", _marketing(s), s.due, s.upcoming)
        for s in page.shops
    ]
    narrowed = query or state or region or after
    nothing = "No matching shops." if narrowed else here("This workspace has no shops. Add one with: shoplink add-shop")
    lines = table(("CODE", "NAME", "REGION", "OFFICIAL", "MARKETING", "DUE", "UPCOMING"), rows, nothing=nothing)
    answer.page("shops", [summary_json(summary) for summary in page.shops], page.next, lines)


def _marketing(summary: ShopSummary) -> str:
    return f"{summary.marketing}, {summary.invited} invited" if summary.invited else str(summary.marketing)


class _Unlinks(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """A number of earlier unlinks, or unknown."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if value == UNKNOWN else Whole(EARLIER_UNLINKS.least, EARLIER_UNLINKS.most).convert(value, param, ctx)


def _later_facts(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for facts of a shop that are often entered later."""
    probation = click.option(
        "--probation",
        metavar="active|over|WHEN",
        help="active, over, or the day it ends, such as 2027-01-15. unknown clears it.",
    )
    unlinks = click.option(
        "--unlinks-before",
        type=_Unlinks(),
        metavar="N|unknown",
        help="Official unlinks used before, if their links are not in the record.",
    )
    return probation(unlinks(function))


def _read_later(workspace: Workspace, probation: str | None, unlinks_before: int | str | None) -> dict[str, Any]:
    """Read the facts of `_later_facts` that were given. Raises InvalidInput."""
    found: dict[str, Any] = {}
    if unlinks_before is not None:
        found["unlinks_before"] = None if unlinks_before == UNKNOWN else unlinks_before
    if probation == UNKNOWN:
        found |= {"probation": None, "probation_until": None}
    elif probation in {state.value for state in Probation}:
        found |= {"probation": Probation(str(probation)), "probation_until": None}
    elif probation is not None:
        now = workspace.now()
        until = read_when(probation, now=now, zone=None, field="--probation", ahead=True, how=HOW_PROBATION)
        click.echo(f"--probation: active until {until.words}", err=True)
        if until.note:
            click.echo(until.note, err=True)
        found |= {"probation": Probation.ACTIVE, "probation_until": until.moment}
    return found


@click.command("add-shop", cls=Filled)
@click.option("--name", required=True)
@click.option("--region", required=True, help="The market's code, such as US.")
@click.option("--legal-name", required=True)
@click.option("--entity-kind", required=True, type=KIND)
@click.option("--registration", required=True, metavar="NO", help="The entity's registration number.")
@click.option("--country", required=True, help="The entity's country, such as US.")
@click.option("--code", help="TikTok's code for the shop. If left out, shoplink makes one up and marks it.")
@_later_facts
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
    code: str | None,
    probation: str | None,
    unlinks_before: int | str | None,
) -> None:
    """Add a shop, and its seller if the legal entity is new.

    \b
    shoplink add-shop --name "Lumen Candle Co." --region US --legal-name "Lumen Candle Company LLC" \\
      --entity-kind company --registration 84-5550142 --country US
    """
    entity = make_entity(entity_kind, legal_name, registration, country)
    later = _read_later(workspace, probation, unlinks_before)
    reasons = [verdict.reason for verdict in workspace.shops.check_add(name, region)]
    of_entity = workspace.shops.entity_notes(entity)  # before its seller is looked up
    shop = workspace.shops.add(name, region, entity, code=code, **later)
    notes = [
        *reasons,
        *workspace.shops.name_notes(shop.name, shop.seller),
        *of_entity,
    ]
    made_up = " (made up; enter TikTok's code with set-shop)" if shop.code_is_made_up else ""
    answer({**shop_json(workspace, shop), "notes": notes}, [f"Added {shop.name}, code {shop.code}{made_up}."])
    answer.note(notes)


@click.command("set-shop", cls=Filled)
@shop_argument
@click.option("--region", help="The market's code, such as US.")
@click.option("--legal-name", help="Corrects the legal entity for all its shops.")
@click.option("--entity-kind", type=KIND, help="Corrects the legal entity for all its shops.")
@click.option("--registration", metavar="NO", help="Moves the shop to the seller with this registration number.")
@click.option("--country", help="Moves the shop to the seller in this country.")
@click.option("--code", help="TikTok's code for the shop.")
@_later_facts
@recording()
def set_shop_command(
    workspace: Workspace,
    answer: Answer,
    shop: str | None,
    region: str | None,
    legal_name: str | None,
    entity_kind: str | None,
    registration: str | None,
    country: str | None,
    code: str | None,
    probation: str | None,
    unlinks_before: int | str | None,
) -> None:
    """Correct what you entered about a shop.

    \b
    shoplink set-shop USLCDEMO01 --unlinks-before 1
    shoplink set-shop USLCQ2X7MA --code USLCMAPLE1
    """
    before = the_shop(workspace, shop)
    stated = _read_later(workspace, probation, unlinks_before)
    if code is not None:
        stated["code"] = code
    if region is not None:
        stated["region"] = read_market(workspace.policy, region)
    entity = _corrected(workspace, before, legal_name, entity_kind, registration, country)
    if not stated and entity is None:
        raise click.UsageError("Give at least one option: what to correct.", click.get_current_context())
    entity_before = workspace.shops.seller(before).entity
    after = workspace.shops.state(before.id, entity=entity, **stated)
    named = f"{after.name}, code {after.code},"
    said = unchanged(workspace, answer, f"{named} has these facts already") or [f"{named} is corrected."]
    notes = []
    if workspace.shops.seller(after).entity != entity_before and (legal_name or entity_kind):
        shops = workspace.shops.shops_of(workspace.shops.seller(after))
        notes.append(f"The legal entity was corrected for all its shops: {count_of(shops, 'shop')}.")
    if after.seller != before.seller:
        notes.append(f"The shop now belongs to another seller: {entity_words(workspace.shops.seller(after).entity)}.")
    answer({**shop_json(workspace, after), "notes": notes}, said)
    answer.note(notes)


def _corrected(
    workspace: Workspace,
    shop: Shop,
    legal_name: str | None,
    kind: str | None,
    registration: str | None,
    country: str | None,
) -> Entity | None:
    """Make a shop's legal entity from the options; None if none is given. Raises InvalidInput."""
    if not any((legal_name, kind, registration, country)):
        return None
    known = workspace.shops.seller(shop).entity
    entity = make_entity(
        kind or known.kind or EntityKind.COMPANY,
        legal_name or known.legal_name or "-",
        registration or known.registration_number,
        country or known.country,
    )
    return Entity(
        registration_number=entity.registration_number,
        country=entity.country,
        kind=entity.kind if kind else None,
        legal_name=entity.legal_name if legal_name else None,
    )


@click.command("rename-shop", cls=Filled)
@shop_argument
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it. Without --yes, only show what would change.")
@recording()
def rename_shop_command(workspace: Workspace, answer: Answer, shop: str | None, name: str, yes: bool) -> int:
    """Rename a shop and its linked official account. Without --yes, only show what would change (exit 2).

    \b
    shoplink rename-shop USLCDEMO01 "Lumen Lights"
    shoplink rename-shop USLCDEMO01 "Lumen Lights" --yes
    """
    before = the_shop(workspace, shop)
    verdicts = workspace.shops.check_rename(before.id, name) if name != before.name else ()
    if verdicts and not yes:
        return preview(workspace, answer, "rename-shop", verdicts=verdicts)
    renamed = workspace.shops.rename(before.id, name)
    account = account_json(workspace, renamed.account) if renamed.account else None
    said = unchanged(workspace, answer, f"{renamed.shop.code} has this name already")
    lines = said or [f"{renamed.shop.code} has its new name: {renamed.shop.name}"]
    if renamed.account and renamed.account.nickname:
        username, nickname = renamed.account.username, renamed.account.nickname
        whose = f"Its official account then, @{username}," if workspace.stated_at else f"Its official account @{username}"
        lines.append(ended(f"{whose} has the nickname {nickname}"))
    reasons = [verdict.reason for verdict in verdicts if verdict.outcome == Outcome.NOTICE]
    notes = [*reasons, *workspace.shops.name_notes(renamed.shop.name, renamed.shop.seller)]
    answer({"shop": shop_json(workspace, renamed.shop), "account": account, "notes": notes}, lines)
    answer.note(notes)
    return 0


@click.command("remove-shop", cls=Filled)
@shop_argument
@click.option("--yes", is_flag=True, help="Do it. Without --yes, only show what would happen.")
@on_workspace
def remove_shop_command(workspace: Workspace, answer: Answer, shop: str | None, yes: bool) -> int:
    """Remove a shop that never had a link or a product. Without --yes, only show what would happen (exit 2).

    \b
    shoplink remove-shop USLCDEMO01 --yes
    """
    found = the_shop(workspace, shop)
    if workspace.shops.is_removable(found) and not yes:
        return preview(workspace, answer, "remove-shop", [f"{found.name} would be removed. Its history stays."])
    shown = shop_json(workspace, found)
    workspace.shops.remove(found.id)
    answer(shown, [f"{found.name}, code {found.code}, is removed."])
    return 0


@click.command("status", cls=Filled)
@shop_argument
@on_workspace
def status_command(workspace: Workspace, answer: Answer, shop: str | None) -> None:
    """Show a shop's links, unlinks, Shop Page, and reminders.

    \b
    shoplink status USLCDEMO01
    """
    status = workspace.shops.status(the_shop(workspace, shop).id)
    answer(status_json(workspace, status), _status_lines(workspace, status))


def _status_lines(workspace: Workspace, status: ShopStatus) -> list[str]:
    now = workspace.now()
    official = status.official
    made_up = ", made up" if status.shop.code_is_made_up else ""
    lines = [
        f"{status.shop.name} ({status.shop.code}{made_up}, {status.shop.region})",
        "",
        *facts(
            (
                ("Seller", status.seller.entity.legal_name),
                ("Official account", f"@{official.username}, {STATES[official.state]}" if official else "none"),
                *_account_facts(status, now),
                ("Unlink possible", when(status.unlink_possible_at, now)),
                ("Name", {True: "same as the shop's", False: "differs from the shop's", None: "-"}[status.name_matches]),
                ("Unlinks", status.unlinks_words),
                ("Shop Page", _shop_page_words(status)),
                ("Marketing", f"{len(status.marketing)} of {status.marketing_limit} slots taken"),
                ("Probation", _probation_words(workspace, status.shop, now)),
            )
        ),
    ]
    lines += [f"  @{link.username}  {STATES[link.state]}  {link.id}" for link in status.marketing]
    if official:
        lines += ["", f"Link of the official account: {official.id}"]
    linked = [link for link in (official, *status.marketing) if link]
    lines += [f"  @{link.username}: recorded despite the rule {rule}" for link in linked for rule in link.against]
    others = [link for link in status.requests if link != official and link not in status.marketing]
    if others:
        lines += ["", "Open requests", *[f"  @{link.username}  {STATES[link.state]}  {link.id}" for link in others]]
    if status.broken:
        lines += ["", "Broken rules", *[f"  {line}" for line in verdict_lines(status.broken, WIDTH - 2)]]
    if status.reminders:
        lines += ["", "Reminders", *_reminder_lines(status.reminders, now)]
    return lines


def _reminder_lines(reminders: Iterable[Reminder], now: datetime) -> list[str]:
    texts = (f"  {when(reminder.at, now)}  {show(reminder.summary)}" for reminder in reminders)
    return [line for text in texts for line in textwrap.wrap(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False)]


def _shop_page_words(status: ShopStatus) -> str:
    if not status.shop_page.synced:
        return "not synced"
    products = status.shop_page.count
    return "synced; products are not tracked" if products is None else f"synced, {count_of(products, 'product')}"


def _probation_words(workspace: Workspace, shop: Shop, now: datetime) -> str:
    probation = workspace.shops.probation(shop)
    if probation is None:
        return "not entered"
    return f"until {when(shop.probation_until, now)}" if probation == Probation.ACTIVE and shop.probation_until else probation


def _account_facts(status: ShopStatus, now: datetime) -> list[tuple[str, object]]:
    """List what TikTok shows about a linked official account, with contacts masked."""
    link, account = status.official, status.official_account
    if not link or not account or link.state != LinkState.LINKED:
        return []
    return [
        ("Nickname", account.nickname),
        ("Phone", mask_phone(account.phone) if account.phone else "not entered"),
        ("Email", mask_email(account.email) if account.email else "not entered"),
        ("Linked", when(link.linked_at, now) + (f", by {link.linked_by}" if link.linked_by else "")),
    ]
