"""The acts of a card of the Desk, with the keys that do them."""

from dataclasses import dataclass

from textual.content import Content
from textual.style import Style

from tui.widgets.lines import Lines, hanging

SHORT = 11
"""The longest name of an act that leaves room for another one beside it."""


@dataclass(frozen=True)
class ListedAct:
    """An act as it is listed. `key`: its name on the keyboard; `name`: cleaned text; `action`: what a click runs."""

    key: str
    name: Content
    action: str

    def parts(self) -> tuple[Content, Content]:
        """Return its key and its name. Both can be clicked."""
        click = Style.from_meta({"@click": self.action})
        return Content.styled(f" {self.key}  ", "$accent bold").stylize(click), self.name.stylize(click)


class ActList(Lines):
    """Acts, two in a line where both names are short. Its key or a click does an act.

    One widget, because an act repaints the Desk: a button for each would be most of what that takes.
    """

    def __init__(self, *acts: ListedAct) -> None:
        super().__init__()
        self.acts = acts

    def on_mount(self) -> None:
        self.auto_links = False  # its colors stay what they are

    def lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        rest = list(self.acts)
        while rest:
            together = rest[:2] if all(len(act.name) <= SHORT for act in rest[:2]) else rest[:1]
            if len(together) == 2:
                first, second = (Content("").join(act.parts()) for act in together)
                lines.append(first.extend_right(width // 2 - first.cell_length) + second)
            else:
                lines += hanging(*rest[0].parts(), width)
            del rest[: len(together)]
        return lines
