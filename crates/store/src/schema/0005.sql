-- Schema 5: passages that reports of different stories share. Reports meet by runs of words; a pair that meets
-- is looked at once, and again when the story of either changes.

CREATE TABLE fingerprint (              -- hashes of runs of words, of which whoever shares 15 words in a row shares one
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,               -- as in `block`
    report INTEGER NOT NULL REFERENCES report(key),
    PRIMARY KEY (key, day, report)
) WITHOUT ROWID;

CREATE TABLE meeting (                  -- pairs of reports that have a fingerprint in common
    left_report INTEGER NOT NULL REFERENCES report(key),
    right_report INTEGER NOT NULL REFERENCES report(key),
    keys INTEGER NOT NULL,              -- under which the two meet
    told INTEGER NOT NULL,              -- 0 until the passages that they share are in the record
    PRIMARY KEY (left_report, right_report)
) WITHOUT ROWID;

CREATE INDEX meeting_right ON meeting(right_report);
CREATE INDEX meeting_untold ON meeting(left_report, right_report) WHERE told = 0;

ALTER TABLE passage RENAME TO old_passage;
CREATE TABLE passage (
    id TEXT PRIMARY KEY,
    story TEXT REFERENCES story(id) ON DELETE CASCADE, -- NULL where the reports are of different stories
    left_report INTEGER NOT NULL REFERENCES report(key),
    right_report INTEGER NOT NULL REFERENCES report(key),
    words INTEGER NOT NULL,
    identity REAL NOT NULL
) WITHOUT ROWID;
INSERT INTO passage SELECT * FROM old_passage;
DROP TABLE old_passage;
-- Partial, so that SQLite looks for passages across stories by their reports and not by the story they lack.
CREATE INDEX passage_story ON passage(story) WHERE story IS NOT NULL;
CREATE INDEX passage_across_left ON passage(left_report) WHERE story IS NULL;
CREATE INDEX passage_across_right ON passage(right_report) WHERE story IS NULL;

ALTER TABLE changed ADD COLUMN met INTEGER NOT NULL DEFAULT 0; -- 0 until the report has met those before it
INSERT OR IGNORE INTO changed SELECT key, 0, 0 FROM report;
INSERT OR REPLACE INTO meta VALUES ('finished', 'no');
