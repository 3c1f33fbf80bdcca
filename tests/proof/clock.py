"""The computer's clock is set back, set right and set ahead: no wait becomes shorter, whatever it does."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from core.doctor import examine
from core.errors import Refused
from core.models import LinkState, Role
from core.record import CLOCK_TOLERANCE
from core.workspace import Workspace
from tests.proof.part import Figures, Run
from tests.support import DAY, MS, NOW, StoppedClock, add_account, add_shop, linked
from tui.cli.text import when
from tui.widgets.moments import full

PROMISE = (
    "A wait is as long as it is: setting the clock back, a change to summer time or another time zone makes none shorter, "
    "nothing is changed by a clock that is behind the newest entry, and times are shown as your own clock shows them. A clock "
    "that no entry contradicts is believed."
)

ZONES = ("UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo")
STEPS = (MS, timedelta(seconds=1), timedelta(hours=1), DAY - MS, DAY, 30 * DAY, 366 * DAY)


def prove(run: Run) -> Figures:
    return {**_walks(run), **_zones(run)}


def _walks(run: Run) -> Figures:
    """Link and unlink while the computer's clock goes astray beside a true one that only goes forward."""
    told = dict.fromkeys(("steps", "set back", "set ahead", "refused while it was behind", "unlinked", "refused as too early"), 0)
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
                told["steps"] += 1
                span = rng.choice(STEPS)
                true += span
                astray = clock.now != true - span
                if rng.random() < 0.3:
                    clock.now = true - rng.choice(STEPS)  # somebody sets it back
                    told["set back"] += 1
                elif rng.random() < 0.05:
                    clock.now = true + rng.choice(STEPS)  # somebody sets it ahead
                    told["set ahead"] += 1
                elif astray and rng.random() < 0.5:
                    clock.now += span  # it goes on as it is
                else:
                    clock.now = true
                live = workspace.links.find(state=LinkState.LINKED)
                behind = workspace.clock_went_back()
                told_by_doctor = not next(check for check in examine(workspace) if check.id == "clock").ok
                assert told_by_doctor == (behind is not None), f"{where}: doctor does not tell a clock that is behind"
                if live:
                    refusal = _refused(partial(workspace.links.unlink, live[0].id))
                else:
                    refusal = _refused(partial(linked, workspace, shop, "wax.and.wick", Role.MARKETING))
                if refusal is None and live:
                    assert made is not None
                    assert clock.now - made[1] >= DAY - CLOCK_TOLERANCE, f"{where}: unlinked {clock.now - made[1]} after"
                    if made[0] == made[1] and clock.now <= true:  # nothing in the record tells of a clock that was wrong before
                        assert true - made[0] >= DAY - CLOCK_TOLERANCE, f"{where}: unlinked {true - made[0]} after it was linked"
                    told["unlinked"] += 1
                elif refusal is None:
                    made = true, clock.now
                elif any(verdict.rule == "marketing.unlink-wait" for verdict in refusal.verdicts):
                    late = behind is None and clock.now == true and made is not None and true - max(made) >= DAY + CLOCK_TOLERANCE
                    assert not late, f"{where}: still refused {true} after {made}"
                    told["refused as too early"] += 1
                else:
                    often = any(verdict.rule == "marketing.link-frequency" for verdict in refusal.verdicts)
                    assert behind or often, f"{where}: {refusal.message}"
                    told["refused while it was behind"] += bool(behind)
    assert all(told.values()), f"seed {run.seed}: {told}"
    return {f"{what}, walking" if what == "steps" else what: count for what, count in told.items()}


def _refused(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as refusal:
        return refusal
    return None


def _zones(run: Run) -> Figures:
    """Moments around every change of the zones' clocks, told by the screens and the command line."""
    rng = Random(f"{run.seed}/zones")
    told = 0
    before = os.environ.get("TZ")
    try:
        for name in ZONES:
            zone = ZoneInfo(name)
            os.environ["TZ"] = name
            time.tzset()
            for moment in _around_changes(zone, rng, run.size(20, 2_000)):
                local = moment.astimezone(zone)
                assert full(moment, zone) == f"{local:%a %d %b %Y, %H:%M}"
                assert f"{local:%a %d %b %Y %H:%M %Z}" in when(moment, moment), f"{name}: {moment}"
                told += 1
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()
    return {"moments told in the zone of the person": told, "zones": len(ZONES)}


def _around_changes(zone: ZoneInfo, rng: Random, count: int) -> list[datetime]:
    """Moments of thirty years, half of them within an hour of a change of the zone's clock."""
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    days = [begin + timedelta(days=day) for day in range(365 * 3)]
    changes = [one for one, other in pairwise(days) if one.astimezone(zone).utcoffset() != other.astimezone(zone).utcoffset()]
    moments = [begin + timedelta(seconds=rng.randrange(30 * 366 * 86_400)) for _ in range(count)]
    return moments + [rng.choice(changes) + timedelta(minutes=rng.randrange(24 * 60)) for _ in range(count if changes else 0)]
