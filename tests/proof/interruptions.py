"""Whatever is cut off in the middle, a process, the power or the room on the disk: all that was acknowledged is there."""

from tests.proof import full_disk, kills, power
from tests.proof.part import Figures, Run

PROMISE = (
    "What was acknowledged is kept, and what was not is wholly absent, though the program is killed at any moment, the power "
    "fails or the disk is full."
)


def prove(run: Run) -> Figures:
    return {**kills.prove(run), **power.prove(run), **full_disk.prove(run)}
