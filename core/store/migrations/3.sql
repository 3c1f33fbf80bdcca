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
    name TEXT COLLATE NOCASE,
    seq INTEGER
) STRICT;
CREATE INDEX shop_run_first ON shop_run (name, seq);
CREATE TABLE event_run (
    number INTEGER PRIMARY KEY,
    at INTEGER,
    seq INTEGER
) STRICT;
CREATE INDEX event_run_first ON event_run (at, seq);
CREATE TABLE shop_new (seq INTEGER PRIMARY KEY) STRICT;
CREATE TABLE event_new (seq INTEGER PRIMARY KEY) STRICT;
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
