"""Export the whole record as one JSON document, one entry to a line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from pydantic_core import to_json

from core.exchange.kinds import FORMAT, OWN_EVENTS, VERSION
from core.models import Account, Event, Model
from core.store import accounts, events, links, members, products, shops
from core.store.connection import Store
from core.workspace import Workspace

EVERY: dict[str, Callable[[Store], Iterator[Model]]] = {
    "sellers": shops.every_seller,
    "shops": shops.every,
    "accounts": accounts.every,
    "products": products.every,
    "links": links.every,
    "members": members.every,
    "events": events.every,
}


def write(workspace: Workspace, out: TextIO) -> None:
    """Write the document from one snapshot, with phones and emails unmasked.

    It needs constant memory. Raises Locked or Damaged.
    """
    workspace.settled()
    with workspace.store.read():
        out.write(f'{{"format": "{FORMAT}", "version": {VERSION}')
        for kind, every in EVERY.items():
            out.write(f', "{kind}": [')
            for number, model in enumerate(filter(_is_exported, every(workspace.store))):
                out.write(",\n" if number else "\n")
                out.write(_line(model))
            out.write("]")
        out.write("}\n")


def document(workspace: Workspace) -> dict[str, Any]:
    """Make the document as parsed JSON."""
    out = io.StringIO()
    write(workspace, out)
    parsed: dict[str, Any] = json.loads(out.getvalue())
    return parsed


def _line(model: Model) -> str:
    """Format an entry in ASCII, which survives any transfer."""
    exclude = None if isinstance(model, Account) else {"username"}  # redundant next to an account's id
    line = to_json(model, exclude=exclude)
    if not line.isascii():
        line = to_json(model, exclude=exclude, ensure_ascii=True)
    return line.decode().replace("\x7f", "\\u007f")  # the one control character that JSON does not escape


def _is_exported(model: Model) -> bool:
    return not (isinstance(model, Event) and model.kind in OWN_EVENTS)
