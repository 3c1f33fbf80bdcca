"""The key bindings, used by the footer, the help and the palette."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Command:
    """An action on a screen.

    `footer` shows it in the footer; `anywhere` makes it work over dialogs too.
    """

    id: str
    name: str
    help: str
    key: str
    action: str
    footer: bool = True
    anywhere: bool = False

    def binding(self) -> Binding:
        return Binding(self.key, self.action, self.name, show=self.footer, tooltip=self.help, id=self.id, priority=self.anywhere)


def bindings(*commands: Command) -> list[BindingType]:
    """Build a screen's bindings."""
    return [command.binding() for command in commands]


BACK = Command("back", "Back", "Go back; asks first if something isn't saved", "escape", "back")
WHERE = Command("where", "Where", "The way to this page in Seller Center and the Seller app", "w", "where")
HELP = Command("help", "Help", "The keys that work here, and the guide to this page", "question_mark", "help")
DESK = Command("desk", "Desk", "Play TikTok's side and move the clock (practice)", "d,f8", "desk")
QUIT = Command("quit", "Quit", "Leave shoplink", "ctrl+q", "app.quit")
ASK_TO_QUIT = Command("ask-to-quit", "Quit…", "Ask, then leave shoplink", "q", "ask_to_quit", footer=False)
PALETTE = Command(
    "palette", "Search", "Find a page, a shop, an account, a rule, or a command", "colon", "app.command_palette", footer=False
)
THEME = Command("theme", "Light or dark", "Switch between the light and dark themes", "f2", "app.next_theme", footer=False)
UNLINK = Command("unlink", "Unlink", "What unlinking changes, and how to do it", "u", "unlink")
NO_UNLINK = Command("no-unlink", "About unlinking", "Why this account can't be unlinked", "u", "why_no_unlink")
CANCEL_REQUEST = Command("cancel-request", "Cancel", "Cancel the open request or invitation", "x", "cancel_request")
COPY = Command("copy", "Copy", "Copy the link that the account's holder opens", "c", "copy")
SUBMIT = Command("submit", "Link", "Send the authorized request to TikTok's review", "l", "submit")
JOINED = Command("joined", "Accepted", "Record that the invited person accepted", "a", "answer('accept')")
NOT_JOINED = Command("not-joined", "Expired", "Record that the invitation expired", "e", "answer('expire')")
UNDO = Command("undo", "Undo", "Undo what you recorded last; shows first what it restores", "z", "undo")
ACCEPTED = Command("accepted", "Accepted", "Record that the account's holder accepted", "a", "next_step('authorize')")
DECLINED = Command("declined", "Declined", "Record that the account's holder declined", "n", "next_step('decline')")
EXPIRED = Command("expired", "Expired", "Record that the holder didn't answer in time", "e", "next_step('expire')")
SENT = Command("sent", "Sent to review", "Record that you tapped Link and TikTok is reviewing", "l", "next_step('submit')")
APPROVED = Command("approved", "Approved", "Record that TikTok approved the request", "y", "next_step('approve')")
REJECTED = Command("rejected", "Rejected", "Record that TikTok rejected the request, with its reason", "r", "next_step('reject')")
WITHDRAWN = Command("withdrawn", "Withdrawn", "Record that TikTok withdrew it", "t", "next_step('withdraw')", False)
ENDED = Command("ended", "Ended by TikTok", "Record that TikTok ended the link; this uses no unlink", "t", "next_step('end')")
ALREADY_LINKED = Command("already-linked", "Already linked", "Record an account that is or was linked", "p", "already_linked")
ADD = Command("add", "Add", "Add a shop to this workspace", "a", "add")
ADD_ACCOUNT = Command("add-account", "Add", "Add an account to this workspace", "a", "add_account")
EDIT_FACTS = Command("edit-facts", "Facts", "Enter or correct the account's facts", "e", "edit_facts")
USERNAME_CHANGED = Command("username-changed", "Username", "Record that the username changed in TikTok", "n", "username_changed")
IMPORT = Command("import", "Import", "Import a file that shoplink exported, or a CSV sheet", "i", "import_file")
FILTER = Command("filter", "Find", "Show only the rows that match what you type", "slash", "filter")
OFFICIAL_TAB = Command(
    "official", "Official Account", "The account that represents the shop on TikTok", "1", "tab('official')", footer=False
)
MARKETING_TAB = Command(
    "marketing", "Marketing Accounts", "The accounts that sell for the shop", "2", "tab('marketing')", footer=False
)
LINK_MARKETING = Command("link-marketing", "Link account", "Link a marketing account by its username", "l", "link_marketing")
OPEN_RULES = Command("rules", "Rules", "Every rule, and whether this shop meets it", "f6", "open('rules')", footer=False)
BY_STATE = Command("by-state", "State", "Show only shops in one state", "s", "facet('state')", footer=False)
BY_REGION = Command("by-region", "Region", "Show only shops of one region", "r", "facet('region')", footer=False)
BY_ORDER = Command("by-order", "Order", "Sort by name or by what is due first", "o", "facet('order')", footer=False)
BY_TYPE = Command("by-type", "Type", "Show one type only", "t", "facet('type')", footer=False)
BY_RESULT = Command("by-result", "Result", "Show only rules with one result", "s", "facet('result')", footer=False)
EXPORT = Command("export", "Export", "Save this list as a file", "e", "export")
EVERY_SHOP = Command("every-shop", "Shops", "This shop only, or every shop of the workspace", "v", "facet('shops')", footer=False)
RENAME = Command("rename", "Rename", "Rename the shop; shows first what else changes", "r", "rename")
INVITE = Command("invite", "Invite", "Invite someone to the organization account", "i", "invite")
RECORD_INVITE = Command(
    "record-invite", "Record invite", "Record that you invited someone to the organization account", "i", "record_invite"
)
CHANGE_ROLE = Command("role", "Role", "Make the selected member an admin or operator", "r", "role", footer=False)
REMOVE_MEMBER = Command("remove", "Remove", "Remove the selected member", "x", "remove")
ALSO_REMOVED = Command(
    "also-removed",
    "Also removed",
    "Note that you removed the member's role in Seller Center too",
    "s",
    "also_removed",
)
CONTENT_FACE = Command("face", "Switch view", "Switch between the Shop Page and the content view", "f", "face")

HOLDER_ACCEPTS = Command("desk-accept", "Holder accepts", "The account's holder authorizes the link", "a", "act('accept')")
HOLDER_DECLINES = Command("desk-decline", "Holder declines", "The account's holder declines the link", "n", "act('decline')")
REVIEWER_APPROVES = Command("desk-approve", "Approve", "TikTok approves the request", "y", "act('approve')")
REVIEWER_REJECTS = Command("desk-reject", "Reject…", "TikTok rejects the request, with a reason", "r", "ask('reason')")
REVIEWER_CLEARS = Command(
    "desk-allow", "Approve anyway", "TikTok lifts a suspension or verifies the identity, then approves", "f", "act('allow')"
)
REQUEST_WITHDRAWN = Command("desk-withdraw", "Withdraw", "TikTok withdraws the request or invitation", "i", "act('withdraw')")
LINK_ENDED = Command("desk-end", "End the link", "TikTok ends the link; this uses no unlink", "e", "act('end link')")
SUSPEND = Command("desk-suspend", "Suspend…", "TikTok suspends an account", "u", "ask('suspend')")
REINSTATE = Command("desk-reinstate", "Reinstate…", "TikTok lifts an account's suspension", "k", "ask('reinstate')")
VERIFY = Command("desk-verify", "Verify…", "TikTok verifies an account's identity", "v", "ask('verify')")
REGION = Command("desk-region", "Region…", "Change an account's region", "l", "ask('region')")
USERNAME = Command("desk-username", "Username…", "An account's holder changes its username", "w", "ask('username')")
ACCOUNT_ADDED = Command("desk-account", "New account…", "Add a new account", "b", "ask('add account')")
TOUR_NEXT = Command("tour-next", "Next step", "Show the audience the next step of the tour", "right", "tour('right')")
TOUR_BACK = Command("tour-back", "Step back", "Go back one step of the tour", "left", "tour('left')")
TOUR_PAUSE = Command("tour-pause", "Pause / resume", "Pause the tour, or resume it", "space", "tour('space')")
TOUR_START = Command("tour-start", "From the start", "Play the tour from the start", "home", "tour('home')")
AUDIENCE_PLACE = Command("audience-place", "Show a page…", "Open a page on the audience's screen", "j", "audience_place")
CLOCK_HOUR = Command("desk-hour", "+1 h", "Move the clock forward by an hour", "h", "act('advance 1h')")
CLOCK_DAY = Command("desk-day", "+24 h", "Move the clock forward by 24 hours", "t", "act('advance 24h')")
CLOCK_DUE = Command("desk-due", "To what is due", "Move the clock to what is due next", "g", "act('advance to due')")
START_OVER = Command("desk-restart", "Start over", "Start over; you lose everything you did so far", "s", "ask('restart')")
MEMBER_ACCEPTS = Command("desk-member", "Invited member accepts", "The invited person accepts", "m", "act('member accepts')")
PRODUCT_ADDED = Command("desk-add-product", "Product added", "The seller adds a product", "p", "act('add product')")
PRODUCT_SWITCHED = Command(
    "desk-switch-product",
    "Product off / on",
    "The seller switches the newest product off, or on again",
    "o",
    "act('switch product')",
)
PRODUCT_DELETED = Command(
    "desk-delete-product", "Product deleted", "The seller deletes the newest product", "x", "act('delete product')"
)
CLOCK_ANY = Command("desk-by", "Move by…", "Move the clock forward by any time, such as 90m, 24h, or 2d", "c", "ask('advance')")
SCENARIOS = Command(
    "scenarios", "Scenarios and tours", "Start a scenario or play a tour (practice)", "f9", "app.scenarios", False, True
)
SAVE_PICTURE = Command(
    "save-picture", "Save picture", "Save this screen as a picture (SVG)", "f4", "app.save_picture", False, True
)
SAVE_TEXT = Command("save-text", "Save text", "Save this screen as plain text", "f5", "app.save_text", False, True)
WHOLE_CONTACTS = Command(
    "whole-contacts", "Contacts", "Show contacts in full, or mask them (your own record)", "c", "whole_contacts"
)
EVIDENCE = Command(
    "evidence", "Evidence…", "Save facts and history for an appeal or a ticket", "ctrl+e", "evidence", footer=False
)
TICKET = Command("ticket", "Facts for a ticket", "Copy the link's facts, contacts masked", "f7", "ticket", footer=False)

EVERYWHERE = (BACK, WHERE, DESK, HELP, OPEN_RULES, TICKET, UNDO, PALETTE, ASK_TO_QUIT)
"""The commands of every place."""
