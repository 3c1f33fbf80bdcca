"""Every screen in every state, at 80x24 and 120x40. Look at a picture before you accept it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from core.models import AccountKind, ProductStatus
from core.workspace import Workspace
from tests.support import add_shop
from tests.tui.conftest import Run, SameLooks
from tests.tui.support import finished, play_to, playing, press, until
from tui import tours
from tui.app import ShoplinkApp

TO_USERNAME = ("enter", "tab", "enter", "enter")
AGREE = ("tab", "space", "tab", "enter")
TO_RULES = (*TO_USERNAME, "type:lumen.candles", *AGREE)
TO_AUTHORIZE = (*TO_RULES, "enter")
TO_INFORMATION = ("enter", "enter", "enter")
TO_CHOICE = ("escape", "slash", "type:USLCDEMO03", "enter", "enter", "enter", "tab", "enter")
TO_ORGANIZATION = (*TO_CHOICE, "tab", "enter")
TO_CONFIRM = (*TO_INFORMATION, "tab", "type:owner@lumen.example", "tab", "enter")

SHOP_PAGE, TEAM, REMINDERS = ("down", "enter"), ("down", "down", "enter"), (*["down"] * 3, "enter")
HISTORY, RULES, COMPARE = (*["down"] * 4, "enter"), (*["down"] * 5, "enter"), (*["down"] * 6, "enter")
INFORMATION = ("up", "enter")

STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "welcome": ("", ()),
    "welcome-practise": ("", ("enter",)),
    "welcome-add-shop": ("", ("tab", "enter")),
    "welcome-add-shop-mistake": ("", ("tab", "enter", "type:Lumen", "enter", "type:XX", *["tab"] * 5, "enter")),
    "welcome-add-shop-notice": ("", ("tab", "enter", "type:The Best Lumen", "enter", "type:us")),
    "welcome-import-mistake": ("", ("tab", "tab", "enter", "type:nothing.json", "enter")),
    "welcome-import-looked-into": ("", ("tab", "tab", "enter", "type:shops.csv", "enter")),
    "import": ("record", ("i",)),
    "import-looked-into": ("record", ("i", "type:shops.csv", "enter")),
    "import-nothing-new": ("record", ("i", "type:nobody.csv", "enter")),
    "import-problems": ("record", ("i", "type:mistakes.csv", "enter")),
    "shops": ("unlinks-used-up", ("escape",)),
    "shops-filtered": ("blocked", ("escape", "slash", "type:house")),
    "shops-nothing-found": ("blocked", ("escape", "slash", "type:zebra")),
    "settings": ("linked", ()),
    "accounts": ("blocked", (*["down"] * 7, "enter")),
    "account-facts": ("linked", (*["down"] * 7, "enter", "e")),
    "account-add": ("linked", (*["down"] * 7, "enter", "a")),
    "plan-empty": ("just-linked", ("enter", "enter")),
    "plan": ("just-linked", ("enter", "enter", "type:@ink.and.moss")),
    "this-workspace": ("new-shop", (*["down"] * 8, "enter")),
    "official-nothing-linked": ("new-shop", ("enter",)),
    "official-awaiting": ("new-shop", (*TO_AUTHORIZE, "escape")),
    "official-authorized": ("new-shop", (*TO_AUTHORIZE, "d", "a", "escape", "escape")),
    "official-in-review": ("in-review", ("enter",)),
    "official-rejected": ("rejected", ("enter",)),
    "official-declined": ("new-shop", (*TO_AUTHORIZE, "d", "n", "escape", "escape")),
    "official-expired": ("new-shop", (*TO_AUTHORIZE, "d", "g", "escape", "escape")),
    "official-just-linked": ("just-linked", ("enter",)),
    "official-linked": ("linked", ("enter",)),
    "official-organization": ("organization", ("enter",)),
    "official-last-unlink": ("last-unlink", ("enter",)),
    "official-unlinks-used-up": ("unlinks-used-up", ("enter",)),
    "official-cancel": ("in-review", ("enter", "x")),
    "marketing-free": ("new-shop", ("enter", "2")),
    "marketing-pending": ("just-linked", ("enter", "2")),
    "marketing-full": ("marketing-full", ("enter", "2")),
    "create-type": ("new-shop", ("enter", "enter")),
    "create-information": ("new-shop", TO_INFORMATION),
    "create-information-mistake": ("new-shop", (*TO_INFORMATION, "type:ends.", "tab", "type:nobody")),
    "create-confirm": ("new-shop", TO_CONFIRM),
    "create-login": ("new-shop", (*TO_CONFIRM, "enter")),
    "use-existing": ("organization", TO_CHOICE),
    "organization-choose": ("organization", TO_ORGANIZATION),
    "organization-none": ("new-shop", ("enter", "tab", "enter", "tab", "enter")),
    "organization-agree": ("organization", (*TO_ORGANIZATION, "enter")),
    "organization-linked": ("organization", (*TO_ORGANIZATION, "enter", "space", "tab", "enter")),
    "link-account": ("new-shop", TO_USERNAME),
    "link-account-known": ("new-shop", (*TO_USERNAME, "type:lumen.candles")),
    "link-account-leave": ("new-shop", (*TO_USERNAME, "type:lumen", "escape", "escape")),
    "link-rules": ("new-shop", TO_RULES),
    "link-rules-blocked": ("new-shop", (*TO_USERNAME, "type:ember.nights", *AGREE)),
    "link-authorize": ("new-shop", TO_AUTHORIZE),
    "link-authorized": ("new-shop", (*TO_AUTHORIZE, "d", "a", "escape")),
    "link-in-review": ("new-shop", (*TO_AUTHORIZE, "d", "a", "escape", "l")),
    "link-linked": ("new-shop", (*TO_AUTHORIZE, "d", "a", "escape", "l", "d", "y", "escape")),
    "link-declined": ("new-shop", (*TO_AUTHORIZE, "d", "n", "escape")),
    "unlink": ("linked", ("enter", "u")),
    "unlink-wait": ("just-linked", ("enter", "u")),
    "unlink-last": ("last-unlink", ("enter", "u")),
    "unlink-used-up": ("unlinks-used-up", ("enter", "u")),
    "unlink-organization": ("organization", ("enter", "u")),
    "desk-nothing": ("new-shop", ("enter", "d")),
    "desk-holder": ("new-shop", (*TO_AUTHORIZE, "d")),
    "desk-reviewer": ("in-review", ("enter", "d")),
    "desk-reason": ("in-review", ("enter", "d", "r")),
    "desk-reason-mistake": ("in-review", ("enter", "d", "r", "up", "enter", "enter")),
    "desk-rejected": ("in-review", ("enter", "d", "r", "enter")),
    "desk-span-mistake": ("in-review", ("enter", "d", "c", "type:soon", "enter")),
    "chooser": ("linked", ("f9",)),
    "ticket": ("linked", ("enter", "f7")),
    "save-picture": ("linked", ("f4",)),
    "desk-moved": ("in-review", ("enter", "d", "t")),
    "desk-restart": ("in-review", ("enter", "d", "s")),
    "agency": ("agency", ("escape",)),
    "agency-due-first": ("agency", ("escape", "o")),
    "agency-narrowed": ("agency", ("escape", "s", "s", "r")),
    "settings-due": ("just-linked", ()),
    "shop-information": ("linked", INFORMATION),
    "shop-information-probation": ("blocked", ("escape", "slash", "type:pop", "enter", "enter", *INFORMATION)),
    "rename": ("linked", (*INFORMATION, "r")),
    "rename-effect": ("linked", (*INFORMATION, "r", "type: Studio")),
    "rename-too-long": ("linked", (*INFORMATION, "r", "type: and everything that burns")),
    "renamed": ("linked", (*INFORMATION, "r", "type: Studio", "enter", "enter")),
    "shop-page": ("linked", SHOP_PAGE),
    "shop-page-none": ("new-shop", SHOP_PAGE),
    "shop-page-pending": ("in-review", SHOP_PAGE),
    "shop-page-content": ("linked", (*SHOP_PAGE, "f")),
    "shop-page-product-off": ("just-linked", (*SHOP_PAGE, "d", "p", "o", "escape")),
    "team": ("organization", TEAM),
    "team-none": ("new-shop", TEAM),
    "team-no-organization": ("linked", TEAM),
    "team-invite": ("organization", (*TEAM, "i")),
    "team-invited": ("organization", (*TEAM, "i", "type:ines@lumen.example", "enter", "enter")),
    "team-accepted": ("organization", (*TEAM, "d", "m", "escape")),
    "team-role": ("organization", (*TEAM, "r")),
    "team-remove": ("organization", (*TEAM, "down", "x")),
    "team-noted": ("organization", (*TEAM, "down", "x", "tab", "enter", "s", "tab", "enter")),
    "team-where": ("organization", (*TEAM, "w")),
    "reminders": ("just-linked", REMINDERS),
    "reminders-none": ("new-shop", REMINDERS),
    "reminders-every-shop": ("agency", (*REMINDERS, "v")),
    "reminders-export": ("just-linked", (*REMINDERS, "e")),
    "history": ("linked", HISTORY),
    "history-links": ("linked", (*HISTORY, "t")),
    "history-found": ("linked", (*HISTORY, "slash", "type:approved")),
    "history-nothing": ("linked", (*HISTORY, "slash", "type:zebra")),
    "history-entry": ("linked", (*HISTORY, "enter")),
    "history-export": ("linked", (*HISTORY, "e")),
    "rules": ("just-linked", RULES),
    "rules-standing": ("just-linked", (*RULES, "s")),
    "rules-found": ("linked", (*RULES, "slash", "type:unlink")),
    "rule": ("just-linked", (*RULES, "s", "enter")),
    "rule-from-verdict": ("new-shop", (*TO_USERNAME, "type:ember.nights", *AGREE, "up", "enter")),
    "compare": ("linked", COMPARE),
    "account": ("linked", ("ctrl+p", "type:@wax", "enter")),
    "palette-found": ("linked", ("ctrl+p", "type:history")),
    "desk-products": ("linked", (*SHOP_PAGE, "d", "p")),
    "desk-team": ("organization", (*TEAM, "d")),
    "help": ("new-shop", ("enter", "question_mark")),
    "where": ("new-shop", ("enter", "w")),
}


IN_LIGHT = {
    "official-linked",
    "link-rules",
    "official-rejected",
    "organization-choose",
    "shop-page",
    "rules",
    "team",
    "rename-effect",
    "agency",
}
"""States with a picture in the light theme."""
NARROW = {
    "official-linked",
    "link-authorize",
    "organization-agree",
    "create-type",
    "settings",
    "compare",
    "shop-page",
    "team",
    "history",
    "agency",
    "rule",
}
"""States with a picture at 60x20."""

SHEETS = {
    "shops.csv": "code,name,region,legal_name,entity_kind,registration_number,country\n"
    "USLC000001,Birch,US,Birch LLC,company,84-1,US\nUSLC000002,Bloom,US,Birch LLC,company,84-1,US\n",
    "mistakes.csv": "username,kind,standing,phone\n@birch,pet,fine,\nends.,,,\n@bloom,,,call me\n@bloom,,,call me\n",
    "nobody.csv": "username,kind\n",
}


def keys(names: tuple[str, ...]) -> Run:
    async def run(pilot: Pilot[None]) -> None:
        await press(pilot, *names)
        await finished(pilot, "import")

    return run


def of_wide(state: str) -> str:
    """Name the test of a state by its wide picture, the one that pytest-textual-snapshot compares and reports."""
    return f"120x40-{state}"


@pytest.mark.parametrize("state", STATES, ids=of_wide)
def test_looks(same_looks: SameLooks, app_on: Callable[..., ShoplinkApp], state: str) -> None:
    scenario, names = STATES[state]
    app = app_on(scenario)
    if "import" in state:
        for name, text in SHEETS.items():
            Path(name).write_text(text)
    light = f"test_looks[light-{state}]" if state in IN_LIGHT else ""
    narrow = f"test_looks[narrow-{state}]" if state in NARROW else ""
    assert same_looks(app, keys(names), light=light, narrow=narrow)


@pytest.mark.parametrize(
    "state", ["create-information", "create-confirm", "create-login", "team-nobody", "organization-agree"], ids=of_wide
)
def test_looks_of_an_organization_account_in_the_record(same_looks, app_on, clock, state: str) -> None:  # type: ignore[no-untyped-def]
    app = app_on("record")
    shop = add_shop(app.workspace)
    if state == "organization-agree":
        link = app.workspace.organizations.create(shop.code, username="lumen.org")
        clock.move(timedelta(days=1))
        app.workspace.links.unlink(link.id)
    information = ("enter", "enter", "enter")
    names = {
        "create-information": information,
        "create-confirm": (*information, "tab", "tab", "enter"),
        "create-login": (*information, "tab", "tab", "enter", "enter", "enter"),
        "team-nobody": (*information, "tab", "tab", "enter", "enter", "enter", "tab", "enter"),
        "organization-agree": ("enter", "tab", "enter", "tab", "enter", "enter"),
    }

    async def run(pilot: Pilot[None]) -> None:
        await keys(names[state])(pilot)
        app.clear_notifications()
        await press(pilot)

    assert same_looks(app, run)


def test_looks_of_an_empty_shop_page(snap_compare, app_on, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    app = app_on("organization")
    for product in app.workspace.products.of_shop("USLCDEMO01"):
        app.workspace.products.change(product.id, status=ProductStatus.INACTIVE)
    assert snap_compare(app, terminal_size=size, run_before=keys(SHOP_PAGE))


def test_looks_of_the_desk_in_the_light_theme(snap_compare, app_on) -> None:  # type: ignore[no-untyped-def]
    scenario, names = STATES["desk-holder"]  # where f2 does nothing
    assert snap_compare(app_on(scenario), terminal_size=(80, 24), run_before=keys(("f2", *names)))


def test_looks_too_small(snap_compare, app_on) -> None:  # type: ignore[no-untyped-def]
    assert snap_compare(app_on("linked"), terminal_size=(50, 12))


NAMES = {"wide": "光の蝋燭店・公式ショップ", "long": "L" * 30, "right-to-left": "متجر الشموع المضيئة"}


@pytest.mark.parametrize("kind", NAMES)
def test_looks_with_names_that_are(snap_compare, app_on, clock, kind: str) -> None:  # type: ignore[no-untyped-def]
    app = app_on("linked")
    app.workspace.shops.rename("USLCDEMO01", NAMES[kind])
    assert snap_compare(app, terminal_size=(80, 24), run_before=keys(("enter",)))


def test_looks_when_the_clock_went_back(snap_compare, app_on, clock) -> None:  # type: ignore[no-untyped-def]
    app = app_on("record")
    add_shop(app.workspace)
    app.workspace.accounts.state("lumen.candles", kind=AccountKind.BUSINESS)
    clock.move(-timedelta(hours=5))
    assert snap_compare(app, terminal_size=(80, 24), run_before=keys(("down", "enter")))


@pytest.mark.parametrize("state", ["official", "refused", "time-over"], ids=of_wide)
def test_looks_of_a_file_that_can_only_be_read(same_looks, app_on, clock, state: str) -> None:  # type: ignore[no-untyped-def]
    scenario, names = {
        "official": ("linked", ("enter",)),
        "refused": ("in-review", ("enter", "x", "tab", "enter")),
        "time-over": ("just-linked", ("enter", "2", "enter")),
    }[state]
    app = app_on(scenario)
    app.workspace.close()
    clock.move(timedelta(days=40))
    app.attach(Workspace.open(Path("practice.db"), actor="maya", clock=clock, read_only=True))

    async def run(pilot: Pilot[None]) -> None:
        await keys(names)(pilot)
        if state == "refused":
            await until(pilot, lambda: bool(app._notifications))

    assert same_looks(app, run)


def test_looks_while_another_program_holds_the_file(snap_compare, app_on, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    app = app_on("in-review")

    async def run(pilot: Pilot[None]) -> None:
        await press(pilot, "enter", "x", "tab")
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await press(pilot, "enter")

    assert snap_compare(app, terminal_size=size, run_before=run)


@pytest.mark.parametrize("state", ["add-shop", "rename", "link-rules"], ids=of_wide)
def test_looks_of_names_that_look_like_another(same_looks, app_on, state: str) -> None:  # type: ignore[no-untyped-def]
    scenario, names = {
        "add-shop": ("linked", ("escape", "a", "type:Lumen Candle C0.")),
        "rename": ("blocked", (*INFORMATION, "r", "ctrl+u", "type:Emb\u0435r House")),
        "link-rules": ("record", (*TO_USERNAME, "type:lumen.cand1es", *AGREE)),
    }[state]
    app = app_on(scenario)
    if scenario == "record":
        add_shop(app.workspace)
        app.workspace.accounts.state("lumen.candles", kind=AccountKind.BUSINESS)
    assert same_looks(app, keys(names))


@pytest.mark.parametrize("state", ["playing", "paused", "ended"])
def test_looks_of_a_tour_that_is_played(snap_compare, app_on, size: tuple[int, int], state: str) -> None:  # type: ignore[no-untyped-def]
    app = app_on("linked")
    known = tours.load("link-existing")
    steps = {"playing": 0, "paused": 2, "ended": len(known.steps)}[state]

    async def run(pilot: Pilot[None]) -> None:
        player = await playing(pilot, known.id)
        for at in range(1, steps + 1):
            await play_to(player, "right", at)
        if state == "paused":
            await play_to(player, "space", steps)

    assert snap_compare(app, terminal_size=size, run_before=run)
