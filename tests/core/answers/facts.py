"""Every limit of the policy as the pages have it: what the file has to say, in which market and from which day."""

from typing import NamedTuple

from core.policy import Value

SEED = "Official Account Rights and Rules Upgrade (US Seller University)"
US = "Linking Your Official TikTok Shop Account (US Seller University)"
INDONESIA = "Official vs. Marketing Account: Which One is Right for You? (Seller University Indonesia), 2025-10-03"
NAMES = "Shop Name Guidelines (Seller University Vietnam, Indonesia, Thailand), 2025-06"
NAMES_ELSEWHERE = "pages for other markets"
ORGANIZATIONS = "Organization account pages (TikTok for Business help), 2026-01"
CREATED = "How to create an Organization Account in Seller Center, 2024-12"
UPDATED = "About updating a personal or business account to an organization account (TikTok for Business help), 2025-04"
USERNAME = "Changing your username (TikTok support)"
LENGTH = "the common reading; TikTok's page gives no length"
NICKNAME = "Changing your nickname (TikTok support)"
GUIDE = "TikTok Shop Marketing Accounts (guide)"
OLDER_GUIDE = "copies of an older linking guide"
THAILAND = "Access Management (Seller University Thailand)"
PROBATION = "copies of “TikTok Shop Marketing Accounts” and others"
VERIFICATION = "How to Bind an Account When a Creator Is Prompted for Identity Verification"
TEAM_ACCESS = "How to Manage Team Access to Organization Account on TikTok Shop (Seller University), 2026-01"
NEVER = ("best", "TikTok", "Flagship", "Authorised")


class Fact(NamedTuple):
    """One version of one value. `markets` and the days are empty where it holds in all, from the first day on, for good."""

    rule: str
    name: str
    value: Value
    certainty: str
    source: str
    markets: str = ""
    since: str = ""
    until: str = ""


FACTS = (
    Fact("official.name-match", "nickname_days", 7, "published", NICKNAME),
    Fact("official.name-length", "nickname_max_length", 30, "published", NICKNAME),
    Fact("official.unlink-wait", "wait_hours", 24, "seed", SEED),
    Fact("official.unlink-wait", "wait_hours", 48, "published", INDONESIA, "ID", "2025-10-03"),
    Fact("official.unlink-limit", "unlinks", 3, "seed", SEED),
    Fact("link.authorization", "answer_hours", 48, "reported", f"{OLDER_GUIDE}, 2022 and 2024"),
    Fact("link.who", "owner_only", False, "published", THAILAND),
    Fact("link.who", "owner_only", True, "published", THAILAND, "TH"),
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

RULES = (
    (
        *("seed", SEED),
        "official.one-per-shop official.name-match official.region-match official.unlink-wait official.unlink-limit "
        "official.own-products-only official.shop-page-sync link.one-role-per-shop link.agreement link.authorization link.review "
        "org.same-entity org.one-seller org.no-conversion marketing.limit",
    ),
    (
        *("published", US),
        "official.one-shop account.verified account.business-upgrade marketing.region-match marketing.link-frequency",
    ),
    ("published", NICKNAME, "official.name-length"),
    ("published", USERNAME, "account.username-format account.username-change"),
    ("published", NAMES, "shop.name"),
    ("published", THAILAND, "link.who"),
    ("published", CREATED, "org.availability"),
    ("published", ORGANIZATIONS, "org.members"),
    ("published", GUIDE, "marketing.unlink-wait"),
    ("reported", OLDER_GUIDE, "account.good-standing"),
    ("reported", "copies of the GB and cross-border guides, 2022 and 2024", "marketing.one-shop"),
    ("reported", PROBATION, "marketing.no-probation"),
)
"""How sure each rule itself is, and the page that says so."""


class Other(NamedTuple):
    """What another source says beside a rule, and some of its words. `market` is empty where it is of none."""

    rule: str
    certainty: str
    source: str
    words: str
    market: str = ""


OTHERS = (
    Other("official.name-match", "published", NICKNAME, "once in 7 days"),
    Other("official.unlink-wait", "reported", "an older third-party page about Vietnam", "90 days", "VN"),
    Other("official.unlink-limit", "disputed", ORGANIZATIONS, "per organization account"),
    Other("official.own-products-only", "disputed", SEED, "first table"),
    Other("link.authorization", "disputed", SEED, "shows no authorization"),
    Other(
        "link.review",
        "published",
        "a TikTok page on linking an existing organization account, 2025-12",
        "linked at once, without a review",
    ),
    Other("account.verified", "published", VERIFICATION, "start the link, verify when TikTok asks, start the link again"),
    Other("account.verified", "reported", "an undated copy", "no longer asks"),
    Other("account.business-upgrade", "reported", "a copy of a TikTok page", "unlink it first"),
    Other("shop.name", "reported", NAMES_ELSEWHERE, "at most 40"),
    Other("org.no-conversion", "published", UPDATED, "15-day trial"),
    Other("org.members", "published", TEAM_ACCESS, "Removing the role in Seller Center"),
    Other("marketing.region-match", "disputed", INDONESIA, "doesn't specify a marketing account's region", "ID"),
    Other("marketing.link-frequency", "disputed", INDONESIA, "10 times in 180 days under unlinking"),
    Other("marketing.no-probation", "reported", PROBATION, "one marketing account during probation"),
    Other(
        "marketing.no-probation", "published", "Shop Probation Program (US Seller University)", "when its tasks are done", "US"
    ),
)
