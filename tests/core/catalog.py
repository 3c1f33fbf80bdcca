"""`python -m tests.core.catalog`: write the table of rules in data/README.md anew from data/policy.toml."""

from datetime import date
from pathlib import Path

from core import policy
from core.policy import CERTAINTIES, Rule, Version, value_words

README = Path(__file__).parents[2] / "data" / "README.md"
BEGIN, END = "<!-- the catalog: python -m tests.core.catalog -->", "<!-- end of the catalog -->"


def table() -> str:
    """The catalog as a Markdown table: a row for each rule, with every version of its limits."""
    rows = [f"| {' | '.join(_cell(cell) for cell in _row(rule))} |" for rule in policy.load().rules.values()]
    return "\n".join(
        ["| Rule | What it says | Limits | How certain, and its source | Other sources |", "|---|---|---|---|---|", *rows]
    )


def with_table(text: str) -> str:
    """A page with the table between its two marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


def _row(rule: Rule) -> tuple[str, str, str, str, str]:
    others = []
    for said, words in rule.others(None, date.max):
        markets = f"{', '.join(said.markets)}; " if said.markets else ""
        others.append(f"{words} ({markets}{CERTAINTIES[said.certainty]}: {said.source})")
    limits = [_limit(rule, name, version) for name, versions in rule.values.items() for version in versions]
    note = f"<br>{rule.note}" if rule.note else ""
    return (
        f"`{rule.id}`<br>{rule.title}",
        rule.stated(None, date.max) + note,
        "<br>".join(limits),
        f"{CERTAINTIES[rule.certainty]}: {rule.source}",
        "<br>".join(others),
    )


def _limit(rule: Rule, name: str, version: Version) -> str:
    where = f" in {', '.join(version.markets)}" if version.markets else ""
    since = f" from {version.since}" if version.since else ""
    until = f" until {version.until}" if version.until else ""
    own = (version.certainty, version.source) == (rule.certainty, rule.source)
    sure = "" if own else f" ({CERTAINTIES[version.certainty]}: {version.source})"
    return f"{name.replace('_', ' ')}: {value_words(version.value)}{where}{since}{until}{sure}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
