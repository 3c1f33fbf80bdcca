"""JSON documents with stable fields, for scripts."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from core.candidates import Candidate, Outlook
from core.links import Check
from core.models import Account, Event, Link, Member, Product, Shop
from core.policy import Rule, Source, Version
from core.reminders import Reminder
from core.shop_status import ShopStatus, ShopSummary
from core.text import mask_contact, mask_email, mask_phone
from core.validation import as_json
from core.verdict import Verdict
from core.workspace import Workspace

CONTACTS = frozenset({"phone", "email", "contact"})
"""The fields that hold contacts."""


def document(content: object) -> str:
    """Format content as a JSON document of printable ASCII.

    json.dumps does not escape DEL.
    """
    return json.dumps(content, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f")


def moment_json(moment: datetime | None) -> str | None:
    """Format as ISO 8601 in UTC with Z, with milliseconds only if there are any."""
    if moment is None:
        return None
    exact = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=exact) + "Z"


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": verdict.rule,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "remedy": verdict.remedy,
        "until": moment_json(verdict.until),
        "certainty": verdict.certainty.value,
        "source": verdict.source,
        "policy": verdict.policy.isoformat() if verdict.policy else None,
    }


def link_json(workspace: Workspace, link: Link) -> dict[str, Any]:
    account = workspace.links.account(link)
    moments = ("requested_at", "authorize_by", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at")
    return {
        "id": link.id,
        "shop": workspace.shops.code(link.shop),
        "role": link.role.value,
        "state": link.state.value,
        "account": {
            "id": account.id,
            "username": account.username,
            "nickname": account.nickname,
            "kind": account.kind,
            "region": account.region,
        },
        **{name: moment_json(getattr(link, name)) for name in moments},
        "ended_by": link.ended_by,
        "reason": link.reason,
        "against": list(link.against),
    }


def shop_json(workspace: Workspace, shop: Shop) -> dict[str, Any]:
    seller = workspace.shops.seller(shop)
    return {
        "code": shop.code,
        "code_is_made_up": shop.code_is_made_up,
        "id": shop.id,
        "name": shop.name,
        "region": shop.region,
        "probation": workspace.shops.probation(shop),
        "probation_until": moment_json(shop.probation_until),
        "seller": as_json(seller),
    }


def summary_json(summary: ShopSummary) -> dict[str, Any]:
    return {
        "code": summary.shop.code,
        "id": summary.shop.id,
        "name": summary.shop.name,
        "region": summary.shop.region,
        "official": summary.official.value if summary.official else None,
        "marketing": summary.marketing,
        "invited": summary.invited,
        "due": summary.due,
        "upcoming": summary.upcoming,
    }


def account_json(workspace: Workspace, account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "username": account.username,
        "former": list(account.former),
        "nickname": account.nickname,
        "kind": account.kind,
        "region": account.region,
        "phone": mask_phone(account.phone) if account.phone else None,
        "email": mask_email(account.email) if account.email else None,
        "identity_verified": account.identity_verified,
        "standing": account.standing,
        "holder_is_adult": account.holder_is_adult,
        "entity": as_json(account.entity) if account.entity else None,
        "converted_at": moment_json(account.converted_at),
        "unknown": account.unknown,
        "confirmed": list(workspace.accounts.confirmed(account)),
    }


def status_json(workspace: Workspace, status: ShopStatus) -> dict[str, Any]:
    official = None
    if status.official:
        official = {
            "link": link_json(workspace, status.official),
            "unlink_possible_at": moment_json(status.unlink_possible_at),
            "name_matches": status.name_matches,
            "shop_page": {"synced": True, "products": status.shop_page.count} if status.shop_page.synced else None,
        }
    return {
        "shop": shop_json(workspace, status.shop),
        "official": official,
        "requests": [link_json(workspace, link) for link in status.requests],
        "unlinks_used": status.unlinks_used,
        "unlinks_before": status.shop.unlinks_before,
        "unlinks_left": status.unlinks_left,
        "unlinks_left_at_most": status.unlinks_left_at_most,
        "marketing": [link_json(workspace, link) for link in status.marketing],
        "broken": [verdict_json(verdict) for verdict in status.broken],
        "reminders": [reminder_json(reminder) for reminder in status.reminders],
    }


def check_json(check: Check) -> dict[str, Any]:
    return {
        "shop": check.shop.code,
        "username": check.account.username,
        "role": check.role.value,
        "outcome": check.outcome.value,
        "until": moment_json(check.until),
        "verdicts": [verdict_json(verdict) for verdict in check.verdicts],
        "looks_like": list(check.looks_like),
    }


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "username": candidate.account.username,
        "official": _outlook_json(candidate.official),
        "marketing": _outlook_json(candidate.marketing),
    }


def _outlook_json(outlook: Outlook) -> dict[str, Any]:
    return {"outcome": outlook.answer, "until": moment_json(outlook.until), "rules": list(outlook.rules)}


def member_json(member: Member, *, whole: bool = False) -> dict[str, Any]:
    """Format a member, with the contact masked or `whole`."""
    return {
        "id": member.id,
        "contact": member.contact if whole else mask_contact(member.contact),
        "role": member.role.value,
        "state": member.state.value,
        "invited_at": moment_json(member.invited_at),
        "accept_by": moment_json(member.accept_by),
        "accepted_at": moment_json(member.accepted_at),
        "removed_at": moment_json(member.removed_at),
        "seller_center_removed_at": moment_json(member.seller_center_removed_at),
    }


def product_json(workspace: Workspace, product: Product) -> dict[str, Any]:
    return {
        "id": product.id,
        "shop": workspace.shops.get(product.shop).code,
        "title": product.title,
        "price": str(product.price),
        "currency": product.currency,
        "status": product.status.value,
        "changed_at": moment_json(product.changed_at),
    }


def rule_json(rule: Rule, verdict: Verdict | None, market: str | None, on: date) -> dict[str, Any]:
    """Format a rule, with the certainty and source of this market's own version if one is in effect."""
    holds = next((version for version in rule.at(market, on).values() if version.markets), rule)
    return {
        "id": rule.id,
        "title": rule.title,
        "statement": rule.stated(market, on),
        "remedy": rule.remedy,
        "certainty": holds.certainty.value,
        "source": source_json(holds.source),
        "parameters": {name: version.value for name, version in rule.at(market, on).items()},
        "versions": [version_json(name, version) for name, versions in rule.values.items() for version in versions],
        "also": [
            {"says": words, "markets": list(said.markets), "certainty": said.certainty.value, "source": source_json(said.source)}
            for said, words in rule.others(market, on)
        ],
        "note": rule.note,
        "verdict": verdict_json(verdict) if verdict else None,
    }


def version_json(name: str, version: Version) -> dict[str, Any]:
    return {
        "from": version.since.isoformat() if version.since else None,
        "until": version.until.isoformat() if version.until else None,
        "markets": list(version.markets),
        "parameters": {name: version.value},
        "certainty": version.certainty.value,
        "source": source_json(version.source),
    }


def change_json(day: date, rule: Rule, name: str, version: Version) -> dict[str, Any]:
    return {"from": day.isoformat(), "rule": rule.id, **version_json(name, version)}


def source_json(source: Source) -> dict[str, Any]:
    return {"name": source.name, "date": source.dated or None, "read": source.read.isoformat()}


def event_json(workspace: Workspace, event: Event) -> dict[str, Any]:
    code = workspace.shops.code(event.shop) if event.shop else None
    return {
        "id": event.id,
        "entry": event.entry,
        "at": moment_json(event.at),
        "recorded_at": moment_json(event.recorded_at),
        "shop": code,
        "link": event.link,
        "account": event.account,
        "member": event.member,
        "actor": event.actor,
        "entered_by": event.entered_by,
        "kind": event.kind.value,
        "summary": event.summary,
        "note": event.note,
        "against": list(event.against),
        "policy": event.policy,
        "undone_by": event.undone_by,
        "details": _details_json(event.details, {event.shop: code} if code else {}),
    }


def reminder_json(reminder: Reminder) -> dict[str, Any]:
    return {
        "at": moment_json(reminder.at),
        "shop": reminder.shop.code,
        "kind": reminder.kind,
        "summary": reminder.summary,
        "link": reminder.link,
    }


def _details_json(found: Any, codes: Mapping[str | None, str], name: str = "") -> Any:
    """Format an event's details, or their field `name`, as all JSON: shops by their codes (by id), moments as elsewhere.

    Masks phones, emails and contacts; only the owner's export has them in full.
    """
    if isinstance(found, dict):
        return {key: _details_json(value, codes, key) for key, value in found.items()}
    if isinstance(found, list):
        return [_details_json(value, codes) for value in found]
    if not isinstance(found, str):
        return found
    if name == "shop":
        return codes.get(found, found)
    if name in CONTACTS:
        return mask_contact(found)
    if name.endswith(("_at", "_by", "_until")):
        with suppress(ValueError, OverflowError):  # a person's name, or no moment in UTC
            moment = datetime.fromisoformat(found)
            return moment_json(moment) if moment.tzinfo else found
    return found
