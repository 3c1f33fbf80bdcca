"""The answers of the rules about a shop's official account."""

from dataclasses import replace

from tests.core.answers.case import ASKED_FOR, BLOCKED, IN_REVIEW, NOBODY, NOTICE, OFFICIAL, PASS, UNKNOWN, WAIT, Case, given
from tests.core.situations import FITS, account, link, marketing, shop
from tests.support import DAY, MS, NOW

LONG = shop(name="L" * 31)
SAME_NAME = account(nickname="Lumen Candle Co.")
LINKED = given(shop_links=OFFICIAL)

ANSWERS = {
    "official.one-per-shop": [
        Case("always", FITS, PASS, "The place is free."),
        Case("always", LINKED, PASS, "The official account is @other.one."),
        Case("request create submit approve", FITS, PASS, "The shop has no other official account."),
        Case("request", given(shop_links=marketing(1)), PASS, "The shop has no other official account."),
        Case("request create submit approve", LINKED, BLOCKED, "@other.one is the shop's official account."),
        Case(
            "request create submit approve",
            given(shop_links=ASKED_FOR),
            BLOCKED,
            "A request for @other.one is open and holds the place.",
        ),
    ],
    "official.one-shop": [
        Case("request submit approve", FITS, PASS, "The account is official at no other shop."),
        Case("request", given(account_links=OFFICIAL), PASS, "The account is official at no other shop."),
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
            "The account is asked for as official account by another shop.",
        ),
    ],
    "official.name-match": [
        Case("request approve", SAME_NAME, PASS, "Shop and account bear the same name."),
        Case("request approve", FITS, NOTICE, "The account's nickname changes from “Lumen” to “Lumen Candle Co.”."),
        Case("request approve", account(nickname=None), NOTICE, "The account's nickname changes to “Lumen Candle Co.”."),
        Case("request", NOBODY, NOTICE, "The account's nickname changes to “Lumen Candle Co.”."),
        Case("create", NOBODY, NOTICE, "The new account's nickname is the shop's name, “Lumen Candle Co.”."),
        Case(
            "rename", replace(LINKED, name="Lumen Lights"), NOTICE, "@other.one is renamed in the same step, to “Lumen Lights”."
        ),
        Case("rename", given(name="Lumen Lights"), PASS, "No official account bears the shop's name, so nothing else changes."),
        Case("always", FITS, PASS, "No official account is linked."),
        Case("always", replace(SAME_NAME, shop_links=OFFICIAL), PASS, "Shop and account bear the same name."),
        Case("always", LINKED, BLOCKED, "The official account's nickname is “Lumen”, the shop's name is “Lumen Candle Co.”."),
    ],
    "official.name-length": [
        Case(
            "request create submit approve rename always", shop(name="L" * 30), PASS, "The name has 30 of at most 30 characters."
        ),
        Case("request create submit approve", LONG, BLOCKED, "The name has 31 characters; a nickname holds 30."),
        Case("always", replace(LONG, shop_links=OFFICIAL), BLOCKED, "The name has 31 characters; a nickname holds 30."),
        Case(
            "always",
            LONG,
            NOTICE,
            "The name has 31 characters; a nickname holds 30. No official account could be linked under it.",
        ),
        Case("rename", replace(LONG, name="Lumen"), PASS, "The name has 5 of at most 30 characters."),
        Case("rename", replace(LINKED, name="L" * 31), BLOCKED, "The name has 31 characters; a nickname holds 30."),
        Case(
            "rename",
            given(name="L" * 31),
            NOTICE,
            "The name has 31 characters; a nickname holds 30. No official account could be linked under it.",
        ),
    ],
    "official.unlink-wait": [
        Case("unlink always", FITS, PASS, "Nothing is linked, so nothing waits."),
        Case("unlink always", given(shop_links=(link(linked_at=NOW - DAY),)), PASS, "The wait after linking is over."),
        Case(
            "unlink always",
            given(shop_links=(link(linked_at=NOW - DAY + MS),)),
            WAIT,
            "Possible in less than a minute.",
            NOW + MS,
        ),
        Case("unlink always", LINKED, WAIT, "Possible in 24 h.", NOW + DAY),
    ],
    "official.unlink-limit": [
        Case("request create", FITS, NOTICE, "Unlinks left to this shop, for ever: 3 of 3."),
        Case(
            "request create",
            given(unlinks_used=3),
            NOTICE,
            "All 3 unlinks are used: an account linked now can never be unlinked.",
        ),
        Case("unlink", FITS, NOTICE, "This uses unlink 1 of 3: 2 are left after it."),
        Case("unlink", given(unlinks_used=1), NOTICE, "This uses unlink 2 of 3: 1 is left after it."),
        Case("unlink", given(unlinks_used=2), NOTICE, "This uses unlink 3 of 3: none is left after it, ever."),
        Case("unlink", given(unlinks_used=3), BLOCKED, "All 3 unlinks of this shop are used."),
        Case("unlink", given(unlinks_used=4), BLOCKED, "All 3 unlinks of this shop are used."),
        Case("always", given(unlinks_used=1), PASS, "2 of 3 unlinks are left, for ever."),
        Case("always", given(unlinks_used=2), PASS, "1 of 3 unlinks is left, for ever."),
        Case("always", given(unlinks_used=3), NOTICE, "All 3 unlinks are used."),
        Case("always", replace(LINKED, unlinks_used=3), BLOCKED, "All 3 unlinks are used."),
    ],
    "official.own-products-only": [
        Case("request create always", FITS, NOTICE, "It sells this shop's products only: no affiliate programme."),
    ],
    "official.shop-page-sync": [
        Case("request create", FITS, NOTICE, "The shop's products appear on its Shop Page by themselves."),
        Case("unlink", LINKED, NOTICE, "The Shop Page goes, and the products stop following the shop."),
        Case("always", LINKED, PASS, "The Shop Page follows the shop's products."),
        Case("always", FITS, PASS, "No official account: there is no Shop Page."),
    ],
    "official.region-match": [
        Case("request submit approve", FITS, PASS, "Both are in US."),
        Case("request submit approve", account(region="GB"), BLOCKED, "The account's region is GB, the shop's is US."),
        Case("request submit approve", account(region=None), UNKNOWN, "Nobody has stated the account's region."),
        Case("request submit approve", NOBODY, UNKNOWN, "Nobody has stated the account's region."),
    ],
}
