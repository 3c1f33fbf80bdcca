"""`python -m tests.proof.crash WHERE ARGUMENT …`: shoplink with an unexpected error in it, and contacts in that error."""

import sys

from core.shops import Shops
from tui.cli import main
from tui.dialogs.guide import Where
from tui.place import Place

EMAIL = "canary.owner@lumen.example"
PHONE = "+1 555 010 7731"


def no_contact(text: str, where: str) -> None:
    """Raise AssertionError when a contact is seen, however it is cut."""
    for contact in (EMAIL, "canary.owner", PHONE, "010 7731", "5550107731"):
        assert contact not in text, f"{where} reveals {contact}"


def fail(*_: object, **__: object) -> None:
    """Raise an error with contacts in a local variable and in its text, which would also forge a line of the log."""
    facts = {"email": EMAIL, "phone": PHONE}
    raise RuntimeError(f"boom\n2026-11-23 14:05:00 UTC shoplink: all is well \x1b]52;c;aGk=\x07 {facts}")


async def fail_later(*_: object) -> None:
    fail()


CRASHES: dict[str, tuple[type, str, object]] = {
    "compose": (Where, "compose", fail),
    "key": (Place, "action_where", fail),
    "worker": (Place, "action_where", lambda place: place.run_worker(fail_later())),
    "timer": (Place, "action_where", lambda place: place.set_timer(0.01, fail)),
    "command": (Shops, "page", fail),
}
"""What fails, by where it does. On the screens the key w triggers it."""

if __name__ == "__main__":
    setattr(*CRASHES[sys.argv[1]])
    main(sys.argv[2:])
