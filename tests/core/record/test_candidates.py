"""What each account could be at a shop, as a check of each alone says."""

import time

import pytest

from core.errors import NotFound
from core.models import Role
from core.workspace import Workspace
from tests.core.record.world import World
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop


def test_every_account_is_answered_as_a_check_of_it_alone(workspace: Workspace, clock: StoppedClock) -> None:
    world = World(workspace, clock)
    for shop in (world.shop, world.bare, world.birch):
        found = workspace.candidates.page(shop).candidates
        assert [one.account for one in found] == list(workspace.accounts.find())
        for candidate in found:
            for role, outlook in ((Role.OFFICIAL, candidate.official), (Role.MARKETING, candidate.marketing)):
                check = workspace.links.check(candidate.account.username, shop, role)
                assert (outlook.outcome, outlook.verdicts, outlook.until) == (check.outcome, check.verdicts, check.until)
                stops = (verdict.rule for verdict in check.verdicts if verdict.stops and verdict.outcome == check.outcome)
                assert outlook.rules == (() if outlook.link else tuple(stops))


def test_an_account_that_has_the_role_here_says_so(workspace: Workspace, clock: StoppedClock) -> None:
    world = World(workspace, clock)
    found = {one.account.username: one for one in workspace.candidates.page(world.shop).candidates}
    official, invited = workspace.links.get(world.official), workspace.links.get(world.invitation)
    assert (found[official.username].official.answer, found[official.username].marketing.answer) == ("linked", "blocked")
    assert (found[invited.username].marketing.answer, found[invited.username].official.answer) == ("requested", "blocked")


def test_an_account_that_has_to_wait_says_until_when(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    first = NOW - 40 * DAY
    for day in range(10):
        at = first + 3 * day * DAY
        workspace.links.record_linked("lumen.candles", shop.code, Role.MARKETING, at, at + DAY)
    [candidate] = workspace.candidates.page(shop.code).candidates
    assert (candidate.official.outcome, candidate.official.until) == ("pass", None)
    assert (candidate.marketing.outcome, candidate.marketing.until) == ("wait", first + 180 * DAY)
    assert candidate.marketing.rules == ("marketing.link-frequency",)


def test_candidates_come_page_by_page(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for number in range(5):
        add_account(workspace, f"account.{number}")
    whole = workspace.candidates.page(shop.code)
    assert whole.next is None
    parts, after = [], None
    for size in (2, 2, 1):
        page = workspace.candidates.page(shop.code, limit=2, after=after)
        assert len(page.candidates) == size
        parts += page.candidates
        after = page.next
    assert (tuple(parts), after) == (whole.candidates, None)
    with pytest.raises(NotFound):
        workspace.candidates.page("USNONE")


def test_a_thousand_accounts_are_answered_in_time(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with workspace.change():
        for number in range(1000):
            add_account(workspace, f"account.{number}")
    begun = time.process_time()
    assert len(workspace.candidates.page(shop.code, limit=1000).candidates) == 1000
    assert time.process_time() - begun < 4
