-- The schema of a workspace file, table by table: columns and checks, indexes, then triggers. Those that keep every row are at
-- the end.
--
-- In a practice workspace, triggers WHEN EXISTS (SELECT * FROM practice) enforce the rules. A record workspace accepts whatever
-- happened at TikTok: it refuses only contradictions.
--
-- Moments are whole milliseconds since 1970-01-01 UTC; datetime() is NULL after the year 9999, which limits every moment. Lists
-- and details are JSON. Triggers use UPDATE, never UPDATE OF a column: seq has other names (rowid) that would bypass it.

CREATE TABLE workspace (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    kind TEXT NOT NULL CHECK (kind IN ('practice', 'record')),
    scenario TEXT,                          -- practice only: an id, or a file's path
    seed TEXT NOT NULL,                     -- ids are derived from it
    created_at INTEGER NOT NULL,
    shifted_by INTEGER NOT NULL DEFAULT 0,  -- milliseconds by which the practice clock is ahead
    newest_at INTEGER NOT NULL DEFAULT 0,   -- the newest change: a clock behind it was set back
    CHECK ((kind = 'practice') = (scenario IS NOT NULL)),
    CHECK (shifted_by = 0 OR (kind = 'practice' AND shifted_by BETWEEN 0 AND 94672800000000)),  -- 3,000 years
    CHECK (min(created_at, newest_at) >= 0 AND datetime(max(created_at, newest_at) / 1000, 'unixepoch') IS NOT NULL)
) STRICT;
CREATE VIEW practice AS SELECT 1 FROM workspace WHERE kind = 'practice';
CREATE TRIGGER workspace_fixed BEFORE UPDATE ON workspace
WHEN (OLD.id, OLD.kind, OLD.scenario, OLD.seed, OLD.created_at) IS NOT (NEW.id, NEW.kind, NEW.scenario, NEW.seed, NEW.created_at)
    OR (NEW.shifted_by >= OLD.shifted_by AND NEW.newest_at >= OLD.newest_at) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'workspace: its id and kind never change, and its clock never goes back'); END;

-- The policy's limits for each market. The program updates them before a change.
CREATE TABLE market (
    code TEXT PRIMARY KEY,
    official_unlinks INTEGER NOT NULL, official_wait INTEGER NOT NULL,     -- milliseconds, like all spans here
    marketing_accounts INTEGER NOT NULL, marketing_wait INTEGER NOT NULL,
    frequency_links INTEGER NOT NULL, frequency_window INTEGER NOT NULL,
    marketing_region INTEGER NOT NULL CHECK (marketing_region IN (0, 1)),  -- whether a marketing account needs the shop's region
    identity_needed INTEGER NOT NULL CHECK (identity_needed IN (0, 1)),    -- whether an account must be verified
    trial INTEGER NOT NULL                                                 -- after an update to an organization account
) STRICT, WITHOUT ROWID;

-- A legal entity, identified by its country and its registration number in capitals without spaces and dashes.
CREATE TABLE entity (
    country TEXT NOT NULL CHECK (country GLOB '[A-Z][A-Z]'),
    registration_key TEXT NOT NULL CHECK (registration_key <> ''),
    registration_number TEXT NOT NULL,          -- as entered
    kind TEXT CHECK (kind IN ('company', 'individual')),
    legal_name TEXT,
    entry TEXT NOT NULL,                        -- the history entry that last wrote the row
    PRIMARY KEY (country, registration_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_name ON entity (country, legal_name COLLATE NOCASE);
CREATE TRIGGER entity_fixed BEFORE UPDATE ON entity
WHEN (OLD.country, OLD.registration_key) IS NOT (NEW.country, NEW.registration_key)
BEGIN SELECT RAISE(ABORT, 'entity: its country and number never change'); END;

CREATE TABLE seller (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    country TEXT NOT NULL,
    registration_key TEXT NOT NULL,
    FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)
) STRICT;
CREATE INDEX seller_entity ON seller (country, registration_key);
CREATE TRIGGER seller_fixed BEFORE UPDATE ON seller BEGIN SELECT RAISE(ABORT, 'seller: never changes'); END;

-- From here on, `undone_by` is the entry that undid or removed the row, which is kept but ignored.
CREATE TABLE shop (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL COLLATE NOCASE,
    code_is_made_up INTEGER NOT NULL DEFAULT 0 CHECK (code_is_made_up IN (0, 1)),
    name TEXT NOT NULL CHECK (trim(name) <> '' AND instr(CAST(name AS BLOB), x'00') = 0),
    region TEXT NOT NULL REFERENCES market (code),
    seller TEXT NOT NULL REFERENCES seller (id),
    probation TEXT CHECK (probation IN ('active', 'over')),                      -- NULL: unknown
    probation_until INTEGER CHECK (probation_until IS NULL OR probation IS 'active'),
    unlinks_before INTEGER CHECK (unlinks_before BETWEEN 0 AND 1000),            -- not entered as links; NULL: unknown
    entry TEXT NOT NULL,
    undone_by TEXT,
    CHECK (probation_until >= 0 AND datetime(coalesce(probation_until, 0) / 1000, 'unixepoch') IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX shop_code ON shop (code) WHERE undone_by IS NULL;
CREATE INDEX shop_name ON shop (name COLLATE NOCASE, seq, id) WHERE undone_by IS NULL;
CREATE INDEX shop_region ON shop (region, name COLLATE NOCASE, seq) WHERE undone_by IS NULL;
CREATE INDEX shop_seller ON shop (seller);
CREATE INDEX shop_probation ON shop (probation_until, name COLLATE NOCASE, seq) WHERE probation_until IS NOT NULL;
CREATE TRIGGER shop_fixed BEFORE UPDATE ON shop
WHEN (OLD.seq, OLD.id) IS NOT (NEW.seq, NEW.id)
    OR (NEW.undone_by IS NULL
        AND EXISTS (SELECT 1 FROM shop WHERE code = NEW.code AND undone_by IS NULL AND id <> OLD.id))
BEGIN SELECT RAISE(ABORT, 'shop: its id never changes, and no other shop has its code'); END;
CREATE TRIGGER shop_linked BEFORE UPDATE ON shop
WHEN (OLD.region, OLD.seller, OLD.undone_by) IS NOT (NEW.region, NEW.seller, NEW.undone_by)
    AND EXISTS (SELECT * FROM practice) AND EXISTS (SELECT 1 FROM link WHERE shop = OLD.id)
BEGIN SELECT RAISE(ABORT, 'shop: its links depend on its region and its seller'); END;
-- A rename writes the account before the shop, so no trigger can catch an account renamed alone; doctor does.
CREATE TRIGGER shop_name_match BEFORE UPDATE ON shop
WHEN OLD.name IS NOT NEW.name AND EXISTS (SELECT * FROM practice) AND EXISTS (
    SELECT 1 FROM link JOIN account ON account.id = link.account
    WHERE link.shop = OLD.id AND link.role = 'official' AND link.state = 'linked' AND account.nickname IS NOT NEW.name)
BEGIN SELECT RAISE(ABORT, 'official.name-match: the official account has the shop''s name'); END;

CREATE TABLE account (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    username TEXT NOT NULL CHECK (username = lower(username) AND username <> '' AND username NOT GLOB '*[^a-z0-9_.]*'
        AND username NOT LIKE '%.' AND instr(CAST(username AS BLOB), x'00') = 0),
    nickname TEXT,
    kind TEXT CHECK (kind IN ('personal', 'business', 'organization')),
    region TEXT CHECK (region GLOB '[A-Z][A-Z]'),
    phone TEXT,
    email TEXT,
    identity_verified INTEGER CHECK (identity_verified IN (0, 1)),
    standing TEXT CHECK (standing IN ('good', 'suspended', 'banned')),
    holder_is_adult INTEGER CHECK (holder_is_adult IN (0, 1)),
    country TEXT,
    registration_key TEXT,
    converted_at INTEGER CHECK (converted_at >= 0 AND datetime(coalesce(converted_at, 0) / 1000, 'unixepoch') IS NOT NULL),
    entry TEXT NOT NULL,
    undone_by TEXT,
    FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key),
    CHECK ((country IS NULL) = (registration_key IS NULL)),
    CHECK (converted_at IS NULL OR kind IS 'organization')
) STRICT;
CREATE UNIQUE INDEX account_username ON account (username) WHERE undone_by IS NULL;
CREATE INDEX account_converted ON account (converted_at) WHERE converted_at IS NOT NULL;
CREATE TRIGGER account_fixed BEFORE UPDATE ON account
WHEN (OLD.seq, OLD.id) IS NOT (NEW.seq, NEW.id)
    OR (NEW.undone_by IS NULL
        AND EXISTS (SELECT 1 FROM account WHERE username = NEW.username AND undone_by IS NULL AND id <> OLD.id))
BEGIN SELECT RAISE(ABORT, 'account: its id never changes, and no other account has its username'); END;
CREATE TRIGGER account_kind BEFORE UPDATE ON account
WHEN OLD.kind IS NOT NEW.kind AND EXISTS (SELECT * FROM practice) AND (
    (OLD.kind IN ('personal', 'business') AND NEW.kind = 'organization')
    OR ('organization' IN (OLD.kind, NEW.kind) AND (
        EXISTS (SELECT 1 FROM link WHERE account = OLD.id AND (live OR linked_at IS NOT NULL))
        OR EXISTS (SELECT 1 FROM member WHERE account = OLD.id))))
BEGIN SELECT RAISE(ABORT, 'org.no-conversion: an existing account can''t become an organization account at this stage'); END;
CREATE TRIGGER account_fits AFTER UPDATE ON account
WHEN (OLD.kind, OLD.region, OLD.country, OLD.registration_key)
        IS NOT (NEW.kind, NEW.region, NEW.country, NEW.registration_key)
    AND EXISTS (SELECT * FROM practice) AND EXISTS (SELECT 1 FROM link_misfit WHERE account = NEW.id)
BEGIN SELECT RAISE(ABORT, 'region-match, org: the account''s links depend on its region and its entity'); END;

CREATE TABLE link (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL REFERENCES shop (id),
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('official', 'marketing')),
    origin TEXT NOT NULL CHECK (origin IN ('existing', 'created')),
    state TEXT NOT NULL CHECK (state IN (
        'awaiting_authorization', 'authorized', 'in_review', 'linked', 'unlinked', 'declined', 'expired', 'cancelled', 'rejected'
    )),
    live INTEGER NOT NULL GENERATED ALWAYS AS (
        undone_by IS NULL AND state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked')) STORED,
    -- No moment is before that of an earlier step, where that is known.
    requested_at INTEGER CHECK (requested_at >= 0),  -- NULL, like requested_by, if the link was recorded as one fact
    requested_by TEXT,
    authorize_by INTEGER CHECK (authorize_by >= coalesce(requested_at, 0)),
    authorized_at INTEGER CHECK (authorized_at >= coalesce(requested_at, 0)),
    submitted_at INTEGER CHECK (submitted_at >= coalesce(authorized_at, requested_at, 0)),
    decided_at INTEGER CHECK (decided_at >= coalesce(submitted_at, authorized_at, requested_at, 0)),
    linked_at INTEGER CHECK (linked_at >= coalesce(decided_at, submitted_at, authorized_at, requested_at, 0)),
    linked_by TEXT,
    unlinked_at INTEGER CHECK (unlinked_at >= linked_at),
    ended_by TEXT CHECK (ended_by IS NULL OR (ended_by IN ('seller', 'tiktok') AND state IN ('unlinked', 'cancelled'))),
    reason TEXT CHECK (state <> 'rejected' OR trim(coalesce(reason, '')) <> ''),
    confirmed TEXT NOT NULL DEFAULT '[]' CHECK (confirmed GLOB '[[]*]'),  -- rules whose unknown facts a person confirmed
    against TEXT NOT NULL DEFAULT '[]' CHECK (against GLOB '[[]*]'),      -- rules that the recorded facts break
    entry TEXT NOT NULL,
    undone_by TEXT,
    CHECK (role = 'official' OR (origin = 'existing' AND state NOT IN ('authorized', 'in_review', 'rejected'))),
    CHECK ((linked_at IS NOT NULL) = (state IN ('linked', 'unlinked'))),
    CHECK ((unlinked_at IS NOT NULL) = (state = 'unlinked')),
    CHECK (state <> 'awaiting_authorization'
        OR (requested_at IS NOT NULL AND authorize_by IS NOT NULL AND authorized_at IS NULL)),
    CHECK (state <> 'authorized' OR authorized_at IS NOT NULL),
    CHECK (state <> 'in_review' OR submitted_at IS NOT NULL),
    CHECK (state NOT IN ('declined', 'expired', 'cancelled', 'rejected') OR decided_at IS NOT NULL),
    CHECK (datetime(coalesce(authorize_by, 0) / 1000, 'unixepoch') IS NOT NULL)
) STRICT;
CREATE INDEX link_shop ON link (shop, seq);
CREATE INDEX link_begun ON link (shop, coalesce(requested_at, linked_at), seq) WHERE role = 'official' AND undone_by IS NULL;
CREATE INDEX link_account ON link (account, seq);
CREATE INDEX link_state ON link (state, seq);
CREATE INDEX link_official ON link (shop, state) WHERE role = 'official' AND live = 1;
-- Deadlines, in the order of time.
CREATE INDEX link_overdue ON link (authorize_by) WHERE state = 'awaiting_authorization' AND undone_by IS NULL;
CREATE INDEX link_authorized ON link (authorized_at) WHERE state = 'authorized' AND undone_by IS NULL;
CREATE INDEX link_in_review ON link (submitted_at) WHERE state = 'in_review' AND undone_by IS NULL;
CREATE INDEX link_standing ON link (role, linked_at) WHERE state = 'linked' AND undone_by IS NULL;
CREATE INDEX link_rejected ON link (decided_at) WHERE state = 'rejected' AND undone_by IS NULL;
CREATE TRIGGER link_fixed BEFORE UPDATE ON link
WHEN (OLD.seq, OLD.id, OLD.shop, OLD.account, OLD.role, OLD.origin)
    IS NOT (NEW.seq, NEW.id, NEW.shop, NEW.account, NEW.role, NEW.origin)
BEGIN SELECT RAISE(ABORT, 'link: its shop, its account and its role never change'); END;

-- Contradictions: a shop with two official accounts at once, an account official at two shops, an account twice at one shop
-- (a link lasts from linked_at until just before unlinked_at), or a step in the future.
CREATE VIEW link_untellable AS
SELECT link.id AS link, link.shop, link.account FROM link JOIN link AS other ON other.id <> link.id
    AND other.linked_at < coalesce(link.unlinked_at, 9223372036854775807)
    AND link.linked_at < coalesce(other.unlinked_at, 9223372036854775807)
    AND ((other.shop = link.shop AND (other.account = link.account OR (other.role = 'official' AND link.role = 'official')))
        OR (other.account = link.account AND other.role = 'official' AND link.role = 'official'))
WHERE link.undone_by IS NULL AND other.undone_by IS NULL
UNION ALL SELECT link.id, link.shop, link.account FROM link, workspace
WHERE max(coalesce(requested_at, 0), coalesce(authorized_at, 0), coalesce(submitted_at, 0), coalesce(decided_at, 0),
    coalesce(linked_at, 0), coalesce(unlinked_at, 0)) > newest_at;
CREATE TRIGGER link_tellable_added AFTER INSERT ON link WHEN EXISTS (SELECT 1 FROM link_untellable WHERE link = NEW.id)
BEGIN SELECT RAISE(ABORT, 'link: it overlaps another link, or is in the future'); END;
CREATE TRIGGER link_tellable AFTER UPDATE ON link WHEN EXISTS (SELECT 1 FROM link_untellable WHERE link = NEW.id)
BEGIN SELECT RAISE(ABORT, 'link: it overlaps another link, or is in the future'); END;

-- Practice: a link moves step by step; each step sets its own moment, and past moments never change.
CREATE TRIGGER link_steps BEFORE UPDATE ON link
WHEN EXISTS (SELECT * FROM practice) AND (OLD.state || '>' || NEW.state) NOT IN (
    'awaiting_authorization>authorized', 'awaiting_authorization>declined', 'awaiting_authorization>expired',
    'awaiting_authorization>cancelled', 'authorized>in_review', 'authorized>cancelled', 'in_review>linked', 'in_review>rejected',
    'in_review>cancelled', 'linked>unlinked', iif(NEW.role = 'marketing', 'awaiting_authorization>linked', ''))
BEGIN SELECT RAISE(ABORT, 'link.review: this step is not possible from this state'); END;
CREATE TRIGGER link_moments BEFORE UPDATE ON link
WHEN EXISTS (SELECT * FROM practice) AND (
    (OLD.requested_at, OLD.requested_by, OLD.authorize_by, OLD.confirmed, OLD.against, OLD.undone_by)
        IS NOT (NEW.requested_at, NEW.requested_by, NEW.authorize_by, NEW.confirmed, NEW.against, NEW.undone_by)
    OR (OLD.authorized_at IS NOT NEW.authorized_at AND NEW.state NOT IN ('authorized', 'linked'))
    OR (OLD.submitted_at IS NOT NEW.submitted_at AND NEW.state <> 'in_review')
    OR (OLD.decided_at IS NOT NEW.decided_at AND NEW.state NOT IN ('linked', 'declined', 'expired', 'cancelled', 'rejected'))
    OR ((OLD.linked_at, OLD.linked_by) IS NOT (NEW.linked_at, NEW.linked_by) AND NEW.state <> 'linked')
    OR (OLD.reason IS NOT NEW.reason AND NEW.state <> 'rejected'))
BEGIN SELECT RAISE(ABORT, 'link: a step sets only its own moment, and past moments never change'); END;

-- Official unlinks that count toward the shop's limit: those by TikTok do not. (The + makes SQLite use the index by shop.)
CREATE VIEW official_unlink AS SELECT shop, account, unlinked_at FROM link
WHERE role = 'official' AND +state = 'unlinked' AND ended_by IS NOT 'tiktok' AND undone_by IS NULL;

-- Practice: links that exceed the slots (taken from the request on), the time to authorize, the waits before an unlink, the
-- shop's unlinks, or the frequency of marketing links.
CREATE VIEW link_over_limit AS
SELECT link.id AS link, 'official.one-per-shop, official.one-shop, link.one-role-per-shop' AS rule
FROM link JOIN link AS other ON other.live AND other.id <> link.id
    AND ((other.shop = link.shop AND (other.account = link.account OR (other.role = 'official' AND link.role = 'official')))
        OR (other.account = link.account AND other.role = 'official' AND link.role = 'official'))
WHERE link.live
UNION ALL SELECT link.id, 'marketing.limit' FROM link JOIN shop ON shop.id = link.shop JOIN market ON market.code = shop.region
WHERE link.live AND link.role = 'marketing' AND marketing_accounts <
    (SELECT count(*) FROM link AS other WHERE other.shop = link.shop AND other.live AND other.role = 'marketing')
UNION ALL SELECT link.id, 'link.authorization'
FROM link JOIN shop ON shop.id = link.shop JOIN account ON account.id = link.account
WHERE link.authorized_at >= link.authorize_by
    OR (link.authorized_at IS NULL AND (link.state = 'in_review'
        -- An organization account is linked at once as it is created, and again at a shop of its seller.
        OR (link.linked_at IS NOT NULL AND (link.role = 'marketing' OR account.kind IS NOT 'organization'
            OR (link.origin = 'created') = EXISTS (SELECT 1 FROM link AS earlier JOIN shop AS there ON there.id = earlier.shop
                WHERE earlier.account = link.account AND earlier.seq < link.seq AND earlier.linked_at <= link.linked_at
                    AND earlier.undone_by IS NULL AND there.seller = shop.seller)))))
UNION ALL SELECT link.id, link.role || '.unlink-wait'
FROM link JOIN shop ON shop.id = link.shop JOIN market ON market.code = shop.region
WHERE link.ended_by IS NOT 'tiktok'
    AND link.unlinked_at < link.linked_at + iif(link.role = 'official', official_wait, marketing_wait)
UNION ALL SELECT link.id, 'official.unlink-limit'
FROM link JOIN shop ON shop.id = link.shop JOIN market ON market.code = shop.region
WHERE link.role = 'official' AND link.state = 'unlinked' AND link.ended_by IS NOT 'tiktok' AND official_unlinks <
    coalesce(shop.unlinks_before, 0) + (SELECT count(*) FROM official_unlink WHERE official_unlink.shop = link.shop)
UNION ALL SELECT link.id, 'marketing.link-frequency'
FROM link JOIN shop ON shop.id = link.shop JOIN market ON market.code = shop.region
    JOIN link AS last ON last.account = link.account AND last.role = 'marketing' AND last.undone_by IS NULL
        AND last.linked_at >= link.linked_at AND last.linked_at < link.linked_at + frequency_window
WHERE link.role = 'marketing' AND frequency_links < (SELECT count(*) FROM link AS past WHERE past.account = link.account
    AND past.role = 'marketing' AND past.undone_by IS NULL
    AND past.linked_at <= last.linked_at AND past.linked_at > last.linked_at - frequency_window);

-- Practice: links whose account does not fit the shop. Standing is checked on linking only: it may be suspended afterward.
-- An organization account stays with the seller that linked it, even after an unlink.
CREATE VIEW link_misfit AS SELECT * FROM (
    SELECT link.id AS link, link.account, CASE
        WHEN link.live AND account.region <> shop.region AND (link.role = 'official' OR marketing_region) THEN link.role || '.region-match'
        WHEN account.kind = 'organization'
            AND (account.country <> seller.country OR account.registration_key <> seller.registration_key) THEN 'org.same-entity'
        WHEN account.kind = 'organization' AND EXISTS (
            SELECT 1 FROM link AS other JOIN shop AS elsewhere ON elsewhere.id = other.shop
            WHERE other.account = link.account AND other.linked_at IS NOT NULL AND other.undone_by IS NULL
                AND elsewhere.seller <> seller.id) THEN 'org.one-seller'
        WHEN link.role = 'official' AND link.state = 'linked' AND account.nickname IS NOT shop.name THEN 'official.name-match'
        WHEN link.live AND link.origin = 'created' AND (account.kind IS NOT 'organization' OR link.state <> 'linked' OR NOT EXISTS (
            SELECT 1 FROM member WHERE member.account = account.id AND member.undone_by IS NULL
                AND member.role = 'admin' AND member.state = 'active')) THEN 'org.members'
    END AS rule
    FROM link JOIN shop ON shop.id = link.shop JOIN market ON market.code = shop.region
        JOIN seller ON seller.id = shop.seller JOIN account ON account.id = link.account
    WHERE link.live OR (link.linked_at IS NOT NULL AND link.undone_by IS NULL)
) WHERE rule IS NOT NULL;
CREATE TRIGGER link_allowed_added AFTER INSERT ON link
WHEN EXISTS (SELECT * FROM practice)
    AND (EXISTS (SELECT 1 FROM link_over_limit WHERE link = NEW.id) OR EXISTS (SELECT 1 FROM link_misfit WHERE link = NEW.id))
BEGIN SELECT RAISE(ABORT, 'link: its slot or its moment breaks a rule, or the account can''t be linked to this shop'); END;
CREATE TRIGGER link_allowed AFTER UPDATE ON link
WHEN EXISTS (SELECT * FROM practice) AND (
    EXISTS (SELECT 1 FROM link_over_limit WHERE link = NEW.id) OR EXISTS (SELECT 1 FROM link_misfit WHERE link = NEW.id)
    OR EXISTS (SELECT 1 FROM account JOIN shop ON shop.id = NEW.shop JOIN market ON market.code = shop.region
        WHERE NEW.state = 'linked' AND account.id = NEW.account
        AND ((identity_verified = 0 AND identity_needed) OR standing <> 'good' OR holder_is_adult = 0)))
BEGIN SELECT RAISE(ABORT, 'link: its slot or its moment breaks a rule, or the account can''t be linked to this shop'); END;

CREATE TABLE member (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    contact TEXT NOT NULL COLLATE NOCASE CHECK (trim(contact) <> ''),
    role TEXT NOT NULL CHECK (role IN ('admin', 'operator')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'expired', 'removed')),
    invited_at INTEGER NOT NULL CHECK (invited_at >= 0),
    accept_by INTEGER CHECK (accept_by >= invited_at AND datetime(coalesce(accept_by, 0) / 1000, 'unixepoch') IS NOT NULL),
    accepted_at INTEGER CHECK (accepted_at >= invited_at),
    removed_at INTEGER CHECK (removed_at >= coalesce(accepted_at, invited_at)),
    seller_center_removed_at INTEGER CHECK (seller_center_removed_at >= removed_at),
    entry TEXT NOT NULL,
    undone_by TEXT,
    CHECK (state <> 'invited' OR accept_by IS NOT NULL),
    CHECK (state <> 'active' OR accepted_at IS NOT NULL),
    CHECK ((state = 'removed') = (removed_at IS NOT NULL)),
    CHECK (state = 'removed' OR seller_center_removed_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX member_once ON member (account, contact) WHERE state IN ('invited', 'active') AND undone_by IS NULL;
CREATE INDEX member_account ON member (account, seq);
CREATE INDEX member_overdue ON member (accept_by) WHERE state = 'invited' AND undone_by IS NULL;
CREATE TRIGGER member_fixed BEFORE UPDATE ON member
WHEN (OLD.seq, OLD.id, OLD.account, OLD.contact COLLATE BINARY, OLD.invited_at, OLD.accept_by)
    IS NOT (NEW.seq, NEW.id, NEW.account, NEW.contact, NEW.invited_at, NEW.accept_by)
    OR (NEW.state IN ('invited', 'active') AND NEW.undone_by IS NULL AND EXISTS (SELECT 1 FROM member WHERE account = OLD.account
        AND contact = OLD.contact AND state IN ('invited', 'active') AND undone_by IS NULL AND id <> OLD.id))
    OR max(coalesce(NEW.accepted_at, 0), coalesce(NEW.removed_at, 0), coalesce(NEW.seller_center_removed_at, 0))
        > (SELECT newest_at FROM workspace)
BEGIN SELECT RAISE(ABORT, 'member: its id, account and contact never change, nobody is a member twice, and nothing is in the future'); END;
CREATE TRIGGER member_of_organization BEFORE INSERT ON member
WHEN EXISTS (SELECT * FROM practice)
    AND (NEW.accepted_at >= NEW.accept_by OR EXISTS (SELECT 1 FROM account WHERE id = NEW.account AND kind IS NOT 'organization'))
BEGIN SELECT RAISE(ABORT, 'org.members: only an organization account has members, who accept in time'); END;
CREATE TRIGGER member_steps BEFORE UPDATE ON member
WHEN EXISTS (SELECT * FROM practice) AND (
    (OLD.state || '>' || NEW.state) NOT IN
        ('invited>invited', 'active>active', 'invited>active', 'invited>expired', 'invited>removed', 'active>removed',
            'removed>removed')
    OR (OLD.state = 'removed' AND (OLD.role, OLD.removed_at, coalesce(OLD.seller_center_removed_at, NEW.seller_center_removed_at))
        IS NOT (NEW.role, NEW.removed_at, NEW.seller_center_removed_at))
    OR (OLD.accepted_at IS NOT NEW.accepted_at
        AND (OLD.state || '>' || NEW.state <> 'invited>active' OR NEW.accepted_at >= NEW.accept_by))
    OR OLD.undone_by IS NOT NEW.undone_by)
BEGIN SELECT RAISE(ABORT, 'org.members: this step is not possible from this state'); END;
CREATE TRIGGER member_last_admin BEFORE UPDATE ON member
WHEN EXISTS (SELECT * FROM practice)
    AND OLD.state = 'active' AND OLD.role = 'admin' AND NOT (NEW.state = 'active' AND NEW.role = 'admin')
    AND NOT EXISTS (SELECT 1 FROM member WHERE account = OLD.account AND state = 'active' AND role = 'admin' AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'org.members: there is always at least one admin'); END;

CREATE TABLE product (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL REFERENCES shop (id),
    title TEXT NOT NULL CHECK (trim(title) <> ''),
    price TEXT NOT NULL CHECK (price GLOB '[0-9]*' AND price NOT GLOB '*[^0-9.]*' AND price NOT LIKE '%.%.%'),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'deleted')),
    changed_at INTEGER CHECK (changed_at >= 0 AND datetime(coalesce(changed_at, 0) / 1000, 'unixepoch') IS NOT NULL),
    entry TEXT NOT NULL,
    undone_by TEXT
) STRICT;
CREATE INDEX product_shop ON product (shop, seq);
CREATE TRIGGER product_fixed BEFORE UPDATE ON product
WHEN (OLD.seq, OLD.id, OLD.shop) IS NOT (NEW.seq, NEW.id, NEW.shop)
    OR (OLD.status = 'deleted' AND EXISTS (SELECT * FROM practice))
BEGIN SELECT RAISE(ABORT, 'product: its shop never changes, and in practice a deleted one can''t come back'); END;

-- The history. An entry is all the events that one action wrote, which are undone together. Its id is that of its first event,
-- which stores the rows as they were before.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    entry TEXT NOT NULL,
    at INTEGER NOT NULL CHECK (at >= 0),                  -- when it happened
    recorded_at INTEGER NOT NULL CHECK (at <= recorded_at),
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,                                  -- who did it
    entered_by TEXT NOT NULL,                             -- who recorded it
    summary TEXT NOT NULL,
    shop TEXT REFERENCES shop (id),
    link TEXT REFERENCES link (id),
    account TEXT REFERENCES account (id),
    member TEXT REFERENCES member (id),
    note TEXT,
    against TEXT NOT NULL DEFAULT '[]' CHECK (against GLOB '[[]*]'),
    policy TEXT,                                          -- the day of the newest policy version that was used
    former TEXT,                                          -- the username that the account had before
    undoes TEXT,                                          -- the entry that this one undoes
    before TEXT CHECK (before GLOB '[[]*]'),
    details TEXT NOT NULL DEFAULT '{}' CHECK (details GLOB '{*}')
) STRICT;
CREATE INDEX event_entry ON event (entry, seq);
CREATE INDEX event_at ON event (at, seq);
CREATE INDEX event_shop ON event (shop, at, seq);
CREATE INDEX event_account ON event (account, at, seq) WHERE account IS NOT NULL;
CREATE INDEX event_family ON event (substr(kind, 1, instr(kind, '.')), at, seq);
CREATE INDEX event_undoes ON event (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX event_link ON event (link, seq) WHERE link IS NOT NULL;
-- Former usernames, by which an account can still be found. Undoing the change forgets them.
CREATE VIEW former_username AS SELECT seq, account, former AS username FROM event
WHERE former IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry);
CREATE INDEX event_former ON event (former) WHERE former IS NOT NULL;
CREATE INDEX event_renamed ON event (account, seq) WHERE former IS NOT NULL;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history: an event is never changed'); END;
CREATE TRIGGER event_now BEFORE INSERT ON event WHEN NEW.recorded_at > (SELECT newest_at FROM workspace)
BEGIN SELECT RAISE(ABORT, 'history: nothing is written in the future'); END;

-- No row is ever deleted or replaced, except in market: rows are added at the end, each once. The checks for existing keys stop
-- INSERT OR REPLACE, which deletes without firing a trigger. NEW.seq is -1 where SQLite assigns it.
CREATE TRIGGER workspace_added BEFORE INSERT ON workspace WHEN EXISTS (SELECT 1 FROM workspace)
BEGIN SELECT RAISE(ABORT, 'workspace: is never replaced'); END;
CREATE TRIGGER workspace_kept BEFORE DELETE ON workspace BEGIN SELECT RAISE(ABORT, 'workspace: is never deleted'); END;
CREATE TRIGGER entity_added BEFORE INSERT ON entity
WHEN EXISTS (SELECT 1 FROM entity WHERE country = NEW.country AND registration_key = NEW.registration_key)
BEGIN SELECT RAISE(ABORT, 'entity: is never replaced'); END;
CREATE TRIGGER entity_kept BEFORE DELETE ON entity BEGIN SELECT RAISE(ABORT, 'entity: is never deleted'); END;
CREATE TRIGGER seller_added BEFORE INSERT ON seller
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM seller)) OR EXISTS (SELECT 1 FROM seller WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'seller: is added at the end, once'); END;
CREATE TRIGGER seller_kept BEFORE DELETE ON seller BEGIN SELECT RAISE(ABORT, 'seller: is never deleted'); END;
CREATE TRIGGER shop_added BEFORE INSERT ON shop
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM shop))
    OR EXISTS (SELECT 1 FROM shop WHERE id = NEW.id)
    OR (NEW.undone_by IS NULL AND EXISTS (SELECT 1 FROM shop WHERE code = NEW.code AND undone_by IS NULL))
BEGIN SELECT RAISE(ABORT, 'shop: is added at the end, once'); END;
CREATE TRIGGER shop_kept BEFORE DELETE ON shop BEGIN SELECT RAISE(ABORT, 'shop: is never deleted'); END;
CREATE TRIGGER account_added BEFORE INSERT ON account
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM account))
    OR EXISTS (SELECT 1 FROM account WHERE id = NEW.id)
    OR (NEW.undone_by IS NULL AND EXISTS (SELECT 1 FROM account WHERE username = NEW.username AND undone_by IS NULL))
BEGIN SELECT RAISE(ABORT, 'account: is added at the end, once'); END;
CREATE TRIGGER account_kept BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'account: is never deleted'); END;
CREATE TRIGGER link_added BEFORE INSERT ON link
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM link)) OR EXISTS (SELECT 1 FROM link WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'link: is added at the end, once'); END;
CREATE TRIGGER link_kept BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'link: is never deleted'); END;
CREATE TRIGGER member_added BEFORE INSERT ON member
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM member)) OR EXISTS (SELECT 1 FROM member WHERE id = NEW.id)
    OR (NEW.state IN ('invited', 'active') AND NEW.undone_by IS NULL AND EXISTS (SELECT 1 FROM member WHERE account = NEW.account
        AND contact = NEW.contact AND state IN ('invited', 'active') AND undone_by IS NULL))
    OR max(NEW.invited_at, coalesce(NEW.accepted_at, 0), coalesce(NEW.removed_at, 0), coalesce(NEW.seller_center_removed_at, 0))
        > (SELECT newest_at FROM workspace)
BEGIN SELECT RAISE(ABORT, 'member: is added at the end, once, and not in the future'); END;
CREATE TRIGGER member_kept BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'member: is never deleted'); END;
CREATE TRIGGER product_added BEFORE INSERT ON product
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM product)) OR EXISTS (SELECT 1 FROM product WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'product: is added at the end, once'); END;
CREATE TRIGGER product_kept BEFORE DELETE ON product BEGIN SELECT RAISE(ABORT, 'product: is never deleted, only marked so'); END;
CREATE TRIGGER event_added BEFORE INSERT ON event
WHEN NEW.seq NOT IN (-1, (SELECT coalesce(max(seq), 0) + 1 FROM event)) OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history: an event is added at the end, once'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history: an event is never deleted'); END;

-- The trigram index of the history; the text itself stays in `event`. Triggers cannot write here (trusted_schema = OFF), so
-- core/store/search.py adds the events that are newer than the newest in event_fts_docsize.
CREATE VIRTUAL TABLE event_fts USING fts5(summary, actor, note,
    content="event", content_rowid="seq", tokenize="trigram", detail=none);
