"""Commands about accounts."""

from typing import Any

import click

from core.models import AccountKind, Entity, Standing
from core.text import clean, country_code
from core.workspace import Workspace
from tui.cli.context import Answer, on_workspace
from tui.cli.params import USERNAME, Choice
from tui.cli.text import facts, table
from tui.formats.json import account_json


@click.command("accounts")
@click.option("--query", default="", help="Only those that hold this in username or nickname.")
@on_workspace
def accounts_command(workspace: Workspace, answer: Answer, query: str) -> None:
    """The accounts the workspace knows, and what nobody has stated of them.

    \b
    shoplink accounts --query lumen
    """
    found = workspace.accounts.find(query)
    rows = [
        (f"@{a.username}", a.nickname or "unknown", a.kind or "unknown", a.region or "unknown", len(a.unknown)) for a in found
    ]
    answer(
        [account_json(workspace, account) for account in found],
        table(
            ("USERNAME", "NICKNAME", "KIND", "REGION", "UNKNOWN FACTS"),
            rows,
            nothing="No account is like that." if query else "No account is known yet.",
        ),
    )


@click.command("add-account")
@click.argument("username", type=USERNAME)
@click.option("--nickname")
@click.option(
    "--kind", type=Choice([*(kind.value for kind in AccountKind), "unknown"]), help="unknown withdraws what was stated."
)
@click.option("--region")
@click.option("--phone")
@click.option("--email")
@click.option("--verified/--not-verified", "identity_verified", default=None)
@click.option("--standing", type=Choice([standing.value for standing in Standing]))
@click.option("--adult/--minor", "holder_is_adult", default=None)
@click.option("--entity-registration", metavar="NO")
@click.option("--entity-country", metavar="C")
@on_workspace
def add_account_command(
    workspace: Workspace,
    answer: Answer,
    username: str,
    kind: str | None,
    entity_registration: str | None,
    entity_country: str | None,
    **stated: Any,
) -> None:
    """State facts about an account, or change what was stated. What is not stated stays unknown.

    \b
    shoplink add-account @lumen.candles --kind personal --region US --verified --standing good --adult
    """
    known = {name: value for name, value in stated.items() if value is not None}
    if kind is not None:
        known["kind"] = None if kind == "unknown" else AccountKind(kind)
    if bool(entity_registration) != bool(entity_country):
        raise click.UsageError("--entity-registration and --entity-country go together.", click.get_current_context())
    if entity_registration and entity_country:
        known["entity"] = Entity(
            registration_number=clean("entity registration", entity_registration, "identifier"),
            country=country_code(clean("entity country", entity_country, "identifier")),
        )
    account = workspace.accounts.state(username, **known)
    shown = account_json(workspace, account)
    answer(shown, facts((name.replace("_", " "), _shown(value)) for name, value in shown.items()))


def _shown(value: Any) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)).replace("_", " ")
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return value
