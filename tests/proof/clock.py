"""The computer's clock is set back, set right and set ahead: no wait becomes shorter."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from core.doctor import examine
from core.errors import Refused
from core.models import LinkState, Role
from core.record import CLOCK_TOLERANCE
from core.workspace import Workspace
from tests.proof.part import Figures, Run
from tests.support import DAY, MS, NOW, StoppedClock, add_account, add_shop, linked

STEPS = (MS, timedelta(seconds=1), timedelta(hours=1), DAY - MS, DAY, 30 * DAY, 366 * DAY)


def prove(run: Run) -> Figures:
    """Link and unlink while the computer's clock is wrong, compared with a true one that only goes forward."""
    counted = dict.fromkeys(
        ("steps", "set back", "set ahead", "refused while it was behind", "unlinked", "refused as too early"), 0
    )
    for walk in range(run.size(2, 60)):
        rng = Random(f"{run.seed}/clock/{walk}")
        where = f"seed {run.seed}, walk {walk}"
        clock = StoppedClock(NOW)
        with Workspace.create(run.folder / f"{walk}.db", actor="maya", clock=clock) as workspace:
            shop = add_shop(workspace)
            add_account(workspace, "wax.and.wick")
            true = NOW
            made: tuple[datetime, datetime] | None = None  # when the link was made by the true clock, and by the computer's
            for _ in range(run.size(60, 200)):
                counted["steps"] += 1
                span = rng.choice(STEPS)
                true += span
                wrong = clock.now != true - span
                if rng.random() < 0.3:
                    clock.now = true - rng.choice(STEPS)  # somebody sets it back
                    counted["set back"] += 1
                elif rng.random() < 0.05:
                    clock.now = true + rng.choice(STEPS)  # somebody sets it ahead
                    counted["set ahead"] += 1
                elif wrong and rng.random() < 0.5:
                    clock.now += span  # it goes on as it is
                else:
                    clock.now = true
                live = workspace.links.find(state=LinkState.LINKED)
                behind = workspace.clock_went_back()
                doctor_says_so = not next(check for check in examine(workspace) if check.id == "clock").ok
                assert doctor_says_so == (behind is not None), f"{where}: doctor says otherwise about a clock that is behind"
                if live:
                    refusal = _refused(partial(workspace.links.unlink, live[0].id))
                else:
                    refusal = _refused(partial(linked, workspace, shop, "wax.and.wick", Role.MARKETING))
                if refusal is None and live:
                    assert made is not None
                    assert clock.now - made[1] >= DAY - CLOCK_TOLERANCE, f"{where}: unlinked {clock.now - made[1]} after"
                    if made[0] == made[1] and clock.now <= true:  # nothing in the record tells of a clock that was wrong before
                        assert true - made[0] >= DAY - CLOCK_TOLERANCE, f"{where}: unlinked {true - made[0]} after it was linked"
                    counted["unlinked"] += 1
                elif refusal is None:
                    made = true, clock.now
                elif any(verdict.rule == "marketing.unlink-wait" for verdict in refusal.verdicts):
                    late = behind is None and clock.now == true and made is not None and true - max(made) >= DAY + CLOCK_TOLERANCE
                    assert not late, f"{where}: still refused {true} after {made}"
                    counted["refused as too early"] += 1
                else:
                    often = any(verdict.rule == "marketing.link-frequency" for verdict in refusal.verdicts)
                    assert behind or often, f"{where}: {refusal.message}"
                    counted["refused while it was behind"] += bool(behind)
    assert all(counted.values()), f"seed {run.seed}: {counted}"
    return dict(counted)


def _refused(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as refusal:
        return refusal
    return None
