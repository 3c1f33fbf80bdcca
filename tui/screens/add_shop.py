"""The form that adds a shop, and with it, where there is none yet, the record workspace."""

from collections.abc import Callable, Iterable

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Input

from core.errors import InvalidInput
from core.models import Entity, Shop
from core.shops import make_entity
from core.workspace import Workspace
from tui.screens.place import Place
from tui.widgets.field import Field

FIELDS = (
    ("name", "Shop name", "As customers see it"),
    ("region", "Region", "The market's code, such as US"),
    ("legal", "Legal name of the seller", "The company or person behind the shop"),
    ("kind", "Company or individual", "Type company or individual"),
    ("number", "Registration number", "Of the company, or the person's tax number"),
    ("country", "Country of registration", "Two letters, such as US"),
)
OF_ENTITY = ("kind", "legal", "number", "country")
NAMED = {
    "shop name": "name",
    "region": "region",
    "legal name": "legal",
    "entity kind": "kind",
    "registration number": "number",
    "country": "country",
}


class AddShop(Place):
    """A shop's facts, each mistake told beside its field."""

    key = "shops"

    def __init__(self) -> None:
        super().__init__()
        self.typed = {"kind": "company"}

    def trail(self) -> list[str]:
        return ["Shops", "Add a shop"]

    def page(self) -> Iterable[Widget]:
        for name, label, help in FIELDS:
            yield Field(name, label, value=self.typed.get(name, ""), help=help)
        add, file = Button("Add the shop", id="add", variant="primary"), Button("Several, from a file…", id="file")
        yield Horizontal(add, file, Button("Back", id="back"), classes="buttons")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed[event.input.id or ""] = event.value
        for field in self.query(f"#field-{event.input.id}").results(Field):
            field.tell(None, notes=self._notes(event.value) if field.field == "name" else ())
        if event.input.id in OF_ENTITY:
            self.query_one("#field-number", Field).tell(None, notes=self._entity_notes())

    def _notes(self, name: str) -> tuple[str, ...]:
        """What a person should look at in the shop's name."""
        return self.workspace.shops.name_notes(name.strip()) if self.app.workspace and name.strip() else ()

    def _entity_notes(self) -> tuple[str, ...]:
        """That the legal entity, once it is whole, is known by another name."""
        try:
            return self.workspace.shops.entity_notes(self._entity()) if self.app.workspace else ()
        except InvalidInput:
            return ()

    def _entity(self) -> Entity:
        kind, legal, number, country = (self.typed.get(name, "") for name in OF_ENTITY)
        return make_entity(kind.strip().lower(), legal, number, country)

    def is_begun(self) -> bool:
        return any(typed for name, typed in self.typed.items() if name != "kind")

    def on_input_submitted(self) -> None:
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "back":
            self.action_back()
        elif event.button.id == "file":
            from tui.screens.import_file import ImportFile

            self.app.push_screen(ImportFile())
        else:
            self._add()

    def _add(self) -> None:
        typed = {name: self.typed.get(name, "") for name, _, _ in FIELDS}

        def add(workspace: Workspace) -> Shop:
            return workspace.shops.add(typed["name"], typed["region"], self._entity())

        app = self.app
        if app.workspace:
            shop = self.attempt(lambda: add(app.workspace), self._mistaken)
            if shop:
                app.leave(self)
                app.open_shop(shop)
        elif self.attempt(lambda: self._begin(add), self._mistaken):
            app.open_workspace(Workspace.open(app.path, actor=app.actor, clock=app.clock))

    def _begin(self, add: Callable[[Workspace], Shop]) -> Shop:
        """Make the record workspace with its first shop: a file only when the shop could be added."""
        with Workspace.in_memory(actor=self.app.actor, clock=self.app.clock) as made:
            shop = add(made)
            made.store.save_as(self.app.path)
            return shop

    def _mistaken(self, error: InvalidInput) -> None:
        field = self.query_one(f"#field-{NAMED.get(error.field, 'name')}", Field)
        field.tell(self.app.told(error))
        field.query_one(Input).focus()
