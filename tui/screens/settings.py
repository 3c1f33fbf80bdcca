"""Settings: the list of a shop's places, as the Seller app has it."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.place import Place
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.moments import short
from tui.widgets.rows import Rows
from tui.widgets.states import link_state, safe


class Settings(Place):
    """A shop's settings: each row a place, with what stands there."""

    key = "settings"

    def trail(self) -> list[str]:
        return [self.the_shop().name, "Settings"]

    def page(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        official = link_state(status.official.state if status.official else None)
        marketing = Content.styled(f"marketing {len(status.marketing)} of {status.marketing_limit}", "$muted")
        kind = f"{self.workspace.kind}" + (f" · {self.workspace.scenario}" if self.workspace.scenario else "")
        rows = [
            ("official", "Linked TikTok Accounts", official + Content("   ") + marketing),
            ("workspace", "This workspace", Content.styled(kind, "$muted")),
            ("shops", "Shops", Content.styled(f"{self.workspace.shops.count()} in this workspace", "$muted")),
        ]
        options = [Option(Content(name.ljust(27)) + about, id=id) for id, name, about in rows]
        yield Rows(*[part for option in options for part in (option, None)])

    def side(self) -> Iterable[Widget]:
        reminders = self.workspace.reminders.due(self.the_shop().id)
        pairs = [(short(reminder.at, self.app.zone), safe(reminder.summary)) for reminder in reminders]
        yield Card("Due", Facts(pairs) if pairs else Static(Content.styled("Nothing is due.", "$muted")))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "official":
            from tui.screens.linked_accounts.official import OfficialAccount

            self.app.push_screen(OfficialAccount(self.shop_id))
        elif event.option_id == "workspace":
            from tui.screens.this_workspace import ThisWorkspace

            self.app.push_screen(ThisWorkspace(self.shop_id))
        else:
            self.action_back()
