"""Unlink: the consequences, the confirmation, and what is left afterward."""

from collections.abc import Iterable

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.errors import ShoplinkError
from core.models import Link, LinkState, Role
from core.text import show
from tui import step_texts
from tui.commands import bindings
from tui.link_ends import unlinked_card
from tui.link_steps import TIKTOK_ENDS, LinkSteps, todo
from tui.messages import OpenLinkWizard, OpenPlace
from tui.step_texts import says
from tui.widgets.beside import account_card, reminders_here, rules_here
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.field import Field
from tui.widgets.form import buttons_in_view
from tui.widgets.moments import past
from tui.widgets.states import safe
from tui.widgets.verdicts import Verdicts, notice_cards


class Unlink(LinkSteps):
    """Show the consequences and focus Keep; the last unlink asks for the shop's name. Then show what is left."""

    key = "unlink"
    BINDINGS = bindings(*TIKTOK_ENDS)
    AUTO_FOCUS = "#keep, #next"

    def __init__(self, shop_id: str | None, link_id: str) -> None:
        super().__init__(shop_id)
        self.link_id = link_id
        self.typed = ""
        self.painted: Link | None = None
        """The painted link."""

    def step_link(self) -> Link | None:
        return self.painted

    def trail(self) -> list[str]:
        role = "Official Account" if self._link().role == Role.OFFICIAL else "Marketing Accounts"
        return ["Linked TikTok Accounts", role, "Unlink"]

    def page(self) -> Iterable[Widget]:
        return buttons_in_view(self._parts())

    def _parts(self) -> Iterable[Widget]:
        link, links = self._link(), self.workspace.links
        self.painted = link
        if link.state != LinkState.LINKED:
            yield from self._ended(link)
            return
        keep = Button("Keep the account", id="keep", variant="primary", action="screen.back")
        verdicts = links.check_unlink(link.id)
        stopping = [verdict for verdict in verdicts if verdict.stops]
        waits = [verdict.until for verdict in stopping if verdict.until]
        if stopping and (len(waits) < len(stopping) or not link.linked_at):  # a wait is no promise then, and nothing changes
            final = [verdict for verdict in stopping if not verdict.until]
            yield Card(safe(f"@{link.username} can't be unlinked"), Verdicts(final), classes="-stop")
            yield Buttons(keep, *self._recording(anyway=True), *self._earlier())
            return
        yield Static(Content("Unlink ") + safe(f"@{link.username}", "bold") + Content("?"), classes="heading")
        yield from notice_cards(verdicts)
        if waits and link.linked_at:
            yield Card("Not now", Countdown("Possible in", link.linked_at, max(waits), over="Possible now"), classes="-stop")
            if self.workspace.is_record:
                yield from self._name_field(link)
            yield Buttons(keep, *self._recording(anyway=True), *self._earlier())
            return
        if self.workspace.is_record:
            yield todo(f"unlink_{link.role}", link.role)
        yield from self._name_field(link)
        yield Buttons(keep, *self._recording(), *self._earlier())

    def _name_field(self, link: Link) -> Iterable[Field]:
        """Build the field for the shop's name, where the unlink needs it."""
        if self.workspace.links.unlink_needs_name(link.id):
            name = show(self.the_shop().name)
            yield Field("name", "This is the last unlink. Type the shop's name to confirm.", value=self.typed, help=name)

    def side(self) -> Iterable[Widget]:
        link, shop = self._link(), self.the_shop()
        since = [("Linked", safe(past(link.linked_at, self.workspace.now(), self.app.zone)))] if link.linked_at else []
        yield account_card(self.workspace.links.account(link), since)
        yield reminders_here(self.app, shop)
        yield rules_here(self.app, shop, (f"{link.role}.",))

    def _ended(self, link: Link) -> Iterable[Widget]:
        """Build what happened, and buttons for what to do next."""
        yield unlinked_card(self.workspace, link, self.app.zone)
        status = self.workspace.shops.status(self.the_shop().id)
        another = Button("Link another account…", id="next", variant="primary", action="screen.link_another")
        create = Button("Create an organization account…", id="create", action="screen.create")
        if link.role == Role.OFFICIAL:
            free, more = status.official is None, [create]
        else:
            free, more = len(status.marketing) < status.marketing_limit, []
        back = Button("Back", id="back" if free else "keep", variant="default" if free else "primary", action="screen.back")
        yield Buttons(*([another, *more] if free else []), back)

    def action_link_another(self) -> None:
        """Link another account in the role that is free now."""
        if self._link().role == Role.OFFICIAL:
            self.post_message(OpenPlace("use_existing", self.shop_id, replaces=True))
        else:
            self.post_message(OpenLinkWizard("link_marketing", self.shop_id))

    def action_create(self) -> None:
        self.post_message(OpenPlace("create_organization", self.shop_id, replaces=True))

    def _earlier(self) -> Iterable[Button]:
        """Build the button to enter earlier unlinks if they are unknown."""
        if self._link().role == Role.OFFICIAL and self.workspace.shops.status(self.the_shop().id).unlinks_left is None:
            yield Button("Earlier unlinks…", id="earlier", action="screen.open('shop_information')")

    def _recording(self, *, anyway: bool = False) -> Iterable[Button]:
        """Build the buttons that unlink; in a record, those that record how the link ended."""
        record = self.workspace.is_record
        label = step_texts.texts().record["unlink"].button if record else "Unlink"
        if record or not anyway:
            yield Button("TikTok did this anyway…" if anyway else label, id="do", variant="error", action="screen.unlink")
        if record:
            yield self.record_button("end")

    @on(Input.Changed)
    def keep_typed(self, event: Input.Changed) -> None:
        self.typed = event.value

    @on(Input.Submitted)
    def focus_button(self) -> None:
        self.query_one("#do").focus()

    @work
    async def action_unlink(self) -> None:
        link, links, name = self._link(), self.workspace.links, self.typed or None
        try:
            links.check_confirmed(link.id, name)
        except ShoplinkError as error:
            self._show_mistake(error)
        else:
            await self.record(says("unlink", link.username), lambda: links.unlink(link.id, name), self._show_mistake)

    def _show_mistake(self, error: ShoplinkError) -> None:
        for field in self.query(Field):
            field.report(self.app.error_message(error))
            self.query_one(Input).focus()
            return
        self.app.report(error)

    def _link(self) -> Link:
        assert self.link_id is not None
        return self.workspace.links.get(self.link_id)
