"""This workspace: its kind, file, actor and clock."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from core.models import WorkspaceKind
from tui.place import Place
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
            ("Kind", Content(kind)),
            ("File", safe("deleted when you leave" if self.app.is_guest else str(workspace.path))),
            ("Acting", safe(workspace.actor)),
            ("Clock", Content(full(workspace.now(), self.app.zone))),
        ]
        if scenario := workspace.scenario_name:
            pairs.insert(1, ("Scenario", safe(scenario)))
        if behind:
            pairs.append(("Warning", Content.styled("The computer's clock is behind the newest entry: correct it.", "$error")))
        if workspace.store.read_only:
            pairs.append(("Warning", Content.styled("The file is read-only: you can't change anything here.", "$error")))
        yield Card("This workspace", Facts(pairs))
