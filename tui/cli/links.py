"""Commands about links: check, request, every response, unlink."""

from datetime import UTC, datetime, time

import click

from core.dates import read_day
from core.errors import InvalidInput
from core.links import Check
from core.models import Link, LinkState, Role
from core.verdict import Outcome, Verdict
from core.workspace import Workspace
from tui.cli.context import Answer, here, on_workspace
from tui.cli.params import LINK, SHOP, USERNAME, Choice
from tui.cli.text import OUTCOMES, STATES, facts, plain, table, when
from tui.formats.json import check_json, link_json

ROLE = Choice([role.value for role in Role])


def answer_link(workspace: Workspace, answer: Answer, link: Link, message: str) -> None:
    """Print what was done, and the link."""
    now = workspace.now()
    pairs = [
        ("Link", link.id),
        ("Shop", workspace.shops.get(link.shop).code),
        ("Account", f"@{link.username}, {link.role}"),
        ("State", STATES[link.state]),
    ]
    if link.state == LinkState.AWAITING_AUTHORIZATION:
        pairs.append(("Authorize by", when(link.authorize_by, now)))
    if link.linked_at:
        pairs.append(("Linked", when(link.linked_at, now)))
    answer(link_json(workspace, link), [message, *facts(pairs)])


def verdict_lines(verdicts: tuple[Verdict, ...]) -> list[str]:
    """Format verdicts as text: outcome, rule, reason, and remedy if needed."""
    lines = []
    for verdict in verdicts:
        lines.append(f"{OUTCOMES[verdict.outcome]:<8} {verdict.rule}: {verdict.reason}")
        if verdict.stops and verdict.remedy:
            lines.append(f"         {here(verdict.remedy)}")
    return lines


def look_alike_lines(check: Check) -> list[str]:
    """Warn about accounts with a similar-looking username."""
    return [f"Look twice: it looks like @{other}, which is another account." for other in check.looks_like]


@click.command("check")
@click.argument("username", type=USERNAME)
@click.option("--shop", type=SHOP, required=True, metavar="SHOP")
@click.option("--as", "role", type=ROLE, required=True)
@click.option("--on", metavar="DATE", help="As of this day to come: 2026-12-31, from its first moment in local time.")
@on_workspace
def check_command(workspace: Workspace, answer: Answer, username: str, shop: str, role: str, on: str | None) -> int:
    """What every rule says to linking this account to this shop. Exit 1 unless it passes.

    \b
    shoplink check @lumen.candles --shop USLCDEMO01 --as official
    shoplink check @lumen.candles --shop USLCDEMO01 --as marketing --on 2026-12-31
    """
    check = workspace.links.check(username, shop, Role(role), on=_start_of_day(on, workspace.now()) if on else None)
    conclusion = {
        Outcome.PASS: "can be linked",
        Outcome.BLOCKED: "cannot be linked",
        Outcome.WAIT: "cannot be linked yet",
        Outcome.UNKNOWN: "cannot be answered: facts are unknown",
    }[check.outcome]
    first = f"@{check.account.username} as {role} account of {check.shop.name}: {conclusion}."
    waits = [f"It can be linked from {when(check.until, workspace.now())}."] if check.until else []
    answer(check_json(check), [first, *waits, *look_alike_lines(check), *verdict_lines(check.verdicts)])
    return 0 if check.outcome == Outcome.PASS else 1


def _start_of_day(text: str, now: datetime) -> datetime:
    """Read a local date as its first moment; today as `now`. Raises InvalidInput."""
    day = read_day(text, now=now, zone=None, field="the date")
    return now if day == now.astimezone().date() else datetime.combine(day, time()).astimezone(UTC)


@click.command("link")
@click.argument("username", type=USERNAME)
@click.option("--shop", type=SHOP, required=True, metavar="SHOP")
@click.option("--as", "role", type=ROLE, required=True)
@click.option("--accept-agreement", is_flag=True, help="The agreement was read and is accepted.")
@click.option("--confirm-unknown", is_flag=True, help="You stand for the facts that nobody has stated.")
@on_workspace
def link_command(
    workspace: Workspace, answer: Answer, username: str, shop: str, role: str, accept_agreement: bool, confirm_unknown: bool
) -> None:
    """Ask for a link: the account's holder then authorizes it. Your own organization account is linked at once.

    \b
    shoplink link @lumen.candles --shop USLCDEMO01 --as official --accept-agreement
    """
    confirmed = workspace.policy.rules if confirm_unknown else ()
    link = workspace.links.request(username, shop, Role(role), agreement=accept_agreement, confirmed=confirmed)
    asked = f"Asked for @{link.username}. Its holder has to accept in TikTok."
    answer_link(workspace, answer, link, f"@{link.username} is linked." if link.state == LinkState.LINKED else asked)


@click.command("authorize")
@click.argument("link", type=LINK)
@on_workspace
def authorize_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """The account's holder accepts. A marketing account is linked by it; an official one goes to review next.

    \b
    shoplink authorize lnk-7qk2m9xa
    """
    done = workspace.links.authorize(link)
    note = "linked" if done.state == LinkState.LINKED else here(f"authorized; send it to review with: shoplink submit {done.id}")
    answer_link(workspace, answer, done, f"@{done.username} is {note}.")


@click.command("decline")
@click.argument("link", type=LINK)
@on_workspace
def decline_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """The account's holder says no; the place is free again.

    \b
    shoplink decline lnk-7qk2m9xa
    """
    done = workspace.links.decline(link)
    answer_link(workspace, answer, done, f"The holder of @{done.username} declined.")


@click.command("submit")
@click.argument("link", type=LINK)
@on_workspace
def submit_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """Send an authorized link to review; the rules are asked again.

    \b
    shoplink submit lnk-7qk2m9xa
    """
    done = workspace.links.submit(link)
    answer_link(workspace, answer, done, f"@{done.username} is in review.")


@click.command("approve")
@click.argument("link", type=LINK)
@on_workspace
def approve_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """The review approves: the account is linked, if the rules still allow it.

    \b
    shoplink approve lnk-7qk2m9xa
    """
    done = workspace.links.approve(link)
    answer_link(workspace, answer, done, f"@{done.username} is linked.")


@click.command("reject")
@click.argument("link", type=LINK)
@click.option("--reason", required=True, help="The reason TikTok named.")
@on_workspace
def reject_command(workspace: Workspace, answer: Answer, link: str, reason: str) -> None:
    """The review rejects, with a reason.

    \b
    shoplink reject lnk-7qk2m9xa --reason "The avatar shows a third party's logo."
    """
    done = workspace.links.reject(link, reason)
    answer_link(workspace, answer, done, f"@{done.username} was rejected: {done.reason}")


@click.command("cancel")
@click.argument("link", type=LINK)
@on_workspace
def cancel_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """Take back a request that does not stand yet.

    \b
    shoplink cancel lnk-7qk2m9xa
    """
    done = workspace.links.cancel(link)
    answer_link(workspace, answer, done, f"The request for @{done.username} is cancelled.")


@click.command("unlink")
@click.argument("link", type=LINK)
@click.option("--yes", is_flag=True, help="Do it; without this it only says what would happen.")
@click.option("--confirm", metavar="SHOP_NAME", help="The shop's name, needed for the last official unlink.")
@on_workspace
def unlink_command(workspace: Workspace, answer: Answer, link: str, yes: bool, confirm: str | None) -> int:
    """End a standing link. Without --yes it says what would happen and changes nothing (exit 2).

    \b
    shoplink unlink lnk-7qk2m9xa
    shoplink unlink lnk-7qk2m9xa --yes
    """
    if yes:
        done = workspace.links.unlink(link, confirm)
        answer_link(workspace, answer, done, f"@{done.username} is unlinked.")
        return 0
    verdicts = workspace.links.check_unlink(link)
    stopping = [verdict for verdict in verdicts if verdict.stops]
    if stopping:
        happens, remedy = "It cannot be done now", stopping[0].remedy
    else:
        name = " and --confirm SHOP_NAME, for it is the last unlink" if workspace.links.unlink_needs_name(link) else ""
        happens, remedy = "This would happen", f"Give --yes{name}."
    if answer.as_json:
        raise InvalidInput("unlink", "needs --yes; nothing was changed", remedy=remedy, verdicts=verdicts)
    for line in (f"Nothing was changed. {happens}:", *verdict_lines(verdicts), *([] if stopping else [f"To do it: {remedy}"])):
        click.echo(plain(line), err=True)
    return 2


@click.command("links")
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--state", type=Choice([state.value for state in LinkState]))
@on_workspace
def links_command(workspace: Workspace, answer: Answer, shop: str | None, state: str | None) -> None:
    """Links, the newest first.

    \b
    shoplink links --shop USLCDEMO01 --state linked
    """
    found = workspace.links.find(shop=shop, state=LinkState(state) if state else None)
    rows = [(link.id, workspace.shops.get(link.shop).code, f"@{link.username}", link.role, STATES[link.state]) for link in found]
    answer(
        [link_json(workspace, link) for link in found],
        table(("LINK", "SHOP", "ACCOUNT", "ROLE", "STATE"), rows, nothing="There is no such link."),
    )
