-- Schema 2. A link changes by a step of its life alone, and only what belongs to the step; the past is taken in link by
-- link, so an inserted link is asked only what held at its own time. Who is tried here: somebody with a SQL prompt.

-- A rejection is due until the shop asks for its official account again.
ALTER TABLE link ADD COLUMN followed INTEGER DEFAULT 0;
UPDATE link SET followed = 1
WHERE state = 'rejected' AND EXISTS (SELECT 1 FROM link AS later
    WHERE later.shop = link.shop AND later.role = 'official' AND later.seq > link.seq);

-- A trigger of UPDATE OF is not told of a column under another name (rowid for seq): these look at every update.
DROP TRIGGER link_fixed;
CREATE TRIGGER link_fixed BEFORE UPDATE ON link
WHEN (OLD.seq, OLD.id, OLD.shop, OLD.seller, OLD.region, OLD.account, OLD.role, OLD.origin, OLD.requested_at,
    OLD.requested_by, OLD.confirmed)
    IS NOT (NEW.seq, NEW.id, NEW.shop, NEW.seller, NEW.region, NEW.account, NEW.role, NEW.origin, NEW.requested_at,
    NEW.requested_by, NEW.confirmed)
BEGIN SELECT RAISE(ABORT, 'link: who asked for what, where and when never changes'); END;
DROP TRIGGER shop_fixed;
CREATE TRIGGER shop_fixed BEFORE UPDATE ON shop
WHEN (OLD.seq, OLD.id, OLD.code COLLATE BINARY, OLD.region, OLD.seller) IS NOT (NEW.seq, NEW.id, NEW.code, NEW.region, NEW.seller)
BEGIN SELECT RAISE(ABORT, 'shop: its code, its region and its seller never change'); END;
DROP TRIGGER account_username;
CREATE TRIGGER account_fixed BEFORE UPDATE ON account WHEN (OLD.seq, OLD.username) IS NOT (NEW.seq, NEW.username)
BEGIN SELECT RAISE(ABORT, 'account: a username in the record never changes'); END;
DROP TRIGGER member_fixed;
CREATE TRIGGER member_fixed BEFORE UPDATE ON member
WHEN (OLD.seq, OLD.id, OLD.account, OLD.contact COLLATE BINARY, OLD.invited_at, OLD.accept_by)
    IS NOT (NEW.seq, NEW.id, NEW.account, NEW.contact, NEW.invited_at, NEW.accept_by)
BEGIN SELECT RAISE(ABORT, 'member: who was invited where and when never changes'); END;
CREATE TRIGGER product_fixed BEFORE UPDATE ON product
WHEN OLD.status = 'deleted' OR (OLD.seq, OLD.id, OLD.shop) IS NOT (NEW.seq, NEW.id, NEW.shop)
BEGIN SELECT RAISE(ABORT, 'product: its shop never changes, and a deleted one does not come back'); END;

-- An entity is known by its country and number; what else is known of it is only ever filled in.
DROP TRIGGER entity_fixed;
CREATE TRIGGER entity_fixed BEFORE UPDATE ON entity
WHEN (OLD.country, OLD.registration_key, OLD.registration_number, coalesce(OLD.kind, NEW.kind),
    coalesce(OLD.legal_name, NEW.legal_name))
    IS NOT (NEW.country, NEW.registration_key, NEW.registration_number, NEW.kind, NEW.legal_name)
BEGIN SELECT RAISE(ABORT, 'entity: what is known of it never changes'); END;
CREATE TRIGGER entity_no_delete BEFORE DELETE ON entity BEGIN SELECT RAISE(ABORT, 'entity: is never deleted'); END;
CREATE TRIGGER entity_no_replace BEFORE INSERT ON entity
WHEN EXISTS (SELECT 1 FROM entity WHERE country = NEW.country AND registration_key = NEW.registration_key)
BEGIN SELECT RAISE(ABORT, 'entity: is never replaced'); END;

-- Rows come one after the other: the history has no gap to write into, and ids are made from the number of the next row.
CREATE TRIGGER event_next AFTER INSERT ON event
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM event WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'history: an event is added at the end'); END;
CREATE TRIGGER seller_next AFTER INSERT ON seller
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM seller WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM seller WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'seller: is added at the end'); END;
CREATE TRIGGER shop_next AFTER INSERT ON shop
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM shop WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM shop WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'shop: is added at the end'); END;
CREATE TRIGGER account_next AFTER INSERT ON account
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM account WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM account WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'account: is added at the end'); END;
CREATE TRIGGER link_next AFTER INSERT ON link
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM link WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM link WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'link: is added at the end'); END;
CREATE TRIGGER member_next AFTER INSERT ON member
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM member WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM member WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'member: is added at the end'); END;
CREATE TRIGGER product_next AFTER INSERT ON product
WHEN NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM product WHERE seq = NEW.seq - 1)
    OR EXISTS (SELECT 1 FROM product WHERE seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'product: is added at the end'); END;

-- Moments are ones a calendar has, from 1970 to the end of 9999, and a link's follow one another.
CREATE TRIGGER event_moment BEFORE INSERT ON event WHEN NEW.at NOT BETWEEN 0 AND 253402300799999
BEGIN SELECT RAISE(ABORT, 'history: an event has a moment'); END;
CREATE TRIGGER link_order_added BEFORE INSERT ON link
WHEN NEW.requested_at < 0 OR NEW.authorize_by < NEW.requested_at OR NEW.submitted_at < NEW.requested_at
    OR NEW.decided_at < coalesce(NEW.submitted_at, NEW.authorized_at, NEW.requested_at)
    OR NEW.linked_at < coalesce(NEW.submitted_at, NEW.authorized_at)
    OR max(NEW.requested_at, coalesce(NEW.authorize_by, 0), coalesce(NEW.submitted_at, 0), coalesce(NEW.authorized_at, 0),
        coalesce(NEW.decided_at, 0), coalesce(NEW.linked_at, 0), coalesce(NEW.unlinked_at, 0)) > 253402300799999
BEGIN SELECT RAISE(ABORT, 'link: its moments follow one another'); END;
CREATE TRIGGER link_order BEFORE UPDATE ON link
WHEN NEW.decided_at < coalesce(NEW.submitted_at, NEW.authorized_at, NEW.requested_at)
    OR NEW.linked_at < coalesce(NEW.submitted_at, NEW.authorized_at)
    OR max(coalesce(NEW.submitted_at, 0), coalesce(NEW.decided_at, 0), coalesce(NEW.linked_at, 0), coalesce(NEW.unlinked_at, 0))
        > 253402300799999
BEGIN SELECT RAISE(ABORT, 'link: its moments follow one another'); END;
CREATE TRIGGER member_order_added BEFORE INSERT ON member
WHEN NEW.invited_at < 0 OR NEW.accept_by < NEW.invited_at OR NEW.accepted_at < NEW.invited_at OR NEW.removed_at < NEW.invited_at
    OR max(NEW.invited_at, coalesce(NEW.accept_by, 0), coalesce(NEW.accepted_at, 0), coalesce(NEW.removed_at, 0))
        > 253402300799999
BEGIN SELECT RAISE(ABORT, 'member: the moments follow one another'); END;
CREATE TRIGGER member_order BEFORE UPDATE ON member
WHEN NEW.accepted_at < NEW.invited_at OR NEW.removed_at < coalesce(NEW.accepted_at, NEW.invited_at)
    OR max(coalesce(NEW.accepted_at, 0), coalesce(NEW.removed_at, 0)) > 253402300799999
BEGIN SELECT RAISE(ABORT, 'member: the moments follow one another'); END;
CREATE TRIGGER product_whole_added BEFORE INSERT ON product
WHEN NEW.changed_at NOT BETWEEN 0 AND 253402300799999 OR NEW.price LIKE '%.%.%'
BEGIN SELECT RAISE(ABORT, 'product: has a price and a moment'); END;
CREATE TRIGGER product_whole BEFORE UPDATE ON product
WHEN NEW.changed_at NOT BETWEEN 0 AND 253402300799999 OR NEW.price LIKE '%.%.%'
BEGIN SELECT RAISE(ABORT, 'product: has a price and a moment'); END;
CREATE TRIGGER shop_whole_added BEFORE INSERT ON shop
WHEN NEW.probation_until NOT BETWEEN 0 AND 253402300799999 OR instr(CAST(NEW.name AS BLOB), x'00')
BEGIN SELECT RAISE(ABORT, 'shop: has a name and a moment'); END;
CREATE TRIGGER shop_whole BEFORE UPDATE ON shop
WHEN NEW.probation_until NOT BETWEEN 0 AND 253402300799999 OR instr(CAST(NEW.name AS BLOB), x'00')
BEGIN SELECT RAISE(ABORT, 'shop: has a name and a moment'); END;

-- The newest moment is that of an event; the clock of a practice workspace goes forward, for 3,000 years at most. Nothing is
-- looked for too: OR REPLACE would make it the column's default.
DROP TRIGGER workspace_time;
CREATE TRIGGER workspace_time BEFORE UPDATE ON workspace
WHEN NEW.newest_at IS NULL OR NEW.newest_at < OLD.newest_at
    OR (NEW.newest_at > OLD.newest_at AND NOT EXISTS (SELECT 1 FROM event WHERE at = NEW.newest_at))
BEGIN SELECT RAISE(ABORT, 'clock: the newest moment is the newest event''s and never goes back'); END;
CREATE TRIGGER workspace_clock BEFORE UPDATE ON workspace
WHEN NEW.shifted_by IS NULL OR NEW.shifted_by NOT BETWEEN OLD.shifted_by AND 94672800000000
BEGIN SELECT RAISE(ABORT, 'clock: the practice clock never goes back'); END;
CREATE TRIGGER workspace_whole BEFORE INSERT ON workspace
WHEN NEW.created_at NOT BETWEEN 0 AND 253402300799999 OR NEW.shifted_by > 94672800000000 OR NEW.newest_at <> 0
BEGIN SELECT RAISE(ABORT, 'workspace: is made at a moment, with no history'); END;

-- A link's life.
DROP TRIGGER link_steps;
CREATE TRIGGER link_steps BEFORE UPDATE ON link
WHEN NOT ((OLD.state || '>' || NEW.state) IN (
    'awaiting_authorization>authorized', 'awaiting_authorization>declined', 'awaiting_authorization>expired',
    'awaiting_authorization>cancelled', 'authorized>in_review', 'authorized>cancelled', 'in_review>linked', 'in_review>rejected',
    'in_review>cancelled', 'linked>unlinked')
    OR (OLD.role = 'marketing' AND NEW.authorized_at IS NOT NULL
        AND OLD.state || '>' || NEW.state = 'awaiting_authorization>linked')
    OR (OLD.state = 'rejected' AND NEW.followed = 1 AND OLD.followed = 0
        AND (OLD.state, OLD.authorized_at, OLD.submitted_at, OLD.decided_at, OLD.linked_at, OLD.linked_by, OLD.unlinked_at,
            OLD.unlink_number, OLD.reason)
            IS (NEW.state, NEW.authorized_at, NEW.submitted_at, NEW.decided_at, NEW.linked_at, NEW.linked_by, NEW.unlinked_at,
                NEW.unlink_number, NEW.reason)
        AND EXISTS (SELECT 1 FROM link WHERE shop = NEW.shop AND role = 'official' AND seq > NEW.seq)))
BEGIN SELECT RAISE(ABORT, 'link.review: this step is not possible from this state'); END;
DROP TRIGGER link_moments;
CREATE TRIGGER link_moments BEFORE UPDATE ON link
WHEN (OLD.authorize_by, OLD.slot) IS NOT (NEW.authorize_by, NEW.slot)
    OR (OLD.authorized_at IS NOT NEW.authorized_at
        AND NOT (NEW.state = 'authorized' OR (NEW.state = 'linked' AND NEW.role = 'marketing')))
    OR (OLD.submitted_at IS NOT NEW.submitted_at AND NEW.state <> 'in_review')
    OR (OLD.decided_at IS NOT NEW.decided_at AND NEW.state NOT IN ('linked', 'declined', 'expired', 'cancelled', 'rejected'))
    OR (NEW.decided_at IS NULL AND NEW.state IN ('declined', 'expired', 'cancelled', 'rejected'))
    OR ((OLD.linked_at, OLD.linked_by) IS NOT (NEW.linked_at, NEW.linked_by) AND NEW.state <> 'linked')
    OR (OLD.reason IS NOT NEW.reason AND NEW.state <> 'rejected')
    OR (OLD.followed IS NOT NEW.followed AND OLD.state <> NEW.state)
BEGIN SELECT RAISE(ABORT, 'link: a step sets its own moment, and one that has passed never changes'); END;
DROP TRIGGER link_no_replace;
CREATE TRIGGER link_no_replace BEFORE INSERT ON link
WHEN EXISTS (SELECT 1 FROM link WHERE id = NEW.id OR seq = NEW.seq
    OR (NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked') AND live = 1 AND (
        (shop = NEW.shop AND (account = NEW.account OR slot = NEW.slot OR (role = 'official' AND NEW.role = 'official')))
        OR (account = NEW.account AND role = 'official' AND NEW.role = 'official'))))
BEGIN SELECT RAISE(ABORT, 'link: a link is never replaced and its place is taken'); END;

-- Unlinks are counted one by one; of two official links of a shop or an account, one ends before the other begins.
DROP TRIGGER link_unlink_limit;
CREATE TRIGGER link_unlink_limit BEFORE UPDATE ON link
WHEN NEW.unlink_number > (SELECT official_unlinks FROM market WHERE code = NEW.region)
    OR NEW.unlink_number <> (SELECT count(*) + 1 FROM link WHERE shop = NEW.shop AND unlink_number IS NOT NULL AND id <> NEW.id)
BEGIN SELECT RAISE(ABORT, 'official.unlink-limit: unlinks are counted one by one, and none is left'); END;
DROP TRIGGER link_limits_added;
CREATE TRIGGER link_limits_added BEFORE INSERT ON link
WHEN NEW.unlink_number > (SELECT official_unlinks FROM market WHERE code = NEW.region)
    OR NEW.unlink_number <> (SELECT count(*) + 1 FROM link WHERE shop = NEW.shop AND unlink_number IS NOT NULL)
    OR NEW.slot > (SELECT marketing_accounts FROM market WHERE code = NEW.region)
BEGIN SELECT RAISE(ABORT, 'limit: unlinks are counted one by one, and no unlink or no marketing place is left'); END;
CREATE TRIGGER official_in_turn_added BEFORE INSERT ON link
WHEN NEW.role = 'official' AND NEW.linked_at IS NOT NULL AND (
    EXISTS (SELECT 1 FROM link WHERE shop = NEW.shop AND role = 'official'
        AND linked_at < coalesce(NEW.unlinked_at, 253402300799999) AND coalesce(unlinked_at, 253402300799999) > NEW.linked_at)
    OR EXISTS (SELECT 1 FROM link WHERE account = NEW.account AND role = 'official'
        AND linked_at < coalesce(NEW.unlinked_at, 253402300799999) AND coalesce(unlinked_at, 253402300799999) > NEW.linked_at))
BEGIN SELECT RAISE(ABORT, 'official.one-per-shop, official.one-shop: one ends before the other begins'); END;
CREATE TRIGGER official_in_turn BEFORE UPDATE ON link
WHEN NEW.role = 'official' AND NEW.state = 'linked' AND (
    EXISTS (SELECT 1 FROM link WHERE shop = NEW.shop AND role = 'official' AND unlinked_at > NEW.linked_at)
    OR EXISTS (SELECT 1 FROM link WHERE account = NEW.account AND role = 'official' AND unlinked_at > NEW.linked_at))
BEGIN SELECT RAISE(ABORT, 'official.one-per-shop, official.one-shop: one ends before the other begins'); END;
CREATE TRIGGER marketing_frequency_added AFTER INSERT ON link
WHEN NEW.role = 'marketing' AND NEW.linked_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM link AS later JOIN market ON market.code = later.region
    WHERE later.account = NEW.account AND later.role = 'marketing'
    AND later.linked_at >= NEW.linked_at AND later.linked_at - market.frequency_window < NEW.linked_at
    AND market.frequency_links < (SELECT count(*) FROM link AS past WHERE past.account = NEW.account AND past.role = 'marketing'
        AND past.linked_at <= later.linked_at AND past.linked_at > later.linked_at - market.frequency_window))
BEGIN SELECT RAISE(ABORT, 'marketing.link-frequency: linked too often'); END;

-- What always holds of a linked account is asked of every link that comes in; its standing only at the step that links it,
-- because an account may be suspended afterwards.
DROP TRIGGER link_account_fits;
CREATE TRIGGER link_account_fits BEFORE INSERT ON link
WHEN NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked') AND EXISTS (
    SELECT 1 FROM account JOIN seller ON seller.id = NEW.seller WHERE account.username = NEW.account AND (
        account.region <> NEW.region OR (account.kind = 'organization' AND (
            account.country <> seller.country OR account.registration_key <> seller.registration_key
            OR (NEW.state = 'linked' AND account.seller <> NEW.seller)))))
BEGIN SELECT RAISE(ABORT, 'region-match, org.same-entity, org.one-seller: this account cannot be linked to this shop'); END;
DROP TRIGGER link_account_still_fits;
CREATE TRIGGER link_account_still_fits BEFORE UPDATE ON link
WHEN NEW.state = 'linked' AND EXISTS (
    SELECT 1 FROM account WHERE username = NEW.account AND (
        identity_verified = 0 OR standing <> 'good' OR holder_is_adult = 0
        OR (kind = 'organization' AND seller IS NOT NEW.seller)))
BEGIN SELECT RAISE(ABORT, 'account.good-standing, account.verified, org.one-seller: this account cannot be linked here'); END;
CREATE TRIGGER organization_created BEFORE INSERT ON link
WHEN NEW.origin = 'created' AND (NEW.state NOT IN ('linked', 'unlinked')
    OR EXISTS (SELECT 1 FROM account WHERE username = NEW.account AND kind IS NOT 'organization')
    OR (NEW.state = 'linked'
        AND NOT EXISTS (SELECT 1 FROM member WHERE account = NEW.account AND state = 'active' AND role = 'admin')))
BEGIN SELECT RAISE(ABORT, 'org.members: an organization account is linked when it is made, with an admin'); END;
CREATE TRIGGER organization_owned AFTER INSERT ON link WHEN NEW.state = 'linked'
BEGIN UPDATE account SET seller = NEW.seller WHERE username = NEW.account AND kind = 'organization' AND seller IS NULL; END;
DROP TRIGGER account_owner;
CREATE TRIGGER account_owner BEFORE UPDATE ON account
WHEN OLD.seller IS NOT NULL AND (OLD.seller IS NOT NEW.seller
    OR (OLD.country IS NOT NULL AND (OLD.country, OLD.registration_key) IS NOT (NEW.country, NEW.registration_key)))
BEGIN SELECT RAISE(ABORT, 'org.one-seller: an organization account stays its seller''s'); END;
DROP TRIGGER account_owner_entity;
CREATE TRIGGER account_owner_entity BEFORE UPDATE ON account
WHEN EXISTS (SELECT 1 FROM seller WHERE id = NEW.seller AND (country <> NEW.country OR registration_key <> NEW.registration_key))
BEGIN SELECT RAISE(ABORT, 'org.same-entity: the seller is another legal entity'); END;
DROP TRIGGER account_owner_entity_added;
CREATE TRIGGER account_owner_entity_added BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM seller WHERE id = NEW.seller AND (country <> NEW.country OR registration_key <> NEW.registration_key))
BEGIN SELECT RAISE(ABORT, 'org.same-entity: the seller is another legal entity'); END;
CREATE TRIGGER account_links_fit BEFORE UPDATE OF seller, country, registration_key ON account
WHEN NEW.kind = 'organization' AND EXISTS (
    SELECT 1 FROM link JOIN seller ON seller.id = link.seller WHERE link.account = NEW.username AND link.live = 1 AND (
        seller.country <> NEW.country OR seller.registration_key <> NEW.registration_key
        OR (link.state = 'linked' AND link.seller <> NEW.seller)))
BEGIN SELECT RAISE(ABORT, 'org.same-entity, org.one-seller: the account is linked as another entity''s'); END;
DROP TRIGGER account_kind;
CREATE TRIGGER account_kind BEFORE UPDATE OF kind ON account
WHEN (OLD.kind IN ('personal', 'business') AND NEW.kind = 'organization')
    OR (OLD.kind IS NOT NEW.kind AND (OLD.kind = 'organization' OR NEW.kind = 'organization')
        AND (OLD.seller IS NOT NULL OR EXISTS (SELECT 1 FROM link WHERE account = OLD.username AND live = 1)
            OR EXISTS (SELECT 1 FROM member WHERE account = OLD.username)))
BEGIN SELECT RAISE(ABORT, 'org.no-conversion: an existing account cannot become an organization account'); END;

-- Members.
CREATE TRIGGER member_of_organization BEFORE INSERT ON member
WHEN EXISTS (SELECT 1 FROM account WHERE username = NEW.account AND kind IS NOT 'organization')
BEGIN SELECT RAISE(ABORT, 'org.members: only an organization account has members'); END;
DROP TRIGGER member_steps;
CREATE TRIGGER member_steps BEFORE UPDATE ON member
WHEN NOT ((OLD.state || '>' || NEW.state) IN
    ('invited>invited', 'active>active', 'invited>active', 'invited>expired', 'invited>removed', 'active>removed'))
    OR (OLD.accepted_at IS NOT NEW.accepted_at AND OLD.state || '>' || NEW.state <> 'invited>active')
BEGIN SELECT RAISE(ABORT, 'org.members: this step is not possible from this state'); END;

-- What is due, in the order of time: a page of it reads so many rows, however many shops there are.
CREATE INDEX link_authorized ON link (authorized_at) WHERE state = 'authorized';
CREATE INDEX link_in_review ON link (submitted_at) WHERE state = 'in_review';
CREATE INDEX link_standing ON link (role, linked_at, region) WHERE state = 'linked';
CREATE INDEX shop_probation ON shop (probation_until, name COLLATE NOCASE, seq) WHERE probation_until IS NOT NULL;
CREATE INDEX shop_region ON shop (region, name COLLATE NOCASE, seq);
CREATE INDEX link_rejected ON link (decided_at) WHERE state = 'rejected' AND followed = 0;
CREATE TRIGGER link_followed AFTER INSERT ON link WHEN NEW.role = 'official'
BEGIN UPDATE link SET followed = 1 WHERE shop = NEW.shop AND state = 'rejected' AND followed = 0 AND seq < NEW.seq; END;
CREATE TRIGGER link_followed_before AFTER UPDATE OF state ON link
WHEN NEW.state = 'rejected' AND EXISTS (SELECT 1 FROM link WHERE shop = NEW.shop AND role = 'official' AND seq > NEW.seq)
BEGIN UPDATE link SET followed = 1 WHERE id = NEW.id; END;
CREATE TRIGGER link_followed_added BEFORE INSERT ON link WHEN NEW.followed IS NOT 0
BEGIN SELECT RAISE(ABORT, 'link: nothing has followed what is new'); END;

-- The history by family of kinds, such as all that happened to links, in the order of time.
CREATE INDEX event_family ON event (substr(kind, 1, instr(kind, '.')), at, seq);
