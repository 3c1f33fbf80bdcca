-- Schema 1. Times are whole milliseconds since 1970-01-01 UTC. What the rules promise is kept here too, so that no other
-- program writing this file can break it; the market's limits are rows, because a market may have its own.

CREATE TABLE workspace (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    kind TEXT NOT NULL CHECK (kind IN ('practice', 'record')),
    scenario TEXT,
    seed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    shifted_by INTEGER NOT NULL DEFAULT 0 CHECK (shifted_by >= 0),
    newest_at INTEGER NOT NULL DEFAULT 0,
    CHECK ((kind = 'practice') = (scenario IS NOT NULL)),
    CHECK (kind = 'practice' OR shifted_by = 0)
) STRICT;

CREATE TABLE market (
    code TEXT PRIMARY KEY,
    nickname_max_length INTEGER NOT NULL,
    username_min_length INTEGER NOT NULL,
    username_max_length INTEGER NOT NULL,
    official_unlinks INTEGER NOT NULL,
    official_wait INTEGER NOT NULL,
    marketing_accounts INTEGER NOT NULL,
    marketing_wait INTEGER NOT NULL,
    frequency_links INTEGER NOT NULL,
    frequency_window INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
    country TEXT NOT NULL CHECK (country = upper(country) AND country <> ''),
    registration_key TEXT NOT NULL CHECK (registration_key <> ''),
    registration_number TEXT NOT NULL,
    kind TEXT CHECK (kind IN ('company', 'individual')),
    legal_name TEXT,
    PRIMARY KEY (country, registration_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE seller (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    country TEXT NOT NULL,
    registration_key TEXT NOT NULL,
    FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)
) STRICT;
CREATE INDEX seller_entity ON seller (country, registration_key);

CREATE TABLE shop (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    region TEXT NOT NULL REFERENCES market (code),
    seller TEXT NOT NULL REFERENCES seller (id),
    probation_until INTEGER,
    UNIQUE (id, seller, region)
) STRICT;
CREATE INDEX shop_name ON shop (name COLLATE NOCASE, seq);
CREATE INDEX shop_seller ON shop (seller);

CREATE TABLE account (
    seq INTEGER PRIMARY KEY,
    username TEXT NOT NULL UNIQUE CHECK (
        username = lower(username)
        AND username NOT GLOB '*[^a-z0-9_.]*'
        AND username NOT LIKE '%.'
        AND instr(CAST(username AS BLOB), x'00') = 0
    ),
    nickname TEXT,
    kind TEXT CHECK (kind IN ('personal', 'business', 'organization')),
    region TEXT REFERENCES market (code),
    phone TEXT,
    email TEXT,
    identity_verified INTEGER CHECK (identity_verified IN (0, 1)),
    standing TEXT CHECK (standing IN ('good', 'suspended', 'banned')),
    holder_is_adult INTEGER CHECK (holder_is_adult IN (0, 1)),
    country TEXT,
    registration_key TEXT,
    seller TEXT REFERENCES seller (id) CHECK (seller IS NULL OR kind = 'organization'),
    avatar INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key),
    CHECK ((country IS NULL) = (registration_key IS NULL))
) STRICT;

CREATE TABLE link (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    seller TEXT NOT NULL,
    region TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (username),
    role TEXT NOT NULL CHECK (role IN ('official', 'marketing')),
    origin TEXT NOT NULL CHECK (origin IN ('existing', 'created')),
    state TEXT NOT NULL CHECK (state IN (
        'awaiting_authorization', 'authorized', 'in_review', 'linked', 'unlinked', 'declined', 'expired', 'cancelled', 'rejected'
    )),
    live INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked')) STORED,
    requested_at INTEGER NOT NULL,
    requested_by TEXT NOT NULL,
    authorize_by INTEGER,
    authorized_at INTEGER,
    submitted_at INTEGER,
    decided_at INTEGER,
    linked_at INTEGER,
    linked_by TEXT,
    unlinked_at INTEGER,
    reason TEXT,
    slot INTEGER CHECK (slot >= 1),
    unlink_number INTEGER CHECK (unlink_number >= 1),
    confirmed TEXT NOT NULL DEFAULT '[]' CHECK (confirmed GLOB '[[]*]'),
    FOREIGN KEY (shop, seller, region) REFERENCES shop (id, seller, region),
    CHECK ((role = 'marketing') = (slot IS NOT NULL)),
    CHECK ((role = 'official' AND state = 'unlinked') = (unlink_number IS NOT NULL)),
    CHECK ((state IN ('linked', 'unlinked')) = (linked_at IS NOT NULL)),
    CHECK ((state = 'unlinked') = (unlinked_at IS NOT NULL)),
    CHECK (state <> 'rejected' OR trim(coalesce(reason, '')) <> ''),
    CHECK (state <> 'awaiting_authorization' OR (authorize_by IS NOT NULL AND authorized_at IS NULL)),
    CHECK (state NOT IN ('authorized', 'in_review') OR authorized_at IS NOT NULL),
    CHECK ((state <> 'in_review') OR submitted_at IS NOT NULL),
    CHECK (role = 'official' OR state NOT IN ('authorized', 'in_review', 'rejected')),
    CHECK (role = 'official' OR origin = 'existing'),
    CHECK (authorized_at < authorize_by),
    CHECK (authorized_at >= requested_at),
    CHECK (submitted_at >= authorized_at),
    CHECK (linked_at >= requested_at),
    CHECK (unlinked_at >= linked_at)
) STRICT;
CREATE UNIQUE INDEX official_one_per_shop ON link (shop) WHERE role = 'official' AND live = 1;
CREATE UNIQUE INDEX official_one_shop ON link (account) WHERE role = 'official' AND live = 1;
CREATE UNIQUE INDEX one_role_per_shop ON link (shop, account) WHERE live = 1;
CREATE UNIQUE INDEX marketing_place ON link (shop, slot) WHERE live = 1 AND slot IS NOT NULL;
CREATE UNIQUE INDEX official_unlink ON link (shop, unlink_number) WHERE unlink_number IS NOT NULL;
CREATE INDEX link_shop ON link (shop, seq);
CREATE INDEX link_account ON link (account, seq);
CREATE INDEX link_state ON link (state, seq);
CREATE INDEX link_overdue ON link (authorize_by) WHERE state = 'awaiting_authorization';

CREATE TABLE member (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (username),
    contact TEXT NOT NULL COLLATE NOCASE CHECK (trim(contact) <> ''),
    role TEXT NOT NULL CHECK (role IN ('admin', 'operator')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'expired', 'removed')),
    invited_at INTEGER NOT NULL,
    accept_by INTEGER,
    accepted_at INTEGER,
    removed_at INTEGER,
    CHECK (state <> 'invited' OR accept_by IS NOT NULL),
    CHECK (state <> 'active' OR accepted_at IS NOT NULL),
    CHECK ((state = 'removed') = (removed_at IS NOT NULL)),
    CHECK (accepted_at < accept_by)
) STRICT;
CREATE UNIQUE INDEX member_once ON member (account, contact) WHERE state IN ('invited', 'active');
CREATE INDEX member_account ON member (account, seq);
CREATE INDEX member_overdue ON member (accept_by) WHERE state = 'invited';

CREATE TABLE product (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL REFERENCES shop (id),
    title TEXT NOT NULL CHECK (trim(title) <> ''),
    price TEXT NOT NULL CHECK (price GLOB '[0-9]*' AND price NOT GLOB '*[^0-9.]*'),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'deleted')),
    changed_at INTEGER
) STRICT;
CREATE INDEX product_shop ON product (shop, seq);

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    summary TEXT NOT NULL,
    shop TEXT REFERENCES shop (id),
    link TEXT REFERENCES link (id),
    account TEXT REFERENCES account (username),
    details TEXT NOT NULL DEFAULT '{}' CHECK (details GLOB '{*}')
) STRICT;
CREATE INDEX event_at ON event (at, seq);
CREATE INDEX event_shop ON event (shop, at, seq);

-- The record is only ever added to.
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history: an event is never changed'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history: an event is never deleted'); END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'history: an event is never replaced'); END;
CREATE TRIGGER event_newest AFTER INSERT ON event
BEGIN UPDATE workspace SET newest_at = max(newest_at, NEW.at) WHERE id = 1; END;
CREATE TRIGGER workspace_time BEFORE UPDATE OF newest_at ON workspace WHEN NEW.newest_at < OLD.newest_at
BEGIN SELECT RAISE(ABORT, 'clock: the newest moment never goes back'); END;
CREATE TRIGGER workspace_fixed BEFORE UPDATE OF id, kind, scenario, seed, created_at ON workspace
BEGIN SELECT RAISE(ABORT, 'workspace: what it is never changes'); END;
CREATE TRIGGER workspace_no_delete BEFORE DELETE ON workspace BEGIN SELECT RAISE(ABORT, 'workspace: is never deleted'); END;
CREATE TRIGGER workspace_no_replace BEFORE INSERT ON workspace WHEN EXISTS (SELECT 1 FROM workspace)
BEGIN SELECT RAISE(ABORT, 'workspace: is never replaced'); END;

CREATE TRIGGER link_no_delete BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'link: a link is never deleted'); END;
CREATE TRIGGER link_no_replace BEFORE INSERT ON link
WHEN EXISTS (SELECT 1 FROM link WHERE id = NEW.id OR seq = NEW.seq
    OR (NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked') AND live = 1 AND (
        (shop = NEW.shop AND (account = NEW.account OR slot = NEW.slot OR (role = 'official' AND NEW.role = 'official')))
        OR (account = NEW.account AND role = 'official' AND NEW.role = 'official')))
    OR (shop = NEW.shop AND unlink_number = NEW.unlink_number))
BEGIN SELECT RAISE(ABORT, 'link: a link is never replaced and its place is taken'); END;
CREATE TRIGGER link_fixed BEFORE UPDATE OF seq, id, shop, seller, region, account, role, origin, requested_at, requested_by ON link
BEGIN SELECT RAISE(ABORT, 'link: who asked for what, where and when never changes'); END;
CREATE TRIGGER link_steps BEFORE UPDATE OF state ON link
WHEN NOT (NEW.state = OLD.state OR (OLD.state || '>' || NEW.state) IN (
    'awaiting_authorization>authorized', 'awaiting_authorization>declined', 'awaiting_authorization>expired',
    'awaiting_authorization>cancelled', 'authorized>in_review', 'authorized>cancelled', 'in_review>linked', 'in_review>rejected',
    'in_review>cancelled', 'linked>unlinked')
    OR (OLD.role = 'marketing' AND OLD.state = 'awaiting_authorization' AND NEW.state = 'linked'))
BEGIN SELECT RAISE(ABORT, 'link.review: this step is not possible from this state'); END;
CREATE TRIGGER link_moments BEFORE UPDATE OF authorize_by, authorized_at, submitted_at, linked_at, unlinked_at, unlink_number, slot ON link
WHEN (OLD.authorize_by IS NOT NEW.authorize_by)
    OR (OLD.slot IS NOT NEW.slot)
    OR (OLD.authorized_at IS NOT NULL AND OLD.authorized_at IS NOT NEW.authorized_at)
    OR (OLD.submitted_at IS NOT NULL AND OLD.submitted_at IS NOT NEW.submitted_at)
    OR (OLD.linked_at IS NOT NULL AND OLD.linked_at IS NOT NEW.linked_at)
    OR (OLD.unlinked_at IS NOT NULL AND OLD.unlinked_at IS NOT NEW.unlinked_at)
    OR (OLD.unlink_number IS NOT NULL AND OLD.unlink_number IS NOT NEW.unlink_number)
BEGIN SELECT RAISE(ABORT, 'link: a moment that has passed never changes'); END;

CREATE TRIGGER link_unlink_wait BEFORE UPDATE OF state ON link
WHEN NEW.state = 'unlinked' AND NEW.unlinked_at < OLD.linked_at + (
    SELECT CASE OLD.role WHEN 'official' THEN official_wait ELSE marketing_wait END FROM market WHERE code = OLD.region)
BEGIN SELECT RAISE(ABORT, 'unlink-wait: it is too early to unlink'); END;
CREATE TRIGGER link_unlink_wait_added BEFORE INSERT ON link
WHEN NEW.state = 'unlinked' AND NEW.unlinked_at < NEW.linked_at + (
    SELECT CASE NEW.role WHEN 'official' THEN official_wait ELSE marketing_wait END FROM market WHERE code = NEW.region)
BEGIN SELECT RAISE(ABORT, 'unlink-wait: it is too early to unlink'); END;
CREATE TRIGGER link_unlink_limit BEFORE UPDATE OF unlink_number ON link
WHEN NEW.unlink_number > (SELECT official_unlinks FROM market WHERE code = OLD.region)
BEGIN SELECT RAISE(ABORT, 'official.unlink-limit: no unlink is left'); END;
CREATE TRIGGER link_limits_added BEFORE INSERT ON link
WHEN NEW.unlink_number > (SELECT official_unlinks FROM market WHERE code = NEW.region)
    OR (NEW.slot > (SELECT marketing_accounts FROM market WHERE code = NEW.region))
BEGIN SELECT RAISE(ABORT, 'limit: no unlink or no marketing place is left'); END;

-- What an account must be to be linked: its region, its standing, and for an organization account its entity and its seller.
CREATE TRIGGER link_account_fits BEFORE INSERT ON link
WHEN NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked') AND EXISTS (
    SELECT 1 FROM account WHERE username = NEW.account AND (
        region <> NEW.region OR identity_verified = 0 OR standing <> 'good' OR holder_is_adult = 0
        OR (kind = 'organization' AND (seller <> NEW.seller OR NOT EXISTS (
            SELECT 1 FROM seller WHERE id = NEW.seller
            AND country = coalesce(account.country, country) AND registration_key = coalesce(account.registration_key, registration_key))))))
BEGIN SELECT RAISE(ABORT, 'region, entity or standing: this account cannot be linked to this shop'); END;
CREATE TRIGGER link_account_still_fits BEFORE UPDATE OF state ON link
WHEN NEW.state = 'linked' AND OLD.state <> 'linked' AND EXISTS (
    SELECT 1 FROM account WHERE username = NEW.account AND (
        region <> NEW.region OR identity_verified = 0 OR standing <> 'good' OR holder_is_adult = 0
        OR (kind = 'organization' AND (seller IS NULL OR seller <> NEW.seller))))
BEGIN SELECT RAISE(ABORT, 'region, entity or standing: this account cannot be linked to this shop'); END;
CREATE TRIGGER account_region_fits BEFORE UPDATE OF region ON account
WHEN EXISTS (SELECT 1 FROM link WHERE account = NEW.username AND live = 1 AND region <> NEW.region)
BEGIN SELECT RAISE(ABORT, 'region-match: a linked account keeps the region of its shop'); END;
CREATE TRIGGER account_owner BEFORE UPDATE OF seller, country, registration_key ON account
WHEN (OLD.seller IS NOT NULL AND (OLD.seller IS NOT NEW.seller OR OLD.country IS NOT NEW.country
    OR OLD.registration_key IS NOT NEW.registration_key))
BEGIN SELECT RAISE(ABORT, 'org.one-seller: an organization account stays its seller''s'); END;
CREATE TRIGGER account_owner_entity BEFORE UPDATE OF seller ON account
WHEN NEW.seller IS NOT NULL AND NOT EXISTS (SELECT 1 FROM seller WHERE id = NEW.seller
    AND country = coalesce(NEW.country, country) AND registration_key = coalesce(NEW.registration_key, registration_key))
BEGIN SELECT RAISE(ABORT, 'org.same-entity: the seller is another legal entity'); END;
CREATE TRIGGER account_owner_entity_added BEFORE INSERT ON account
WHEN NEW.seller IS NOT NULL AND NOT EXISTS (SELECT 1 FROM seller WHERE id = NEW.seller
    AND country = coalesce(NEW.country, country) AND registration_key = coalesce(NEW.registration_key, registration_key))
BEGIN SELECT RAISE(ABORT, 'org.same-entity: the seller is another legal entity'); END;
CREATE TRIGGER account_kind BEFORE UPDATE OF kind ON account
WHEN (OLD.kind IN ('personal', 'business') AND NEW.kind = 'organization')
    OR (OLD.kind IS NOT NEW.kind AND (OLD.kind = 'organization' OR NEW.kind = 'organization')
        AND (OLD.seller IS NOT NULL OR EXISTS (SELECT 1 FROM link WHERE account = OLD.username AND live = 1)))
BEGIN SELECT RAISE(ABORT, 'org.no-conversion: an existing account cannot become an organization account'); END;
CREATE TRIGGER account_username BEFORE UPDATE OF username ON account
BEGIN SELECT RAISE(ABORT, 'account: a username in the record never changes'); END;
CREATE TRIGGER account_no_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'account: is never deleted'); END;
CREATE TRIGGER account_no_replace BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account WHERE username = NEW.username OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'account.username-format: the username is taken'); END;
CREATE TRIGGER account_username_length BEFORE INSERT ON account
WHEN length(NEW.username) < (SELECT min(username_min_length) FROM market)
    OR length(NEW.username) > (SELECT max(username_max_length) FROM market)
BEGIN SELECT RAISE(ABORT, 'account.username-format: the username is too short or too long'); END;

-- The official account bears the shop's name from the moment of linking, and a rename takes it along.
CREATE TRIGGER official_name_on_link AFTER UPDATE OF state ON link WHEN NEW.state = 'linked' AND NEW.role = 'official' AND OLD.state <> 'linked'
BEGIN UPDATE account SET nickname = (SELECT name FROM shop WHERE id = NEW.shop) WHERE username = NEW.account; END;
CREATE TRIGGER official_name_on_create AFTER INSERT ON link WHEN NEW.state = 'linked' AND NEW.role = 'official'
BEGIN UPDATE account SET nickname = (SELECT name FROM shop WHERE id = NEW.shop) WHERE username = NEW.account; END;
CREATE TRIGGER official_name_on_rename AFTER UPDATE OF name ON shop WHEN NEW.name IS NOT OLD.name
BEGIN
    UPDATE account SET nickname = NEW.name
    WHERE username = (SELECT account FROM link WHERE shop = NEW.id AND role = 'official' AND state = 'linked');
END;
CREATE TRIGGER official_name_kept BEFORE UPDATE OF nickname ON account
WHEN EXISTS (SELECT 1 FROM link JOIN shop ON shop.id = link.shop
    WHERE link.account = NEW.username AND link.role = 'official' AND link.state = 'linked' AND shop.name IS NOT NEW.nickname)
BEGIN SELECT RAISE(ABORT, 'official.name-match: the official account bears the shop''s name'); END;
CREATE TRIGGER official_name_length BEFORE UPDATE OF nickname ON account
WHEN EXISTS (SELECT 1 FROM link JOIN market ON market.code = link.region
    WHERE link.account = NEW.username AND link.role = 'official' AND link.state = 'linked'
    AND length(NEW.nickname) > market.nickname_max_length)
BEGIN SELECT RAISE(ABORT, 'official.name-length: the shop''s name is too long for an official account'); END;

CREATE TRIGGER shop_fixed BEFORE UPDATE OF seq, id, region, seller ON shop
BEGIN SELECT RAISE(ABORT, 'shop: its region and its seller never change'); END;
CREATE TRIGGER shop_no_delete BEFORE DELETE ON shop BEGIN SELECT RAISE(ABORT, 'shop: is never deleted'); END;
CREATE TRIGGER shop_no_replace BEFORE INSERT ON shop
WHEN EXISTS (SELECT 1 FROM shop WHERE id = NEW.id OR code = NEW.code OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'shop: is never replaced'); END;
CREATE TRIGGER seller_fixed BEFORE UPDATE ON seller BEGIN SELECT RAISE(ABORT, 'seller: never changes'); END;
CREATE TRIGGER seller_no_delete BEFORE DELETE ON seller BEGIN SELECT RAISE(ABORT, 'seller: is never deleted'); END;
CREATE TRIGGER seller_no_replace BEFORE INSERT ON seller WHEN EXISTS (SELECT 1 FROM seller WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'seller: is never replaced'); END;
CREATE TRIGGER entity_fixed BEFORE UPDATE OF country, registration_key ON entity
BEGIN SELECT RAISE(ABORT, 'entity: its country and number never change'); END;

CREATE TRIGGER marketing_probation BEFORE UPDATE OF state ON link
WHEN NEW.state = 'linked' AND NEW.role = 'marketing' AND NEW.linked_at < (SELECT probation_until FROM shop WHERE id = NEW.shop)
    AND OLD.state <> 'linked'
BEGIN SELECT RAISE(ABORT, 'marketing.no-probation: the shop is in its probation period'); END;
CREATE TRIGGER marketing_frequency BEFORE UPDATE OF state ON link
WHEN NEW.state = 'linked' AND NEW.role = 'marketing' AND OLD.state <> 'linked' AND (
    SELECT count(*) FROM link AS past, market WHERE market.code = NEW.region AND past.account = NEW.account
    AND past.role = 'marketing' AND past.linked_at > NEW.linked_at - market.frequency_window
) >= (SELECT frequency_links FROM market WHERE code = NEW.region)
BEGIN SELECT RAISE(ABORT, 'marketing.link-frequency: linked too often'); END;

CREATE TRIGGER member_last_admin BEFORE UPDATE OF role, state ON member
WHEN OLD.state = 'active' AND OLD.role = 'admin' AND NOT (NEW.state = 'active' AND NEW.role = 'admin')
    AND NOT EXISTS (SELECT 1 FROM member WHERE account = OLD.account AND state = 'active' AND role = 'admin' AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'org.members: there is always at least one admin'); END;
CREATE TRIGGER member_fixed BEFORE UPDATE OF seq, id, account, contact, invited_at ON member
BEGIN SELECT RAISE(ABORT, 'member: who was invited where and when never changes'); END;
CREATE TRIGGER member_steps BEFORE UPDATE OF state ON member
WHEN NOT (NEW.state = OLD.state OR (OLD.state || '>' || NEW.state) IN
    ('invited>active', 'invited>expired', 'invited>removed', 'active>removed'))
BEGIN SELECT RAISE(ABORT, 'org.members: this step is not possible from this state'); END;
CREATE TRIGGER member_no_delete BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'member: is never deleted'); END;
CREATE TRIGGER member_no_replace BEFORE INSERT ON member
WHEN EXISTS (SELECT 1 FROM member WHERE id = NEW.id OR seq = NEW.seq
    OR (account = NEW.account AND contact = NEW.contact AND state IN ('invited', 'active') AND NEW.state IN ('invited', 'active')))
BEGIN SELECT RAISE(ABORT, 'member: is never replaced'); END;
CREATE TRIGGER product_no_delete BEFORE DELETE ON product BEGIN SELECT RAISE(ABORT, 'product: is never deleted, only marked so'); END;
CREATE TRIGGER product_no_replace BEFORE INSERT ON product WHEN EXISTS (SELECT 1 FROM product WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'product: is never replaced'); END;
