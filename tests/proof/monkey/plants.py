"""Bugs in the screens, planted one at a time, and mends taken out: monkeys have to find each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.screen import Screen

from core.models import EventKind
from core.workspace import Workspace
from tests.proof.monkey.grounds import GROUNDS, MARKED
from tui.app import ShoplinkApp
from tui.place import Place
from tui.screens.linked_accounts.official import OfficialAccount
from tui.textual_fixes import DismissOnce, SafeApp, SafeOptionList


@dataclass(frozen=True)
class Plant:
    """One bug, and the grounds on which it is looked for."""

    growing: Callable[[], Any]
    grounds: tuple[str, ...] = GROUNDS


def _instead(of: type, name: str, what: Any) -> Callable[[], Any]:
    return lambda: patch.object(of, name, what)


def _fails(*_: object) -> None:
    raise ZeroDivisionError("planted")


def _as_markup(app: ShoplinkApp, message: str, **more: Any) -> None:
    App.notify(app, message, **{**more, "markup": True})


def _page_down(rows: SafeOptionList) -> None:
    super(SafeOptionList, rows).action_page_down()  # type: ignore[misc]


def _untold(workspace: Workspace, kind: EventKind, summary: str, *, record: Any = Workspace.add_event, **more: Any) -> None:
    if kind != EventKind.PRODUCT_ADDED:
        record(workspace, kind, summary, **more)


NAMED = {
    "a place raises on a key": Plant(_instead(Place, "action_step", _fails), ("linked",)),
    "a place is left by no key": Plant(_instead(Place, "action_back", lambda place: None), ("linked",)),
}
"""Those that the short form plants too."""

PLANTS = NAMED | {
    "a place raises on a rare key": Plant(_instead(ShoplinkApp, "action_save_text", _fails)),
    "one place is left by no key": Plant(_instead(OfficialAccount, "action_back", lambda place: None)),
    "a dialogue is answered twice": Plant(_instead(DismissOnce, "dismiss", Screen.dismiss), ("linked",)),
    "a key comes before its page is made": Plant(_instead(ShoplinkApp, "run_action", App.run_action), ("linked",)),
    "what is told is read as markup": Plant(_instead(ShoplinkApp, "notify", _as_markup), (MARKED,)),
    "an event is missing": Plant(_instead(Workspace, "add_event", _untold), ("linked", "just-linked")),
    "a page key comes before the rows": Plant(_instead(SafeOptionList, "action_page_down", _page_down)),
    "a click comes after its row": Plant(_instead(SafeOptionList, "on_click", lambda rows, event: None), ("agency",)),
    "a screen that was left is not passed over": Plant(_instead(SafeApp, "_handle_exception", App._handle_exception)),
}
