"""Official Account: nothing linked, request pending, rejected or linked."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Account, Link, LinkOrigin, LinkState, WorkspaceKind
from core.plurals import count_of
from core.policy import benefits
from core.shops import ShopStatus
from core.text import mask_email, mask_phone
from tui.commands import CANCEL_REQUEST, SUBMIT, UNLINK, bindings
from tui.messages import OpenLinkWizard, OpenPlace, OpenUnlink
from tui.screens.linked_accounts.tabs import LinkedAccounts, can_unlink
from tui.widgets.avatar import Avatar
from tui.widgets.card import Card
from tui.widgets.choice import Choice
from tui.widgets.countdown import Countdown
from tui.widgets.facts import Facts
from tui.widgets.moments import full, short
from tui.widgets.states import link_state, safe
from tui.widgets.timeline import Timeline

ENDED = {
    LinkState.REJECTED: "TikTok rejected",
    LinkState.DECLINED: "The holder declined",
    LinkState.EXPIRED: "Nobody answered in time for",
}


class OfficialAccount(LinkedAccounts):
    """The shop's official account, in any state."""

    key = "linked_accounts.official"
    tab = "official"
    rule_groups = ("official", "org", "link", "account")
    BINDINGS = bindings(UNLINK, SUBMIT, CANCEL_REQUEST)

    def page(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        link = status.official
        self.possible = {
            "unlink": can_unlink(link),
            "submit": link is not None and link.state == LinkState.AUTHORIZED,
            "cancel_request": link is not None and link.is_open,
        }
        yield self.tabs(len(status.marketing), status.marketing_limit)
        if status.official is None:
            yield from self._nothing_linked(status)
        elif status.official.is_open:
            yield from self._pending(status.official)
        elif status.official_account:
            yield from self._linked(status, status.official, status.official_account)

    def action_unlink(self) -> None:
        if link := self._official():
            self.post_message(OpenUnlink(self.shop_id, link.id))

    def action_submit(self) -> None:
        if link := self._official():
            self.attempt(lambda: self.workspace.links.submit(link.id))

    def action_cancel_request(self) -> None:
        if link := self._official():
            self.confirm_cancel(link)

    @on(Choice.Chosen, "#create")
    def create(self) -> None:
        self.post_message(OpenPlace("create_organization", self.shop_id))

    @on(Choice.Chosen, "#existing")
    def action_link_existing(self) -> None:
        """Open the link wizard for the pending or the last failed request."""
        status = self.workspace.shops.status(self.the_shop().id)
        last = status.last_official
        begun = last.username if last and last.state in ENDED else ""
        open_request = status.official.id if status.official else None
        self.post_message(OpenLinkWizard("link_existing", self.shop_id, username=begun, link_id=open_request))

    def _official(self) -> Link | None:
        return self.workspace.shops.status(self.the_shop().id).official

    def _nothing_linked(self, status: ShopStatus) -> Iterable[Widget]:
        last = status.last_official
        if last and last.state in ENDED:
            when = full(last.decided_at, self.app.zone) if last.decided_at else ""
            ended = Content.assemble(("✗ ", "$error"), f"{ENDED[last.state]} ", f"@{last.username}", (f"  {when}", "$muted"))
            reason = [Static(safe(last.reason))] if last.reason else []
            first = "Mend what is named, then start again" if last.reason else "Start again when you like"
            again = Static(Content.styled(f"{first}: the username is kept.", "$muted"))
            yield Card("The last request", Static(ended), *reason, again, id="ended")
        else:
            lines = [Content("This shop has no official account yet. With one it has:")]
            lines += [Content.assemble(("  ◆ ", "$accent"), entry.benefit) for entry in benefits("official")]
            yield Card("Official account", Static(Content("\n").join(lines)))
        if not status.unlinks_left:
            words = f"All {status.unlink_limit} unlinks of this shop are used: an account linked now stays for ever."
            yield Static(Content.styled(f"! {words}", "$warning"), classes="warning")
        yield Static(Content.styled("Choose your next step", "bold"), classes="heading")
        yield Choice(
            "Create an organization account",
            "A new account that the company owns. Several people work in it; "
            "it stays when someone leaves. Linked at once, no review.",
            id="create",
        )
        yield Choice(
            "Use an existing account",
            "A personal or business account you have. Its holder authorizes, TikTok reviews. Its name becomes the shop's.",
            id="existing",
        )

    def _pending(self, link: Link) -> Iterable[Widget]:
        now = {LinkState.AWAITING_AUTHORIZATION: 1, LinkState.AUTHORIZED: 2, LinkState.IN_REVIEW: 3}[link.state]
        moments = (link.requested_at, link.authorized_at, link.submitted_at, None, None)
        waits = ("", "waiting for the account's holder", "waiting for you: send it to review", "waiting for TikTok", "")
        steps = [
            (name, short(moment, self.app.zone) if moment else waits[index] if index == now else "")
            for index, (name, moment) in enumerate(
                zip(("Asked for", "Authorized", "Sent to review", "Reviewed", "Linked"), moments, strict=True)
            )
        ]
        account = self.workspace.links.account(link)
        who = Content("").join([safe(f"@{account.username}", "bold"), Content("   "), link_state(link.state)])
        yield Card(
            "Official account",
            Horizontal(
                Avatar(account.username, account.avatar),
                Static(who + Content("\n") + safe(f"asked for by {link.requested_by}", "$muted")),
            ),
            Timeline(steps, now),
            id="request",
        )
        next_words = {
            LinkState.AWAITING_AUTHORIZATION: "The holder opens TikTok and accepts or declines. Then you send it to review.",
            LinkState.AUTHORIZED: "The holder has accepted. Send the request to review: the rules are checked once more.",
            LinkState.IN_REVIEW: "TikTok decides. Nothing is to be done until then; the request can still be cancelled.",
        }[link.state]
        after: list[Widget] = [Static(Content(next_words))]
        if link.state == LinkState.AWAITING_AUTHORIZATION and link.requested_at and link.authorize_by:
            after.append(Countdown("Time to answer:", link.requested_at, link.authorize_by))
        yield Card("What happens next", *after)
        cancel = Button("Cancel request", id="cancel", variant="error", action="screen.cancel_request")
        record = self.workspace.kind == WorkspaceKind.RECORD
        words = "Record the answer…" if record else "Show QR code and link"
        answer = Button(words, id="authorize", variant="primary", action="screen.link_existing")
        first = {
            LinkState.AWAITING_AUTHORIZATION: [answer],
            LinkState.AUTHORIZED: [Button("Send to review", id="submit", variant="primary", action="screen.submit")],
            LinkState.IN_REVIEW: [answer] if record else [],
        }[link.state]
        yield Horizontal(*first, cancel, classes="buttons")

    def _linked(self, status: ShopStatus, link: Link, account: Account) -> Iterable[Widget]:
        zone = self.app.zone
        how = "created here" if link.origin == LinkOrigin.CREATED else "existing account linked"
        name = Content("").join(
            [safe(account.nickname or account.username, "bold"), Content("   "), Content.styled("● Linked", "$success")]
        )
        kind = f"{account.kind} account" if account.kind else "account of unknown kind"
        head = Content("\n").join([name, safe(f"@{account.username}", "$muted"), Content.styled(f"{kind} · {how}", "$muted")])
        region = (
            Content.styled("unknown, confirmed by you", "$warning")
            if account.region is None
            else Content(f"{account.region}, as the shop")
        )
        match = (
            Content.styled("✓ same as the shop, kept in step", "$success")
            if status.name_matches
            else Content.styled("✗ differs from the shop's name", "$error")
        )
        synced = Content.styled("✓ synced", "$success") + Content(f" · {count_of(len(status.shop_page.products), 'product')}")
        pairs = [
            ("Phone", safe(mask_phone(account.phone)) if account.phone else Content.styled("not stated", "$muted")),
            ("Email", safe(mask_email(account.email)) if account.email else Content.styled("not stated", "$muted")),
            ("Region", region),
            ("Linked", safe(f"{full(link.linked_at, zone)}, by {link.linked_by}" if link.linked_at else "")),
            ("Name match", match),
            ("Shop Page", synced),
        ]
        yield Card(
            "Official account",
            Horizontal(Avatar(account.username, account.avatar), Static(head), classes="account"),
            Facts(pairs),
            id="account",
            classes="-accent",
        )
        yield Card("Unlink", *self._unlink_state(status, link))
        unlink = Button("Unlink…", id="unlink", variant="error", action="screen.unlink")
        brings = Button("What it brings…", id="brings", action="screen.open('compare')")
        yield Horizontal(*([unlink] if status.unlinks_left else []), brings, classes="buttons")

    def _unlink_state(self, status: ShopStatus, link: Link) -> Iterable[Widget]:
        left, limit = status.unlinks_left, status.unlink_limit
        dots = "●" * left + "○" * (limit - left)
        if not left:
            yield Static(
                Content.assemble(("✗ No unlink is left: ", "$error"), "this account stays the shop's official account for ever.")
            )
            yield Static(Content.assemble(f"0 of {limit} unlinks left   ", (dots, "$muted")))
            return
        possible = self.workspace.shops.answer(status.shop.id, "official.unlink-wait").until
        if possible and link.linked_at:
            yield Countdown("Possible in", link.linked_at, possible)
        else:
            yield Static(Content.styled("✓ Possible now", "$success"))
        last = self.workspace.links.unlink_needs_name(link.id)
        words = ("   this is the last one", "$warning") if last else ("   they never come back", "$muted")
        yield Static(Content.assemble(f"{left} of {limit} unlinks left   ", (dots, "$accent"), words))
