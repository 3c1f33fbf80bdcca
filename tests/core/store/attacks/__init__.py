"""Every attack on the schema that has a name, and the workspaces on which it is tried."""

from tests.core.store.attacks import columns, links, record
from tests.core.store.attacks.attack import Attack
from tests.core.store.attacks.statements import pieces


def _named(attack: Attack) -> Attack:
    """The attack with its safeguard's whole name, where it says how that begins."""
    found = [piece for piece in pieces() if piece.startswith(attack.by)] if attack.by not in pieces() else [attack.by]
    assert not attack.by or len(found) == 1, (attack.by, found)
    return attack._replace(by=found[0]) if attack.by else attack


ATTACKS: tuple[Attack, ...] = tuple(_named(attack) for attack in (*columns.attacks(), *links.ATTACKS, *record.ATTACKS))
