"""The first line of every screen: product, shop, workspace kind, clock."""

from collections.abc import Callable

from textual.content import Content

from core.clock import in_words
from core.models import Shop, WorkspaceKind
from tui.widgets.lines import Live
from tui.widgets.moments import short
from tui.widgets.states import safe


class TopBar(Live):
    """One line; drops the least important parts first when narrow."""

    def __init__(self, shop: Callable[[], Shop | None], *, id: str) -> None:
        super().__init__(id=id)
        self.shop = shop

    def on_mount(self) -> None:
        self.set_interval(1, self.look)

    def live(self, width: int) -> list[Content]:
        right = self._right_side()
        name = Content.styled("shoplink", "$accent bold")
        shop = self.shop() if self.app.workspace else None
        if shop is None:
            left = [name]
        else:
            available = max(width - right.cell_length - name.cell_length - 4, 4)
            title = Content("  ") + safe(shop.name, "bold").truncate(available, ellipsis=True)
            region, code = Content.styled(f"  {shop.region}", "$muted"), Content.styled(f" · {shop.code}", "$muted")
            left = [name, title, region, code]
        while len(left) > 1 and sum(part.cell_length for part in left) + right.cell_length + 2 > width:
            left.pop()
        joined = Content("").join(left)
        return [joined + Content(" " * max(1, width - joined.cell_length - right.cell_length)) + right]

    def _right_side(self) -> Content:
        workspace = self.app.workspace
        if workspace is None:
            return Content("")
        only = Content.styled("read only  ", "$warning") if workspace.store.read_only else Content("")
        if workspace.kind == WorkspaceKind.RECORD:
            behind = workspace.clock_went_back()
            warning = Content.styled(f"clock is {in_words(behind)} behind  ", "$error") if behind else Content("")
            return only + warning + Content.styled("record", "$muted")
        badge = Content.styled(" PRACTICE ", "bold $background on $warning")
        clock = Content.styled(f"  {short(workspace.now(), self.app.zone)}", "$muted")
        shifted = workspace.shifted_by
        return only + badge + clock + (Content.styled(f"  +{in_words(shifted)}", "$warning") if shifted else Content(""))
