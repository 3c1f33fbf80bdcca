"""Decide each rule of the catalog: one pure function per rule, by subject.

Nothing here reads a store or a clock. `ask` runs every check that applies; each rule's fixed texts (title, statement,
remedy, source) are in data/policy.toml.
"""

from core.rules.catalog import CHECKS, ask, check_catalog, judge
from core.rules.link import links_at_once
from core.rules.marketing import probation, probation_end
from core.rules.unlink import NOT_ENTERED, unlink_from, unlinks_left, unlinks_left_at_most

__all__ = [
    "CHECKS",
    "NOT_ENTERED",
    "ask",
    "check_catalog",
    "judge",
    "links_at_once",
    "probation",
    "probation_end",
    "unlink_from",
    "unlinks_left",
    "unlinks_left_at_most",
]
