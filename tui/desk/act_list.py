"""The acts of a card of the Desk, with the keys that do them."""

from dataclasses import dataclass

from textual.content import Content
from textual.style import Style

from tui.widgets.lines import Lines, hanging

SHORT = 11
"""The longest name of an act that has another one beside it, where both have room."""


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
    """Acts, each done by its key or a click. Two share a line if both names are short.

    One widget: with a button for each act, repainting the Desk after one would take twice as long.
    """

    def __init__(self, *acts: ListedAct) -> None:
        super().__init__()
        self.acts = acts

    def on_mount(self) -> None:
        self.auto_links = False  # its colors stay what they are

    def lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        half = width // 2
        rest = list(self.acts)
        while rest:
            both = [Content("").join(act.parts()) for act in rest[:2] if len(act.name) <= SHORT]
            if len(both) == 2 and all(one.cell_length < half for one in both):
                lines.append(both[0].extend_right(half - both[0].cell_length) + both[1])
                del rest[:2]
            else:
                lines += hanging(*rest.pop(0).parts(), width)
        return lines
