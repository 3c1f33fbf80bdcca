"""The command that shows the steps to a link."""

import click

from core.models import Role
from core.plurals import count_of
from core.text import bare_username
from core.words import ROLES
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace, verdict_lines
from tui.cli.links import ROLE
from tui.cli.named import the_shop
from tui.cli.params import SHOP, USERNAME
from tui.cli.text import when
from tui.formats.plan import elsewhere, plan_json, step_note, step_title, who


@click.command("plan", cls=Filled)
@click.argument("username", type=USERNAME)
@click.option("--shop", type=SHOP, metavar="SHOP", help="You can leave it out if there is only one.")
@click.option("--as", "role", type=ROLE, required=True)
@on_workspace
def plan_command(workspace: Workspace, answer: Answer, username: str, shop: str | None, role: str) -> None:
    """Show each step to link this account, who does it, and when it becomes possible. This changes nothing.

    \b
    shoplink plan @lumen.candles --shop USLCDEMO01 --as official
    """
    found = the_shop(workspace, shop)
    plan = workspace.plans.make(username, found.id, Role(role))
    now = workspace.now()
    account = workspace.accounts.known(username)
    goal = f"@{account.username if account else bare_username(username)} as {ROLES[Role(role)]} of {found.name}"
    if plan.blocked_by:
        lines = [f"{goal}: not possible now.", *verdict_lines(plan.blocked_by)]
    elif plan.steps:
        lines = [f"{goal}: {count_of(len(plan.steps), 'step')}."]
    else:
        lines = [f"{goal}: already linked."]
    for number, step in enumerate(plan.steps, 1):
        last = number == len(plan.steps)
        lines.append(f"{number}  {step_title(step, last=last, elsewhere=elsewhere(workspace, step, found.id))} (by {who(step)})")
        lines += [f"   from {when(step.not_before, now)}"] if step.not_before else []
        lines += [f"   uses {step.uses}"] if step.uses else []
        lines += [f"   {note}"] if (note := step_note(step, last=last)) else []
    answer(plan_json(workspace, plan), lines)
    if account is None:
        answer.note([workspace.accounts.not_found(username).in_full()])
