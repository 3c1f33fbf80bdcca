"""The words and the JSON of a plan."""

from typing import Any

import data
from core.models import Role
from core.plan import Plan, Step
from core.text import show
from core.words import asked
from core.workspace import Workspace
from tui.formats.json import moment_json, verdict_json


def step_title(step: Step, *, last: bool = False, elsewhere: str = "") -> str:
    """Name a step. `last`: it is the plan's last, so a link that it requests is linked at once.

    `elsewhere`: the shop at which it is done, if that is not the plan's.
    """
    username = show(step.username, 60)
    title = _texts(step, last)["title"].format(account=f"@{username}", asked=asked(step.role, username))
    return f"{title} at {show(elsewhere, 60)}" if elsewhere else title


def elsewhere(workspace: Workspace, step: Step, shop: str) -> str:
    """Name the shop at which a step is done, if it is not this one (its id)."""
    return workspace.shops.get(step.shop).name if step.shop != shop else ""


def step_note(step: Step, *, last: bool = False) -> str:
    """Say what is good to know about a step; empty if nothing is."""
    return _texts(step, last).get("note", "")


def who(step: Step) -> str:
    """Say who does a step."""
    return str(data.load("texts/plan.toml")["by"][step.by])


def plan_json(workspace: Workspace, plan: Plan) -> dict[str, Any]:
    """Make a plan's JSON."""
    return {
        "possible": plan.possible,
        "steps": [
            {
                "act": step.act,
                "account": step.username,
                "shop": workspace.shops.code(step.shop),
                "by": step.by,
                "not_before": moment_json(step.not_before),
                "uses": step.uses or None,
            }
            for step in plan.steps
        ],
        "blocked_by": [verdict_json(verdict) for verdict in plan.blocked_by],
    }


def _texts(step: Step, last: bool) -> dict[str, str]:
    key: str = f"{step.act}_late" if step.late else step.act
    if step.act == "link":
        key = "link_at_once" if last else "link" if step.role == Role.OFFICIAL else "invite"
    found: dict[str, str] = data.load("texts/plan.toml")[key]
    return found
