-- What is due, in the order of time: a page of it reads so many rows, however many shops there are.

CREATE INDEX link_authorized ON link (authorized_at) WHERE state = 'authorized';
CREATE INDEX link_in_review ON link (submitted_at) WHERE state = 'in_review';
CREATE INDEX link_standing ON link (role, linked_at, region) WHERE state = 'linked';
CREATE INDEX shop_probation ON shop (probation_until, name COLLATE NOCASE, seq) WHERE probation_until IS NOT NULL;
CREATE INDEX shop_region ON shop (region, name COLLATE NOCASE, seq);

-- A rejection is due until the shop asks for its official account again.
ALTER TABLE link ADD COLUMN followed INTEGER NOT NULL DEFAULT 0 CHECK (followed IN (0, 1));
UPDATE link SET followed = 1
WHERE state = 'rejected' AND EXISTS (SELECT 1 FROM link AS later
    WHERE later.shop = link.shop AND later.role = 'official' AND later.seq > link.seq);
CREATE INDEX link_rejected ON link (decided_at) WHERE state = 'rejected' AND followed = 0;
CREATE TRIGGER link_followed AFTER INSERT ON link WHEN NEW.role = 'official'
BEGIN UPDATE link SET followed = 1 WHERE shop = NEW.shop AND state = 'rejected' AND seq < NEW.seq; END;

-- The history by family of kinds, such as all that happened to links, in the order of time.
CREATE INDEX event_family ON event (substr(kind, 1, instr(kind, '.')), at, seq);
