"""Commands about a request: each step from the holder's answer to the review's decision."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from core.errors import Refused
from core.models import OPEN, EndedBy, Link, LinkState
from core.verdict import Outcome
from core.words import STATES, asked
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, here, recording
from tui.cli.links import BY, answer_link
from tui.cli.named import the_link
from tui.cli.params import LINK

AWAITING = LinkState.AWAITING_AUTHORIZATION


def step(*states: LinkState) -> Callable[[Callable[..., tuple[Link, str]]], Callable[..., None]]:
    """Decorate a command that does a step of the link with this id, in one of `states`.

    It returns the link and what was done, in a sentence.
    """

    def decorated(function: Callable[..., tuple[Link, str]]) -> Callable[..., None]:
        @click.argument("link", type=LINK)
        @recording()
        @wraps(function)
        def command(workspace: Workspace, answer: Answer, link: str, **options: Any) -> None:
            done, message = function(workspace, the_link(workspace, link, *states), **options)
            answer_link(workspace, answer, done, message)

        return command

    return decorated


@click.command("authorize", cls=Filled)
@step(AWAITING)
def authorize_command(workspace: Workspace, link: str) -> tuple[Link, str]:
    """Record that the account's holder accepted. This links a marketing account; an official account goes to review next.

    \b
    shoplink authorize lnk-7qk2m9xa
    shoplink authorize @maple.outlet --at "2026-11-24 10:00"
    """
    found = [verdict for verdict in workspace.links.check_next(link) if verdict.rule == "link.authorization"]
    late = "".join(f" {verdict.reason}" for verdict in found if verdict.outcome == Outcome.NOTICE)
    done = workspace.links.authorize(link)
    todo = "Tap Link in the Seller app, then record it" if workspace.is_record else "Send it to review"
    then = here(f" {todo} with: shoplink submit {done.id}") if done.state == LinkState.AUTHORIZED else ""
    return done, f"@{done.username} is {STATES[done.state]}.{late}{then}"


@click.command("decline", cls=Filled)
@step(AWAITING)
def decline_command(workspace: Workspace, link: str) -> tuple[Link, str]:
    """Record that the account's holder declined. The slot is free again.

    \b
    shoplink decline lnk-7qk2m9xa
    """
    done = workspace.links.decline(link)
    return done, f"The holder of @{done.username} declined."


@click.command("expire", cls=Filled)
@click.argument("link", type=LINK)
@recording()
def expire_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """Record only: nobody answered in time. Without --at, it expired at its deadline.

    \b
    shoplink expire lnk-7qk2m9xa
    """
    if not workspace.is_record:
        raise Refused(
            "In practice, requests and invitations expire automatically.", remedy="Move the clock with: shoplink desk advance 48h"
        )
    done = workspace.links.expire(the_link(workspace, link, AWAITING))
    answer_link(workspace, answer, done, f"The {asked(done.role, done.username)} expired.")


@click.command("submit", cls=Filled)
@step(LinkState.AUTHORIZED)
def submit_command(workspace: Workspace, link: str) -> tuple[Link, str]:
    """Send an authorized request to review; the rules are checked again. In a record: note that you sent it in the Seller app.

    \b
    shoplink submit lnk-7qk2m9xa
    """
    done = workspace.links.submit(link)
    return done, f"@{done.username} is in review."


@click.command("approve", cls=Filled)
@step(LinkState.IN_REVIEW)
def approve_command(workspace: Workspace, link: str) -> tuple[Link, str]:
    """Record that TikTok approved the request. The account is linked if the rules still allow it.

    \b
    shoplink approve lnk-7qk2m9xa
    shoplink approve @maple.outlet --at "yesterday 15:00"
    """
    done = workspace.links.approve(link)
    return done, f"@{done.username} is linked."


@click.command("reject", cls=Filled)
@click.option("--reason", required=True, help="TikTok's reason.")
@step(LinkState.IN_REVIEW)
def reject_command(workspace: Workspace, link: str, reason: str) -> tuple[Link, str]:
    """Record that TikTok rejected the request, and why.

    \b
    shoplink reject lnk-7qk2m9xa --reason "The avatar shows a third party's logo."
    """
    done = workspace.links.reject(link, reason)
    return done, f"@{done.username} was rejected: {done.reason}"


@click.command("cancel", cls=Filled)
@click.option("--by", type=BY, default=EndedBy.SELLER.value, help="Who canceled it: you, or TikTok by withdrawing it.")
@step(*OPEN)
def cancel_command(workspace: Workspace, link: str, by: str) -> tuple[Link, str]:
    """Cancel a request that TikTok has not decided, or record that TikTok withdrew it.

    \b
    shoplink cancel lnk-7qk2m9xa
    shoplink cancel lnk-7qk2m9xa --by tiktok
    """
    done = workspace.links.cancel(link, EndedBy(by))
    return done, f"The {asked(done.role, done.username)} is canceled."
