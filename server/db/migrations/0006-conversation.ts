import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const ofCase = 'case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE'
const ofMeeting = 'meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE'

const statements = [
  // Comments. The document carries only a mark with the thread's id; where it stands and what it quotes is here.
  `CREATE TABLE threads (id TEXT PRIMARY KEY, ${ofCase}, document TEXT NOT NULL, kind TEXT NOT NULL, block TEXT,
    quote TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL, gone INTEGER NOT NULL, person TEXT NOT NULL,
    at BIGINT NOT NULL, resolved_by TEXT, resolved_at BIGINT)`,
  'CREATE INDEX threads_case_id ON threads (case_id)',
  `CREATE TABLE comments (id TEXT PRIMARY KEY, thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    ${ofCase}, person TEXT NOT NULL, service TEXT NOT NULL, at BIGINT NOT NULL, edited_at BIGINT, deleted_at BIGINT,
    text TEXT NOT NULL, mentions TEXT NOT NULL)`,
  'CREATE INDEX comments_thread_id ON comments (thread_id, at)',
  'CREATE INDEX comments_case_id ON comments (case_id, at)',
  `CREATE TABLE comment_mentions (comment_id TEXT NOT NULL REFERENCES comments (id) ON DELETE CASCADE, ${ofCase},
    kind TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (comment_id, kind, ref))`,
  'CREATE INDEX comment_mentions_ref ON comment_mentions (kind, ref)',
  `CREATE TABLE comment_reactions (comment_id TEXT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    person TEXT NOT NULL, reaction TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (comment_id, person, reaction))`,
  `CREATE TABLE thread_reads (thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    person TEXT NOT NULL, up_to BIGINT NOT NULL, PRIMARY KEY (thread_id, person))`,
  `CREATE TABLE thread_outcomes (thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, ref TEXT NOT NULL, service TEXT, person TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (thread_id, kind, ref))`,

  // Questions and the baton.
  `CREATE TABLE questions (id TEXT PRIMARY KEY, ${ofCase}, service TEXT NOT NULL, person TEXT NOT NULL,
    at BIGINT NOT NULL, day TEXT NOT NULL, text TEXT NOT NULL, thread_id TEXT, answered_by TEXT,
    answered_at BIGINT, answer TEXT, line TEXT, withdrawn_at BIGINT)`,
  // Once a day, whoever asks.
  'CREATE UNIQUE INDEX questions_day ON questions (case_id, service, day)',
  'CREATE INDEX questions_service ON questions (service, answered_at)',
  `CREATE TABLE handovers (id TEXT PRIMARY KEY, ${ofCase}, from_person TEXT NOT NULL, to_person TEXT NOT NULL,
    message TEXT NOT NULL, status TEXT NOT NULL, at BIGINT NOT NULL, decided_at BIGINT)`,
  'CREATE INDEX handovers_case_id ON handovers (case_id, at)',
  'CREATE INDEX handovers_to_person ON handovers (to_person, status)',
  // At most one is offered at a time.
  "CREATE UNIQUE INDEX handovers_proposed ON handovers (case_id) WHERE status = 'proposed'",

  // What waits for somebody is worked out; that it was put off or seen is remembered, for every device of theirs.
  `CREATE TABLE waiting_marks (person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE, key TEXT NOT NULL,
    done_at BIGINT, later_until BIGINT, later_meeting TEXT, PRIMARY KEY (person, key))`,
  `CREATE TABLE mail_settings (person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    email TEXT NOT NULL, mail TEXT NOT NULL)`,
  `CREATE TABLE mails_sent (person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE, key TEXT NOT NULL,
    at BIGINT NOT NULL, PRIMARY KEY (person, key))`,
  `CREATE TABLE calendar_links (person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE, made_at BIGINT NOT NULL)`,

  // Meetings.
  `CREATE TABLE meetings (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    status TEXT NOT NULL, starts_at BIGINT, minutes INTEGER NOT NULL, place TEXT NOT NULL, link TEXT NOT NULL,
    repeats TEXT, organiser TEXT NOT NULL, leader TEXT NOT NULL, created_at BIGINT NOT NULL, follows TEXT,
    started_at BIGINT, item TEXT, item_since BIGINT, ended_at BIGINT, signed_by TEXT, signed_at BIGINT,
    checksum TEXT, record TEXT)`,
  'CREATE INDEX meetings_starts_at ON meetings (starts_at)',
  // `record`: the part's minutes as JSON from the end on; `from_seq` and `to_seq`: the log at start and end.
  `CREATE TABLE meeting_cases (${ofMeeting}, ${ofCase}, position INTEGER NOT NULL, block TEXT, from_seq BIGINT,
    to_seq BIGINT, before TEXT, record TEXT, PRIMARY KEY (meeting_id, case_id))`,
  'CREATE INDEX meeting_cases_case_id ON meeting_cases (case_id)',
  `CREATE TABLE meeting_people (${ofMeeting}, person TEXT NOT NULL REFERENCES people (id), service TEXT NOT NULL,
    cases TEXT NOT NULL, left_out TEXT, answer TEXT, attended INTEGER, PRIMARY KEY (meeting_id, person))`,
  'CREATE INDEX meeting_people_person ON meeting_people (person)',
  `CREATE TABLE meeting_guests (id TEXT PRIMARY KEY, ${ofMeeting}, name TEXT NOT NULL, about TEXT NOT NULL)`,
  `CREATE TABLE meeting_times (id TEXT PRIMARY KEY, ${ofMeeting}, starts_at BIGINT NOT NULL)`,
  `CREATE TABLE meeting_time_answers (time_id TEXT NOT NULL REFERENCES meeting_times (id) ON DELETE CASCADE,
    person TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (time_id, person))`,
  // Without a meeting it waits for the log's next one.
  `CREATE TABLE agenda_items (id TEXT PRIMARY KEY, ${ofCase}, meeting_id TEXT REFERENCES meetings (id),
    kind TEXT NOT NULL, block TEXT, thread_id TEXT, ref TEXT, title TEXT NOT NULL, person TEXT,
    minutes INTEGER NOT NULL, position INTEGER NOT NULL, status TEXT NOT NULL, outcome TEXT NOT NULL, carried INTEGER NOT NULL,
    at BIGINT NOT NULL)`,
  'CREATE INDEX agenda_items_meeting_id ON agenda_items (meeting_id, position)',
  'CREATE INDEX agenda_items_case_id ON agenda_items (case_id)',
  `CREATE TABLE disagreements (id TEXT PRIMARY KEY, ${ofCase}, goal TEXT NOT NULL, opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL, closed_by TEXT, closed_at BIGINT, decision TEXT, block TEXT, dissented TEXT)`,
  'CREATE INDEX disagreements_case_id ON disagreements (case_id)',
  `CREATE TABLE disagreement_views (disagreement_id TEXT NOT NULL REFERENCES disagreements (id) ON DELETE CASCADE,
    person TEXT NOT NULL, service TEXT NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (disagreement_id, person))`,

  // A goal's row knows its steps' wording and when each service rated it; the next start derives every row again.
  "ALTER TABLE goals ADD COLUMN steps TEXT NOT NULL DEFAULT '[]'",
  'DELETE FROM log_texts',

  // The block schema has a mark and a block that older clients would delete.
  'UPDATE documents SET blocks_version = 2 WHERE blocks_version < 2',
]

/** Comments, what waits, the baton, meetings and disagreements. */
export const conversation: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
