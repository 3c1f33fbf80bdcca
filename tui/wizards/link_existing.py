"""Link a personal or business account: username, rules, authorization, review."""

from collections.abc import Iterable

from textual import events, on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Static
from textual.widgets.button import ButtonVariant

from core.errors import ShoplinkError
from core.links import Check, authorization_code
from core.models import Account, Link, LinkState, Role
from core.plurals import count_of
from core.text import bare_username, show
from core.verdict import Outcome
from tui import step_texts
from tui.breakpoints import TALL
from tui.commands import COPY, bindings
from tui.link_steps import LinkSteps, todo
from tui.messages import OpenPlan
from tui.step_texts import says
from tui.widgets.box import Box
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.fact_fields import fact_fields, missing, read_facts
from tui.widgets.facts import Facts
from tui.widgets.form import Form
from tui.widgets.qr import qr
from tui.widgets.states import link_state, safe
from tui.widgets.suggest_field import SuggestField
from tui.widgets.verdicts import Passing, Verdicts
from tui.wizards.wizard import Wizard

ACCOUNT, RULES, AUTHORIZE, REVIEW, LINKED = range(5)
AGREED_AT_TIKTOK = "The account linking agreement was accepted at TikTok"
AT_ONCE = "It is linked at once: TikTok's page shows no authorization by its holder, and no review."
AGREEMENT = "I have read and agree to the account linking agreement"


class LinkExisting(LinkSteps, Wizard):
    """Link an account as the shop's official account, or resume an open request."""

    key = "link_existing"
    role = Role.OFFICIAL
    steps: tuple[str, ...] = ("Account", "Rules", "Authorize", "Review", "Linked")
    BINDINGS = bindings(COPY)

    def __init__(self, shop_id: str | None, *, username: str = "", link_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = {"username": username}
        self.begun = dict(self.typed)
        self.agreed = False
        self.unknown: tuple[str, ...] = ()
        """Rules with facts shown as unknown, which the person can confirm."""
        self.at_once = False
        """Whether the shown account is linked at once: an organization account of the seller's own."""
        self.facts: dict[str, str] = {}
        """Facts that are being entered for a record."""
        self.link_id = link_id
        self.painted: Link | None = None
        """The link, as it is painted."""

    def first_step_of_record(self) -> int:
        return AUTHORIZE

    def step_link(self) -> Link | None:
        return self.painted

    def after_cancel(self) -> None:
        self.action_leave()

    def page(self) -> Iterable[Widget]:
        link = self.painted = self._link()
        if link:
            self.set_reactive(Wizard.step, self._step_of(link))
        self.possible = {
            "copy": link is not None and link.state == LinkState.AWAITING_AUTHORIZATION and not self.workspace.is_record,
        }
        yield from super().page()

    def content(self) -> Iterable[Widget]:
        link = self._link()
        if link:
            yield from self._request_progress(link)
        elif self.step == RULES:
            yield from self._rules()
        else:
            yield from self._account()

    def side(self) -> Iterable[Widget]:
        hours = self.workspace.policy.limit("link.authorization", "answer_hours", self.the_shop().region, self.workspace.now())
        review = "" if self.role == Role.MARKETING else " After that, press Link here and TikTok reviews."
        at = LINKED if self.step == len(self.steps) - 1 else self.step
        if self.workspace.is_record:
            name = ("account", "rules", "authorize", "review", "linked")[at]
            yield Card("Next", Static(Content(step_texts.texts().next[name].format(hours=hours))))
            return
        ask = f"Opening TikTok, the holder sees who asks, and accepts or declines. There are {hours} hours for it.{review}"
        words = {
            ACCOUNT: "First every rule is checked; nothing is requested before you have read what will happen.",
            RULES: AT_ONCE if self.at_once else ask,
            AUTHORIZE: "Leaving this page loses nothing: the request waits on the Linked TikTok Accounts page.",
            REVIEW: "TikTok decides on the request. You can leave: the page of the official account shows the answer.",
            LINKED: "The link stands. From here on its rules are shown with the account.",
        }[at]
        yield Card("Next", Static(Content(words)))
        if self.step in {AUTHORIZE, REVIEW}:
            yield Card(
                "Desk",
                Static(Content("You play TikTok: press d to answer for the holder and the reviewer.")),
                classes="-practice",
            )

    def check_typed(self, name: str) -> None:
        typed = self.typed.get("username", "")
        if not typed:
            self.report("username", None)
            return
        try:
            verdict = self.workspace.accounts.username_problem(typed)
            known = self.workspace.accounts.known(typed)
        except ShoplinkError as error:
            self.report("username", show(error.message))
            return
        if known:
            self.report("username", None, show(f"✓ {known.nickname or 'an account this workspace knows'}"))
        else:
            self.report("username", verdict.reason if verdict.stops else None)

    @on(Checkbox.Changed)
    def agree(self, event: Checkbox.Changed) -> None:
        self.agreed = event.value
        if self.agreed:
            self.query_one("#message", Static).update("")

    def on_resize(self, event: events.Resize) -> None:
        if self.step == AUTHORIZE and self.is_mounted:
            self.repaint()  # the QR code may fit now, or no longer

    def action_start_again(self) -> None:
        self.link_id = None
        self.go(ACCOUNT)

    def action_request(self) -> None:
        """Request the link; fail if a fact has become unknown since the check."""
        self._request(())

    def action_confirm(self) -> None:
        """Request the link, confirming only the facts that were shown as unknown."""
        self._request(self.unknown)

    def action_copy(self) -> None:
        if link := self._link():
            self.app.copy_to_clipboard(self._address(link))
            self.notify(f"Copied: {self._address(link)}", markup=False)

    def _account(self) -> Iterable[Widget]:
        words = "official account" if self.role == Role.OFFICIAL else "marketing account"
        agree = Box(AGREED_AT_TIKTOK if self.workspace.is_record else AGREEMENT, value=self.agreed, id="agree")
        username = SuggestField(
            "username",
            "Username",
            help="The name after the @, or the profile's address",
            placeholder="@username",
            suggest=self.known_usernames,
        )
        yield Form(
            Card(f"Which account becomes the {words}?", username, agree, Static("", id="message")),
            typed=self.typed,
            submit="screen.check",
            buttons=[Button("Check the rules", id="check", variant="primary", action="screen.check"), self._back_button()],
        )

    def _rules(self) -> Iterable[Widget]:
        check = self._checked()
        self.at_once = check.at_once
        stopping = [verdict for verdict in check.verdicts if verdict.stops]
        unknown = bool(stopping) and all(verdict.outcome == Outcome.UNKNOWN for verdict in stopping)
        self.unknown = tuple(verdict.rule for verdict in stopping) if unknown else ()
        passing = [verdict for verdict in check.verdicts if verdict.outcome == Outcome.PASS]
        notices = [
            verdict for verdict in check.verdicts if verdict.outcome == Outcome.NOTICE and verdict.rule != "link.agreement"
        ]
        if stopping:
            title = "These facts are not entered" if unknown else f"@{check.account.username} cannot be linked now"
            yield Card(title, Verdicts(stopping, remedies=not unknown), id="stopping", classes="-unknown" if unknown else "-stop")
        else:
            yield Card("This will happen", Verdicts(notices), id="notices")
        at_tiktok = todo("at_once" if check.at_once else f"request_{self.role}", self.role, check.account.username)
        if self.workspace.is_record and not stopping:
            yield at_tiktok
        for other in check.looks_like:
            words = f"! Look twice: it looks like @{other}, which is another account."
            yield Static(safe(words, "$warning"), classes="warning")
        if self.workspace.is_record and unknown:
            yield from self._missing(check.account)
        yield from self._buttons_after_check(stopping=bool(stopping), unknown=unknown)
        if self.workspace.is_record and unknown:
            yield at_tiktok
        titles = {rule.id: rule.title for rule in self.workspace.policy.rules.values()}
        count = count_of(len(passing), "rule passes", "rules pass")
        yield Card(count, Passing(passing, titles), id="passing")

    def _missing(self, account: Account) -> Iterable[Widget]:
        """Build the form of the facts that the rules need and nobody has entered."""
        needed = {fact for rule in self.unknown for fact in self.workspace.policy.rules[rule].facts}
        if names := missing(account, needed):
            save = Button("Save the facts", id="save", variant="primary", action="screen.save_facts")
            fields = fact_fields(names, self.workspace.policy.markets)
            yield Card(
                "Enter what you know", Form(*fields, typed=self.facts, submit="screen.save_facts", buttons=[save]), id="missing"
            )

    @work
    async def action_save_facts(self) -> None:
        """Save the facts that were entered; the rules are asked again with them."""
        form, username = self.query_one(Form), bare_username(self.typed["username"])
        if facts := read_facts(form, {}):
            state = self.workspace.accounts.state
            if await self.record(f"facts of @{username}", lambda: state(username, **facts), form.show):
                self.facts = {}
                self.repaint()

    def action_plan(self) -> None:
        self.post_message(OpenPlan(self.shop_id, self.role, self.typed["username"]))

    def _buttons_after_check(self, *, stopping: bool, unknown: bool) -> Iterable[Widget]:
        back = self._back_button("primary" if stopping else "default")
        if unknown:
            words = "Enter the missing facts, or confirm them yourself. shoplink notes who confirmed."
            yield Static(Content.styled(words, "$muted"), classes="heading-text")
            yield Horizontal(back, Button("I confirm these facts", id="confirm", action="screen.confirm"), classes="buttons")
        elif stopping:
            anyway = Button("TikTok did this anyway…", id="anyway", action="screen.request")
            way = Button("What it takes", id="plan", action="screen.plan")
            known = [way] if self.workspace.accounts.known(self.typed["username"]) else []
            yield Horizontal(back, *([anyway] if self.workspace.is_record else []), *known, classes="buttons")
        else:
            step = step_texts.texts().record["at_once" if self.at_once else "request"]
            words = "Link" if self.at_once else "Continue to authorize"
            words = step.button if self.workspace.is_record else words
            yield Horizontal(Button(words, id="continue", action="screen.request", variant="primary"), back, classes="buttons")

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
                    "The holder has accepted. Press Link to send the request to TikTok's review; the rules are checked once more."
                )
                yield self._state(link, words)
                yield Horizontal(
                    Button("Link", id="submit", variant="primary", action="screen.submit"),
                    self._cancel_button(),
                    classes="buttons",
                )
            case LinkState.IN_REVIEW:
                yield self._state(link, "TikTok reviews the request. You can leave this page: nothing is lost.")
                yield Horizontal(self._leave_button("primary"), self._cancel_button(), classes="buttons")
            case LinkState.LINKED:
                yield self._state(link, "The account is linked. What it is now is shown on the Linked TikTok Accounts page.")
                yield Horizontal(self._leave_button("primary", "See the account"), classes="buttons")
            case _:
                reason = f" The reason: {link.reason}" if link.reason else ""
                yield self._state(link, f"The request ended.{reason} You can start again with what you typed.")
                again = Button("Start again", id="again", variant="primary", action="screen.start_again")
                yield Horizontal(again, self._leave_button(), classes="buttons")

    def _authorize(self, link: Link) -> Iterable[Widget]:
        address = self._address(link)
        after = "Come back here and press Link" if self.role == Role.OFFICIAL else "It is linked from that moment"
        steps = ("Scan, or open the link on the phone", "Check the shop's name, and accept", after)
        words = Content("\n").join(Content.assemble((f"{number}  ", "$muted"), step) for number, step in enumerate(steps, 1))
        head = Content("").join([safe(f"@{link.username}", "bold"), Content(" authorizes in TikTok")])
        pairs = [("Code", Content.styled(authorization_code(link.id), "bold"))]
        texts: list[Widget] = [Static(head), Static(words), Static(Content.styled(address, "$accent")), Facts(pairs)]
        if link.requested_at and link.authorize_by:
            texts.append(Countdown("Waiting for the holder:", link.requested_at, link.authorize_by, bar=False))
        parts: list[Widget] = [Vertical(*texts, id="authorize-texts")]
        if code := self._code(address):
            parts.insert(0, Static(code, id="qr"))
        yield Card("Authorize", Horizontal(*parts), id="authorize")
        copy = Button("Copy link", id="copy", variant="primary", action="screen.copy")
        yield Horizontal(copy, self._cancel_button(), classes="buttons")

    def _code(self, address: str) -> Content | None:
        short = self.app.size.height < TALL
        return qr(f"https://{address}", self.app.size.width - 44, self.app.size.height - (7 if short else 14))

    def _address(self, link: Link) -> str:
        return f"shoplink.example/a/{authorization_code(link.id)}"

    def _state(self, link: Link, words: str) -> Card:
        who = Content("").join([safe(f"@{link.username}", "bold"), Content("   "), link_state(link.state)])
        return Card(self.steps[self.step], Static(who), *([Static(safe(words))] if words else []))

    def _cancel_button(self) -> Button:
        return Button("Cancel request", id="cancel", variant="error", action="screen.cancel_request")

    def _back_button(self, variant: ButtonVariant = "default") -> Button:
        return Button("Back", id="back", variant=variant, action="screen.back")

    def _leave_button(self, variant: ButtonVariant = "default", label: str = "Leave") -> Button:
        return Button(label, id="done", variant=variant, action="screen.leave")

    def _checked(self) -> Check:
        return self.workspace.links.check(self.typed["username"], self.the_shop().id, self.role)

    def action_check(self) -> None:
        try:
            self._checked()
        except ShoplinkError as error:
            self.report("username", self.app.error_message(error))
            self.query_one("#username").focus()
            return
        if self.agreed:
            self.go(RULES)
        else:
            self.ask_to_agree()

    def ask_to_agree(self) -> None:
        words = "✗ The agreement has to be accepted before the account can be linked."
        self.query_one("#message", Static).update(Content.styled(words, "$error"))
        self.query_one("#agree").focus()

    def _request(self, confirmed: tuple[str, ...]) -> None:
        self._send_request(confirmed)

    @work
    async def _send_request(self, confirmed: tuple[str, ...]) -> None:
        shop, links = self.the_shop().id, self.workspace.links
        link = await self.record(
            says("at_once" if self.at_once else "request", bare_username(self.typed["username"])),
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
            LinkState.LINKED: LINKED,
        }.get(link.state, REVIEW if link.submitted_at else AUTHORIZE)


class LinkMarketing(LinkExisting):
    """Link a marketing account: the same steps, without review."""

    key = "link_marketing"
    role = Role.MARKETING
    steps = ("Account", "Rules", "Authorize", "Linked")

    def trail(self) -> list[str]:
        return ["Linked TikTok Accounts", "Marketing Accounts", self.texts["title"]]

    def _step_of(self, link: Link) -> int:
        return AUTHORIZE + 1 if link.linked_at else AUTHORIZE
