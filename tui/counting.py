"""Count the shops of a large workspace in a thread, on a connection of its own, while the screens go on."""

from typing import TYPE_CHECKING

from core.workspace import Workspace

if TYPE_CHECKING:
    from concurrent.futures import Future

    from core.shop_status import ShopCounts

QUICK = 1000
"""The most shops that are counted while a page is painted."""


class Counting:
    """The counts of a workspace's shops, when they are known."""

    def __init__(self, workspace: Workspace) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._of = (workspace, workspace.version())
        thread = ThreadPoolExecutor(1)
        self.counts: Future[ShopCounts] = thread.submit(_count, workspace)
        thread.shutdown(wait=False)

    def is_of(self, workspace: Workspace) -> bool:
        """Check whether these are the counts of this workspace, and nothing has changed since the counting began."""
        return self._of == (workspace, workspace.version())

    @property
    def known(self) -> "ShopCounts | None":
        """The counts, if they are known by now."""
        return self.counts.result() if self.counts.done() and not self.counts.exception() else None


def begin(workspace: Workspace) -> Counting | None:
    """Begin to count the shops, if there are so many that it takes a thread."""
    return Counting(workspace) if workspace.shops.count(QUICK + 1) > QUICK else None


def _count(workspace: Workspace) -> "ShopCounts":
    with Workspace.open(workspace.path, actor=workspace.actor, clock=workspace.clock, read_only=True) as own:
        return own.shops.counts()
