"""The rules of organization accounts and their members."""

from datetime import datetime

from core.models import AccountKind, MemberRole, MemberState
from core.plurals import count_of
from core.policy import Policy
from core.rules.answer import Answer, blocked, notice, passes, unknown
from core.situation import Situation


def same_entity(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.kind is None:
        return unknown("Account type: not entered.")
    if s.account.kind != AccountKind.ORGANIZATION:
        return passes("Only an organization account has to have the seller's legal entity.")
    if s.account.entity is None:
        return unknown("Legal entity of the organization account: not entered.")
    if not s.account.entity.same_as(s.seller.entity):
        return blocked("The organization account belongs to a different legal entity than the shop's seller.")
    return passes("The account and the seller are the same legal entity.")


def one_seller(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.kind is None:
        return unknown("Account type: not entered.")
    if s.account.kind != AccountKind.ORGANIZATION:
        return passes("Only an organization account belongs to one seller.")
    if s.owner not in {None, s.shop.seller}:
        return blocked("The organization account belongs to another seller account.")
    if s.account_sellers - {s.shop.seller}:
        return blocked("The organization account is linked to or requested by another seller account.")
    return passes("It belongs to no other seller in this record.")


def no_conversion(s: Situation, policy: Policy, now: datetime) -> Answer:
    kind = s.account.kind if s.account else None
    days = policy.limit("org.no-conversion", "trial_days", s.shop.region, now)
    update = f"Eligible sellers may see an update with a {days}-day trial."
    if s.moment == "state":
        if s.kind == AccountKind.ORGANIZATION and kind in {AccountKind.PERSONAL, AccountKind.BUSINESS}:
            return blocked(f"A {kind} account can't be turned into an organization account at this stage. {update}")
        held = s.account_links or s.owner
        if held and s.kind != kind and AccountKind.ORGANIZATION in {s.kind, kind}:
            was = "is" if kind == AccountKind.ORGANIZATION else "is not known as"
            return blocked(f"The account {was} an organization account; its links and its seller depend on that.")
        return passes("You can enter this account type.")
    if kind == AccountKind.ORGANIZATION:
        return passes("Already an organization account.")
    return notice("It can't be turned into an organization account at this stage.")


def availability(s: Situation, policy: Policy, now: datetime) -> Answer:
    if policy.version("org.availability", "named", s.shop.region, now).value:
        return passes(f"TikTok's steps name {s.shop.region}.")
    return notice(f"TikTok's steps don't name {s.shop.region}. Check that Seller Center offers Create an organization account.")


def members(s: Situation, policy: Policy, now: datetime) -> Answer:
    account = s.account
    if s.moment == "unlink":
        return _team_without_link(account.kind if account else None)
    hours = policy.limit("org.members", "invitation_hours", s.shop.region, now)
    if s.moment == "join":
        late = s.member is not None and s.member.accept_by is not None and now >= s.member.accept_by
        return blocked(f"The {hours} hours to accept were over.") if late else passes("The invited person accepts in time.")
    if account is None or account.kind != AccountKind.ORGANIZATION:
        if account:
            reason = "The shop's official account is not an organization account, so it has no members."
        elif s.is_past:
            reason = "The shop had no official account then, so it had no members."
        else:
            reason = "The shop has no official account, so it has no members."
        return passes(reason) if s.moment == "always" else blocked(reason)
    admins = [m for m in s.members if m.role == MemberRole.ADMIN and m.state == MemberState.ACTIVE]
    if s.moment == "invite":
        return notice(f"The invitation is valid for {hours} hours.")
    if s.moment == "member":
        if s.member in admins and len(admins) <= policy.limit("org.members", "admins_at_least", s.shop.region, now):
            return blocked("This is the last admin of the organization account.")
        return notice(
            "Anyone you remove is signed out at once. Remove their role in Seller Center too (User Management): it also "
            "gives access."
        )
    active = [m for m in s.members if m.state == MemberState.ACTIVE]
    return passes(f"{count_of(len(active), 'member')}, {len(admins)} of them admin.")


def _team_without_link(kind: AccountKind | None) -> Answer:
    if kind is not None and kind != AccountKind.ORGANIZATION:
        return passes("Not an organization account: nobody logs in with Seller Center codes.")
    condition = "" if kind else "If it is an organization account: "
    return notice(
        f"{condition}Seller Center gives no login codes until it is linked again. Its profile and its links elsewhere stay."
    )
