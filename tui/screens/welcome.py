"""Welcome: the first run, before there is a workspace."""

import json
from collections.abc import Iterable
from os.path import expanduser  # Path's own raises for a person it does not know
from pathlib import Path

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core import policy
from core.errors import ShoplinkError
from core.text import show
from core.workspace import Workspace
from tui.commands import HELP, bindings
from tui.screens.place import Place
from tui.widgets.choice import Choice
from tui.widgets.field import Field
from tui.widgets.rows import Rows


class Welcome(Place):
    """Three ways to begin."""

    key = "welcome"
    BINDINGS = bindings(HELP)
    AUTO_FOCUS = "#practise"

    def page(self) -> Iterable[Widget]:
        most = policy.load().limit("marketing.limit", "accounts")
        words = f"A shop has one official account and up to {most} marketing accounts.\nHow do you want to begin?"
        yield Static(Content(words), classes="heading-text")
        yield Choice(
            "Practise with a scenario", "Every flow, without an account and without risk. You play TikTok's side.", id="practise"
        )
        yield Choice("Add my shop", "Keep the record of your own shop: checks, countdowns, reminders, history.", id="add")
        yield Choice("Take in a file", "A file that shoplink exported elsewhere.", id="import")

    def on_choice_chosen(self, event: Choice.Chosen) -> None:
        match event.choice.id:
            case "practise":
                self.app.push_screen(Practise())
            case "add":
                from tui.screens.add_shop import AddShop

                self.app.push_screen(AddShop())
            case _:
                self.app.push_screen(ImportFile())


class Practise(Place):
    """The scenarios; enter makes a practice workspace from one."""

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

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        app = self.app
        workspace = self.attempt(
            lambda: Workspace.create(app.path, actor=app.actor, scenario=event.option_id, clock=app.clock),
        )
        if workspace:
            app.open_workspace(workspace)


class ImportFile(Place):
    """Names a file, says what is in it or what is wrong with it, and takes it into a record workspace."""

    key = "welcome"
    AUTO_FOCUS = "#file"

    def trail(self) -> list[str]:
        return ["Welcome", "Take in a file"]

    def page(self) -> Iterable[Widget]:
        yield Field("file", "The file", help="The path of a JSON document that shoplink export wrote; enter takes it in")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        from core import exchange

        field = self.query_one(Field)
        app = self.app
        try:
            document = json.loads(Path(expanduser(event.value)).read_text(encoding="utf-8"))
            with Workspace.in_memory(actor=app.actor, clock=app.clock) as made:
                result = exchange.import_document(made, document)
                if result.problems:
                    told = "; ".join(f"{problem.line} {problem.field}: {problem.message}" for problem in result.problems[:3])
                    field.tell(f"{len(result.problems)} problems, nothing was taken in. {show(told)}")
                    return
                made.store.save_as(app.path)
        except OSError as error:
            field.tell(f"The file cannot be read: {error.strerror}.")
        except (ValueError, RecursionError):
            field.tell("The file is not JSON.")
        except ShoplinkError as error:
            field.tell(f"{show(error.message)} {show(error.remedy)}")
        else:
            app.open_workspace(Workspace.open(app.path, actor=app.actor, clock=app.clock))
