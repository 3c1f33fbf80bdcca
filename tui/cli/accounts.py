"""Commands about accounts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import click

from core.candidates import Outlook
from core.errors import Refused
from core.models import Account, AccountKind, Entity, Standing
from core.text import clean, country_code
from core.words import label, named, value
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace, preview, recording, unchanged
from tui.cli.named import the_shop
from tui.cli.pages import page_of, paged
from tui.cli.params import USERNAME, Choice, shop_argument
from tui.cli.text import OUTCOMES, facts, table, when
from tui.formats.json import account_json, candidate_json

YES, NO = "yes", "no"
UNKNOWN = "unknown"
"""The word that withdraws an entered fact."""


@click.command("accounts", cls=Filled)
@click.option("--query", default="", help="Only accounts with this text in the username, a former username, or the nickname.")
@paged
@on_workspace
def accounts_command(workspace: Workspace, answer: Answer, query: str, limit: int, after: str | None) -> None:
    """List the accounts in this workspace and the facts you have not entered.

    \b
    shoplink accounts --query lumen
    """
    page, following = page_of(workspace.accounts.find(query), limit, after, lambda account: account.id)
    rows = [(f"@{a.username}", a.nickname or UNKNOWN, a.kind or UNKNOWN, a.region or UNKNOWN, named(a.unknown)) for a in page]
    lines = table(
        ("USERNAME", "NICKNAME", "TYPE", "REGION", "NOT ENTERED"),
        rows,
        nothing="No matching accounts." if query else "You have not entered any accounts yet.",
    )
    answer.page("accounts", [account_json(workspace, account) for account in page], following, lines)


@click.command("candidates", cls=Filled)
@shop_argument
@paged
@on_workspace
def candidates_command(workspace: Workspace, answer: Answer, shop: str | None, limit: int, after: str | None) -> None:
    """Show whether each account can be this shop's official or marketing account now, and which rules stop it.

    \b
    shoplink candidates USLCDEMO01
    """
    page = workspace.candidates.page(the_shop(workspace, shop).id, limit=limit, after=after)
    now = workspace.now()
    rows = [
        (f"@{one.account.username}", _outlook_words(one.official, now), _outlook_words(one.marketing, now))
        for one in page.candidates
    ]
    lines = table(("USERNAME", "OFFICIAL", "MARKETING"), rows, nothing="You have not entered any accounts yet.")
    answer.page("candidates", [candidate_json(one) for one in page.candidates], page.next, lines)


def _outlook_words(outlook: Outlook, now: datetime) -> str:
    """Say whether an account can be requested or is already, when it can be, or which rules stop it."""
    if outlook.link:
        return outlook.answer
    if outlook.until:
        return f"from {when(outlook.until, now)}"
    return f"{OUTCOMES[outlook.outcome]}: {', '.join(outlook.rules)}" if outlook.rules else "possible"


def _choice(values: type[StrEnum]) -> Choice:
    return Choice([*(value.value for value in values), UNKNOWN])


def _flags(fact: str, values: dict[str, str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add a flag for each value of a fact; two of them contradict each other."""

    def keep(ctx: click.Context, param: click.Parameter, given: bool) -> None:
        if given and ctx.params.setdefault(fact, values[param.opts[0]]) != values[param.opts[0]]:
            raise click.UsageError(f"Give only one of {', '.join(values)}.", ctx)

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(values):
            function = click.option(option, is_flag=True, expose_value=False, callback=keep)(function)
        return function

    return decorated


@click.command("add-account", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--nickname")
@click.option("--kind", type=_choice(AccountKind), help="Here and elsewhere, unknown clears a fact.")
@click.option("--region", help="The country's code, such as US.")
@click.option("--phone")
@click.option("--email")
@_flags("identity_verified", {"--verified": YES, "--not-verified": NO, "--verified-unknown": UNKNOWN})
@click.option("--standing", type=_choice(Standing))
@_flags("holder_is_adult", {"--adult": YES, "--minor": NO, "--adult-unknown": UNKNOWN})
@click.option("--entity-registration", metavar="NO")
@click.option("--entity-country", metavar="C")
@recording()
def add_account_command(
    workspace: Workspace,
    answer: Answer,
    username: str,
    entity_registration: str | None,
    entity_country: str | None,
    **given: Any,
) -> None:
    """Enter facts about an account, or change them. Facts that you don't enter stay unknown.

    \b
    shoplink add-account @lumen.candles --kind personal --region US --verified --standing good --adult
    """
    stated = {name: None if value == UNKNOWN else value for name, value in given.items() if value is not None}
    kinds: dict[str, Callable[[str], Any]] = {
        **{"kind": AccountKind, "standing": Standing},
        **dict.fromkeys(("identity_verified", "holder_is_adult"), lambda value: value == YES),
    }
    known = {name: kinds[name](value) if value and name in kinds else value for name, value in stated.items()}
    if entity_registration == UNKNOWN:
        known["entity"] = None
    elif bool(entity_registration) != bool(entity_country):
        raise click.UsageError("--entity-registration and --entity-country go together.", click.get_current_context())
    elif entity_registration and entity_country:
        known["entity"] = Entity(
            registration_number=clean("entity registration", entity_registration, "identifier"),
            country=country_code(clean("entity country", entity_country, "identifier")),
        )
    account = workspace.accounts.state(username, **known)
    _answer(workspace, answer, account, unchanged(workspace, answer, f"@{account.username} has these facts already"))


@click.command("rename-account", cls=Filled)
@click.argument("username", type=USERNAME)
@click.argument("new")
@recording()
def rename_account_command(workspace: Workspace, answer: Answer, username: str, new: str) -> None:
    """Record that an account's username changed in TikTok. Its links, waits, and history stay with it.

    \b
    shoplink rename-account @maplewick @maple.wick --at 2026-11-20
    """
    reasons = [verdict.reason for verdict in workspace.accounts.check_rename(username, new) if not verdict.stops]
    account = workspace.accounts.rename(username, new)
    said = unchanged(workspace, answer, f"@{account.username} has this username already")
    _answer(workspace, answer, account, said)
    answer.note([] if said else reasons)


@click.command("convert-account", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--cancel", is_flag=True, help="The trial was canceled, and the account changed back.")
@recording()
def convert_account_command(workspace: Workspace, answer: Answer, username: str, cancel: bool) -> None:
    """Record only: TikTok updated the account to an organization account, or its trial was canceled.

    \b
    shoplink convert-account @maple.wick --at 2026-11-20
    """
    if not workspace.is_record:
        raise Refused(
            "Practice has no update to an organization account.",
            remedy="Create a new one with: shoplink create-org",
        )
    _answer(workspace, answer, workspace.accounts.convert(username, cancel=cancel))


@click.command("remove-account", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--yes", is_flag=True, help="Do it. Without --yes, only show what would happen.")
@on_workspace
def remove_account_command(workspace: Workspace, answer: Answer, username: str, yes: bool) -> int:
    """Remove an account that never had a link or a member. Without --yes, only show what would happen (exit 2).

    \b
    shoplink remove-account @lumen.candels --yes
    """
    account = workspace.accounts.get(username)
    if workspace.accounts.is_removable(account) and not yes:
        return preview(workspace, answer, "remove-account", [f"@{account.username} would be removed. Its history stays."])
    removed = workspace.accounts.remove(username)
    answer(account_json(workspace, removed), [f"@{removed.username} is removed."])
    return 0


def _answer(workspace: Workspace, answer: Answer, account: Account, said: Sequence[str] = ()) -> None:
    shown = account_json(workspace, account)
    end, now = workspace.accounts.trial_end(account), workspace.now()
    shown_as = {**shown, "converted_at": when(account.converted_at, now) if account.converted_at else None}
    shown_as |= {"trial_ends": when(end, now)} if end and end > now else {}
    answer(shown, [*said, *facts((label(name), _shown(name, found)) for name, found in shown_as.items())])


def _shown(name: str, found: Any) -> object:
    if isinstance(found, list):
        return ", ".join(f"@{one}" for one in found) if name == "former" else named(found)
    if isinstance(found, dict):
        return ", ".join(str(part) for part in found.values() if part)
    return None if found is None else value(name, found)
