"""The answers of the rules about accounts, organizations and their members."""

from dataclasses import replace

from core.models import AccountKind, MemberRole, MemberState, Standing
from tests.core.answers.case import BLOCKED, NOBODY, NOTICE, OFFICIAL, PASS, UNKNOWN, Case, given
from tests.core.situations import FITS, account, member
from tests.support import BIRCH, LUMEN

PERSONAL, BUSINESS = account(kind=AccountKind.PERSONAL), account(kind=AccountKind.BUSINESS)
ORGANIZATION = account(kind=AccountKind.ORGANIZATION, entity=LUMEN)
KIND_UNKNOWN = account(kind=None)
TEAM = (member(1), member(2, MemberRole.OPERATOR), member(3, state=MemberState.INVITED), member(4, state=MemberState.REMOVED))

ANSWERS = {
    "org.same-entity": [
        Case("request submit accept approve", NOBODY, UNKNOWN, "Nobody has stated whether this is an organization account."),
        Case(
            "request submit accept approve", KIND_UNKNOWN, UNKNOWN, "Nobody has stated whether this is an organization account."
        ),
        Case("request submit accept approve", PERSONAL, PASS, "It is no organization account."),
        Case("request submit accept approve", ORGANIZATION, PASS, "Account and seller are the same legal entity."),
        Case(
            "request submit accept approve",
            account(kind=AccountKind.ORGANIZATION, entity=BIRCH),
            BLOCKED,
            "The organization account belongs to another legal entity than the shop's seller.",
        ),
        Case(
            "request submit accept approve",
            account(kind=AccountKind.ORGANIZATION),
            UNKNOWN,
            "Nobody has stated which legal entity the organization account belongs to.",
        ),
    ],
    "org.one-seller": [
        Case("request submit accept approve", NOBODY, UNKNOWN, "Nobody has stated whether this is an organization account."),
        Case(
            "request submit accept approve", KIND_UNKNOWN, UNKNOWN, "Nobody has stated whether this is an organization account."
        ),
        Case("request submit accept approve", PERSONAL, PASS, "It is no organization account."),
        Case("request submit accept approve", ORGANIZATION, PASS, "It belongs to no other seller."),
        Case("request", account(kind=AccountKind.ORGANIZATION, seller="sel-1"), PASS, "It belongs to no other seller."),
        Case(
            "request submit accept approve",
            account(kind=AccountKind.ORGANIZATION, seller="sel-2"),
            BLOCKED,
            "The organization account belongs to another seller account.",
        ),
        Case("request", replace(ORGANIZATION, account_sellers=frozenset({"sel-1"})), PASS, "It belongs to no other seller."),
        Case(
            "request submit accept approve",
            replace(ORGANIZATION, account_sellers=frozenset({"sel-1", "sel-2"})),
            BLOCKED,
            "The organization account is asked for by another seller account.",
        ),
        Case("request", replace(PERSONAL, account_sellers=frozenset({"sel-2"})), PASS, "It is no organization account."),
    ],
    "org.no-conversion": [
        Case("request", ORGANIZATION, PASS, "It is an organization account already."),
        Case("request", NOBODY, NOTICE, "It stays what it is: it never becomes an organization account."),
        Case("request", PERSONAL, NOTICE, "It stays what it is: it never becomes an organization account."),
        Case(
            "state",
            replace(PERSONAL, kind=AccountKind.ORGANIZATION),
            BLOCKED,
            "The account is a personal account and cannot become an organization account.",
        ),
        Case(
            "state",
            replace(BUSINESS, kind=AccountKind.ORGANIZATION),
            BLOCKED,
            "The account is a business account and cannot become an organization account.",
        ),
        *(
            Case("state", replace(before, kind=kind), PASS, "The account's kind may be stated so.")
            for before, kind in (
                (PERSONAL, AccountKind.BUSINESS),
                (ORGANIZATION, AccountKind.ORGANIZATION),
                (KIND_UNKNOWN, AccountKind.ORGANIZATION),
                (NOBODY, AccountKind.ORGANIZATION),
                (ORGANIZATION, None),
            )
        ),
        Case(
            "state",
            replace(KIND_UNKNOWN, kind=AccountKind.ORGANIZATION, account_links=OFFICIAL),
            BLOCKED,
            "The account is not known as an organization account; its links and its seller rest on that.",
        ),
        *(
            Case("state", held, BLOCKED, "The account is an organization account; its links and its seller rest on that.")
            for held in (
                replace(ORGANIZATION, kind=None, account_links=OFFICIAL),
                replace(account(kind=AccountKind.ORGANIZATION, seller="sel-1"), kind=None),
                replace(ORGANIZATION, kind=AccountKind.BUSINESS, account_links=OFFICIAL),
            )
        ),
        *(
            Case("state", replace(before, kind=kind, account_links=OFFICIAL), PASS, "The account's kind may be stated so.")
            for before, kind in (
                (ORGANIZATION, AccountKind.ORGANIZATION),
                (KIND_UNKNOWN, AccountKind.BUSINESS),
                (PERSONAL, AccountKind.BUSINESS),
            )
        ),
    ],
    "account.verified": [
        Case("request submit accept approve", FITS, PASS, "Its identity is verified."),
        Case("request submit accept approve", account(identity_verified=False), BLOCKED, "Its identity is not verified."),
        *(
            Case(
                "request submit accept approve",
                situation,
                UNKNOWN,
                "Nobody has stated whether the account's identity is verified.",
            )
            for situation in (NOBODY, account(identity_verified=None))
        ),
    ],
    "account.good-standing": [
        Case("request submit accept approve", FITS, PASS, "It is in good standing, its holder an adult."),
        *(
            Case(
                "request submit accept approve",
                account(standing=standing, holder_is_adult=adult),
                BLOCKED,
                f"The account is {standing}.",
            )
            for standing in (Standing.SUSPENDED, Standing.BANNED)
            for adult in (True, False, None)
        ),
        *(
            Case(
                "request submit accept approve",
                account(standing=standing, holder_is_adult=False),
                BLOCKED,
                "The account's holder is under 18.",
            )
            for standing in (Standing.GOOD, None)
        ),
        *(
            Case(
                "request submit accept approve", situation, UNKNOWN, "Nobody has stated whether the account is in good standing."
            )
            for situation in (NOBODY, account(standing=None), account(standing=None, holder_is_adult=None))
        ),
        Case(
            "request submit accept approve",
            account(holder_is_adult=None),
            UNKNOWN,
            "Nobody has stated whether the account's holder is 18 or older.",
        ),
    ],
    "account.business-upgrade": [
        Case("request", PERSONAL, NOTICE, "The personal account becomes a business account."),
        *(
            Case("request", situation, NOTICE, "If it is a personal account, it becomes a business account.")
            for situation in (NOBODY, KIND_UNKNOWN)
        ),
        Case("request", BUSINESS, PASS, "It is a business account already."),
        Case("request", ORGANIZATION, PASS, "It is an organization account already."),
    ],
    "account.username-format": [
        *(
            Case("request create", given(username=username), PASS, "The username has the right form.")
            for username in ("ab", "x" * 24, ".lumen", "az_09", "..a")
        ),
        *(
            Case(
                "request create",
                given(username=username),
                BLOCKED,
                f"The username has {told}; 2 to 24 are possible.",
            )
            for username, told in (("", "0 characters"), ("a", "1 character"), ("x" * 25, "25 characters"))
        ),
        *(
            Case("request create", given(username=username), BLOCKED, f"“{foreign}” cannot be part of a username.")
            for username, foreign in (
                ("lumen candles", " "),
                ("lumen-candles", "-"),
                ("Lumen", "L"),
                ("lumén", "é"),
                ("a\n", "\n"),
            )
        ),
        Case("request create", given(username="ends."), BLOCKED, "The username ends with a period."),
        Case("request create", given(username_taken=True), BLOCKED, "@lumen.candles is taken."),
    ],
    "org.members": [
        *(
            Case(moment, situation, outcome, "The shop's official account is no organization account, so it has no members.")
            for situation in (NOBODY, PERSONAL)
            for moment, outcome in (("always", PASS), ("invite", BLOCKED), ("member", BLOCKED))
        ),
        Case("invite", ORGANIZATION, NOTICE, "The invitation can be accepted for 24 hours."),
        Case(
            "member",
            replace(ORGANIZATION, members=TEAM, member=TEAM[0]),
            BLOCKED,
            "This is the last admin of the organization account.",
        ),
        *(
            Case(
                "member",
                replace(ORGANIZATION, members=members, member=leaving),
                NOTICE,
                "The member's sessions end at once when the place is taken away.",
            )
            for members, leaving in ((TEAM, TEAM[1]), (TEAM, TEAM[2]), ((*TEAM, member(5)), TEAM[0]))
        ),
        Case("always", replace(ORGANIZATION, members=TEAM), PASS, "2 members, 1 of them admin."),
        Case("always", replace(ORGANIZATION, members=TEAM[:1]), PASS, "1 member, 1 of them admin."),
    ],
}
