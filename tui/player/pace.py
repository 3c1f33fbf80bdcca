"""How long a tour's steps take at speed 1, in seconds."""

from tui.tours import TYPE, Step, Tour

KEY_SECONDS = 0.2
"""The delay after a key or a typed letter."""
STEP_SECONDS = 2.0
LETTER_SECONDS = 0.045
"""How long a step stays, plus the time per caption letter for a slow reader."""


def reading(caption: str) -> float:
    """Return how long a caption stays after its step."""
    return STEP_SECONDS + LETTER_SECONDS * len(caption)


def of_tour(tour: Tour) -> float:
    """Return how long the tour plays, from its start to the end of its last caption."""
    return reading(tour.shows) + sum(_of_step(step) for step in tour.steps)


def _of_step(step: Step) -> float:
    presses = sum(len(key.removeprefix(TYPE)) if key.startswith(TYPE) else 1 for key in step.keys)
    return KEY_SECONDS * presses + reading(step.caption)


def in_words(seconds: float) -> str:
    """Return a length such as `45 s` or `1 min 20 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return " ".join([*([f"{minutes} min"] if minutes else []), *([f"{rest} s"] if rest or not minutes else [])])
