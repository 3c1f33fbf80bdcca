"""Create an organization account: type, information, consequences, first login."""

from collections.abc import Iterable

from textual import work
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.links import Check
from core.models import Link, LinkState, Role
from core.organizations import read_contact
from core.text import bare_username, mask_contact
from core.verdict import Outcome
from tui import step_texts
from tui.link_ends import linked_card, unlinked_card
from tui.link_steps import todo
from tui.step_texts import says
from tui.widgets.avatar import Avatar
from tui.widgets.beside import reminders_here
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.states import safe
from tui.widgets.verdicts import Passing, Verdicts, notice_cards
from tui.wizards.wizard import Wizard

OFFICIAL = "screen.open('linked_accounts.official')"
TYPE, INFORMATION, CONFIRM, LOGIN = range(4)
BENEFITS = (
    ("Credible identity", "customers see a verified business"),
    ("Multi-user operation", "each person has their own role"),
    ("Secured ownership", "the company keeps the account when someone leaves"),
)
LIMITS_WORDS = (
    ("Same entity", "it links only to a seller with the same legal entity"),
    ("One seller", "it belongs to one seller account at a time"),
)


class CreateOrganization(Wizard):
    """Create an organization account, linked at once and without review; in a record, note that it was created."""

    key = "create_organization"
    steps = ("Select account type", "Input creation information", "Confirm", "Log into org account")
    short_steps = ("Type", "Information", "Confirm", "Log in")

    def __init__(self, shop_id: str | None) -> None:
        super().__init__(shop_id)
        self.typed = {"username": "", "contact": ""}
        self.begun = dict(self.typed)

    def first_step_of_record(self) -> int:
        return LOGIN

    def content(self) -> Iterable[Widget]:
        return (self._type, self._information, self._confirm, self._login)[self.step]()

    def side(self) -> Iterable[Widget]:
        step = ("type", "information", "confirm", "login")[self.step]
        texts = step_texts.texts().creating
        if not self.stopped:
            words = texts.get(f"{step}_record", texts[step]) if self.workspace.is_record else texts[step]
            yield Card("Next", Static(Content(words)))
        status = self.workspace.shops.status(self.the_shop().id)
        yield Card("Unlinks", Static(Content(f"{status.unlinks_words}.")))
        yield reminders_here(self.app, self.the_shop())

    def _type(self) -> Iterable[Widget]:
        facts = Facts([(name, Content(words)) for name, words in BENEFITS])
        limits = Facts([(name, Content(words)) for name, words in LIMITS_WORDS])
        yield Card("Benefits of an organization account", facts)
        yield Card("Limits", limits)
        yield self._buttons(Button("Continue", id="next", variant="primary", action="screen.next"))

    def _information(self) -> Iterable[Widget]:
        shop, practice = self.the_shop(), self.app.is_practice
        suggested = self.workspace.accounts.suggest_username(shop.name)
        yield Horizontal(
            Avatar(self._username(), shop.name),
            Facts([("Nickname", safe(shop.name, "bold")), ("", Content.styled("always the shop's name", "$muted"))]),
            classes="account",
        )
        yield Form(
            Field(
                "username",
                "Username",
                optional=True,
                help=f"If left empty, it becomes @{suggested}" if practice else f"Leave it empty if it is @{suggested}",
                placeholder=f"@{suggested}",
                read=self.workspace.accounts.new_username,
            ),
            Field(
                "contact",
                "Email or phone",
                optional=not practice,
                help="Becomes the account's first admin",
                placeholder="owner@company.example",
                read=read_contact,
            ),
            typed=self.typed,
            submit="screen.next",
            buttons=[
                Button("Continue", id="next", variant="primary", action="screen.next"),
                Button("Back", id="back", action="screen.back"),
            ],
        )

    def _confirm(self) -> Iterable[Widget]:
        check = self.workspace.organizations.check_create(self.the_shop().id, self.typed["username"] or None)
        stopping = [verdict for verdict in check.verdicts if verdict.stops]
        self.stopped = bool(stopping)
        contact = self._contact()
        yield Card(
            "The new account",
            Facts(
                [
                    ("Nickname", safe(check.shop.name)),
                    ("Username", safe(f"@{check.account.username}")),
                    *([("First admin", safe(mask_contact(contact)))] if contact else []),
                    ("Entity", safe(check.account.entity.legal_name if check.account.entity else None)),
                ]
            ),
        )
        record = self.workspace.is_record
        if stopping:
            yield Card("You can't create it now", Verdicts(stopping), id="stopping", classes="-stop")
            yield self._passing(check)
            anyway = [Button("TikTok did this anyway…", id="anyway", action="screen.create")] if record else []
            back = Button("Back", id="back", variant="primary", action="screen.back")
            taken = [] if self._official() is None else [Button("See the account", id="account", action=OFFICIAL)]
            yield Buttons(back, *taken, *anyway)
            return
        yield from notice_cards(check.verdicts)
        if record:
            yield todo("create", Role.OFFICIAL)
        yield self._passing(check)
        words = step_texts.texts().record["create"].button if record else "Create and link"
        yield self._buttons(Button(words, id="create", variant="primary", action="screen.create"))

    def _passing(self, check: Check) -> Passing:
        return Passing([verdict for verdict in check.verdicts if verdict.outcome == Outcome.PASS], id="passing")

    def _official(self) -> Link | None:
        return self.workspace.shops.status(self.the_shop().id).official

    def _buttons(self, first: Button) -> Buttons:
        return Buttons(first, Button("Back", id="back", action="screen.back"))

    def _login(self) -> Iterable[Widget]:
        assert self.link_id is not None
        link = self.workspace.links.get(self.link_id)
        if link.state == LinkState.UNLINKED:
            self.stopped = True
            yield unlinked_card(self.workspace, link, self.app.zone)
            yield Buttons(Button("Done", id="done", variant="primary", action="screen.leave"))
            return
        account = self.workspace.links.account(link)
        steps = Facts(
            [
                ("1", Content("Seller Center, Official Account tab: get a verification code and verify yourself")),
                ("2", safe(f"TikTok: log in with the username @{account.username} and that code")),
            ]
        )
        later = Content.styled("Since September 2025 a member can also log in with their own phone or email.", "$muted")
        yield linked_card(self.workspace, link, self.app.zone, at_once=True)
        yield Card("Log into org account", steps, Static(later))
        hours = self.workspace.policy.limit("org.members", "invitation_hours", self.the_shop().region, self.workspace.now())
        invite = f"Invite people by email or phone in Team access. An invitation is valid for {hours} hours."
        yield Card("Add your team", Static(Content(invite)))
        yield self.buttons_of_organization()

    def _contact(self) -> str:
        return self.typed["contact"].strip()

    def _username(self) -> str:
        return bare_username(self.typed["username"]) or self.workspace.accounts.suggest_username(self.the_shop().name)

    def action_next(self) -> None:
        """Go on from a step that is only typed; the others are done by what they record."""
        if self.step == TYPE or (self.step == INFORMATION and self.query_one(Form).read() is not None):
            self.go(self.step + 1)

    @work
    async def action_create(self) -> None:
        shop, username, contact = self.the_shop().id, self.typed["username"] or None, self._contact()
        made = await self.record(
            says("create", self._username()),
            lambda: self.workspace.organizations.create(shop, contact=contact, username=username),
        )
        if made:
            self.link_id = made.id
            self.go(LOGIN)
