"""The answers of the rules about links of both roles, and about marketing accounts."""

from dataclasses import replace

from core.models import AccountKind, Probation, Role
from tests.core.answers.case import (
    ASKED_FOR,
    BEFORE,
    BLOCKED,
    IN_REVIEW,
    NOBODY,
    NOTICE,
    OFFICIAL,
    PASS,
    UNKNOWN,
    WAIT,
    Case,
    given,
)
from tests.core.situations import ACCOUNT, FITS, account, link, linked_before, marketing, shop
from tests.support import BIRCH, DAY, LUMEN, MS, NOW

NEW = link("lnk-9", role=Role.MARKETING, linked_at=NOW - DAY)
LINKED = given(shop_links=OFFICIAL)
COUNTED = "Unlinks are counted for the official account only."
GUIDE = "Source: copies of an older linking guide, 2022 and 2024."
BOTH = (
    "During probation, one source allows no marketing account and another allows one. "
    "Source: copies of “TikTok Shop Marketing Accounts” and others."
)
INDONESIA = (
    "Sources disagree; see Official vs. Marketing Account: Which One is Right for You? (Seller University Indonesia), 2025-10-03."
)
COPIES = "Source: copies of the GB and cross-border guides, 2022 and 2024."
OWN = replace(account(kind=AccountKind.ORGANIZATION, entity=LUMEN), owner="sel-1")
"""The seller's own organization account."""
OTHERS = account(kind=AccountKind.ORGANIZATION, entity=LUMEN)
"""An organization account of the same legal entity that is not known to be the seller's."""


def frequency(count: int) -> str:
    return f"Linked {count} of 10 times in 180 days."


ANSWERS = {
    "link.one-role-per-shop": [
        Case("request submit accept approve", FITS, PASS, "The account has no other role at this shop."),
        Case("request", given(account_links=(link(shop="shp-2"),)), PASS, "The account has no other role at this shop."),
        Case(
            "request submit accept approve",
            given(account_links=OFFICIAL),
            BLOCKED,
            "The account is the official account of this shop already.",
        ),
        Case(
            "request",
            given(account_links=ASKED_FOR),
            BLOCKED,
            "The account is requested as the official account of this shop already.",
        ),
        Case("request", given(account_links=marketing(1)), BLOCKED, "The account is a marketing account of this shop."),
    ],
    "marketing.unlink-wait": [
        Case("always", given(shop_links=marketing(1, state=IN_REVIEW)), PASS, "Nothing is linked, so there is no wait."),
        Case("always", LINKED, PASS, "Nothing is linked, so there is no wait."),
        Case("unlink", given(shop_links=(*marketing(1), NEW), link=NEW), PASS, "The wait after linking is over."),
        Case("always", given(shop_links=(*marketing(1), NEW), link=NEW), WAIT, "Unlinking is possible in 24 h.", NOW + DAY),
        Case(
            "unlink",
            given(shop_links=(*marketing(1), NEW), link=marketing(1)[0]),
            WAIT,
            "Unlinking is possible in 24 h.",
            NOW + DAY,
        ),
        Case("always", shop(region="ID", links=marketing(1)), WAIT, "Unlinking is possible in 48 h.", NOW + 2 * DAY),
        Case(
            "always",
            shop(region="ID", links=marketing(1, linked_at=BEFORE - DAY)),
            PASS,
            "The wait after linking is over.",
            now=BEFORE,
        ),
        Case("always", shop(region="VN", links=(NEW,)), PASS, "The wait after linking is over."),
    ],
    "link.agreement": [
        Case("request", FITS, PASS, "The agreement is accepted."),
        Case("request", given(agreement=False), BLOCKED, "The agreement is not accepted."),
        Case("request", given(agreement=None), NOTICE, "You will be asked to read and accept the agreement."),
    ],
    "link.authorization": [
        Case("request", FITS, NOTICE, f"The holder has 48 hours to accept in TikTok. {GUIDE}"),
        Case("request", OTHERS, NOTICE, f"The holder has 48 hours to accept in TikTok. {GUIDE}"),
        Case(
            "request",
            OWN,
            NOTICE,
            "Linked at once: your own organization account needs no authorization. One summary on TikTok's page asks for it. "
            "Sources disagree; see Official Account Rights and Rules Upgrade (US Seller University).",
        ),
        Case(
            "request",
            replace(OWN, newer=frozenset({"kind"})),
            NOTICE,
            f"The holder has 48 hours to accept in TikTok. {GUIDE}",
        ),
        Case(
            "request",
            replace(OWN, role=Role.MARKETING),
            NOTICE,
            f"The holder has 48 hours to accept in TikTok. {GUIDE}",
        ),
        Case("accept", given(link=link(authorize_by=NOW + MS)), PASS, "The account's holder accepts in time."),
        Case("accept", given(link=link(authorize_by=NOW)), NOTICE, f"The 48 hours to accept were over. {GUIDE}"),
        Case("submit", given(link=link(authorized_at=NOW)), PASS, "The account's holder has authorized the link."),
        Case("submit", FITS, BLOCKED, "The account's holder has not authorized the link."),
        Case("submit", given(link=link()), BLOCKED, "The account's holder has not authorized the link."),
    ],
    "link.review": [
        Case("request", FITS, NOTICE, "Then TikTok reviews it. TikTok doesn't say how long that takes."),
        Case("request", OTHERS, NOTICE, "Then TikTok reviews it. TikTok doesn't say how long that takes."),
        Case("request", OWN, NOTICE, "No review: it is your own organization account."),
        Case(
            "request",
            replace(account(kind=AccountKind.ORGANIZATION, entity=BIRCH), owner="sel-1"),
            NOTICE,
            "Then TikTok reviews it. TikTok doesn't say how long that takes.",
        ),
        Case("approve", given(link=link(state=IN_REVIEW)), PASS, "The request is in review."),
        Case("approve", given(link=link()), BLOCKED, "The request is not in review."),
        Case("approve", FITS, BLOCKED, "The request is not in review."),
    ],
    "marketing.limit": [
        Case("request accept always", LINKED, PASS, "0 of 4 slots are taken."),
        Case("request accept always", given(shop_links=marketing(3)), PASS, "3 of 4 slots are taken."),
        Case("request accept", given(shop_links=marketing(4)), BLOCKED, "All 4 slots are taken."),
        Case("request accept", given(shop_links=marketing(5)), BLOCKED, "All 4 slots are taken."),
        Case("accept", given(shop_links=marketing(4), link=marketing(4)[3]), PASS, "3 of 4 slots are taken."),
        Case("always", given(shop_links=marketing(4)), PASS, "4 of 4 slots are taken."),
        Case("always", given(shop_links=marketing(6)), BLOCKED, "6 marketing accounts are linked; the shop has 4 slots."),
        Case("always", given(shop_links=marketing(6), link=marketing(6)[3]), PASS, "6 of 4 slots are taken."),
        Case(
            "always",
            given(shop_links=marketing(5), link=marketing(5)[4]),
            BLOCKED,
            "5 marketing accounts are linked; the shop has 4 slots.",
        ),
        Case(
            "unlink",
            LINKED,
            NOTICE,
            f"The account no longer sells for this shop, and its slot is free. {COUNTED}",
        ),
    ],
    "marketing.link-frequency": [
        Case("request accept", given(marketing_times=linked_before(9)), PASS, frequency(9)),
        Case("request accept", given(marketing_times=(NOW - 180 * DAY, *linked_before(9))), PASS, frequency(9)),
        Case(
            "request accept",
            given(marketing_times=(NOW - 180 * DAY + MS, *linked_before(9))),
            WAIT,
            f"{frequency(10)} The next is possible in less than a minute.",
            NOW + MS,
        ),
        Case(
            "request accept",
            given(marketing_times=linked_before(11)),
            WAIT,
            f"{frequency(11)} The next is possible in 170 d.",
            NOW + 170 * DAY,
        ),
        Case(
            "request accept",
            replace(shop(region="ID"), marketing_times=linked_before(10)),
            NOTICE,
            f"{frequency(10)} The next is possible in 170 d. {INDONESIA}",
            NOW + 170 * DAY,
        ),
    ],
    "marketing.no-probation": [
        Case("request accept always", FITS, NOTICE, f"Probation: not entered. {BOTH}"),
        Case(
            "request accept always",
            shop(probation=Probation.ACTIVE, probation_until=NOW),
            PASS,
            "The shop's probation period is over.",
        ),
        Case(
            "request accept always",
            shop(probation=Probation.ACTIVE, probation_until=NOW + 3 * DAY),
            NOTICE,
            f"The shop is in its probation period. It ends in 3 d. {BOTH}",
            NOW + 3 * DAY,
        ),
    ],
    "marketing.region-match": [
        Case("request accept", FITS, PASS, "Same region: US."),
        Case("request accept", account(region="GB"), BLOCKED, "The account's region is GB; the shop's is US."),
        Case("request accept", account(region=None), UNKNOWN, "Region: not entered."),
        Case("request accept", NOBODY, UNKNOWN, "Region: not entered."),
        Case("request accept", replace(shop(region="ID"), account=replace(ACCOUNT, region="ID")), PASS, "Same region: ID."),
        Case(
            "request accept",
            shop(region="ID"),
            NOTICE,
            f"The account's region is US; the shop's is ID. The page for Indonesia names no region. {INDONESIA}",
        ),
        Case(
            "request accept",
            replace(shop(region="ID"), account=None),
            NOTICE,
            f"Region: not entered. The page for Indonesia names no region. {INDONESIA}",
        ),
    ],
    "marketing.one-shop": [
        Case("request accept", FITS, PASS, "Not another shop's marketing account in this record."),
        Case("request accept", given(account_links=marketing(1)), PASS, "Not another shop's marketing account in this record."),
        Case(
            "request accept",
            given(account_links=(link(shop="shp-2"),)),
            PASS,
            "Not another shop's marketing account in this record.",
        ),
        Case(
            "request accept",
            given(account_links=marketing(1, shop="shp-2")),
            NOTICE,
            f"The account is a marketing account of another shop. Expect TikTok to allow one shop at a time. {COPIES}",
        ),
        Case(
            "request accept",
            given(account_links=marketing(1, shop="shp-2", state=IN_REVIEW)),
            NOTICE,
            "The account is invited as a marketing account by another shop. Expect TikTok to allow one shop at a time. " + COPIES,
        ),
    ],
    "link.who": [
        Case("request create unlink", FITS, PASS, "No page limits this to the shop's owner in this market."),
        Case(
            "request create unlink",
            shop(region="TH"),
            NOTICE,
            "Only the shop's owner can change linked accounts in Seller Center. Ask the owner to do it.",
        ),
    ],
}
