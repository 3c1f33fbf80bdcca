"""A screen that follows other programs' changes while something is typed on it."""

from textual.widgets import Input

from core.errors import ShoplinkError
from tui.page_screen import PageScreen
from tui.widgets.field import Field


class FollowingScreen(PageScreen):
    """A screen whose page waits under what is typed, while what is beside that is kept up to date."""

    def repaint(self) -> None:
        """Repaint as `PageScreen` does, and under an empty field too: nothing typed is lost there."""
        super().repaint()
        if not (self.stale and self.is_seen):
            return
        field = next((above for above in self.focused.ancestors if isinstance(above, Field)), None) if self.focused else None
        if self.painting or (field and not field.typed and not field.has_class("-open")):
            self.stale = False
            self.ready.clear()
            self.refresh(recompose=True)
        else:
            self.follow()

    async def recompose(self) -> None:
        """Repaint, and keep what was typed into an empty field after its new one was made."""
        before = self.focused
        await super().recompose()
        now = self.focused
        if isinstance(before, Input) and isinstance(now, Input) and now.id == before.id and now.value != before.value:
            now.value, now.cursor_position = before.value, len(before.value)

    def follow(self) -> None:
        """Update what is said beside what is typed: the page is not repainted before the focus leaves it."""
        self.call_next(self._follow_beside)

    async def _follow_beside(self) -> None:
        try:
            if self.app.is_there(self):
                await self.repaint_beside()
        except ShoplinkError as error:
            self.app.report_once(error)
