"""Labels and values: labels dim and aligned, values bright and wrapped."""

from collections.abc import Sequence

from textual.content import Content

from tui.widgets.lines import Lines


class Facts(Lines):
    """Pairs of a label and a value; shows `nothing` when there are none."""

    def __init__(self, pairs: Sequence[tuple[str, Content]], *, nothing: str = "") -> None:
        super().__init__()
        self.pairs = pairs
        self.nothing = nothing
        self._wrapped: dict[int, list[Content]] = {}
        """Lines by width: each layout and paint needs them several times."""

    def lines(self, width: int) -> list[Content]:
        if width not in self._wrapped:
            self._wrapped[width] = self._wrap(width)
        return self._wrapped[width]

    def _wrap(self, width: int) -> list[Content]:
        if not self.pairs:
            return Content.styled(self.nothing, "$muted").wrap(width)
        label_width = max(len(label) for label, _ in self.pairs) + 3
        lines = []
        for label, value in self.pairs:
            wrapped = value.wrap(max(width - label_width, 8))
            head = Content.styled(label.ljust(label_width), "$muted")
            lines.append(head + wrapped[0])
            lines += [Content(" " * label_width) + rest for rest in wrapped[1:]]
        return lines
