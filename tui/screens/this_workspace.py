"""This workspace: its kind, file, actor and clock."""

from collections.abc import Iterable
from pathlib import Path

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from core.errors import ShoplinkError
from core.models import WorkspaceKind
from tui.dialogs.confirm import Confirm
from tui.messages import EndPractice
from tui.place import Place
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.moments import full
from tui.widgets.states import safe


class ThisWorkspace(Place):
    """The open workspace and its location."""

    key = "workspace"

    def trail(self) -> list[str]:
        return ["Settings", "This workspace"]

    def page(self) -> Iterable[Widget]:
        workspace = self.workspace
        practice = workspace.kind == WorkspaceKind.PRACTICE
        kind = "practice: TikTok's side is played at the Desk" if practice else "record: your own shops, by this computer's clock"
        behind = workspace.clock_went_back()
        pairs = [
            ("Workspace", Content(kind)),
            ("File", safe("deleted when you leave" if self.app.is_guest else str(workspace.path))),
            ("You are", safe(workspace.actor)),
            ("Clock", Content(full(workspace.now(), self.app.zone))),
        ]
        if workspace.scenario:
            pairs.insert(1, ("Scenario", safe(_title(workspace.scenario))))
        if behind:
            pairs.append(("Warning", Content.styled("The computer's clock is behind the newest entry: correct it.", "$error")))
        if workspace.store.read_only:
            pairs.append(("Warning", Content.styled("The file is read-only: you can't change anything here.", "$error")))
        yield Card("This workspace", Facts(pairs))
        if practice and self.app.is_kept and not workspace.store.read_only:
            yield Static(Content("Done practicing? Then add your own shop, and keep a record of it."), classes="heading-text")
            yield Buttons(Button("Add my own shop…", id="end", action="screen.end_practice"))

    @work
    async def action_end_practice(self) -> None:
        """If confirmed, delete the practice workspace and show Welcome: the file is free for a record."""
        text = "This deletes the practice workspace. After that, add your own shop or import a file."
        if await self.ask(Confirm("End practice?", text, keep="Keep practicing", do="End practice")):
            self.post_message(EndPractice())


def _title(scenario: str) -> str:
    """Return a scenario's title, or its file's name if the file is gone."""
    from core import scenarios

    try:
        return scenarios.info(scenario).title
    except ShoplinkError:
        return Path(scenario).name
