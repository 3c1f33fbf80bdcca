"""The answers of the rules about links of both roles, and about marketing accounts."""

from core.models import Role
from tests.core.answers.case import ASKED_FOR, BLOCKED, IN_REVIEW, NOBODY, NOTICE, OFFICIAL, PASS, UNKNOWN, WAIT, Case, given
from tests.core.situations import FITS, account, link, linked_before, marketing, shop
from tests.support import DAY, MS, NOW

NEW = link("lnk-9", role=Role.MARKETING, linked_at=NOW - DAY)
LINKED = given(shop_links=OFFICIAL)


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
            "The account is the official account of this shop.",
        ),
        Case(
            "request", given(account_links=ASKED_FOR), BLOCKED, "The account is asked for as the official account of this shop."
        ),
        Case("request", given(account_links=marketing(1)), BLOCKED, "The account is a marketing account of this shop."),
    ],
    "marketing.unlink-wait": [
        Case("always", given(shop_links=marketing(1, state=IN_REVIEW)), PASS, "Nothing is linked, so nothing waits."),
        Case("always", LINKED, PASS, "Nothing is linked, so nothing waits."),
        Case("unlink", given(shop_links=(*marketing(1), NEW), link=NEW), PASS, "The wait after linking is over."),
        Case("always", given(shop_links=(*marketing(1), NEW), link=NEW), WAIT, "Possible in 24 h.", NOW + DAY),
        Case("unlink", given(shop_links=(*marketing(1), NEW), link=marketing(1)[0]), WAIT, "Possible in 24 h.", NOW + DAY),
    ],
    "link.agreement": [
        Case("request", FITS, PASS, "The agreement is accepted."),
        Case("request", given(agreement=False), BLOCKED, "The agreement is not accepted."),
        Case("request", given(agreement=None), NOTICE, "You will be asked to read and accept the agreement."),
    ],
    "link.authorization": [
        Case("request", FITS, NOTICE, "The account's holder has 48 hours to accept in TikTok."),
        Case("submit", given(link=link(authorized_at=NOW)), PASS, "The account's holder has authorized the link."),
        Case("submit", FITS, BLOCKED, "The account's holder has not authorized the link."),
        Case("submit", given(link=link()), BLOCKED, "The account's holder has not authorized the link."),
    ],
    "link.review": [
        Case("request", FITS, NOTICE, "The link stands only after TikTok's review approves it."),
        Case("approve", given(link=link(state=IN_REVIEW)), PASS, "The request is in review."),
        Case("approve", given(link=link()), BLOCKED, "The request is not in review."),
        Case("approve", FITS, BLOCKED, "The request is not in review."),
    ],
    "marketing.limit": [
        Case("request accept always", LINKED, PASS, "0 of 4 places are taken."),
        Case("request accept always", given(shop_links=marketing(3)), PASS, "3 of 4 places are taken."),
        Case("request accept", given(shop_links=marketing(4)), BLOCKED, "All 4 places are taken."),
        Case("request accept", given(shop_links=marketing(5)), BLOCKED, "All 4 places are taken."),
        Case("accept", given(shop_links=marketing(4), link=marketing(4)[3]), PASS, "3 of 4 places are taken."),
        Case("always", given(shop_links=marketing(4)), PASS, "4 of 4 places are taken."),
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
    ],
    "marketing.no-probation": [
        Case("request accept always", FITS, PASS, "The shop is not in a probation period."),
        Case("request accept always", shop(probation_until=NOW), PASS, "The shop is not in a probation period."),
        Case(
            "request accept always",
            shop(probation_until=NOW + 3 * DAY),
            WAIT,
            "The shop's probation period ends in 3 d.",
            NOW + 3 * DAY,
        ),
    ],
    "marketing.region-match": [
        Case("request accept", FITS, PASS, "Both are in US."),
        Case("request accept", account(region="GB"), BLOCKED, "The account's region is GB, the shop's is US."),
        Case("request accept", account(region=None), UNKNOWN, "Nobody has stated the account's region."),
        Case("request accept", NOBODY, UNKNOWN, "Nobody has stated the account's region."),
    ],
}
