"""What an attack is."""

from typing import NamedTuple


class Attack(NamedTuple):
    """A statement that would break a promise, and the safeguard that refuses it.

    `by`: the safeguard that refuses it; "" where several do. `given`: what is done before, and allowed.
    `fresh`: on a file in which nothing is yet. `rule`: a rule forbids it: practice refuses it, and a record takes it, since it
    may have happened.
    """

    what: str
    by: str
    sql: str
    given: tuple[str, ...] = ()
    fresh: bool = False
    rule: bool = False


def rule(what: str, by: str, sql: str, *given: str) -> Attack:
    """An attack that a rule alone forbids."""
    return Attack(what, by, sql, given, rule=True)
