"""Commands about links: check, request, record, unlink, list."""

from datetime import UTC, datetime, time

import click

from core.dates import read_day
from core.models import EndedBy, Link, LinkState, Role
from core.verdict import Outcome
from core.words import ROLES, STATES
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace, preview, read_moment, recording, verdict_lines
from tui.cli.named import the_link, the_shop
from tui.cli.pages import page_of, paged
from tui.cli.params import LINK, SHOP, USERNAME, Choice
from tui.cli.text import facts, table, when
from tui.formats.json import check_json, link_json

ROLE = Choice([role.value for role in Role])
BY = Choice([by.value for by in EndedBy])


def answer_link(workspace: Workspace, answer: Answer, link: Link, message: str) -> None:
    """Print what was done, and the link."""
    now = workspace.now()
    pairs = [
        ("Link", link.id),
        ("Shop", workspace.shops.code(link.shop)),
        ("Account", f"@{link.username}, {link.role}"),
        ("State", STATES[link.state]),
    ]
    if link.state == LinkState.AWAITING_AUTHORIZATION:
        pairs.append(("Authorize by", when(link.authorize_by, now)))
    if link.linked_at:
        pairs.append(("Linked", when(link.linked_at, now)))
    if link.unlinked_at:
        pairs.append(("Unlinked", when(link.unlinked_at, now)))
    answer(link_json(workspace, link), [message, *facts(pairs)])


@click.command("check", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--shop", type=SHOP, metavar="SHOP", help="You can leave it out if there is only one.")
@click.option("--as", "role", type=ROLE, required=True)
@click.option("--on", metavar="DATE", help="Check as of this future day, such as 2026-12-31, from midnight local time.")
@on_workspace
def check_command(workspace: Workspace, answer: Answer, username: str, shop: str | None, role: str, on: str | None) -> int:
    """Check every rule for linking this account to this shop. Exit 1 unless all pass.

    \b
    shoplink check @lumen.candles --shop USLCDEMO01 --as official
    shoplink check @lumen.candles --shop USLCDEMO01 --as marketing --on 2026-12-31
    """
    start = _start_of_day(on, workspace.now()) if on else None
    check = workspace.links.check(username, the_shop(workspace, shop).id, Role(role), on=start)
    conclusion = {
        Outcome.PASS: "can be linked",
        Outcome.BLOCKED: "can't be linked",
        Outcome.WAIT: "can't be linked yet",
        Outcome.UNKNOWN: "can't be answered: facts are missing",
    }[check.outcome]
    first = f"@{check.account.username} as {ROLES[Role(role)]} of {check.shop.name}: {conclusion}."
    waits = [f"It can be linked from {when(check.until, workspace.now())}."] if check.until else []
    answer(check_json(check), [first, *waits, *check.spelling, *verdict_lines(check.verdicts)])
    return 0 if check.outcome == Outcome.PASS else 1


def _start_of_day(text: str, now: datetime) -> datetime | None:
    """Read a local date as its first moment; today as None, which means now. Raises InvalidInput."""
    day = read_day(text, now=now, zone=None)
    return None if day == now.astimezone().date() else datetime.combine(day, time()).astimezone(UTC)


@click.command("link", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--shop", type=SHOP, metavar="SHOP", help="You can leave it out if there is only one.")
@click.option("--as", "role", type=ROLE, required=True)
@click.option("--accept-agreement", is_flag=True, help="You have read and accept the agreement.")
@click.option("--confirm-unknown", is_flag=True, help="You confirm the facts that have not been entered.")
@recording()
def link_command(
    workspace: Workspace,
    answer: Answer,
    username: str,
    shop: str | None,
    role: str,
    accept_agreement: bool,
    confirm_unknown: bool,
) -> None:
    """Request a link, or record that you did. The seller's own organization account is linked at once.

    \b
    shoplink link @lumen.candles --shop USLCDEMO01 --as official --accept-agreement
    """
    confirmed = workspace.policy.rules if confirm_unknown else ()
    found = the_shop(workspace, shop)
    link = workspace.links.request(username, found.id, Role(role), agreement=accept_agreement, confirmed=confirmed)
    done = "linked" if link.state == LinkState.LINKED else "requested" if link.role == Role.OFFICIAL else "invited"
    waits = "" if link.state == LinkState.LINKED else " The account's holder has to accept in TikTok."
    answer_link(workspace, answer, link, f"@{link.username} is {done}.{waits}")


@click.command("record-link", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--shop", type=SHOP, metavar="SHOP", help="You can leave it out if there is only one.")
@click.option("--as", "role", type=ROLE, required=True)
@click.option("--linked-at", required=True, metavar="WHEN", help="When it was linked, such as 2026-05-10T13:30.")
@click.option("--unlinked-at", metavar="WHEN", help="When the link ended. Leave it out if it hasn't.")
@click.option("--ended-by", type=BY, help="Who ended it: the seller, if left out. If TikTok did, no unlink is used.")
@recording(at=False)
def record_link_command(
    workspace: Workspace,
    answer: Answer,
    username: str,
    shop: str | None,
    role: str,
    linked_at: str,
    unlinked_at: str | None,
    ended_by: str | None,
) -> None:
    """Record only: enter a link that exists already, or a past one. Facts that were not entered don't stop it.

    \b
    shoplink record-link @maplewick --as official --linked-at 2026-05-10T13:30
    shoplink record-link @maple.live --as marketing --linked-at 2026-06-01 --unlinked-at 2026-06-15 --ended-by tiktok
    """
    if ended_by and not unlinked_at:
        raise click.UsageError("--ended-by needs --unlinked-at.", click.get_current_context())
    now = workspace.present()  # for both dates, so that “today” is one moment
    link = workspace.links.record_linked(
        username,
        the_shop(workspace, shop).id,
        Role(role),
        read_moment("--linked-at", linked_at, now),
        read_moment("--unlinked-at", unlinked_at, now) if unlinked_at else None,
        EndedBy(ended_by) if ended_by else None,
    )
    answer_link(workspace, answer, link, f"Recorded: @{link.username} is {STATES[link.state]}.")


@click.command("unlink", cls=Filled)
@click.argument("link", type=LINK)
@click.option("--yes", is_flag=True, help="Do it. Without --yes, only show what would happen.")
@click.option("--confirm", metavar="SHOP_NAME", help="The shop's name. The last official unlink needs it.")
@click.option("--by", type=BY, help="Who ended the link: the seller, if left out. If TikTok did, no unlink is used.")
@recording()
def unlink_command(workspace: Workspace, answer: Answer, link: str, yes: bool, confirm: str | None, by: str | None) -> int:
    """Unlink an account, or record that you did. Without --yes, only show what would happen (exit 2).

    \b
    shoplink unlink lnk-7qk2m9xa
    shoplink unlink @lumen.candles --yes
    """
    id, ended_by = the_link(workspace, link, LinkState.LINKED), EndedBy(by or EndedBy.SELLER)
    if yes:
        done = workspace.links.unlink(id, confirm, ended_by)
        answer_link(workspace, answer, done, f"@{done.username} is unlinked.")
        return 0
    verdicts = workspace.links.check_unlink(id)
    if ended_by == EndedBy.TIKTOK:
        username = workspace.links.get(id).username
        return preview(workspace, answer, "unlink", [f"TikTok ended the link with @{username}. This used none of your unlinks."])
    name = " and --confirm SHOP_NAME, because it is the last unlink" if workspace.links.unlink_needs_name(id) else ""
    return preview(workspace, answer, "unlink", verdicts=verdicts, needed=f"--yes{name}")


@click.command("links", cls=Filled)
@click.option("--shop", type=SHOP, metavar="SHOP")
@click.option("--state", type=Choice([state.value for state in LinkState]))
@click.option("--account", type=USERNAME, metavar="USERNAME")
@paged
@on_workspace
def links_command(
    workspace: Workspace,
    answer: Answer,
    shop: str | None,
    state: str | None,
    account: str | None,
    limit: int,
    after: str | None,
) -> None:
    """List links, newest first.

    \b
    shoplink links --shop USLCDEMO01 --state linked
    """
    found = workspace.links.find(shop=shop, account=account, state=LinkState(state) if state else None)
    page, following = page_of(found, limit, after, lambda link: link.id)
    rows = [
        (
            link.id,
            workspace.shops.code(link.shop),
            f"@{link.username}",
            link.role,
            ", ".join((STATES[link.state], *(f"recorded despite the rule {rule}" for rule in link.against))),
        )
        for link in page
    ]
    lines = table(("LINK", "SHOP", "ACCOUNT", "ROLE", "STATE"), rows, nothing="No matching links.")
    answer.page("links", [link_json(workspace, link) for link in page], following, lines)
