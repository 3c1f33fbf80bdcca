"""Contacts are unmasked only in the owner's export."""

import json

import pytest

from tests.tui.cli.support import Run

WHOLE = ("owner@lumen.example", "010 0142", "studio@lumen.example", "ines@lumen.example", "010 0188")


@pytest.mark.parametrize("scenario", ["linked", "organization", "blocked"])
@pytest.mark.parametrize(
    "arguments",
    [("status", "USLCDEMO01"), ("accounts",), ("links",), ("history", "--limit", "1000"), ("history", "--csv"), ("reminders",)],
    ids=" ".join,
)
def test_contacts_are_masked_in_answers_of_commands(cli: Run, scenario: str, arguments: tuple[str, ...]) -> None:
    cli("init", "--practice", scenario)
    for text in (True, False):
        if not text and "--csv" in arguments:
            continue
        answer = cli(*arguments, text=text)[1]
        told = answer if text else json.dumps(answer)
        for whole in WHOLE:
            assert whole not in told


def test_contacts_are_unmasked_in_the_owners_export(cli: Run) -> None:
    cli("init", "--practice", "organization")
    document = cli("export")[1]
    assert "owner@lumen.example" in {account["email"] for account in document["accounts"]}
    assert all("•" not in member["contact"] for member in document["members"])
