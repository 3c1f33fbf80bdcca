-- Schema 3. What is looked for is found by an index, whatever stands in it: a search as it is typed, and shops by their state.

-- The letters of the lists. A list is cut into runs of rows, and a segment is 63 runs that follow one another; `gram` is one
-- to three letters of a text (A to Z as a to z), or a word for what else the list is narrowed by, and `runs` has the bit of
-- each run of the segment in which it may stand: a row is looked at again before it is given, so a bit too many does no harm.
CREATE TABLE search (
    list TEXT,
    segment INTEGER,
    gram TEXT,
    runs INTEGER,
    PRIMARY KEY (list, segment, gram)
) STRICT, WITHOUT ROWID;

-- The lists, the shops by name and the events by moment: each run begins with this row, the first one with whatever comes to
-- stand there. Rows that may be found by something the index does not know yet are marked, and are read through: another
-- program that adds, renames or links a shop need not know of the index.
CREATE TABLE shop_run (
    number INTEGER PRIMARY KEY,
    name TEXT,
    seq INTEGER
) STRICT;
CREATE INDEX shop_run_first ON shop_run (name COLLATE NOCASE, seq);
CREATE TABLE event_run (
    number INTEGER PRIMARY KEY,
    at INTEGER,
    seq INTEGER
) STRICT;
CREATE INDEX event_run_first ON event_run (at, seq);
CREATE TABLE shop_new (seq INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE event_new (seq INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO shop_new SELECT seq FROM shop;
INSERT INTO event_new SELECT seq FROM event;
CREATE TRIGGER event_new_added AFTER INSERT ON event
BEGIN INSERT INTO event_new SELECT NEW.seq WHERE NOT EXISTS (SELECT 1 FROM event_new WHERE seq = NEW.seq); END;
CREATE TRIGGER shop_new_added AFTER INSERT ON shop
BEGIN INSERT INTO shop_new SELECT NEW.seq WHERE NOT EXISTS (SELECT 1 FROM shop_new WHERE seq = NEW.seq); END;
CREATE TRIGGER shop_new_renamed AFTER UPDATE OF name ON shop WHEN NEW.name IS NOT OLD.name
BEGIN INSERT INTO shop_new SELECT NEW.seq WHERE NOT EXISTS (SELECT 1 FROM shop_new WHERE seq = NEW.seq); END;
CREATE TRIGGER shop_new_linked AFTER INSERT ON link
WHEN NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked')
BEGIN INSERT INTO shop_new SELECT seq FROM shop WHERE id = NEW.shop AND seq NOT IN (SELECT seq FROM shop_new); END;

-- How a shop stands, as its links have it: the list of shops is narrowed by it. `official`: 0 none, 1 asked for, 2 linked;
-- `pending`: 1 while anything that was asked for, official or marketing, is not yet linked.
ALTER TABLE shop ADD COLUMN official INTEGER DEFAULT 0;
ALTER TABLE shop ADD COLUMN pending INTEGER DEFAULT 0;
UPDATE shop SET
    official = coalesce((SELECT 1 + (state = 'linked') FROM link
        WHERE link.shop = shop.id AND role = 'official' AND live = 1), 0),
    pending = EXISTS (SELECT 1 FROM link WHERE link.shop = shop.id AND live = 1 AND state <> 'linked')
WHERE EXISTS (SELECT 1 FROM link WHERE link.shop = shop.id AND live = 1);
CREATE INDEX shop_official ON shop (official, name COLLATE NOCASE, seq);
CREATE INDEX shop_pending ON shop (name COLLATE NOCASE, seq) WHERE pending = 1;
CREATE TRIGGER shop_state_added BEFORE INSERT ON shop
WHEN (NEW.official, NEW.pending) IS NOT (
    coalesce((SELECT 1 + (state = 'linked') FROM link WHERE shop = NEW.id AND role = 'official' AND live = 1), 0),
    EXISTS (SELECT 1 FROM link WHERE shop = NEW.id AND live = 1 AND state <> 'linked'))
BEGIN SELECT RAISE(ABORT, 'shop: it stands as its links do'); END;
CREATE TRIGGER shop_state BEFORE UPDATE ON shop
WHEN (NEW.official, NEW.pending) IS NOT (
    coalesce((SELECT 1 + (state = 'linked') FROM link WHERE shop = NEW.id AND role = 'official' AND live = 1), 0),
    EXISTS (SELECT 1 FROM link WHERE shop = NEW.id AND live = 1 AND state <> 'linked'))
BEGIN SELECT RAISE(ABORT, 'shop: it stands as its links do'); END;
CREATE TRIGGER shop_state_linked AFTER INSERT ON link
WHEN NEW.state IN ('awaiting_authorization', 'authorized', 'in_review', 'linked')
BEGIN
    UPDATE shop SET
        official = coalesce((SELECT 1 + (state = 'linked') FROM link
            WHERE shop = NEW.shop AND role = 'official' AND live = 1), 0),
        pending = EXISTS (SELECT 1 FROM link WHERE shop = NEW.shop AND live = 1 AND state <> 'linked')
    WHERE id = NEW.shop;
END;
CREATE TRIGGER shop_state_step AFTER UPDATE OF state ON link WHEN NEW.state <> OLD.state
BEGIN
    UPDATE shop SET
        official = coalesce((SELECT 1 + (state = 'linked') FROM link
            WHERE shop = NEW.shop AND role = 'official' AND live = 1), 0),
        pending = EXISTS (SELECT 1 FROM link WHERE shop = NEW.shop AND live = 1 AND state <> 'linked')
    WHERE id = NEW.shop;
END;
