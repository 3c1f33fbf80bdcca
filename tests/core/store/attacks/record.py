"""Attacks on what is kept: the history, the workspace itself, and rows that never change, go or are replaced."""

from tests.core.store.attacks.attack import Attack, rule
from tests.core.store.attacks.sql import (
    DAY,
    NEWEST,
    T,
    account,
    entity,
    event,
    link,
    marketing,
    member,
    practice,
    product,
    seller,
    shop,
    update,
    workspace,
)  # fmt: skip


def replacing(statement: str) -> str:
    return statement.replace("INSERT", "INSERT OR REPLACE", 1)


_PRACTICE = (practice(shifted_by=5),)

HISTORY = (
    Attack("an event altered", "event_fixed", "UPDATE event SET actor = 'somebody else'"),
    Attack("an event moved", "event_fixed", "UPDATE event SET rowid = rowid + 100"),
    Attack("an event deleted", "event_kept", "DELETE FROM event WHERE id = 'evt-bare'"),
    Attack("an event replaced", "event_added", replacing(event(id="evt-bare"))),
    Attack("an event twice", "event.id UNIQUE", event(id="evt-bare")),
    Attack("an event after a gap", "event_added", event(seq=99)),
    Attack("an event of the future", "event_now", event(recorded_at=NEWEST + 1)),
    Attack("time turned back", "workspace_fixed", update("workspace", "id = 1", newest_at=T)),
    Attack("a newest moment made the default", "", "UPDATE workspace SET newest_at = NULL"),
    Attack("the clock of a practice made the default", "", "UPDATE workspace SET shifted_by = NULL", _PRACTICE, fresh=True),
    Attack("the clock of a practice turned back", "workspace_fixed", update("workspace", "id = 1", shifted_by=4), _PRACTICE,
        fresh=True),
    Attack("the clock of a practice in no year", "workspace: CHECK (shifted_by = 0 OR",
        update("workspace", "id = 1", shifted_by=10**15), _PRACTICE, fresh=True),
    Attack("the clock of a record moved", "workspace: CHECK (shifted_by = 0 OR", update("workspace", "id = 1", shifted_by=DAY),
        (workspace(),), fresh=True),
    Attack("a record made practice", "workspace_fixed", update("workspace", "id = 1", kind="practice", scenario="x"),
        (workspace(),), fresh=True),
    Attack("a practice made a record", "workspace_fixed", update("workspace", "id = 1", kind="record", scenario=None),
        (practice(),), fresh=True),
    Attack("another seed", "workspace_fixed", update("workspace", "id = 1", seed="x")),
    Attack("the workspace deleted", "workspace_kept", "DELETE FROM workspace"),
    Attack("the workspace replaced", "workspace_added", replacing(workspace(seed="x"))),
    Attack("a second workspace beside the first", "", workspace(id=2)),
)  # fmt: skip

SHOPS = (
    Attack("a shop deleted", "shop_kept", "DELETE FROM shop WHERE id = 'new'", (shop(),)),
    Attack("a shop replaced", "shop_added", replacing(shop(id="new", name="Eve")), (shop(),)),
    Attack("a shop that replaces the one of its code", "shop_added", replacing(shop(id="eve", code="uslc99")), (shop(),)),
    Attack("a shop's id twice", "shop.id UNIQUE", shop(id="bare")),
    Attack("a shop's code twice", "shop_code", shop(code="USLC00")),
    Attack("a shop's code taken by another", "shop_fixed",
        "UPDATE OR REPLACE shop SET code = 'uslc99' WHERE id = 'bare'", (shop(),)),
    Attack("another id of a shop", "shop_fixed", update("shop", "new", id="eve"), (shop(),)),
    Attack("a shop's row moved", "shop_fixed", update("shop", "bare", rowid=99)),
    Attack("a shop after a gap", "shop_added", shop(seq=99)),
    Attack("a seller altered", "seller_fixed", update("seller", "idle", country="FR", registration_key="idle")),
    Attack("a seller deleted", "seller_kept", "DELETE FROM seller WHERE id = 'idle'"),
    Attack("a seller replaced", "seller_added", replacing(seller(id="idle"))),
    Attack("a seller after a gap", "seller_added", seller(seq=99)),
    Attack("an entity's number altered", "entity_fixed", update("entity", "country = 'FR'", registration_key="2")),
    Attack("an entity deleted", "entity_kept", "DELETE FROM entity WHERE country = 'FR'"),
    Attack("an entity replaced", "entity_added", replacing(entity(registration_key="idle", legal_name="Eve"))),
    Attack("a product deleted", "product_kept", "DELETE FROM product WHERE id = 'jar'"),
    Attack("a product replaced", "product_added", replacing(product(id="jar", price="1"))),
    Attack("a product twice", "product.id UNIQUE", product(id="jar")),
    Attack("a product of another shop", "product_fixed", update("product", "jar", shop="fresh")),
    Attack("a product's row moved", "product_fixed", update("product", "jar", rowid=99)),
    Attack("a product after a gap", "product_added", product(seq=99)),
    rule("a deleted product come back", "product_fixed", update("product", "old", status="active")),
)  # fmt: skip

ACCOUNTS = (
    Attack("an account deleted", "account_kept", "DELETE FROM account WHERE id = 'added.one'", (account(),)),
    Attack("an account replaced", "account_added", replacing(account(nickname="Eve")), (account(),)),
    Attack("an account replaced by its username", "account_added", replacing(account("eve", username="added.one")), (account(),)),
    Attack("an account replaced by its number", "", replacing(account(seq=2))),
    Attack("an account's id twice", "account.id UNIQUE", account("free.one", username="eve.one")),
    Attack("a username twice", "account_username", account(username="free.one")),
    Attack("a username taken by another", "account_fixed",
        "UPDATE OR REPLACE account SET username = 'added.one' WHERE id = 'banned.one'", (account(),)),
    Attack("an account after a gap", "account_added", account(seq=99)),
    Attack("a member deleted", "member_kept", "DELETE FROM member WHERE id = 'gone'"),
    Attack("a member replaced", "member_added", replacing(member(id="gone"))),
    Attack("a member twice", "member.id UNIQUE", member(id="gone")),
    Attack("a person invited twice", "member_once", member(contact="sam@lumen.example")),
    Attack("a person invited twice, in capitals", "member.contact COLLATE NOCASE", member(contact="SAM@lumen.example")),
    Attack("a person invited again by replacing", "member_added", replacing(member(contact="SAM@lumen.example"))),
    Attack("a member come back beside the same", "member_fixed",
        "UPDATE OR REPLACE member SET state = 'invited' WHERE id = 'away'",
        (member(id="away", contact="sam@lumen.example", state="expired"),)),
    Attack("another contact", "member_fixed", update("member", "sam", contact="SAM@lumen.example")),
    Attack("a member's row moved", "member_fixed", update("member", "sam", rowid=99)),
    Attack("a longer invitation", "member_fixed", update("member", "sam", accept_by=T + 9 * DAY)),
    Attack("a removal in the future", "member_fixed", update("member", "sam", state="removed", removed_at=NEWEST + 1)),
    Attack("a removal in Seller Center in the future", "member_fixed",
        update("member", "gone", seller_center_removed_at=NEWEST + 1)),
    Attack("a member out of Seller Center in the future", "member_added",
        member(state="removed", removed_at=T, seller_center_removed_at=NEWEST + 1)),
    Attack("a member of the future", "member_added", member(invited_at=NEWEST + 1, accept_by=NEWEST + 2)),
    Attack("a member after a gap", "member_added", member(seq=99)),
    rule("a member of a person", "member_of_organization", member(account="free.one")),
    rule("a member who accepted too late", "member_of_organization", member(state="active", accepted_at=T + DAY)),
    rule("the last admin gone", "member_last_admin", update("member", "owner", state="removed", removed_at=T)),
    rule("the last admin demoted", "member_last_admin", update("member", "owner", role="operator")),
    rule("all admins demoted at once", "member_last_admin", "UPDATE member SET role = 'operator' WHERE state = 'active'",
        member(role="admin", state="active", accepted_at=T)),
    rule("a removed member come back", "member_steps", update("member", "gone", state="invited", removed_at=None)),
    rule("a removed member's role altered", "member_steps", update("member", "gone", role="admin")),
    rule("a removal in Seller Center noted again", "member_steps", update("member", "gone", seller_center_removed_at=T + 1),
        update("member", "gone", seller_center_removed_at=T)),
    rule("another moment of removal", "member_steps", update("member", "gone", removed_at=T + 1)),
    rule("accepted again", "member_steps", update("member", "owner", accepted_at=T + 1)),
    rule("an invitation accepted too late", "member_steps", update("member", "sam", state="active", accepted_at=T + DAY)),
    rule("an invitation undone", "member_steps", update("member", "sam", undone_by="x")),
)  # fmt: skip


def both(first: str, second: str) -> str:
    """Two rows added by one statement."""
    return first + "," + second[second.index(" VALUES ") + 7 :]


AT_ONCE = (
    rule("two official accounts at once", "", both(link("fresh", "free.one"), link("fresh", "busy.one", id="other"))),
    rule("two of one account at once", "", both(marketing("fresh", "free.one"), link("fresh", "free.one", id="other"))),
    Attack("two events of one number at once", "", both(event(seq=10), event(id="other", seq=10))),
    rule("a region from another table", "",
        "UPDATE account SET region = shop.region FROM shop WHERE shop.id = 'birch' AND account.id = 'official.one'"),
    rule("all accounts moved at once", "", "UPDATE account SET region = 'GB'"),
    rule("all links ended at once", "",
        f"UPDATE link SET state = 'unlinked', unlinked_at = {T + DAY - 1} WHERE state = 'linked'"),
    Attack("an event altered by an upsert", "", f"{event(id='evt-bare')} ON CONFLICT (id) DO UPDATE SET actor = 'eve'"),
    Attack("an account changed by an upsert", "", f"{account('official.one')} ON CONFLICT (id) DO UPDATE SET region = 'GB'"),
    Attack("a link unlinked by an upsert", "",
        f"{link('fresh', 'free.one', id='official')} ON CONFLICT (id) DO UPDATE SET state = 'unlinked', unlinked_at = {T + 1}"),
    Attack("a shop renamed by an upsert", "", f"{shop(id='lumen')} ON CONFLICT (id) DO UPDATE SET name = 'Eve'"),
)  # fmt: skip

ATTACKS = (*HISTORY, *SHOPS, *ACCOUNTS, *AT_ONCE)
