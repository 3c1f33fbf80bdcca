"""The use case of history: what happened, when, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from core.accounts import Accounts
from core.errors import NotFound
from core.lookup import find_shop
from core.models import Event
from core.record import Record
from core.store import events as rows
from core.text import show


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """Some of the events, the newest first."""

    events: tuple[Event, ...]
    next: str | None
    """The `after` of the next page; None at the end."""
    newest: int | None = None
    """How many of the newest entries were searched; None for all."""


class History:
    """The events of the workspace, the newest first."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._accounts = accounts

    def get(self, id: str) -> Event:
        """Find the event with this id. Raises NotFound."""
        event = rows.find(self._record.store, id)
        if event is None:
            raise NotFound(
                f"There is no event {show(id, 60)}.",
                remedy="Choose one from the list.",
                command="See them with: shoplink history",
            )
        return event

    def page(
        self,
        *,
        shop: str | None = None,
        account: str | None = None,
        link: str | None = None,
        limit: int = 50,
        after: str | None = None,
        kind: str = "",
        query: str = "",
    ) -> HistoryPage:
        """List events following the event `after`: newest first. Raises NotFound.

        `shop` (code or id), `account` (username), `link` (id): only those about it. `kind`: only kinds that begin with it,
        such as "link."; `query`: only those with it in summary, actor or note, newest entered first. Fewer than three
        letters are searched for in the newest entries only.
        """
        self._record.settled()
        store = self._record.store
        about: list[rows.Subject] = []
        if shop:
            about.append(("shop", find_shop(store, shop).id))
        if account:
            about.append(("account", self._accounts.get(account).id))
        if link:
            about.append(("link", link))
        start = rows.find(store, after) if after else None
        if after and start is None:
            raise NotFound(f"There is no event {show(after, 60)}.", remedy="Leave out --after to start from the newest.")
        events = rows.page(store, about, limit + 1, start, kind, query)
        return HistoryPage(
            events=tuple(events[:limit]),
            next=events[limit - 1].id if len(events) > limit else None,
            newest=rows.newest_searched(store, about, kind, query),
        )
