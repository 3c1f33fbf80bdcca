"""The form of an account's facts, new or known."""

from collections.abc import Iterable
from typing import Any

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Select

from core.errors import InvalidInput, ShoplinkError
from core.models import Account, AccountKind, Entity, Standing
from core.text import bare_username, clean, contact_problem, country_code
from tui.messages import OpenAccount
from tui.place import Place
from tui.widgets.field import Field

NOT_ENTERED = "not entered"
YES_NO = {"yes": True, "no": False}
TEXTS = (
    ("nickname", "Nickname", "The name that the profile shows"),
    ("region", "Region", "Where the account is registered: a country's code, such as US"),
    ("phone", "Phone", "With the country's code, such as +1 555 010 0142"),
    ("email", "Email", ""),
)
CHOICES: dict[str, tuple[str, dict[str, Any]]] = {
    "kind": ("Type", {kind.value: kind for kind in AccountKind}),
    "identity_verified": ("Identity verified", YES_NO),
    "standing": ("Standing", {standing.value: standing for standing in Standing}),
    "holder_is_adult": ("Holder is 18 or older", YES_NO),
}
OF_ENTITY = (
    ("number", "Registration number", "Of an organization account: the legal entity that owns it"),
    ("country", "Country of registration", "A country's code, such as US"),
)
NAMED = {"registration number": "number", "entity": "number", "identity verified": "identity_verified"}
"""Where a mistake is shown, by the field that the core names."""


class Pick(Vertical):
    """A labeled pick list; nothing picked is a fact that is not entered."""

    def __init__(self, name: str, label: str, values: Iterable[str], value: str | None) -> None:
        super().__init__(id=f"pick-{name}", classes="pick")
        self.field, self.label, self.values, self.value = name, label, values, value

    def compose(self) -> Iterable[Widget]:
        yield Label(Content(self.label))
        yield Select(
            [(value, value) for value in self.values],
            prompt=NOT_ENTERED,
            value=Select.NULL if self.value is None else self.value,
            id=self.field,
            compact=True,
        )


class AccountFactsForm(Place):
    """One field for each fact. What is left empty is not entered; clearing a fact withdraws it."""

    key = "account_facts"
    AUTO_FOCUS = "#page Input"

    def __init__(self, shop_id: str | None, username: str = "") -> None:
        super().__init__(shop_id)
        self.username = username
        self.typed: dict[str, str] = {}
        self.begun: dict[str, str] = {}

    def trail(self) -> list[str]:
        return ["Accounts", f"@{self.username}" if self.username else "Add an account", self.texts["title"]]

    def is_begun(self) -> bool:
        return self.typed != self.begun

    def page(self) -> Iterable[Widget]:
        if not self.begun:
            self.begun = _shown(self.workspace.accounts.get(self.username)) if self.username else dict.fromkeys(_names(), "")
            self.typed = dict(self.begun)
        if not self.username:
            help = "The name after the @, as TikTok shows it on the profile"
            yield Field("username", "Username", value=self.typed.get("username", ""), help=help, placeholder="@username")
        for name, label, help in TEXTS[:2]:
            yield Field(name, f"{label} (optional)", value=self.typed[name], help=help)
        for name, (label, values) in CHOICES.items():
            yield Pick(name, f"{label} (optional)", values, self.typed[name] or None)
        for name, label, help in (*TEXTS[2:], *OF_ENTITY):
            yield Field(name, f"{label} (optional)", value=self.typed[name], help=help)
        save = Button("Save", id="save", variant="primary", action="screen.save")
        yield Horizontal(save, Button("Cancel", id="cancel", action="screen.back"), classes="buttons")

    @on(Input.Changed)
    def keep_typed(self, event: Input.Changed) -> None:
        self.typed[event.input.id or ""] = event.value
        for field in self.query(f"#field-{event.input.id}").results(Field):
            field.report(None)

    @on(Select.Changed)
    def keep_picked(self, event: Select.Changed) -> None:
        self.typed[event.select.id or ""] = "" if event.value is Select.NULL else str(event.value)

    @on(Input.Submitted)
    def focus_next_field(self) -> None:
        self.focus_next()

    @work
    async def action_save(self) -> None:
        """Save what changed; every mistake is shown beside its field."""
        username = self.username or bare_username(self.typed.get("username", ""))
        mistakes: list[InvalidInput] = []
        if not username:
            mistakes.append(InvalidInput("username", "is empty", remedy="Enter the account's username."))
        facts: dict[str, Any] = {}
        for name in _names():
            if name not in {"number", "country"} and self.typed[name] != self.begun[name]:
                try:
                    facts[name] = self._fact(name)
                except InvalidInput as error:
                    mistakes.append(error)
        if any(self.typed[name] != self.begun[name] for name, _, _ in OF_ENTITY):
            try:
                facts["entity"] = self._entity()
            except InvalidInput as error:
                mistakes.append(error)
        if mistakes:
            for mistake in reversed(mistakes):  # the first keeps the focus
                self._show_mistake(mistake)
            return
        done = await self.record(
            f"facts of @{username}", lambda: self.workspace.accounts.state(username, **facts), self._show_mistake
        )
        if done:
            self.begun = dict(self.typed)
            self.app.leave(self)
            if not self.username:
                self.app.post_message(OpenAccount(self.shop_id, done.username))

    def _fact(self, name: str) -> Any:
        typed = self.typed[name].strip()
        if not typed:
            return None
        if name in CHOICES:
            return CHOICES[name][1][typed]
        if name == "region":
            return _country("region", typed)
        if name in {"phone", "email"} and (found := contact_problem(typed)):
            raise InvalidInput(name, found, remedy="Write it in full, or leave it out.")
        return clean(name, typed, "contact" if name in {"phone", "email"} else "line")

    def _entity(self) -> Entity | None:
        number, country = self.typed["number"].strip(), self.typed["country"].strip()
        if not number and not country:
            return None
        return Entity(
            registration_number=clean("registration number", number, "identifier"),
            country=_country("country", country),
        )

    def _show_mistake(self, error: ShoplinkError) -> None:
        name = NAMED.get(error.field, error.field.replace(" ", "_")) if isinstance(error, InvalidInput) else ""
        fields = self.query(f"#field-{name}").results(Field) if name else iter(())
        field = next(iter(fields), None)
        if field is None:
            self.app.report(error)
            return
        field.report(self.app.error_message(error))
        field.query_one(Input).focus()


def _country(field: str, typed: str) -> str:
    """Read a country's code. Raises InvalidInput."""
    code = country_code(clean(field, typed, "identifier"))
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise InvalidInput(field, "is not a country's code", remedy="Write its two letters, such as US.")
    return code


def _names() -> list[str]:
    return [*(name for name, _, _ in TEXTS), *CHOICES, *(name for name, _, _ in OF_ENTITY)]


def _shown(account: Account) -> dict[str, str]:
    """Give the text of each fact of the form."""
    shown = {name: getattr(account, name) or "" for name, _, _ in TEXTS}
    for name, (_, values) in CHOICES.items():
        fact = getattr(account, name)
        shown[name] = "" if fact is None else next(text for text, value in values.items() if value == fact)
    entity = account.entity
    return {**shown, "number": entity.registration_number if entity else "", "country": entity.country if entity else ""}
