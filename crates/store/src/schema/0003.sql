-- Schema 3: what each wording of a statement changes in the best-supported one, word by word.

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
