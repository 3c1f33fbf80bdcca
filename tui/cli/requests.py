"""Commands about a request: each step from the holder's answer to the review's decision."""

import click

from core.errors import Refused
from core.models import OPEN, EndedBy, LinkState
from core.workspace import Workspace
from tui.cli.context import Answer, here, recording
from tui.cli.links import BY, answer_link
from tui.cli.named import the_link
from tui.cli.params import LINK

AWAITING = LinkState.AWAITING_AUTHORIZATION


@click.command("authorize")
@click.argument("link", type=LINK)
@recording()
def authorize_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """The account's holder accepts. A marketing account is linked by it; an official one goes to review next.

    \b
    shoplink authorize lnk-7qk2m9xa
    shoplink authorize @maple.outlet --at "2026-11-24 10:00"
    """
    done = workspace.links.authorize(the_link(workspace, link, AWAITING))
    next_step = "Tap Link in the Seller app, then record it" if workspace.is_record else "Send it to review"
    authorized = here(f"authorized. {next_step} with: shoplink submit {done.id}")
    answer_link(workspace, answer, done, f"@{done.username} is {'linked.' if done.state == LinkState.LINKED else authorized}")


@click.command("decline")
@click.argument("link", type=LINK)
@recording()
def decline_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """The account's holder says no; the slot is free again.

    \b
    shoplink decline lnk-7qk2m9xa
    """
    done = workspace.links.decline(the_link(workspace, link, AWAITING))
    answer_link(workspace, answer, done, f"The holder of @{done.username} declined.")


@click.command("expire")
@click.argument("link", type=LINK)
@recording()
def expire_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """Record only: nobody answered in time. At the moment when the request should have expired, unless --at is given.

    \b
    shoplink expire lnk-7qk2m9xa
    """
    if not workspace.is_record:
        raise Refused("In practice a request expires by itself.", remedy="Move the clock with: shoplink desk advance 48h")
    done = workspace.links.expire(the_link(workspace, link, AWAITING))
    answer_link(workspace, answer, done, f"The request for @{done.username} expired.")


@click.command("submit")
@click.argument("link", type=LINK)
@recording()
def submit_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """An authorized request goes to review; the rules are asked again. A record notes that you sent it.

    \b
    shoplink submit lnk-7qk2m9xa
    """
    done = workspace.links.submit(the_link(workspace, link, LinkState.AUTHORIZED))
    answer_link(workspace, answer, done, f"@{done.username} is in review.")


@click.command("approve")
@click.argument("link", type=LINK)
@recording()
def approve_command(workspace: Workspace, answer: Answer, link: str) -> None:
    """TikTok approves: the account is linked, if the rules still allow it.

    \b
    shoplink approve lnk-7qk2m9xa
    shoplink approve @maple.outlet --at "yesterday 15:00"
    """
    done = workspace.links.approve(the_link(workspace, link, LinkState.IN_REVIEW))
    answer_link(workspace, answer, done, f"@{done.username} is linked.")


@click.command("reject")
@click.argument("link", type=LINK)
@click.option("--reason", required=True, help="The reason that TikTok gave.")
@recording()
def reject_command(workspace: Workspace, answer: Answer, link: str, reason: str) -> None:
    """TikTok rejects, with a reason.

    \b
    shoplink reject lnk-7qk2m9xa --reason "The avatar shows a third party's logo."
    """
    done = workspace.links.reject(the_link(workspace, link, LinkState.IN_REVIEW), reason)
    answer_link(workspace, answer, done, f"@{done.username} was rejected: {done.reason}")


@click.command("cancel")
@click.argument("link", type=LINK)
@click.option("--by", type=BY, default=EndedBy.SELLER.value, help="Who ended it: you, or TikTok, which withdrew it.")
@recording()
def cancel_command(workspace: Workspace, answer: Answer, link: str, by: str) -> None:
    """Take back a request that is not decided yet, or record that it was withdrawn.

    \b
    shoplink cancel lnk-7qk2m9xa
    shoplink cancel lnk-7qk2m9xa --by tiktok
    """
    done = workspace.links.cancel(the_link(workspace, link, *OPEN), EndedBy(by))
    answer_link(workspace, answer, done, f"The request for @{done.username} is cancelled.")
