"""Welcome: the first run, before a workspace exists."""

from collections.abc import Iterable

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core import policy
from tui.actor import actor
from tui.commands import HELP, bindings
from tui.dialogs.making import make_scenario
from tui.messages import OpenPlace, OpenWorkspace
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.choice import Choice
from tui.widgets.facts import Facts
from tui.widgets.rows import Rows

DOES = (
    ("Check", "every rule before you link an account"),
    ("Wait", "see when an account can be unlinked"),
    ("Count", "unlinks, slots, and open requests"),
    ("Keep", "what happened, when, and who entered it"),
)


class Welcome(Place):
    """Three ways to start."""

    key = "welcome"
    BINDINGS = bindings(HELP)
    AUTO_FOCUS = "#practice"

    def page(self) -> Iterable[Widget]:
        most = policy.load().limit("marketing.limit", "accounts", None, self.app.clock())
        words = f"A TikTok Shop has one official account and up to {most} marketing accounts. New here? Practice first."
        yield Static(Content(words), classes="heading-text")
        practice = "Link, check, and unlink accounts of a made-up shop. Nothing can go wrong: you play TikTok's side."
        yield Choice("Practice with a scenario", practice, id="practice")
        yield Choice("Add my shop", "Keep a record of your own shop: checks, countdowns, reminders, history.", id="add")
        yield Choice("Import a file", "A CSV list of shops, or a file that shoplink exported.", id="import")

    def side(self) -> Iterable[Widget]:
        yield Card("What you can do", Facts([(label, Content(words)) for label, words in DOES]))
        never = "shoplink never logs in to TikTok. Check a step here, do it in Seller Center or the app, then record it."
        yield Card("Good to know", Static(Content(never)))

    @on(Choice.Chosen, "#practice")
    def practice(self) -> None:
        self.show_over(Practice())

    @on(Choice.Chosen, "#add")
    def add_shop(self) -> None:
        self.post_message(OpenPlace("add_shop"))

    @on(Choice.Chosen, "#import")
    def import_file(self) -> None:
        self.post_message(OpenPlace("import"))


class Practice(Place):
    """The scenarios; enter creates a practice workspace from one."""

    key = "welcome"
    AUTO_FOCUS = "#rows"

    def trail(self) -> list[str]:
        return ["Welcome", "Practice with a scenario"]

    def page(self) -> Iterable[Widget]:
        from core import scenarios

        rows = [
            Option(Content.assemble((info.title, "bold"), "\n", (info.shows, "$muted")), id=info.id)
            for info in scenarios.catalog()
        ]
        yield Rows(*rows, enter="Start")

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="scenario")
    async def start(self, event: OptionList.OptionSelected) -> None:
        from core import scenarios

        app, scenario = self.app, str(event.option_id)
        made = await make_scenario(app, scenario, actor=actor(practice=True), clock=app.clock)
        if made and (workspace := self.attempt(lambda: made.moved_to(app.path))):
            chosen = scenarios.load(scenario)
            self.open_workspace(OpenWorkspace(workspace, chosen.first_shop, chosen.opens))
