-- Schema 1 of a Chancery record. Offsets: *_byte count bytes of report.text in UTF-8, *_char count
-- code points (SQLite's substr, Python). Days are ISO 8601; an empty end of an interval is NULL.
-- Every row's place in the text stands in `evidence`, under the row's id. Ids of observed rows begin
-- with half of their report's hash, so one report's rows lie together: no index by report is needed,
-- as `id >= 'men_' || substr(report.id, 5, 8)` finds them.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What was read ------------------------------------------------------------------------------

CREATE TABLE report (
    key INTEGER PRIMARY KEY,            -- made of the id; joins inside this file
    id TEXT NOT NULL UNIQUE,            -- hash of the raw bytes
    title TEXT NOT NULL,                -- headline, or the beginning of the text
    outlet TEXT,
    authors TEXT,                       -- one per line
    url TEXT,
    published TEXT,                     -- as the container states it
    modified TEXT,
    stated_title TEXT,                  -- as the container states it
    stated_language TEXT,
    format TEXT NOT NULL,
    charset TEXT NOT NULL,
    language TEXT NOT NULL,             -- ISO 639-1
    language_reliable INTEGER NOT NULL,
    was_read INTEGER NOT NULL,          -- 0: kept and compared as text, not annotated
    first_day TEXT,                     -- of the date that the report's own text supports
    last_day TEXT,
    date_basis TEXT NOT NULL,           -- stated, inferred, contradicted, unknown
    stated_first_day TEXT,
    stated_last_day TEXT,
    title_start INTEGER,                -- bytes
    title_end INTEGER,
    words INTEGER NOT NULL,             -- tokens of the prose
    text TEXT NOT NULL
);

CREATE TABLE source (
    report INTEGER NOT NULL REFERENCES report(key),
    path TEXT NOT NULL,
    member INTEGER NOT NULL,            -- 0: the file is the report
    PRIMARY KEY (report, path, member)
) WITHOUT ROWID;

CREATE TABLE notice (
    report INTEGER NOT NULL REFERENCES report(key),
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (report, code, text)
) WITHOUT ROWID;

CREATE TABLE repair (
    report INTEGER NOT NULL REFERENCES report(key),
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    was TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (report, start_byte)
) WITHOUT ROWID;

CREATE TABLE stretch (                  -- stretches that are no rows of their own
    report INTEGER NOT NULL REFERENCES report(key),
    kind TEXT NOT NULL,                 -- prose, sentence, or part:FIELD
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    PRIMARY KEY (report, kind, start_byte)
) WITHOUT ROWID;

CREATE TABLE date_reason (
    report INTEGER NOT NULL REFERENCES report(key),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    start_byte INTEGER,
    end_byte INTEGER,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE evidence (
    row TEXT NOT NULL,                  -- id of the row that it supports
    role TEXT NOT NULL,                 -- what it shows: span, head, trigger, cue, content, mention, side-a …
    report INTEGER NOT NULL REFERENCES report(key),
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    observed TEXT NOT NULL,             -- id of the observed row that it is; '' if none
    PRIMARY KEY (row, role, report, start_byte, end_byte, observed)
) WITHOUT ROWID;

-- What was observed in one report --------------------------------------------------------------

CREATE TABLE residue (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    reason TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE credit (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    kind TEXT NOT NULL,
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE report_actor (
    report INTEGER NOT NULL REFERENCES report(key),
    actor TEXT NOT NULL,                -- key
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,                       -- ISO 3166-1 alpha-3
    sectors TEXT NOT NULL,              -- PLOVER sectors, space between
    roles TEXT NOT NULL,                -- one per line
    known INTEGER NOT NULL,
    PRIMARY KEY (report, actor)
) WITHOUT ROWID;

CREATE TABLE mention (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    actor TEXT,                         -- key, as observed; see actor_alias
    form TEXT NOT NULL,
    name TEXT NOT NULL,                 -- as written, line breaks as blanks
    kind TEXT NOT NULL,
    basis TEXT NOT NULL,
    first_token INTEGER NOT NULL,
    last_token INTEGER NOT NULL         -- one past
) WITHOUT ROWID;

CREATE TABLE place (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    name TEXT NOT NULL,
    key TEXT,
    latitude REAL,
    longitude REAL,
    country TEXT,
    kind TEXT NOT NULL,
    role TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE time (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    timex TEXT NOT NULL,
    value TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT
) WITHOUT ROWID;

CREATE TABLE figure (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    low REAL,
    high REAL,
    bound TEXT NOT NULL,
    unit TEXT,
    state TEXT
) WITHOUT ROWID;

CREATE TABLE quotation (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    kind TEXT NOT NULL,
    speaker TEXT,                       -- mention
    addressee TEXT,                     -- mention
    denied INTEGER NOT NULL,
    within TEXT                         -- quotation
) WITHOUT ROWID;

CREATE TABLE event_mention (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    plover TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,             -- space between
    cameo TEXT NOT NULL,
    status TEXT NOT NULL,
    place TEXT,
    time TEXT,
    first_day TEXT,
    last_day TEXT,
    quotation TEXT
) WITHOUT ROWID;

CREATE TABLE undertaking_mention (
    id TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(key),
    kind TEXT NOT NULL,
    negated INTEGER NOT NULL,
    deadline TEXT,                      -- time
    quotation TEXT
) WITHOUT ROWID;

CREATE TABLE argument (                 -- mentions that take part in an event or undertaking mention
    row TEXT NOT NULL,
    role TEXT NOT NULL,                 -- source, target, by, to
    position INTEGER NOT NULL,
    mention TEXT NOT NULL,
    PRIMARY KEY (row, role, position)
) WITHOUT ROWID;

-- What resolution needs, and finds ---------------------------------------------------------------

CREATE TABLE sketch (
    report INTEGER PRIMARY KEY REFERENCES report(key),
    linked INTEGER NOT NULL,            -- 0 until its blocks have been linked
    bytes BLOB NOT NULL
);

CREATE TABLE block (                    -- made of the sketches when they are linked
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,               -- of the report's date, since 1970; so large blocks are cut by time
    report INTEGER NOT NULL REFERENCES report(key),
    PRIMARY KEY (key, day, report)
) WITHOUT ROWID;

CREATE TABLE link (
    block INTEGER NOT NULL,
    left_report INTEGER NOT NULL REFERENCES report(key),
    right_report INTEGER NOT NULL REFERENCES report(key),
    strength REAL NOT NULL,
    PRIMARY KEY (block, left_report, right_report)
) WITHOUT ROWID;

-- What was concluded from the reports of one story ----------------------------------------------

CREATE TABLE story (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT
) WITHOUT ROWID;

CREATE TABLE story_report (
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES report(key),
    first_day TEXT,                     -- the report's date in the light of its story
    last_day TEXT,
    date_basis TEXT NOT NULL,
    PRIMARY KEY (story, report)
) WITHOUT ROWID;

CREATE TABLE story_date_reason (
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES report(key),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    seen_in INTEGER NOT NULL REFERENCES report(key),
    start_byte INTEGER,
    end_byte INTEGER,
    PRIMARY KEY (story, report, position)
) WITHOUT ROWID;

CREATE TABLE actor_merge (
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    dropped TEXT NOT NULL,
    kept TEXT NOT NULL,
    id TEXT NOT NULL,                   -- its evidence
    reason TEXT NOT NULL,
    PRIMARY KEY (story, dropped, kept)
) WITHOUT ROWID;

CREATE TABLE passage (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    left_report INTEGER NOT NULL REFERENCES report(key),
    right_report INTEGER NOT NULL REFERENCES report(key),
    words INTEGER NOT NULL,
    identity REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE family (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE family_member (
    family TEXT NOT NULL REFERENCES family(id) ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES report(key),
    parent INTEGER REFERENCES report(key),
    coverage REAL NOT NULL,
    reasons TEXT NOT NULL,              -- one per line
    PRIMARY KEY (family, report)
) WITHOUT ROWID;

CREATE TABLE origin (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    reasons TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE origin_report (
    origin TEXT NOT NULL REFERENCES origin(id) ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES report(key),
    PRIMARY KEY (origin, report)
) WITHOUT ROWID;

CREATE TABLE event (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    summary TEXT NOT NULL,
    plover TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    cameo TEXT NOT NULL,
    quad TEXT NOT NULL,
    score REAL NOT NULL,
    status TEXT NOT NULL,
    place TEXT,
    first_day TEXT,
    last_day TEXT
) WITHOUT ROWID;

CREATE TABLE statement (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    speaker TEXT,                       -- actor key
    speaker_text TEXT NOT NULL,
    addressee TEXT,
    denied INTEGER NOT NULL,
    text TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT
) WITHOUT ROWID;

CREATE TABLE wording (
    statement TEXT NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
    quotation TEXT NOT NULL REFERENCES quotation(id),
    report INTEGER NOT NULL REFERENCES report(key),
    text TEXT NOT NULL,
    difference TEXT NOT NULL,
    PRIMARY KEY (statement, quotation)
) WITHOUT ROWID;

CREATE TABLE undertaking (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    condition TEXT,
    deadline_first_day TEXT,
    deadline_last_day TEXT,
    first_day TEXT,
    last_day TEXT
) WITHOUT ROWID;

CREATE TABLE bearing (
    undertaking TEXT NOT NULL REFERENCES undertaking(id) ON DELETE CASCADE,
    row TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (undertaking, row)
) WITHOUT ROWID;

CREATE TABLE party (                    -- actors of a concluded event or undertaking
    row TEXT NOT NULL,
    role TEXT NOT NULL,                 -- source, target, by, to
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,                -- key
    PRIMARY KEY (row, role, position)
) WITHOUT ROWID;

CREATE TABLE support (                  -- origins and reports behind a concluded row
    row TEXT NOT NULL,
    origin TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES report(key),
    PRIMARY KEY (row, origin, report)
) WITHOUT ROWID;

CREATE TABLE disagreement (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    sentence TEXT NOT NULL,
    about TEXT
) WITHOUT ROWID;

-- What is the same across stories, made anew by every read ---------------------------------------

CREATE TABLE actor (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sectors TEXT NOT NULL,
    roles TEXT NOT NULL,                -- one per line
    spellings TEXT NOT NULL,            -- one per line
    known INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    reports INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE actor_alias (              -- keys that merges dropped
    dropped TEXT PRIMARY KEY,
    kept TEXT NOT NULL REFERENCES actor(key)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE report_text USING fts5(title, text, content="report", content_rowid="key");

CREATE INDEX story_report_report ON story_report(report);
CREATE INDEX passage_story ON passage(story);
CREATE INDEX family_story ON family(story);
CREATE INDEX origin_story ON origin(story);
CREATE INDEX event_story ON event(story);
CREATE INDEX statement_story ON statement(story);
CREATE INDEX undertaking_story ON undertaking(story);
CREATE INDEX disagreement_story ON disagreement(story);
CREATE INDEX party_actor ON party(actor);
