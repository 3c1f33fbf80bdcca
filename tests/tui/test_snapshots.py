"""Every screen in every state, at 80x24 and 120x40. Look at a picture before you accept it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from core.models import AccountKind, ProductStatus
from core.workspace import Workspace
from tests.support import add_shop
from tests.tui.conftest import SIZES, Along, Pictures, Run, SameLooks, Stops, of_wide
from tests.tui.support import HISTORY, INFORMATION, REMINDERS, RULES, SHOP_PAGE, TEAM, finished, play_to, playing, press, until
from tui import tours
from tui.app import ShoplinkApp

TO_USERNAME = ("enter", "tab", "enter", "enter")
AGREE = ("tab", "space", "tab", "enter")
TO_RULES = (*TO_USERNAME, "type:lumen.candles", *AGREE)
TO_AUTHORIZE = (*TO_RULES, "enter")
TO_INFORMATION = ("enter", "enter", "enter")
TO_CHOICE = ("escape", "slash", "type:USLCDEMO03", "enter", "enter", "enter", "tab", "enter")
TO_ORGANIZATION = (*TO_CHOICE, "tab", "enter")

STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "welcome-add-shop-mistake": ("", ("tab", "enter", "type:Lumen", "enter", "type:XX", *["tab"] * 5, "enter")),
    "welcome-add-shop-notice": ("", ("tab", "enter", "type:The Best Lumen", "enter", "type:us")),
    "welcome-import-mistake": ("", ("tab", "tab", "enter", "type:nothing.json", "enter")),
    "welcome-import-looked-into": ("", ("tab", "tab", "enter", "type:shops.csv", "enter")),
    "import": ("record", ("i",)),
    "import-looked-into": ("record", ("i", "type:shops.csv", "enter")),
    "import-nothing-new": ("record", ("i", "type:nobody.csv", "enter")),
    "import-problems": ("record", ("i", "type:mistakes.csv", "enter")),
    "accounts": ("blocked", (*["down"] * 7, "enter")),
    "official-rejected": ("rejected", ("enter",)),
    "official-expired": ("new-shop", (*TO_AUTHORIZE, "d", "g", "escape", "escape")),
    "marketing-free": ("new-shop", ("enter", "2")),
    "marketing-full": ("marketing-full", ("enter", "2")),
    "create-information-mistake": ("new-shop", (*TO_INFORMATION, "type:ends.", "tab", "type:nobody")),
    "organization-none": ("new-shop", ("enter", "tab", "enter", "tab", "enter")),
    "link-account-leave": ("new-shop", (*TO_USERNAME, "type:lumen", "escape", "escape")),
    "desk-rejected": ("in-review", ("enter", "d", "r", "enter")),
    "desk-moved": ("in-review", ("enter", "d", "t")),
    "agency-narrowed": ("agency", ("escape", "s", "s", "r")),
    "shop-information-probation": ("blocked", ("escape", "slash", "type:pop", "enter", "enter", *INFORMATION)),
    "shop-page-pending": ("in-review", SHOP_PAGE),
    "shop-page-product-off": ("just-linked", (*SHOP_PAGE, "d", "p", "o", "escape")),
    "team-invited": ("organization", (*TEAM, "i", "type:ines@lumen.example", "enter", "enter")),
    "reminders-every-shop": ("agency", (*REMINDERS, "v")),
    "history-links": ("linked", (*HISTORY, "t")),
    "rules-found": ("linked", (*RULES, "slash", "type:unlink")),
    "account": ("linked", ("ctrl+p", "type:@wax", "enter")),
    "palette-found": ("linked", ("ctrl+p", "type:history")),
    "settings": ("linked", ()),
    "chooser": ("linked", ("f9",)),
    "save-picture": ("linked", ("f4",)),
    "settings-due": ("just-linked", ()),
    "renamed": ("linked", (*INFORMATION, "r", "type: Studio", "enter", "enter")),
}
"""States that no other leads to."""

WALKS: tuple[tuple[str, Stops], ...] = (
    (
        "new-shop",
        {
            "official-nothing-linked": ("enter",),
            "help": ("question_mark",),
            "where": ("escape", "w"),
            "desk-nothing": ("escape", "d"),
            "link-account": ("escape", "tab", "enter", "enter"),
            "link-account-known": ("type:lumen.candles",),
            "link-rules": AGREE,
            "link-authorize": ("enter",),
            "desk-holder": ("d",),
            "link-authorized": ("a", "escape"),
            "link-in-review": ("l",),
            "link-linked": ("d", "y", "escape"),
        },
    ),
    ("new-shop", {"link-declined": (*TO_AUTHORIZE, "d", "n", "escape"), "official-declined": ("escape",)}),
    ("new-shop", {"official-awaiting": (*TO_AUTHORIZE, "escape"), "official-authorized": ("d", "a", "escape")}),
    ("new-shop", {"link-rules-blocked": (*TO_USERNAME, "type:ember.nights", *AGREE), "rule-from-verdict": ("up", "enter")}),
    (
        "new-shop",
        {
            "create-type": ("enter", "enter"),
            "create-information": ("enter",),
            "create-confirm": ("tab", "type:owner@lumen.example", "tab", "enter"),
            "create-login": ("enter",),
        },
    ),
    (
        "new-shop",
        {
            "shop-page-none": ("down", "enter"),
            "team-none": ("escape", "down", "enter"),
            "reminders-none": ("escape", "down", "enter"),
            "this-workspace": ("escape", *["down"] * 5, "enter"),
        },
    ),
    ("linked", {"shop-page": SHOP_PAGE, "desk-products": ("d", "p")}),
    ("linked", {"history-found": (*HISTORY, "slash", "type:approved"), "history-nothing": ("ctrl+u", "type:zebra")}),
    (
        "linked",
        {
            "shop-page-content": (*SHOP_PAGE, "f"),
            "team-no-organization": ("escape", "down", "enter"),
            "history": ("escape", "down", "down", "enter"),
            "history-entry": ("enter",),
            "history-export": ("escape", "e"),
            "compare": ("escape", "escape", "down", "down", "enter"),
        },
    ),
    ("linked", {"official-linked": ("enter",), "unlink": ("u",), "ticket": ("escape", "f7")}),
    (
        "linked",
        {
            "shop-information": INFORMATION,
            "rename": ("r",),
            "rename-effect": ("type: Studio",),
            "rename-too-long": ("ctrl+u", "type:Lumen Candle Co. and everything that burns"),
        },
    ),
    ("linked", {"account-add": (*["down"] * 7, "enter", "a"), "account-facts": ("escape", "e")}),
    (
        "organization",
        {
            "team": TEAM,
            "team-where": ("w",),
            "team-role": ("escape", "r"),
            "team-invite": ("escape", "i"),
        },
    ),
    ("organization", {"desk-team": (*TEAM, "d"), "team-accepted": ("m", "escape")}),
    ("organization", {"team-remove": (*TEAM, "down", "x"), "team-noted": ("tab", "enter", "s", "tab", "enter")}),
    ("organization", {"official-organization": ("enter",), "unlink-organization": ("u",)}),
    (
        "organization",
        {
            "use-existing": TO_CHOICE,
            "organization-choose": ("tab", "enter"),
            "organization-agree": ("enter",),
            "organization-linked": ("space", "tab", "enter"),
        },
    ),
    (
        "in-review",
        {
            "official-in-review": ("enter",),
            "official-cancel": ("x",),
            "desk-reviewer": ("escape", "d"),
            "desk-restart": ("s",),
            "desk-span-mistake": ("escape", "c", "type:soon", "enter"),
            "desk-reason": ("escape", "r"),
            "desk-reason-mistake": ("up", "enter", "enter"),
        },
    ),
    ("just-linked", {"plan-empty": ("enter", "tab", "enter"), "plan": ("type:@ink.and.moss",)}),
    ("just-linked", {"reminders": REMINDERS, "reminders-export": ("e",)}),
    ("just-linked", {"official-just-linked": ("enter",), "unlink-wait": ("u",), "marketing-pending": ("escape", "2")}),
    ("just-linked", {"rules": RULES, "rules-standing": ("s",), "rule": ("enter",)}),
    (
        "unlinks-used-up",
        {"official-unlinks-used-up": ("enter",), "unlink-used-up": ("u",), "shops": ("escape", "escape", "escape")},
    ),
    ("last-unlink", {"official-last-unlink": ("enter",), "unlink-last": ("u",)}),
    ("agency", {"agency": ("escape",), "agency-due-first": ("o",)}),
    ("blocked", {"shops-filtered": ("escape", "slash", "type:house"), "shops-nothing-found": ("ctrl+u", "type:zebra")}),
    ("", {"welcome": (), "welcome-practise": ("enter",), "welcome-add-shop": ("escape", "tab", "enter")}),
)
"""States that lie on one way, with the keys that lead on to each from the one before."""


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


def others(state: str) -> tuple[str, str]:
    """The names of a state's pictures in the light theme and at 60x20; empty: it has none."""
    light = f"test_looks[light-{state}]" if state in IN_LIGHT else ""
    return light, f"test_looks[narrow-{state}]" if state in NARROW else ""


@pytest.mark.parametrize(("scenario", "stops"), [pytest.param(*walk, id=" ".join(walk[1])) for walk in WALKS])
def test_looks_along(along: Along, app_on: Callable[..., ShoplinkApp], scenario: str, stops: Stops) -> None:
    along(app_on(scenario), stops, others)


@pytest.mark.parametrize("state", STATES, ids=of_wide)
def test_looks(same_looks: SameLooks, app_on: Callable[..., ShoplinkApp], state: str) -> None:
    scenario, names = STATES[state]
    app = app_on(scenario)
    if "import" in state:
        for name, text in SHEETS.items():
            Path(name).write_text(text)
    light, narrow = others(state)
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
    names = ("f2", *TO_AUTHORIZE, "d")  # where f2 does nothing
    assert snap_compare(app_on("new-shop"), terminal_size=(80, 24), run_before=keys(names))


def test_looks_too_small(snap_compare, app_on) -> None:  # type: ignore[no-untyped-def]
    assert snap_compare(app_on("linked"), terminal_size=(50, 12))


NAMES = {"wide": "光の蝋燭店・公式ショップ", "long": "L" * 30, "right-to-left": "متجر الشموع المضيئة"}


@pytest.mark.parametrize("kind", NAMES)
def test_looks_with_names_that_are(snap_compare, app_on, kind: str) -> None:  # type: ignore[no-untyped-def]
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


@pytest.mark.parametrize("window", SIZES)
def test_looks_of_a_tour_that_is_played(snapshot: SnapshotAssertion, app_on: Callable[..., ShoplinkApp], window: str) -> None:
    taken = Pictures()
    known = tours.load("link-existing")

    async def play() -> None:
        async with app_on("linked").run_test(size=SIZES[window]) as pilot:
            player = await playing(pilot, known.id)
            for state, steps in {"playing": 0, "paused": 2, "ended": len(known.steps)}.items():
                for at in range(player.at + 1, steps + 1):
                    await play_to(player, "right", at)
                if state == "paused":
                    await play_to(player, "space", steps)
                await taken.take(pilot, f"test_looks_of_a_tour_that_is_played[{window}-{state}]")

    asyncio.run(play())
    different = taken.different(snapshot)
    assert not different, "\n".join(different)
