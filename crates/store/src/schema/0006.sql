-- Schema 6: threads, the stories of one affair as it goes on over weeks, found by what the stories are about; and
-- the numbers that several reports of a story give.

CREATE TABLE story_term (
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- the most telling first
    key INTEGER NOT NULL,               -- a hash of the term's stem, the same in other stories
    term TEXT NOT NULL,                 -- as the reports mostly have it
    weight INTEGER NOT NULL,            -- how telling it is: the mean of its weights in the reports
    PRIMARY KEY (story, position)
) WITHOUT ROWID;

CREATE TABLE thread (
    id TEXT PRIMARY KEY,
    named_by TEXT NOT NULL REFERENCES story(id), -- the story whose headline stands for it
    first_day TEXT,
    last_day TEXT
) WITHOUT ROWID;

CREATE TABLE thread_story (
    thread TEXT NOT NULL REFERENCES thread(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- in the order of time
    story TEXT NOT NULL REFERENCES story(id),
    after TEXT REFERENCES story(id),    -- the earlier story of the thread that it is most like; NULL for the first
    likeness REAL NOT NULL,             -- of these two, from 0 to 1
    shared TEXT NOT NULL,               -- the terms that weigh most in both, by '; '
    PRIMARY KEY (thread, position)
) WITHOUT ROWID;

CREATE INDEX thread_story_story ON thread_story(story);

-- The schema that a story was resolved under: one of an older schema is resolved again.
ALTER TABLE story ADD COLUMN resolved_by INTEGER NOT NULL DEFAULT 5;
INSERT OR REPLACE INTO meta VALUES ('finished', 'no');

CREATE TABLE quantity (                 -- one number of one thing, as two or more reports of a story give it
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    text TEXT NOT NULL,                 -- the words of one of the reports
    low REAL NOT NULL,
    high REAL,                          -- NULL where no report gives an upper end
    counted TEXT NOT NULL,              -- class of what is counted: 'people', 'tank'
    state TEXT NOT NULL,                -- what became of it: 'kill'; empty if nothing is said
    first_day TEXT,                     -- the days that its sentences name
    last_day TEXT,
    on_word_of TEXT NOT NULL            -- those who give it, by '; '
) WITHOUT ROWID;
CREATE INDEX quantity_story ON quantity(story);

CREATE TABLE quantity_figure (
    figure TEXT PRIMARY KEY REFERENCES figure(id),
    quantity TEXT NOT NULL REFERENCES quantity(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX quantity_figure_quantity ON quantity_figure(quantity);
