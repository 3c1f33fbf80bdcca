"""What changed at TikTok: usernames, facts that break a rule, updates to organization accounts, rows that were wrong."""

import pytest

from core.countries import read_country
from core.errors import InvalidInput, NotFound, Refused
from core.models import AccountKind, EventKind, MemberRole, MemberState, Role
from core.workspace import Workspace
from tests.core.record.world import LUMEN_INC, OTHER
from tests.support import BIRCH, DAY, MS, NOW, StoppedClock, add_account, add_shop, everything, linked


def broken(workspace: Workspace, shop: str) -> list[str]:
    return [verdict.rule for verdict in workspace.shops.status(shop).broken]


def test_a_username_changes_and_all_stays_with_the_account(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    account = add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    before = workspace.shops.status(shop.code)
    clock.move(DAY)
    asked = workspace.accounts.check_rename("lumen.candles", "lumen.lights")
    assert [(verdict.rule, verdict.outcome) for verdict in asked] == [("account.username-change", "notice")]
    assert "30 days" in asked[0].reason
    with workspace.recording(at=NOW + MS, note="Seen in the app"):
        renamed = workspace.accounts.rename("@lumen.candles", "https://www.tiktok.com/@Lumen.Lights")
    assert (renamed.id, renamed.username, renamed.former) == (account.id, "lumen.lights", ("lumen.candles",))
    event = workspace.history.page(account="lumen.lights").events[0]
    assert (event.kind, event.former, event.at, event.note) == (
        EventKind.ACCOUNT_USERNAME_CHANGED,
        "lumen.candles",
        NOW + MS,
        "Seen in the app",
    )
    after = workspace.shops.status(shop.code)
    assert after.official
    assert (after.official.id, after.official.username) == (link.id, "lumen.lights")
    assert after.unlink_possible_at == before.unlink_possible_at
    assert workspace.accounts.get("lumen.candles").id == account.id
    assert [one.id for one in workspace.links.find(account="lumen.candles")] == [link.id]


@pytest.mark.parametrize(("new", "said"), [("other.one", "is taken"), ("a b", "spaces"), ("ends.", "period")])
def test_a_username_that_cannot_be_is_refused(workspace: Workspace, new: str, said: str) -> None:
    add_account(workspace)
    add_account(workspace, "other.one")
    before = everything(workspace)
    with pytest.raises(Refused if said == "is taken" else InvalidInput, match=said) as caught:
        workspace.accounts.rename("lumen.candles", new)
    if said == "is taken":
        assert caught.value.remedy == "Check the username in TikTok. If another account here has it, correct that one first."
    assert everything(workspace) == before
    assert workspace.accounts.rename("lumen.candles", "@Lumen.Candles").former == ()


FACTS: dict[str, dict[str, object]] = {
    "official.name-match": {"nickname": "Another"},
    "official.region-match": {"region": "GB"},
    "account.good-standing": {"standing": "banned"},
    "account.verified": {"identity_verified": False},
}


@pytest.mark.parametrize("rule", FACTS)
def test_a_fact_is_stated_even_where_a_linked_account_breaks_a_rule_then(
    workspace: Workspace, clock: StoppedClock, rule: str
) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    assert broken(workspace, shop.code) == []
    clock.move(DAY)
    workspace.accounts.state("lumen.candles", **FACTS[rule])
    assert broken(workspace, shop.code) == [rule]
    assert workspace.links.find(shop=shop.code)[0].against == ()
    [due] = [due for due in workspace.reminders.find(shop.code) if due.kind == "rule_broken"]
    assert (due.at, due.link) == (NOW + DAY, workspace.links.find(shop=shop.code)[0].id)
    assert due.summary.startswith("@lumen.candles breaks a rule: ")
    workspace.entries.undo(workspace.entries.newest(account="lumen.candles"), "It was another account.")
    assert broken(workspace, shop.code) == []


@pytest.mark.parametrize("rule", FACTS)
def test_practice_keeps_what_a_link_rests_on(practice: Workspace, rule: str) -> None:
    shop = add_shop(practice)
    add_account(practice)
    linked(practice, shop, "lumen.candles")
    if rule in {"account.good-standing", "account.verified"}:  # TikTok's side, which the Desk plays
        practice.accounts.state("lumen.candles", **FACTS[rule])
        return
    with pytest.raises(Refused) as refused:
        practice.accounts.state("lumen.candles", **FACTS[rule])
    assert [verdict.rule for verdict in refused.value.verdicts] == [rule]


def test_a_personal_account_s_change_to_an_organization_account_is_asked_about(workspace: Workspace) -> None:
    add_account(workspace)
    with pytest.raises(Refused) as refused:
        workspace.accounts.state("lumen.candles", kind=AccountKind.ORGANIZATION)
    assert ([verdict.rule for verdict in refused.value.verdicts], refused.value.anyway) == (["org.no-conversion"], True)
    with workspace.recording(anyway=True):
        workspace.accounts.state("lumen.candles", kind=AccountKind.ORGANIZATION)
    assert workspace.history.page().events[0].against == ("org.no-conversion",)


def test_tiktoks_update_has_a_trial_of_fifteen_days(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    clock.move(DAY)
    converted = workspace.accounts.convert("lumen.candles")
    assert (converted.kind, converted.converted_at) == (AccountKind.ORGANIZATION, clock.now)
    [due] = [due for due in workspace.reminders.find(shop.code) if due.kind == "trial_ends"]
    assert due.at == clock.now + 15 * DAY
    clock.move(15 * DAY - MS)
    back = workspace.accounts.convert("lumen.candles", cancel=True)
    assert (back.kind, back.converted_at) == (AccountKind.BUSINESS, None)
    assert [due.kind for due in workspace.reminders.find(shop.code)] == []


def test_the_trial_of_an_account_without_a_live_link_is_reminded_of_at_its_newest_shop(
    workspace: Workspace, clock: StoppedClock
) -> None:
    first, second = add_shop(workspace), add_shop(workspace, "Lumen Home")
    links = workspace.links
    for shop, day in ((second, 3), (first, 9)):
        links.record_linked("lumen.candles", shop.code, Role.OFFICIAL, NOW - day * DAY, NOW - (day - 2) * DAY)
    end = workspace.accounts.trial_end(workspace.accounts.convert("lumen.candles"))
    [due] = workspace.reminders.find()
    assert (due.kind, due.at, due.shop.id) == ("trial_ends", end, second.id) == ("trial_ends", NOW + 15 * DAY, second.id)
    assert workspace.reminders.find(first.code) == ()
    assert [found.upcoming for found in workspace.shops.page(due_first=True).shops] == [1, 0]
    links.request("lumen.candles", first.code, Role.MARKETING, agreement=True, confirmed=workspace.policy.rules)
    assert [due.shop.id for due in workspace.reminders.find() if due.kind == "trial_ends"] == [first.id]
    clock.move(15 * DAY)
    assert [due.kind for due in workspace.reminders.find()] == ["invitation_overdue"]


def test_a_trial_that_is_canceled_leaves_the_legal_entity_as_it_was(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    workspace.accounts.convert("lumen.candles")
    after = workspace.accounts.convert("lumen.candles", cancel=True)
    assert (after.entity, after.kind) == (None, "business")
    workspace.accounts.convert("lumen.candles")
    clock.move(DAY)
    workspace.accounts.state("lumen.candles", entity=BIRCH)
    assert workspace.accounts.convert("lumen.candles", cancel=True).entity == BIRCH


@pytest.mark.parametrize("way", ["canceled", "corrected"])
def test_members_and_open_invitations_end_with_the_organization_account(
    workspace: Workspace, clock: StoppedClock, way: str
) -> None:
    shop = add_shop(workspace)
    workspace.links.record_linked("lumen.org", shop.code, Role.OFFICIAL, NOW - 3 * DAY)
    workspace.accounts.convert("lumen.org")
    joined = workspace.organizations.accept(workspace.organizations.invite(shop.code, "ann@lumen.example", MemberRole.ADMIN).id)
    member = workspace.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    if way == "canceled":
        workspace.accounts.convert("lumen.org", cancel=True)
    else:
        with workspace.recording(anyway=True):
            workspace.accounts.state("lumen.org", kind=AccountKind.BUSINESS)
    clock.move(3 * DAY)
    assert (workspace.reminders.find(), workspace.shops.counts().due) == ((), 0)
    ended, removed = workspace.history.page().events[:2]
    assert (ended.summary, ended.shop) == ("The invitation to s••••@lumen.example ended with the organization account", shop.id)
    assert (removed.summary, removed.actor) == ("a••••@lumen.example was removed with the organization account", "TikTok")
    assert [one.state for one in workspace.organizations.every_member()] == [MemberState.REMOVED, MemberState.EXPIRED]
    workspace.entries.undo(ended.entry, "It was another account")
    assert workspace.organizations.members(shop.code) == (joined, member)


def test_a_trial_that_is_over_is_cancelled_only_against_the_rule(workspace: Workspace, clock: StoppedClock) -> None:
    add_account(workspace)
    workspace.accounts.convert("lumen.candles")
    clock.move(15 * DAY)
    assert workspace.reminders.find() == ()
    with pytest.raises(Refused) as refused:
        workspace.accounts.convert("lumen.candles", cancel=True)
    assert refused.value.anyway
    with workspace.recording(at=NOW + 15 * DAY - MS):
        assert workspace.accounts.convert("lumen.candles", cancel=True).kind == AccountKind.PERSONAL


def test_what_cannot_be_converted_says_why(workspace: Workspace, practice: Workspace) -> None:
    add_account(practice)
    with pytest.raises(Refused) as refused:
        practice.accounts.convert("lumen.candles")
    assert [verdict.rule for verdict in refused.value.verdicts] == ["org.no-conversion"]
    with pytest.raises(NotFound):
        workspace.accounts.convert("never.seen")
    add_account(workspace)
    with pytest.raises(Refused, match="No update"):
        workspace.accounts.convert("lumen.candles", cancel=True)
    workspace.accounts.convert("lumen.candles")
    with pytest.raises(Refused, match="already"):
        workspace.accounts.convert("lumen.candles")


def test_another_name_or_kind_of_an_entity_is_corrected_for_all_its_shops(workspace: Workspace) -> None:
    first, second = add_shop(workspace), add_shop(workspace, "Lumen Home")
    workspace.shops.state(first.code, entity=LUMEN_INC)
    assert workspace.shops.seller(workspace.shops.get(second.code)).entity.legal_name == "Lumen Inc"
    assert workspace.shops.shops_of(workspace.shops.seller(first)) == 2
    [event] = workspace.history.page(query="Lumen Candle Company LLC").events
    assert event.summary.endswith("has changed facts: legal name from Lumen Candle Company LLC to Lumen Inc")


def test_another_number_moves_the_shop_to_that_entitys_seller(workspace: Workspace) -> None:
    first, second = add_shop(workspace), add_shop(workspace, "Lumen Home")
    birch = add_shop(workspace, "Birch", "GB", BIRCH)
    assert workspace.shops.state(first.code, entity=BIRCH).seller == birch.seller
    moved = "seller from Lumen Candle Company LLC, 84-1234567 (US) to Birch & Bloom Ltd, 09 876 543 (GB)"
    assert workspace.history.page(shop=first.code).events[0].summary.endswith(moved)
    assert workspace.shops.state(second.code, entity=OTHER).seller not in {first.seller, birch.seller}


def test_what_links_rest_on_is_moved_against_the_rules_alone(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    with pytest.raises(Refused) as refused:
        workspace.shops.state(shop.code, region="GB")
    assert refused.value.anyway
    with workspace.recording(anyway=True):
        workspace.shops.state(shop.code, region="GB")
    assert workspace.history.page(shop=shop.code).events[0].against == ("official.region-match",)
    assert broken(workspace, shop.code) == ["official.region-match"]


def test_a_made_up_code_is_marked_and_given_later(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    assert shop.code_is_made_up
    given = workspace.shops.state(shop.code, code=" USLC000001 ")
    assert (given.code, given.code_is_made_up) == ("USLC000001", False)
    again = add_shop(workspace, "Other")
    assert not workspace.shops.state(again.code, code=again.code).code_is_made_up
    before = everything(workspace)
    with pytest.raises(InvalidInput, match="is the code of another shop"):
        workspace.shops.state(again.code, code="uslc000001")
    assert everything(workspace) == before


def test_only_that_on_which_nothing_rests_is_removed(workspace: Workspace) -> None:
    shop, bare = add_shop(workspace), add_shop(workspace, "Bare")
    add_account(workspace)
    add_account(workspace, "free.one")
    link = linked(workspace, shop, "lumen.candles")
    for remove in (lambda: workspace.shops.remove(shop.code), lambda: workspace.accounts.remove("lumen.candles")):
        with pytest.raises(Refused, match="stays in the record"):
            remove()
    workspace.shops.remove(bare.code)
    workspace.accounts.remove("free.one")
    for get in (lambda: workspace.shops.get(bare.code), lambda: workspace.accounts.get("free.one")):
        with pytest.raises(NotFound):
            get()
    assert [event.kind for event in workspace.history.page(limit=2).events] == ["account.removed", "shop.removed"]
    assert add_account(workspace, "free.one").id != ""
    assert workspace.links.get(link.id)


@pytest.mark.parametrize(("written", "region"), [("br", "BR"), ("uk", "GB"), ("CA", "CA")])
def test_an_accounts_region_is_any_country(workspace: Workspace, written: str, region: str) -> None:
    assert workspace.accounts.state("lumen.candles", region=written).region == region


def test_an_unknown_country_is_reported_with_the_list(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="is not a country code") as refused:
        workspace.accounts.state("lumen.candles", region="XX")
    assert "US, UY" in refused.value.remedy


@pytest.mark.parametrize("nothing", ["", "  "])
def test_no_country_is_reported_as_empty_without_the_list(nothing: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_country("country", nothing)
    assert str(refused.value) == "Enter a country."
    assert refused.value.remedy == "Use the two letters of the country, such as US."
