"""Unlink: the consequences, what is left afterward, and the confirmation."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.errors import InvalidInput
from core.models import Link, LinkState, Role
from core.text import show
from core.verdict import Outcome
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.field import Field
from tui.widgets.states import safe, unlinks_left
from tui.widgets.verdicts import Verdicts


class Unlink(Place):
    """Show the consequences and focus Keep; the last unlink asks for the shop's name."""

    key = "unlink"
    AUTO_FOCUS = "#keep"

    def __init__(self, shop_id: str | None, link_id: str) -> None:
        super().__init__(shop_id)
        self.link_id = link_id
        self.typed = ""

    def trail(self) -> list[str]:
        role = "Official Account" if self._link().role == Role.OFFICIAL else "Marketing Accounts"
        return ["Linked TikTok Accounts", role, "Unlink"]

    def page(self) -> Iterable[Widget]:
        link, links = self._link(), self.workspace.links
        if link.state != LinkState.LINKED:
            yield Card("Unlinked", Static(safe(f"@{link.username} is not linked any more.")))
            yield Horizontal(Button("Back", id="keep", variant="primary", action="screen.back"), classes="buttons")
            return
        keep = Button("Keep the account", id="keep", variant="primary", action="screen.back")
        verdicts = links.check_unlink(link.id)
        stopping = [verdict for verdict in verdicts if verdict.stops]
        ends = [verdict for verdict in verdicts if verdict.outcome == Outcome.NOTICE]
        yield Card(Content("Unlink ") + safe(f"@{link.username}"), Verdicts(ends))
        if stopping:
            waiting = next((verdict.until for verdict in stopping if verdict.until), None)
            clock = [Countdown("Possible in", link.linked_at, waiting)] if waiting and link.linked_at else []
            others = [verdict for verdict in stopping if not verdict.until]
            yield Card("Not now", *clock, *([Verdicts(others)] if others else []), classes="-stop")
            yield Horizontal(keep, classes="buttons")
            return
        if links.unlink_needs_name(link.id):
            name = show(self.the_shop().name)
            yield Field("name", "This is the last unlink. Type the shop's name to confirm", value=self.typed, help=name)
        yield Horizontal(keep, Button("Unlink", id="do", variant="error", action="screen.unlink"), classes="buttons")

    @on(Input.Changed)
    def keep_typed(self, event: Input.Changed) -> None:
        self.typed = event.value
        self.query_one(Field).report(None)

    def action_unlink(self) -> None:
        done = self.attempt(lambda: self.workspace.links.unlink(self._link().id, self.typed or None), self._show_mistake)
        if done:
            self.app.leave(self)
            left = f" {unlinks_left(self.workspace.shops.status(done.shop))}" if done.role == Role.OFFICIAL else ""
            self.app.notify(show(f"@{done.username} is unlinked.{left}"), markup=False)

    def _show_mistake(self, error: InvalidInput) -> None:
        self.query_one(Field).report(show(error.message))
        self.query_one(Input).focus()

    def _link(self) -> Link:
        assert self.link_id is not None
        return self.workspace.links.get(self.link_id)
