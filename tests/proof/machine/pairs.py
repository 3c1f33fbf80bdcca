"""The outcomes that each rule of the catalogue can have: all of them have to occur."""

OUTCOMES = {
    "official.one-per-shop": "pass blocked",
    "official.one-shop": "pass blocked",
    "official.name-match": "pass notice blocked",
    "official.name-length": "pass notice",
    "official.region-match": "pass notice unknown blocked",
    "official.unlink-wait": "pass wait",
    "official.unlink-limit": "pass notice blocked",
    "official.own-products-only": "notice",
    "official.shop-page-sync": "pass notice",
    "link.one-role-per-shop": "pass blocked",
    "link.agreement": "pass notice blocked",
    "link.authorization": "pass notice blocked",
    "link.review": "pass notice blocked",
    "link.who": "pass",
    "shop.name": "notice",
    "account.verified": "pass notice unknown blocked",
    "account.good-standing": "pass notice unknown blocked",
    "account.business-upgrade": "pass notice",
    "account.username-format": "pass notice blocked",
    "org.same-entity": "pass notice unknown blocked",
    "org.one-seller": "pass notice unknown blocked",
    "org.no-conversion": "pass notice blocked",
    "org.members": "pass notice blocked",
    "org.availability": "pass",
    "marketing.limit": "pass notice blocked",
    "marketing.region-match": "pass notice unknown blocked",
    "marketing.unlink-wait": "pass wait",
    "marketing.link-frequency": "pass wait",
    "marketing.one-shop": "pass notice",
    "marketing.no-probation": "pass notice",
}
"""A rule about a fact answers with a notice when the fact is unknown and a person confirmed it. The shops are in the US and GB:
tests/core/answers asks what holds in other markets only."""

PAIRS = frozenset((rule, outcome) for rule, outcomes in OUTCOMES.items() for outcome in outcomes.split())

RARE = frozenset(
    {
        ("account.good-standing", "notice"),
        ("account.verified", "notice"),
        ("link.agreement", "blocked"),
        ("marketing.region-match", "notice"),
        ("official.name-match", "blocked"),
        ("org.no-conversion", "blocked"),
        ("org.one-seller", "notice"),
    }
)
"""Those that a few thousand steps may miss: the short form does not require them."""
