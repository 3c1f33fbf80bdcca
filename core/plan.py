"""Work out, with the rules, the steps from a shop's state to an account in a role.

Pure: it moves a situation forward step by step and writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from core import rules
from core.models import Link, LinkState, Role
from core.plurals import count_of
from core.policy import Policy
from core.situation import Situation, same
from core.verdict import Outcome, Verdict

Act = Literal["cancel", "unlink", "verify", "confirm", "link", "authorize", "submit", "approve"]
By = Literal["seller", "holder", "tiktok"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `link`: the link it ends or continues; None: the one that the plan makes.

    `not_before`: in UTC, if it has to wait for a moment. `uses`: what it uses up, in words.
    """

    act: Act
    username: str
    by: By
    shop: str
    """The id of the shop at which it is done."""
    role: Role
    link: str | None = None
    not_before: datetime | None = None
    uses: str = ""
    rules: tuple[str, ...] = ()
    """The rules whose facts are not entered."""
    late: bool = False
    """Whether the request that it answers should have expired: in a record, what happened is recorded first."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The steps to the goal, or the rules that stop it for good."""

    steps: tuple[Step, ...]
    blocked_by: tuple[Verdict, ...] = ()

    @property
    def possible(self) -> bool:
        return not self.blocked_by


class _Blocked(Exception):
    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = verdicts


@dataclass
class _Way:
    """The situation, the moment and the steps so far."""

    at: Situation
    elsewhere: Mapping[str, Situation]
    policy: Policy
    now: datetime
    steps: list[Step] = field(default_factory=list)

    @property
    def username(self) -> str:
        return self.at.username

    def add(
        self,
        act: Act,
        by: By,
        *,
        link: Link | None = None,
        waits: bool = False,
        uses: str = "",
        rules: tuple[str, ...] = (),
        late: bool = False,
    ) -> None:
        self.steps.append(
            Step(
                act=act,
                username=link.username if link else self.username,
                by=by,
                shop=link.shop if link else self.at.shop.id,
                role=link.role if link else self.at.role,
                link=link.id if link else None,
                not_before=self.now if waits else None,
                uses=uses,
                rules=rules,
                late=late,
            )
        )


def plan(at: Situation, elsewhere: Mapping[str, Situation], policy: Policy, now: datetime) -> Plan:
    """Work out the steps to make this situation's account official or marketing account.

    `at`: of a request in its role. `elsewhere`: the situation of each other shop (its id) at which the account has a link.
    """
    way = _Way(at=at, elsewhere=dict(elsewhere), policy=policy, now=now)
    own = next((link for link in at.shop_links if link.account == _account(at) and link.role == at.role), None)
    try:
        if own is None:
            _request(way)
        elif own.is_open:
            _answers(way, own)
    except _Blocked as blocked:
        return Plan(steps=tuple(way.steps), blocked_by=blocked.verdicts)
    return Plan(steps=tuple(way.steps))


def _account(at: Situation) -> str:
    return at.account.id if at.account else ""


def _request(way: _Way) -> None:
    """Remove what stops a request, one verdict after the other, then make it."""
    waits = False
    for _ in range(len(way.at.shop_links) + len(way.at.account_links) + 3):
        verdicts = rules.ask(replace(way.at, moment="request", agreement=True), way.policy, way.now)
        stopping = [verdict for verdict in verdicts if verdict.outcome in {Outcome.BLOCKED, Outcome.WAIT}]
        if not stopping:
            break
        blocked = [verdict for verdict in stopping if verdict.outcome == Outcome.BLOCKED]
        for_good = [verdict for verdict in blocked if not _can_remove(way, verdict)]
        if for_good:
            raise _Blocked(*for_good)
        if blocked:
            _remove(way, min(blocked, key=_uses_an_unlink))
            continue
        way.now = max(verdict.until for verdict in stopping if verdict.until)
        waits = True
    else:
        raise _Blocked(*stopping)
    if unknown := [verdict for verdict in verdicts if verdict.outcome == Outcome.UNKNOWN]:
        way.add("confirm", "seller", rules=tuple(verdict.rule for verdict in unknown))
    at_once = rules.links_at_once(way.at)
    way.add("link", "seller", waits=waits, uses=_slot(way))
    if not at_once:
        _answers(way, None)


def _answers(way: _Way, link: Link | None) -> None:
    """Add the steps from a request to a link. `link`: the open request, if there is one."""
    state = link.state if link else LinkState.AWAITING_AUTHORIZATION
    if state == LinkState.AWAITING_AUTHORIZATION:
        late = link is not None and link.authorize_by is not None and link.authorize_by <= way.now
        way.add("authorize", "holder", link=link, late=late)
    if way.at.role == Role.MARKETING:
        return
    if state != LinkState.IN_REVIEW:
        way.add("submit", "seller", link=link)
    way.add("approve", "tiktok", link=link)


def _slot(way: _Way) -> str:
    at = way.at
    if at.role == Role.OFFICIAL:
        left = rules.unlinks_left_at_most(at.unlinks_used, at.shop, way.policy, way.now)
        return "the official account slot" if left else "the official account slot for good: the account can never be unlinked"
    limit = way.policy.limit("marketing.link-frequency", "links", at.shop.region, way.now)
    days = way.policy.limit("marketing.link-frequency", "window_days", at.shop.region, way.now)
    return f"a slot, and one of {count_of(limit, 'link')} in {count_of(days, 'day')}"


def _in_the_way(way: _Way, verdict: Verdict) -> list[Link]:
    """List the links whose end removes this verdict, those to end first."""
    at = way.at
    mine = [link for link in at.account_links if link.shop == at.shop.id]
    elsewhere = [link for link in at.account_links if link.shop in way.elsewhere]
    match verdict.rule:
        case "official.one-per-shop":
            return list(at.others(Role.OFFICIAL))
        case "link.one-role-per-shop":
            return mine
        case "official.one-shop":
            return [link for link in elsewhere if link.role == Role.OFFICIAL]
        case "org.one-seller" if at.owner in {None, at.shop.seller}:
            return elsewhere
        case "marketing.limit":
            return sorted(at.others(Role.MARKETING), key=lambda link: (link.is_open is False, link.linked_at or way.now))[:1]
    return []


def _can_remove(way: _Way, verdict: Verdict) -> bool:
    return verdict.rule == "account.verified" or bool(_in_the_way(way, verdict))


def _uses_an_unlink(verdict: Verdict) -> bool:
    """Sort what uses up an unlink after what can be undone."""
    return verdict.rule in {"official.one-per-shop", "official.one-shop"}


def _remove(way: _Way, verdict: Verdict) -> None:
    if verdict.rule == "account.verified" and way.at.account:
        way.add("verify", "holder")
        way.at = replace(way.at, account=replace(way.at.account, identity_verified=True))
        return
    for link in _in_the_way(way, verdict):
        _end(way, link)


def _end(way: _Way, link: Link) -> None:
    """End a link in the way: cancel a request, unlink what is linked. Raises _Blocked."""
    there = way.at if link.shop == way.at.shop.id else way.elsewhere[link.shop]
    if link.is_open:
        way.add("cancel", "seller", link=link)
    else:
        asked = replace(there, moment="unlink", role=link.role, link=link, account=None)
        verdicts = rules.ask(asked, way.policy, way.now)
        if blocked := [verdict for verdict in verdicts if verdict.outcome == Outcome.BLOCKED]:
            raise _Blocked(*blocked)
        until = [verdict.until for verdict in verdicts if verdict.outcome == Outcome.WAIT and verdict.until]
        way.now = max([way.now, *until])
        way.add("unlink", "seller", link=link, waits=bool(until), uses=_unlink(way, there) if link.role == Role.OFFICIAL else "")
        there = replace(there, unlinks_used=there.unlinks_used + (link.role == Role.OFFICIAL))
    ended = replace(there, shop_links=_without(there.shop_links, link))
    if link.shop == way.at.shop.id:
        way.at = ended
    else:
        way.elsewhere = {**way.elsewhere, link.shop: ended}
    account_links = _without(way.at.account_links, link)
    sellers = frozenset(way.elsewhere[other.shop].shop.seller for other in account_links if other.shop in way.elsewhere)
    way.at = replace(way.at, account_links=account_links, account_sellers=sellers | _own_seller(way, account_links))


def _own_seller(way: _Way, links: tuple[Link, ...]) -> frozenset[str]:
    return frozenset({way.at.shop.seller} if any(link.shop == way.at.shop.id for link in links) else ())


def _without(links: tuple[Link, ...], link: Link) -> tuple[Link, ...]:
    return tuple(other for other in links if not same(other, link))


def _unlink(way: _Way, there: Situation) -> str:
    limit = way.policy.limit("official.unlink-limit", "unlinks", there.shop.region, way.now)
    left = rules.unlinks_left(there.unlinks_used, there.shop, way.policy, way.now)
    at_most = rules.unlinks_left_at_most(there.unlinks_used, there.shop, way.policy, way.now)
    rest = f"{at_most - 1 or 'none'} of {limit} will be left"
    return f"an unlink: {rest}" if left is not None else f"an unlink: at most {rest}"
