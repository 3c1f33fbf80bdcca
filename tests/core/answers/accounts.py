"""The answers of the rules about accounts, organizations and their members."""

from dataclasses import replace

from core.models import AccountKind, MemberRole, MemberState, Standing
from core.situation import Situation
from tests.core.answers.case import BLOCKED, NOBODY, NOTICE, OFFICIAL, PASS, UNKNOWN, Case, given
from tests.core.situations import ACCOUNT, FITS, account, member, shop
from tests.support import BIRCH, DAY, LUMEN, NOW

PERSONAL, BUSINESS = account(kind=AccountKind.PERSONAL), account(kind=AccountKind.BUSINESS)
ORGANIZATION = account(kind=AccountKind.ORGANIZATION, entity=LUMEN)
KIND_UNKNOWN = account(kind=None)
LATER = "Eligible sellers may see an update with a 15-day trial."
STAYS = "It can't be turned into an organization account at this stage."
US_PAGE = "Source: Linking Your Official TikTok Shop Account (US Seller University)."
LENGTH = "Source: the common reading; TikTok's page gives no length."
ELSEWHERE = "Source: pages for other markets."
WITHOUT_LINK = "Seller Center gives no login codes until it is linked again. Its profile and its links elsewhere stay."
INVITED = replace(member(3, state=MemberState.INVITED), accept_by=NOW + DAY)
TEAM = (member(1), member(2, MemberRole.OPERATOR), member(3, state=MemberState.INVITED), member(4, state=MemberState.REMOVED))


def abroad(**facts: object) -> Situation:
    """A British account with these facts, and a British shop."""
    return replace(shop(region="GB"), account=replace(ACCOUNT, region="GB", **facts))


def called(name: str, region: str = "US", **facts: object) -> Situation:
    """A shop about to be called so."""
    return replace(shop(region=region), name=name, **facts)


ANSWERS = {
    "org.same-entity": [
        Case("request submit accept approve", NOBODY, UNKNOWN, "Account type: not entered."),
        Case("request submit accept approve", KIND_UNKNOWN, UNKNOWN, "Account type: not entered."),
        Case(
            "request submit accept approve", PERSONAL, PASS, "Only an organization account has to have the seller's legal entity."
        ),
        Case("request submit accept approve", ORGANIZATION, PASS, "The account and the seller are the same legal entity."),
        Case(
            "request submit accept approve",
            account(kind=AccountKind.ORGANIZATION, entity=BIRCH),
            BLOCKED,
            "The organization account belongs to a different legal entity than the shop's seller.",
        ),
        Case(
            "request submit accept approve",
            account(kind=AccountKind.ORGANIZATION),
            UNKNOWN,
            "Legal entity of the organization account: not entered.",
        ),
    ],
    "org.one-seller": [
        Case("request submit accept approve", NOBODY, UNKNOWN, "Account type: not entered."),
        Case("request submit accept approve", KIND_UNKNOWN, UNKNOWN, "Account type: not entered."),
        Case("request submit accept approve", PERSONAL, PASS, "Only an organization account belongs to one seller."),
        Case("request submit accept approve", ORGANIZATION, PASS, "It belongs to no other seller in this record."),
        Case(
            "request",
            replace(ORGANIZATION, owner="sel-1"),
            PASS,
            "It belongs to no other seller in this record.",
        ),
        Case(
            "request submit accept approve",
            replace(ORGANIZATION, owner="sel-2"),
            BLOCKED,
            "The organization account belongs to another seller account.",
        ),
        Case(
            "request",
            replace(ORGANIZATION, account_sellers=frozenset({"sel-1"})),
            PASS,
            "It belongs to no other seller in this record.",
        ),
        Case(
            "request submit accept approve",
            replace(ORGANIZATION, account_sellers=frozenset({"sel-1", "sel-2"})),
            BLOCKED,
            "The organization account is linked to or requested by another seller account.",
        ),
        Case(
            "request",
            replace(PERSONAL, account_sellers=frozenset({"sel-2"})),
            PASS,
            "Only an organization account belongs to one seller.",
        ),
    ],
    "org.no-conversion": [
        Case("request", ORGANIZATION, PASS, "Already an organization account."),
        Case("request", BUSINESS, NOTICE, STAYS),
        Case("request", NOBODY, NOTICE, STAYS),
        Case("request", PERSONAL, NOTICE, STAYS),
        Case(
            "state",
            replace(PERSONAL, kind=AccountKind.ORGANIZATION),
            BLOCKED,
            f"A personal account can't be turned into an organization account at this stage. {LATER}",
        ),
        Case(
            "state",
            replace(BUSINESS, kind=AccountKind.ORGANIZATION),
            BLOCKED,
            f"A business account can't be turned into an organization account at this stage. {LATER}",
        ),
        *(
            Case("state", replace(before, kind=kind), PASS, "You can enter this account type.")
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
            "The account is not known as an organization account; its links and its seller depend on that.",
        ),
        Case(
            "state",
            replace(KIND_UNKNOWN, kind=AccountKind.ORGANIZATION, owner="sel-1"),
            BLOCKED,
            "The account is not known as an organization account; its links and its seller depend on that.",
        ),
        *(
            Case("state", held, BLOCKED, "The account is an organization account; its links and its seller depend on that.")
            for held in (
                replace(ORGANIZATION, kind=None, account_links=OFFICIAL),
                replace(ORGANIZATION, kind=None, owner="sel-1"),
                replace(ORGANIZATION, kind=AccountKind.BUSINESS, account_links=OFFICIAL),
            )
        ),
        *(
            Case("state", replace(before, kind=kind, account_links=OFFICIAL), PASS, "You can enter this account type.")
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
                "Identity verification: not entered.",
            )
            for situation in (NOBODY, account(identity_verified=None))
        ),
        Case("request submit accept approve", abroad(identity_verified=True), PASS, "Its identity is verified."),
        Case(
            "request submit accept approve",
            abroad(identity_verified=False),
            NOTICE,
            f"Its identity is not verified. TikTok asks for it in the US; no page mentions GB. {US_PAGE}",
        ),
        Case(
            "request submit accept approve",
            abroad(identity_verified=None),
            NOTICE,
            f"Identity verification: not entered. TikTok asks for it in the US; no page mentions GB. {US_PAGE}",
        ),
    ],
    "account.good-standing": [
        Case("request submit accept approve", FITS, PASS, "In good standing, and its holder is 18 or older."),
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
            Case("request submit accept approve", situation, UNKNOWN, "Standing: not entered.")
            for situation in (NOBODY, account(standing=None), account(standing=None, holder_is_adult=None))
        ),
        Case(
            "request submit accept approve",
            account(holder_is_adult=None),
            UNKNOWN,
            "Holder 18 or older: not entered.",
        ),
    ],
    "account.business-upgrade": [
        Case("request", PERSONAL, NOTICE, "A personal account becomes a business account."),
        *(
            Case("request", situation, NOTICE, "If it is a personal account, it becomes a business account.")
            for situation in (NOBODY, KIND_UNKNOWN)
        ),
        Case("request", BUSINESS, PASS, "Already a business account."),
        Case("request", ORGANIZATION, PASS, "Already an organization account."),
    ],
    "account.username-format": [
        *(
            Case("request create", given(username=username), PASS, "The username is valid.")
            for username in ("ab", "x" * 24, ".lumen", "az_09", "..a")
        ),
        *(
            Case(
                "request create",
                given(username=username),
                NOTICE,
                f"The username has {told}; expect TikTok to take 2 to 24. {LENGTH}",
            )
            for username, told in (("a", "1 character"), ("x" * 25, "25 characters"))
        ),
        Case("request create", given(username=""), BLOCKED, "Enter a username."),
        *(
            Case("request create", given(username=username), BLOCKED, f"A username can't contain {foreign}.")
            for username, foreign in (
                ("lumen candles", "spaces"),
                ("lumen-candles", "“-”"),
                ("Lumen", "“L”"),
                ("lumén", "“é”"),
                ("a\n", "spaces"),
            )
        ),
        Case("request create", given(username="ends."), BLOCKED, "A username can't end with a period."),
        Case("request create", given(username_taken=True), BLOCKED, "@lumen.candles is taken."),
    ],
    "org.members": [
        *(
            Case(moment, situation, outcome, f"The shop{why}")
            for situation, why in (
                (NOBODY, " has no official account, so it has no members."),
                (replace(NOBODY, is_past=True), " had no official account then, so it had no members."),
                (PERSONAL, "'s official account is not an organization account, so it has no members."),
            )
            for moment, outcome in (("always", PASS), ("invite", BLOCKED), ("member", BLOCKED))
        ),
        *(
            Case("unlink", situation, PASS, "Not an organization account: nobody logs in with Seller Center codes.")
            for situation in (PERSONAL, BUSINESS)
        ),
        Case("unlink", ORGANIZATION, NOTICE, WITHOUT_LINK),
        *(
            Case("unlink", situation, NOTICE, f"If it is an organization account: {WITHOUT_LINK}")
            for situation in (NOBODY, KIND_UNKNOWN)
        ),
        Case("invite", ORGANIZATION, NOTICE, "The invitation is valid for 24 hours."),
        Case("join", replace(ORGANIZATION, member=INVITED), PASS, "The invited person accepts in time."),
        Case("join", replace(ORGANIZATION, member=INVITED), BLOCKED, "The 24 hours to accept were over.", now=NOW + DAY),
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
                "Anyone you remove is signed out at once. Remove their role in Seller Center too (User Management): "
                "it also gives access.",
            )
            for members, leaving in ((TEAM, TEAM[1]), (TEAM, TEAM[2]), ((*TEAM, member(5)), TEAM[0]))
        ),
        Case("always", replace(ORGANIZATION, members=TEAM), PASS, "2 members, 1 of them admin."),
        Case("always", replace(ORGANIZATION, members=TEAM[:1]), PASS, "1 member, 1 of them admin."),
    ],
    "org.availability": [
        *(Case("create", shop(region=region), PASS, f"TikTok's steps name {region}.") for region in ("US", "GB")),
        Case(
            "create",
            shop(region="TH"),
            NOTICE,
            "TikTok's steps don't name TH. Check that Seller Center offers Create an organization account.",
        ),
    ],
    "account.username-change": [Case("username", FITS, NOTICE, "A username can be changed once in 30 days. Its links stay.")],
    "shop.name": [
        Case("add rename", called("Lumen Lights"), NOTICE, f"TikTok may review a new name. {ELSEWHERE}"),
        Case("add rename", replace(called(""), name=None), NOTICE, f"TikTok may review a new name. {ELSEWHERE}"),
        Case("add rename", called("Lumen Lights", "TH"), NOTICE, "TikTok may review a new name."),
        Case(
            "add rename",
            called("Lumen Lights", name_taken=True),
            NOTICE,
            f"Another shop of this market in this record has this name. TikTok may review a new name. {ELSEWHERE}",
        ),
        Case(
            "add rename",
            called("The Best Flagship of TikTok", "VN"),
            NOTICE,
            "“best” is not allowed in a shop's name. “TikTok” is not allowed in a shop's name. “Flagship” is not allowed in a "
            "shop's name. TikTok may review a new name.",
        ),
        Case("add rename", called("Bestow", "VN"), NOTICE, "TikTok may review a new name."),
        Case(
            "add rename",
            called("Lumen Official Store", "ID"),
            NOTICE,
            "“Official” is only for brand owners and authorized sellers. TikTok may review a new name.",
        ),
        Case("add rename", called("L" * 40, "ID"), NOTICE, "TikTok may review a new name."),
        Case(
            "add rename",
            called("L" * 41, "ID"),
            NOTICE,
            f"A shop's name has at most 40 characters. TikTok may review a new name. {ELSEWHERE}",
        ),
        Case(
            "add rename",
            called("L" * 120, "ID"),
            NOTICE,
            f"A shop's name has at most 40 characters. TikTok may review a new name. {ELSEWHERE}",
        ),
        Case(
            "add rename",
            called("L" * 121, "ID"),
            NOTICE,
            f"A shop's name has at most 120 characters. TikTok may review a new name. {ELSEWHERE}",
        ),
    ],
}
