"""An account is who it is: its username can change, and what it was called before still finds it."""

import pytest

from core.models import Role
from core.workspace import Workspace
from tests.support import add_account, add_shop, linked


def test_former_usernames_are_kept_the_newest_first(workspace: Workspace) -> None:
    account = add_account(workspace, "one.name")
    workspace.accounts.rename("one.name", "two.name")
    after = workspace.accounts.rename("two.name", "three.name")
    assert (after.id, after.username, after.former) == (account.id, "three.name", ("two.name", "one.name"))


def test_a_username_that_comes_back_is_no_former_one_and_each_is_listed_once(workspace: Workspace) -> None:
    add_account(workspace, "one.name")
    for before, after in (("one.name", "two.name"), ("two.name", "one.name"), ("one.name", "two.name")):
        workspace.accounts.rename(before, after)
    assert workspace.accounts.get("two.name").former == ("one.name",)
    assert workspace.accounts.rename("two.name", "last.name") == workspace.accounts.get("last.name")
    assert workspace.accounts.get("last.name").former == ("two.name", "one.name")


def test_a_former_username_finds_its_account_and_a_current_one_comes_first(workspace: Workspace) -> None:
    first = add_account(workspace, "one.name")
    workspace.accounts.rename("one.name", "two.name")
    assert workspace.accounts.get("@One.Name").id == first.id
    second = add_account(workspace, "three.name")
    assert not workspace.accounts.username_problem("one.name").stops
    workspace.accounts.rename("three.name", "one.name")
    assert workspace.accounts.get("one.name").id == second.id
    workspace.accounts.rename("one.name", "four.name")
    assert workspace.accounts.get("one.name").id == second.id, "the one that was called so last"
    assert [account.id for account in workspace.accounts.find("one.n")] == [second.id, first.id]


@pytest.mark.parametrize("username", ["lumen.candles", "candles.lumen"])
def test_links_members_and_history_tell_the_present_username(workspace: Workspace, username: str) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles", Role.MARKETING)
    account = workspace.accounts.rename("lumen.candles", username)
    found = workspace.links.get(link.id)
    assert (found.account, found.username) == (account.id, username)
    assert workspace.shops.status(shop.code).marketing[0].username == username
    events = [event for event in workspace.history.page().events if event.account == account.id]
    assert {event.username for event in events} == {username}
    assert [link.id for link in workspace.accounts.links(account)] == [link.id]
    assert workspace.shops.page(query=username).shops[0].shop == shop
