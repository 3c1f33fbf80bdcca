-- Schema 4. The segments of a gram lie side by side: a search reads a few pages of the index, not one for each segment.
ALTER TABLE search RENAME TO search_by_segment;
CREATE TABLE search (
    list TEXT,
    segment INTEGER,
    gram TEXT,
    runs INTEGER,
    PRIMARY KEY (list, gram, segment)
) STRICT, WITHOUT ROWID;
INSERT INTO search SELECT list, segment, gram, runs FROM search_by_segment ORDER BY list, gram, segment;
DROP TABLE search_by_segment;
