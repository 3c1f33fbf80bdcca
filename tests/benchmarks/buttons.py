"""The baseline of moving the focus: an app with nothing but texts and buttons."""

from textual.app import App, ComposeResult
from textual.widgets import Button, Footer, Static


class Buttons(App[None]):
    def compose(self) -> ComposeResult:
        for number in range(6):
            yield Static(f"Account {number} is linked to the shop.")
            yield Button(f"Unlink {number}")
        yield Footer()


if __name__ == "__main__":
    Buttons().run()
