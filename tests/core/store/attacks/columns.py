"""Attacks on single columns: nothing where something has to be, a wrong kind of value, a row that is not there."""

from collections.abc import Callable, Iterator

from tests.core.store.attacks.attack import Attack
from tests.core.store.attacks.sql import (
    T,
    Value,
    account,
    entity,
    event,
    insert,
    link,
    marketing,
    member,
    practice,
    product,
    seller,
    shop,
    workspace,
)  # fmt: skip

BLOB = "x'41'"
YEAR_10000 = 253402300800000

_LIMITS = """official_unlinks official_wait marketing_accounts marketing_wait frequency_links frequency_window
    marketing_region identity_needed trial"""


def market(**columns: Value) -> str:
    return insert("market", **{"code": "XX", **dict.fromkeys(_LIMITS.split(), 1), **columns})


REQUIRED: dict[str, tuple[Callable[..., str], str]] = {
    "workspace": (workspace, "kind seed created_at shifted_by newest_at"),
    "market": (market, _LIMITS),
    "entity": (entity, "country registration_key registration_number entry"),
    "seller": (seller, "id country registration_key"),
    "shop": (shop, "id code code_is_made_up name region seller entry"),
    "account": (account, "id username entry"),
    "link": (link, "id shop account role origin state confirmed against entry"),
    "member": (member, "id account contact role state invited_at entry"),
    "product": (product, "id shop title price currency status entry"),
    "event": (event, "id entry at recorded_at kind actor entered_by summary against details"),
}
ARGUMENT = {"account.id": "id", "link.shop": "where", "link.account": "by"}
"""Columns that a helper takes under another name."""

TEXT = {
    "workspace": "seed", "market": "code", "entity": "legal_name", "seller": "id", "shop": "name", "account": "nickname",
    "link": "requested_by", "member": "contact", "product": "title", "event": "summary",
}  # fmt: skip
"""A column of each table that holds text."""

WRONG: tuple[tuple[str, str, str], ...] = (
    ("workspace.id CHECK (id = 1)", "a second workspace", workspace(id=2)),
    ("workspace.kind CHECK (kind IN ('practice', 'record'))", "a workspace of no kind", workspace(kind="both")),
    ("workspace: CHECK (shifted_by = 0 OR", "a practice clock behind the computer's", practice(shifted_by=-1)),
    ("workspace: CHECK (shifted_by = 0 OR", "a practice clock in no year", practice(shifted_by=10**15)),
    ("workspace: CHECK (shifted_by = 0 OR", "a record with a clock of its own", workspace(shifted_by=5)),
    ("workspace: CHECK ((kind = 'practice') =", "a record made from a scenario", workspace(scenario="x")),
    ("workspace: CHECK (min(created_at, newest_at) >= 0", "a newest moment in no year", workspace(newest_at=YEAR_10000)),
    ("workspace: CHECK (min(created_at, newest_at) >= 0", "a workspace made before there were computers",
        workspace(created_at=-T)),
    ("market.marketing_region CHECK", "a market that is half choosy about regions", market(marketing_region=2)),
    ("market.identity_needed CHECK", "a market that half needs an identity", market(identity_needed=2)),
    ("entity.country CHECK", "a country in small letters", entity(country="fr")),
    ("entity.registration_key CHECK", "an entity without a number", entity(registration_key="")),
    ("entity.kind CHECK", "an entity that is a club", entity(kind="club")),
    ("seller: FOREIGN KEY", "a seller who is nobody", seller(registration_key="none")),
    ("seller.seq CHECK", "a seller at number minus one", seller(seq=-1)),
    ("shop.seq CHECK", "a shop at number minus one", shop(seq=-1)),
    ("shop.code_is_made_up CHECK", "a code that is half made up", shop(code_is_made_up=2)),
    ("shop.name CHECK", "a shop named with spaces", shop(name="  ")),
    ("shop.name CHECK", "a name that looks short to SQL", shop(name="MARK").replace("'MARK'", "'L' || char(0) || 'umen'")),
    ("shop.region REFERENCES", "a shop in a market that is none", shop(region="none")),
    ("shop.seller REFERENCES", "a shop of nobody", shop(seller="nobody")),
    ("shop.code COLLATE NOCASE", "a shop's code again in small letters", shop(code="uslc00")),
    ("shop.probation CHECK", "a shop half in probation", shop(probation="half")),
    ("shop.unlinks_before CHECK", "fewer unlinks than none", shop(unlinks_before=-1)),
    ("shop.probation_until CHECK", "a probation period that is over and has an end",
        shop(probation="over", probation_until=T)),
    ("shop: CHECK (probation_until >= 0", "a probation period that ended before 1970",
        shop(probation="active", probation_until=-1)),
    ("shop: CHECK (probation_until >= 0", "a probation period without an end in any year",
        shop(probation="active", probation_until=YEAR_10000)),
    ("account.seq CHECK", "an account at number minus one", account(seq=-1)),
    ("account.kind CHECK", "an account that is a club", account(kind="club")),
    ("account.region CHECK", "an account in a region that is none", account(region="none")),
    ("account.identity_verified CHECK", "an identity half verified", account(identity_verified=2)),
    ("account.standing CHECK", "an odd standing", account(standing="odd")),
    ("account.holder_is_adult CHECK", "a holder twice an adult", account(holder_is_adult=2)),
    ("account.converted_at CHECK", "an account converted in no year",
        account(kind="organization", converted_at=YEAR_10000)),
    ("account: CHECK (converted_at IS NULL OR", "a person's account converted", account(converted_at=T)),
    ("account: FOREIGN KEY", "an account of an entity that is not there", account(country="FR", registration_key="none")),
    ("account: CHECK ((country IS NULL) =", "half an entity", account(country="US")),
    ("account.username CHECK", "a username in capitals", account(username="Added.One")),
    ("account.username CHECK", "a username with a period at its end", account(username="ends.")),
    ("account.username CHECK", "an empty username", account(username="")),
    ("link.seq CHECK", "a link at number minus one", marketing(seq=-1)),
    ("link.shop REFERENCES", "a link of a shop that is not there", link("nowhere")),
    ("link.account REFERENCES", "a link of an account that is not there", link(by="nobody.here")),
    ("link.role CHECK", "a link in no role", link(role="guest")),
    ("link.origin CHECK", "a link of no origin", link(origin="found")),
    ("link.state CHECK", "a link in no state", link(state="lost")),
    ("link.ended_by CHECK", "a link ended by nobody we know", link(state="unlinked", ended_by="eve")),
    ("link.confirmed CHECK", "confirmations that are no list", link(confirmed="{}")),
    ("link.against CHECK", "rules that are no list", link(against="{}")),
    ("member.seq CHECK", "a member at number minus one", member(seq=-1)),
    ("member.account REFERENCES", "a member of nothing", member(account="nobody.here")),
    ("member.contact CHECK", "a member without a contact", member(contact=" ")),
    ("member.role CHECK", "a member who is the owner", member(role="owner")),
    ("member.state CHECK", "a member in no state", member(state="away")),
    ("member.invited_at CHECK", "a member before 1970", member(invited_at=-1)),
    ("member.accept_by CHECK", "an invitation that ended before it began", member(accept_by=T - 1)),
    ("member.accept_by CHECK", "an invitation that ends in no year", member(accept_by=YEAR_10000)),
    ("member.accepted_at CHECK", "an invitation accepted before it was made",
        member(state="active", accept_by=None, accepted_at=T - 1)),
    ("member.removed_at CHECK", "a member removed before they came", member(state="removed", removed_at=T - 1)),
    ("member.seller_center_removed_at CHECK", "a member out of Seller Center before they were removed",
        member(state="removed", removed_at=T, seller_center_removed_at=T - 1)),
    ("member: CHECK (state = 'removed'", "a member out of Seller Center who was not removed",
        member(seller_center_removed_at=T)),
    ("member: CHECK (state <> 'invited'", "an invitation without an end", member(accept_by=None)),
    ("member: CHECK (state <> 'active'", "a member who never accepted", member(state="active")),
    ("member: CHECK ((state = 'removed') =", "a removal at no moment", member(state="removed")),
    ("product.seq CHECK", "a product at number minus one", product(seq=-1)),
    ("product.shop REFERENCES", "a product of no shop", product(shop="nowhere")),
    ("product.title CHECK", "a product without a title", product(title=" ")),
    ("product.price CHECK", "a price below nothing", product(price="-1")),
    ("product.price CHECK", "a price with two points", product(price="1.2.3")),
    ("product.status CHECK", "a product in no state", product(status="lost")),
    ("product.changed_at CHECK", "a product changed in another age", product(changed_at=YEAR_10000)),
    ("event.seq CHECK", "an event before the others", event(seq=-1)),
    ("event.shop REFERENCES", "an event of a shop that is not there", event(shop="nowhere")),
    ("event.link REFERENCES", "an event of a link that is not there", event(link="nothing")),
    ("event.account REFERENCES", "an event of an account that is not there", event(account="nobody.here")),
    ("event.member REFERENCES", "an event of a member who is not there", event(member="nobody")),
    ("event.at CHECK", "an event before 1970", event(at=-1)),
    ("event.recorded_at CHECK", "an event written down before it happened", event(recorded_at=T - 1)),
    ("event.against CHECK", "an event against rules that are no list", event(against="{}")),
    ("event.before CHECK", "rows before an event that are no list", event(before="{}")),
    ("event.details CHECK", "an event with a word for details", event(details="none")),
)  # fmt: skip
"""The safeguard (as its name begins), what it refuses, and the statement."""


def attacks() -> Iterator[Attack]:
    for table, (row, columns) in REQUIRED.items():
        for column in columns.split():
            lacking = row(**{ARGUMENT.get(f"{table}.{column}", column): None})
            yield Attack(f"a {table} without {column}", f"{table}.{column} NOT NULL", lacking, fresh=table == "workspace")
        strange = row(**{TEXT[table]: "MARK"}).replace("'MARK'", BLOB)
        yield Attack(f"bytes for the {TEXT[table]} of a {table}", f"{table} STRICT", strange, fresh=table == "workspace")
    yield Attack("a link that is neither live nor not", "link.live NOT NULL", link(state=None))
    for by, what, sql in WRONG:
        yield Attack(what, by, sql, fresh="workspace" in by)
