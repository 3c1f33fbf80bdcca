"""Shop information, and renaming the shop with a preview of the effect."""

from collections.abc import Iterable

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.errors import InvalidInput, ShoplinkError, ended
from core.models import LinkState, Probation
from core.plurals import count_of
from core.shop_input import read_unlinks_before
from core.shop_status import ShopStatus
from core.text import show
from core.verdict import Outcome, Verdict
from core.words import label
from tui.commands import RENAME, bindings
from tui.link_ends import past_official
from tui.link_steps import todo
from tui.place import Place
from tui.step_texts import texts
from tui.widgets.beside import lately, reminders_here, rules_here
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.widgets.facts import Facts
from tui.widgets.field import Field
from tui.widgets.lines import Hanging, marked
from tui.widgets.states import IN_PROBATION, safe
from tui.widgets.verdicts import Verdicts

ABOUT_NAME = ("official.name-length", "shop.name")
"""Rules whose notices are about the typed name, and are shown beside it."""


class ShopInformation(Place):
    """The shop's own facts."""

    key = "shop_information"
    BINDINGS = bindings(RENAME)

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def page(self) -> Iterable[Widget]:
        shop = self.the_shop()
        status = self.workspace.shops.status(shop.id)
        market = self.workspace.policy.markets[shop.region]
        fixed = "" if self.workspace.is_record else ", which never changes"
        entity = status.seller.entity
        yield Card(
            "Shop",
            Facts(
                [
                    ("Name", safe(shop.name, "bold")),
                    ("Nickname", self._nickname(status)),
                    (
                        "Code",
                        safe(shop.code)
                        + Content.styled("  made up by shoplink: enter TikTok's" if shop.code_is_made_up else "", "$warning"),
                    ),
                    ("Region", Content(f"{market.name} ({shop.region}){fixed}")),
                ]
            ),
            classes="-accent",
        )
        words = texts().record["rename"].button if self.workspace.is_record else "Rename the shop…"
        rename = Button(words, id="rename", variant="primary", action="screen.rename")
        yield Buttons(rename)
        yield Card(
            "Entity qualification",
            Facts(
                [
                    ("Legal name", safe(entity.legal_name or "not entered")),
                    (label("entity.kind"), Content(str(entity.kind or "not entered"))),
                    ("Registration", safe(f"{entity.registration_number}, {entity.country}")),
                    (
                        "What it decides",
                        Content.styled("which organization accounts can be linked: only those of the same entity", "$muted"),
                    ),
                ]
            ),
        )
        yield Card("Probation", *self._probation())
        yield Card("Unlinks", Static(Content(f"{status.unlinks_words}.")), *self._unlinks_used(status), id="unlinks")
        if self.workspace.is_record:
            earlier = Button("Earlier unlinks…", id="earlier", action="screen.earlier_unlinks")
            correct = Button("Correct facts…", id="correct", action="screen.open('correct_shop')")
            yield Buttons(earlier, correct)

    def side(self) -> Iterable[Widget]:
        groups = ("official.name", "official.unlink-limit", "marketing.no-probation", "org.")
        yield reminders_here(self.app, self.the_shop())
        yield rules_here(self.app, self.the_shop(), groups)
        yield lately(self.app, self.the_shop())

    def action_rename(self) -> None:
        self.show_over(RenameShop(self.shop_id))

    @work
    async def action_earlier_unlinks(self) -> None:
        from tui.dialogs.ask import Ask

        shop = self.the_shop()
        label, help = "Official unlinks not recorded here", "A number; 0 if there were none"
        before = "" if shop.unlinks_before is None else str(shop.unlinks_before)
        typed = await self.ask(Ask("Earlier unlinks", label, help, read_unlinks_before, value=before))
        count = read_unlinks_before(typed or "")
        if count is None:
            return
        if count == shop.unlinks_before:
            self.app.unchanged()
            return
        words = f"{count_of(count, 'earlier unlink')} of {shop.name}"
        await self.record(words, lambda: self.workspace.shops.state(shop.id, unlinks_before=count))

    def _nickname(self, status: ShopStatus) -> Content:
        """Say whether the official account has the shop's name."""
        if not (status.official and status.official_account and status.official.state == LinkState.LINKED):
            when = "now" if past_official(self.workspace, status.shop.id) else "yet"
            return Content.styled(f"no official account {when}", "$muted")
        who = f"@{status.official.username}"
        if status.name_matches is None:
            return Content.styled(f"not entered for {who}", "$muted")
        if status.name_matches:
            return safe(f"{who} has the same name")
        return safe(f"{who} is called “{status.official_account.nickname}”: differs", "$error")

    def _unlinks_used(self, status: ShopStatus) -> Iterable[Widget]:
        """Say in a record what the used unlinks are made of."""
        if self.workspace.is_record and (words := status.unlinks_used_words):
            over = (status.shop.unlinks_before or 0) + status.unlinks_used > status.unlink_limit
            yield Hanging(marked("!", f"{words}.", "$warning") if over else (Content(), Content.styled(f"{words}.", "$muted")))

    def _probation(self) -> Iterable[Widget]:
        shop = self.the_shop()
        match self.workspace.shops.probation(shop):
            case Probation.ACTIVE:
                yield Static(Content(IN_PROBATION))
                if until := shop.probation_until:
                    yield Countdown("It ends in", self.workspace.now(), until, bar=False, over="It has ended")
                else:
                    yield Static(Content("The shop is in its probation period. Its end is not entered."))
            case Probation.OVER:
                yield Static(Content.assemble(("✓ ", "$success"), "Over"))
            case None:
                yield Static(Content("Not entered"))


class RenameShop(Place):
    """A field for the new name, with a live preview of what saving changes."""

    key = "shop_information"
    AUTO_FOCUS = "#name"

    def __init__(self, shop_id: str | None) -> None:
        super().__init__(shop_id)
        self.typed = ""
        self.name_now = ""
        """The shop's name on the page: the field has it, and follows it, until another one is typed."""
        self.found: tuple[Verdict, ...] = ()
        """The rules' answers to the typed name."""
        self.may_rename = False

    def on_mount(self) -> None:
        self._check()

    def is_begun(self) -> bool:
        return self.typed.strip() != self.name_now

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"], "Rename"]

    def page(self) -> Iterable[Widget]:
        self._read_name()
        self._ask_rules()
        yield Card("Name now", Static(safe(self.name_now, "bold"), id="name-now"))
        yield Field("name", "New name", value=self.typed)
        effect = Verdicts(self.found)
        effect.nothing = "Type a new name to see what else changes before you save it."
        yield Card("What else changes", effect, id="effect")
        do, keep = "Rename", "Keep the name"
        if self.workspace.is_record:
            yield todo("rename", key=self.key)
            do, keep = texts().record["rename"].button, "Cancel"
        rename = Button(do, id="rename", variant="primary", action="screen.rename", disabled=not self.may_rename)
        yield Buttons(rename, Button(keep, id="keep", action="screen.keep"))

    def follow(self) -> None:
        super().follow()
        field = self.query_one(Field)
        self.typed = field.typed
        self._read_name()
        self.query_one("#name-now", Static).update(safe(self.name_now, "bold"))
        if field.typed != self.typed:
            field.fill(self.typed)
            field.query_one(Input).cursor_position = len(self.typed)
        self._check()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed = event.value
        self._check()

    def on_input_submitted(self) -> None:
        button = self.query_one("#rename", Button)
        self.set_focus(button if not button.disabled else self.query_one("#keep", Button))  # focus() is deferred

    def action_keep(self) -> None:
        self.app.leave(self)

    @work
    async def action_rename(self) -> None:
        shop, name = self.the_shop(), self.typed
        what = texts().record["rename"].says.format(name=name.strip())
        renamed = await self.record(what, lambda: self.workspace.shops.rename(shop.id, name), self._show_mistake)
        if renamed:
            also = f"@{renamed.account.username} takes it too" if renamed.account else "No account needed a new name"
            if not self.workspace.is_record:
                self.notify(show(f"{ended(f'The shop is now {renamed.shop.name}')} {also}."), markup=False)
            self.app.leave(self)

    def _read_name(self) -> None:
        """Read the shop's name, also into the field if no other one is typed."""
        name = self.the_shop().name
        if self.typed == self.name_now:
            self.typed = name
        self.name_now = name

    def _check(self) -> None:
        """Show what saving would change, or why it is not possible."""
        if not self.query("#effect"):
            return
        self.query_one(Field).report(*self._ask_rules())
        self.query_one("#effect Verdicts", Verdicts).show(self.found)
        self.query_one("#rename", Button).disabled = not self.may_rename

    def _ask_rules(self) -> tuple[str | None, str, list[str]]:
        """Ask the rules about the typed name; return the mistake, the help and the notes to show at the field."""
        shop, name = self.the_shop(), self.typed.strip()
        self.found, self.may_rename = (), False
        count = count_of(len(name), "character")
        if name == shop.name:
            return None, f"{count}: the name it has now", []
        try:
            verdicts = self.workspace.shops.check_rename(shop.id, self.typed)
            notes = self.workspace.shops.name_notes(name, shop.seller)
        except InvalidInput as error:
            return self.app.error_message(error), "", []
        about_name = [verdict for verdict in verdicts if verdict.rule in ABOUT_NAME and verdict.outcome == Outcome.NOTICE]
        self.found = tuple(verdict for verdict in verdicts if verdict not in about_name)
        self.may_rename = not any(verdict.stops for verdict in verdicts)
        says_count = any(verdict.rule == "official.name-length" for verdict in about_name)
        return None, "" if says_count else count, [*(verdict.reason for verdict in about_name), *notes]

    def _show_mistake(self, error: ShoplinkError) -> None:
        self.query_one(Field).report(self.app.error_message(error))
