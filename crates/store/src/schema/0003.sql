-- Schema 3: a pair of reports is linked once, whatever number of blocks link it; what the links of a component
-- were cut into; and what changed since the record was last finished, so that adding a day's reports
-- to a large record touches only what they join. What each wording of a statement changes in the
-- best-supported one, word by word. What later rows make of an undertaking.

DROP TABLE link;
CREATE TABLE link (
    left_report INTEGER NOT NULL REFERENCES report(key),
    right_report INTEGER NOT NULL REFERENCES report(key),
    strength REAL NOT NULL,
    blocks INTEGER NOT NULL,            -- that link the two
    PRIMARY KEY (left_report, right_report)
) WITHOUT ROWID;
DELETE FROM block;
UPDATE sketch SET linked = 0;

CREATE TABLE component (                -- reports that links join, and the stories they were cut into
    id TEXT NOT NULL,                   -- made of its reports
    story TEXT NOT NULL,
    PRIMARY KEY (id, story)
) WITHOUT ROWID;

CREATE TABLE changed (                  -- since the record was last finished; then empty
    report INTEGER PRIMARY KEY REFERENCES report(key),
    new INTEGER NOT NULL                -- 0 where only its story changed
);

CREATE TABLE actor_told (               -- what reports say of an actor, counted
    actor TEXT NOT NULL,                -- key, as observed; see actor_alias
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,              -- '' where none is known
    sectors TEXT NOT NULL,
    roles TEXT NOT NULL,
    known INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (actor, name, kind, country, sectors, roles, known)
) WITHOUT ROWID;

CREATE TABLE actor_spelling (           -- how texts name an actor, counted; pronouns left out
    actor TEXT NOT NULL,                -- key, as observed
    spelling TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (actor, spelling)
) WITHOUT ROWID;

CREATE TABLE relation_side (            -- the two sides of relation mentions, as observed
    subject TEXT NOT NULL,
    object TEXT NOT NULL,
    mention TEXT NOT NULL,
    PRIMARY KEY (subject, object, mention)
) WITHOUT ROWID;

CREATE INDEX actor_alias_kept ON actor_alias(kept);
CREATE INDEX origin_report_report ON origin_report(report);
CREATE INDEX relation_side_object ON relation_side(object);

ALTER TABLE bearing ADD COLUMN kind TEXT NOT NULL DEFAULT 'bears-on'; -- met, broken, restated …

ALTER TABLE statement ADD COLUMN best TEXT;     -- quotation of the best-supported wording

CREATE TABLE wording_difference (
    statement TEXT NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
    quotation TEXT NOT NULL REFERENCES quotation(id),
    position INTEGER NOT NULL,          -- in the order of the best-supported wording
    change TEXT NOT NULL,               -- spelling, form, synonym, rephrasing, order, omission, addition,
                                        -- polarity, modality, actor, object, number
    dropped TEXT NOT NULL,              -- words of the best-supported wording; '' if none
    added TEXT NOT NULL,                -- words that this wording has instead; '' if none
    best_start_byte INTEGER,            -- of the dropped words, in the report of statement.best
    best_end_byte INTEGER,
    best_start_char INTEGER,
    best_end_char INTEGER,
    start_byte INTEGER,                 -- of the added words, in this wording's report
    end_byte INTEGER,
    start_char INTEGER,
    end_char INTEGER,
    PRIMARY KEY (statement, quotation, position)
) WITHOUT ROWID;

INSERT INTO changed SELECT key, 1 FROM report;
INSERT OR REPLACE INTO meta VALUES ('finished', 'no');
