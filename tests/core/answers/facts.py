"""Every limit of the policy as the pages have it: what the file has to say, in which market and from which day."""

from typing import NamedTuple

from core.policy import Value

SEED = "Official Account Rights and Rules Upgrade (US Seller University)"
US = "Linking Your Official TikTok Shop Account (US Seller University)"
INDONESIA = "Official vs. Marketing Account: Which One is Right for You? (Seller University Indonesia), 2025-10-03"
NAMES = "Shop Name Guidelines (Seller University Vietnam, Indonesia, Thailand), 2025-06"
NAMES_ELSEWHERE = "pages outside Vietnam, Indonesia and Thailand"
ORGANIZATIONS = "Organization account pages (TikTok for Business help), 2026-01"
CREATED = "How to create an Organization Account in Seller Center, 2024-12"
UPDATED = "About updating a personal or business account to an organization account (TikTok for Business help), 2025-04"
USERNAME = "Changing your username (TikTok support)"
LENGTH = "the common reading; TikTok's page gives no length"
NICKNAME = "Changing your nickname (TikTok support)"
GUIDE = "TikTok Shop Marketing Accounts (guide)"
NEVER = ("best", "TikTok", "Flagship", "Authorised")


class Fact(NamedTuple):
    """One version of one value. `markets` and `since` are empty where it holds in all and from the first day."""

    rule: str
    name: str
    value: Value
    certainty: str
    source: str
    markets: str = ""
    since: str = ""


FACTS = (
    Fact("official.name-match", "nickname_days", 7, "published", NICKNAME),
    Fact("official.name-length", "nickname_max_length", 30, "published", NICKNAME),
    Fact("official.unlink-wait", "wait_hours", 24, "seed", SEED),
    Fact("official.unlink-wait", "wait_hours", 48, "published", INDONESIA, "ID", "2025-10-03"),
    Fact("official.unlink-limit", "unlinks", 3, "seed", SEED),
    Fact("link.authorization", "answer_hours", 48, "reported", "copies of an older linking guide, 2022 and 2024"),
    Fact("link.who", "owner_only", False, "published", "Access Management (Seller University Thailand)"),
    Fact("link.who", "owner_only", True, "published", "Access Management (Seller University Thailand)", "TH"),
    Fact("account.verified", "required", False, "reported", US),
    Fact("account.verified", "required", True, "published", US, "US"),
    Fact("account.username-format", "min_length", 2, "reported", LENGTH),
    Fact("account.username-format", "max_length", 24, "reported", LENGTH),
    Fact("account.username-change", "change_days", 30, "published", USERNAME),
    Fact("shop.name", "never", NEVER, "reported", NAMES_ELSEWHERE),
    Fact("shop.name", "never", NEVER, "published", NAMES, "VN ID TH"),
    Fact("shop.name", "owners_only", ("Official",), "reported", NAMES_ELSEWHERE),
    Fact("shop.name", "owners_only", ("Official",), "published", NAMES, "VN ID TH"),
    Fact("shop.name", "max_length", 120, "reported", NAMES_ELSEWHERE),
    Fact("org.no-conversion", "trial_days", 15, "published", UPDATED),
    Fact("org.availability", "named", False, "published", CREATED),
    Fact("org.availability", "named", True, "published", CREATED, "US GB"),
    Fact("org.members", "invitation_hours", 24, "published", ORGANIZATIONS),
    Fact("org.members", "admins_at_least", 1, "published", ORGANIZATIONS),
    Fact("marketing.limit", "accounts", 4, "seed", SEED),
    Fact("marketing.region-match", "required", True, "published", US),
    Fact("marketing.region-match", "required", False, "disputed", INDONESIA, "ID"),
    Fact("marketing.unlink-wait", "wait_hours", 24, "published", GUIDE),
    Fact("marketing.unlink-wait", "wait_hours", 48, "published", INDONESIA, "ID", "2025-10-03"),
    Fact("marketing.link-frequency", "links", 10, "published", US),
    Fact("marketing.link-frequency", "links", 10, "disputed", INDONESIA, "ID"),
    Fact("marketing.link-frequency", "window_days", 180, "published", US),
)

RULES = {
    "seed": "official.one-per-shop official.name-match official.region-match official.unlink-wait official.unlink-limit "
    "official.own-products-only official.shop-page-sync link.one-role-per-shop link.agreement link.authorization link.review "
    "org.same-entity org.one-seller org.no-conversion marketing.limit",
    "published": "official.one-shop official.name-length link.who account.verified account.business-upgrade "
    "account.username-format account.username-change shop.name org.availability org.members marketing.region-match "
    "marketing.unlink-wait marketing.link-frequency",
    "reported": "account.good-standing marketing.one-shop marketing.no-probation",
}
"""How sure each rule itself is."""

OTHERS = (
    ("official.name-match", "", "published", "once in 7 days"),
    ("official.unlink-wait", "VN", "reported", "90 days"),
    ("official.unlink-limit", "", "disputed", "per organization account"),
    ("official.own-products-only", "", "disputed", "first table"),
    ("link.authorization", "", "disputed", "shows no authorization"),
    ("link.review", "", "published", "linked at once, without a review"),
    ("account.verified", "", "published", "start the link, verify when TikTok asks, start the link again"),
    ("account.verified", "", "reported", "dropped"),
    ("account.business-upgrade", "", "reported", "unlink it first"),
    ("shop.name", "", "reported", "at most 40"),
    ("org.no-conversion", "", "published", "15 days on trial"),
    ("org.members", "", "published", "Taking the role away in Seller Center"),
    ("marketing.region-match", "ID", "disputed", "not specified"),
    ("marketing.link-frequency", "", "disputed", "10 times in 180 days under unlinking"),
    ("marketing.no-probation", "", "reported", "One marketing account can be linked during probation"),
    ("marketing.no-probation", "US", "published", "when its tasks are done"),
)
"""What other sources say: the rule, its market where it is of one, how sure, and some of its words."""
