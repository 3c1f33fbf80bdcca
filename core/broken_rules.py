"""Find the rules that a linked account's facts now break."""

from dataclasses import replace

from core import rules
from core.models import Link, LinkState, Role, Shop
from core.read_situation import read_situation
from core.record import Record
from core.store import accounts, shops
from core.verdict import Moment, Outcome, Verdict

ONLY_BEFORE = frozenset({"link.review", "link.authorization", "link.agreement", "marketing.link-frequency"})
"""Rules about how a link is made, which an existing link cannot break."""


def kept(record: Record, shop: Shop, link: Link) -> list[Verdict]:
    """Ask the rules that this shop's linked account has to keep, ignoring open requests."""
    moment: Moment = "approve" if link.role == Role.OFFICIAL else "accept"
    situation = read_situation(record, moment, shop, link.role, account=accounts.of_link(record.store, link), link=link)
    account_links = tuple(one for one in situation.account_links if one.state == LinkState.LINKED)
    situation = replace(
        situation,
        shop_links=tuple(one for one in situation.shop_links if one.state == LinkState.LINKED),
        account_links=account_links,
        account_sellers=frozenset(shops.by_id(record.store, one.shop).seller for one in account_links),
    )
    always = replace(situation, moment="always")
    now, policy = record.now(), record.policy
    return [
        rules.judge(rule.id, always if "always" in rule.asked else situation, policy, now)
        for rule in policy.asked(moment, link.role)
        if rule.id not in ONLY_BEFORE
    ]


def broken(record: Record, shop: Shop, link: Link) -> tuple[Verdict, ...]:
    """List the rules that this shop's linked account breaks."""
    return tuple(verdict for verdict in kept(record, shop, link) if verdict.outcome == Outcome.BLOCKED)
