"""The Desk, over any place: the holder and the reviewer of what is pending, the clock, and the scenario's start."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

import data
from core.clock import parse_duration
from core.errors import ShoplinkError
from core.models import Link, LinkState, Member, MemberState, Product, ProductStatus, Role
from core.text import mask_contact, show
from tui.commands import (
    CLOCK_DAY,
    CLOCK_DUE,
    CLOCK_HOUR,
    HOLDER_ACCEPTS,
    HOLDER_DECLINES,
    MEMBER_ACCEPTS,
    PRODUCT_ADDED,
    PRODUCT_DELETED,
    PRODUCT_SWITCHED,
    REVIEWER_APPROVES,
    REVIEWER_REJECTS,
    START_OVER,
    Command,
    bindings,
)
from tui.typed import InShoplink
from tui.widgets.card import Card
from tui.widgets.field import Field
from tui.widgets.moments import full
from tui.widgets.states import link_state, safe

HOLDER = (HOLDER_ACCEPTS, HOLDER_DECLINES)
REVIEWER = (REVIEWER_APPROVES, REVIEWER_REJECTS)
CLOCK = (CLOCK_HOUR, CLOCK_DAY, CLOCK_DUE, START_OVER)
PRODUCTS = (PRODUCT_ADDED, PRODUCT_SWITCHED, PRODUCT_DELETED)
REASON = "The profile picture shows a third party's logo."


class Desk(InShoplink, ModalScreen[None]):  # type: ignore[misc]  # narrows Textual's app
    """Stands beside the place it was opened over, which repaints at once after every act."""

    BINDINGS = [
        Binding("escape,d", "dismiss", "Close the Desk"),
        *bindings(*HOLDER, *REVIEWER, MEMBER_ACCEPTS, *PRODUCTS, *CLOCK),
    ]
    AUTO_FOCUS = ""

    def __init__(self, shop_id: str | None, place: str) -> None:
        super().__init__()
        self.shop_id = shop_id
        self.place = place
        self.asking: str | None = None
        self.said = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="desk", can_focus=False) as desk:
            desk.border_title = Content("Desk: you play TikTok")
            desk.border_subtitle = Content("esc closes")
            link = self._pending()
            if link:
                who = Content("").join([safe(f"@{link.account}", "bold"), Content(f" ({link.role})\n"), link_state(link.state)])
                yield Card("Pending", Static(who), *map(self._key, self._commands(link)))
            else:
                yield Card("Pending", Static(Content.styled("Nothing waits for TikTok at this shop.", "$muted")))
            if self.asking == "reason":
                yield Field("reason", "Why is it rejected?", value=REASON, help="enter rejects, esc does not")
            if self._invited():
                invited = safe(f"{mask_contact(self._invited()[0].contact)} is invited")
                yield Card("Team", Static(invited), self._key(MEMBER_ACCEPTS))
            if self.shop_id:
                yield Card("Products", *map(self._key, PRODUCTS))
            now = full(self.app.workspace.now(), self.app.zone)
            yield Card("Clock", Static(Content(now)), *map(self._key, CLOCK))
            if self.asking == "restart":
                yield Static(Content.styled("Start over? All that was done since is gone.", "$warning"))
                yield Button("Yes, start over", id="restart", variant="error")
            if self.said:
                yield Static(safe(self.said, "$muted"), id="said")
            notes = data.load("texts/places.toml")[self.place]["notes"]
            if notes:
                yield Card("For the presenter", Static(Content.styled(notes, "$muted")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"answer", "reject"}:
            link = self._pending()
            allowed = {command.action for command in self._commands(link)} if link else set()
            return (f"answer('{parameters[0]}')" if parameters else "reject") in allowed
        if action == "member_accepts":
            return bool(self._invited())
        if action in {"switch_product", "delete_product"}:
            return bool(self._products())
        return self.shop_id is not None if action == "add_product" else True

    async def action_dismiss(self, result: None = None) -> None:
        if self.asking:
            self.asking = None
            self._show()
        else:
            self.dismiss()

    def action_answer(self, act: str) -> None:
        if link := self._pending():
            self._do(lambda: getattr(self.app.workspace.links, act)(link.id), f"@{link.account}: done ({act})")

    def action_reject(self) -> None:
        self.asking = "reason"
        self._show("#reason")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        link, reason = self._pending(), event.value
        if link:
            self.asking = None
            self._do(lambda: self.app.workspace.links.reject(link.id, reason), f"@{link.account}: rejected")

    def action_member_accepts(self) -> None:
        if invited := self._invited():
            contact = mask_contact(invited[0].contact)
            self._do(lambda: self.app.workspace.organizations.accept(invited[0].id), f"{contact} is a member now")

    def action_add_product(self) -> None:
        workspace, shop = self.app.workspace, str(self.shop_id)
        offered = data.load("texts/desk.toml")["products"]
        new = offered[len(workspace.products.of_shop(shop)) % len(offered)]
        self._do(lambda: workspace.products.add(shop, new["title"], new["price"]), f"Added: {new['title']}")

    def action_switch_product(self) -> None:
        newest = self._products()[-1]
        off = newest.status == ProductStatus.ACTIVE
        status = ProductStatus.INACTIVE if off else ProductStatus.ACTIVE
        said = f"Switched {'off' if off else 'on'}: {newest.title}"
        self._do(lambda: self.app.workspace.products.set_status(newest.id, status), said)

    def action_delete_product(self) -> None:
        newest = self._products()[-1]
        self._do(lambda: self.app.workspace.products.set_status(newest.id, ProductStatus.DELETED), f"Deleted: {newest.title}")

    def action_advance(self, duration: str) -> None:
        self._do(lambda: self.app.workspace.desk.advance(parse_duration(duration)), f"The clock was moved by {duration}")

    def action_advance_to_due(self) -> None:
        workspace = self.app.workspace
        due = workspace.desk.next_due()
        if due is None:
            self.said = "Nothing is due later than now."
            self._show()
        else:
            self._do(lambda: workspace.desk.advance(due - workspace.now()), "The clock was moved to what is due next")

    def action_restart(self) -> None:
        self.asking = "restart"
        self._show("#restart")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "restart":
            self.asking = None
            self._do(self.app.workspace.desk.restart, "The scenario is at its start")
        else:
            self.run_worker(self.run_action(str(event.button.name)))

    def _key(self, command: Command) -> Button:
        label = Content.assemble((f"{command.key}  ", "$accent bold"), command.name)
        return Button(label, name=command.action, classes="desk-key")

    def _commands(self, link: Link) -> tuple[Command, ...]:
        return {LinkState.AWAITING_AUTHORIZATION: HOLDER, LinkState.IN_REVIEW: REVIEWER}.get(link.state, ())

    def _pending(self) -> Link | None:
        """What waits for TikTok at this shop: the official request before the oldest marketing one."""
        if not self.shop_id:
            return None
        links = self.app.workspace.links.find(shop=self.shop_id)
        waiting = [link for link in links if link.is_open]
        return min(waiting, key=lambda link: (link.role != Role.OFFICIAL, link.requested_at), default=None)

    def _invited(self) -> list[Member]:
        """Who is invited into the shop's organization account, the first invitation first."""
        if not self.shop_id:
            return []
        try:
            members = self.app.workspace.organizations.members(self.shop_id)
        except ShoplinkError:
            return []  # no organization account is linked
        return [member for member in members if member.state == MemberState.INVITED]

    def _products(self) -> tuple[Product, ...]:
        """The shop's products, without the deleted ones."""
        return self.app.workspace.products.of_shop(self.shop_id, include_deleted=False) if self.shop_id else ()

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
            self.said = said
        except ShoplinkError as error:
            reasons = [verdict.reason for verdict in error.verdicts]
            self.said = show("  ".join([error.message, *reasons, error.remedy]))
        self.app.repaint()
        self._show()

    def _show(self, focus: str | None = None) -> None:
        async def again() -> None:
            if not self.is_current:
                return  # what it stood over is gone, and it with that
            await self.recompose()
            self.refresh_bindings()
            if focus:
                self.query_one(focus).focus()

        self.call_next(again)
