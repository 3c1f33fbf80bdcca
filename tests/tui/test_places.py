"""The places of a shop, as a person uses them: what a key does, what is then on the screen and in the store."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from textual.events import Key
from textual.widgets import Input

from core.errors import Damaged
from core.models import EventKind, LinkState, MemberRole, MemberState, Outcome, ProductStatus
from core.workspace import Workspace
from tests.support import StoppedClock
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.screens.history import EventDetail, HistoryPlace
from tui.screens.linked_accounts.marketing import MarketingAccounts
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.listing import PAGE
from tui.screens.reminders import RemindersPlace, place_of
from tui.screens.rules import RuleDetail, Rules
from tui.screens.shop_information import RenameShop
from tui.screens.shop_page import ShopPage
from tui.screens.shops import Shops
from tui.screens.team_access import TeamAccess
from tui.tours.stage import settled
from tui.widgets.facts import Facts
from tui.widgets.moments import full

Make = Callable[..., ShoplinkApp]
SHOP_PAGE, TEAM, REMINDERS = ("down", "enter"), ("down", "down", "enter"), (*["down"] * 3, "enter")
HISTORY, RULES, COMPARE = (*["down"] * 4, "enter"), (*["down"] * 5, "enter"), (*["down"] * 6, "enter")
INFORMATION = ("up", "enter")
SHOP = "USLCDEMO01"


async def test_a_rename_shows_its_effect_before_it_is_saved(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: Studio")
        assert "@lumen.candles is renamed in the same step" in text_of(pilot)
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co."
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co. Studio"
        assert app.workspace.accounts.get("lumen.candles").nickname == "Lumen Candle Co. Studio"


async def test_a_name_that_no_nickname_holds_cannot_be_saved(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: and everything that burns in it")
        assert app.screen.query_one("#rename").disabled
        assert "official.name-length" in text_of(pilot)
        await press(pilot, "enter", "enter")  # to the button that keeps the name
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co."


async def test_the_shop_page_follows_what_happens_to_products(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert "12 products" in text_of(pilot)
        await press(pilot, "d", "p", "escape")
        assert "13 products" in text_of(pilot)
        await press(pilot, "d", "o", "escape")
        assert "12 products" in text_of(pilot)
        newest = app.workspace.products.of_shop(SHOP)[-1]
        assert newest.status == ProductStatus.INACTIVE
        await press(pilot, "d", "x", "escape")
        assert app.workspace.products.get(newest.id).status == ProductStatus.DELETED


async def test_without_an_official_account_there_is_no_shop_page_and_the_way_to_one(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert isinstance(app.screen, ShopPage)
        assert "There is no Shop Page" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)


async def test_the_other_face_says_what_may_be_sold_there(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE, "f")
        assert "May be sold" in text_of(pilot)
        await press(pilot, "f")
        assert "As a customer sees it" in text_of(pilot)


async def test_a_member_is_invited_accepts_gets_a_role_and_is_removed(app_on: Make) -> None:
    app = app_on("organization")
    organizations = app.workspace.organizations
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "i", "type:nina@lumen.example", "enter", "enter")
        assert isinstance(app.screen, TeamAccess)
        nina = next(member for member in organizations.members(SHOP) if member.contact == "nina@lumen.example")
        assert (nina.role, nina.state) == (MemberRole.OPERATOR, MemberState.INVITED)
        await press(pilot, "d", "m", "m", "escape")
        nina = next(member for member in organizations.members(SHOP) if member.id == nina.id)
        assert nina.state == MemberState.ACTIVE
        rows = app.screen.query_one("#rows")
        rows.mark(nina.id)
        rows.focus()
        await press(pilot, "r", "tab", "enter")
        assert next(member for member in organizations.members(SHOP) if member.id == nina.id).role == MemberRole.ADMIN
        app.screen.query_one("#rows").mark(nina.id)
        await press(pilot, "x", "tab", "enter")
        assert next(member for member in organizations.members(SHOP) if member.id == nina.id).state == MemberState.REMOVED


async def test_keeping_is_what_a_hasty_enter_does(app_on: Make) -> None:
    app = app_on("organization")
    before = app.workspace.organizations.members(SHOP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "down", "x", "enter", "r", "enter")
        assert app.workspace.organizations.members(SHOP) == before


async def test_the_last_admin_is_never_taken_away(app_on: Make) -> None:
    app = app_on("organization")
    organizations = app.workspace.organizations
    admins = [member for member in organizations.members(SHOP) if member.role == MemberRole.ADMIN]
    for member in admins[1:]:
        organizations.remove(member.id)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *TEAM)
        app.screen.query_one("#rows").mark(admins[0].id)
        await press(pilot, "x", "tab", "enter")
        assert "Not possible" in text_of(pilot)
        assert organizations.members(SHOP)[0].state == MemberState.ACTIVE


async def test_an_account_that_is_no_organization_has_no_team_and_is_told_why(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "Only an organization account has members" in shown
        assert "3 of 3 unlinks are left" in shown


async def test_every_rule_is_in_the_catalogue_and_opens(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *RULES)
        ids = [option.id for option in app.screen.query_one("#rows").options]
        assert ids == list(app.workspace.policy.rules)
        for id in ids:
            app.push_screen(RuleDetail(app.screen.shop_id, id))
            await settled(pilot)
            shown = " ".join(text_of(pilot).replace("│", " ").split())
            rule = app.workspace.policy.rules[id]
            assert rule.title in shown
            assert rule.source.name.split(" (")[0].split(";")[0] in shown
            app.pop_screen()
        await press(pilot)
        assert isinstance(app.screen, Rules)


async def test_rules_are_found_by_words_and_by_how_they_stand(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *RULES, "s")
        standing = {verdict.rule for verdict in app.workspace.shops.standing(SHOP) if verdict.stops}
        assert {option.id for option in app.screen.query_one("#rows").options} == standing
        await press(pilot, "s", "s", "s", "slash", "type:probation period")
        assert [option.id for option in app.screen.query_one("#rows").options] == ["marketing.no-probation"]


async def test_enter_on_a_verdict_opens_its_rule_with_what_it_answered(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab", "enter", "type:ember.nights", "tab", "space", "tab", "enter", "up", "enter")
        assert isinstance(app.screen, RuleDetail)
        assert app.screen.verdict is not None
        assert app.screen.verdict.outcome == Outcome.BLOCKED
        assert "What it answered" in text_of(pilot)
        await press(pilot, "escape")
        assert "cannot be linked now" in text_of(pilot)


async def test_history_is_filtered_by_kind_and_text_and_an_entry_opens(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY, "t")
        rows = app.screen.query_one("#rows")
        assert {app.workspace.history.get(option.id).kind.split(".")[0] for option in rows.options} == {"link"}
        await press(pilot, "slash", "type:approved", "enter", "enter")
        assert isinstance(app.screen, EventDetail)
        assert "link.approved" in text_of(pilot)


async def test_history_reads_no_more_than_was_gone_through(app_on: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("new-shop")
    for number in range(3 * PAGE):
        app.workspace.shops.rename(SHOP, f"Lumen {number}")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        rows = app.screen.query_one("#rows")
        assert rows.option_count == PAGE
        rows.highlighted = PAGE - 2
        await press(pilot)
        assert rows.option_count == 2 * PAGE
        assert len({option.id for option in rows.options}) == 2 * PAGE


async def test_keys_that_come_at_once_leave_the_entry_under_the_cursor_beside_the_list(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *HISTORY, "v")
        for keys in (["end"], ["end", "up"], ["end", "up", "end"], ["up", "end", "home", "down"]):  # the last has no details
            for key in keys:
                app.post_message(Key(key, None))
            await press(pilot)
            entry = app.workspace.history.get(app.screen.query_one("#rows").marked)
            told = [(card.border_title, card.query(Facts).first().pairs[0][1].plain) for card in app.screen.query("#side Card")]
            assert told[0] == ("What happened", entry.summary)
            assert len(told) == (1 if entry.kind == EventKind.WORKSPACE_CREATED else 2), keys


async def test_what_cannot_be_told_beside_a_list_leaves_the_list_alive(app_on: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, *HISTORY)
        with monkeypatch.context() as patch:
            patch.setattr(app.workspace.history, "get", Mock(side_effect=Damaged("The file is spoilt.")))
            patch.setattr(app, "repaint", lambda: None)  # what a look would bring about meanwhile
            await press(pilot, "down", "down")
            assert app.screen.query_one("#rows").highlighted == 2
            assert app._notifications
        await press(pilot, "down")
        assert app.workspace.history.get(app.screen.query_one("#rows").marked).summary in text_of(pilot)


async def test_a_list_is_written_to_a_new_file_and_never_over_another(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *HISTORY, "t", "e", "enter")
        written = Path(f"history-{SHOP}.csv").read_text().splitlines()
        assert written[0] == "id,at,shop,actor,kind,summary"
        assert len(written) == 1 + app.screen.query_one("#rows").option_count
        await press(pilot, "e", "enter")
        assert "exists already" in text_of(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, HistoryPlace)


async def test_a_reminder_opens_the_place_where_it_is_dealt_with(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *REMINDERS, "enter")
        assert isinstance(app.screen, OfficialAccount)
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, MarketingAccounts)


async def test_what_stands_beside_the_reminders_is_about_the_one_that_was_found(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *REMINDERS)
        place = app.screen
        assert isinstance(place, RemindersPlace)
        first, second = place.found.values()
        await press(pilot, "slash", f"type:{second.summary}", "enter")
        assert place.query_one("#rows").option_count == 1
        assert full(second.at, app.zone) in text_of(pilot)
        assert full(first.at, app.zone) not in text_of(pilot)


async def test_a_reminder_that_was_chosen_as_the_list_was_narrowed_opens_nothing(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *REMINDERS)
        place = app.screen
        assert isinstance(place, RemindersPlace)
        place.query_one("#rows").action_select()
        place.query_one("#filter", Input).value = "zzz"
        place.on_input_changed(Input.Changed(place.query_one("#filter", Input), "zzz"))
        await press(pilot)
        assert app.screen is place


async def test_every_kind_of_reminder_has_a_place(app_on: Make) -> None:
    app = app_on("agency")
    links = app.workspace.links
    due = app.workspace.reminders.due()
    places = {reminder.kind: place_of(reminder, links.get(reminder.link).role if reminder.link else None) for reminder in due}
    assert places["probation_ends"] == "shop_information"
    assert places["invitation_expires"] == "linked_accounts.marketing"
    assert places["authorization_expires"] == "linked_accounts.official"
    assert places["review_pending"] == "linked_accounts.official"


async def test_reminders_become_a_calendar(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *REMINDERS, "e", "enter")
        assert isinstance(app.screen, RemindersPlace)
        written = Path(f"due-{SHOP}.ics").read_bytes()
        assert written.startswith(b"BEGIN:VCALENDAR\r\n")
        assert written.count(b"BEGIN:VEVENT") == len(app.workspace.reminders.due(SHOP))


async def test_shops_are_narrowed_by_state_and_region_and_ordered_by_what_is_due(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        assert isinstance(app.screen, Shops)
        shops = app.workspace.shops
        await press(pilot, "s", "s", "r")
        ids = [option.id for option in app.screen.query_one("#rows").options]
        assert ids
        for id in ids:
            live = [link for link in app.workspace.links.find(shop=id) if link.is_open]
            assert live
            assert shops.get(id).region == shops.regions()[0]
        await press(pilot, "s", "s", *["r"] * len(shops.regions()), "o")
        first = app.screen.query_one("#rows").options[0].id
        due = app.workspace.reminders.due()
        assert first in {reminder.shop.id for reminder in due if reminder.at == due[0].at}


def test_paging_by_what_is_due_gives_every_shop_once(tmp_path: Path, clock: StoppedClock) -> None:
    with Workspace.in_memory(actor="maya", scenario="agency", clock=clock) as workspace:
        seen: list[str] = []
        after = None
        while True:
            page = workspace.shops.page(limit=17, after=after, due_first=True)
            seen += [summary.shop.code for summary in page.shops]
            if page.next is None:
                break
            after = page.next
        assert len(seen) == len(set(seen)) == 300
        due = [summary.shop.code for summary in workspace.shops.page(limit=300, due_first=True).shops if summary.due]
        assert seen[: len(due)] == due


async def test_the_agency_has_shops_in_every_state(app_on: Make) -> None:
    states = {link.state for link in app_on("agency").workspace.links.find(limit=2000)}
    assert states == set(LinkState)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("history", "Go to History"),
        ("US2", "Shop: "),
        ("wax", "Account: @wax.and.wick"),
        ("probation", "Rule: Not in the probation"),
    ],
)
async def test_the_palette_finds_places_shops_accounts_and_rules(app_on: Make, typed: str, found: str) -> None:
    app = app_on("linked" if found != "Shop: " else "organization")
    if found == "Shop: ":
        typed = app.workspace.shops.page(limit=1).shops[0].shop.code
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", f"type:{typed}")
        await pilot.pause(0.2)
        assert found in text_of(pilot)


async def test_the_palette_opens_an_account_with_what_stops_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:wax")
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await press(pilot)
        assert "@wax.and.wick" in text_of(pilot)
        assert "As official account of this shop" in text_of(pilot)


async def test_the_marketing_page_counts_links_before_the_limit_bites(app_on: Make) -> None:
    async with app_on("marketing-full").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2")
        assert "Linked 1 of 10 times in 180 days." in text_of(pilot)


async def test_compare_fits_eighty_columns_and_counts_this_shop(app_on: Make) -> None:
    async with app_on("marketing-full").run_test(size=(80, 24)) as pilot:
        await press(pilot, *COMPARE)
        shown = text_of(pilot)
        assert all(len(line) <= 80 for line in shown.splitlines())
        assert "4 of 4" in shown
        assert "1 of 1" in shown


async def test_an_entry_that_a_start_over_takes_away_is_left(app_on: Make) -> None:
    app = app_on("new-shop")
    app.workspace.shops.rename(SHOP, "Amber Studio")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *HISTORY, "enter")
        assert isinstance(app.screen, EventDetail)
        await press(pilot, "d", "s", "enter", "escape")
        assert not isinstance(app.screen, EventDetail)
        assert "Amber Studio" not in text_of(pilot)


async def test_the_mouse_does_what_the_keys_do(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *RULES)
        await pilot.click(".facet")
        await press(pilot)
        assert {option.id.split(".")[0] for option in app.screen.query_one("#rows").options} == {"official"}
        await pilot.click("#rows", offset=(5, 0))
        await press(pilot)
        assert isinstance(app.screen, RuleDetail)


async def test_a_click_on_a_verdict_opens_its_rule(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        await pilot.click("RuleList", offset=(6, 0))
        await press(pilot)
        assert isinstance(app.screen, RuleDetail)
        assert app.screen.rule == "official.one-per-shop"


async def test_an_action_of_another_place_is_found_and_done(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:rename")
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        await press(pilot)
        assert isinstance(app.screen, RenameShop)


async def test_a_long_page_moves_by_the_keys(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        page = app.screen.query_one("#page")
        await press(pilot, "down", "down")
        assert page.scroll_offset.y == 2
        await press(pilot, "pagedown")
        assert page.scroll_offset.y > 2


async def test_a_reminder_is_read_whole_in_eighty_columns_with_its_shop(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"jjj", "enter", "v")
        seen = text_of(pilot)
        for reminder in app.workspace.reminders.due()[:5]:
            assert reminder.summary in seen
            assert reminder.shop.code in seen
        assert "…" not in seen
