"""The form that adds a shop, and with it, where there is none yet, the record workspace."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.errors import InvalidInput, ShoplinkError
from core.shops import make_entity
from core.text import show
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
        yield Horizontal(Button("Add the shop", id="add", variant="primary"), Button("Back", id="back"), classes="buttons")
        yield Static("", id="told")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed[event.input.id or ""] = event.value
        self.query_one(f"#field-{event.input.id}", Field).tell(None)

    def on_input_submitted(self) -> None:
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "back":
            self.action_back()
        else:
            self._add()

    def _add(self) -> None:
        typed = {name: self.typed.get(name, "") for name, _, _ in FIELDS}
        try:
            entity = make_entity(typed["kind"].strip().lower(), typed["legal"], typed["number"], typed["country"])
            workspace = self.workspace or Workspace.create(self.app.path, actor=self.app.actor, clock=self.app.clock)
            if not self.workspace:
                self.app.call_later(self.app.open_workspace, workspace)
            shop = workspace.shops.add(typed["name"], typed["region"], entity)
        except InvalidInput as error:
            field = self.query_one(f"#field-{NAMED.get(error.field, 'name')}", Field)
            field.tell(f"{show(error.message)} {show(error.remedy)}")
            field.query_one(Input).focus()
            return
        except ShoplinkError as error:
            self.query_one("#told", Static).update(Content.styled(f"{show(error.message)} {show(error.remedy)}", "$error"))
            return
        if self.workspace:
            self.app.pop_screen()
            self.app.repaint()
            self.app.open_shop(shop)
