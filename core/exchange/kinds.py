"""What a document holds, in an order in which what is referred to comes first."""

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
"""Events about the file itself: they stay with it."""
