-- Views for people: one per kind of row, with names where the tables have keys.

CREATE VIEW row_actor AS                -- every row with every actor that takes part in it
    SELECT p.row AS row, coalesce(a.kept, p.actor) AS actor
      FROM party p LEFT JOIN actor_alias a ON a.dropped = p.actor
    UNION SELECT s.id, coalesce(a.kept, s.speaker)
      FROM statement s LEFT JOIN actor_alias a ON a.dropped = s.speaker WHERE s.speaker IS NOT NULL
    UNION SELECT s.id, coalesce(a.kept, s.addressee)
      FROM statement s LEFT JOIN actor_alias a ON a.dropped = s.addressee WHERE s.addressee IS NOT NULL
    UNION SELECT r.id, coalesce(a.kept, x.actor)
      FROM report_actor x JOIN report r ON r.key = x.report
      LEFT JOIN actor_alias a ON a.dropped = x.actor
    UNION SELECT sr.story, coalesce(a.kept, x.actor)
      FROM report_actor x JOIN story_report sr ON sr.report = x.report
      LEFT JOIN actor_alias a ON a.dropped = x.actor
    UNION SELECT r.id, r.subject FROM relation r
    UNION SELECT r.id, r.object FROM relation r
    UNION SELECT a.id, a.key FROM actor a;

CREATE VIEW evidence_text AS            -- where every row stands, with its characters
    SELECT e.row, e.role, r.id AS report, r.title,
           substr(r.text, e.start_char + 1, e.end_char - e.start_char) AS text,
           e.start_char, e.end_char, e.start_byte, e.end_byte, e.observed
      FROM evidence e JOIN report r ON r.key = e.report;

CREATE VIEW reports AS
    SELECT r.id,
           coalesce(sr.first_day, r.first_day) AS first_day,
           coalesce(sr.last_day, r.last_day) AS last_day,
           coalesce(sr.date_basis, r.date_basis) AS basis,
           coalesce(r.outlet, '') AS outlet, r.title, r.language, r.words,
           (SELECT group_concat(path || CASE member WHEN 0 THEN '' ELSE '#' || member END, ' ')
              FROM source s WHERE s.report = r.key) AS source,
           coalesce((SELECT group_concat(DISTINCT c.name) FROM credit c WHERE c.id >= 'cre_' || substr(r.id, 5, 8)
              AND c.id < 'cre_' || substr(r.id, 5, 8) || '~' AND c.report = r.key
              AND c.kind NOT IN ('dateline', 'photo')), '') AS credits,
           coalesce(o.name, '') AS origin, coalesce(sr.story, '') AS story, coalesce(r.url, '') AS url,
           r.was_read
      FROM report r
      LEFT JOIN story_report sr ON sr.report = r.key
      LEFT JOIN origin_report x ON x.report = r.key
      LEFT JOIN origin o ON o.id = x.origin
     ORDER BY 2, 3, 1;

CREATE VIEW stories AS
    SELECT s.id, s.first_day, s.last_day, s.title,
           (SELECT count(*) FROM story_report x WHERE x.story = s.id) AS reports,
           (SELECT count(*) FROM origin x WHERE x.story = s.id) AS origins,
           (SELECT count(*) FROM event x WHERE x.story = s.id) AS events,
           (SELECT count(*) FROM statement x WHERE x.story = s.id) AS statements,
           (SELECT count(*) FROM undertaking x WHERE x.story = s.id) AS undertakings,
           (SELECT count(*) FROM disagreement x WHERE x.story = s.id) AS disagreements,
           coalesce((SELECT group_concat(term, '; ') FROM
                     (SELECT term FROM story_term t WHERE t.story = s.id ORDER BY position LIMIT 8)), '') AS about,
           coalesce((SELECT thread FROM thread_story t WHERE t.story = s.id), '') AS thread
      FROM story s ORDER BY 5 DESC, 6 DESC, 2, 3, 1;

CREATE VIEW threads AS
    SELECT t.id, t.first_day, t.last_day, s.title,
           (SELECT count(*) FROM thread_story x WHERE x.thread = t.id) AS stories,
           (SELECT count(*) FROM thread_story x JOIN story_report r ON r.story = x.story WHERE x.thread = t.id) AS reports,
           coalesce((SELECT group_concat(term, '; ') FROM
                     (SELECT min(y.term) AS term FROM thread_story x JOIN story_term y ON y.story = x.story
                       WHERE x.thread = t.id GROUP BY y.key ORDER BY count(*) DESC, sum(y.weight) DESC, 1 LIMIT 8)),
                    '') AS about
      FROM thread t JOIN story s ON s.id = t.named_by ORDER BY 6 DESC, 5 DESC, 2, 3, 1;

CREATE VIEW thread_stories AS           -- how each thread went on
    SELECT x.thread, s.first_day, s.last_day, s.title,
           (SELECT count(*) FROM story_report r WHERE r.story = s.id) AS reports,
           coalesce((SELECT title FROM story y WHERE y.id = x.after), '') AS after, round(x.likeness, 2) AS likeness,
           x.shared, s.id AS story
      FROM thread_story x JOIN story s ON s.id = x.story ORDER BY x.thread, x.position;

CREATE VIEW actors AS
    SELECT a.id, a.name, a.kind, coalesce(a.country, '') AS country, a.sectors AS sector,
           replace(a.roles, char(10), '; ') AS roles, replace(a.spellings, char(10), '; ') AS spellings,
           a.mentions, a.reports, a.key, a.known
      FROM actor a ORDER BY a.mentions DESC, a.key;

CREATE VIEW party_name AS
    SELECT p.row, p.role, p.position, coalesce(a.name, p.actor) AS name
      FROM party p LEFT JOIN actor_alias x ON x.dropped = p.actor
      LEFT JOIN actor a ON a.key = coalesce(x.kept, p.actor)
     ORDER BY p.row, p.role, p.position;

CREATE VIEW events AS
    SELECT e.id, e.first_day, e.last_day, e.status, e.plover AS type, coalesce(e.mode, '') AS mode,
           coalesce((SELECT group_concat(name, '; ') FROM party_name p WHERE p.row = e.id AND p.role = 'source'), '') AS source,
           coalesce((SELECT group_concat(name, '; ') FROM party_name p WHERE p.row = e.id AND p.role = 'target'), '') AS target,
           coalesce(e.place, '') AS place, e.summary,
           (SELECT count(DISTINCT report) FROM support s WHERE s.row = e.id) AS reports,
           (SELECT count(DISTINCT origin) FROM support s WHERE s.row = e.id) AS origins,
           e.footing, e.on_word_of, e.cameo, e.quad, e.score, e.contexts AS context, e.story
      FROM event e
     ORDER BY coalesce(e.first_day, e.last_day) IS NULL, coalesce(e.first_day, e.last_day), e.last_day, e.id;

CREATE VIEW event_attributes AS         -- what the mentions of each event give, and whether they agree on it
    WITH told AS (
        SELECT e.row AS event, m.id, m.report, m.status, m.mode, m.place, m.first_day, m.last_day,
               (SELECT min(origin) FROM origin_report x WHERE x.report = m.report) AS origin
          FROM evidence e JOIN event_mention m ON m.id = e.observed WHERE e.role = 'mention'),
    given AS (                          -- side: two that are not the same cannot both be right
        SELECT event, report, origin, 'status' AS attribute, status AS value,
               CASE WHEN status IN ('negated', 'denied') THEN 'no'
                    WHEN status IN ('happened', 'under-way', 'historical') THEN 'yes' END AS side FROM told
        UNION ALL SELECT event, report, origin, 'mode', mode, NULL FROM told WHERE mode IS NOT NULL
        UNION ALL
        SELECT t.event, t.report, t.origin, 'place', p.name,
               CASE WHEN p.kind = 'settlement' THEN coalesce(p.key, p.name) END
          FROM told t JOIN place p ON p.id = t.place
        UNION ALL
        SELECT event, report, origin, 'days',
               CASE WHEN first_day = last_day THEN first_day
                    ELSE coalesce(first_day, '..') || '/' || coalesce(last_day, '..') END,
               CASE WHEN first_day = last_day THEN first_day END
          FROM told WHERE first_day IS NOT NULL OR last_day IS NOT NULL
        UNION ALL
        SELECT t.event, t.report, t.origin, a.role, coalesce(k.name, n.name), NULL
          FROM told t JOIN argument a ON a.row = t.id JOIN mention n ON n.id = a.mention
          LEFT JOIN actor_alias x ON x.dropped = n.actor
          LEFT JOIN actor k ON k.key = coalesce(x.kept, n.actor)),
    counted AS (
        SELECT event, attribute, value, min(side) AS side, count(*) AS mentions,
               count(DISTINCT report) AS reports, count(DISTINCT origin) AS origins
          FROM given GROUP BY event, attribute, value)
    SELECT event, attribute, value,
           CASE WHEN min(side) OVER same <> max(side) OVER same THEN 'disputed'
                WHEN 1 < count(*) OVER same THEN 'differs' ELSE 'agreed' END AS standing,
           mentions, reports, origins
      FROM counted WINDOW same AS (PARTITION BY event, attribute)
     ORDER BY event, attribute, origins DESC, reports DESC, mentions DESC, value;

CREATE VIEW statements AS
    SELECT s.id, s.first_day, s.last_day,
           coalesce((SELECT a.name FROM actor a WHERE a.key = coalesce(x.kept, s.speaker)), s.speaker_text) AS speaker,
           coalesce((SELECT a.name FROM actor a WHERE a.key = coalesce(y.kept, s.addressee)), '') AS addressee,
           s.denied, s.text,
           (SELECT count(*) FROM wording w WHERE w.statement = s.id) AS wordings,
           (SELECT count(DISTINCT report) FROM support p WHERE p.row = s.id) AS reports,
           (SELECT count(DISTINCT origin) FROM support p WHERE p.row = s.id) AS origins, s.story
      FROM statement s
      LEFT JOIN actor_alias x ON x.dropped = s.speaker
      LEFT JOIN actor_alias y ON y.dropped = s.addressee
     ORDER BY coalesce(s.first_day, s.last_day) IS NULL, coalesce(s.first_day, s.last_day), s.last_day, s.id;

CREATE VIEW undertakings AS
    SELECT u.id, u.first_day, u.last_day, u.kind,
           coalesce((SELECT group_concat(name, '; ') FROM party_name p WHERE p.row = u.id AND p.role = 'by'), '') AS by,
           coalesce((SELECT group_concat(name, '; ') FROM party_name p WHERE p.row = u.id AND p.role = 'to'), '') AS 'to',
           u.what, coalesce(u.condition, '') AS condition,
           coalesce(u.deadline_last_day, u.deadline_first_day, '') AS deadline,
           coalesce((SELECT group_concat(text, '; ') FROM bearing b WHERE b.undertaking = u.id), '') AS bearings,
           (SELECT count(DISTINCT report) FROM support s WHERE s.row = u.id) AS reports,
           (SELECT count(DISTINCT origin) FROM support s WHERE s.row = u.id) AS origins, u.story
      FROM undertaking u
     ORDER BY coalesce(u.first_day, u.last_day) IS NULL, coalesce(u.first_day, u.last_day), u.last_day, u.id;

CREATE VIEW relations AS                -- first_day and last_day are those of the reports that state it
    SELECT r.id, r.kind, coalesce(a.name, r.subject_text) AS subject, coalesce(b.name, r.object_text) AS object,
           r.status, coalesce(r.since, '') AS since, coalesce(r.until, '') AS until, r.on_word_of,
           r.first_day, r.last_day, r.mentions, r.reports, r.origins,
           r.subject AS subject_key, r.object AS object_key
      FROM relation r LEFT JOIN actor a ON a.key = r.subject LEFT JOIN actor b ON b.key = r.object
     ORDER BY r.origins DESC, r.reports DESC, r.mentions DESC, r.kind, r.subject, r.object;

CREATE VIEW figures AS
    SELECT f.id, coalesce(sr.first_day, r.first_day) AS first_day, coalesce(sr.last_day, r.last_day) AS last_day,
           (SELECT text FROM evidence_text e WHERE e.row = f.id AND e.role = 'span') AS text,
           f.low, f.high, f.bound, coalesce(f.unit, '') AS unit,
           coalesce((SELECT text FROM evidence_text e WHERE e.row = f.id AND e.role = 'counted'), '') AS counted,
           coalesce(f.state, '') AS state, r.title AS report,
           coalesce((SELECT count(*) FROM support s WHERE s.row = q.quantity), 0) + (q.quantity IS NULL) AS reports,
           coalesce((SELECT count(DISTINCT origin) FROM support s WHERE s.row = q.quantity), 0) + (q.quantity IS NULL) AS origins,
           coalesce(q.quantity, '') AS quantity, coalesce(sr.story, '') AS story
      FROM figure f JOIN report r ON r.key = f.report
      LEFT JOIN quantity_figure q ON q.figure = f.id
      LEFT JOIN story_report sr ON sr.report = r.key ORDER BY 2, 3, r.id, f.id;

CREATE VIEW quantities AS               -- numbers that several reports of a story give alike
    SELECT q.id, q.first_day, q.last_day, q.text, q.low, q.high, q.counted, q.state,
           (SELECT count(*) FROM support s WHERE s.row = q.id) AS reports,
           (SELECT count(DISTINCT origin) FROM support s WHERE s.row = q.id) AS origins, q.on_word_of, q.story
      FROM quantity q ORDER BY 10 DESC, 9 DESC, 2, 3, 1;

CREATE VIEW places AS
    SELECT min(p.id) AS id, p.name, p.kind, coalesce(p.country, '') AS country, p.latitude, p.longitude,
           count(*) AS mentions, count(DISTINCT p.report) AS reports, sum(p.role = 'location') AS locations,
           sum(p.role = 'dateline') AS datelines, sum(p.role = 'metonym') AS metonyms, coalesce(p.key, '') AS key
      FROM place p GROUP BY coalesce(p.key, p.name), p.name, p.kind, p.country, p.latitude, p.longitude
     ORDER BY 7 DESC, 2, 1;

CREATE VIEW copies AS                   -- reports of one text, and reports that share a passage of it
    SELECT m.family AS id, f.story, 'copy' AS kind, r.title AS report, coalesce(r.outlet, '') AS outlet,
           coalesce((SELECT title FROM report p WHERE p.key = m.parent), '') AS copied_from,
           round(m.coverage, 2) AS coverage, replace(m.reasons, char(10), '; ') AS reasons, r.id AS report_id
      FROM family_member m JOIN family f ON f.id = m.family JOIN report r ON r.key = m.report
    UNION ALL
    SELECT p.id, p.story, 'shared passage', l.title, coalesce(l.outlet, ''), r.title,
           round(1.0 * p.words / max(1, l.words), 2),
           p.words || ' words: ' || (SELECT text FROM evidence_text e WHERE e.row = p.id AND e.role = 'left'), l.id
      FROM passage p JOIN report l ON l.key = p.left_report JOIN report r ON r.key = p.right_report
     WHERE NOT EXISTS (SELECT 1 FROM family_member a JOIN family_member b ON b.family = a.family
                        WHERE a.report = p.left_report AND b.report = p.right_report)
       AND p.story IS NOT NULL
    UNION ALL                           -- for each of the two stories
    SELECT p.id, s.story, 'shared across stories', o.title, coalesce(o.outlet, ''), x.title,
           round(1.0 * p.words / max(1, o.words), 2),
           p.words || ' words: ' || (SELECT text FROM evidence_text e WHERE e.row = p.id AND e.report = o.id), o.id
      FROM passage p JOIN report o ON o.key IN (p.left_report, p.right_report)
      JOIN report x ON x.key = CASE o.key WHEN p.left_report THEN p.right_report ELSE p.left_report END
      JOIN story_report s ON s.report = o.key
     WHERE p.story IS NULL
     ORDER BY 3, 1, 6, 9;

CREATE VIEW passages AS                 -- older: the report that its date puts before the other
    SELECT p.id, p.words, round(p.identity, 2) AS identity,
           CASE WHEN p.story IS NULL THEN 2 ELSE 1 END AS stories,
           l.title AS left_report, r.title AS right_report,
           CASE WHEN a.last_day < b.first_day THEN 'left' WHEN b.last_day < a.first_day THEN 'right' ELSE '' END AS older,
           (SELECT text FROM evidence_text e WHERE e.row = p.id AND e.role = 'left') AS left_text,
           (SELECT text FROM evidence_text e WHERE e.row = p.id AND e.role = 'right') AS right_text,
           coalesce(p.story, '') AS story, a.story AS left_story, b.story AS right_story
      FROM passage p JOIN report l ON l.key = p.left_report JOIN report r ON r.key = p.right_report
      LEFT JOIN story_report a ON a.report = p.left_report LEFT JOIN story_report b ON b.report = p.right_report
     ORDER BY 2 DESC, 1;

CREATE VIEW origins AS
    SELECT o.id, o.name, o.kind, (SELECT count(*) FROM origin_report x WHERE x.origin = o.id) AS reports,
           replace(o.reasons, char(10), '; ') AS reasons, o.story
      FROM origin o ORDER BY 4 DESC, 2, 1;

CREATE VIEW disagreements AS
    SELECT d.id, d.topic, d.sentence,
           (SELECT text FROM evidence_text e WHERE e.row = d.id AND e.role = 'side-a'
             ORDER BY length(e.text) DESC, e.report, e.start_char LIMIT 1) AS side_a,
           (SELECT text FROM evidence_text e WHERE e.row = d.id AND e.role = 'side-b'
             ORDER BY length(e.text) DESC, e.report, e.start_char LIMIT 1) AS side_b,
           coalesce(d.about, '') AS about, d.story
      FROM disagreement d ORDER BY 2, 1;

CREATE VIEW timeline AS                 -- told: what happened, was stated, is planned, may be, was not
    SELECT * FROM (
    SELECT id, first_day, last_day,
           CASE WHEN status IN ('happened', 'under-way', 'historical') THEN 'happened'
                WHEN status IN ('planned', 'called-for') THEN 'planned'
                WHEN status = 'hypothetical' THEN 'possible' ELSE 'not' END AS told,
           status AS what, summary AS text, reports, origins, story FROM events
     WHERE first_day IS NOT NULL OR last_day IS NOT NULL
    UNION ALL
    SELECT id, first_day, last_day, 'stated', CASE denied WHEN 0 THEN 'said' ELSE 'denied' END,
           CASE speaker WHEN '' THEN '' ELSE speaker || ': ' END || text, reports, origins, story FROM statements
     WHERE first_day IS NOT NULL OR last_day IS NOT NULL
    UNION ALL
    SELECT id, first_day, last_day, 'stated', kind, CASE by WHEN '' THEN '' ELSE by || ': ' END || what, reports,
           origins, story
      FROM undertakings WHERE first_day IS NOT NULL OR last_day IS NOT NULL
    UNION ALL                           -- what was undertaken by a day is planned for it
    SELECT u.id, t.deadline_first_day, t.deadline_last_day, 'planned', u.kind || ' due',
           CASE u.by WHEN '' THEN '' ELSE u.by || ': ' END || u.what, u.reports, u.origins, u.story
      FROM undertakings u JOIN undertaking t ON t.id = u.id
     WHERE t.deadline_first_day IS NOT NULL OR t.deadline_last_day IS NOT NULL)
     ORDER BY coalesce(first_day, last_day), last_day, id, told;

CREATE VIEW credits AS
    SELECT c.id, c.kind, c.name, (SELECT text FROM evidence_text e WHERE e.row = c.id AND e.role = 'span') AS text,
           r.title AS report FROM credit c JOIN report r ON r.key = c.report ORDER BY r.id, c.id;

CREATE VIEW residues AS
    SELECT x.id, x.reason, (SELECT text FROM evidence_text e WHERE e.row = x.id AND e.role = 'span') AS text,
           r.title AS report FROM residue x JOIN report r ON r.key = x.report ORDER BY r.id, x.id;

CREATE VIEW told_by AS                  -- on whose word a report tells an event: who says it, then who says so
    WITH RECURSIVE chain(event, mention, report, quotation, step) AS (
        SELECT e.row, m.id, m.report, m.quotation, 0
          FROM evidence e JOIN event_mention m ON m.id = e.observed
         WHERE e.role = 'mention'
        UNION ALL
        SELECT c.event, c.mention, c.report, q.within, c.step + 1
          FROM chain c JOIN quotation q ON q.id = c.quotation
         WHERE q.within IS NOT NULL AND c.step < 8)
    SELECT c.event, c.mention, r.id AS report, c.step,
           CASE WHEN c.quotation IS NULL THEN 'report' WHEN a.kind IS NULL OR a.kind = 'role' THEN 'unnamed' ELSE 'named' END AS source,
           coalesce((SELECT text FROM evidence_text t WHERE t.row = c.quotation AND t.role = 'source'), '') AS words,
           a.name AS actor, c.quotation
      FROM chain c JOIN report r ON r.key = c.report
      LEFT JOIN quotation q ON q.id = c.quotation
      LEFT JOIN mention m ON m.id = q.speaker
      LEFT JOIN actor_alias x ON x.dropped = m.actor
      LEFT JOIN actor a ON a.key = coalesce(x.kept, m.actor)
     ORDER BY c.event, c.mention, c.step;
