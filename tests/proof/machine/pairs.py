"""What has to occur: the outcomes that each rule of the catalog can have, and the ways in which each act can go."""

OUTCOMES = {
    "official.one-per-shop": "pass blocked",
    "official.one-shop": "pass blocked",
    "official.name-match": "pass notice unknown blocked",
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
    "account.username-change": "notice",
    "org.same-entity": "pass notice unknown blocked",
    "org.one-seller": "pass notice unknown blocked",
    "org.no-conversion": "pass notice blocked",
    "org.members": "pass notice",
    "org.availability": "pass",
    "marketing.limit": "pass notice blocked",
    "marketing.region-match": "pass notice unknown blocked",
    "marketing.unlink-wait": "pass wait",
    "marketing.link-frequency": "pass wait",
    "marketing.one-shop": "pass notice",
    "marketing.no-probation": "pass notice",
}
"""A rule about a fact answers with a notice when the fact is unknown and a person confirmed it. Who the members are is asked in
tests/core alone, and so is what holds in other markets than the US and GB."""

PAIRS = frozenset((rule, outcome) for rule, outcomes in OUTCOMES.items() for outcome in outcomes.split())

ALL, NEVER_AGAINST = "done undone against refused", "done undone refused"
ACTS = {
    "record": {
        **dict.fromkeys(
            ["link", "record_link", "create_org", "authorize", "decline", "expire", "submit", "approve", "reject", "unlink"], ALL
        ),
        **dict.fromkeys(["set_shop", "add_account", "convert_account"], ALL),
        **dict.fromkeys(["cancel", "add_shop", "rename_shop", "rename_account"], NEVER_AGAINST),
        "undo": "done refused",
    },
    "practice": {
        **dict.fromkeys(["record_link", "expire", "convert_account", "undo"], "refused"),
        **dict.fromkeys(
            ["link", "create_org", "authorize", "decline", "submit", "approve", "reject", "cancel", "unlink"], "done refused"
        ),
        **dict.fromkeys(["add_shop", "set_shop", "rename_shop", "add_account", "rename_account", "advance"], "done refused"),
    },
}
"""The commands that write down what happened and that a rule, or the model, has something to say about; members, products and
removals are in tests/core. Against a rule: what some rule answers."""

ACTED = frozenset((kind, act, way) for kind, acts in ACTS.items() for act, ways in acts.items() for way in ways.split())
SOON = frozenset(("record", act, "done") for act in ACTS["record"])
"""Those that the short form requires; and every way for some act."""
