"""Desk commands: TikTok's side of a practice workspace, its clock, and a demo's audience."""

from collections.abc import Callable
from pathlib import Path

import click

from core import desk
from core.clock import in_words, parse_duration
from core.errors import InvalidInput, NotFound, ended
from core.models import OPEN, Link, LinkState
from core.workspace import Workspace
from tui.acts import Acts
from tui.cli.audience import AUDIENCE
from tui.cli.command import NearGroup
from tui.cli.context import Answer, on_workspace, unchanged
from tui.cli.links import answer_link
from tui.cli.named import any_of, the_link
from tui.cli.opening import needs_terminal, opened
from tui.cli.params import LINK, USERNAME
from tui.cli.text import day
from tui.formats.json import account_json, moment_json
from tui.presenting import channel

HOLDER, REVIEW = LinkState.AWAITING_AUTHORIZATION, LinkState.IN_REVIEW


@click.group("desk", cls=NearGroup, invoke_without_command=True)
@click.pass_context
def desk_command(ctx: click.Context) -> int | None:
    """Practice only: play TikTok's side and move the clock in a workspace that another terminal shows.

    Without --db, it works on the demo that you started last. Without a command, it opens the Desk here: TikTok's acts,
    the clock, the tour, and the presenter's notes.

    \b
    shoplink desk
    shoplink desk advance 24h
    """
    if ctx.obj is None and (state := channel.shown()):
        ctx.obj = ctx.find_root().obj = Path(state.file)  # the root's adds it to the commands that an error names
        click.echo(f"Workspace: {state.file}", err=True)
    return _open(ctx.obj) if ctx.invoked_subcommand is None else None


def _open(file: Path | None) -> int:
    """Open the presenter's Desk on a practice workspace. Raises NotFound, Refused."""
    if file is None:
        raise NotFound("No demo is running on this computer.", remedy="Start one in another terminal: shoplink demo")
    if needs_terminal():
        return 2
    from tui import launch
    from tui.presenter import PresenterApp

    workspace = opened(file)
    desk.practice_only(workspace, "A record has no Desk.")
    return launch.start(PresenterApp(workspace, path=file, actor=workspace.actor))


@desk_command.command("advance")
@click.argument("duration")
@on_workspace
def advance_command(workspace: Workspace, answer: Answer, duration: str) -> None:
    """Move the clock forward: 24h, 90m, 2d, 86399s, or “due” to go to the next reminder.

    \b
    shoplink desk advance 24h
    shoplink desk advance due
    """
    if duration == "due":
        done = ended(Acts(workspace, None).advance_to_due())
        _answer(workspace, answer, *(unchanged(workspace, answer, "nothing is due later") or [done]))
    else:
        desk.advance(workspace, parse_duration(duration))
        _answer(workspace, answer)


@desk_command.command("now")
@on_workspace
def now_command(workspace: Workspace, answer: Answer) -> None:
    """Show the workspace's date and time, and how far its clock was moved (in seconds with --json).

    \b
    shoplink desk now --json
    """
    desk.practice_only(workspace, "A record has no Desk: it uses this computer's clock.")
    _answer(workspace, answer)


@desk_command.command("restart")
@on_workspace
def restart_command(workspace: Workspace, answer: Answer) -> None:
    """Start the scenario over. Everything done since is lost.

    \b
    shoplink desk restart
    """
    desk.restart(workspace)
    _answer(workspace, answer)


def _answer(workspace: Workspace, answer: Answer, *done: str) -> None:
    now, shifted = workspace.now(), workspace.shifted_by
    moved = f", moved forward by {in_words(shifted)}" if shifted else ", not moved"
    answer({"now": moment_json(now), "shifted_by": shifted.total_seconds()}, [*done, f"{day(now)}{moved}"])


@desk_command.command("accept")
@click.argument("link", type=LINK, required=False)
@on_workspace
def accept_command(workspace: Workspace, answer: Answer, link: str | None) -> None:
    """The account's holder accepts the request. You can leave out LINK if only one request is waiting.

    \b
    shoplink desk accept
    """
    _on_link(workspace, answer, link, (HOLDER,), Acts.accept)


@desk_command.command("decline")
@click.argument("link", type=LINK, required=False)
@on_workspace
def decline_command(workspace: Workspace, answer: Answer, link: str | None) -> None:
    """The account's holder declines the request.

    \b
    shoplink desk decline
    """
    _on_link(workspace, answer, link, (HOLDER,), Acts.decline)


@desk_command.command("approve")
@click.argument("link", type=LINK, required=False)
@on_workspace
def approve_command(workspace: Workspace, answer: Answer, link: str | None) -> None:
    """TikTok approves the request.

    \b
    shoplink desk approve
    """
    _on_link(workspace, answer, link, (REVIEW,), Acts.approve)


@desk_command.command("reject")
@click.argument("link", type=LINK, required=False)
@click.option("--reason", required=True, help="TikTok's reason.")
@on_workspace
def reject_command(workspace: Workspace, answer: Answer, link: str | None, reason: str) -> None:
    """TikTok rejects the request, with a reason.

    \b
    shoplink desk reject --reason "The profile picture shows a third party's logo."
    """
    _on_link(workspace, answer, link, (REVIEW,), lambda acts: acts.reject(reason))


@desk_command.command("allow")
@click.argument("link", type=LINK, required=False)
@on_workspace
def allow_command(workspace: Workspace, answer: Answer, link: str | None) -> None:
    """TikTok lifts the suspension or verifies the identity, then approves the request.

    Other rules can still stop the approval.

    \b
    shoplink desk allow
    """
    _on_link(workspace, answer, link, (REVIEW,), Acts.allow)


@desk_command.command("withdraw")
@click.argument("link", type=LINK, required=False)
@on_workspace
def withdraw_command(workspace: Workspace, answer: Answer, link: str | None) -> None:
    """TikTok withdraws the request.

    \b
    shoplink desk withdraw
    """
    _on_link(workspace, answer, link, tuple(OPEN), Acts.withdraw)


@desk_command.command("end-link")
@click.argument("link", type=LINK, required=False)
@on_workspace
def end_link_command(workspace: Workspace, answer: Answer, link: str | None) -> None:
    """TikTok ends a link. This uses none of the seller's unlinks.

    \b
    shoplink desk end-link @lumen.candles
    """
    _on_link(workspace, answer, link, (LinkState.LINKED,), Acts.end_link)


def _on_link(
    workspace: Workspace, answer: Answer, ref: str | None, fitting: tuple[LinkState, ...], act: Callable[[Acts], str]
) -> None:
    """Act on this link, or the only one in a suitable state. Raises NotFound, InvalidInput."""
    desk.practice_only(workspace, "A record has no Desk.")
    link = workspace.links.get(the_link(workspace, ref, *fitting)) if ref else _only(workspace, fitting)
    done = act(Acts(workspace, link.shop, link.id))
    answer_link(workspace, answer, workspace.links.get(link.id), f"{done}.")


def _only(workspace: Workspace, fitting: tuple[LinkState, ...]) -> Link:
    found = [link for state in fitting for link in workspace.links.find(state=state, limit=10)]
    if not found:
        what = "account" if LinkState.LINKED in fitting else "request"
        raise NotFound(f"No {what} is {any_of(fitting)}.", remedy="See the links with: shoplink links")
    if len(found) > 1:
        each = ", ".join(f"{link.id} (@{link.username}, {workspace.shops.code(link.shop)})" for link in found)
        raise InvalidInput("link", "is missing: several are possible", remedy=f"Give its id: {each}.")
    return found[0]


@desk_command.command("suspend")
@click.argument("username", type=USERNAME)
@on_workspace
def suspend_command(workspace: Workspace, answer: Answer, username: str) -> None:
    """TikTok suspends an account.

    \b
    shoplink desk suspend @lumen.candles
    """
    _on_account(workspace, answer, username, lambda acts: acts.suspend(username), "is suspended already")


@desk_command.command("reinstate")
@click.argument("username", type=USERNAME)
@on_workspace
def reinstate_command(workspace: Workspace, answer: Answer, username: str) -> None:
    """TikTok lifts an account's suspension.

    \b
    shoplink desk reinstate @lumen.candles
    """
    _on_account(workspace, answer, username, lambda acts: acts.reinstate(username), "is in good standing already")


@desk_command.command("verify")
@click.argument("username", type=USERNAME)
@on_workspace
def verify_command(workspace: Workspace, answer: Answer, username: str) -> None:
    """TikTok verifies the identity of an account's holder.

    \b
    shoplink desk verify @ember.nights
    """
    _on_account(workspace, answer, username, lambda acts: acts.verify(username), "has a verified identity already")


@desk_command.command("region")
@click.argument("username", type=USERNAME)
@click.argument("region")
@on_workspace
def region_command(workspace: Workspace, answer: Answer, username: str, region: str) -> None:
    """Change an account's region. A requested or linked account keeps its shop's region.

    \b
    shoplink desk region @harbour.light US
    """
    _on_account(workspace, answer, username, lambda acts: acts.region(f"{username} {region}"), "has this region already")


@desk_command.command("username")
@click.argument("username", type=USERNAME)
@click.argument("new")
@on_workspace
def username_command(workspace: Workspace, answer: Answer, username: str, new: str) -> None:
    """The account's holder changes the username. Its links stay.

    \b
    shoplink desk username @lumen.candles @lumen.light
    """
    _on_account(workspace, answer, new, lambda acts: acts.username(f"{username} {new}"), "has this username already")


@desk_command.command("add-account")
@click.argument("username")
@click.option("--region", help="The first shop's region if left out.")
@on_workspace
def add_account_command(workspace: Workspace, answer: Answer, username: str, region: str | None) -> None:
    """Add a personal account: verified, in good standing, and its holder is an adult.

    \b
    shoplink desk add-account @candle.corner
    """

    def add(acts: Acts) -> str:
        with workspace.change():
            added = acts.add_account(username)
            return acts.region(f"{username} {region}") if region else added

    _on_account(workspace, answer, username, add)


def _on_account(workspace: Workspace, answer: Answer, username: str, act: Callable[[Acts], str], already: str = "") -> None:
    """Act on an account, and answer with its new state. `already`: what it is if the act changes nothing."""
    desk.practice_only(workspace, "A record has no Desk.")
    shop = next((summary.shop.id for summary in workspace.shops.page(limit=1).shops), None)
    done = act(Acts(workspace, shop))
    account = workspace.accounts.get(username)
    said = unchanged(workspace, answer, f"@{account.username} {already}") if already else []
    answer(account_json(workspace, account), said or [f"{done}."])


for command in AUDIENCE:
    desk_command.add_command(command)
