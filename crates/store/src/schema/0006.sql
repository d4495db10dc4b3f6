-- Schema 6: threads, the stories of one affair as it goes on over weeks, found by what the stories are about.

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
