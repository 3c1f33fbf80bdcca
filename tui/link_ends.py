"""The cards of a link or a request that ended: what happened, and what follows."""

from datetime import datetime, tzinfo

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.models import EndedBy, Link, LinkState, Role
from core.plurals import count_of
from core.shop_status import ShopStatus
from core.workspace import Workspace
from tui import step_texts
from tui.widgets.avatar import Avatar
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.lines import Hanging
from tui.widgets.moments import past, since
from tui.widgets.states import LINK_STATES, safe

Pairs = list[tuple[str, Content]]


def past_official(workspace: Workspace, shop: str) -> Link | None:
    """Find the shop's newest unlinked official account. `shop`: its id. Raises ShoplinkError."""
    ended = workspace.links.find(shop=shop, state=LinkState.UNLINKED)
    return next((link for link in ended if link.role == Role.OFFICIAL), None)


def none_linked(workspace: Workspace, status: ShopStatus, zone: tzinfo | None) -> str:
    """Say that the shop has no official account; if it had one, which, and the unlinks left. Raises ShoplinkError."""
    past_one = past_official(workspace, status.shop.id)
    at_most = status.unlinks_left_at_most  # without any, the page warns
    left = f" {status.unlinks_words}." if at_most and (past_one or at_most < status.unlink_limit) else ""
    if past_one is None or past_one.unlinked_at is None:
        return f"This shop has no official account yet.{left}"
    when = since(past_one.unlinked_at, workspace.now(), zone)
    who = f"@{past_one.username}"
    ended = f"TikTok ended the link with {who} {when}" if past_one.ended_by == EndedBy.TIKTOK else f"{who} was unlinked {when}"
    return f"This shop has no official account now. {ended}.{left}"


def linked_card(workspace: Workspace, link: Link, zone: tzinfo | None, *, at_once: bool = False) -> Card:
    """Build the card of a linked account: its role, and when it can be unlinked.

    `at_once`: it was linked without authorization and review.
    """
    account = workspace.links.account(link)
    role = "your official account" if link.role == Role.OFFICIAL else "a marketing account of your shop"
    words = safe(f"@{account.username}", "bold") + Content(f" is {role}.")
    if at_once:
        words += Content.styled("\nLinked at once, without a review", "$muted")
    said = Hanging((Content.styled("● ", "$success"), words))
    head = Horizontal(Avatar(account.username, account.nickname), said, classes="account")
    return Card(
        "Linked successfully" if at_once else "Linked",
        head,
        Facts(_standing(workspace, link, zone)),
        id="linked",
        classes="-accent",
    )


def _standing(workspace: Workspace, link: Link, zone: tzinfo | None) -> Pairs:
    """List what the link does for the shop, and what ends it."""
    status = workspace.shops.status(link.shop)
    until = next((verdict.until for verdict in workspace.links.check_unlink(link.id) if verdict.stops and verdict.until), None)
    when = f"possible from {past(until, workspace.now(), zone)}" if until else "possible now"
    unlink = ("Unlinking", Content(when))
    if link.role == Role.MARKETING:
        return [("Slots", Content(f"{len(status.marketing)} of {status.marketing_limit} taken")), unlink]
    shown = len(status.shop_page.products)
    page = (
        f"{count_of(shown, 'product appears', 'products appear')} on it"
        if status.shop_page.tracked
        else "your products appear on it"
    )
    return [
        ("Name", safe(status.shop.name)),
        ("Shop Page", Content(page)),
        *([unlink] if status.unlinks_left_at_most else []),
        ("Unlinks", Content(status.unlinks_words)),
    ]


def end_card(link: Link, now: datetime, zone: tzinfo | None) -> Card:
    """Build the card of a request that ended without a link: who ended it, why, and what to do."""
    withdrawn = link.state == LinkState.CANCELLED and link.ended_by == EndedBy.TIKTOK
    words = step_texts.texts().ended["withdrawn" if withdrawn else link.state]
    glyph, style = LINK_STATES[link.state]
    when = f"   {past(link.decided_at, now, zone)}" if link.decided_at else ""
    head = Content.assemble((f"{glyph} ", style), (f"@{link.username}", "bold"), (when, "$muted"))
    reason = [Static(safe(link.reason, "bold"))] if link.reason else []
    return Card(
        words.title,
        Static(head),
        *reason,
        Static(Content(words.next)),
        id="ended",
        classes="-stop" if style == "$error" else None,
    )


def unlinked_card(workspace: Workspace, link: Link, zone: tzinfo | None) -> Card:
    """Build the card of an unlinked account: who ended the link, what is left, what stays."""
    account, status = workspace.links.account(link), workspace.shops.status(link.shop)
    official = link.role == Role.OFFICIAL
    role = "official account" if official else "marketing account"
    words = safe(f"@{account.username}", "bold") + Content(f" is no longer your {role}.")
    pairs: Pairs = []
    if link.unlinked_at:
        pairs.append(("Ended", Content(past(link.unlinked_at, workspace.now(), zone))))
    if link.ended_by == EndedBy.TIKTOK:
        pairs.append(("By", Content("TikTok: this used no unlink" if official else "TikTok")))
    if official:
        pairs += [("Unlinks", Content(status.unlinks_words)), ("Shop Page", Content("ended with the link"))]
        pairs += [("Name", Content("it keeps ") + safe(f"“{account.nickname}”"))] if account.nickname else []
    else:
        pairs.append(("Slots", Content(f"{len(status.marketing)} of {status.marketing_limit} taken")))
    return Card("Unlinked", Hanging((Content("○ "), words)), Facts(pairs), id="unlinked")
