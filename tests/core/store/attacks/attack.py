"""What an attack is."""

from typing import NamedTuple


class Attack(NamedTuple):
    """A statement that would break a promise, and the safeguard that refuses it.

    `by`: the safeguard without which it succeeds; "" where several refuse it. `given`: what is done before, and allowed.
    `fresh`: on a file in which nothing is yet. `asks`: the statement itself is allowed, and the safeguard does what keeps
    this promise (core/store/invariants.py).
    """

    what: str
    by: str
    sql: str
    given: tuple[str, ...] = ()
    fresh: bool = False
    asks: str = ""
