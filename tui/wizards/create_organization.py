"""Create an organization account: type, information, effect, login."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.errors import ShoplinkError
from core.models import AVATARS, Link
from core.text import LIMITS, contact_problem, mask_contact, problem, show
from core.verdict import Outcome
from tui.commands import REFRESH_AVATAR, bindings
from tui.widgets.avatar import Avatar, picture
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.field import Field
from tui.widgets.states import safe
from tui.widgets.verdicts import Verdicts
from tui.wizards.wizard import Wizard

TYPE, INFORMATION, CONFIRM, LOGIN = range(4)
BENEFITS = (
    ("Credible identity", "customers see a verified business"),
    ("Several people", "each works under a role of their own"),
    ("Secured ownership", "the company keeps the account when someone leaves"),
)
LIMITS_WORDS = (
    ("Same entity", "it links only to a seller of the same legal entity"),
    ("One seller", "it belongs to one seller account at a time"),
)


class CreateOrganization(Wizard):
    """Create an organization account and link it immediately, without review."""

    key = "create_organization"
    steps = ("Type", "Information", "Confirm", "Log in")
    BINDINGS = bindings(REFRESH_AVATAR)

    def __init__(self, shop_id: str | None) -> None:
        super().__init__(shop_id)
        self.typed = {"username": "", "contact": ""}
        self.begun = dict(self.typed)
        self.avatar = 0
        self.made: Link | None = None

    def first_step_of_record(self) -> int:
        return LOGIN

    def content(self) -> Iterable[Widget]:
        self.possible = {"avatar": self.step == INFORMATION}
        return (self._type, self._information, self._confirm, self._login)[self.step]()

    def check_typed(self, name: str) -> None:
        self.report(name, self._mistake(name))
        if name == "username":
            self.query_one(Avatar).update(picture(self._username(), self.avatar))

    @on(Input.Submitted)
    def focus_next_field(self) -> None:
        self.focus_next()

    def action_avatar(self) -> None:
        self.avatar = (self.avatar + 1) % AVATARS
        self.query_one(Avatar).update(picture(self._username(), self.avatar))

    def _type(self) -> Iterable[Widget]:
        facts = Facts([(name, Content(words)) for name, words in BENEFITS])
        limits = Facts([(name, Content(words)) for name, words in LIMITS_WORDS])
        yield Card("An organization account brings", facts)
        yield Card("and is bound by", limits)
        yield self._buttons(Button("Continue", id="next", variant="primary", action="screen.next"))

    def _information(self) -> Iterable[Widget]:
        shop = self.the_shop()
        suggested = self.workspace.accounts.suggest_username(shop.name)
        yield Horizontal(
            Avatar(self._username(), self.avatar),
            Facts([("Nickname", safe(shop.name, "bold")), ("", Content.styled("always the shop's name", "$muted"))]),
            Button("Another picture", id="picture", action="screen.avatar"),
            classes="account",
        )
        yield Field(
            "username",
            "Username (optional)",
            value=self.typed["username"],
            help=f"Left empty it becomes @{suggested}",
            placeholder=f"@{suggested}",
        )
        yield Field(
            "contact",
            "Email or phone",
            value=self.typed["contact"],
            help="The login code goes there; it becomes the account's first admin",
            placeholder="owner@company.example",
        )
        yield self._buttons(Button("Continue", id="next", variant="primary", action="screen.next"))

    def _confirm(self) -> Iterable[Widget]:
        check = self.workspace.organizations.check_create(self.the_shop().id, self.typed["username"] or None)
        stopping = [verdict for verdict in check.verdicts if verdict.stops]
        notices = [verdict for verdict in check.verdicts if verdict.outcome == Outcome.NOTICE]
        yield Card(
            "The new account",
            Facts(
                [
                    ("Nickname", safe(check.shop.name)),
                    ("Username", safe(f"@{check.account.username}")),
                    ("Contact", safe(mask_contact(self.typed["contact"].strip()))),
                    ("Entity", safe(check.account.entity.legal_name if check.account.entity else None)),
                ]
            ),
        )
        if stopping:
            yield Card("It cannot be created now", Verdicts(stopping), classes="-stop")
            yield Horizontal(Button("Back", id="back", variant="primary", action="screen.back"), classes="buttons")
            return
        yield Card("This will happen", Verdicts(notices))
        yield self._buttons(Button("Create and link", id="create", variant="primary", action="screen.create"))

    def _buttons(self, first: Button) -> Horizontal:
        return Horizontal(first, Button("Back", id="back", action="screen.back"), classes="buttons")

    def _login(self) -> Iterable[Widget]:
        assert self.made is not None
        account = self.workspace.links.account(self.made)
        contact = mask_contact(account.email or account.phone or "")
        way = "code" if account.phone else "link"
        steps = (
            "Open TikTok and choose to log in with phone, email or username",
            f"Enter the contact {contact}: TikTok sends a {way} there",
            f"{'Type the code' if account.phone else 'Open the link'}, and choose a password",
        )
        numbered = Content("\n").join(
            Content.assemble((f"{number}  ", "$muted"), show(step)) for number, step in enumerate(steps, 1)
        )
        head = Content("").join([safe(f"@{account.username}", "bold"), Content("   "), Content.styled("● linked", "$success")])
        yield Card("Created and linked", Horizontal(Avatar(account.username, account.avatar), Static(head), classes="account"))
        yield Card("Log into the new account", Static(numbered))
        invite = self.app.hint(f"shoplink members invite {self.the_shop().code} EMAIL --role operator")
        hours = self.workspace.policy.limit("org.members", "invitation_hours", self.the_shop().region, self.workspace.now())
        words = f"Invite them by email or phone; an invitation is open for {hours} hours.\n{invite}"
        yield Card("Let others work in it", Static(Content(words)))
        yield Horizontal(Button("See the account", id="done", variant="primary", action="screen.leave"), classes="buttons")

    def _username(self) -> str:
        return self.typed["username"].removeprefix("@").lower() or self.workspace.accounts.suggest_username(self.the_shop().name)

    def _mistake(self, name: str) -> str | None:
        typed = self.typed[name].strip()
        if name == "contact":
            found = problem(typed, LIMITS["contact"]) or contact_problem(typed) if typed else None
            return f"This {found}." if found else None
        if not typed:
            return None
        try:
            verdict = self.workspace.accounts.username_problem(typed)
        except ShoplinkError as error:
            return show(error.message)
        return show(verdict.reason) if verdict.stops else None

    def action_next(self) -> None:
        if self.step == INFORMATION:
            if not self.typed["contact"].strip():
                self.report("contact", "An email address or a phone number is needed.")
                self.query_one("#contact").focus()
                return
            for name in self.typed:
                if mistake := self._mistake(name):
                    self.report(name, mistake)
                    self.query_one(f"#{name}").focus()
                    return
        self.go(self.step + 1)

    def action_create(self) -> None:
        shop = self.the_shop().id
        typed = self.typed
        made = self.attempt(
            lambda: self.workspace.organizations.create(
                shop, contact=typed["contact"], username=typed["username"] or None, avatar=self.avatar
            )
        )
        if made:
            self.made = made
            self.link_id = made.id
            self.go(LOGIN)
