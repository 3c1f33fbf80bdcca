"""Single widgets: what they show, and that it fits their width."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from core.models import LinkState
from core.verdict import Notice, Outcome, Verdict
from tests.support import DAY, MS, NOW, StoppedClock
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.cli.text import when
from tui.player.caption import format_speed
from tui.theme import AVATARS
from tui.widgets import moments
from tui.widgets.avatar import color, initials
from tui.widgets.box import Box
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.detail import Detail
from tui.widgets.facts import Facts
from tui.widgets.lines import Hanging, marked, wrapped
from tui.widgets.moments import brief, clock_if_known, full, short
from tui.widgets.qr import qr
from tui.widgets.states import LINK_STATES, OUTCOMES, link_state, safe
from tui.widgets.timeline import Timeline, stepper
from tui.widgets.verdicts import RuleList, Verdicts, notice_cards

BLOCKED = Verdict(rule="official.region-match", outcome=Outcome.BLOCKED, reason="The regions differ.", remedy="Use another one.")
PASS = Verdict(rule="official.one-shop", outcome=Outcome.PASS, reason="It stands for no other shop.", remedy="")


def plain(lines: list[Content]) -> list[str]:
    return [line.plain.rstrip() for line in lines]


def test_every_state_and_outcome_has_its_own_symbol_and_words() -> None:
    assert LINK_STATES.keys() == {None, *LinkState}
    assert OUTCOMES.keys() == set(Outcome)
    shown = [link_state(state, brief=brief).plain for brief in (False, True) for state in LINK_STATES]
    shown += [f"{glyph} {words}" for glyph, words, _ in OUTCOMES.values()]
    assert all(glyph.strip() and words for glyph, _, words in (label.partition(" ") for label in shown))
    for labels in (shown[: len(LINK_STATES)], shown[len(LINK_STATES) : -len(OUTCOMES)], shown[-len(OUTCOMES) :]):
        assert len({label.partition(" ")[2] for label in labels}) == len(labels)
    assert link_state(None).plain == "○ no official account"
    assert link_state(LinkState.AUTHORIZED).plain == "◑ authorized, not in review yet"
    assert link_state(LinkState.AUTHORIZED, brief=True).plain == "◑ authorized"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (45, ["Unlinking is possible from", "Tue Nov 24, 2026, 2:05 PM."]),
        (26, ["Unlinking is possible from", "Tue Nov 24, 2026, 2:05 PM."]),
        (20, ["Unlinking is", "possible from Tue", "Nov 24, 2026,", "2:05 PM."]),
    ],
)
def test_a_date_stays_in_one_line_where_one_is_wide_enough(width: int, lines: list[str]) -> None:
    found = wrapped(Content("Unlinking is possible from ") + Content.styled("Tue Nov 24, 2026, 2:05 PM.", "bold"), width)
    assert plain(found) == lines
    assert found[-1].spans[0].style == "bold"


@pytest.mark.parametrize("text", ["[/]", "[red]x[/red]", "[@click=app.quit]x[/]", "[type=x, v={'a[0]'}]"])
def test_markup_in_data_is_shown_literally(text: str) -> None:
    assert safe(text).plain == text
    assert not safe(text).spans


def test_control_characters_in_data_do_not_reach_the_terminal() -> None:
    assert safe("A\x1b]52;c;QQ==\x07B\u202eC\nD").plain == "A\ufffd]52;c;QQ==\ufffdB\ufffdC\u240aD"


def test_facts_align_labels_and_wrap_values_under_themselves() -> None:
    facts = Facts([("Kind", Content("practice")), ("Registered", Content("one two three"))])
    assert plain(facts.lines(25)) == ["Kind         practice", "Registered   one two", "             three"]
    assert all(line.cell_length <= 25 for line in facts.lines(25))


def test_facts_stand_below_their_labels_where_there_is_no_room_beside_them() -> None:
    facts = Facts([("Kind", Content("practice")), ("Registered", Content("one two three"))])
    assert plain(facts.lines(12)) == ["Kind", "  practice", "Registered", "  one two", "  three"]


def test_facts_measure_wide_characters_in_cells() -> None:
    assert all(line.cell_length <= 30 for line in Facts([("Name", Content("光の蝋燭店・公式ショップ" * 3))]).lines(30))


def test_a_verdict_that_stops_names_its_rule_why_and_what_to_do() -> None:
    stops = ["✗ The regions differ.", "  Rule: Official account in the shop's region", "  Use another one."]
    assert plain(Verdicts([PASS, BLOCKED]).lines(60)) == ["✓ It stands for no other shop.", *stops]


def test_notices_have_a_card_for_each_kind_and_only_what_cannot_be_undone_warns() -> None:
    def notice(reason: str, kind: Notice) -> Verdict:
        return Verdict(rule="official.unlink-limit", outcome=Outcome.NOTICE, reason=reason, notice=kind)

    found = [notice("Read it.", Notice.KNOW), notice("It moves.", Notice.CHANGE), notice("It is gone.", Notice.IRREVERSIBLE)]
    cards = notice_cards([PASS, BLOCKED, *found])
    assert [(card.title.plain, card.has_class("-warning")) for card in cards] == [
        ("You can't undo this", True),
        ("This changes", False),
        ("Good to know", False),
    ]
    assert [plain(card.parts[0].lines(40)) for card in cards] == [["! It is gone."], ["→ It moves."], ["· Read it."]]


def test_a_verdict_wraps_under_its_own_text() -> None:
    lines = plain(Verdicts([PASS]).lines(20))
    assert lines == ["✓ It stands for no", "  other shop."]


def test_a_text_wraps_under_itself_and_not_under_its_bullet_number_or_box() -> None:
    bullets = Hanging((Content("◆ "), Content("A page that stays")), marked("!", "No unlinks", "$warning"))
    assert plain(bullets.lines(12)) == ["◆ A page", "  that stays", "! No unlinks"]


@pytest.mark.parametrize("value", [False, True])
async def test_a_long_label_wraps_under_its_box(value: bool) -> None:
    class Page(App[None]):
        CSS = "Box, Box:focus { border: none; padding: 0; height: auto; }"

        def compose(self) -> ComposeResult:
            yield Box("I have read it", value=value, id="agree")

    async with Page().run_test(size=(14, 5)) as pilot:
        await pilot.pause()
        assert text_of(pilot).split("\n")[:2] == [f"[{'✓' if value else ' '}] I have", "    read it"]


def test_the_rules_beside_a_page_give_reasons_only_for_what_stops_and_count_what_passes() -> None:
    shown = ["✗ The regions differ.", "  Rule: Official account in the shop's region", "✓ 1 more rule passes"]
    assert plain(RuleList([PASS, BLOCKED]).lines(60)) == shown
    assert plain(RuleList([PASS]).lines(40)) == ["✓ 1 rule passes"]


def test_a_timeline_distinguishes_done_now_and_upcoming_without_color() -> None:
    steps = [("Requested", "Mon 14:05"), ("Authorized", "waiting"), ("Linked", "")]
    assert plain(Timeline(steps, 1).lines(40)) == ["✓ Requested    Mon 14:05", "● Authorized   waiting", "○ Linked"]
    assert stepper(("Account", "Rules", "Authorize"), 1, 76).plain == "✓ Account ── ● Rules ── ○ Authorize"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (46, "✓ One ── ✓ Two ── ● Three ── ○ Four ── ○ Five"),
        (45, "✓ One ── ✓ Two ── ● Three ── ○ Four ── ○ Five"),
        (44, "✓ One ─ ✓ Two ─ ● Three ─ ○ Four ─ ○ Five"),
        (40, "✓ … ─ ✓ … ─ ● Three ─ ○ Four ─ ○ Five"),
        (36, "✓ … ─ ✓ … ─ ● Three ─ ○ Four ─ ○ …"),
        (31, "✓ … ─ ✓ … ─ ● Three ─ ○ … ─ ○ …"),
        (5, "✓ … ─ ✓ … ─ ● Three ─ ○ … ─ ○ …"),
    ],
)
def test_steps_that_do_not_fit_keep_the_name_of_the_current_one(width: int, line: str) -> None:
    assert stepper(("One", "Two", "Three", "Four", "Five"), 2, width).plain == line


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (62, "✓ Select account type ── ● Input information ── ○ Log into it"),
        (59, "✓ Select account type ─ ● Input information ─ ○ Log into it"),
        (58, "✓ Type ── ● Input information ── ○ Log in"),
        (36, "✓ Type ── ● Input information ── ○ …"),
        (33, "✓ Type ─ ● Information ─ ○ Log in"),
        (30, "✓ … ─ ● Information ─ ○ Log in"),
    ],
)
def test_steps_have_their_short_names_where_the_long_ones_do_not_fit(width: int, line: str) -> None:
    long, short = ("Select account type", "Input information", "Log into it"), ("Type", "Information", "Log in")
    assert stepper(long, 1, width, short).plain == line


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Lumen Candle Co.", "LC"),
        ("lumen", "L"),
        ("wax.and_wick", "WA"),
        ("élan 24", "É2"),
        ("光の 店", "光店"),
        ("ß", "S"),
        ("· — ·", "?"),
        ("", "?"),
    ],
)
def test_initials_are_the_first_letters_of_two_words(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_ground_of_initials_goes_by_the_username() -> None:
    assert color("lumen.candles") == color("lumen.candles")
    assert {color(f"shop.{number}") for number in range(200)} == {f"$avatar-{number}" for number in range(AVATARS)}


def test_a_qr_code_has_a_quiet_border_and_is_left_out_where_it_does_not_fit() -> None:
    code = qr("shoplink.example/a/7QK2-M9", 80, 24)
    assert code is not None
    lines = code.plain.split("\n")
    width, height = len(lines[0]), len(lines)
    assert {len(line) for line in lines} == {width}
    assert not lines[0].strip()  # two modules of white, above
    assert all(line.startswith("  ") and line.endswith("  ") for line in lines)
    assert qr("shoplink.example/a/7QK2-M9", width, height) is not None
    assert qr("shoplink.example/a/7QK2-M9", width - 1, height) is None
    assert qr("shoplink.example/a/7QK2-M9", width, height - 1) is None


def test_a_moment_of_another_year_has_its_year() -> None:
    now = datetime(2026, 11, 28, 18, tzinfo=UTC)
    this, last = datetime(2026, 1, 2, 9, 5, tzinfo=UTC), datetime(2025, 12, 31, 9, 5, tzinfo=UTC)
    assert moments.past(this, now, UTC) == "Fri Jan 2, 9:05 AM"
    assert moments.past(last, now, UTC) == "Wed Dec 31, 2025, 9:05 AM"
    assert [moments.since(moment, now, UTC) for moment in (now, now - DAY, last)] == ["today", "yesterday", "Wed Dec 31, 2025"]


def test_moments_are_shown_in_the_given_time_zone() -> None:
    assert short(NOW, UTC) == "Mon Nov 23, 2:05 PM"
    assert full(NOW, timezone(timedelta(hours=10))) == "Tue Nov 24, 2026, 12:05 AM"
    assert brief(NOW - DAY, NOW, UTC) == "Sun 2:05 PM"
    assert brief(NOW - 120 * DAY, NOW, UTC) == "Jul 26"
    assert brief(NOW + 6.5 * DAY, NOW, UTC) == "Mon 2:05 AM"
    assert [brief(NOW + days * DAY, NOW, UTC) for days in (7, -7)] == ["Nov 30", "Nov 16"]


def test_moments_are_shown_with_24_hours_where_the_locale_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "hours24", lambda: True)
    assert short(NOW, UTC) == "Mon Nov 23, 14:05"
    assert full(NOW, timezone(timedelta(hours=10))) == "Tue Nov 24, 2026, 00:05"


@pytest.mark.parametrize(
    ("hour", "clock", "zone"),
    [
        (4, "12:30 AM", "EDT"),
        (5, "1:30 AM", "EDT"),
        (6, "1:30 AM", "EST"),
        (7, "2:30 AM", "EST"),
    ],  # summer time ends at 06:00 UTC
)
def test_moments_are_shown_as_the_local_clock_shows_them_when_summer_time_ends(
    monkeypatch: pytest.MonkeyPatch, hour: int, clock: str, zone: str
) -> None:
    moment = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
    assert full(moment, ZoneInfo("America/New_York")) == f"Sun Nov 1, 2026, {clock}"
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "America/New_York")
        time.tzset()
        assert when(moment, moment).startswith(f"Sun Nov 1, 2026, {clock} {zone}")
    time.tzset()


async def test_a_countdown_shows_a_bar_words_and_the_moment(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on().run_test() as pilot:
        countdown = Countdown("Possible in", NOW - timedelta(hours=18), NOW + timedelta(hours=6))
        await pilot.app.screen.mount(countdown)
        assert plain(countdown.lines(60)) == ["◔ Possible in 6 h   Mon Nov 23, 8:05 PM", "━" * 45]
        bar = countdown.lines(60)[1]
        assert [(span.end - span.start, str(span.style)) for span in bar.spans] == [(34, "$warning"), (11, "$line")]
        assert all(line.cell_length <= 30 for line in countdown.lines(30))
        over = Countdown("Possible in", NOW - timedelta(hours=18), NOW, bar=False, over="Possible now")
        await pilot.app.screen.mount(over)
        assert plain(over.lines(60)) == ["◔ Possible now"]


async def test_the_page_is_repainted_when_a_countdown_ends(app_on: Callable[..., ShoplinkApp], clock: StoppedClock) -> None:
    app = app_on("just-linked")
    async with app.run_test() as pilot:
        await press(pilot, "enter")
        assert app.screen.query(Countdown)
        clock.move(DAY)
        app.screen.query_one(Countdown)._tick()
        await press(pilot)
        assert not app.screen.query(Countdown)


async def test_a_page_painted_just_before_a_countdown_ends_is_repainted_once(
    app_on: Callable[..., ShoplinkApp], clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("record")
    async with app.run_test() as pilot:
        await press(pilot)
        countdown = Countdown("Possible in", NOW, NOW + MS)
        clock.move(MS)
        repaint, painted = app.repaint, []
        monkeypatch.setattr(app, "repaint", lambda: [painted.append(None), repaint()])
        await app.screen.mount(countdown)
        for _ in range(3):
            countdown._tick()
        assert painted == [None]


async def test_a_detail_that_is_higher_than_its_column_can_be_scrolled_to_its_end(app_on: Callable[..., ShoplinkApp]) -> None:
    short = [Card("Short", Static(Content("one line")))]
    long = [Card("Long", Facts([(str(number), Content("fact")) for number in range(60)]), Static(Content("the end")))]
    async with app_on("record").run_test(size=(120, 40)) as pilot:
        await press(pilot)
        column, detail = pilot.app.screen.query_one("#side"), pilot.app.screen.query_one(Detail)
        for cards, scrolls in ((short, False), (long, True), (short, False), (long, True)):
            detail.update(cards)
            await press(pilot)
            assert (column.max_scroll_y > 0) == scrolls
        column.scroll_end(animate=False)
        await press(pilot)
        assert "the end" in text_of(pilot)


def test_a_sentence_of_two_rules_is_shown_once() -> None:
    other = replace(BLOCKED, rule="official.one-per-shop")
    both = [
        "✗ The regions differ.",
        "  Rule: Official account in the shop's region",
        "  Rule: One official account per shop",
        "  Use another one.",
    ]
    assert plain(Verdicts([BLOCKED, other]).lines(60)) == both
    assert plain(RuleList([BLOCKED, other]).lines(60)) == both[:3]
    assert len(plain(Verdicts([PASS, PASS]).lines(60))) == 1


def test_a_speed_has_at_most_two_decimals() -> None:
    assert [format_speed(speed) for speed in (1e-06, 0.5, 1, 1.25, 20)] == ["0.01x", "0.5x", "1x", "1.25x", "20x"]


def test_a_date_that_was_entered_without_a_time_is_shown_without_one() -> None:
    end = datetime(2026, 5, 10, 23, 59, 59, 999_000, tzinfo=UTC)
    assert short(end, UTC) == "Sun May 10, end of day"
    assert full(end, UTC) == "Sun May 10, 2026, end of day"
    assert brief(end, end - DAY, UTC) == "Sun"
    assert (clock_if_known(end, UTC), clock_if_known(end - DAY / 2, UTC)) == ("", "11:59 AM")
    assert short(end.replace(microsecond=0), UTC) == "Sun May 10, 11:59 PM"
