"""`python -m tests.proof.planted PLACE ARGUMENT …`: shoplink with an error planted in it, contacts at hand."""

import sys
from collections.abc import Callable

EMAIL = "canary.owner@lumen.example"
PHONE = "+1 555 010 7731"
CONTACTS = (EMAIL, "canary.owner", PHONE, "010 7731", "5550107731")
"""What may be seen nowhere, however it is cut."""


def fail(*_: object, **__: object) -> None:
    """An error as it happens: contacts in a local variable and in its own words, which would forge a line of the log."""
    stated = {"email": EMAIL, "phone": PHONE}
    raise RuntimeError(f"planted\n2026-11-23 14:05:00 UTC shoplink: all is well \x1b]52;c;aGk=\x07 {stated}")


async def fail_later(*_: object) -> None:
    fail()


def in_a_key() -> None:
    from tui.place import Place

    Place.action_where = fail  # type: ignore[method-assign,assignment]


def in_compose() -> None:
    from tui.dialogs.guide import Where

    Where.compose = fail  # type: ignore[method-assign,assignment]


def in_a_worker() -> None:
    from tui.place import Place

    Place.action_where = lambda place: place.run_worker(fail_later())  # type: ignore[method-assign,assignment,return-value]


def in_a_timer() -> None:
    from tui.place import Place

    Place.action_where = lambda place: place.set_timer(0.01, fail)  # type: ignore[method-assign,assignment,return-value]


def in_a_command() -> None:
    from core.shops import Shops

    Shops.page = fail  # type: ignore[method-assign,assignment]


PLACES: dict[str, Callable[[], None]] = {
    "key": in_a_key,
    "compose": in_compose,
    "worker": in_a_worker,
    "timer": in_a_timer,
    "command": in_a_command,
}
"""On the screens the key w brings it about."""

if __name__ == "__main__":
    from tui.cli import main

    PLACES[sys.argv[1]]()
    main(sys.argv[2:])
