-- Schema 5. What no page of TikTok's settles stops nothing: how long a name or a username is, probation; the account's identity
-- outside the markets that ask for it, a marketing account's region where the market's page names none.
DROP TRIGGER official_name_length;
DROP TRIGGER account_username_length;
CREATE TRIGGER account_username_given BEFORE INSERT ON account WHEN NEW.username = ''
BEGIN SELECT RAISE(ABORT, 'account.username-format: the username is empty'); END;
DROP TRIGGER marketing_probation;
ALTER TABLE market DROP COLUMN nickname_max_length;
ALTER TABLE market DROP COLUMN username_min_length;
ALTER TABLE market DROP COLUMN username_max_length;
ALTER TABLE market ADD COLUMN marketing_region INTEGER NOT NULL DEFAULT 1;
ALTER TABLE market ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER account_region_fits;
CREATE TRIGGER account_region_fits BEFORE UPDATE OF region ON account
WHEN EXISTS (SELECT 1 FROM link JOIN market ON market.code = link.region WHERE link.account = NEW.username AND link.live = 1
    AND link.region <> NEW.region AND (link.role = 'official' OR market.marketing_region = 1))
BEGIN SELECT RAISE(ABORT, 'region-match: a linked account keeps the region of its shop'); END;
DROP TRIGGER link_account_fits;
CREATE TRIGGER link_account_fits BEFORE INSERT ON link
WHEN NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked') AND EXISTS (
    SELECT 1 FROM account JOIN seller ON seller.id = NEW.seller JOIN market ON market.code = NEW.region
    WHERE account.username = NEW.account AND (
        (account.region <> NEW.region AND (NEW.role = 'official' OR market.marketing_region = 1))
        OR (account.kind = 'organization' AND (
            account.country <> seller.country OR account.registration_key <> seller.registration_key
            OR (NEW.state = 'linked' AND account.seller <> NEW.seller)))))
BEGIN SELECT RAISE(ABORT, 'region-match, org.same-entity, org.one-seller: this account cannot be linked to this shop'); END;
DROP TRIGGER link_account_still_fits;
CREATE TRIGGER link_account_still_fits BEFORE UPDATE ON link
WHEN NEW.state = 'linked' AND EXISTS (
    SELECT 1 FROM account JOIN market ON market.code = NEW.region WHERE account.username = NEW.account AND (
        (identity_verified = 0 AND market.verified = 1) OR standing <> 'good' OR holder_is_adult = 0
        OR (kind = 'organization' AND seller IS NOT NEW.seller)))
BEGIN SELECT RAISE(ABORT, 'account.good-standing, account.verified, org.one-seller: this account cannot be linked here'); END;
