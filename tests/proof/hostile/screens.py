"""Every screen: opened on a shop whose every text is hostile, looked at, and typed into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.widgets import Input

from core.errors import Refused
from core.text import bare_username
from tests.proof.hostile.harmless import acting, assert_harmless
from tests.proof.settled import settled
from tests.tui.support import file_read
from tui import capture
from tui.app import ShoplinkApp
from tui.desk.chooser import Chooser
from tui.desk.desk import Desk
from tui.dialogs import guide
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import Dialog
from tui.dialogs.save_as import SaveAs
from tui.dialogs.ticket import Ticket
from tui.listing import Listing
from tui.palette import Palette
from tui.place import Place
from tui.screens import history, import_file, reminders, rules, shop_information, team_access, welcome
from tui.screens.account import AccountDetail
from tui.screens.add_shop import AddShop
from tui.screens.compare import Compare
from tui.screens.linked_accounts.marketing import MarketingAccounts
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.linked_accounts.tabs import LinkedAccounts
from tui.screens.settings import Settings
from tui.screens.shop_page import ShopPage
from tui.screens.shops import Shops
from tui.screens.this_workspace import ThisWorkspace
from tui.textual_fixes import SafePalette
from tui.wizards import create_organization, link_existing
from tui.wizards.unlink import Unlink
from tui.wizards.wizard import Wizard

BASES = (Place, Listing, Wizard, LinkedAccounts, guide._Sheet, Dialog)
"""Classes that no screen is of by itself."""


@dataclass(frozen=True)
class Rows:
    """The ids of a shop's rows."""

    shop: str
    account: str
    link: str
    event: str

    @classmethod
    def named(cls, name: str) -> Rows:
        """Those of a flooded workspace."""
        return cls(f"shp-{name}", bare_username(f"{name}.organization"), f"lnk-{name}", f"evt-{name}")


@dataclass(frozen=True)
class View:
    """A screen in one of its states."""

    kind: type[Screen[Any]]
    make: Callable[[ShoplinkApp, Rows], Screen[Any] | None]
    then: Callable[[Any], object] = lambda screen: None
    """Brings the screen, once it is there, to the state that is meant."""


def _of_shop(kind: type[Place]) -> View:
    return View(kind, lambda app, rows: kind(rows.shop))


def _ticket(app: ShoplinkApp, rows: Rows) -> Screen[Any] | None:
    link = next(iter(app.workspace.links.find(shop=rows.shop)), None)
    return Ticket(f"{link.id}.txt", capture.ticket(app.workspace, link)) if link else None


def _confirm(app: ShoplinkApp, rows: Rows) -> Screen[Any]:
    name = app.workspace.shops.get(rows.shop).name
    return Confirm("Cancel the request?", f"The request for @{rows.account} at {name}", keep="Keep", do="Cancel request")


def _refused(screen: Place) -> None:
    """A refusal that names the shop: told as a notification over the place."""
    name = screen.the_shop().name

    def refuse() -> None:
        raise Refused(f"{name} cannot be.", remedy=f"Ask {name}.")

    screen.attempt(refuse)


def _every_shop(screen: Listing) -> None:
    screen.action_facet("shops")


def _find(screen: Screen[Any]) -> None:
    """Find what has an e in it."""
    screen.query_one(Input).value = "e"


VIEWS: tuple[View, ...] = (
    View(Shops, lambda app, rows: Shops()),
    View(Shops, lambda app, rows: Shops(), _find),
    *map(_of_shop, (Settings, OfficialAccount, MarketingAccounts, ShopPage, Compare, ThisWorkspace)),
    *map(_of_shop, (shop_information.ShopInformation, shop_information.RenameShop, team_access.TeamAccess)),
    *map(_of_shop, (team_access.InviteMember, rules.Rules, history.HistoryPlace, reminders.RemindersPlace)),
    View(rules.RuleDetail, lambda app, rows: rules.RuleDetail(rows.shop, "official.name-match")),
    View(history.HistoryPlace, lambda app, rows: history.HistoryPlace(rows.shop), _every_shop),
    View(history.EventDetail, lambda app, rows: history.EventDetail(rows.shop, rows.event)),
    View(
        reminders.RemindersPlace,
        lambda app, rows: reminders.RemindersPlace(rows.shop),
        _every_shop,
    ),
    View(AccountDetail, lambda app, rows: AccountDetail(rows.shop, rows.account)),
    View(AddShop, lambda app, rows: AddShop()),
    View(import_file.ImportFile, lambda app, rows: import_file.ImportFile()),
    View(import_file.TakeIn, lambda app, rows: import_file.TakeIn(Path(f"{app.workspace.shops.get(rows.shop).name}.csv"))),
    View(welcome.Welcome, lambda app, rows: welcome.Welcome()),
    View(welcome.Practise, lambda app, rows: welcome.Practise()),
    View(Unlink, lambda app, rows: Unlink(rows.shop, rows.link)),
    *(
        View(
            create_organization.CreateOrganization,
            lambda app, rows: create_organization.CreateOrganization(rows.shop),
            lambda screen, step=step: screen.go(step),
        )
        for step in (create_organization.TYPE, create_organization.INFORMATION, create_organization.CONFIRM)
    ),
    *(
        View(kind, lambda app, rows, kind=kind: kind(rows.shop, username=rows.account), lambda screen, step=step: screen.go(step))
        for kind in (link_existing.LinkExisting, link_existing.LinkMarketing)
        for step in (link_existing.ACCOUNT, link_existing.RULES)
    ),
    View(link_existing.LinkExisting, lambda app, rows: link_existing.LinkExisting(rows.shop, link_id=rows.link)),
    View(Desk, lambda app, rows: Desk(rows.shop, "settings")),
    View(Desk, lambda app, rows: Desk(rows.shop, "settings"), lambda screen: screen.action_ask("other")),
    View(Desk, lambda app, rows: Desk(rows.shop, "settings"), lambda screen: screen.action_ask("span")),
    View(Chooser, lambda app, rows: Chooser(str(app.workspace.scenario))),
    View(Palette, lambda app, rows: Palette(), _find),
    View(SafePalette, lambda app, rows: SafePalette(providers=[ThemeProvider])),
    View(Ticket, _ticket),
    View(SaveAs, lambda app, rows: SaveAs("Save", f"history-{app.workspace.shops.get(rows.shop).code}.csv", str, "The history.")),
    View(Confirm, _confirm),
    View(guide.Help, lambda app, rows: guide.Help("settings", list(app.screen.active_bindings.values()))),
    View(guide.Where, lambda app, rows: guide.Where("settings")),
    View(Settings, lambda app, rows: Settings(rows.shop), _refused),
)


def classes() -> set[type[Screen[Any]]]:
    """Every class of a screen that the program has."""
    found: set[type[Screen[Any]]] = set()
    kinds: list[type[Screen[Any]]] = [Screen]
    while kinds:
        for kind in kinds.pop().__subclasses__():
            kinds.append(kind)
            if kind.__module__.startswith("tui."):
                found.add(kind)
    return found - set(BASES)


async def opened(pilot: Pilot[None], view: View, rows: Rows) -> bool:
    """Open a view over what is there; False when there is none for this shop."""
    app = pilot.app
    assert isinstance(app, ShoplinkApp)
    screen = view.make(app, rows)
    if screen is None:
        return False
    app.push_screen(screen)
    await settled(pilot)
    await file_read(app)
    await settled(pilot)
    if app.screen is screen:  # a file that cannot be read is told on the screen below
        view.then(screen)
        await settled(pilot)
    return True


def look(app: ShoplinkApp, where: str) -> str:
    """What is on the screen: nothing acts, nothing was read as markup; its picture is a picture. Gives its text."""
    assert app._exception is None, f"{where}: {app._exception!r}"
    for screen in app.screen_stack:
        for strip in screen._compositor.render_strips(screen.size) if screen is app.screen else ():
            for segment in strip:
                assert not acting(segment.text), f"{where} shows {segment.text!a}"
                if segment.style:
                    assert not segment.style.link, f"{where}: a link to {segment.style.link}"
                    assert "@click" not in segment.style.meta, f"{where}: a click does {segment.style.meta}"
    text = capture.text(app)
    assert_harmless(text, where)
    return text


ELEMENTS = {"svg", "style", "defs", "clipPath", "rect", "g", "text", "circle"}


def look_at_picture(app: ShoplinkApp, where: str) -> None:
    """The picture is well formed, and has nothing in it but shapes and text."""
    picture = capture.picture(app)
    assert_harmless(picture, f"{where}: the picture")
    for element in ElementTree.fromstring(picture).iter():
        tag = element.tag.rpartition("}")[2]
        assert tag in ELEMENTS, f"{where}: the picture has <{tag}>"
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), f"{where}: the picture has {name}"
            assert "href" not in name.lower(), f"{where}: the picture has {name}={value}"


async def typed(pilot: Pilot[None], text: str, where: str) -> int:
    """Paste into each input of the screen on top, look, and press enter; give how many there were."""
    app = pilot.app
    assert isinstance(app, ShoplinkApp)
    screen = app.screen
    found = 0
    for id in [entry.id for entry in screen.query(Input)]:
        if app.screen is not screen or not screen.query(f"#{id}"):
            return found
        entry = screen.query_one(f"#{id}", Input)
        entry.value = ""
        screen.set_focus(entry)
        app.post_message(Paste(text))
        await settled(pilot)
        look(app, f"{where}, {text[:60]!a} in {id}")
        found += 1
        app.post_message(Key("enter", "\r"))
        await settled(pilot)
        await file_read(app)
        await settled(pilot)
        look(app, f"{where}, {text[:60]!a} entered in {id}")
    return found


async def back_to(pilot: Pilot[None], depth: int) -> None:
    """Leave what was opened."""
    while len(pilot.app.screen_stack) > depth:
        pilot.app.pop_screen()
    await settled(pilot)
