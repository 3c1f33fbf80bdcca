"""The Desk's acts by their words in the files of tours and scenarios, such as `approve` or `advance 24h`."""

from collections.abc import Callable

from core.clock import parse_duration
from core.countries import names
from core.errors import InvalidInput
from core.lookalikes import did_you_mean
from core.text import country_code, show

NEEDS = {
    "accept": "",
    "decline": "",
    "approve": "",
    "reject": "REASON",
    "allow": "",
    "withdraw": "",
    "end link": "[USERNAME]",
    "suspend": "[USERNAME]",
    "reinstate": "[USERNAME]",
    "verify": "[USERNAME]",
    "region": "[USERNAME] REGION",
    "username": "[USERNAME] NEW",
    "add account": "USERNAME",
    "member accepts": "",
    "add product": "",
    "switch product": "",
    "delete product": "",
    "advance to due": "",
    "advance": "DURATION",
}
"""What is written after an act's name; in brackets if it can be left out. A name that begins as another does comes before it."""

_CHECKS: dict[str, Callable[[str], object]] = {
    "advance": parse_duration,
    "region": lambda words: _check_region(words.split()[-1]),
}
"""What is written after these has a form of its own."""


def _check_region(region: str) -> None:
    if country_code(region) not in names():
        raise InvalidInput("desk", f"has no country {show(region, 40)}", remedy="Use the two letters of the country, such as US.")


def read(words: str) -> tuple[str, str]:
    """Return an act's name and what is written after it. Raises InvalidInput.

    Examples: `approve`, `advance 24h`, `reject The picture is blurred.`
    """
    words = words.strip()
    name = next((name for name in NEEDS if words == name or words.startswith(f"{name} ")), None)
    if name is None:
        first = [" ".join(words.split()[:count]) for count in (3, 2, 1)]
        meant = next(filter(None, (did_you_mean(part, NEEDS) for part in first)), "")
        known = ", ".join(f"{name} {needs}".strip() for name, needs in NEEDS.items())
        raise InvalidInput("desk", f"has no act {show(words, 60)}", remedy=meant.strip() or f"There are: {known}.")
    rest, needs = words.removeprefix(name).strip(), NEEDS[name]
    if rest and not needs:
        raise InvalidInput("desk", f"has more than its name in {show(words, 60)}", remedy=f"Write {name} alone.")
    if not rest and needs and not needs.endswith("]"):
        raise InvalidInput("desk", f"has nothing after {name}", remedy=f"Write: {name} {needs}.")
    if check := _CHECKS.get(name):
        check(rest)
    return name, rest


def account(words: str) -> str:
    """Return the account that an act names, as it is written; empty where it is the one in question, or a new one."""
    name, rest = read(words)
    return rest if NEEDS[name] == "[USERNAME]" else rest.rpartition(" ")[0] if NEEDS[name].startswith("[USERNAME]") else ""
