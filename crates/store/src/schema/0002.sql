-- Schema 2: relations, as reports state them on the way.

CREATE TABLE relation_mention (         -- its two sides are arguments: subject, object
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    kind TEXT NOT NULL,                 -- heads, serves, belongs-to, allied-with, backs, fights …
    ended INTEGER NOT NULL,             -- "the former minister"
    negated INTEGER NOT NULL,           -- "denies being part of"
    time TEXT,
    first_day TEXT,                     -- on which it held, as far as the text says
    last_day TEXT,
    quotation TEXT
) WITHOUT ROWID;

CREATE TABLE relation (                 -- the same across stories, made anew by every read
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,              -- actor key, or text: and a name that no actor has
    subject_text TEXT NOT NULL,         -- as most reports write it
    object TEXT NOT NULL,
    object_text TEXT NOT NULL,
    status TEXT NOT NULL,               -- holds, ended, negated, disputed
    since TEXT,                         -- days on which it held, by most mentions that say
    until TEXT,
    on_word_of TEXT NOT NULL,           -- who says so, where no report does in its own voice
    first_day TEXT,                     -- of the reports
    last_day TEXT,
    mentions INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    origins INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX relation_subject ON relation(subject);
CREATE INDEX relation_object ON relation(object);
