"""The computer's clock is set back, set right and set ahead: no wait becomes shorter."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from core.doctor import examine
from core.errors import Refused
from core.models import LinkState, Role
from core.record import CLOCK_TOLERANCE
from core.workspace import Workspace
from tests.proof.part import Figures, Run
from tests.support import DAY, MS, NOW, StoppedClock, add_account, add_shop, linked

STEPS = (MS, timedelta(seconds=1), timedelta(hours=1), DAY - MS, DAY, 30 * DAY, 366 * DAY)
COUNTED = ("steps", "set back", "set ahead", "refused while it was behind", "unlinked", "refused as too early")


def prove(run: Run) -> Figures:
    """Link and unlink while the computer's clock is wrong, compared with a true one that only goes forward."""
    counted = Counter(dict.fromkeys(COUNTED, 0))
    for walk in range(run.size(2, 60)):
        try:
            _walk(run, walk, counted)
        except AssertionError as error:
            raise AssertionError(f"seed {run.seed}, walk {walk}: {error}") from error
    assert all(counted.values()), f"seed {run.seed}: {counted}"
    return dict(counted)


def _walk(run: Run, number: int, counted: Counter[str]) -> None:
    rng, clock, true = Random(f"{run.seed}/clock/{number}"), StoppedClock(NOW), NOW
    made: tuple[datetime, datetime] | None = None  # when the link was made by the true clock, and by the computer's
    with Workspace.create(run.folder / f"{number}.db", actor="maya", clock=clock) as workspace:
        shop = add_shop(workspace)
        add_account(workspace, "wax.and.wick")
        for _ in range(run.size(60, 200)):
            span, chance = rng.choice(STEPS), rng.random()
            true, wrong = true + span, clock.now != true
            counted["steps"] += 1
            if chance < 0.3:
                clock.now = true - rng.choice(STEPS)
                counted["set back"] += 1
            elif chance < 0.335:
                clock.now = true + rng.choice(STEPS)
                counted["set ahead"] += 1
            elif wrong and chance < 0.67:
                clock.move(span)  # it goes on as it is
            else:
                clock.now = true
            behind = workspace.clock_went_back()
            says_so = not next(check for check in examine(workspace) if check.id == "clock").ok
            assert says_so == (behind is not None), "doctor says otherwise about a clock that is behind"
            live, rules = workspace.links.find(state=LinkState.LINKED), None
            try:
                if live:
                    workspace.links.unlink(live[0].id)
                else:
                    linked(workspace, shop, "wax.and.wick", Role.MARKETING)
            except Refused as refusal:
                rules = {verdict.rule for verdict in refusal.verdicts}
            if rules is None and not live:
                made = true, clock.now
            elif rules is None:
                assert made is not None
                assert clock.now - made[1] >= DAY - CLOCK_TOLERANCE, f"unlinked {clock.now - made[1]} after"
                if made[0] == made[1] and clock.now <= true:  # nothing in the record tells of a clock that was wrong before
                    assert true - made[0] >= DAY - CLOCK_TOLERANCE, f"unlinked {true - made[0]} after it was linked"
                counted["unlinked"] += 1
            elif "marketing.unlink-wait" in rules:
                late = behind is None and clock.now == true and made and true - max(made) >= DAY + CLOCK_TOLERANCE
                assert not late, f"still refused {true} after {made}"
                counted["refused as too early"] += 1
            else:
                assert behind or "marketing.link-frequency" in rules, f"refused by {rules}"
                counted["refused while it was behind"] += bool(behind)
