"""Collect facts, history and verdicts for an appeal or a ticket, with contacts masked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from core.models import Account, Event, Link, LinkState, Shop
from core.policy import Policy, Source, Value
from core.shop_status import ShopStatus
from core.store import members
from core.text import mask_contact
from core.verdict import Certainty, Outcome, Verdict, overall
from core.workspace import Workspace

PAGE = 1000
"""How many events are read at a time."""

_CONTACT = re.compile(r"[^\s@'\"<>()\[\]{},;:=]+@[^\s@'\"<>()\[\]{},;:=]+\.\w+|\+\d[\d ().-]{5,22}\d")
"""An email address, or a phone number with its country code. Other numbers may be ticket numbers."""

ASKED = {
    LinkState.AWAITING_AUTHORIZATION: "Can the holder of @{username} accept now?",
    LinkState.AUTHORIZED: "Can @{username} be sent to review now?",
    LinkState.IN_REVIEW: "Can @{username} be approved now?",
    LinkState.LINKED: "Can @{username} be unlinked now?",
}
"""The question about a link in this state; an ended one could be requested again."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A verdict, with the source that it relies on."""

    verdict: Verdict
    source: Source


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to the rules, with the verdict of each that applies."""

    asked: str
    outcome: Outcome
    verdicts: tuple[Judged, ...]


@dataclass(frozen=True, kw_only=True)
class CitedRule:
    """A rule named by a verdict or an entry, as in the shop's market. `since`: when that version took effect."""

    id: str
    title: str
    statement: str
    parameters: dict[str, Value]
    since: date
    certainty: Certainty
    source: Source


class Mask:
    """Masks known contacts, and what looks like one, in text."""

    def __init__(self, contacts: Iterable[str]) -> None:
        known = sorted({_written(contact) for contact in contacts if contact}, key=len, reverse=True)
        self._known = re.compile("|".join(known), re.IGNORECASE) if known else None

    def __call__(self, text: str) -> str:
        if self._known:
            text = self._known.sub(lambda found: mask_contact(found[0]), text)
        return _CONTACT.sub(lambda found: mask_contact(found[0]), text)

    def all(self, value: Any) -> Any:
        """Mask every text in nested lists and dictionaries."""
        if isinstance(value, dict):
            return {key: self.all(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.all(inner) for inner in value]
        return self(value) if isinstance(value, str) else value

    def event(self, event: Event) -> Event:
        note = self(event.note) if event.note else None
        return replace(event, summary=self(event.summary), note=note, details=self.all(event.details), before=None)

    def link(self, link: Link) -> Link:
        return replace(link, reason=self(link.reason)) if link.reason else link

    def account(self, account: Account) -> Account:
        phone = mask_contact(account.phone) if account.phone else None
        return replace(account, phone=phone, email=mask_contact(account.email) if account.email else None)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All the evidence, as of `taken_at` (UTC). Every contact in it is masked."""

    taken_at: datetime
    taken_by: str
    status: ShopStatus
    link: Link | None
    """The link it is about; None: the whole shop."""
    links: tuple[Link, ...]
    accounts: dict[str, Account]
    """The links' accounts by id."""
    questions: tuple[Question, ...]
    events: tuple[Event, ...]
    """What happened, the oldest first."""
    rules: dict[str, CitedRule]
    mask: Mask = field(repr=False, compare=False)
    """Masks the contacts elsewhere, such as in pictures."""

    @property
    def shop(self) -> Shop:
        return self.status.shop


def _written(contact: str) -> str:
    """Make a pattern of a contact; a phone number's digits may be grouped in any way."""
    return re.escape(contact) if "@" in contact else r"\+?" + r"[\s().-]*".join(re.findall(r"\d", contact))


def collect(workspace: Workspace, shop: str, link: str | None = None) -> Evidence:
    """Collect the evidence about a link, or a shop with all its links, from one snapshot. Raises NotFound."""
    workspace.settled()
    with workspace.store.read():
        status = workspace.shops.status(shop)
        subject = workspace.links.get(link) if link else None
        links = (subject,) if subject else workspace.links.find(shop=status.shop.id)
        accounts = {one.account: workspace.links.account(one) for one in links}
        mask = _mask_of(workspace, accounts.values())
        questions = tuple(_questions(workspace, status.shop, links, whole=subject is None))
        events = sorted(_events(workspace, status.shop, subject), key=lambda event: event.at)
        cited = {judged.verdict.rule for question in questions for judged in question.verdicts}
        cited.update(*(one.against for one in links), *(event.against for event in events))
        return Evidence(
            taken_at=workspace.now(),
            taken_by=workspace.actor,
            status=replace(status, official_account=status.official_account and mask.account(status.official_account)),
            link=mask.link(subject) if subject else None,
            links=tuple(map(mask.link, links)),
            accounts={id: mask.account(account) for id, account in accounts.items()},
            questions=questions,
            events=tuple(map(mask.event, events)),
            rules={id: _cited(workspace, status.shop, id) for id in workspace.policy.rules if id in cited},
            mask=mask,
        )


def _mask_of(workspace: Workspace, accounts: Iterable[Account]) -> Mask:
    """Make the mask for the contacts of these accounts and their members."""
    contacts: list[str] = []
    for account in accounts:
        contacts += [contact for contact in (account.phone, account.email) if contact]
        contacts += [member.contact for member in members.of_account(workspace.store, account.id)]
    return Mask(contacts)


def _questions(workspace: Workspace, shop: Shop, links: tuple[Link, ...], *, whole: bool) -> Iterator[Question]:
    """Ask about the given links and, if the evidence is about the `whole` shop, about the shop."""
    policy, now = workspace.policy, workspace.now()

    def question(asked: str, verdicts: tuple[Verdict, ...], *, waits: bool) -> Question:
        """`waits`: whether waiting rules belong to the answer; they don't when asking whether rules are kept."""
        judged = (Judged(verdict=verdict, source=_source(policy, verdict, shop.region, now)) for verdict in verdicts)
        counted = (verdict for verdict in verdicts if waits or verdict.outcome != Outcome.WAIT)
        return Question(asked=asked, outcome=overall(counted), verdicts=tuple(judged))

    if whole:
        yield question("Does the shop keep the rules?", workspace.shops.standing(shop.id), waits=False)
    for link in links:
        if link.is_live or not whole:
            asked = ASKED.get(link.state, "Can @{username} be linked again now?").format(username=link.username)
            yield question(asked, workspace.links.check_next(link.id), waits=True)
            if link.state == LinkState.LINKED:
                yield question(f"Does @{link.username} keep the rules?", workspace.links.kept(link.id), waits=False)


def _events(workspace: Workspace, shop: Shop, link: Link | None) -> list[Event]:
    """Read the shop's events; for a link only its own and those about just its shop or account."""
    found = _pages(workspace, shop=shop.id)
    if link is None:
        return found
    apart = [event for event in _pages(workspace, account=link.username) if event.shop is None and event.link is None]
    return [*apart, *(event for event in found if _bears_on(event, link))]


def _bears_on(event: Event, link: Link) -> bool:
    """Check whether a shop's event is about the link, or just about its shop or account."""
    if event.link or event.member:
        return event.link == link.id
    return event.account == link.account or event.kind.startswith("shop.")


def _pages(workspace: Workspace, **about: Any) -> list[Event]:
    """Read all events about this, in the order in which they were written."""
    page = workspace.history.page(limit=PAGE, **about)
    events = list(page.events)
    while page.next:
        page = workspace.history.page(limit=PAGE, after=page.next, **about)
        events += page.events
    return events[::-1]


def _cited(workspace: Workspace, shop: Shop, id: str) -> CitedRule:
    rule, now = workspace.policy.rules[id], workspace.now()
    return CitedRule(
        id=id,
        title=rule.title,
        statement=rule.stated(shop.region, now),
        parameters={name: version.value for name, version in rule.at(shop.region, now).items()},
        since=workspace.policy.edition(id, shop.region, now),
        certainty=rule.certainty,
        source=rule.source,
    )


def _source(policy: Policy, verdict: Verdict, market: str, on: date) -> Source:
    """Find a verdict's source: its limit's, if that is less certain than the rule's."""
    rule = policy.rules[verdict.rule]
    held = [*(version.source for version in rule.at(market, on).values()), *(said.source for said in rule.also)]
    return next((source for source in held if source.name == verdict.source), rule.source)
