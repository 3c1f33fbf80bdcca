"""The form to add a shop; creates the record workspace if there is none."""

from collections.abc import Callable, Iterable
from typing import Any

from textual import getters, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core import policy
from core.errors import InvalidInput
from core.models import Entity, EntityKind, Probation, Shop
from core.policy import Policy
from core.shop_input import check_new_name, read_registration_number, read_unlinks_before
from core.text import clean
from core.workspace import Workspace
from tui import place_texts
from tui.messages import OpenPlace, OpenWorkspace
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.choices import Choice, of_countries, of_markets, of_values
from tui.widgets.facts import Facts
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.lines import Hanging, marked
from tui.widgets.pick import Pick
from tui.widgets.suggest_field import LISTED, SuggestField

ENTITY = ("kind", "legal", "number", "country")
LEAST_TYPED = 2
"""The number of letters from which known sellers are suggested."""


class AddShop(Place):
    """A form of the shop's facts: first the required ones, then those that may be known."""

    key = "add_shop"
    form = getters.query_one(Form)

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = {"kind": EntityKind.COMPANY.value}

    def trail(self) -> list[str]:
        return ["Shops", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        several = Button("Import several…", id="file", action="screen.import_file")
        several.display = not self.app.is_guest
        yield Form(
            Field("name", "Shop name", help="As customers see it", read=_name, names=["shop name"]),
            *self.needed(),
            Static(Content.styled("Optional: add now or later", "bold"), classes="heading"),
            *self.known(),
            typed=self.typed,
            submit="screen.add",
            buttons=[
                Button("Add the shop", id="add", variant="primary", action="screen.add"),
                several,
                Button("Back", id="back", action="screen.back"),
            ],
        )

    def side(self) -> Iterable[Widget]:
        rules = self._policy().rules
        texts = place_texts.texts("add_shop")
        lines: list[tuple[Content, Content]] = []
        for fact, *decided in texts["decides"]:
            titles = dict.fromkeys(rules[rule].title for rule in decided)
            apart = [(Content(), Content())] if lines else []
            lines += [*apart, (Content(), Content(fact)), *(marked("·", title, "$muted") for title in titles)]
        yield Card("Rules that use these facts", Hanging(*lines))
        ways = [(label, Content(" › ".join(way))) for label, way in place_texts.ways(texts)]
        yield Card("Where to find them", Facts(ways))

    def needed(self) -> Iterable[Field]:
        """Make the fields that every shop needs, except for its name."""
        markets = self._policy().markets
        yield Pick("region", "Region", of_markets(self._policy()), help="The market: name or code")
        yield SuggestField(
            "legal",
            "Seller's legal name",
            help="The company or person",
            thing="the seller's legal name",
            read=lambda typed: clean("legal name", typed),
            names=["legal name"],
            suggest=lambda typed: self._sellers(typed, "legal_name"),
        )
        yield Pick("kind", "Company or individual", of_values(EntityKind), names=["entity kind"])
        yield SuggestField(
            "number",
            "Registration number",
            help="For an individual, the tax number",
            read=read_registration_number,
            names=["registration number"],
            suggest=lambda typed: self._sellers(typed, "registration_number"),
        )
        yield Pick("country", "Country of registration", of_countries(markets), help="Its name or code")

    def known(self) -> Iterable[Field]:
        """Make the fields for what can be entered at any time."""
        yield Field(
            "code",
            "Shop code",
            optional=True,
            help="If empty, shoplink makes one up",
            read=lambda typed: clean("code", typed, "identifier"),
        )
        yield Pick("probation", "Probation", of_values(Probation), optional=True)
        yield Field(
            "before",
            "Earlier unlinks",
            optional=True,
            help="Those not recorded here",
            read=read_unlinks_before,
            names=["earlier unlinks"],
        )

    @on(SuggestField.Taken, "#field-legal, #field-number")
    def fill_in_seller(self, event: SuggestField.Taken) -> None:
        """Fill in the rest of a chosen seller; for a typed one, only the empty fields."""
        sellers = self.workspace.shops.sellers_like(event.choice.text, LISTED)
        entity = next((seller.entity for seller in sellers if seller.id == event.choice.value), None)
        if entity is None:
            return
        facts = {"legal": entity.legal_name, "number": entity.registration_number}
        for name, text in {**facts, "kind": entity.kind, "country": entity.country}.items():
            field = self.form.field(name)
            if text and field is not event.field and not (event.typed and field.typed):
                field.fill(text)

    @on(Input.Changed)
    def check_typed(self, event: Input.Changed) -> None:
        if event.input.id in {"name", "region"} and self.form.query("#field-name"):
            self.form.field("name").report(None, notes=self._notes())
        if event.input.id in ENTITY:
            self.form.field("number").report(None, notes=self._entity_notes())

    def is_begun(self) -> bool:
        return any(typed for name, typed in self.typed.items() if name != "kind")

    def action_import_file(self) -> None:
        self.post_message(OpenPlace("import"))

    def action_add(self) -> None:
        facts = self.form.read()
        if facts is None:
            return

        def add(workspace: Workspace) -> Shop:
            return workspace.shops.add(
                facts["name"],
                facts["region"],
                entity_of(facts),
                code=facts["code"],
                probation=Probation(facts["probation"]) if facts["probation"] else None,
                unlinks_before=facts["before"],
            )

        app = self.app
        if app.workspace:
            shop = self.attempt(lambda: add(app.workspace), self.show_at_form)
            if shop:
                app.leave(self)
                app.post_message(OpenPlace("settings", shop.id))
        elif self.attempt(lambda: self._begin(add), self.show_at_form):
            self.open_workspace(OpenWorkspace(Workspace.open(app.path, actor=app.actor, clock=app.clock)))

    def _begin(self, add: Callable[[Workspace], Shop]) -> Shop:
        """Create the record workspace; write its file only if the shop is valid."""
        with Workspace.in_memory(actor=self.app.actor, clock=self.app.clock) as made:
            shop = add(made)
            made.store.save_as(self.app.path)
            return shop

    def _policy(self) -> Policy:
        return self.workspace.policy if self.workspace else policy.load()

    def _sellers(self, typed: str, fact: str) -> list[Choice]:
        """Suggest the known sellers with a fact that matches the typed text."""
        if not self.workspace or len(typed.strip()) < LEAST_TYPED:
            return []
        found = []
        for seller in self.workspace.shops.sellers_like(typed, LISTED):
            text = getattr(seller.entity, fact) or ""
            if typed.strip().casefold() in text.casefold():
                other = seller.entity.registration_number if fact == "legal_name" else seller.entity.legal_name
                found.append(Choice(seller.id, text, f"{other or 'name not entered'}, {seller.entity.country}"))
        return found

    def _notes(self) -> list[str]:
        """Return what the rules, and a comparison with other shops, say about the shop's name."""
        name, shops = self.form.field("name").typed.strip(), self.workspace.shops if self.workspace else None
        try:
            region = self.form.field("region").read()
            verdicts = shops.check_add(name, region) if shops else check_new_name(name, region, self._policy(), self.app.clock())
        except InvalidInput:
            verdicts = ()  # the name or the region is not typed yet
        return [*(verdict.reason for verdict in verdicts), *(shops.name_notes(name) if shops and name else ())]

    def _entity_notes(self) -> tuple[str, ...]:
        """Warn if this legal entity is saved under another name."""
        try:
            entity = entity_of({name: self.form.field(name).read() for name in ENTITY})
        except InvalidInput:
            return ()
        return self.workspace.shops.entity_notes(entity) if self.workspace else ()


def entity_of(facts: dict[str, Any]) -> Entity:
    """Make a seller's legal entity from the fields."""
    return Entity(
        legal_name=facts["legal"],
        kind=EntityKind(facts["kind"]),
        registration_number=facts["number"],
        country=facts["country"],
    )


def _name(typed: str) -> str:
    return clean("shop name", typed)
