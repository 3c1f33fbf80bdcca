"""Every attack on the schema that has a name, and the workspace on which it is tried."""

from tests.core.store.attacks import columns, links, record
from tests.core.store.attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (*columns.attacks(), *links.ATTACKS, *record.ATTACKS)
