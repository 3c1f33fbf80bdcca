"""Plans: the steps that the rules ask for, carried out in practice to the millisecond."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import EPOCH
from core.errors import NotFound, Refused, ShoplinkError
from core.models import Account, AccountKind, LinkState, Role, Standing, WorkspaceKind
from core.plan import Plan, Step
from core.workspace import Workspace
from tests.support import BIRCH, DAY, LUMEN, MS, StoppedClock, add_account, linked

HOUR = timedelta(hours=1)
OFFICIAL, MARKETING = Role.OFFICIAL, Role.MARKETING


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def practice(clock: StoppedClock) -> Workspace:
    return practice_at(clock)


def practice_at(clock: StoppedClock) -> Workspace:
    """Make a practice workspace: two shops of one seller, one of another, and accounts for them."""
    workspace = Workspace.empty(WorkspaceKind.PRACTICE, "plan", "plan", actor="demo", clock=clock)
    for code, entity in (("ONE", LUMEN), ("TWO", LUMEN), ("THREE", BIRCH)):
        workspace.shops.add(f"Shop {code}", "US", entity, code=code)
    for number in range(6):
        add_account(workspace, f"user{number}")
    add_account(workspace, "org.lumen", kind=AccountKind.ORGANIZATION, entity=LUMEN)
    add_account(workspace, "not.verified", identity_verified=False)
    add_account(workspace, "banned", standing=Standing.BANNED)
    add_account(workspace, "elsewhere", region="GB")
    return workspace


def acts(plan: Plan) -> list[str]:
    return [f"{step.act} {step.username}" for step in plan.steps]


def carry_out(workspace: Workspace, clock: StoppedClock, shop: str, role: Role, plan: Plan) -> None:
    """Do every step of a plan in practice: one with a moment is refused a millisecond before it."""
    made = ""

    def do(step: Step) -> str:
        links = workspace.links
        link = step.link or made
        match step.act:
            case "verify":
                workspace.accounts.state(step.username, identity_verified=True)
            case "cancel":
                links.cancel(link)
            case "unlink":
                links.unlink(link, workspace.shops.get(step.shop).name)
            case "link":
                return links.request(step.username, shop, role, agreement=True, confirmed=workspace.policy.rules).id
            case "authorize":
                links.authorize(link)
            case "submit":
                links.submit(link)
            case "approve":
                links.approve(link)
        return made

    for step in plan.steps:
        if step.not_before and step.not_before > clock.now:
            clock.now = step.not_before - MS
            with pytest.raises(Refused):
                do(step)
            clock.now = step.not_before
        made = do(step)


def test_a_free_account_is_requested_authorized_and_reviewed(practice: Workspace) -> None:
    plan = practice.plans.make("user0", "ONE", OFFICIAL)
    assert [(step.act, step.by) for step in plan.steps] == [
        ("link", "seller"),
        ("authorize", "holder"),
        ("submit", "seller"),
        ("approve", "tiktok"),
    ]
    assert plan.possible
    assert not any(step.not_before for step in plan.steps)


def test_another_official_account_is_unlinked_first_from_its_24_hours_on(practice: Workspace, clock: StoppedClock) -> None:
    linked(practice, practice.shops.get("ONE"), "user0")
    plan = practice.plans.make("user1", "ONE", OFFICIAL)
    assert acts(plan) == ["unlink user0", "link user1", "authorize user1", "submit user1", "approve user1"]
    assert plan.steps[0].not_before == clock.now + DAY
    assert plan.steps[0].uses == "an unlink: 2 of 3 will be left"


def test_a_marketing_account_that_becomes_the_official_one_gives_up_its_slot_first(
    practice: Workspace, clock: StoppedClock
) -> None:
    linked(practice, practice.shops.get("ONE"), "user0", MARKETING)
    plan = practice.plans.make("user0", "ONE", OFFICIAL)
    assert acts(plan)[:2] == ["unlink user0", "link user0"]
    assert (plan.steps[0].not_before, plan.steps[0].uses) == (clock.now + DAY, "")


def test_an_account_that_is_official_at_another_shop_is_unlinked_there(practice: Workspace) -> None:
    there = practice.shops.get("TWO")
    linked(practice, there, "user0")
    plan = practice.plans.make("user0", "ONE", OFFICIAL)
    assert next((step.act, step.shop) for step in plan.steps) == ("unlink", there.id)


def test_used_up_unlinks_stop_a_plan_for_good(practice: Workspace, clock: StoppedClock) -> None:
    shop = practice.shops.get("ONE")
    for_good = "the official account slot for good: the account can never be unlinked"
    for number in range(3):
        link = linked(practice, shop, f"user{number}")
        clock.move(DAY)
        steps = {step.act: step.uses for step in practice.plans.make("user3", "ONE", OFFICIAL).steps}
        left = ("2 of 3", "1 of 3", "none of 3")[number]
        assert steps["unlink"] == f"an unlink: {left} will be left"
        assert (steps["link"] == for_good) == (number == 2)
        practice.links.unlink(link.id, shop.name)
    assert practice.plans.make("user3", "ONE", OFFICIAL).steps[0].uses == for_good
    linked(practice, shop, "user3")
    plan = practice.plans.make("user4", "ONE", OFFICIAL)
    assert [verdict.rule for verdict in plan.blocked_by] == ["official.unlink-limit"]


@pytest.mark.parametrize(("username", "rules"), [("banned", ["account.good-standing"]), ("elsewhere", ["official.region-match"])])
def test_what_no_step_can_change_stops_a_plan_for_good(practice: Workspace, username: str, rules: list[str]) -> None:
    plan = practice.plans.make(username, "ONE", OFFICIAL)
    assert ([verdict.rule for verdict in plan.blocked_by], plan.possible) == (rules, False)


def test_an_account_that_is_not_verified_is_verified_by_its_holder_first(practice: Workspace) -> None:
    assert acts(practice.plans.make("not.verified", "ONE", OFFICIAL))[:2] == ["verify not.verified", "link not.verified"]


def test_the_fifth_marketing_account_takes_the_slot_of_the_one_linked_first(practice: Workspace, clock: StoppedClock) -> None:
    for number in range(4):
        linked(practice, practice.shops.get("ONE"), f"user{number}", MARKETING)
        clock.move(HOUR)
    plan = practice.plans.make("user4", "ONE", MARKETING)
    assert acts(plan) == ["unlink user0", "link user4", "authorize user4"]
    assert plan.steps[0].not_before == clock.now - 4 * HOUR + DAY


def test_the_eleventh_marketing_link_in_180_days_waits_for_the_first_to_be_as_old(
    practice: Workspace, clock: StoppedClock
) -> None:
    first = clock.now
    for _ in range(10):
        link = linked(practice, practice.shops.get("ONE"), "user0", MARKETING)
        clock.move(DAY)
        practice.links.unlink(link.id)
    plan = practice.plans.make("user0", "ONE", MARKETING)
    assert [(step.act, step.not_before) for step in plan.steps] == [("link", first + 180 * DAY), ("authorize", None)]
    assert "one of 10 links in 180 days" in plan.steps[0].uses


def test_an_open_request_goes_on_from_where_it_is(practice: Workspace) -> None:
    link = practice.links.request("user0", "ONE", OFFICIAL, agreement=True)
    assert acts(practice.plans.make("user0", "ONE", OFFICIAL)) == ["authorize user0", "submit user0", "approve user0"]
    practice.links.authorize(link.id)
    practice.links.submit(link.id)
    assert acts(practice.plans.make("user0", "ONE", OFFICIAL)) == ["approve user0"]
    practice.links.approve(link.id)
    assert practice.plans.make("user0", "ONE", OFFICIAL) == Plan(steps=())


def test_the_sellers_own_organization_account_is_linked_in_one_step(practice: Workspace, clock: StoppedClock) -> None:
    link = linked(practice, practice.shops.get("ONE"), "org.lumen")
    clock.move(DAY)
    practice.links.unlink(link.id)
    assert acts(practice.plans.make("org.lumen", "TWO", OFFICIAL)) == ["link org.lumen"]


def test_facts_that_are_not_entered_are_confirmed_in_a_record(workspace: Workspace) -> None:
    workspace.shops.add("Lumen Candle Co.", "US", LUMEN, code="ONE")
    workspace.accounts.state("new.one")
    plan = workspace.plans.make("new.one", "ONE", OFFICIAL)
    assert acts(plan)[0] == "confirm new.one"
    assert "account.verified" in plan.steps[0].rules


def test_in_a_record_a_plan_starts_from_an_account_that_was_not_seen_before(workspace: Workspace, practice: Workspace) -> None:
    workspace.shops.add("Lumen Candle Co.", "US", LUMEN, code="ONE")
    plan = workspace.plans.make("@brand.new", "ONE", OFFICIAL)
    assert acts(plan) == [f"{act} brand.new" for act in ("confirm", "link", "authorize", "submit", "approve")]
    assert [verdict.rule for verdict in workspace.plans.make("no!", "ONE", OFFICIAL).blocked_by] == ["account.username-format"]
    assert workspace.accounts.page().accounts == ()
    with pytest.raises(NotFound):
        practice.plans.make("brand.new", "ONE", OFFICIAL)


def test_a_plan_writes_nothing(practice: Workspace) -> None:
    linked(practice, practice.shops.get("ONE"), "user0")
    before = practice.version()
    practice.plans.make("user1", "ONE", OFFICIAL)
    assert practice.version() == before


USERS = ["user0", "user1", "user2", "user3", "org.lumen", "not.verified", "banned", "elsewhere"]
PAST = st.lists(
    st.tuples(
        st.sampled_from(["link", "link", "request", "end", "wait", "month"]),
        st.sampled_from(USERS),
        st.sampled_from(["ONE", "TWO", "THREE"]),
        st.sampled_from([OFFICIAL, MARKETING]),
    ),
    max_size=14,
)


def live(workspace: Workspace, account: Account) -> list[Any]:
    return [link for link in workspace.links.find() if link.account == account.id and link.is_live]


def happen(workspace: Workspace, clock: StoppedClock, what: str, username: str, shop: str, role: Role) -> None:
    """Let something happen in practice, if it is possible."""
    account = workspace.accounts.get(username)
    steps: dict[str, Callable[[], object]] = {
        "link": lambda: linked(workspace, workspace.shops.get(shop), username, role),
        "request": lambda: workspace.links.request(username, shop, role, agreement=True),
        "wait": lambda: clock.move(7 * HOUR),
        "month": lambda: clock.move(29 * DAY),
    }
    try:
        if what == "end":
            for link in live(workspace, account):
                if link.state == LinkState.LINKED:
                    workspace.links.unlink(link.id, workspace.shops.get(link.shop).name)
                else:
                    workspace.links.cancel(link.id)
        else:
            steps[what]()
    except ShoplinkError:
        pass


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAST, st.sampled_from(USERS), st.sampled_from([OFFICIAL, MARKETING]))
def test_a_plan_can_be_carried_out_and_each_wait_is_exact(
    past: list[tuple[str, str, str, Role]], username: str, role: Role
) -> None:
    clock = StoppedClock()
    with practice_at(clock) as workspace:
        for what, who, shop, as_role in past:
            happen(workspace, clock, what, who, shop, as_role)
        plan = workspace.plans.make(username, "ONE", role)
        account = workspace.accounts.get(username)
        moments = [step.not_before or EPOCH for step in plan.steps if step.not_before]
        assert moments == sorted(moments)
        if plan.possible:
            carry_out(workspace, clock, "ONE", role, plan)
            shop = workspace.shops.get("ONE").id
            found = [link for link in live(workspace, account) if (link.shop, link.role) == (shop, role)]
            assert [link.state for link in found] == [LinkState.LINKED]
        else:
            with pytest.raises(ShoplinkError):
                linked(workspace, workspace.shops.get("ONE"), username, role)
