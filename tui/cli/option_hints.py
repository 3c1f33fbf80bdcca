"""Name the options of a command that help with its error."""

from dataclasses import replace

import click

from core.clock import spoken
from core.errors import InvalidInput, Refused, ShoplinkError
from core.verdict import Outcome, Verdict
from core.workspace import Workspace

ANYWAY = "If TikTok did it anyway, record it with --anyway."
"""What to do if a rule says no to what has already happened."""

AGREEMENT = "link.agreement"
"""The rule that an option keeps: it is not recorded against."""
ACCEPT = "Read the agreement, then give --accept-agreement."

FACTS = {
    "nickname": "--nickname NAME",
    "kind": "--kind KIND",
    "region": "--region REGION",
    "identity_verified": "--verified",
    "standing": "--standing good",
    "holder_is_adult": "--adult",
    "entity": "--entity-registration NO --entity-country C",
}
"""The options of add-account for the facts that rules need."""


def for_commands(verdict: Verdict) -> Verdict:
    """Return the verdict with a remedy for commands: with the option that helps, or the moment when a wait is over (UTC)."""
    if verdict.rule == AGREEMENT and verdict.stops:
        return replace(verdict, remedy=ACCEPT)
    if verdict.outcome == Outcome.WAIT and verdict.until:
        return replace(verdict, remedy=f"{verdict.remedy} Possible from {spoken(verdict.until)}.")
    return verdict


def name_options(error: ShoplinkError, workspace: Workspace) -> None:
    """Name the options that help in the error's remedy."""
    if (
        isinstance(error, InvalidInput)
        and error.field == "contact"
        and not click.get_current_context().params.get("contact", True)
    ):
        error.remedy = "Give it with --contact."
    if isinstance(error, InvalidInput) and error.field == "confirmation":
        error.remedy = error.remedy.replace("Type its name to confirm", "Confirm it with --confirm and the shop's name")
    if not isinstance(error, Refused) or not any(verdict.stops for verdict in error.verdicts):
        return
    same = [for_commands(verdict).remedy for verdict in error.verdicts if verdict.remedy == error.remedy]
    error.verdicts = tuple(for_commands(verdict) for verdict in error.verdicts)
    stopping = [verdict for verdict in error.verdicts if verdict.stops]
    unknown = [verdict.rule for verdict in stopping if verdict.outcome == Outcome.UNKNOWN]
    others = [verdict for verdict in stopping if verdict.rule not in {*unknown, AGREEMENT}]
    said = [*same, error.remedy][:1] if stopping[0] in others else [verdict.remedy for verdict in others[:1]]
    if any(verdict.rule == AGREEMENT for verdict in stopping):
        said.append(ACCEPT)
    if error.anyway and others:
        said.append(ANYWAY)
    if unknown:
        said.append(_about_facts(unknown, workspace))
    error.remedy = " ".join(said)


def _about_facts(rules: list[str], workspace: Workspace) -> str:
    """Say how to enter or confirm the facts that these rules need."""
    given = click.get_current_context().params
    account = workspace.accounts.known(given["username"]) if "username" in given else None
    needed = {fact for rule in rules for fact in workspace.policy.rules[rule].facts}
    options = [option for fact, option in FACTS.items() if fact in needed and (not account or getattr(account, fact) is None)]
    entered = f"what you know with: shoplink add-account {given.get('username', 'USERNAME')} {' '.join(options)}"
    if "confirm_unknown" not in given:
        return f"Enter {entered}"
    return f"Confirm the missing facts yourself with --confirm-unknown (shoplink notes who did), or enter {entered}"
