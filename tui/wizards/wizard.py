"""Base of the wizards: steps, back, and a confirmation before leaving."""

from collections.abc import Iterable

from textual import on
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Input

from tui.place import Place
from tui.widgets.buttons import Buttons
from tui.widgets.field import Field
from tui.widgets.form import buttons_in_view
from tui.widgets.timeline import Stepper


class Wizard(Place):
    """A screen with steps; `typed` is kept across steps and repaints."""

    steps: tuple[str, ...] = ()
    short_steps: tuple[str, ...] = ()
    """Shorter names of the steps, where theirs do not fit."""
    step: reactive[int] = reactive(0, recompose=True)

    def __init__(self, shop_id: str | None) -> None:
        super().__init__(shop_id)
        self.typed: dict[str, str] = {}
        self.begun: dict[str, str] = {}
        """The initial field values: leaving asks only if they changed."""
        self.stopped = False
        """Whether a rule stops the painted step, so that nothing comes next."""

    def trail(self) -> list[str]:
        return ["Linked TikTok Accounts", "Official Account", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        self.stopped = False
        content = list(self.content())  # the steps can depend on it
        yield Stepper(self.steps, self.step, self.short_steps)
        yield from buttons_in_view(content)

    def content(self) -> Iterable[Widget]:
        """Return the widgets of the current step."""
        raise NotImplementedError

    def go(self, step: int) -> None:
        """Go to a step."""
        self.set_focus(None)
        self.step = step

    def first_step_of_record(self) -> int:
        """Return the first recorded step; from there on, back leaves the wizard."""
        return len(self.steps)

    def action_back(self) -> None:
        if 0 < self.step < self.first_step_of_record():
            self.go(self.step - 1)
        elif self.is_begun():
            self.ask_to_leave()
        else:
            self.action_leave()

    def is_begun(self) -> bool:
        return self.step < self.first_step_of_record() and self.typed != self.begun

    def action_leave(self) -> None:
        self.app.leave(self)
        self.app.repaint()

    @on(Input.Changed)
    def check_changed(self, event: Input.Changed) -> None:
        self.check_typed(event.input.id or "")

    def buttons_of_organization(self) -> Buttons:
        """Return the buttons to a linked organization account, its Shop Page and its team."""
        return Buttons(
            Button("See the account", id="done", variant="primary", action="screen.leave"),
            Button("Team access", id="team", action="screen.open('team_access')"),
            Button("Shop Page", id="shop-page", action="screen.open('shop_page')"),
        )

    def check_typed(self, name: str) -> None:
        """Show an error at its field while typing."""

    def report(self, name: str, mistake: str | None, help: str | None = None) -> None:
        """Show an error at a field or, without one, its help."""
        for field in self.query(f"#field-{name}").results(Field):  # none during a repaint
            field.report(mistake, help)
