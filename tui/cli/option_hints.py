"""Name the options of a command that help with its error."""

import click

from core.errors import InvalidInput, Refused, ShoplinkError
from core.verdict import Outcome
from core.workspace import Workspace

ANYWAY = "If TikTok did it anyway, record it with --anyway."
"""What to do if a rule says no to what has already happened."""

AGREEMENT = "link.agreement"
"""The rule that an option keeps: it is not recorded against."""

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
    stopping = [verdict for verdict in error.verdicts if verdict.stops]
    if not isinstance(error, Refused) or not stopping:
        return
    unknown = [verdict.rule for verdict in stopping if verdict.outcome == Outcome.UNKNOWN]
    others = [verdict for verdict in stopping if verdict.rule not in {*unknown, AGREEMENT}]
    said = [error.remedy if stopping[0] in others else others[0].remedy] if others else []
    if any(verdict.rule == AGREEMENT for verdict in stopping):
        said.append("Read the agreement, then give --accept-agreement.")
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
