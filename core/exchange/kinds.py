"""The kinds of entries in a document, each after those it refers to."""

from core.models import Account, Event, EventKind, Link, Member, Model, Product, Seller, Shop

FORMAT, VERSION = "shoplink", 1

KINDS: dict[str, type[Model]] = {
    "sellers": Seller,
    "shops": Shop,
    "accounts": Account,
    "products": Product,
    "members": Member,
    "links": Link,
    "events": Event,
}

OWN_EVENTS = frozenset({EventKind.WORKSPACE_CREATED, EventKind.WORKSPACE_IMPORTED, EventKind.CLOCK_MOVED})
"""Events about the workspace file itself, which are not exported."""
