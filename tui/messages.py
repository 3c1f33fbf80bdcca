"""Messages that a screen or widget posts to have the app open something."""

from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from core.models import Role
    from core.verdict import Verdict
    from core.workspace import Workspace


class Request(Message):
    """A screen or a widget asks the application for something that opens a screen."""

    opener: Screen[None] | None = None
    """The place that asks, which is ignored once another screen covers it; None: something else, such as the palette."""


class Open(Request):
    """Open a place on top of what is shown. `shop_id`: the shop it is about."""

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__()
        self.shop_id = shop_id


class OpenPlace(Open):
    """Open a place by its key in `routes`.

    `replaces`: it takes the place of the screen that asks.
    """

    discards = False
    """Whether what is typed is left without asking, because a tour typed it."""

    def __init__(self, key: str, shop_id: str | None = None, *, replaces: bool = False) -> None:
        super().__init__(shop_id)
        self.key = key
        self.replaces = replaces


class OpenFromList(OpenPlace):
    """Open a place from the Settings list, replacing the shop's open screens.

    `stay`: the list at the left keeps the focus.
    """

    def __init__(self, key: str, shop_id: str | None, *, stay: bool = False) -> None:
        super().__init__(key, shop_id)
        self.stay = stay


class OpenRule(Open):
    """Open a rule in full. `verdict`: its answer on the screen that opens it."""

    def __init__(self, shop_id: str | None, rule: str, verdict: "Verdict | None" = None) -> None:
        super().__init__(shop_id)
        self.rule = rule
        self.verdict = verdict


class VerdictChosen(Message):
    """A person wants to read a verdict's rule; the place adds the shop it is about."""

    def __init__(self, verdict: "Verdict") -> None:
        super().__init__()
        self.verdict = verdict


class OpenAccount(Open):
    """Open an account of the workspace, with what it can be at this shop."""

    def __init__(self, shop_id: str | None, account_id: str) -> None:
        super().__init__(shop_id)
        self.account_id = account_id


class OpenAccountFacts(Open):
    """Open the form of an account's facts. `account_id`: None for a new one."""

    def __init__(self, shop_id: str | None, account_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.account_id = account_id


class OpenLinkWizard(Open):
    """Open the wizard for an official or marketing account, by its key.

    `link_id`: the open request to continue.
    """

    def __init__(self, key: str, shop_id: str | None, *, username: str = "", link_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.key = key
        self.username = username
        self.link_id = link_id


class OpenPlan(Open):
    """Open the plan to link an account in this role. `username`: asked for if empty."""

    def __init__(self, shop_id: str | None, role: "Role", username: str = "") -> None:
        super().__init__(shop_id)
        self.role = role
        self.username = username


class OpenUnlink(Open):
    """Open the page on which a link is ended."""

    def __init__(self, shop_id: str | None, link_id: str) -> None:
        super().__init__(shop_id)
        self.link_id = link_id


class OpenDesk(Open):
    """Open the Desk beside the place with this key."""

    def __init__(self, shop_id: str | None, place: str) -> None:
        super().__init__(shop_id)
        self.place = place


class MakeEvidence(Request):
    """Make the evidence about a shop or one of its links, in a folder that the person names."""

    def __init__(self, shop_id: str, link_id: str | None = None) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.link_id = link_id


class EndPractice(Message):
    """Delete the practice workspace, and show Welcome."""


class OpenWorkspace(Message):
    """Show a workspace from its first places; None: the welcome page.

    `shop`: the shop to open, by code; by default the first one. `place`: the place to open there, by its key in `routes`;
    "shops" for the list of shops.
    """

    def __init__(self, workspace: "Workspace | None", shop: str | None = None, place: str = "settings") -> None:
        super().__init__()
        self.workspace = workspace
        self.shop = shop
        self.place = place
