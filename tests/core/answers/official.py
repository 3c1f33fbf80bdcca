"""The answers of the rules about a shop's official account."""

from dataclasses import replace

from core.models import AccountKind
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
from tests.core.situations import FITS, account, link, marketing, shop
from tests.support import DAY, MS, NOW

LONG = shop(name="L" * 31)
SAME_NAME = account(nickname="Lumen Candle Co.")
LINKED = given(shop_links=OFFICIAL)
ORGANIZATION = account(kind=AccountKind.ORGANIZATION)
FIRST = ", after a 24-hour wait."
LAST = "Unlinks are never restored. An official account linked later can never be unlinked."
OWN_PRODUCTS = "It sells your products only. Affiliate products need a marketing or creator account."
TOO_LONG = "The name has 31 characters; TikTok nicknames have at most 30. TikTok doesn't say what happens to longer ones."


def both(used: int) -> str:
    """What is added where the account's own count is another than the shop's."""
    return (
        " Counted per shop, as shoplink reads it. TikTok for Business counts per organization account: "
        f"{used} of 3 used by @lumen.candles."
    )


ANSWERS = {
    "official.one-per-shop": [
        Case("always", FITS, PASS, "No official account is linked."),
        Case("always", LINKED, PASS, "The official account is @other.one."),
        Case("request create submit approve", FITS, PASS, "The shop has no other official account."),
        Case("request", given(shop_links=marketing(1)), PASS, "The shop has no other official account."),
        Case("request create submit approve", LINKED, BLOCKED, "@other.one is the shop's official account."),
        Case(
            "request create submit approve",
            given(shop_links=ASKED_FOR),
            BLOCKED,
            "A request for @other.one is open and holds the slot.",
            remedy="requested",
        ),
        Case(
            "request create submit approve",
            replace(shop(OFFICIAL, unlinks_before=1), unlinks_used=2),
            BLOCKED,
            "@other.one is the shop's official account.",
            remedy="used_up",
        ),
    ],
    "official.one-shop": [
        Case("request submit approve", FITS, PASS, "Not another shop's official account in this record."),
        Case("request", given(account_links=OFFICIAL), PASS, "Not another shop's official account in this record."),
        Case(
            "request submit approve",
            given(account_links=(link(shop="shp-2"),)),
            BLOCKED,
            "The account is the official account of another shop.",
        ),
        Case(
            "request submit approve",
            given(account_links=(link(shop="shp-2", state=IN_REVIEW),)),
            BLOCKED,
            "The account is requested as the official account of another shop.",
            remedy="requested",
        ),
    ],
    "official.name-match": [
        Case("request approve", SAME_NAME, PASS, "Shop and account share a name."),
        Case("request approve", FITS, NOTICE, "Nickname: “Lumen” becomes “Lumen Candle Co.”"),
        Case("request approve", account(nickname=None), NOTICE, "Nickname becomes “Lumen Candle Co.”"),
        Case("request", NOBODY, NOTICE, "Nickname becomes “Lumen Candle Co.”"),
        Case(
            "unlink",
            LINKED,
            NOTICE,
            "The account keeps its name, but no longer follows the shop's.",
        ),
        Case(
            "unlink",
            replace(LINKED, newer=frozenset({"nickname"})),
            NOTICE,
            "The account keeps its name, but no longer follows the shop's. Its nickname was entered for a later time: check "
            "that it isn't the shop's.",
        ),
        Case("create", NOBODY, NOTICE, "Its nickname is the shop's name: “Lumen Candle Co.”"),
        Case(
            "rename",
            replace(LINKED, name="Lumen Lights"),
            NOTICE,
            "@other.one becomes “Lumen Lights” in the same step. A nickname can change once in 7 days; TikTok doesn't "
            "say whether this counts.",
        ),
        Case(
            "rename",
            replace(LINKED, name="Lumen Lights", newer=frozenset({"nickname"})),
            NOTICE,
            "@other.one keeps its nickname, which was entered for a later time.",
        ),
        Case("rename", given(name="Lumen Lights"), PASS, "No official account is linked, so no account is renamed."),
        Case("always", FITS, PASS, "No official account is linked."),
        Case("always", replace(SAME_NAME, shop_links=OFFICIAL), PASS, "Shop and account share a name."),
        Case("always", LINKED, BLOCKED, "The official account's nickname is “Lumen”; the shop's name is “Lumen Candle Co.”"),
    ],
    "official.name-length": [
        Case("request create submit approve rename always", shop(name="L" * 30), PASS, "The name uses 30 of 30 characters."),
        Case("request create submit approve always", LONG, NOTICE, TOO_LONG),
        Case("always", replace(LONG, shop_links=OFFICIAL), NOTICE, TOO_LONG),
        Case("rename", replace(LONG, name="Lumen"), PASS, "The name uses 5 of 30 characters."),
        Case("rename", replace(LINKED, name="L" * 31), NOTICE, TOO_LONG),
        Case("rename", given(name="L" * 31), NOTICE, TOO_LONG),
    ],
    "official.unlink-wait": [
        Case("unlink always", FITS, PASS, "Nothing is linked, so there is no wait."),
        Case("unlink always", given(shop_links=(link(linked_at=NOW - DAY),)), PASS, "The wait after linking is over."),
        Case(
            "unlink always",
            given(shop_links=(link(linked_at=NOW - DAY + MS),)),
            WAIT,
            "Unlinking is possible in less than a minute.",
            NOW + MS,
        ),
        Case("unlink always", LINKED, WAIT, "Unlinking is possible in 24 h.", NOW + DAY),
        Case("unlink always", shop(region="ID", links=OFFICIAL), WAIT, "Unlinking is possible in 48 h.", NOW + 2 * DAY),
        Case("unlink always", shop(region="ID", links=(link(linked_at=NOW - 2 * DAY),)), PASS, "The wait after linking is over."),
        Case(
            "unlink always",
            shop(region="ID", links=(link(linked_at=BEFORE - DAY),)),
            PASS,
            "The wait after linking is over.",
            now=BEFORE,
        ),
        Case("unlink always", shop(region="VN", links=OFFICIAL), WAIT, "Unlinking is possible in 24 h.", NOW + DAY),
        Case(
            "unlink always",
            shop(region="VN", links=(link(linked_at=NOW - DAY),)),
            NOTICE,
            "Expect to wait 90 days, 89 d more. Source: an older third-party page about Vietnam.",
            NOW + 89 * DAY,
        ),
        Case(
            "unlink always", shop(region="VN", links=(link(linked_at=NOW - 90 * DAY),)), PASS, "The wait after linking is over."
        ),
    ],
    "official.unlink-limit": [
        Case("request create", given(unlinks_used=2), NOTICE, f"Unlinking it later uses your last unlink{FIRST}"),
        Case(
            "request create",
            shop(unlinks_before=None),
            NOTICE,
            f"Unlinking it later uses 1 of at most 3 unlinks (earlier unlinks not entered){FIRST}",
        ),
        Case(
            "request create",
            replace(shop(unlinks_before=None), unlinks_used=2),
            NOTICE,
            f"Unlinking it later uses what may be your last unlink (earlier unlinks not entered){FIRST}",
        ),
        Case("request create", FITS, NOTICE, f"Unlinking it later uses 1 of your 3 unlinks{FIRST}"),
        Case(
            "request create",
            given(unlinks_used=3),
            NOTICE,
            "All 3 unlinks are used: an account linked now can never be unlinked.",
        ),
        Case("unlink", FITS, NOTICE, "This uses unlink 1 of 3: 2 will be left. Unlinks are never restored."),
        Case("unlink", given(unlinks_used=1), NOTICE, "This uses unlink 2 of 3: 1 will be left. Unlinks are never restored."),
        Case(
            "unlink",
            given(unlinks_used=2),
            NOTICE,
            f"This uses unlink 3 of 3: none will be left. {LAST}",
        ),
        Case("unlink", given(unlinks_used=3), BLOCKED, "This shop has used all 3 unlinks."),
        Case("unlink", given(unlinks_used=4), BLOCKED, "This shop has used all 3 unlinks."),
        Case("always", given(unlinks_used=1), PASS, "2 of 3 unlinks left."),
        Case("always", given(unlinks_used=2), PASS, "1 of 3 unlinks left."),
        Case("always", given(unlinks_used=3), NOTICE, "All 3 unlinks are used."),
        Case("always", replace(LINKED, unlinks_used=3), BLOCKED, "All 3 unlinks are used."),
        Case("always", given(unlinks_used=4), BLOCKED, "4 unlinks are entered, and a shop has 3 in total."),
        Case("always", replace(ORGANIZATION, unlinks_used=1, account_unlinks=1), PASS, "2 of 3 unlinks left."),
        Case("always", given(unlinks_used=1, account_unlinks=2), PASS, "2 of 3 unlinks left."),
        Case(
            "request",
            replace(ORGANIZATION, unlinks_used=1),
            NOTICE,
            f"Unlinking it later uses 1 of your 2 unlinks{FIRST}{both(0)}",
        ),
        Case(
            "request",
            replace(ORGANIZATION, unlinks_used=3),
            NOTICE,
            f"All 3 unlinks are used: an account linked now can never be unlinked.{both(0)}",
        ),
        Case(
            "unlink",
            replace(ORGANIZATION, unlinks_used=1, account_unlinks=3),
            NOTICE,
            f"This uses unlink 2 of 3: 1 will be left. Unlinks are never restored.{both(3)}",
        ),
        Case(
            "unlink",
            replace(ORGANIZATION, unlinks_used=3, account_unlinks=1),
            BLOCKED,
            f"This shop has used all 3 unlinks.{both(1)}",
        ),
        Case(
            "unlink",
            replace(shop(unlinks_before=1), account=ORGANIZATION.account, unlinks_used=1, account_unlinks=1),
            NOTICE,
            f"This uses unlink 3 of 3: none will be left. {LAST}{both(1)}",
        ),
        Case("always", replace(ORGANIZATION, account_unlinks=1), PASS, f"3 of 3 unlinks left.{both(1)}"),
        Case("always", replace(ORGANIZATION, unlinks_used=3), NOTICE, f"All 3 unlinks are used.{both(0)}"),
    ],
    "official.own-products-only": [
        Case("request create always", FITS, NOTICE, OWN_PRODUCTS),
    ],
    "official.shop-page-sync": [
        Case("request create", FITS, NOTICE, "Your products appear on its Shop Page."),
        Case("unlink", LINKED, NOTICE, "The Shop Page ends, and your products stop syncing to it."),
        Case("always", LINKED, PASS, "The shop's products sync to the Shop Page."),
        Case("always", FITS, PASS, "No official account: there is no Shop Page."),
    ],
    "official.region-match": [
        Case("request submit approve", FITS, PASS, "Same region: US."),
        Case("request submit approve", account(region="GB"), BLOCKED, "The account's region is GB; the shop's is US."),
        Case("request submit approve", account(region=None), UNKNOWN, "Region: not entered."),
        Case("request submit approve", NOBODY, UNKNOWN, "Region: not entered."),
    ],
}
