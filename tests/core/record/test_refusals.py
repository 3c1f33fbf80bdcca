"""A refusal says what to do about what really stops the act."""

from datetime import UTC, datetime, time, timedelta

import pytest

from core.errors import NotFound, Refused
from core.models import Role, Standing
from core.store.workspaces import limits_match
from core.workspace import Workspace
from tests.support import DAY, MS, NOW, StoppedClock, add_account, add_shop, linked


def test_what_will_never_be_possible_is_not_waited_for(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for number in range(3):
        add_account(workspace, f"lumen.{number}")
        past = NOW - (30 - number) * DAY
        workspace.links.record_linked(f"lumen.{number}", shop.code, Role.OFFICIAL, past, past + DAY)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    with pytest.raises(Refused) as refused:
        workspace.links.unlink(link.id)
    assert {verdict.rule for verdict in refused.value.verdicts} == {"official.unlink-wait", "official.unlink-limit"}
    assert "Wait" not in refused.value.remedy


def test_with_anyway_only_what_is_unknown_stops(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace, "free.one", standing=None, region="GB")
    with pytest.raises(Refused) as refused, workspace.recording(anyway=True):
        workspace.links.request("free.one", shop.code, Role.OFFICIAL, agreement=True)
    assert [verdict.rule for verdict in refused.value.verdicts] == ["account.good-standing"]
    assert "Enter the missing facts" in refused.value.remedy


def test_what_contradicts_another_entry_is_said_before_any_rule_is_asked(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for username in ("lumen.one", "lumen.two"):
        add_account(workspace, username, standing=Standing.BANNED)
    with workspace.recording(anyway=True):
        workspace.links.record_linked("lumen.one", shop.code, Role.OFFICIAL, NOW - 20 * DAY, NOW - 10 * DAY)
    with pytest.raises(Refused) as refused:
        workspace.links.record_linked("lumen.two", shop.code, Role.OFFICIAL, NOW - 15 * DAY)
    assert not refused.value.anyway
    assert "can't have been linked at the same time" in refused.value.message
    assert refused.value.remedy == "Enter other dates, or undo the other entry first."


@pytest.mark.parametrize("known_first", [True, False])
def test_a_handover_within_one_day_needs_both_times(workspace: Workspace, known_first: bool) -> None:
    shop = add_shop(workspace)
    ends = NOW - 5 * DAY
    before = ("lumen.one", shop.code, Role.OFFICIAL, NOW - 20 * DAY, ends)
    after = ("lumen.two", shop.code, Role.OFFICIAL, ends - timedelta(hours=10))
    known, entered = (before, after) if known_first else (after, before)
    workspace.links.record_linked(*known)
    with pytest.raises(Refused) as refused:
        workspace.links.record_linked(*entered)
    assert refused.value.remedy.endswith("If both happened on the same day, enter both with their times.")


def test_a_wait_of_the_past_is_told_as_of_then(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    clock.move(9 * DAY)
    with pytest.raises(Refused) as refused, workspace.recording(at=NOW + MS):
        workspace.links.unlink(link.id)
    (verdict,) = refused.value.verdicts
    assert (verdict.reason, verdict.remedy) == ("Unlinking was possible only 24 h later.", "Check the date.")


def test_a_refused_act_does_not_stop_the_limits_from_changing(workspace: Workspace, clock: StoppedClock) -> None:
    clock.now = datetime.combine(max(workspace.policy.turns), time(), UTC) - DAY
    with Workspace.in_memory(actor="maya", clock=clock) as turning:
        shop = add_shop(turning)
        clock.move(2 * DAY)
        with pytest.raises(NotFound):
            turning.links.unlink("none")
        turning.shops.rename(shop.code, "Lumen Lights")
        assert limits_match(turning.store, turning.policy, turning.now())
