"""The baseline of start-up: a small Textual app with a header, a text and a footer."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Floor(App[None]):
    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("hello " * 200)
        yield Footer()


if __name__ == "__main__":
    Floor().run()
