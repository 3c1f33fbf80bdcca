"""What can be done with a link in each of its states, and what a refusal says."""

from collections.abc import Callable

import pytest

from core.errors import InvalidInput, NotFound, Refused
from core.models import OPEN, Link, LinkState, Role, Shop
from core.verdict import Outcome, Verdict
from core.words import STATES
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop, everything

AWAITING, AUTHORIZED, IN_REVIEW = LinkState.AWAITING_AUTHORIZATION, LinkState.AUTHORIZED, LinkState.IN_REVIEW
LINKED = LinkState.LINKED

WAYS: dict[LinkState, tuple[str, ...]] = {
    AWAITING: (),
    AUTHORIZED: ("authorize",),
    IN_REVIEW: ("authorize", "submit"),
    LINKED: ("authorize", "submit", "approve"),
    LinkState.UNLINKED: ("authorize", "submit", "approve", "wait", "unlink"),
    LinkState.DECLINED: ("decline",),
    LinkState.EXPIRED: ("wait", "wait"),
    LinkState.CANCELLED: ("cancel",),
    LinkState.REJECTED: ("authorize", "submit", "reject"),
}
"""The acts that bring a request into each state."""

ALLOWED = {
    "authorize": ({AWAITING}, "link.authorization", "waiting for the holder"),
    "decline": ({AWAITING}, "link.authorization", "waiting for the holder"),
    "submit": ({AUTHORIZED}, "link.authorization", "authorized"),
    "approve": ({IN_REVIEW}, "link.review", "in review"),
    "reject": ({IN_REVIEW}, "link.review", "in review"),
    "cancel": (OPEN, None, "waiting for the holder or authorized or in review"),
    "check_unlink": ({LINKED}, None, "linked"),
    "unlink": ({LINKED}, None, "linked"),
}
"""For each act: the states in which it is possible, the rule that says so, and these states in words."""


def act(workspace: Workspace, name: str, id: str) -> Link:
    more = ("The picture is not clear.",) if name == "reject" else ()
    done: Callable[..., Link] = getattr(workspace.links, name)
    return done(id, *more)


def brought_to(workspace: Workspace, clock: StoppedClock, shop: Shop, state: LinkState) -> Link:
    """The fitting account's official link, in this state."""
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    for name in WAYS[state]:
        if name == "wait":
            clock.move(DAY)
            if state == LinkState.EXPIRED and workspace.is_record and clock.now >= NOW + 2 * DAY:
                workspace.links.expire(link.id)
        else:
            act(workspace, name, link.id)
    return workspace.links.get(link.id)


@pytest.mark.parametrize("state", list(LinkState))
@pytest.mark.parametrize("kind", ["workspace", "practice"])
def test_in_each_state_only_what_belongs_to_it_is_possible(
    request: pytest.FixtureRequest, clock: StoppedClock, kind: str, state: LinkState
) -> None:
    workspace: Workspace = request.getfixturevalue(kind)
    shop = add_shop(workspace)
    add_account(workspace)
    link = brought_to(workspace, clock, shop, state)
    assert link.state == state
    before = everything(workspace)
    for name, (states, rule, needed) in ALLOWED.items():
        if state in states:
            continue
        with pytest.raises(Refused) as refused:
            act(workspace, name, link.id)
        error = refused.value
        assert error.message == f"The link with @lumen.candles is {STATES[state]}."
        assert error.remedy == f"This step is only for a link that is {needed}."
        told = [(verdict.rule, verdict.outcome, verdict.reason, verdict.remedy) for verdict in error.verdicts]
        assert told == ([(rule, Outcome.BLOCKED, error.message, error.remedy)] if rule else [])
    assert everything(workspace) == before


@pytest.mark.parametrize("name", [*ALLOWED, "get", "check_approve", "unlink_needs_name"])
def test_a_link_that_does_not_exist_is_not_found(workspace: Workspace, name: str) -> None:
    with pytest.raises(NotFound) as missing:
        act(workspace, name, "lnk-none")
    assert missing.value.message == "There is no link lnk-none."
    assert missing.value.command == "See the links with: shoplink links"


@pytest.mark.parametrize(
    ("name", "state", "message"),
    [
        ("submit", AUTHORIZED, "@lumen.candles can't be sent to review now."),
        ("approve", IN_REVIEW, "The approval of @lumen.candles is not possible now; the request stays in review."),
        ("unlink", LINKED, "@lumen.candles can't be unlinked now."),
    ],
)
def test_what_a_rule_refuses_names_the_act_and_the_first_rules_way_out(
    workspace: Workspace, clock: StoppedClock, name: str, state: LinkState, message: str
) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = brought_to(workspace, clock, shop, state)
    workspace.accounts.state("lumen.candles", standing="banned", identity_verified=False)
    check = "check_unlink" if name == "unlink" else "check_next"
    asked: tuple[Verdict, ...] = getattr(workspace.links, check)(link.id)
    with pytest.raises(Refused) as refused:
        act(workspace, name, link.id)
    assert refused.value.message == message
    assert refused.value.verdicts == tuple(verdict for verdict in asked if verdict.stops)
    assert refused.value.remedy == refused.value.verdicts[0].remedy != ""


@pytest.mark.parametrize(("role", "words"), [(Role.OFFICIAL, "the official account"), (Role.MARKETING, "a marketing account")])
def test_a_request_that_is_refused_names_account_shop_and_role(workspace: Workspace, role: Role, words: str) -> None:
    shop = add_shop(workspace)
    add_account(workspace, standing="banned")
    with pytest.raises(Refused) as refused:
        workspace.links.request("lumen.candles", shop.code, role, agreement=True)
    assert refused.value.message == f"@lumen.candles can't be linked to Lumen Candle Co. as {words} now."
    assert refused.value.remedy == workspace.policy.rules["account.good-standing"].remedy


def test_a_marketing_account_is_judged_when_its_holder_accepts_and_an_official_one_at_its_review(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    add_account(workspace, "wax.and.wick")
    official = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    marketing = workspace.links.request("wax.and.wick", shop.code, Role.MARKETING, agreement=True)
    add_account(workspace, standing="suspended")
    add_account(workspace, "wax.and.wick", standing="suspended")
    with pytest.raises(Refused) as refused:
        workspace.links.authorize(marketing.id)
    assert refused.value.message == "@wax.and.wick can't become a marketing account now."
    assert [verdict.rule for verdict in refused.value.verdicts] == ["account.good-standing"]
    assert workspace.links.get(marketing.id) == marketing
    assert workspace.links.authorize(official.id).state == AUTHORIZED


@pytest.mark.parametrize("typed", [None, "", "lumen candle co.", "Lumen Candle Co"])
def test_the_last_unlink_needs_the_shops_name_as_it_is_written(
    workspace: Workspace, clock: StoppedClock, typed: str | None
) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    for _ in range(2):
        link = brought_to(workspace, clock, shop, LINKED)
        clock.move(DAY)
        assert not workspace.links.unlink_needs_name(link.id)
        workspace.links.unlink(link.id, "whatever")
    link = brought_to(workspace, clock, shop, LINKED)
    clock.move(DAY)
    assert workspace.links.unlink_needs_name(link.id)
    before = everything(workspace)
    with pytest.raises(InvalidInput) as asked:
        workspace.links.unlink(link.id, typed)
    assert (asked.value.field, asked.value.problem) == ("confirmation", "is not the shop's name")
    assert (asked.value.message == "Enter the shop's name.") == (not typed)
    assert asked.value.remedy == "This is the shop's last unlink. Type its name to confirm: Lumen Candle Co."
    assert everything(workspace) == before
    assert workspace.links.unlink(link.id, "Lumen Candle Co.").state == LinkState.UNLINKED
    assert workspace.shops.status(shop.code).unlinks_used == 3


def test_a_marketing_unlink_never_needs_the_shops_name(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    add_account(workspace, "wax.and.wick")
    for _ in range(2):
        link = brought_to(workspace, clock, shop, LINKED)
        clock.move(DAY)
        workspace.links.unlink(link.id)
    invited = workspace.links.request("wax.and.wick", shop.code, Role.MARKETING, agreement=True)
    workspace.links.authorize(invited.id)
    assert not workspace.links.unlink_needs_name(invited.id)


@pytest.mark.parametrize(
    ("reason", "problem"), [("", "is empty"), ("x" * 501, "is 501 characters long; shorten it to at most 500")]
)
def test_what_is_wrong_with_a_reason_is_said_of_the_reason(
    workspace: Workspace, clock: StoppedClock, reason: str, problem: str
) -> None:
    link = brought_to(workspace, clock, _shop_with_account(workspace), IN_REVIEW)
    with pytest.raises(InvalidInput) as wrong:
        workspace.links.reject(link.id, reason)
    assert (wrong.value.field, wrong.value.problem) == ("reason", problem)


def test_a_reason_may_be_longer_than_a_line(workspace: Workspace, clock: StoppedClock) -> None:
    link = brought_to(workspace, clock, _shop_with_account(workspace), IN_REVIEW)
    assert workspace.links.reject(link.id, "x" * 500).reason == "x" * 500


def _shop_with_account(workspace: Workspace) -> Shop:
    add_account(workspace)
    return add_shop(workspace)
