"""Link a personal or business account: username, rules, authorization, review."""

from collections.abc import Iterable

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Static

from core.errors import ShoplinkError
from core.links import authorization_code
from core.models import Account, Link, LinkState, Role
from core.text import show
from tui import place_texts, step_texts
from tui.breakpoints import TALL
from tui.commands import COPY, DESK, bindings
from tui.link_ends import end_card, linked_card, unlinked_card
from tui.link_steps import TIKTOK_ENDS, LinkSteps, is_late
from tui.step_texts import says
from tui.widgets.beside import account_card
from tui.widgets.box import Box
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.facts import Facts
from tui.widgets.form import Form
from tui.widgets.lines import Hanging, marked
from tui.widgets.qr import qr
from tui.widgets.states import link_state, safe
from tui.widgets.suggest_field import SuggestField
from tui.wizards.rules_step import RULES, RulesStep

ACCOUNT, AUTHORIZE, REVIEW, LINKED = 0, 2, 3, 4
AGREED_AT_TIKTOK = "The account linking agreement was accepted in TikTok"
AT_ONCE = "It is linked at once: TikTok's page shows no authorization by its holder, and no review."
NOT_AGREED = "Accept the agreement to link the account."
NOT_AGREED_AT_TIKTOK = "Accept it in TikTok, then check this box."
AGREEMENT = "I have read and agree to the account linking agreement"


class LinkExisting(LinkSteps, RulesStep):
    """Link an account as the shop's official account, or resume an open request."""

    key = "link_existing"
    role = Role.OFFICIAL
    steps: tuple[str, ...] = ("Account", "Rules", "Authorize", "Review", "Linked")
    steps_at_once = ("Account", "Rules", "Linked")
    BINDINGS = bindings(COPY, *TIKTOK_ENDS)

    def __init__(self, shop_id: str | None, *, username: str = "", link_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = {"username": username}
        self.begun = dict(self.typed)
        self.agreed = False
        self.must_agree = False
        """Whether to say that the agreement has to be accepted."""
        self.link_id = link_id
        self.painted: Link | None = None
        """The painted link."""

    def trail(self) -> list[str]:
        title = place_texts.texts("link_organization")["title"] if self.at_once else self.texts["title"]
        return ["Linked TikTok Accounts", "Official Account", title]

    def go(self, step: int) -> None:
        self.must_agree = False
        super().go(step)

    def first_step_of_record(self) -> int:
        return AUTHORIZE

    def step_link(self) -> Link | None:
        return self.painted

    def after_cancel(self) -> None:
        self.action_leave()

    def page(self) -> Iterable[Widget]:
        link = self.painted = self._link()
        if link:
            self.set_reactive(RulesStep.step, self._step_of(link))
        self.possible = {
            "copy": link is not None and not self.workspace.is_record and self._can_authorize(link),
        }
        yield from super().page()

    def content(self) -> Iterable[Widget]:
        link = self._link()
        if link:
            yield from self._request_progress(link)
        elif self.step == RULES:
            yield from self.rules()
        else:
            self.set_at_once(False)
            yield from self._account()

    def side(self) -> Iterable[Widget]:
        if self.step:
            link = self._link()
            account = self.workspace.links.account(link) if link else self.checked().account
            yield account_card(account, self._linked_to(account))
            if link is None:
                yield from self.later_beside()
        yield from self.next_cards()

    def next_cards(self) -> Iterable[Widget]:
        """Build the notes for this step; nothing where a rule stops it, or once a request has ended."""
        link = self._link()
        if self.stopped or (link and not link.is_live):
            return
        hours = self.workspace.policy.limit("link.authorization", "answer_hours", self.the_shop().region, self.workspace.now())
        review = "" if self.role == Role.MARKETING else " Then TikTok reviews the request."
        at = LINKED if self.step == len(self.steps) - 1 else self.step
        if self.workspace.is_record:
            name = ("account", "rules", "authorize", "review", "linked")[at]
            words = step_texts.texts().next[name].format(hours=hours)
            yield Card("Next", Static(Content(AT_ONCE if at == RULES and self.at_once else words)))
            return
        ask = f"The holder opens TikTok and accepts within {hours} hours.{review}"
        words = {
            ACCOUNT: "Every rule is checked first. Nothing happens until you have read what will change.",
            RULES: AT_ONCE if self.at_once else ask,
            AUTHORIZE: "You can leave this page: Linked TikTok Accounts keeps showing what is open.",
            REVIEW: "TikTok decides. You can leave this page: the Official Account page shows the answer.",
            LINKED: "Reminders shows when it can be unlinked. The rules of the link are on the account's page.",
        }[at]
        yield Card("Next", Static(Content(words)))
        if at in {AUTHORIZE, REVIEW}:
            words = f"You play TikTok: press {self.app.key_of(DESK)} to answer for the holder and the reviewer."
            yield Card("Desk", Static(Content(words)), classes="-practice")

    def check_typed(self, name: str) -> None:
        typed = self.typed.get("username", "")
        if not typed:
            self.report("username", None)
            return
        try:
            verdict = self.workspace.accounts.username_problem(typed)
            known = self.workspace.accounts.known(typed)
        except ShoplinkError as error:
            self.report("username", self.app.error_message(error))
            return
        if known:
            former = self.workspace.accounts.former_notes(typed)
            self.report("username", None, show(former[0] if former else f"✓ {known.nickname or 'an account in this workspace'}"))
        else:
            self.report("username", verdict.reason if verdict.stops else None)

    @on(Checkbox.Changed)
    def agree(self, event: Checkbox.Changed) -> None:
        self.agreed, self.must_agree = event.value, False
        self.query_one("#message", Hanging).update()

    def made_for(self) -> tuple[object, ...]:
        """Add the exact size on the step with the QR code, which fits or doesn't."""
        return *super().made_for(), self.step == AUTHORIZE and self.app.size

    def action_start_again(self) -> None:
        """Ask the rules again about the account of a request that ended."""
        if link := self._link():
            self.typed["username"] = link.username
        self.link_id = None
        self.go(RULES if self.agreed else ACCOUNT)

    def action_another(self) -> None:
        """Start with another account."""
        self.link_id = None
        self.typed["username"] = ""
        self.agreed = False
        self.go(ACCOUNT)

    def action_request(self) -> None:
        """Request the link; fail if a fact has become unknown since the check."""
        self._request(())

    def action_confirm(self) -> None:
        """Save the facts that were typed, then request the link, confirming only what was shown as unknown."""
        self._request(self.unknown)

    def action_copy(self) -> None:
        if link := self._link():
            self.app.copy_to_clipboard(self._address(link))
            self.notify(f"Copied: {self._address(link)}", markup=False)

    def _account(self) -> Iterable[Widget]:
        words = "official account" if self.role == Role.OFFICIAL else "marketing account"
        username = SuggestField(
            "username",
            "Username",
            help="The name after the @, or the profile's address",
            placeholder="@username",
            suggest=self.known_usernames,
        )
        yield Form(
            Card(f"Which account becomes the {words}?", username, *self.agreement()),
            typed=self.typed,
            submit="screen.check",
            buttons=[Button("Check the rules", id="check", variant="primary", action="screen.check"), self._back_button()],
        )

    def _request_progress(self, link: Link) -> Iterable[Widget]:
        if link.is_open and self.workspace.is_record:
            yield self._state(link, "")
            yield from self.record_steps(link)
            return
        match link.state:
            case LinkState.AWAITING_AUTHORIZATION:
                yield from self._authorize(link)
            case LinkState.AUTHORIZED:
                words = (
                    "The holder accepted. Choose Link to send the request to TikTok's review; the rules are checked once more."
                )
                yield self._state(link, words)
                yield Buttons(
                    Button("Link", id="submit", variant="primary", action="screen.submit"),
                    self._cancel_button(),
                )
            case LinkState.IN_REVIEW:
                yield self._state(link, "TikTok reviews the request. You can leave this page: the request is kept.")
                yield Buttons(self._leave_button(), self._cancel_button())
            case LinkState.LINKED:
                yield linked_card(self.workspace, link, self.app.zone, at_once=self.at_once)
                yield from self.buttons_of_linked()
            case LinkState.UNLINKED:
                yield unlinked_card(self.workspace, link, self.app.zone)
                yield Buttons(self._leave_button(), Button("Link another account", id="another", action="screen.another"))
            case _:
                yield end_card(link, self.workspace.now(), self.app.zone)
                again = Button("Check again", id="again", variant="primary", action="screen.start_again")
                another = Button("Another account", id="another", action="screen.another")
                yield Buttons(again, another)

    def buttons_of_linked(self) -> Iterable[Widget]:
        """Build the actions for a linked account."""
        page = Button("Shop Page", id="shop-page", action="screen.open('shop_page')")
        marketing = Button("Link a marketing account…", id="marketing", action="screen.open('linked_accounts.marketing')")
        yield Buttons(self._leave_button("See the account"), page, marketing)

    def _can_authorize(self, link: Link) -> bool:
        """Whether the holder can still answer."""
        return link.state == LinkState.AWAITING_AUTHORIZATION and not is_late(link, self.workspace.now())

    def _authorize(self, link: Link) -> Iterable[Widget]:
        if not self._can_authorize(link):  # a file that can only be read keeps a request whose time is over
            yield self._state(link, "The time to answer is over.")
            yield Buttons(self._leave_button(), self._cancel_button())
            return
        address = self._address(link)
        after = "Come back here and choose Link" if self.role == Role.OFFICIAL else "It is linked as soon as they accept"
        steps = ("Scan, or open the link on the phone", "Check the shop's name, and accept", after)
        words = Hanging(*((Content.styled(f"{number}  ", "$muted"), Content(step)) for number, step in enumerate(steps, 1)))
        head = Content("").join([safe(f"@{link.username}", "bold"), Content(" authorizes in TikTok")])
        pairs = [("Code", Content.styled(authorization_code(link.id), "bold"))]
        texts: list[Widget] = [Static(head), words, Static(Content.styled(address, "$accent")), Facts(pairs)]
        if link.requested_at and link.authorize_by:
            texts.append(Countdown("Waiting for the holder:", link.requested_at, link.authorize_by, bar=False))
        parts: list[Widget] = [Vertical(*texts, id="authorize-texts")]
        if code := self._code(address):
            parts.insert(0, Static(code, id="qr"))
        yield Card("Authorize", Horizontal(*parts), id="authorize")
        copy = Button("Copy link", id="copy", variant="primary", action="screen.copy")
        yield Buttons(copy, self._cancel_button())

    def _linked_to(self, account: Account) -> list[tuple[str, Content]]:
        live = [link for link in self.workspace.accounts.links(account) if link.is_live] if account.id else []
        linked = self._shops(link for link in live if link.state == LinkState.LINKED)
        asked = self._shops(link for link in live if link.is_open)
        return [("Linked to", linked or Content("nothing")), *([("Requested", asked)] if asked else [])]

    def _shops(self, links: Iterable[Link]) -> Content:
        """Name the shops of links."""
        return safe(", ".join(dict.fromkeys(self.workspace.shops.get(link.shop).name for link in links)), "", 60)

    def _code(self, address: str) -> Content | None:
        short = self.app.size.height < TALL
        return qr(f"https://{address}", self.app.size.width - 44, self.app.size.height - (7 if short else 14))

    def _address(self, link: Link) -> str:
        return f"shoplink.example/a/{authorization_code(link.id)}"

    def _state(self, link: Link, words: str) -> Card:
        who = Content("").join([safe(f"@{link.username}", "bold"), Content("   "), link_state(link.state)])
        return Card(self.steps[self.step], Static(who), *([Static(safe(words))] if words else []))

    def _cancel_button(self) -> Button:
        return Button(
            "Cancel request" if self.role == Role.OFFICIAL else "Cancel invitation",
            id="cancel",
            variant="error",
            action="screen.cancel_request",
        )

    def _back_button(self) -> Button:
        return Button("Back", id="back", action="screen.back")

    def _leave_button(self, label: str = "Done") -> Button:
        return Button(label, id="done", variant="primary", action="screen.leave")

    def action_check(self) -> None:
        try:
            self.checked()
        except ShoplinkError as error:
            self.report("username", self.app.error_message(error))
            self.query_one("#username").focus()
            return
        if self.agreed:
            self.go(RULES)
        else:
            self.ask_to_agree()

    def agreement(self) -> Iterable[Widget]:
        """Build the box to accept the agreement, and what is said if it was passed over."""
        yield Box(AGREED_AT_TIKTOK if self.workspace.is_record else AGREEMENT, value=self.agreed, id="agree")
        yield Hanging(*([self._not_agreed()] if self.must_agree else []), id="message")

    def _not_agreed(self) -> tuple[Content, Content]:
        return marked("✗", NOT_AGREED_AT_TIKTOK if self.workspace.is_record else NOT_AGREED, "$error")

    def ask_to_agree(self) -> None:
        self.must_agree = True
        self.query_one("#message", Hanging).update(self._not_agreed())
        self.query_one("#agree").focus()

    def _request(self, confirmed: tuple[str, ...]) -> None:
        if self.agreed:
            self._make_request(confirmed)
        else:
            self.ask_to_agree()

    @work
    async def _make_request(self, confirmed: tuple[str, ...]) -> None:
        if confirmed and not await self.save_facts():
            return
        shop, links = self.the_shop().id, self.workspace.links
        link = await self.record(
            says(self.request_step, self.username),
            lambda: links.request(self.typed["username"], shop, self.role, agreement=self.agreed, confirmed=confirmed),
        )
        if link:
            self.link_id = link.id
            self.go(AUTHORIZE)

    def _link(self) -> Link | None:
        return self.workspace.links.get(self.link_id) if self.link_id else None

    def _step_of(self, link: Link) -> int:
        return {
            LinkState.AWAITING_AUTHORIZATION: AUTHORIZE,
            LinkState.AUTHORIZED: AUTHORIZE,
            LinkState.LINKED: len(self.steps) - 1,
            LinkState.UNLINKED: len(self.steps) - 1,
        }.get(link.state, REVIEW if link.submitted_at else AUTHORIZE)


class LinkMarketing(LinkExisting):
    """Link a marketing account: the same steps, without review."""

    key = "link_marketing"
    role = Role.MARKETING
    steps = ("Account", "Rules", "Authorize", "Linked")

    def trail(self) -> list[str]:
        return ["Linked TikTok Accounts", "Marketing Accounts", self.texts["title"]]

    def buttons_of_linked(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        more = [Button("Link another account", id="another", action="screen.another")]
        free = more if len(status.marketing) < status.marketing_limit else []
        yield Buttons(self._leave_button("See the account"), *free)

    def _step_of(self, link: Link) -> int:
        return AUTHORIZE + 1 if link.linked_at else AUTHORIZE
