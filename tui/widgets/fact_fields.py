"""Fields for facts of an account: what is left empty is not entered."""

from collections.abc import Iterable, Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Select

from core.errors import InvalidInput
from core.models import Account, AccountKind, Entity, Standing
from core.text import clean, contact_problem, country_code
from tui.shell import Shell
from tui.widgets.field import Field
from tui.widgets.pick import Pick

YES_NO = {"yes": True, "no": False}
CHOICES: dict[str, dict[str, Any]] = {
    "kind": {kind.value: kind for kind in AccountKind},
    "identity_verified": YES_NO,
    "standing": {standing.value: standing for standing in Standing},
    "holder_is_adult": YES_NO,
}
LABELS = {
    "nickname": ("Nickname", "The name that the profile shows"),
    "region": ("Region", "Where the account is registered: a country's code, such as US"),
    "kind": ("Type", ""),
    "identity_verified": ("Identity verified", ""),
    "standing": ("Standing", ""),
    "holder_is_adult": ("Holder is 18 or older", ""),
    "phone": ("Phone", "With the country's code, such as +1 555 010 0142"),
    "email": ("Email", "Such as name@example.com"),
    "number": ("Registration number", "Of an organization account: the legal entity that owns it"),
    "country": ("Country of registration", "A country's code, such as US"),
}
ENTITY = ("number", "country")
NAMED = {"registration number": "number", "entity": "number"}
"""Where a mistake is shown, by the field that the core names."""


class FactFields(Vertical):
    """A field or a pick list for each of some facts.

    `typed`, by fact, is kept by whoever shows them, so that painting again loses nothing.
    """

    def __init__(self, names: Iterable[str], typed: dict[str, str]) -> None:
        super().__init__(classes="facts")
        self.names = tuple(names)
        self.typed = typed

    def compose(self) -> ComposeResult:
        for name in self.names:
            label, help = LABELS[name]
            if name in CHOICES:
                yield Pick(name, f"{label} (optional)", CHOICES[name], self.typed.get(name, ""))
            else:
                yield Field(name, f"{label} (optional)", value=self.typed.get(name, ""), help=help)

    @on(Input.Changed)
    def keep_typed(self, event: Input.Changed) -> None:
        self.typed[event.input.id or ""] = event.value
        for field in self.query(f"#field-{event.input.id}").results(Field):
            field.report(None)

    @on(Select.Changed)
    def keep_picked(self, event: Select.Changed) -> None:
        self.typed[event.select.id or ""] = "" if event.value is Select.NULL else str(event.value)

    def read(self, before: Mapping[str, str]) -> tuple[dict[str, Any], list[InvalidInput]]:
        """Read the facts that differ from `before`; also every mistake."""
        facts: dict[str, Any] = {}
        mistakes: list[InvalidInput] = []
        changed = [name for name in self.names if self.typed.get(name, "") != before.get(name, "")]
        for name in changed:
            key = "entity" if name in ENTITY else name
            try:
                facts[key] = self._entity() if name in ENTITY else self._fact(name)
            except InvalidInput as error:
                mistakes.append(error)
        return facts, mistakes

    def show_mistakes(self, mistakes: Iterable[InvalidInput]) -> bool:
        """Show each mistake beside its field, and focus the first; return whether each has one."""
        fields: list[Field] = []
        app = self.app
        assert isinstance(app, Shell)
        found = list(mistakes)
        for mistake in found:
            name = NAMED.get(mistake.field, mistake.field.replace(" ", "_"))
            for field in self.query(f"#field-{name}").results(Field):
                field.report(app.error_message(mistake))
                fields.append(field)
        if fields:
            fields[0].query_one(Input).focus()
        return len(fields) == len(found)

    def _fact(self, name: str) -> Any:
        typed = self.typed[name].strip()
        if not typed:
            return None
        if name in CHOICES:
            return CHOICES[name][typed]
        if name == "region":
            return _country("region", typed)
        if name in {"phone", "email"} and (found := contact_problem(typed)):
            raise InvalidInput(name, found, remedy="Write it in full, or leave it out.")
        return clean(name, typed, "contact" if name in {"phone", "email"} else "line")

    def _entity(self) -> Entity | None:
        number, country = (self.typed.get(name, "").strip() for name in ENTITY)
        if not number and not country:
            return None
        return Entity(
            registration_number=clean("registration number", number, "identifier"), country=_country("country", country)
        )


def shown(account: Account) -> dict[str, str]:
    """Return the text of each fact."""
    texts = {name: getattr(account, name) or "" for name in LABELS if name not in CHOICES and name not in ENTITY}
    for name, values in CHOICES.items():
        fact = getattr(account, name)
        texts[name] = "" if fact is None else next(text for text, value in values.items() if value == fact)
    entity = account.entity
    return {**texts, "number": entity.registration_number if entity else "", "country": entity.country if entity else ""}


def missing(account: Account, facts: Iterable[str]) -> list[str]:
    """List the fields for those of these facts that are not entered."""
    names = [fact for fact in LABELS if fact in facts and getattr(account, fact, None) is None]
    return names + (list(ENTITY) if "entity" in facts and account.entity is None else [])


def _country(field: str, typed: str) -> str:
    """Read a country's code. Raises InvalidInput."""
    code = country_code(clean(field, typed, "identifier"))
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise InvalidInput(field, "is not a country's code", remedy="Write its two letters, such as US.")
    return code
