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


BACK = Command("back", "Back", "One step back; asks before it forgets what was typed", "escape", "back")
WHERE = Command("where", "Where", "The way to this place in Seller Center and the Seller app", "w", "where")
HELP = Command("help", "Help", "The keys that work here, and the guide for this place", "question_mark", "help")
DESK = Command("desk", "Desk", "Play TikTok's side and move the clock (practice)", "d,f8", "desk")
QUIT = Command("quit", "Quit", "Leave shoplink", "ctrl+q", "app.quit")
ASK_TO_QUIT = Command("ask-to-quit", "Quit…", "Ask, then leave shoplink", "q", "ask_to_quit", footer=False)
PALETTE = Command(
    "palette", "Search", "Find a place, a shop, an account, a rule or a command", "colon", "app.command_palette", footer=False
)
THEME = Command("theme", "Light or dark", "Change between the two themes", "f2", "app.next_theme", footer=False)
UNLINK = Command("unlink", "Unlink", "What unlinking would do, and the way to do it", "u", "unlink")
CANCEL_REQUEST = Command("cancel-request", "Cancel", "Take back the request that is open", "x", "cancel_request")
COPY = Command("copy", "Copy", "Copy the link that the account's holder opens", "c", "copy")
SUBMIT = Command("submit", "Send to review", "Send the authorized request to TikTok's review", "l", "submit")
JOINED = Command("joined", "Accepted", "Record that the invited person accepted", "a", "answer('accept')")
NOT_JOINED = Command("not-joined", "Expired", "Record that the invitation expired", "e", "answer('expire')")
UNDO = Command("undo", "Undo", "Undo what was recorded last; what it restores is shown first", "z", "undo")
ACCEPTED = Command("accepted", "Accepted", "Record that the account's holder accepted", "a", "next_step('authorize')")
DECLINED = Command("declined", "Declined", "Record that the account's holder declined", "n", "next_step('decline')")
EXPIRED = Command("expired", "Expired", "Record that nobody answered in time", "e", "next_step('expire')")
SENT = Command("sent", "Sent to review", "Record that Link was pressed and the request is in review", "l", "next_step('submit')")
APPROVED = Command("approved", "Approved", "Record that TikTok approved the request", "y", "next_step('approve')")
REJECTED = Command("rejected", "Rejected", "Record that TikTok rejected the request, with its reason", "r", "next_step('reject')")
WITHDRAWN = Command("withdrawn", "Withdrawn", "Record that TikTok withdrew the request", "t", "next_step('withdraw')", False)
ENDED = Command("ended", "Ended by TikTok", "Record that TikTok ended the link: no unlink of yours", "t", "next_step('end')")
ALREADY_LINKED = Command("already-linked", "Already linked", "Record an account that is or was linked", "p", "already_linked")
ADD = Command("add", "Add", "Add a shop to this workspace", "a", "add")
ADD_ACCOUNT = Command("add-account", "Add", "Enter an account that is not here yet", "a", "add_account")
EDIT_FACTS = Command("edit-facts", "Facts", "Enter or correct the account's facts", "e", "edit_facts")
USERNAME_CHANGED = Command("username-changed", "Username", "The account's username changed in TikTok", "n", "username_changed")
IMPORT = Command("import", "Import", "Import a file: an export, or a CSV sheet", "i", "import_file")
FILTER = Command("filter", "Find", "Show only what holds what you type", "slash", "filter")
OFFICIAL_TAB = Command("official", "Official Account", "The shop's own face on TikTok", "1", "tab('official')", footer=False)
MARKETING_TAB = Command(
    "marketing", "Marketing Accounts", "The accounts that sell for the shop", "2", "tab('marketing')", footer=False
)
LINK_MARKETING = Command("link-marketing", "Link an account", "Link a marketing account by its username", "l", "link_marketing")
OPEN_RULES = Command("rules", "Rules", "Every rule, with how this shop stands", "f6", "open('rules')", footer=False)
BY_STATE = Command("by-state", "State", "Show only shops in one state", "s", "facet('state')")
BY_REGION = Command("by-region", "Region", "Show only shops of one region", "r", "facet('region')", footer=False)
BY_ORDER = Command("by-order", "Order", "By name, or what is due first", "o", "facet('order')", footer=False)
BY_KIND = Command("by-kind", "Kind", "Show only one kind", "t", "facet('kind')")
BY_STANDING = Command("by-standing", "Standing", "Show only rules that stop or wait", "s", "facet('standing')")
EXPORT = Command("export", "Export", "Write this list to a file", "e", "export")
EVERY_SHOP = Command("every-shop", "Shops", "This shop only, or every shop of the workspace", "v", "facet('shops')")
RENAME = Command("rename", "Rename", "Give the shop another name, its effect shown first", "r", "rename")
INVITE = Command("invite", "Invite", "Invite somebody into the organization account", "i", "invite")
CHANGE_ROLE = Command("role", "Role", "Make the member under the cursor admin or operator", "r", "role")
REMOVE_MEMBER = Command("remove", "Remove", "Take the member under the cursor out", "x", "remove")
ALSO_REMOVED = Command(
    "also-removed",
    "Also removed",
    "Note that the removed member's role in Seller Center was taken away too",
    "s",
    "also_removed",
)
CONTENT_FACE = Command("face", "Switch view", "Shop Page or content", "f", "face")
REFRESH_AVATAR = Command("avatar", "Another picture", "Another avatar made from the username", "f3", "avatar", footer=False)

HOLDER_ACCEPTS = Command("desk-accept", "Holder accepts", "The account's holder authorizes the link", "a", "act('accept')")
HOLDER_DECLINES = Command("desk-decline", "Holder declines", "The account's holder says no", "n", "act('decline')")
REVIEWER_APPROVES = Command("desk-approve", "Approve", "TikTok's review approves", "y", "act('approve')")
REVIEWER_REJECTS = Command("desk-reject", "Reject…", "TikTok's review rejects, with a reason", "r", "ask('reason')")
CLOCK_HOUR = Command("desk-hour", "+1 h", "Move the clock forward by an hour", "h", "act('advance 1h')")
CLOCK_DAY = Command("desk-day", "+24 h", "Move the clock forward by 24 hours", "t", "act('advance 24h')")
CLOCK_DUE = Command("desk-due", "To what is due", "Move the clock to the next thing that is due", "g", "act('advance to due')")
START_OVER = Command("desk-restart", "Start over", "The scenario from its start, all since is gone", "s", "ask('restart')")
MEMBER_ACCEPTS = Command("desk-member", "Invited member accepts", "The invited person accepts", "m", "act('member accepts')")
PRODUCT_ADDED = Command("desk-add-product", "Product added", "The seller adds a product", "p", "act('add product')")
PRODUCT_SWITCHED = Command(
    "desk-switch-product", "Product off / on", "The newest product is switched off, or on again", "o", "act('switch product')"
)
PRODUCT_DELETED = Command("desk-delete-product", "Product deleted", "The newest product is deleted", "x", "act('delete product')")
CLOCK_ANY = Command("desk-by", "By…", "Move the clock forward by any span: 90m, 24h, 2d", "c", "ask('span')")
SCENARIOS = Command(
    "scenarios", "Scenarios and tours", "Start a scenario or play a tour (practice)", "f9", "app.scenarios", False, True
)
SAVE_PICTURE = Command("save-picture", "Save picture", "The screen as a picture (SVG)", "f4", "app.save_picture", False, True)
SAVE_TEXT = Command("save-text", "Save text", "The screen as plain text", "f5", "app.save_text", False, True)
WHOLE_CONTACTS = Command(
    "whole-contacts", "Contacts", "Show contacts in full, or masked again (your own record)", "c", "whole_contacts"
)
TICKET = Command("ticket", "Facts for a ticket", "Copy the link's facts, contacts masked", "f7", "ticket", footer=False)
