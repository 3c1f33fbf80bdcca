"""Format evidence in words, for a page, and as a JSON document. Imports core only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from core.clock import in_words
from core.date_words import with_zone
from core.evidence import CitedRule, Evidence, Judged, Question
from core.models import Account, Event, Link
from core.policy import CERTAINTIES, Source
from core.verdict import Certainty, Outcome
from core.words import EVENTS, STATES, VALUES, label
from core.workspace import Workspace
from tui.formats.json import account_json, event_json, link_json, moment_json, shop_json, source_json, verdict_json

LONGEST = 4000
"""Characters shown of a text."""
OUTCOME_WORDS = {
    Outcome.PASS: "Passes",
    Outcome.BLOCKED: "Blocked",
    Outcome.WAIT: "Wait",
    Outcome.NOTICE: "Note",
    Outcome.UNKNOWN: "Unknown",
}
ANSWERS = {Outcome.PASS: "Yes", Outcome.BLOCKED: "No", Outcome.WAIT: "Not yet", Outcome.UNKNOWN: "Facts are missing"}
MOMENTS = ("requested_at", "authorize_by", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at")
"""A link's moments."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a page: facts with their names, or a table."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def stamp(moment: datetime, zone: tzinfo | None) -> str:
    """Format as `Fri Nov 27, 2026, 3:00 PM EST (UTC-05:00)`: a zone's name may mean several."""
    local = moment.astimezone(zone)
    away = f" (UTC{local.isoformat()[-6:]})" if local.utcoffset() else ""
    return f"{with_zone(moment, zone)}{away}"


def title(evidence: Evidence) -> str:
    """Name what the evidence is about."""
    shop = f"{evidence.shop.name} ({evidence.shop.code})"
    return f"@{evidence.link.username} and {shop}" if evidence.link else shop


def sections(workspace: Workspace, evidence: Evidence, zone: tzinfo | None) -> Iterator[Section]:
    """Put the evidence in words, with moments in `zone` (None: this computer's)."""
    yield Section(title="What this is", facts=tuple(_about(workspace, evidence, zone)))
    yield Section(title="Shop", facts=tuple(_shop(workspace, evidence)))
    for link in evidence.links:
        facts = (*_link(evidence, link, zone), *_account(evidence.accounts[link.account]))
        yield Section(title=f"Link {link.id}: @{link.username}", facts=facts)
    for question in evidence.questions:
        yield _question(evidence, question, zone)
    yield Section(
        title="History, oldest first",
        headings=("Happened", "Recorded", "What", "Who", "Also"),
        rows=tuple(_event(evidence, event, zone) for event in evidence.events),
    )
    yield Section(
        title="Rules named here",
        headings=("Rule", "What it says", "In effect since", "Source"),
        rows=tuple(
            (f"{rule.title} ({rule.id})", rule.statement, rule.since.isoformat(), _source(rule.certainty, rule.source))
            for rule in evidence.rules.values()
        ),
    )


def evidence_json(workspace: Workspace, evidence: Evidence) -> dict[str, Any]:
    """Make the evidence as a document; moments in UTC."""
    status = evidence.status
    return {
        "taken_at": moment_json(evidence.taken_at),
        "taken_by": evidence.taken_by,
        "workspace": {
            "kind": workspace.kind.value,
            "scenario": workspace.scenario_name,
            "shifted_by_seconds": int(workspace.shifted_by.total_seconds()),
        },
        "link": evidence.link.id if evidence.link else None,
        "shop": shop_json(workspace, evidence.shop),
        "unlinks": {
            "used": status.unlinks_used,
            "before": status.shop.unlinks_before,
            "left": status.unlinks_left,
            "left_at_most": status.unlinks_left_at_most,
        },
        "links": [
            {**link_json(workspace, link), "requested_by": link.requested_by, "linked_by": link.linked_by}
            for link in evidence.links
        ],
        "accounts": [
            {**account_json(workspace, account), "phone": account.phone, "email": account.email}  # masked already
            for account in evidence.accounts.values()
        ],
        "questions": [
            {
                "asked": question.asked,
                "outcome": question.outcome.value,
                "verdicts": [
                    {**verdict_json(judged.verdict), "source": source_json(judged.source)} for judged in question.verdicts
                ],
            }
            for question in evidence.questions
        ],
        "history": [event_json(workspace, event) for event in evidence.events],
        "rules": [_rule_json(rule) for rule in evidence.rules.values()],
    }


def _rule_json(rule: CitedRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "statement": rule.statement,
        "parameters": rule.parameters,
        "since": rule.since.isoformat(),
        "certainty": rule.certainty.value,
        "source": source_json(rule.source),
    }


def _about(workspace: Workspace, evidence: Evidence, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    yield "As of", stamp(evidence.taken_at, zone)
    yield "Taken by", evidence.taken_by
    yield "Contacts", "Phone numbers and email addresses are masked."
    if not workspace.is_record:
        moved = f" Its clock was moved forward by {in_words(workspace.shifted_by)}." if workspace.shifted_by else ""
        yield "Practice", f"Made in practice: no real shop.{moved}"


def _shop(workspace: Workspace, evidence: Evidence) -> Iterator[tuple[str, str]]:
    shop, entity = evidence.shop, evidence.status.seller.entity
    yield "Name", shop.name
    yield "Code", f"{shop.code} (made up by shoplink)" if shop.code_is_made_up else shop.code
    yield "Region", shop.region
    yield "Seller", entity.legal_name or "not entered"
    yield "Registration", f"{entity.registration_number}, {entity.country}"
    yield "Probation", workspace.shops.probation(shop) or "not entered"
    yield "Unlinks", f"{evidence.status.unlinks_words}."


def _link(evidence: Evidence, link: Link, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    yield "Role", f"{link.role} account"
    yield "State", STATES[link.state]
    ended_by = VALUES["ended_by"].get(link.ended_by or "")
    by = {"requested_at": link.requested_by, "linked_at": link.linked_by, "unlinked_at": ended_by, "decided_at": ended_by}
    for name in MOMENTS:
        if moment := getattr(link, name):
            yield label(name), f"{stamp(moment, zone)}{f', by {by[name]}' if by.get(name) else ''}"
    if link.reason:
        yield "Reason", link.reason
    if link.against:
        yield label("against"), ", ".join(f"{evidence.rules[rule].title} ({rule})" for rule in link.against)


def _account(account: Account) -> Iterator[tuple[str, str]]:
    yield "Nickname", account.nickname or "not entered"
    yield label("kind"), account.kind or "not entered"
    yield "Account region", account.region or "not entered"
    yield "Phone", account.phone or "not entered"
    yield "Email", account.email or "not entered"
    yield label("identity_verified"), {True: "yes", False: "no", None: "not entered"}[account.identity_verified]
    yield "Standing", account.standing or "not entered"
    if account.former:
        yield "Former usernames", ", ".join(f"@{name}" for name in account.former)


def _question(evidence: Evidence, question: Question, zone: tzinfo | None) -> Section:
    def row(judged: Judged) -> tuple[str, ...]:
        verdict = judged.verdict
        until = f" From {stamp(verdict.until, zone)}." if verdict.until and verdict.outcome == Outcome.WAIT else ""
        return (
            OUTCOME_WORDS[verdict.outcome],
            f"{evidence.rules[verdict.rule].title} ({verdict.rule})",
            f"{verdict.reason}{until}",
            _source(verdict.certainty, judged.source),
            verdict.policy.isoformat() if verdict.policy else "",
        )

    return Section(
        title=f"{question.asked} {ANSWERS[question.outcome]}",
        headings=("Answer", "Rule", "Why", "Source", "Version since"),
        rows=tuple(map(row, question.verdicts)),
    )


def _event(evidence: Evidence, event: Event, zone: tzinfo | None) -> tuple[str, ...]:
    who = event.actor if event.actor == event.entered_by else f"{event.actor}; entered by {event.entered_by}"
    late = event.recorded_at - event.at >= timedelta(seconds=1)
    also = [f"Recorded despite the rule “{evidence.rules[rule].title}” ({rule})." for rule in event.against]
    also += [f"Note: “{event.note}”."] if event.note else []
    also += [f"Undone by entry {event.undone_by}."] if event.undone_by else []
    also += [f"Undoes entry {event.undoes}."] if event.undoes else []
    also += [f"Rules of {event.policy}."] if event.policy else []
    recorded = stamp(event.recorded_at, zone) if late else "at once"
    return stamp(event.at, zone), recorded, f"{event.summary} ({EVENTS[event.kind]})", who, " ".join(also)


def _source(certainty: Certainty, source: Source) -> str:
    return f"{source} ({CERTAINTIES[certainty]}), read {source.read.isoformat()}"
