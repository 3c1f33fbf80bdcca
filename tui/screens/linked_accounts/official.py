"""Official Account: nothing linked, request pending, rejected or linked."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.models import Account, Link, LinkOrigin, LinkState, Role
from core.plurals import count_of
from core.policy import benefits
from core.shop_status import ShopStatus
from core.text import mask_email, mask_phone
from tui.breakpoints import TALL
from tui.commands import ALREADY_LINKED, NO_UNLINK, UNLINK, bindings
from tui.link_ends import end_card, none_linked
from tui.link_steps import TIKTOK_ENDS, is_late
from tui.messages import OpenAccountFacts, OpenLinkWizard, OpenPlace, OpenPlan, OpenUnlink
from tui.screens.linked_accounts.tabs import LinkedAccounts, can_unlink
from tui.widgets.avatar import Avatar
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.choice import Choice
from tui.widgets.countdown import Countdown
from tui.widgets.facts import Facts
from tui.widgets.lines import Hanging, marked
from tui.widgets.moments import past
from tui.widgets.states import NOT_ENTERED, link_state, safe
from tui.widgets.timeline import Timeline

FAILED = {LinkState.REJECTED, LinkState.DECLINED, LinkState.EXPIRED}
"""How a request ends against the seller's will: it can be tried again with the same account."""

TO_DO = ("Request", "Authorize", "Send to review", "Review", "Linked")
DONE = ("Requested", "Authorized", "Sent to review", "Reviewed", "Linked")
"""The steps of a request, before and after each is done."""


class OfficialAccount(LinkedAccounts):
    """The shop's official account, in any state."""

    key = "linked_accounts.official"
    AUTO_FOCUS = f"{LinkedAccounts.AUTO_FOCUS}, #shop-page"
    tab = "official"
    rule_groups = ("official", "org", "link", "account")
    BINDINGS = bindings(UNLINK, NO_UNLINK, *TIKTOK_ENDS, ALREADY_LINKED)

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.painted: Link | None = None
        """The painted official link of the shop."""

    def page(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        link = self.painted = status.official
        is_linked, has_unlink = can_unlink(link), bool(status.unlinks_left_at_most)
        self.possible = {
            "unlink": is_linked and has_unlink,
            "why_no_unlink": is_linked and not has_unlink,
            "already_linked": self.workspace.is_record,
        }
        yield self.tabs(status)
        if status.official is None:
            yield from self._nothing_linked(status)
        elif status.official.is_open:
            yield from self._pending(status.official)
        elif status.official_account:
            yield from self._linked(status, status.official, status.official_account)

    @property
    def key_words(self) -> dict[str, str]:
        """The footer's words for what keys do now, by action."""
        return {"already_linked": "Record a past one"} if can_unlink(self.painted) else {}

    def action_unlink(self) -> None:
        if link := self._official():
            self.post_message(OpenUnlink(self.shop_id, link.id))

    def action_why_no_unlink(self) -> None:
        self.action_unlink()

    def step_link(self) -> Link | None:
        return self.painted

    @on(Choice.Chosen, "#already")
    def record_linked(self) -> None:
        self.action_already_linked()

    @on(Choice.Chosen, "#create")
    def create(self) -> None:
        self.post_message(OpenPlace("create_organization", self.shop_id))

    @on(Choice.Chosen, "#existing")
    def use_existing(self) -> None:
        self.post_message(OpenPlace("use_existing", self.shop_id))

    def action_link_existing(self) -> None:
        """Open the link wizard at the open request."""
        if link := self._official():
            self.post_message(OpenLinkWizard("link_existing", self.shop_id, link_id=link.id))

    def action_check_again(self) -> None:
        """Open the link wizard with the username of the last request."""
        if last := self.workspace.shops.status(self.the_shop().id).last_official:
            self.post_message(OpenLinkWizard("link_existing", self.shop_id, username=last.username))

    def action_correct_account(self) -> None:
        if link := self._official():
            self.post_message(OpenAccountFacts(self.shop_id, link.account))

    def _official(self) -> Link | None:
        return self.workspace.shops.status(self.the_shop().id).official

    def _nothing_linked(self, status: ShopStatus) -> Iterable[Widget]:
        last, none = status.last_official, none_linked(self.workspace, status, self.app.zone)
        if last and last.state in FAILED:
            yield end_card(last, self.workspace.now(), self.app.zone)
            again = Button("Check again", id="again", variant="primary", action="screen.check_again")
            yield Buttons(again)
        elif self.workspace.is_record and self.app.size.height < TALL:  # three choices have to fit below
            yield Card("Official account", Static(safe(none)))
        else:
            found = [(Content.styled("  ◆ ", "$accent"), Content(entry.benefit)) for entry in benefits("official")]
            yield Card("Official account", Hanging((Content(), safe(f"{none} An official account brings:")), *found))
        if not status.unlinks_left_at_most:
            words = f"This shop has used all {status.unlink_limit} unlinks: an account you link now can never be unlinked."
            yield Hanging(marked("!", words, "$warning"), classes="warning")
        heading = "Or choose another way" if last and last.state in FAILED else "Choose your next step"
        yield Static(Content.styled(heading, "bold"), classes="heading")
        yield Choice(
            "Create an organization account",
            "A new account that the company owns. Several people work in it; "
            "it stays when someone leaves. Linked at once, no review.",
            id="create",
        )
        yield Choice(
            "Use an existing account",
            "A personal, business, or organization account you have. It takes your shop's name.",
            id="existing",
        )
        if self.workspace.is_record:
            yield Choice("Already linked…", "An account is linked in TikTok, or was. Record it with its dates.", id="already")

    def _pending(self, link: Link) -> Iterable[Widget]:
        now = {LinkState.AWAITING_AUTHORIZATION: 1, LinkState.AUTHORIZED: 2, LinkState.IN_REVIEW: 3}[link.state]
        moments = (link.requested_at, link.authorized_at, link.submitted_at, None, None)
        send = "tap Link in TikTok" if self.workspace.is_record else "choose Link"
        waits = ("", "waiting for the account's holder", f"waiting for you: {send}", "waiting for TikTok", "")
        steps = [
            (name, past(moment, self.workspace.now(), self.app.zone) if moment else waits[index] if index == now else "")
            for index, (name, moment) in enumerate(zip((*DONE[:now], *TO_DO[now:]), moments, strict=True))
        ]
        account = self.workspace.links.account(link)
        who = Content("").join([safe(f"@{account.username}", "bold"), Content("   "), link_state(link.state)])
        yield Card(
            "Official account",
            Horizontal(
                Avatar(account.username, account.nickname),
                Static(who + Content("\n") + safe(f"Requested by {link.requested_by}", "$muted")),
            ),
            Timeline(steps, now),
            *self._kept(link),
            id="request",
        )
        if self.workspace.is_record:
            yield from self.record_steps(link)
            return
        next_words = {
            LinkState.AWAITING_AUTHORIZATION: "The holder opens TikTok and accepts or declines. Then you choose Link.",
            LinkState.AUTHORIZED: "The holder accepted. Choose Link to send it to review; the rules are checked once more.",
            LinkState.IN_REVIEW: "TikTok decides. Nothing to do until then; you can still cancel the request.",
        }[link.state]
        after: list[Widget] = [Static(Content(next_words))]
        if link.state == LinkState.AWAITING_AUTHORIZATION and link.requested_at and link.authorize_by:
            after.append(Countdown("Time to answer:", link.requested_at, link.authorize_by))
        yield Card("What happens next", *after)
        cancel = Button("Cancel request", id="cancel", variant="error", action="screen.cancel_request")
        answer = Button("Show QR code and link", id="authorize", variant="primary", action="screen.link_existing")
        late = is_late(link, self.workspace.now())
        first = {
            LinkState.AWAITING_AUTHORIZATION: [] if late else [answer],
            LinkState.AUTHORIZED: [Button("Link", id="submit", variant="primary", action="screen.submit")],
            LinkState.IN_REVIEW: [],
        }[link.state]
        yield Buttons(*first, cancel)

    def _linked(self, status: ShopStatus, link: Link, account: Account) -> Iterable[Widget]:
        zone = self.app.zone
        created = "created in Seller Center" if self.workspace.is_record else "created here"
        how = created if link.origin == LinkOrigin.CREATED else "existing account linked"
        name = Content("").join(
            [safe(account.nickname or account.username, "bold"), Content("   "), Content.styled("● Linked", "$success")]
        )
        kind = f"{account.kind} account" if account.kind else "type not entered"
        head = Content("\n").join([name, safe(f"@{account.username}", "$muted"), Content.styled(f"{kind} · {how}", "$muted")])
        region = NOT_ENTERED
        if account.region:
            region = Content(f"{account.region}, same as the shop" if account.region == status.shop.region else account.region)
        elif "official.region-match" in link.confirmed:
            region = Content.styled("unknown, confirmed by you", "$warning")
        match = NOT_ENTERED
        if status.name_matches is not None:
            match = (
                Content.styled("✓ same as the shop, kept in sync", "$success")
                if status.name_matches
                else Content.styled("✗ differs from the shop's name", "$error")
            )
        synced = Content.styled("✓ synced", "$success") + Content(f" · {count_of(len(status.shop_page.products), 'product')}")
        if not status.shop_page.tracked:
            synced = Content.styled("products not tracked", "$muted")
        pairs = [
            ("Phone", safe(mask_phone(account.phone)) if account.phone else NOT_ENTERED),
            ("Email", safe(mask_email(account.email)) if account.email else NOT_ENTERED),
            ("Region", region),
            ("Linked", safe(_linked_words(link, self.workspace.now(), zone))),
            ("Name match", match),
            ("Shop Page", synced),
        ]
        yield Card(
            "Official account",
            Horizontal(Avatar(account.username, account.nickname), Static(head), classes="account"),
            Facts(pairs),
            *self._kept(link),
            id="account",
            classes="-accent",
        )
        yield Card("Unlink", *self._unlink_state(status, link))
        shop_page = Button("Shop Page", id="shop-page", action="screen.open('shop_page')")
        replace = Button("Replace…", id="replace", action="screen.replace")
        unlink = Button("Unlink…", id="unlink", variant="error", action="screen.unlink")
        ends = [self.record_button("end")] if self.workspace.is_record else []
        remedies, others = [], []
        if status.broken or status.name_matches is False:
            remedies.append(Button("Correct facts…", id="facts", variant="primary", action="screen.correct_account"))
        if status.name_matches is False:
            remedies.append(Button("Rename the shop…", id="rename", action="screen.open('shop_information')"))
        if status.unlinks_left is None:
            others.append(Button("Earlier unlinks…", id="earlier", action="screen.open('shop_information')"))
        if self.workspace.is_record:
            others.append(Button("Record a past one…", id="already", action="screen.already_linked"))
        yield Buttons(
            *remedies,
            shop_page,
            *([replace] if status.unlinks_left_at_most else []),
            *ends,
            *([unlink] if status.unlinks_left_at_most else []),
            *others,
        )

    def action_replace(self) -> None:
        """Show what it takes to make another account the official one."""
        self.post_message(OpenPlan(self.shop_id, Role.OFFICIAL))

    def _kept(self, link: Link) -> Iterable[Widget]:
        words = self.kept_with(link)
        return [Hanging(*words)] if words else []

    def _unlink_state(self, status: ShopStatus, link: Link) -> Iterable[Widget]:
        left, limit = status.unlinks_left_at_most, status.unlink_limit
        dots = "●" * left + "○" * (limit - left)
        if not left:
            never = Content.assemble(("No unlinks are left: ", "$error"), "this account can never be unlinked.")
            yield Hanging((Content.styled("✗ ", "$error"), never))
            yield Static(Content.assemble(f"0 of {limit} unlinks left   ", (dots, "$muted")))
            return
        possible = self.workspace.shops.answer(status.shop.id, "official.unlink-wait").until
        if possible and link.linked_at:
            yield Countdown("Possible in", link.linked_at, possible, over="Possible now")
        else:
            yield Static(Content.styled("✓ Possible now", "$success"))
        words = Content.styled("Never restored", "$muted")
        if status.unlinks_left is None:
            words = Content()
        elif self.workspace.links.unlink_needs_name(link.id):
            words = Content.styled("This is the last one", "$warning")
        count = Content.assemble(f"{status.unlinks_words}   ", (dots, "$accent"), "   ")
        yield Hanging((count, words))


def _linked_words(link: Link, now: datetime, zone: tzinfo | None) -> str:
    """Format when a link was made, and who recorded it if it was recorded step by step."""
    by = f", by {link.linked_by}" if link.linked_by else ""
    return f"{past(link.linked_at, now, zone)}{by}" if link.linked_at else ""
