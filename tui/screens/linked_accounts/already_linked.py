"""Already linked: record a current or past link at TikTok as one fact with its dates."""

from collections.abc import Callable, Iterable
from typing import Any

from textual import getters, on, work
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input

from core.errors import InvalidInput, ShoplinkError
from core.models import EndedBy, Link, Role
from core.plurals import count_of
from core.shop_input import read_unlinks_before
from tui.dialogs.when import Recording
from tui.link_steps import todo
from tui.place import Place
from tui.step_texts import says, texts
from tui.widgets.box import Box
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.note_field import note_field
from tui.widgets.suggest_field import SuggestField
from tui.widgets.when_field import WhenField

EXAMPLE = "2026-05-10 13:30"


class _EarlierUnlinks(Field):
    """How many unlinks are not recorded here. Warns that the one entered here may be among them, and so count twice."""

    def __init__(self, stated: int | None, is_unlink: Callable[[], bool]) -> None:
        """`stated`: how many were entered before. `is_unlink`: whether what is entered here counts as an unlink."""
        self.stated, self.is_unlink = stated, is_unlink
        super().__init__(
            "before",
            "Earlier unlinks",
            optional=True,
            value=str(stated) if stated else "",
            help="Those not recorded here",
            read=read_unlinks_before,
            names=["earlier unlinks"],
        )

    def on_mount(self) -> None:
        self.note()

    def note(self) -> None:
        notes = []
        if self.stated and self.typed.strip() == str(self.stated) and self.is_unlink():
            this = "this is that one" if self.stated == 1 else "this is one of them"
            notes = [f"You stated {count_of(self.stated, 'earlier unlink')}. If {this}, lower it to {self.stated - 1}."]
        self.report(None, notes=notes)


class AlreadyOfficial(Place):
    """A form for the official account: username, dates, who ended it, earlier unlinks, a note."""

    key = "already_linked.official"
    role = Role.OFFICIAL
    AUTO_FOCUS = "#username"
    form = getters.query_one(Form)

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed: dict[str, str] = {}
        self.begun: dict[str, str] = {}
        """The form's first texts."""
        self.stated: int | None = None
        """The earlier unlinks as the form first shows them."""
        self.by_tiktok = False

    def trail(self) -> list[str]:
        tab = "Official Account" if self.role == Role.OFFICIAL else "Marketing Accounts"
        return ["Linked TikTok Accounts", tab, self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        if not self.begun:
            self.stated = self.the_shop().unlinks_before
        earlier = _EarlierUnlinks(self.stated, self._is_unlink)
        yield Form(
            SuggestField(
                "username",
                "Username",
                help="The username it has now",
                placeholder="@username",
                read=self._read_username,
                suggest=self.known_usernames,
            ),
            WhenField("linked", "Linked on", help=f"Such as {EXAMPLE}", names=["date"], thing="a date"),
            WhenField("unlinked", "Ended on", optional=True, help="Empty if it is linked now", names=["end"]),
            Box("TikTok ended it: it doesn't count as your unlink", value=self.by_tiktok, id="by-tiktok"),
            *([earlier] if self.role == Role.OFFICIAL else []),
            note_field(),
            typed=self.typed,
            submit="screen.record_link",
            buttons=[
                Button(texts().record["already_linked"].button, id="record", variant="primary", action="screen.record_link"),
                Button("Cancel", id="cancel", action="screen.back"),
            ],
        )
        self.begun = self.begun or dict(self.typed)

    def side(self) -> Iterable[Widget]:
        yield todo("already_linked", self.role)

    def is_begun(self) -> bool:
        return self.typed != self.begun

    @on(Input.Changed, "#username")
    def tell_former(self, event: Input.Changed) -> None:
        self.form.field("username").report(None, notes=self.workspace.accounts.former_notes(event.value))

    @on(Checkbox.Changed)
    def keep_checked(self, event: Checkbox.Changed) -> None:
        self.by_tiktok = event.value
        self.warn_of_twice()

    @on(Input.Changed, "#unlinked")
    def warn_of_twice(self) -> None:
        for earlier in self.query(_EarlierUnlinks):
            if not earlier.mistake:
                earlier.note()

    def _is_unlink(self) -> bool:
        """Whether what is typed is a link that the seller ended."""
        return bool(self.typed.get("unlinked", "").strip()) and not self.by_tiktok

    @work
    async def action_record_link(self) -> None:
        """Record the link; if a rule says no, ask whether TikTok made it anyway."""
        facts = self.form.read()
        if facts is None:
            return
        if self.by_tiktok and not facts["unlinked"]:
            self.form.show(InvalidInput("end", "is not entered", remedy="Enter when TikTok ended the link, or clear the box."))
            return
        by = EndedBy.TIKTOK if self.by_tiktok else None
        username, said = facts["username"], Recording(at=None, note=facts["note"] or "")
        try:
            step = "already_ended" if facts["unlinked"] else "already_linked"
            if await self.write_down(says(step, username), lambda: self._record(facts, by), said):
                self.app.leave(self)
        except ShoplinkError as error:
            self.form.show(error)

    def _record(self, facts: dict[str, Any], by: EndedBy | None) -> Link:
        workspace, shop = self.workspace, self.the_shop().id
        with workspace.change():
            link = workspace.links.record_linked(facts["username"], shop, self.role, facts["linked"], facts["unlinked"], by)
            if (before := facts.get("before")) not in (None, self.stated):
                workspace.shops.state(shop, unlinks_before=before)
            return link

    def _read_username(self, typed: str) -> str:
        """Return the present username of a known account, or that of a new one. Raises InvalidInput."""
        account = self.workspace.accounts.known(typed)
        return account.username if account else self.workspace.accounts.new_username(typed)


class AlreadyMarketing(AlreadyOfficial):
    """The same form for a marketing account, without earlier unlinks."""

    key = "already_linked.marketing"
    role = Role.MARKETING
