"""Attacks on single columns: nothing where something has to be, a wrong kind of value, a row that is not there."""

from collections.abc import Callable, Iterator

from tests.core.store.attacks.attack import Attack
from tests.core.store.attacks.sql import T, Value, account, event, insert, link, member, product, shop, workspace

BLOB = "x'41'"


def market(**columns: Value) -> str:
    limits: dict[str, Value] = dict.fromkeys(
        ("nickname_max_length", "username_min_length", "username_max_length", "official_unlinks", "official_wait",
         "marketing_accounts", "marketing_wait", "frequency_links", "frequency_window"), 5,
    )  # fmt: skip
    return insert("market", **{"code": "XX", **limits, **columns})


def entity(**columns: Value) -> str:
    return insert("entity", **{"country": "FR", "registration_key": "1", "registration_number": "1", **columns})


def seller(**columns: Value) -> str:
    return insert("seller", **{"id": "new", "country": "US", "registration_key": "84-1", **columns})


REQUIRED: dict[str, tuple[Callable[..., str], str]] = {
    "workspace": (workspace, "kind seed created_at shifted_by newest_at"),
    "market": (market, "nickname_max_length username_min_length username_max_length official_unlinks official_wait "
        "marketing_accounts marketing_wait frequency_links frequency_window"),
    "entity": (entity, "country registration_key registration_number"),
    "seller": (seller, "id country registration_key"),
    "shop": (shop, "id code name region seller"),
    "account": (account, "username avatar"),
    "link": (link, "id shop seller region account role origin state requested_at requested_by confirmed"),
    "member": (member, "id account contact role state invited_at"),
    "product": (product, "id shop title price currency status"),
    "event": (event, "id at kind actor summary details"),
}  # fmt: skip
TEXT = {
    "workspace": "seed", "market": "code", "entity": "legal_name", "seller": "id", "shop": "name", "account": "nickname",
    "link": "requested_by", "member": "contact", "product": "title", "event": "summary",
}  # fmt: skip
"""A column of each table that holds text."""

WRONG: tuple[tuple[str, str, str], ...] = (
    ("workspace.id CHECK (id = 1)", "a second workspace", workspace(id=2)),
    ("workspace.kind CHECK (kind IN ('practice', 'record'))", "a workspace of no kind", workspace(kind="both")),
    ("workspace.shifted_by CHECK (shifted_by >= 0)", "a practice clock behind the computer's",
        workspace(kind="practice", scenario="x", shifted_by=-1)),
    ("workspace: CHECK ((kind = 'practice') = (scenario IS NOT NULL))", "a record made from a scenario", workspace(scenario="x")),
    ("workspace: CHECK (kind = 'practice' OR shifted_by = 0)", "a record with a clock of its own", workspace(shifted_by=5)),
    ("workspace_whole", "a workspace that begins with a newest moment", workspace(newest_at=T)),
    ("workspace_whole", "a workspace made before there were computers", workspace(created_at=-T)),
    ("entity.country CHECK (country = upper(country) AND country <> '')", "a country in small letters", entity(country="fr")),
    ("entity.registration_key CHECK (registration_key <> '')", "an entity without a number", entity(registration_key="")),
    ("entity.kind CHECK (kind IN ('company', 'individual'))", "an entity that is a club", entity(kind="club")),
    ("seller: FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)",
        "a seller who is nobody", seller(registration_key="none")),
    ("shop.name CHECK (trim(name) <> '')", "a shop named with spaces", shop(name="  ")),
    ("shop.region REFERENCES market (code)", "a shop in a market that is none", shop(region="none")),
    ("shop.seller REFERENCES seller (id)", "a shop of nobody", shop(seller="nobody")),
    ("shop.code COLLATE NOCASE", "a shop's code again in small letters", shop(code="uslc00")),
    ("shop_whole_added", "a probation period that ended before 1970", shop(probation_until=-1)),
    ("shop_whole_added", "a name that looks short to SQL", shop(name="MARK").replace("'MARK'", "'L' || char(0) || 'umen'")),
    ("account.kind CHECK (kind IN ('personal', 'business', 'organization'))", "an account that is a club", account(kind="club")),
    ("account.region REFERENCES market (code)", "an account in a market that is none", account(region="none")),
    ("account.identity_verified CHECK (identity_verified IN (0, 1))", "an identity half verified", account(identity_verified=2)),
    ("account.standing CHECK (standing IN ('good', 'suspended', 'banned'))", "an odd standing", account(standing="odd")),
    ("account.holder_is_adult CHECK (holder_is_adult IN (0, 1))", "a holder twice an adult", account(holder_is_adult=2)),
    ("account.seller REFERENCES seller (id)", "an account of nobody", account(kind="organization", seller="nobody")),
    ("account.seller CHECK (seller IS NULL OR kind = 'organization')", "a person who is a seller's own", account(seller="lumen")),
    ("account: FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)",
        "an account of an entity that is not there", account(country="FR", registration_key="none")),
    ("account: CHECK ((country IS NULL) = (registration_key IS NULL))", "half an entity", account(country="US")),
    ("account.username CHECK ( username = lower(username) AND username NOT GLOB '*[^a-z0-9_.]*' AND username NOT LIKE '%.' "
        "AND instr(CAST(username AS BLOB), x'00') = 0 )", "a username in capitals", account("Added.One")),
    ("account.username CHECK ( username = lower(username) AND username NOT GLOB '*[^a-z0-9_.]*' AND username NOT LIKE '%.' "
        "AND instr(CAST(username AS BLOB), x'00') = 0 )", "a username with a period at its end", account("ends.")),
    ("account_username_length", "a username too long", account("x" * 25)),
    ("account_username_length", "a username too short", account("x")),
    ("member.account REFERENCES account (username)", "a member of nothing", member(account="nobody.here")),
    ("member.contact CHECK (trim(contact) <> '')", "a member without a contact", member(contact=" ")),
    ("member.role CHECK (role IN ('admin', 'operator'))", "a member who is the owner", member(role="owner")),
    ("member.state CHECK (state IN ('invited', 'active', 'expired', 'removed'))", "a member in no state", member(state="away")),
    ("product.shop REFERENCES shop (id)", "a product of no shop", product(shop="nowhere")),
    ("product.title CHECK (trim(title) <> '')", "a product without a title", product(title=" ")),
    ("product.price CHECK (price GLOB '[0-9]*' AND price NOT GLOB '*[^0-9.]*')", "a price below nothing", product(price="-1")),
    ("product.status CHECK (status IN ('active', 'inactive', 'deleted'))", "a product in no state", product(status="lost")),
    ("product_whole_added", "a price with two points", product(price="1.2.3")),
    ("product_whole_added", "a product changed in another age", product(changed_at=10**15)),
    ("event.shop REFERENCES shop (id)", "an event of a shop that is not there", event(shop="nowhere")),
    ("event.link REFERENCES link (id)", "an event of a link that is not there", event(link="nothing")),
    ("event.account REFERENCES account (username)", "an event of an account that is not there", event(account="nobody.here")),
    ("event.details CHECK (details GLOB '{*}')", "an event with a word for details", event(details="none")),
    ("event_moment", "an event before 1970", event(at=-1)),
    ("event_moment", "an event after the last year that a calendar has", event(at=253402300800000)),
)  # fmt: skip


def attacks() -> Iterator[Attack]:
    for table, (row, columns) in REQUIRED.items():
        for column in columns.split():
            yield Attack(
                f"a {table} without {column}", f"{table}.{column} NOT NULL", row(**{column: None}), fresh=table == "workspace"
            )
        strange = row(**{TEXT[table]: "MARK"}).replace("'MARK'", BLOB)
        yield Attack(f"bytes for the {TEXT[table]} of a {table}", f"{table} STRICT", strange, fresh=table == "workspace")
    yield Attack("a link that is neither live nor not", "link.live NOT NULL", link(state=None))
    for by, what, sql in WRONG:
        yield Attack(what, by, sql, fresh="workspace" in by)
