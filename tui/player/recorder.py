"""Record a tour: keys, text and Desk acts become its steps. F12 marks a step and asks for its caption."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

from textual import events
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from core.plurals import count_of
from core.store.new_file import new_file
from core.text import show
from tui import capture
from tui.desk.panel import DeskPanel
from tui.messages import OpenWorkspace
from tui.places import Places
from tui.player import sight
from tui.player.bar import TourBar, show_bars
from tui.player.marking import Discarding, Marking
from tui.player.stage import seen, settled, takes
from tui.shell import Shell
from tui.tours import TYPE, Step

MARK = "f12"
"""The key that marks a step."""
QUIT = {"app.quit", "ask_to_quit"}
"""The actions that end a recording."""


class Recorder:
    """Record one tour of a shop in an app whose clock stands still. `file`: a new file, written at the end."""

    def __init__(self, app: Shell, file: Path, scenario: str, shop: str) -> None:
        self.app = app
        self.file = file
        self.scenario = scenario
        self.shop = shop
        self.steps: list[Step] = []
        self.claims: dict[str, Any] = {}
        """The claims after the last step."""
        self.desk: list[str] = []
        self.keys: list[str] = []
        """What was done since the last step."""
        self._seen_before: set[str] = set()
        """What could be read at the last step."""
        self._events_before = 0
        self._asking = asyncio.Lock()
        self._last: events.Event | None = None
        """The last event: it comes again if no widget has stopped it."""

    def begin(self) -> None:
        """Open the shop as a tour does, with the keys that a tour presses, and discard what was recorded before."""
        self.app.set_keymap({})
        self.steps, self.desk, self.keys, self.claims, self._seen_before = [], [], [], {}, set()
        self._events_before = len(self.app.workspace.history.page(limit=10_000).events)
        self.app.post_message(OpenWorkspace(self.app.workspace, self.shop))

    def bar(self) -> TourBar:
        return _RecordingBar(self)

    def acted(self, words: str) -> None:
        """Record an act of the Desk. Starting over restarts the recording."""
        if words == "start over":
            self.begin()
        else:
            self.desk.append(words)
        show_bars(self.app)

    def takes(self, event: events.Event) -> bool:
        """Record a key or a paste on its way to the screen; return whether it is the recorder's."""
        if not isinstance(event, events.Key | events.Paste) or event is self._last:
            return False
        if isinstance(self.app.screen, Marking | Discarding):
            return False
        self._last = event
        screen = self.app.screen
        if isinstance(event, events.Key):
            binding = screen.active_bindings.get(event.key)
            action = binding.binding.action if binding and binding.enabled else ""
            consumed = self.app.focused is not None and self.app.focused.check_consume_key(event.key, event.character)
            if event.key == MARK or (action in QUIT and not consumed):
                if event.key == MARK:
                    self.app.run_worker(self._ask(self._mark), group="marking")
                else:
                    self.finish()
                return True
            if isinstance(screen, DeskPanel):
                return False  # its acts are recorded, not its keys
            if action == "desk" and not consumed:
                if self.keys:  # a step's acts come before its keys
                    self.app.run_worker(self._ask(self._mark), group="marking")
                return bool(self.keys)
            if consumed and isinstance(self.app.focused, Input) and event.character:
                self._typed(event.character)
            elif takes(self.app, event.key, event.character):
                leaves_list = event.key == "tab" and isinstance(self.app.focused, Places)
                self.keys.append("enter" if leaves_list else event.key)  # which a smaller screen shows as a page to open
            show_bars(self.app)
        elif isinstance(self.app.focused, Input) and not isinstance(screen, DeskPanel):
            self._typed(" ".join(filter(None, event.text.splitlines())))
            show_bars(self.app)
        return False

    def finish(self) -> None:
        """Ask for the tour's title, write its file and end the program; say so if there is nothing to write."""
        self.app.run_worker(self._ask(self._finish), group="marking")

    def _typed(self, text: str) -> None:
        if self.keys and self.keys[-1].startswith(TYPE):
            self.keys[-1] += text
        else:
            self.keys.append(TYPE + text)

    async def _ask(self, question: Callable[[], Awaitable[None]]) -> None:
        """Ask one question at a time: the answer to the one before is kept first, however fast somebody types."""
        async with self._asking:
            await question()

    async def _mark(self) -> None:
        """Ask for the step's caption, and for the text it is about."""
        await self._close_desk()
        if not (self.desk or self.keys):
            self.app.notify("Nothing has happened since the last step.", markup=False)
            return
        text, screens = capture.text(self.app), seen(self.app.screen_stack)
        visible, phrases = sight.blocks(text, screens), sight.phrases(text, screens)

        def unseen(words: str) -> str:
            found = any(sight.one_line(words) in block for block in visible)
            return "" if found else "This is not on the screen."

        desk, keys, self.desk, self.keys = self.desk, self.keys, [], []  # what is pressed after the dialog is the next step's
        said = await self.app.push_screen_wait(
            Marking(
                f"Step {len(self.steps) + 1}",
                ("Caption", "What a reader sees or does here"),
                ("On the screen", "Text the caption is about; ↑ and ↓ offer others"),
                offered=self._offered(phrases, visible),
                check=unseen,
            )
        )
        if said and said != "discard":
            caption, sees = said
            self.steps.append(Step(caption=caption, sees=(sees,), desk=tuple(desk), keys=tuple(_written(keys))))
            self.claims = self._holds()
            self._seen_before = set(phrases)
        else:
            self.desk, self.keys = [*desk, *self.desk], [*keys, *self.keys]
        show_bars(self.app)

    async def _finish(self) -> None:
        await self._close_desk()
        if not self.steps:
            what = "No step is marked with F12, so there is nothing to write."
            asked = Discarding("Discard the recording?", what, keep="Keep recording", do="Discard the recording")
            if not (self.desk or self.keys) or await self.app.push_screen_wait(asked):
                self.app.exit(message="No step was marked with F12.")
            return
        left_out = ", not what came after" if self.desk or self.keys else ""
        said = await self.app.push_screen_wait(
            Marking(
                f"Write {show(self.file.name, 30)}: {count_of(len(self.steps), 'step')}{left_out}",
                ("Title", "Shown in the list of tours"),
                ("What it shows", "In one sentence"),
                discard="Discard the recording",
            )
        )
        if said == "discard":
            self.app.exit(message="The recording was discarded.")
        elif said:
            with new_file(self.file) as made:
                made.write_text(self._toml(*said), encoding="utf-8")
            self.app.exit()

    async def _close_desk(self) -> None:
        pilot: Pilot[None] = Pilot(self.app)
        if isinstance(self.app.screen, DeskPanel):
            self.app.pop_screen()
        await settled(pilot)

    def _offered(self, phrases: list[str], visible: set[str]) -> list[str]:
        """List what a caption may be about: what is new since the last step, then the rest; single words last in each."""
        on_screen = [text for text in phrases if any(text in block for block in visible)]
        return sorted(on_screen, key=lambda text: (text in self._seen_before, " " not in text))

    def _holds(self) -> dict[str, Any]:
        """Return the workspace's current state as a tour's claims."""
        workspace = self.app.workspace
        status = workspace.shops.status(self.shop)
        happened = [event.kind.value for event in workspace.history.page(limit=10_000).events][::-1][self._events_before :]
        official = status.official
        claims: dict[str, Any] = {"official": official.state.value, "account": official.username} if official else {}
        if official is None:
            claims["nothing_linked"] = True
        if status.unlinks_left is not None:
            claims["unlinks_left"] = status.unlinks_left
        return {**claims, **({"happened": happened} if happened else {})}

    def _toml(self, title: str, shows: str) -> str:
        head = {"title": title, "shows": shows, "scenario": self.scenario, "shop": self.shop}
        tables = [_lines(head)]
        for step in self.steps:
            facts = {"desk": list(step.desk), "keys": list(step.keys), "caption": step.caption, "sees": list(step.sees)}
            tables.append(["[[steps]]", *_lines({name: value for name, value in facts.items() if value})])
        tables.append(["[claims]", *_lines(self.claims)])
        return "\n\n".join("\n".join(lines) for lines in tables) + "\n"


class _RecordingBar(TourBar):
    """Show that a tour is being recorded, its progress, and its keys."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self.recorder = recorder

    def texts(self) -> Iterable[Content]:
        return (Content(""),)

    def show(self) -> None:
        recorder = self.recorder
        title = Content.assemble(("● ", "$error bold"), (f"Recording {show(recorder.file.name, 40)}", "$muted"))
        done = [*recorder.desk, *(key.removeprefix(TYPE) for key in recorder.keys)]
        since = f"{len(done)}, the last of them “{show(done[-1], 30)}”" if done else "nothing"
        text = f"{count_of(len(recorder.steps), 'step')}. Since then: {since}."
        self.show_lines(title, Content(text), [("f12", "mark a step"), ("^q", "finish")])


def _written(keys: Iterable[str]) -> Iterable[str]:
    """Yield keys as a file keeps them, without losing spaces at the end of a text."""
    for key in keys:
        if not key.startswith(TYPE):
            yield key
            continue
        text = key.rstrip(" ")
        if text != TYPE:
            yield text
        yield from ["space"] * (len(key) - len(text))


def _lines(facts: dict[str, Any]) -> list[str]:
    """Write fields as TOML. JSON's texts, numbers and lists are also valid TOML."""
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
