"""What to do on the screens about each rule that stops a link: a button for each way."""

from textual.widgets import Button

from core.models import Link, Role

ACCOUNT = ("facts", "Correct facts…", "screen.correct_account")
SHOP = ("correct-shop", "Correct the shop…", "screen.open('correct_shop')")
INFORMATION = ("information", "Shop information", "screen.open('shop_information')")
CREATE = ("create", "Create an organization account…", "screen.open('create_organization')")
SLOTS = ("slots", "Marketing Accounts", "screen.open('linked_accounts.marketing')")
UNLINK = ("unlink", "Unlink…", "screen.unlink_official")
REQUEST = ("request", "See the request", "screen.open('linked_accounts.official')")

Remedy = tuple[str, str, str]
"""A button: its id, label and action."""

REMEDIES: dict[str, tuple[Remedy, ...]] = {
    "official.one-per-shop": (UNLINK,),
    "official.one-shop": (),
    "official.region-match": (ACCOUNT, SHOP),
    "marketing.region-match": (ACCOUNT, SHOP),
    "marketing.limit": (SLOTS,),
    "marketing.link-frequency": (),
    "marketing.one-shop": (),
    "marketing.no-probation": (INFORMATION,),
    "link.one-role-per-shop": (),
    "link.agreement": (),
    "account.verified": (ACCOUNT,),
    "account.good-standing": (ACCOUNT,),
    "account.username-format": (),
    "org.same-entity": (ACCOUNT, CREATE),
    "org.one-seller": (CREATE,),
}
"""By the rule that stops a request. The button to try another account is always there."""


def remedies(rules: list[str], official: Link | None, role: Role, *, record: bool) -> list[Button]:
    """Build a button for each remedy of these rules. `official`: the shop's open request or linked account."""
    found = dict.fromkeys(remedy for rule in rules for remedy in REMEDIES[rule])
    if not record:
        found.pop(SHOP, None)  # in practice a shop's region never changes
    if role == Role.MARKETING:
        found.pop(CREATE, None)
    buttons = []
    for remedy in found:
        id, label, action = REQUEST if remedy == UNLINK and official and official.is_open else remedy
        buttons.append(Button(label, id=id, action=action))
    return buttons
