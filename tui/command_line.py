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
    Command("paths", "workspace", "Show where the workspace, config, and log are.", False),
    Command("init", "workspace", "Make a workspace file."),
    Command("scenarios", "workspace", "List the practice scenarios.", False),
    Command("demo", "demo", "Open the screens on a practice shop, deleted when you quit.", False),
    Command("tours", "tours", "List the tours you can play and publish.", False),
    Command("storyboard", "tours", "Write a tour as a guide with pictures and captions.", False),
    Command("export", "exchange", "Write the whole workspace as one JSON document."),
    Command("import", "exchange", "Import an exported document or a CSV sheet."),
    Command("backup", "maintenance", "Copy the workspace, even while it is in use."),
    Command("doctor", "maintenance", "Check the file, the history, the clock, and the terminal."),
    Command("shops", "shops", "List the shops and the state of their links."),
    Command("add-shop", "shops", "Add a shop, and its seller if it is new."),
    Command("set-shop", "shops", "Correct what you entered about a shop."),
    Command("rename-shop", "shops", "Rename a shop and its official account."),
    Command("remove-shop", "shops", "Remove a shop that never had a link."),
    Command("status", "shops", "Show a shop's links, unlinks, and reminders."),
    Command("accounts", "accounts", "List the accounts in the workspace."),
    Command("candidates", "accounts", "Show what each account can be at a shop."),
    Command("add-account", "accounts", "Enter facts about an account."),
    Command("rename-account", "accounts", "Record that an account's username changed."),
    Command("convert-account", "accounts", "Record TikTok's update to an organization account."),
    Command("remove-account", "accounts", "Remove an account that never had a link."),
    Command("check", "links", "Check every rule before you request a link."),
    Command("plan", "plan", "Show the steps to link an account."),
    Command("link", "links", "Request a link."),
    Command("record-link", "links", "Record a link that exists already, or a past one."),
    Command("authorize", "requests", "Record that the account's holder accepted."),
    Command("decline", "requests", "Record that the account's holder declined."),
    Command("expire", "requests", "Record that nobody answered a request in time."),
    Command("submit", "requests", "Send an authorized request to review."),
    Command("approve", "requests", "Record that TikTok approved the request."),
    Command("reject", "requests", "Record that TikTok rejected the request, and why."),
    Command("cancel", "requests", "Cancel a request that TikTok has not decided."),
    Command("unlink", "links", "Unlink an account."),
    Command("links", "links", "List links, newest first."),
    Command("create-org", "organizations", "Create an organization account and link it."),
    Command("members", "organizations", "Manage the team of a shop's organization account."),
    Command("products", "products", "List a shop's products."),
    Command("add-product", "products", "Add a product."),
    Command("set-product", "products", "Switch a product on or off, or delete it."),
    Command("shop-page", "products", "Show the Shop Page as customers see it."),
    Command("rules", "reference", "Show the rules with limits, versions, and sources."),
    Command("compare", "reference", "Compare the three roles of an account.", False),
    Command("where", "reference", "Show the way to a page in Seller Center and the Seller app.", False),
    Command("history", "history", "Show what happened, newest first."),
    Command("undo", "history", "Undo the newest entry about a link, shop, or account."),
    Command("reminders", "reminders", "List what is due, soonest first."),
    Command("evidence", "evidence", "Write a folder for an appeal or a ticket."),
    Command("desk", "desk", "Practice only: play TikTok and move the clock."),
    Command("serve", "serve", "Open the screens in a browser on this computer.", False),
    Command("completion", "completion", "Print shell completion for bash, zsh, or fish.", False),
)
COMMANDS = {command.name: command for command in _ALL}
"""By name, in the order of the help."""
