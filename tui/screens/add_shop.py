"""The form to add a shop; creates the record workspace if there is none."""

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static

from core import policy
from core.errors import InvalidInput, gather
from core.models import Entity, Probation, Shop
from core.shop_input import check_new_name, make_entity, read_unlinks_before
from core.workspace import Workspace
from tui.messages import OpenPlace, OpenWorkspace
from tui.place import Place
from tui.widgets.field import Field
from tui.widgets.pick import Pick

FIELDS = (
    ("name", "Shop name", "As customers see it"),
    ("region", "Region", "The market's code, such as US"),
    ("legal", "Legal name of the seller", "The company or person behind the shop"),
    ("kind", "Company or individual", "Type company or individual"),
    ("number", "Registration number", "Of the company, or the person's tax number"),
    ("country", "Country of registration", "Two letters, such as US"),
)
OPTIONAL = (
    ("code", "Shop code (optional)", "TikTok's own, as Seller Center shows it; one is made up for now if you leave it out"),
    ("before", "Earlier official unlinks (optional)", "Unlinks that you will not enter as links; empty if you do not know"),
)
PROBATION = tuple(probation.value for probation in Probation)
OF_ENTITY = ("kind", "legal", "number", "country")
NAMED = {
    "shop name": "name",
    "region": "region",
    "legal name": "legal",
    "entity kind": "kind",
    "registration number": "number",
    "country": "country",
    "code": "code",
    "earlier unlinks": "before",
}


class AddShop(Place):
    """A form of the shop's facts, with errors shown at each field."""

    key = "shops"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = {"kind": "company"}

    def trail(self) -> list[str]:
        return ["Shops", "Add a shop"]

    def page(self) -> Iterable[Widget]:
        yield from self.fields(FIELDS)
        add = Button("Add the shop", id="add", variant="primary", action="screen.add")
        several = Button("Several, from a file…", id="file", action="screen.import_file")
        several.display = not self.app.is_guest
        yield Horizontal(add, several, Button("Back", id="back", action="screen.back"), classes="buttons")
        yield Static(Content.styled("What you know already, now or later", "bold"), classes="heading")
        yield from self.fields(OPTIONAL)

    def fields(self, named: Iterable[tuple[str, str, str]]) -> Iterable[Widget]:
        """Build these fields, with what was typed."""
        for name, label, help in named:
            if name == "before":
                yield Pick("probation", "Probation period (optional)", PROBATION, self.typed.get("probation", ""))
            yield Field(name, label, value=self.typed.get(name, ""), help=help)

    @on(Select.Changed)
    def keep_picked(self, event: Select.Changed) -> None:
        self.typed[event.select.id or ""] = "" if event.value is Select.NULL else str(event.value)

    @on(Input.Changed)
    def check_typed(self, event: Input.Changed) -> None:
        self.typed[event.input.id or ""] = event.value
        for field in self.query(f"#field-{event.input.id}").results(Field):
            field.report(None)
        if event.input.id in {"name", "region"}:
            for field in self.query("#field-name").results(Field):
                field.report(None, notes=self._notes())
        if event.input.id in OF_ENTITY:
            self.query_one("#field-number", Field).report(None, notes=self._entity_notes())

    def _notes(self) -> list[str]:
        """Return what the rules and a look at the other shops say about the shop's name."""
        name, region = self.typed.get("name", "").strip(), self.typed.get("region", "")
        shops = self.app.workspace.shops if self.app.workspace else None
        try:
            verdicts = shops.check_add(name, region) if shops else check_new_name(name, region, policy.load(), self.app.clock())
        except InvalidInput:
            verdicts = ()  # the name or the region is not typed yet
        return [*(verdict.reason for verdict in verdicts), *(shops.name_notes(name) if shops and name else ())]

    def _entity_notes(self) -> tuple[str, ...]:
        """Warn if this legal entity is saved under another name."""
        try:
            return self.workspace.shops.entity_notes(self._entity()) if self.app.workspace else ()
        except InvalidInput:
            return ()

    def _entity(self) -> Entity:
        kind, legal, number, country = (self.typed.get(name, "") for name in OF_ENTITY)
        return make_entity(kind.strip().lower(), legal, number, country)

    def is_begun(self) -> bool:
        return any(typed for name, typed in self.typed.items() if name != "kind")

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go to the next field; from the last one of each part, add the shop."""
        if event.input.id in {FIELDS[-1][0], OPTIONAL[-1][0]}:
            self.action_add()
        else:
            self.focus_next()

    def action_import_file(self) -> None:
        self.post_message(OpenPlace("import"))

    def action_add(self) -> None:
        typed = {name: self.typed.get(name, "") for name, _, _ in (*FIELDS, *OPTIONAL)}

        def add(workspace: Workspace) -> Shop:
            rules, now = workspace.policy, workspace.now()
            _, entity, before = gather(
                lambda: check_new_name(typed["name"], typed["region"], rules, now),
                self._entity,
                lambda: read_unlinks_before(typed["before"]),
            )
            probation = Probation(picked) if (picked := self.typed.get("probation")) else None
            code = typed["code"].strip() or None
            return workspace.shops.add(
                typed["name"], typed["region"], entity, code=code, probation=probation, unlinks_before=before
            )

        app = self.app
        if app.workspace:
            shop = self.attempt(lambda: add(app.workspace), self._show_mistake)
            if shop:
                app.leave(self)
                app.post_message(OpenPlace("settings", shop.id))
        elif self.attempt(lambda: self._begin(add), self._show_mistake):
            app.post_message(OpenWorkspace(Workspace.open(app.path, actor=app.actor, clock=app.clock)))

    def _begin(self, add: Callable[[Workspace], Shop]) -> Shop:
        """Create the record workspace; write its file only if the shop is valid."""
        with Workspace.in_memory(actor=self.app.actor, clock=self.app.clock) as made:
            shop = add(made)
            made.store.save_as(self.app.path)
            return shop

    def _show_mistake(self, error: InvalidInput) -> None:
        """Show each mistake at its field, and go to the first of these fields."""
        mistakes = {NAMED.get(one.field, "name"): self.app.error_message(one) for one in (error, *error.others)}
        fields = [field for field in self.query(Field) if field.field in mistakes]
        for field in fields:
            field.report(mistakes[field.field])
        fields[0].query_one(Input).focus()
