"""Commands about an organization account's members and its unlink."""

from pathlib import Path

import pytest

from tests.tui.cli.support import Run
from tui.cli import run

SHOP = "USLCDEMO01"


def removed_member(practice: Run) -> str:
    practice("create-org", "--shop", SHOP, "--contact", "owner@lumen.example")
    id = str(practice("members", "invite", SHOP, "studio@lumen.example", "--role", "operator")[1]["id"])
    practice("members", "accept", id)
    code, text = practice("members", "remove", id, text=True)
    assert code == 0
    assert "not noted" in text
    assert f"members remove {id} --seller-center" in " ".join(text.split())
    return id


def test_a_removal_in_seller_center_is_noted_by_the_same_command(practice: Run) -> None:
    id = removed_member(practice)
    text = practice("members", "list", SHOP, text=True)[1]
    assert "removed; in Seller Center: not noted" in " ".join(text.split())
    assert f"members remove {id} --seller-center" in " ".join(text.split())
    code, member = practice("members", "remove", id, "--seller-center")
    assert (code, member["state"]) == (0, "removed")
    assert member["seller_center_removed_at"]
    assert "not noted" not in practice("members", "list", SHOP, text=True)[1]


def test_only_a_removed_member_can_be_noted(practice: Run) -> None:
    removed_member(practice)
    owner = practice("members", "list", SHOP)[1]["members"][0]
    code, error = practice("members", "remove", owner["id"], "--seller-center")
    assert (code, error["error"]["code"]) == (1, "refused")
    assert error["error"]["remedy"] == "Remove the person first."


def test_an_invitation_taken_back_needs_nothing_in_seller_center(practice: Run) -> None:
    practice("create-org", "--shop", SHOP, "--contact", "owner@lumen.example")
    id = practice("members", "invite", SHOP, "studio@lumen.example", "--role", "operator")[1]["id"]
    assert "--seller-center" not in practice("members", "remove", id, text=True)[1]


def test_an_unlink_says_what_ends_for_an_organization_account(practice: Run) -> None:
    link = practice("create-org", "--shop", SHOP, "--contact", "owner@lumen.example")[1]["id"]
    practice("desk", "advance", "24h")
    code, error = practice("unlink", link)
    told = {verdict["rule"]: verdict["reason"] for verdict in error["error"]["verdicts"]}
    assert code == 2
    assert "gives no login codes until it is linked again" in told["org.members"]
    assert "Its profile and its links elsewhere stay" in told["org.members"]
    assert "The account keeps its name" in told["official.name-match"]


def test_each_rule_that_blocks_a_new_organization_account_has_its_remedy(
    practice: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    practice("create-org", "--shop", SHOP, "--contact", "owner@lumen.example", "--username", "lumen.org")
    again = ("create-org", "--shop", SHOP, "--contact", "owner@lumen.example", "--username", "lumen.candles")
    verdicts = practice(*again)[1]["error"]["verdicts"]
    assert len(verdicts) == 2
    assert run(["--db", str(tmp_path / "w.db"), *again]) == 1
    said = capsys.readouterr().err
    assert [said.count(verdict["remedy"]) for verdict in verdicts] == [1, 1]
