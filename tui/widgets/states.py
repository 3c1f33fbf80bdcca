"""Glyph, label and color of each state, shared by all screens."""

from textual.content import Content

from core.models import LinkState
from core.text import show
from core.verdict import Notice, Outcome, Verdict
from core.words import STATES

LINK_STATES: dict[LinkState | None, tuple[str, str]] = {
    None: ("○", "$muted"),
    LinkState.AWAITING_AUTHORIZATION: ("◔", "$warning"),
    LinkState.AUTHORIZED: ("◑", "$warning"),
    LinkState.IN_REVIEW: ("◕", "$warning"),
    LinkState.LINKED: ("●", "$success"),
    LinkState.UNLINKED: ("○", "$muted"),
    LinkState.DECLINED: ("✗", "$error"),
    LinkState.EXPIRED: ("✗", "$error"),
    LinkState.CANCELLED: ("○", "$muted"),
    LinkState.REJECTED: ("✗", "$error"),
}
LONG: dict[LinkState | None, str] = {None: "no official account", LinkState.AUTHORIZED: "authorized, not in review yet"}
BRIEF: dict[LinkState | None, str] = {None: "not linked", LinkState.AWAITING_AUTHORIZATION: "waiting"}
"""Other labels than everywhere: for a page, and for a row."""

NOT_ENTERED = Content.styled("not entered", "$muted")
IN_PROBATION = "Sources disagree on how many marketing accounts a shop can link during probation: none or one."

OUTCOMES = {
    Outcome.PASS: ("✓", "passes", "$success"),
    Outcome.BLOCKED: ("✗", "blocked", "$error"),
    Outcome.WAIT: ("◔", "waits", "$warning"),
    Outcome.NOTICE: ("!", "notice", "$warning"),
    Outcome.UNKNOWN: ("?", "unknown", "$warning"),
}

NOTICES = {
    Notice.IRREVERSIBLE: ("!", "You can't undo this", "$warning"),
    Notice.CHANGE: ("→", "This changes", "$accent"),
    Notice.KNOW: ("·", "Good to know", "$muted"),
}


def glyph(verdict: Verdict) -> Content:
    """Format a verdict's glyph, followed by a space, in its color."""
    sign, _, style = NOTICES[verdict.notice] if verdict.outcome == Outcome.NOTICE else OUTCOMES[verdict.outcome]
    return Content.styled(f"{sign} ", style)


def link_state(state: LinkState | None, *, brief: bool = False) -> Content:
    """Format a link's state: glyph and label, in its color. None: no official account. `brief`: for a row."""
    (glyph, style), own = LINK_STATES[state], BRIEF if brief else LONG
    words = own[state] if state is None or state in own else STATES[state]
    return Content.styled(f"{glyph} {words}", style)


def safe(text: str | None, style: str = "", limit: int | None = None) -> Content:
    """Escape control characters in text from data; never parse markup."""
    return Content.styled(show(text or "", limit), style)


def yes_no(fact: bool | None) -> Content:
    """Format a fact that is so or not. None: unknown."""
    return NOT_ENTERED if fact is None else Content("yes" if fact else "no")
