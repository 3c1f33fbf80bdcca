"""What every wizard has: steps, a way back that keeps what was typed, and one question before leaving."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from tui.screens.place import Place
from tui.widgets.field import Field
from tui.widgets.timeline import Stepper


class Wizard(Place):
    """A place that is gone through step by step. `typed` outlives every step and every repaint."""

    steps: tuple[str, ...] = ()

    def __init__(self, shop_id: str | None) -> None:
        super().__init__(shop_id)
        self.step = 0
        self.typed: dict[str, str] = {}
        self.begun: dict[str, str] = {}
        """What was there before anything was typed: leaving asks only when it differs."""

    def trail(self) -> list[str]:
        return ["Linked TikTok Accounts", "Official Account", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        yield Stepper(self.steps, self.step)
        yield from self.content()

    def content(self) -> Iterable[Widget]:
        """The widgets of the present step."""
        raise NotImplementedError

    def go(self, step: int) -> None:
        """Show another step."""
        self.step = step
        self.set_focus(None)
        self.repaint()

    def first_step_of_record(self) -> int:
        """The first step after which nothing can be taken back by going back: from there, back leaves."""
        return len(self.steps)

    def action_back(self) -> None:
        if 0 < self.step < self.first_step_of_record():
            self.go(self.step - 1)
        elif self.is_begun():
            self.ask_to_leave()
        else:
            self.leave()

    def is_begun(self) -> bool:
        return self.step == 0 and self.typed != self.begun

    def leave(self) -> None:
        self.app.leave(self)
        self.app.repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed[event.input.id or ""] = event.value
        self.check_typed(event.input.id or "")

    def check_typed(self, name: str) -> None:
        """Tell a mistake in a field beside it, as it is typed."""

    def tell(self, name: str, mistake: str | None, help: str | None = None) -> None:
        for field in self.query(f"#field-{name}").results(Field):  # none while the page is painted anew
            field.tell(mistake, help)
