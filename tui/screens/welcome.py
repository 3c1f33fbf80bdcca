"""Welcome: the first run, before a workspace exists."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core import policy
from tui.actor import actor
from tui.commands import HELP, bindings
from tui.messages import OpenPlace, OpenWorkspace
from tui.place import Place
from tui.widgets.choice import Choice
from tui.widgets.rows import Rows


class Welcome(Place):
    """Three ways to start."""

    key = "welcome"
    BINDINGS = bindings(HELP)
    AUTO_FOCUS = "#practise"

    def page(self) -> Iterable[Widget]:
        most = policy.load().limit("marketing.limit", "accounts", None, self.app.clock())
        words = f"A shop has one official account and up to {most} marketing accounts.\nHow do you want to begin?"
        yield Static(Content(words), classes="heading-text")
        yield Choice(
            "Practise with a scenario", "Every flow, without an account and without risk. You play TikTok's side.", id="practise"
        )
        yield Choice("Add my shop", "Keep the record of your own shop: checks, countdowns, reminders, history.", id="add")
        yield Choice("Import a file", "A list of shops as CSV, or what shoplink exported elsewhere.", id="import")

    @on(Choice.Chosen, "#practise")
    def practise(self) -> None:
        self.app.push_screen(Practise())

    @on(Choice.Chosen, "#add")
    def add_shop(self) -> None:
        self.post_message(OpenPlace("add_shop"))

    @on(Choice.Chosen, "#import")
    def import_file(self) -> None:
        self.post_message(OpenPlace("import"))


class Practise(Place):
    """The scenarios; enter creates a practice workspace from one."""

    key = "welcome"
    AUTO_FOCUS = "#rows"

    def trail(self) -> list[str]:
        return ["Welcome", "Practise with a scenario"]

    def page(self) -> Iterable[Widget]:
        from core import scenarios

        rows = [
            Option(Content.assemble((info.title, "bold"), "\n", (info.shows, "$muted")), id=info.id)
            for info in scenarios.catalogue()
        ]
        yield Rows(*rows)

    @on(OptionList.OptionSelected)
    def start(self, event: OptionList.OptionSelected) -> None:
        from core import scenarios

        app = self.app
        scenario = str(event.option_id)
        workspace = self.attempt(
            lambda: scenarios.create(app.path, scenario, actor=actor(practice=True), clock=app.clock),
        )
        if workspace:
            chosen = scenarios.load(scenario)
            app.post_message(OpenWorkspace(workspace, chosen.first_shop, chosen.opens))
