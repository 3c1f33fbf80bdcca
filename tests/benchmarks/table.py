"""The baseline of a key: an app with nothing but a table of a thousand rows."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    def compose(self) -> ComposeResult:
        table: DataTable[str] = DataTable()
        table.add_columns("Code", "Name", "Region", "State")
        for number in range(1000):
            table.add_row(f"USLC{number:06}", f"Lumen {number}", "US", "linked")
        yield table


if __name__ == "__main__":
    Table().run()
