"""Already linked: record a link that stands at TikTok, or stood, as one fact with its dates."""

from collections.abc import Iterable
from datetime import datetime

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input

from core.errors import InvalidInput, ShoplinkError
from core.models import EndedBy, Link, Role
from core.shop_input import read_unlinks_before
from core.text import bare_username
from tui.dialogs.when import Recording
from tui.link_steps import todo
from tui.place import Place
from tui.step_texts import says, texts
from tui.widgets.box import Box
from tui.widgets.field import Field
from tui.widgets.when_field import WhenField

EXAMPLE = "2026-05-10 13:30"
FIELDS = {"earlier unlinks": "before", "end": "unlinked", "moment": "linked", "date": "linked", "note": "note"}
"""Where a mistake is shown, by the field that the core names."""


class AlreadyOfficial(Place):
    """A form for the official account: username, dates, who ended it, earlier unlinks, a note."""

    key = "already_linked.official"
    role = Role.OFFICIAL
    AUTO_FOCUS = "#username"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = dict.fromkeys(("username", "linked", "unlinked", "before", "note"), "")
        self.by_tiktok = False

    def trail(self) -> list[str]:
        tab = "Official Account" if self.role == Role.OFFICIAL else "Marketing Accounts"
        return ["Linked TikTok Accounts", tab, self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        typed = self.typed
        yield Field(
            "username",
            "Username",
            value=typed["username"],
            help="As it is called now",
            placeholder="@username",
            suggested=self.known_usernames(),
        )
        yield WhenField("linked", "Linked when", value=typed["linked"], help=f"As Seller Center shows it, such as {EXAMPLE}")
        now = "Leave it empty if the account is linked now"
        yield WhenField("unlinked", "Ended when (optional)", value=typed["unlinked"], help=now)
        yield Box("TikTok ended it: no unlink of yours", value=self.by_tiktok, id="by-tiktok")
        if self.role == Role.OFFICIAL:
            help = "Unlinks that you do not enter here as links; empty if you do not know"
            yield Field("before", "Earlier official unlinks (optional)", value=typed["before"], help=help)
        yield Field("note", "Note (optional)", value=typed["note"], help="A ticket's number, or who you spoke to")
        record = Button(texts().record["already_linked"].button, id="record", variant="primary", action="screen.record_link")
        yield Horizontal(record, Button("Cancel", id="cancel", action="screen.back"), classes="buttons")

    def side(self) -> Iterable[Widget]:
        yield todo("already_linked", self.role)

    def is_begun(self) -> bool:
        return any(self.typed.values())

    @on(Checkbox.Changed)
    def keep_checked(self, event: Checkbox.Changed) -> None:
        self.by_tiktok = event.value

    @on(Input.Changed)
    def check_typed(self, event: Input.Changed) -> None:
        name = event.input.id or ""
        self.typed[name] = event.value
        if name == "username":
            self._field(name).report(self._username_mistake(event.value))
        elif name not in {"linked", "unlinked"}:
            self._field(name).report(None)

    @on(Input.Submitted)
    def focus_next_field(self) -> None:
        self.focus_next()

    @work
    async def action_record_link(self) -> None:
        """Record the link; where a rule says no, ask whether TikTok made it anyway."""
        try:
            linked, unlinked, before = self._read("linked"), self._read("unlinked"), read_unlinks_before(self.typed["before"])
        except InvalidInput as error:
            self._show_mistake(error)
            return
        username = self.typed["username"]
        if not username.strip():
            self._show_mistake(InvalidInput("username", "is empty", remedy="Enter the account's username."))
        elif linked is None:
            self._show_mistake(InvalidInput("moment", "is empty", remedy="Enter when the account was linked."))
        else:
            by = EndedBy.TIKTOK if unlinked and self.by_tiktok else None
            await self._record_link(username, linked, unlinked, by, before)

    async def _record_link(
        self, username: str, linked: datetime, unlinked: datetime | None, by: EndedBy | None, before: int | None
    ) -> None:
        workspace, shop = self.workspace, self.the_shop().id

        def act() -> Link:
            with workspace.change():
                link = workspace.links.record_linked(username, shop, self.role, linked, unlinked, by)
                if before is not None:
                    workspace.shops.state(shop, unlinks_before=before)
                return link

        try:
            said = Recording(at=None, note=self.typed["note"])
            if await self.write_down(says("already_linked", bare_username(username)), act, said):
                self.app.leave(self)
        except InvalidInput as error:
            self._show_mistake(error)
        except ShoplinkError as error:
            self.app.report(error)

    def _read(self, name: str) -> datetime | None:
        try:
            return self.query_one(f"#field-{name}", WhenField).read()
        except InvalidInput as error:
            raise InvalidInput("end" if name == "unlinked" else "moment", error.problem, remedy=error.remedy) from None

    def _username_mistake(self, typed: str) -> str | None:
        if not typed.strip():
            return None
        try:
            verdict = self.workspace.accounts.username_problem(typed)
        except ShoplinkError as error:
            return self.app.error_message(error)
        return verdict.reason if verdict.stops else None

    def _show_mistake(self, error: InvalidInput) -> None:
        name = FIELDS.get(error.field, error.field)
        if not self.query(f"#field-{name}"):
            self.app.report(error)
            return
        self._field(name).report(self.app.error_message(error))
        self.query_one(f"#{name}", Input).focus()

    def _field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)


class AlreadyMarketing(AlreadyOfficial):
    """The same form for a marketing account, without earlier unlinks."""

    key = "already_linked.marketing"
    role = Role.MARKETING
