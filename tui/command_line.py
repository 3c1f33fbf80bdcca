"""The table of commands."""

from typing import NamedTuple


class Command(NamedTuple):
    """A command of the command line."""

    name: str
    module: str
    """The module in tui.cli, imported when the command is called."""
    summary: str
    on_workspace: bool = True
    """Whether it works on a workspace file."""


_ALL = (
    Command("paths", "workspace", "Where workspace, config and log are.", False),
    Command("init", "workspace", "Make a workspace file."),
    Command("scenarios", "workspace", "The practice scenarios.", False),
    Command("demo", "tours", "Open the screens on a throw-away practice shop.", False),
    Command("tours", "tours", "The tours that can be played and exported.", False),
    Command("storyboard", "tours", "A tour's steps as pictures with captions.", False),
    Command("export", "exchange", "The whole workspace as one JSON document."),
    Command("import", "exchange", "Import an exported document or a CSV sheet."),
    Command("backup", "maintenance", "A consistent copy while in use."),
    Command("doctor", "maintenance", "Whether file, promises, clock and terminal are sound."),
    Command("shops", "shops", "The shops, with their links' state."),
    Command("add-shop", "shops", "Add a shop and, where new, its seller."),
    Command("set-shop", "shops", "Correct what was entered of a shop."),
    Command("rename-shop", "shops", "Rename a shop, and its official account with it."),
    Command("remove-shop", "shops", "Remove a shop that never had a link."),
    Command("status", "shops", "Where a shop stands."),
    Command("accounts", "accounts", "The accounts the workspace knows."),
    Command("candidates", "accounts", "What each account could be at a shop."),
    Command("add-account", "accounts", "Enter facts about an account."),
    Command("rename-account", "accounts", "Record that an account's username changed."),
    Command("convert-account", "accounts", "Record TikTok's update to an organization account."),
    Command("remove-account", "accounts", "Remove an account that never had a link."),
    Command("check", "links", "Every rule that applies to a link, before you request it."),
    Command("plan", "plan", "The steps until an account is linked."),
    Command("link", "links", "Request a link."),
    Command("record-link", "links", "Record a link that stands already, or stood once."),
    Command("authorize", "requests", "The account's holder accepts."),
    Command("decline", "requests", "The account's holder says no."),
    Command("expire", "requests", "Record that nobody answered a request in time."),
    Command("submit", "requests", "An authorized request goes to review."),
    Command("approve", "requests", "TikTok approves."),
    Command("reject", "requests", "TikTok rejects, with a reason."),
    Command("cancel", "requests", "Take back a request that is not decided yet."),
    Command("unlink", "links", "End a link."),
    Command("links", "links", "Links, the newest first."),
    Command("create-org", "organizations", "Make an organization account and link it."),
    Command("members", "organizations", "The members of a shop's organization account."),
    Command("products", "products", "A shop's products."),
    Command("add-product", "products", "Add a product."),
    Command("set-product", "products", "Switch a product on or off, or delete it."),
    Command("shop-page", "products", "The Shop Page as customers see it."),
    Command("rules", "reference", "The rules with limits, versions and sources."),
    Command("compare", "reference", "The three account types side by side.", False),
    Command("where", "reference", "The way to a place in Seller Center and the Seller app.", False),
    Command("history", "history", "What happened, the newest first."),
    Command("undo", "history", "Take back the newest entry about something."),
    Command("reminders", "reminders", "What is due, the soonest first."),
    Command("evidence", "evidence", "A folder for an appeal or a ticket."),
    Command("desk", "desk", "Practice only: the clock, and the scenario's start."),
    Command("serve", "serve", "The screens in a browser on this computer.", False),
    Command("completion", "completion", "Shell completion for bash, zsh or fish.", False),
)
COMMANDS = {command.name: command for command in _ALL}
"""By name, in the order of the help."""
