"""The catalog of rules, and the way to a rule from a verdict."""

from collections.abc import Callable

from core.verdict import Outcome
from tests.tui.support import RULES, press, settled, text_of, words_of
from tui.app import ShoplinkApp
from tui.messages import OpenRule
from tui.screens.rules import RuleDetail, Rules

Make = Callable[..., ShoplinkApp]
SHOP = "USQFDEMO01"


async def test_every_rule_is_in_the_catalog_and_opens(app_on: Make) -> None:
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


async def test_no_title_of_a_rule_is_cut_off(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *RULES)
        for size in ((80, 24), (120, 60)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            rows = [option.prompt.plain for option in app.screen.query_one("#rows").options]
            rules = app.workspace.policy.rules.values()
            assert all(row.startswith(f"{rule.title} ") for row, rule in zip(rows, rules, strict=True))
            assert max(map(len, rows)) <= app.screen.query_one("#rows").size.width - 2


async def test_a_rule_has_one_form_of_date(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(RuleDetail(app.screen.shop_id, "official.unlink-wait"))
        await settled(pilot)
        shown = words_of(pilot, "#page")
        assert "(US Seller University), the policy, read Nov 23, 2026" in shown
        assert "Until Mon Nov 23, 7:17 PM" in shown
        assert "ID Hours to wait 48, from Oct 3, 2025" in shown


async def test_rules_are_filtered_by_text_and_by_outcome(app_on: Make) -> None:
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
        await press(
            pilot, "enter", "tab", "enter", "enter", "type:ember.nights", "tab", "space", "tab", "enter", "up", "up", "enter"
        )
        assert isinstance(app.screen, RuleDetail)
        assert app.screen.verdict is not None
        assert app.screen.verdict.outcome == Outcome.BLOCKED
        assert "─ Result ─" in text_of(pilot)
        app.workspace.accounts.state("ember.nights", identity_verified=True)
        app.repaint()
        await press(pilot)
        assert "─ Result when you opened it ─" in text_of(pilot)
        await press(pilot, "escape")
        assert "can't be linked now" not in text_of(pilot)


async def test_a_click_on_a_verdict_opens_its_rule(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        await pilot.click("RuleList", offset=(6, 0))
        await press(pilot)
        assert isinstance(app.screen, RuleDetail)
        assert app.screen.rule == "official.unlink-wait"  # the first that does not pass


async def test_a_rule_about_an_account_says_in_a_sentence_when_it_is_checked(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    shop = app.workspace.shops.page(limit=1).shops[0].shop
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(OpenRule(shop.id, "official.region-match"))
        await press(pilot)
        said = " ".join(text_of(pilot).replace("│", " ").split())
        assert "when a link is requested, before the review, and when the review approves." in said
