"""What each act on a link writes: the link, and its events in order, with the facts after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import Refused
from core.models import Account, AccountKind, EndedBy, Event, EventKind, Link, LinkOrigin, LinkState, Role, Row
from core.record import HOLDER, TIKTOK
from core.validation import as_json
from core.workspace import Workspace
from tests.core.situations import with_own
from tests.support import BIRCH, DAY, LUMEN, NOW, StoppedClock, add_account, add_shop

HOUR = timedelta(hours=1)
SETTLED = ["kind", "nickname"]
"""The facts of an account that an official link settles."""


@contextmanager
def recorded(workspace: Workspace) -> Iterator[list[Event]]:
    """Collect the events written in this block, oldest first."""
    before = len(workspace.history.page(limit=1000).events)
    events: list[Event] = []
    yield events
    written = workspace.history.page(limit=1000).events[::-1][before:]
    events.extend(written)


def of(link: Link, kind: EventKind, summary: str, actor: str = "maya", **details: object) -> Event:
    """The event of a link, at the time of these tests, without its id. `actor`: who did it."""
    facts = {"link": _told(link, "username"), **details}
    return _event(kind, summary, actor=actor, shop=link.shop, link=link.id, account=link.account, details=facts)


def of_account(account: Account, kind: EventKind, summary: str, shop: str | None = None, **details: object) -> Event:
    facts = {"account": _told(account), **details}
    return _event(kind, summary, shop=shop, account=account.id, details=facts)


def _told(row: Row, *left_out: str) -> dict[str, object]:
    """A row as an event's details tell it."""
    return {name: value for name, value in as_json(row).items() if name not in {"entry", "undone_by", *left_out}}


def _event(kind: EventKind, summary: str, **facts: object) -> Event:
    given = {"actor": "maya", "entered_by": "maya", **facts}
    return Event(id="evt", entry="evt", at=NOW, recorded_at=NOW, kind=kind, summary=summary, **given)


def plain(events: list[Event], at: timedelta = timedelta()) -> list[Event]:
    """The events, all written at this moment in one entry, without what tells them apart."""
    assert {(event.at, event.recorded_at, event.entry) for event in events} == {(NOW + at, NOW + at, events[0].id)}
    assert len({event.policy for event in events}) == 1
    return [replace(event, id="evt", entry="evt", at=NOW, recorded_at=NOW, policy=None) for event in events]


def test_an_official_link_from_its_request_to_its_end(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    account = add_account(workspace)
    expected = Link(
        id=workspace.new_id("link", "lnk"),
        shop=shop.id,
        account=account.id,
        username="lumen.candles",
        role=Role.OFFICIAL,
        origin=LinkOrigin.EXISTING,
        state=LinkState.AWAITING_AUTHORIZATION,
        requested_at=NOW,
        requested_by="maya",
        authorize_by=NOW + 2 * DAY,
    )
    with recorded(workspace) as events:
        link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    assert link == workspace.links.get(link.id) == expected
    assert plain(events) == [of(link, EventKind.LINK_REQUESTED, "@lumen.candles requested as the official account")]

    clock.move(HOUR)
    with recorded(workspace) as events:
        link = workspace.links.authorize(link.id)
    expected = replace(expected, state=LinkState.AUTHORIZED, authorized_at=NOW + HOUR)
    assert link == workspace.links.get(link.id) == expected
    assert plain(events, HOUR) == [of(link, EventKind.LINK_AUTHORIZED, "The holder of @lumen.candles accepted", HOLDER)]

    clock.move(HOUR)
    with recorded(workspace) as events:
        link = workspace.links.submit(link.id)
    expected = replace(expected, state=LinkState.IN_REVIEW, submitted_at=NOW + 2 * HOUR)
    assert link == workspace.links.get(link.id) == expected
    assert plain(events, 2 * HOUR) == [of(link, EventKind.LINK_SUBMITTED, "@lumen.candles sent to review")]

    clock.move(HOUR)
    with recorded(workspace) as events:
        link = workspace.links.approve(link.id)
    approved = replace(expected, decided_at=NOW + 3 * HOUR)
    linked = {"state": LinkState.LINKED, "linked_at": NOW + 3 * HOUR, "linked_by": "maya"}
    expected = replace(approved, **linked)
    assert link == workspace.links.get(link.id) == expected
    account = workspace.accounts.get("lumen.candles")
    assert (account.nickname, account.kind) == ("Lumen Candle Co.", AccountKind.BUSINESS)
    took = "@lumen.candles took the shop's name, Lumen Candle Co."
    became = "@lumen.candles is now a business account"
    assert plain(events, 3 * HOUR) == [
        of(approved, EventKind.LINK_APPROVED, "TikTok approved @lumen.candles", TIKTOK),
        of(link, EventKind.LINK_LINKED, "@lumen.candles linked as the official account", TIKTOK, facts=SETTLED),
        of_account(account, EventKind.ACCOUNT_RENAMED, took, shop.id, nickname_before="Lumen", facts=["nickname"]),
        of_account(account, EventKind.ACCOUNT_STATED, became, shop.id, facts=["kind"]),
    ]

    clock.move(DAY)
    with recorded(workspace) as events:
        link = workspace.links.unlink(link.id)
    unlinked = {"state": LinkState.UNLINKED, "unlinked_at": NOW + 3 * HOUR + DAY, "ended_by": EndedBy.SELLER}
    expected = replace(expected, **unlinked)
    assert link == workspace.links.get(link.id) == expected
    ended = "@lumen.candles unlinked as the official account"
    assert plain(events, 3 * HOUR + DAY) == [of(link, EventKind.LINK_UNLINKED, ended)]
    assert workspace.accounts.get("lumen.candles") == account


def test_a_marketing_link_is_linked_when_its_holder_accepts(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    account = add_account(workspace, kind=AccountKind.BUSINESS)
    link = workspace.links.request("lumen.candles", shop.code, Role.MARKETING, agreement=True)
    clock.move(HOUR)
    with recorded(workspace) as events:
        linked = workspace.links.authorize(link.id)
    authorized = replace(link, state=LinkState.AUTHORIZED, authorized_at=NOW + HOUR)
    stands = {"state": LinkState.LINKED, "linked_at": NOW + HOUR, "linked_by": "maya"}
    assert linked == workspace.links.get(link.id) == replace(authorized, **stands)
    assert plain(events, HOUR) == [
        of(authorized, EventKind.LINK_AUTHORIZED, "The holder of @lumen.candles accepted", HOLDER),
        of(linked, EventKind.LINK_LINKED, "@lumen.candles linked as a marketing account", HOLDER, facts=["kind"]),
    ]
    clock.move(DAY)
    with recorded(workspace) as events:
        ended = workspace.links.unlink(link.id)
    assert ended == replace(linked, state=LinkState.UNLINKED, unlinked_at=NOW + HOUR + DAY, ended_by=EndedBy.SELLER)
    assert plain(events, HOUR + DAY) == [of(ended, EventKind.LINK_UNLINKED, "@lumen.candles unlinked as a marketing account")]
    assert workspace.accounts.get("lumen.candles") == account


@pytest.mark.parametrize(
    ("act", "actor", "summary"),
    [
        ("decline", HOLDER, "The holder of @lumen.candles declined"),
        ("cancel", "maya", "The request for @lumen.candles was canceled"),
        ("reject", TIKTOK, "TikTok rejected @lumen.candles: The name is not the brand's."),
    ],
)
def test_an_ended_request_keeps_when_who_and_why(
    workspace: Workspace, clock: StoppedClock, act: str, actor: str, summary: str
) -> None:
    state = LinkState({"decline": "declined", "cancel": "cancelled", "reject": "rejected"}[act])
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    if act == "reject":
        workspace.links.authorize(link.id)
        link = workspace.links.submit(link.id)
    clock.move(HOUR)
    reason = "The name is not the brand's." if act == "reject" else None
    with recorded(workspace) as events:
        ended = getattr(workspace.links, act)(link.id, *([f" {reason} "] if reason else []))
    by = EndedBy.SELLER if act == "cancel" else None
    assert ended == replace(link, state=state, decided_at=NOW + HOUR, reason=reason, ended_by=by)
    assert workspace.links.get(link.id) == ended
    assert plain(events, HOUR) == [of(ended, EventKind(f"link.{state}"), summary, actor)]


def test_a_request_for_a_new_account_adds_it_and_keeps_what_was_confirmed(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with recorded(workspace) as events:
        link = workspace.links.request("@Never.Seen", shop.code, Role.MARKETING, agreement=True, confirmed=workspace.policy.rules)
    added = "@never.seen added, with no facts entered"
    confirmed = {
        "rules": ["org.same-entity", "org.one-seller", "marketing.region-match", "account.verified", "account.good-standing"],
        "facts": ["kind", "region", "identity_verified", "standing", "holder_is_adult"],
    }
    assert sorted(link.confirmed) == sorted(confirmed["rules"])
    confirmed["rules"] = list(link.confirmed)
    assert plain(events) == [
        of_account(workspace.accounts.get("never.seen"), EventKind.ACCOUNT_STATED, added, facts=[]),
        of(link, EventKind.LINK_REQUESTED, "@never.seen invited as a marketing account", confirmed=confirmed),
    ]


def test_the_holders_time_to_answer_is_the_markets_own(workspace: Workspace) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Birch & Bloom", "GB", BIRCH)
    add_account(workspace)
    add_account(workspace, "birch", region="GB")
    workspace.policy = with_own("GB", "link.authorization", answer_hours=5)
    here = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    there = workspace.links.request("birch", other.code, Role.OFFICIAL, agreement=True)
    assert (here.authorize_by, there.authorize_by) == (NOW + 2 * DAY, NOW + 5 * HOUR)


def test_an_organization_account_becomes_the_sellers_and_keeps_its_kind(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace, kind=AccountKind.ORGANIZATION, entity=LUMEN)
    link = workspace.links.request("lumen.candles", shop.code, Role.MARKETING, agreement=True)
    with recorded(workspace) as events:
        workspace.links.authorize(link.id)
    assert [event.kind for event in events] == [EventKind.LINK_AUTHORIZED, EventKind.LINK_LINKED]
    assert workspace.accounts.get("lumen.candles").kind == AccountKind.ORGANIZATION
    assert workspace.links.check("lumen.candles", add_shop(workspace, "Glow").code, Role.OFFICIAL).at_once


def test_an_organization_account_whose_legal_entity_was_confirmed_keeps_it_unknown_and_can_be_used(workspace: Workspace) -> None:
    shop, confirmed = add_shop(workspace), workspace.policy.rules
    add_account(workspace, kind=AccountKind.ORGANIZATION)
    link = workspace.links.request("lumen.candles", shop.code, Role.MARKETING, agreement=True, confirmed=confirmed)
    workspace.links.authorize(link.id)
    assert workspace.accounts.state("lumen.candles", phone="+1 555 010 0199").entity is None
    glow = add_shop(workspace, "Glow")
    at_once = workspace.links.request("lumen.candles", glow.code, Role.OFFICIAL, agreement=True, confirmed=confirmed)
    assert at_once.state == LinkState.LINKED
    assert workspace.accounts.state("lumen.candles", entity=LUMEN).entity == LUMEN


def test_a_created_organization_account_is_linked_from_its_first_moment(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with recorded(workspace) as events:
        link = workspace.organizations.create(shop.code, contact="ada@lumen.example")
    assert workspace.links.get(link.id) == link
    assert (link.origin, link.state) == (LinkOrigin.CREATED, LinkState.LINKED)
    assert of(link, EventKind.LINK_LINKED, f"@{link.username} linked as the official account", facts=SETTLED) in plain(events)


def test_the_sellers_own_organization_account_is_linked_again_at_once_under_the_other_shops_name(
    workspace: Workspace, clock: StoppedClock
) -> None:
    first, second = add_shop(workspace), add_shop(workspace, "Lumen Home")
    made = workspace.organizations.create(first.code, contact="ada@lumen.example", username="lumen.org")
    clock.move(DAY)
    workspace.links.unlink(made.id)
    assert workspace.links.check("lumen.org", second.code, Role.OFFICIAL).at_once
    with recorded(workspace) as events:
        link = workspace.links.request("lumen.org", second.code, Role.OFFICIAL, agreement=True)
    assert workspace.links.get(link.id) == link
    assert (link.origin, link.state, link.requested_at, link.linked_at) == (
        LinkOrigin.EXISTING,
        LinkState.LINKED,
        clock.now,
        clock.now,
    )
    assert (link.authorize_by, link.authorized_at, link.submitted_at, link.decided_at) == (None, None, None, None)
    account = workspace.accounts.get("lumen.org")
    assert account.nickname == "Lumen Home"
    renamed = "@lumen.org took the shop's name, Lumen Home"
    facts = {"nickname_before": "Lumen Candle Co.", "facts": ["nickname"]}
    assert plain(events, DAY) == [
        of(link, EventKind.LINK_LINKED, "@lumen.org linked as the official account", facts=SETTLED),
        of_account(account, EventKind.ACCOUNT_RENAMED, renamed, second.id, **facts),
    ]


def test_a_confirmed_fact_of_an_account_that_is_linked_at_once_is_reported_with_the_link(
    workspace: Workspace, clock: StoppedClock
) -> None:
    shop = add_shop(workspace)
    made = workspace.organizations.create(shop.code, contact="ada@lumen.example", username="lumen.org")
    clock.move(DAY)
    workspace.links.unlink(made.id)
    workspace.accounts.state("lumen.org", identity_verified=None)
    with pytest.raises(Refused):
        workspace.links.request("lumen.org", shop.code, Role.OFFICIAL, agreement=True)
    with recorded(workspace) as events:
        link = workspace.links.request("lumen.org", shop.code, Role.OFFICIAL, agreement=True, confirmed=["account.verified"])
    assert link.confirmed == ("account.verified",)
    confirmed = {"rules": ["account.verified"], "facts": ["identity_verified"]}
    linked = of(link, EventKind.LINK_LINKED, "@lumen.org linked as the official account", facts=SETTLED, confirmed=confirmed)
    assert plain(events, DAY) == [linked]


def test_the_request_that_stands_for_the_shop_is_the_newest_by_its_date_in_whatever_order_requests_are_entered(
    workspace: Workspace,
) -> None:
    shop = add_shop(workspace)
    for username, days in (("lumen.new", 1), ("lumen.old", 2)):
        add_account(workspace, username)
        with workspace.recording(at=NOW - days * DAY):
            workspace.links.request(username, shop.code, Role.OFFICIAL, agreement=True)
    official = workspace.shops.status(shop.code).official
    assert official is not None
    assert official.username == "lumen.new"
