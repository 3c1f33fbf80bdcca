"""Labels and values: labels dim and aligned, values bright and wrapped."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from tui.widgets.lines import Lines, hanging, wrapped

LEAST_VALUE = 12
"""Minimum columns of a value beside its label; with fewer, values go below their labels."""


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
        if width - label_width < LEAST_VALUE:
            return list(_below_labels(self.pairs, width))
        lines: list[Content] = []
        for label, value in self.pairs:
            lines += hanging(Content.styled(label.ljust(label_width), "$muted"), value, width)
        return lines


def _below_labels(pairs: Sequence[tuple[str, Content]], width: int) -> Iterator[Content]:
    """Yield each label, and its value below it, indented."""
    for label, value in pairs:
        if label:
            yield from Content.styled(label, "$muted").wrap(width)
        for line in wrapped(value, max(width - 2, 1)):
            yield Content("  ") + line
