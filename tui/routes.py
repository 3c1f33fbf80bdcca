"""Which screen an Open message opens.

Each is imported when it is first opened, so that the first page does not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.messages import Open, OpenAccount, OpenAccountFacts, OpenDesk, OpenLinkWizard, OpenPlace, OpenPlan, OpenRule, OpenUnlink

if TYPE_CHECKING:
    from tui.place import Place

SHOP_PLACES = {
    "shop_information": "screens.shop_information.ShopInformation",
    "linked_accounts.official": "screens.linked_accounts.official.OfficialAccount",
    "linked_accounts.marketing": "screens.linked_accounts.marketing.MarketingAccounts",
    "shop_page": "screens.shop_page.ShopPage",
    "team_access": "screens.team_access.TeamAccess",
    "compare": "screens.compare.Compare",
    "accounts": "screens.accounts.Accounts",
    "rules": "screens.rules.Rules",
    "history": "screens.history.HistoryPlace",
    "reminders": "screens.reminders.RemindersPlace",
    "workspace": "screens.this_workspace.ThisWorkspace",
}
"""The places of a shop by their keys in data/texts/places.toml: the palette lists them."""

PLACES = SHOP_PLACES | {
    "shops": "screens.shops.Shops",
    "settings": "screens.settings.Settings",
    "welcome": "screens.welcome.Welcome",
    "add_shop": "screens.add_shop.AddShop",
    "correct_shop": "screens.correct_shop.CorrectShop",
    "import": "screens.import_file.ImportFile",
    "already_linked.official": "screens.linked_accounts.already_linked.AlreadyOfficial",
    "already_linked.marketing": "screens.linked_accounts.already_linked.AlreadyMarketing",
    "use_existing": "screens.linked_accounts.existing.UseExisting",
    "create_organization": "wizards.create_organization.CreateOrganization",
}
"""Every place that needs only a shop to be opened."""


def place_class(key: str) -> "type[Place]":
    """Import the class of a place."""
    module, _, name = PLACES[key].rpartition(".")
    found: type[Place] = getattr(import_module(f"tui.{module}"), name)
    return found


def place(key: str, shop_id: str | None = None) -> "Place":
    """Make a place.

    Always a new one: a screen that was closed cannot be shown again.
    """
    return place_class(key)(shop_id)


def screen_for(message: Open) -> Screen[None]:
    """Make the screen that a message requests."""
    match message:
        case OpenRule():
            from tui.screens.rules import RuleDetail

            return RuleDetail(message.shop_id, message.rule, message.verdict)
        case OpenAccount():
            from tui.screens.account import AccountDetail

            return AccountDetail(message.shop_id, message.account_id)
        case OpenAccountFacts():
            from tui.screens.account_facts import AccountFactsForm

            return AccountFactsForm(message.shop_id, message.account_id)
        case OpenLinkWizard():
            from tui.wizards.link_existing import LinkExisting, LinkMarketing
            from tui.wizards.link_organization import LinkOrganization

            wizards = (LinkExisting, LinkOrganization, LinkMarketing)
            wizard = next(wizard for wizard in wizards if wizard.key == message.key)
            return wizard(message.shop_id, username=message.username, link_id=message.link_id)
        case OpenPlan():
            from tui.screens.plan import PlanPlace

            return PlanPlace(message.shop_id, message.role, message.username)
        case OpenUnlink():
            from tui.wizards.unlink import Unlink

            return Unlink(message.shop_id, message.link_id)
        case OpenDesk():
            from tui.desk.desk import Desk

            return Desk(message.shop_id, message.place)
        case OpenPlace():
            return place(message.key, message.shop_id)
    raise AssertionError(message)
