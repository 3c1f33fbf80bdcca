"""Fields for facts of an account; empty ones are not entered."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from core.errors import InvalidInput
from core.models import Account, AccountKind, Entity, Standing
from core.shop_input import read_registration_number
from core.text import clean, contact_problem
from tui.widgets.choices import PickList, of_countries, of_values
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.pick import Pick

YES_NO = {"yes": True, "no": False}
CHOICES: dict[str, dict[str, Any]] = {
    "kind": {kind.value: kind for kind in AccountKind},
    "identity_verified": YES_NO,
    "standing": {standing.value: standing for standing in Standing},
    "holder_is_adult": YES_NO,
}
LABELS = {
    "nickname": ("Nickname", "The name on the profile"),
    "region": ("Region", "Where it is registered"),
    "kind": ("Account type", ""),
    "identity_verified": ("Verified", "Whether identity is proven"),
    "standing": ("Standing", ""),
    "holder_is_adult": ("Holder is 18+", ""),
    "phone": ("Phone", "Such as +1 555 010 0142"),
    "email": ("Email", "Such as name@example.com"),
    "number": ("Company number", "The owner's registration number"),
    "country": ("Company country", "Where the company is registered"),
}
ENTITY = ("number", "country")
PAIR = "Enter both the number and the country of the legal entity, or leave both empty."


def fact_fields(facts: Iterable[str], first: Iterable[str] = (), *, says_optional: bool = True) -> list[Field]:
    """Make a field for each of these facts. `first`: countries to offer first, by code."""
    countries = of_countries(first)
    return [_field(name, countries, says_optional) for name in facts]


def read_facts(form: Form, before: Account | None) -> dict[str, Any] | None:
    """Read the facts that differ from those of an account, if it is known. None, after showing any mistakes."""
    found = form.read()
    if found is None:
        return None
    facts = {name: found[name] for name in found if name in LABELS and found[name] != getattr(before, name, None)}
    if ENTITY[0] in found:
        number, country = (facts.pop(name, None) for name in ENTITY)
        if bool(number) != bool(country):
            form.show(InvalidInput("country" if number else "registration number", "is empty", remedy=PAIR))
            return None
        entity = Entity(registration_number=number, country=country) if number else None
        known = before.entity if before else None
        if (entity and entity.key) != (known and known.key):
            facts["entity"] = entity
    return facts


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


def _field(name: str, countries: PickList, says_optional: bool) -> Field:
    label, help = LABELS[name]
    if name in CHOICES:
        return _FactPick(name, label, of_values(CHOICES[name]), optional=True, help=help, says_optional=says_optional)
    if name in {"region", "country"}:
        return Pick(name, label, countries, optional=True, help=help, says_optional=says_optional)
    names = ("registration number", "entity") if name == "number" else ()
    return Field(name, label, optional=True, help=help, read=partial(_read, name), names=names, says_optional=says_optional)


class _FactPick(Pick):
    """A pick list whose texts stand for values of an account."""

    def _read(self, typed: str) -> Any:
        return CHOICES[self.field][super()._read(typed)]


def _read(name: str, typed: str) -> str:
    if name == "number":
        return read_registration_number(typed)
    if name == "nickname":
        return clean(name, typed)
    if found := contact_problem(typed.strip(), name):
        raise InvalidInput(name, found, message=f"This {found}.", remedy="Enter it in full, or leave it empty.")
    return clean(name, typed, "contact")
