"""Rules: the catalog with the shop's verdicts, and the details of one rule."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from core.policy import CERTAINTIES, Rule, Source, Version, value_words
from core.verdict import SURE, Certainty, Outcome, Verdict
from core.words import LIMITS
from tui.commands import BY_RESULT, BY_TYPE, bindings
from tui.listing import Facet, Listing
from tui.messages import OpenRule
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.empty import Empty
from tui.widgets.facts import Facts
from tui.widgets.moments import on, past
from tui.widgets.states import OUTCOMES, safe

GROUPS = (("", "all"), ("official", "official account"), ("marketing", "marketing accounts"), ("org", "organization accounts"))
KINDS = (*GROUPS, ("link", "linking"), ("account", "the account"), ("shop", "the shop"))
STANDINGS = (("", "all"), ("stops", "doesn't pass"), ("notice", "notice"), ("passes", "passes"))
STANDING = {
    "stops": {Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN},
    "notice": {Outcome.NOTICE},
    "passes": {Outcome.PASS},
}
ASKED = {
    "request": "when a link is requested",
    "create": "when an organization account is created",
    "submit": "before the review",
    "accept": "when a marketing account's holder accepts",
    "approve": "when the review approves",
    "unlink": "before an unlink",
    "add": "when a shop is added",
    "rename": "before a rename",
    "username": "when a username changes",
    "invite": "before an invitation",
    "join": "when an invited person accepts",
    "member": "before a member's role changes",
    "state": "when facts are entered",
    "always": "at any time",
}

TITLE = 42
"""Columns of a rule's title in a row, with the gap after it; fewer where the words after it have no room."""
DEPENDS = ("depends on the account", "it depends")
"""What a row says of a rule that is about an account: in full, and shorter where that has no room."""


class Rules(Listing):
    """The catalog of rules; enter opens one."""

    key = "rules"
    BINDINGS = bindings(BY_TYPE, BY_RESULT)
    things = "rules"
    placeholder = "Find in titles and texts"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.facets = (Facet("type", KINDS), Facet("result", STANDINGS))

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def options(self, after: str | None, limit: int) -> tuple[list[Option], str | None]:
        shop = self.the_shop()
        standing = {verdict.rule: verdict for verdict in self.workspace.shops.standing(shop.id)}
        rules = [rule for rule in self.workspace.policy.rules.values() if self._matches(rule, standing.get(rule.id), shop.region)]
        return [Option(_row(rule, standing.get(rule.id), self.room), id=rule.id) for rule in rules], None

    def open_row(self, id: str) -> None:
        self.post_message(OpenRule(self.shop_id, id))

    def detail(self, id: str) -> Iterable[Card]:
        yield from rule_in_full(self, id)

    def nothing(self) -> Empty:
        return Empty("No rules.", "Compare the roles", "screen.open('compare')")

    def _matches(self, rule: Rule, verdict: Verdict | None, region: str) -> bool:
        kind, standing = self.facet("type"), self.facet("result")
        if kind and not rule.id.startswith(f"{kind}."):
            return False
        if standing and (verdict is None or verdict.outcome not in STANDING[standing]):
            return False
        now = self.workspace.now()
        others = " ".join(words for _, words in rule.others(region, now))
        text = f"{rule.id} {rule.title} {rule.stated(region, now)} {rule.remedy} {rule.note} {others}".lower()
        return all(word in text for word in self.filter.lower().split())


class RuleDetail(Place):
    """One rule: statement, the shop's verdict, remedy, limits, source."""

    key = "rules"
    AUTO_FOCUS = ""

    def __init__(self, shop_id: str | None, rule: str, verdict: Verdict | None = None) -> None:
        super().__init__(shop_id)
        self.rule = rule
        self.verdict = verdict
        """What the rule answered on the screen before."""
        self.opened_at: int | None = None
        """The version of the workspace at the first paint."""

    def trail(self) -> list[str]:
        return [self.texts["title"], self.workspace.policy.rules[self.rule].title]

    def page(self) -> Iterable[Widget]:
        version = self.workspace.version()
        self.opened_at = self.opened_at or version
        yield from rule_in_full(self, self.rule, self.verdict, is_old=version != self.opened_at)


def rule_in_full(place: Place, id: str, answered: Verdict | None = None, *, is_old: bool = False) -> Iterable[Card]:
    """Build a rule's cards; `answered` is the verdict on the screen before. `is_old`: the workspace changed since then."""
    shop = place.the_shop()
    rule = place.workspace.policy.rules[id]
    now = place.workspace.now()
    yield Card(rule.title, Static(Content(rule.stated(shop.region, now))), classes="-accent")
    verdicts = {verdict.rule: verdict for verdict in place.workspace.shops.standing(shop.id)}
    if answered:
        yield Card("Result when you opened it" if is_old else "Result", *_verdict_lines(place, answered))
    elif id in verdicts:
        yield Card("This shop now", *_verdict_lines(place, verdicts[id]))
    else:
        words = f"It depends on the account, so it is checked {_listed(_asked(rule))}."
        yield Card("This shop now", Static(Content.styled(words, "$muted")))
    pairs = [(LIMITS[name], _limit(version)) for name, version in rule.at(shop.region, now).items()]
    shown = answered or verdicts.get(id)
    remedy = [] if shown and shown.remedy == rule.remedy else [("Remedy", Content(rule.remedy))]  # shown above already
    pairs += [*remedy, ("Checked", Content("; ".join(_asked(rule))))]
    pairs += [("Source", Content(f"{_certainly(rule.source, rule.certainty)}, read {on(rule.source.read)}"))]
    if rule.note:
        pairs.append(("Note", Content(rule.note)))
    pairs.append(("Rule ID", Content.styled(id, "$muted")))
    yield Card("Limits, remedy, source" if remedy else "Limits, source", Facts(pairs))
    changes = [
        change
        for change in place.workspace.policy.changes()
        if change[1] is rule and shop.region in (change[3].markets or [shop.region])
    ]
    if changes:
        yield Card("What changed", Facts([(on(day), _format_change(name, version)) for day, _, name, version in changes]))
    elsewhere = [(name, version) for name, versions in rule.values.items() for version in versions if version.markets]
    elsewhere = [entry for entry in elsewhere if shop.region not in entry[1].markets]
    if elsewhere:
        pairs = [(", ".join(version.markets), _format_change(name, version)) for name, version in elsewhere]
        yield Card("In other markets", Facts(pairs))
    if others := list(rule.others(shop.region, now)):
        lines = [
            Content(words) + Content.styled(f" {_certainly(other.source, other.certainty)}", "$muted") for other, words in others
        ]
        yield Card("Other sources", *[Static(line) for line in lines])


def _asked(rule: Rule) -> list[str]:
    """Say when a rule is checked."""
    return [ASKED["always"]] if "always" in rule.asked else [ASKED[moment] for moment in rule.asked]


def _listed(words: list[str]) -> str:
    """Write a list in a sentence: one; one and two; one, two, and three."""
    return f"{', '.join(words[:-1])}, and {words[-1]}" if len(words) > 2 else " and ".join(words)


def _limit(version: Version) -> Content:
    """Format a limit's current value; add its confidence if it is uncertain."""
    value = Content(value_words(version.value))
    if version.certainty in SURE:
        return value
    return value + Content.styled(f"  {CERTAINTIES[version.certainty]}: {version.source}", "$muted")


def _certainly(source: Source, certainty: Certainty) -> str:
    """Name a source, and how sure it is."""
    return f"{source}, {CERTAINTIES[certainty]}"


def _format_change(name: str, version: Version) -> Content:
    since = f", from {on(version.since)}" if version.since else ""
    return Content(f"{LIMITS[name]} {value_words(version.value)}{since}")


def _verdict_lines(place: Place, verdict: Verdict) -> Iterable[Widget]:
    glyph, words, style = OUTCOMES[verdict.outcome]
    yield Static(Content.assemble((f"{glyph} {words}: ", style)) + safe(verdict.reason, limit=400))
    if verdict.until:
        yield Static(Content.styled(f"Until {past(verdict.until, place.workspace.now(), place.app.zone)}", "$muted"))
    if verdict.remedy:
        yield Static(Content.styled("What to do: ", "$muted") + safe(verdict.remedy, limit=400))


def _row(rule: Rule, verdict: Verdict | None, room: int) -> Content:
    width = min(TITLE, room - len(f"· {DEPENDS[-1]}"))
    depends = next((words for words in DEPENDS if width + len(f"· {words}") <= room), DEPENDS[-1])
    glyph, words, style = OUTCOMES[verdict.outcome] if verdict else ("·", depends, "$muted")
    title = Content.styled(rule.title, "bold").truncate(width - 1, ellipsis=True)
    return title.extend_right(width - title.cell_length) + Content.styled(f"{glyph} {words}", style)
