"""Attacks on what is kept: the history, the workspace itself, and rows that never change, go or are replaced."""

from tests.core.store.attacks.attack import Attack
from tests.core.store.attacks.columns import entity, seller
from tests.core.store.attacks.sql import DAY, T, account, event, link, marketing, member, product, shop, update, workspace


def replacing(statement: str) -> str:
    return statement.replace("INSERT", "INSERT OR REPLACE", 1)


HISTORY = (
    Attack("an event altered", "event_no_update", "UPDATE event SET actor = 'somebody else'"),
    Attack("an event moved", "event_no_update", "UPDATE event SET rowid = rowid + 100"),
    Attack("an event deleted", "event_no_delete", "DELETE FROM event WHERE id = 'evt-0'"),
    Attack("an event replaced", "event_no_replace", replacing(event(id="evt-0"))),
    Attack("an event twice", "event.id UNIQUE", event(id="evt-0")),
    Attack("an event before the others", "event_next", event(seq=-1)),
    Attack("an event after a gap", "event_next", event(seq=99)),
    Attack("a request after a rejection", "link_followed", link("fresh", "free.one"), asks="reminders.rejected",
        given=(link("fresh", "free.one", id="told", state="rejected", submitted_at=T, decided_at=T, reason="blurred"),)),
    Attack("a rejection after a link of the past came in", "link_followed_before",
        update("link", "told", state="rejected", decided_at=T, reason="blurred"), asks="reminders.rejected",
        given=(link("fresh", "free.one", id="told", state="in_review"),
            link("fresh", "now.one", state="unlinked", unlink_number=1, requested_at=T - 60 * DAY, authorized_at=T - 60 * DAY,
                linked_at=T - 60 * DAY, unlinked_at=T - 50 * DAY))),
    Attack("a rejection that was followed before it was there", "link_followed_added",
        link("fresh", "free.one", state="rejected", submitted_at=T, decided_at=T, reason="blurred", followed=1)),
    Attack("an event, which is the newest", "event_newest", event(at=T + DAY), asks="history.newest"),
    Attack("time turned back", "workspace_time", update("workspace", "id = 1", newest_at=0)),
    Attack("a newest moment that is none", "workspace_time", update("workspace", "id = 1", newest_at=T + 999 * DAY)),
    Attack("a newest moment made the default", "", "UPDATE workspace SET newest_at = NULL"),
    Attack("the clock of a practice made the default", "", "UPDATE workspace SET shifted_by = NULL",
        given=(workspace(kind="practice", scenario="x", shifted_by=5),), fresh=True),
    Attack("the clock of a practice turned back", "workspace_clock", update("workspace", "id = 1", shifted_by=4),
        given=(workspace(kind="practice", scenario="x", shifted_by=5),), fresh=True),
    Attack("the clock of a practice in no year", "workspace_clock", update("workspace", "id = 1", shifted_by=10**15),
        given=(workspace(kind="practice", scenario="x", shifted_by=5),), fresh=True),
    Attack("the clock of a record workspace moved", "", update("workspace", "id = 1", shifted_by=DAY)),
    Attack("a record workspace made practice", "workspace_fixed", update("workspace", "id = 1", kind="practice", scenario="x")),
    Attack("another seed", "workspace_fixed", update("workspace", "id = 1", seed="x")),
    Attack("the workspace deleted", "workspace_no_delete", "DELETE FROM workspace"),
    Attack("the workspace replaced", "workspace_no_replace", replacing(workspace(seed="x"))),
    Attack("a second workspace beside the first", "", workspace(id=2)),
)  # fmt: skip

SHOPS = (
    Attack("a shop deleted", "shop_no_delete", "DELETE FROM shop WHERE id = 'bare'"),
    Attack("a shop replaced", "shop_no_replace", replacing(shop(id="fresh"))),
    Attack("a shop that replaces the one of its code", "shop_no_replace", replacing(shop(code="uslcp")),
        given=("PRAGMA defer_foreign_keys = ON",)),
    Attack("a shop's code twice", "shop.code UNIQUE", shop(code="USLC00")),
    Attack("a shop's code taken by another", "", "UPDATE OR REPLACE shop SET code = 'USLC00' WHERE id = 'bare'"),
    Attack("another code", "shop_fixed", update("shop", "bare", code="uslcb")),
    Attack("a shop moved", "shop_fixed", update("shop", "bare", region="GB")),
    Attack("a shop's row moved", "shop_fixed", update("shop", "bare", rowid=99)),
    Attack("a shop of another seller", "shop_fixed", update("shop", "bare", seller="twin")),
    Attack("a shop after a gap", "shop_next", shop(seq=99)),
    Attack("a probation period before 1970", "shop_whole", update("shop", "bare", probation_until=-1)),
    Attack("a name that hides its length", "shop_whole", "UPDATE shop SET name = 'L' || char(0) WHERE id = 'bare'"),
    Attack("a new shop that is linked already", "shop_state_added", shop(official=2)),
    Attack("a shop with nothing pending called pending", "shop_state", update("shop", "bare", pending=1)),
    Attack("a shop that asks", "shop_state_linked", link("fresh", "free.one"), asks="shops.state"),
    Attack("a shop that asks no more", "shop_state_step", update("link", "asked", state="cancelled", decided_at=T + DAY),
        asks="shops.state"),
    Attack("a seller altered", "seller_fixed", update("seller", "idle", country="FR", registration_key="idle")),
    Attack("a seller deleted", "seller_no_delete", "DELETE FROM seller WHERE id = 'idle'"),
    Attack("a seller replaced", "seller_no_replace", replacing(seller(id="twin", country="GB", registration_key="09-8"))),
    Attack("a seller after a gap", "seller_next", seller(seq=99)),
    Attack("a seller at number minus one", "seller_next", seller(seq=-1)),
    Attack("an entity's number altered", "entity_fixed", update("entity", "country = 'US'", registration_number="2")),
    Attack("an entity's name altered", "entity_fixed", update("entity", "country = 'US'", legal_name="Eve")),
    Attack("an entity deleted", "entity_no_delete", "DELETE FROM entity WHERE country = 'FR'"),
    Attack("an entity replaced", "entity_no_replace",
        replacing(entity(country="US", registration_key="84-1", legal_name="Eve"))),
    Attack("a product deleted", "product_no_delete", "DELETE FROM product WHERE id = 'jar'"),
    Attack("a product replaced", "product_no_replace", replacing(product(id="jar", price="1"))),
    Attack("a product twice", "product.id UNIQUE", product(id="jar")),
    Attack("a product of another shop", "product_fixed", update("product", "jar", shop="fresh")),
    Attack("a product's row moved", "product_fixed", update("product", "jar", rowid=99)),
    Attack("a deleted product come back", "product_fixed", update("product", "old", status="active")),
    Attack("a product after a gap", "product_next", product(seq=99)),
    Attack("another price with two points", "product_whole", update("product", "jar", price="1.2.3")),
)  # fmt: skip

ACCOUNTS = (
    Attack("an account deleted", "account_no_delete", "DELETE FROM account WHERE username = 'free.one'"),
    Attack("an account replaced", "account_no_replace", replacing(account("free.one", nickname="Eve"))),
    Attack("an account replaced by its number", "", replacing(account(seq=2))),
    Attack("a username twice", "", account("free.one")),
    Attack("another username", "account_fixed", update("account", "free.one", username="eve.one")),
    Attack("an account's row moved", "account_fixed", update("account", "free.one", rowid=99)),
    Attack("an account after a gap", "account_next", account(seq=99)),
    Attack("a link after a gap", "link_next", link(seq=999)),
    Attack("a link at number minus one", "link_next", marketing(seq=-1)),
    Attack("a member deleted", "member_no_delete", "DELETE FROM member WHERE id = 'gone'"),
    Attack("a member replaced", "member_no_replace", replacing(member(id="sam"))),
    Attack("a member twice", "member.id UNIQUE", member(id="sam")),
    Attack("a person invited twice", "member_once", member(contact="sam@lumen.example")),
    Attack("a person invited twice, in capitals", "member.contact COLLATE NOCASE", member(contact="SAM@lumen.example")),
    Attack("another contact", "member_fixed", update("member", "sam", contact="SAM@lumen.example")),
    Attack("a member's row moved", "member_fixed", update("member", "sam", rowid=99)),
    Attack("a longer invitation", "member_fixed", update("member", "sam", accept_by=T + 9 * DAY)),
    Attack("a member after a gap", "member_next", member(seq=99)),
    Attack("a member of a person", "member_of_organization", member(account="free.one")),
    Attack("the last admin gone", "member_last_admin", update("member", "owner", state="removed", removed_at=T)),
    Attack("the last admin demoted", "member_last_admin", update("member", "owner", role="operator")),
    Attack("all admins demoted at once", "member_last_admin", "UPDATE member SET role = 'operator' WHERE state = 'active'",
        given=(member(role="admin", state="active", accepted_at=T),)),
    Attack("a removed member come back", "member_steps", update("member", "gone", state="invited", removed_at=None)),
    Attack("a removed member's role altered", "member_steps", update("member", "gone", role="admin")),
    Attack("accepted again", "member_steps", update("member", "owner", accepted_at=T + 1)),
    Attack("an invitation without an end", "member: CHECK (state <> 'invited' OR accept_by IS NOT NULL)", member(accept_by=None)),
    Attack("a member who never accepted", "member: CHECK (state <> 'active' OR accepted_at IS NOT NULL)", member(state="active")),
    Attack("a removal at no moment", "member: CHECK ((state = 'removed') = (removed_at IS NOT NULL))",
        update("member", "sam", state="removed")),
    Attack("an invitation accepted too late", "member: CHECK (accepted_at < accept_by)",
        update("member", "sam", state="active", accepted_at=T + DAY)),
    Attack("an invitation accepted before it was made", "member_order",
        update("member", "sam", state="active", accepted_at=T - 1)),
    Attack("a member of the past who accepted before", "member_order_added",
        member(state="active", accept_by=None, accepted_at=T - 1)),
    Attack("a member before 1970", "member_order_added", member(invited_at=-1)),
)  # fmt: skip


def both(first: str, second: str) -> str:
    """Two rows added by one statement."""
    return first + "," + second[second.index(" VALUES ") + 7 :]


AT_ONCE = (
    Attack("two official accounts at once", "", both(link("fresh", "free.one"), link("fresh", "busy.one", id="other"))),
    Attack("two of one place at once", "", both(marketing("fresh", "free.one"), marketing("fresh", "was.one", id="other"))),
    Attack("two events of one number at once", "", both(event(seq=11), event(id="other", seq=11))),
    Attack("a nickname from another table", "",
        "UPDATE account SET nickname = shop.name FROM shop WHERE shop.id = 'other' AND username = 'official.one'"),
    Attack("a region from another table", "",
        "UPDATE account SET region = shop.region FROM shop WHERE shop.id = 'birch' AND username = 'official.one'"),
    Attack("all accounts moved at once", "", "UPDATE account SET region = 'GB'"),
    Attack("all links ended at once", "",
        f"UPDATE link SET state = 'unlinked', unlinked_at = {T + DAY - 1} WHERE state = 'linked'"),
    Attack("an event altered by an upsert", "", f"{event(id='evt-0')} ON CONFLICT (id) DO UPDATE SET actor = 'eve'"),
    Attack("an account renamed by an upsert", "",
        f"{account('official.one')} ON CONFLICT (username) DO UPDATE SET nickname = 'Eve'"),
    Attack("a link unlinked by an upsert", "",
        f"{link('fresh', 'free.one', id='official')} ON CONFLICT (id) DO UPDATE SET state = 'unlinked', unlink_number = 1, "
        f"unlinked_at = {T + 1}"),
    Attack("a shop renamed by an upsert", "", f"{shop(id='lumen')} ON CONFLICT (id) DO UPDATE SET name = '{'L' * 31}'"),
)  # fmt: skip

ATTACKS = (*HISTORY, *SHOPS, *ACCOUNTS, *AT_ONCE)
