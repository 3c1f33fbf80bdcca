"""Glyph, label and color of each state, shared by all screens."""

from textual.content import Content

from core.models import LinkState
from core.text import show
from core.verdict import Notice, Outcome, Verdict

LINK_STATES = {
    LinkState.AWAITING_AUTHORIZATION: ("◔", "waiting for the holder", "$warning"),
    LinkState.AUTHORIZED: ("◑", "authorized, not in review yet", "$warning"),
    LinkState.IN_REVIEW: ("◕", "in review", "$warning"),
    LinkState.LINKED: ("●", "linked", "$success"),
    LinkState.UNLINKED: ("○", "unlinked", "$muted"),
    LinkState.DECLINED: ("✗", "declined", "$error"),
    LinkState.EXPIRED: ("✗", "expired", "$error"),
    LinkState.CANCELLED: ("○", "canceled", "$muted"),
    LinkState.REJECTED: ("✗", "rejected", "$error"),
}
NO_LINK = ("○", "no official account", "$muted")
BRIEF = {None: "not linked", LinkState.AWAITING_AUTHORIZATION: "waiting", LinkState.AUTHORIZED: "authorized"}
"""Shorter labels, for a row."""

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
    glyph, words, style = LINK_STATES[state] if state else NO_LINK
    return Content.styled(f"{glyph} {BRIEF.get(state, words) if brief else words}", style)


def safe(text: str | None, style: str = "", limit: int | None = None) -> Content:
    """Escape control characters in text from data; never parse markup."""
    return Content.styled(show(text or "", limit), style)
