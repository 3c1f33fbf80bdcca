"""Labels and values: labels dim and aligned, values bright, long ones wrapped."""

from collections.abc import Sequence

from textual.content import Content

from tui.widgets.lines import Lines


class Facts(Lines):
    """Pairs of a label and a value, one under the other."""

    def __init__(self, pairs: Sequence[tuple[str, Content]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pairs = pairs

    def lines(self, width: int) -> list[Content]:
        label_width = max((len(label) for label, _ in self.pairs), default=0) + 3
        lines = []
        for label, value in self.pairs:
            wrapped = value.wrap(max(width - label_width, 8))
            head = Content.styled(label.ljust(label_width), "$muted")
            lines.append(head + wrapped[0])
            lines += [Content(" " * label_width) + rest for rest in wrapped[1:]]
        return lines
