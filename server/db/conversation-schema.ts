/** Tables of what people say to each other: comments, questions, the baton, what waits, meetings and disagreements. */
export type ConversationTables = {
  /** What people speak of between meetings; the document carries a mark with the id. `gone`: nothing of it stands. */
  threads: {
    id: string
    case_id: string
    document: string
    kind: string
    block: string | null
    quote: string
    prefix: string
    suffix: string
    gone: number
    person: string
    at: number
    resolved_by: string | null
    resolved_at: number | null
  }
  comments: {
    id: string
    thread_id: string
    case_id: string
    person: string
    service: string
    at: number
    edited_at: number | null
    deleted_at: number | null
    text: string
    mentions: string
  }
  comment_mentions: { comment_id: string; case_id: string; kind: string; ref: string }
  comment_reactions: { comment_id: string; person: string; reaction: string; at: number }
  thread_reads: { thread_id: string; person: string; up_to: number }
  /** What became of a thread. */
  thread_outcomes: {
    thread_id: string
    kind: string
    ref: string
    service: string | null
    person: string
    at: number
  }
  questions: {
    id: string
    case_id: string
    service: string
    person: string
    at: number
    /** The municipality's day on which it was asked. */
    day: string
    text: string
    thread_id: string | null
    answered_by: string | null
    answered_at: number | null
    answer: string | null
    line: string | null
    withdrawn_at: number | null
  }
  handovers: {
    id: string
    case_id: string
    from_person: string
    to_person: string
    message: string
    status: string
    at: number
    decided_at: number | null
  }
  /** What somebody has seen or put off of what waits for them: until a time, or until this meeting begins. */
  waiting_marks: {
    person: string
    key: string
    done_at: number | null
    later_until: number | null
    later_meeting: string | null
  }
  mail_settings: { person: string; email: string; mail: string }
  mails_sent: { person: string; key: string; at: number }
  calendar_links: { person: string; token_hash: string; made_at: number }

  /** `item` is where the leader is; `follows` the meeting that this one goes on from; `record` what was signed. */
  meetings: {
    id: string
    revision: number
    kind: string
    title: string
    status: string
    starts_at: number | null
    minutes: number
    place: string
    link: string
    repeats: string | null
    organiser: string
    leader: string
    created_at: number
    follows: string | null
    started_at: number | null
    item: string | null
    item_since: number | null
    ended_at: number | null
    signed_by: string | null
    signed_at: number | null
    checksum: string | null
    record: string | null
  }
  /** `before` is how the goals stood at the start, `record` the minutes of this log's part; both JSON. */
  meeting_cases: {
    meeting_id: string
    case_id: string
    position: number
    block: string | null
    from_seq: number | null
    to_seq: number | null
    before: string | null
    record: string | null
  }
  /** `cases`: the logs of the meeting that somebody takes part in, as JSON; they show to who reads one of these. */
  meeting_people: {
    meeting_id: string
    person: string
    service: string
    cases: string
    left_out: string | null
    answer: string | null
    attended: number | null
  }
  meeting_guests: { id: string; meeting_id: string; name: string; about: string }
  meeting_times: { id: string; meeting_id: string; starts_at: number }
  meeting_time_answers: { time_id: string; person: string; answer: string }
  /** `ref`: the disagreement or question; `status` also says `off` of what the agenda put there and somebody took off. */
  agenda_items: {
    id: string
    case_id: string
    meeting_id: string | null
    kind: string
    block: string | null
    thread_id: string | null
    ref: string | null
    title: string
    person: string | null
    minutes: number
    position: number
    status: string
    outcome: string
    carried: number
    at: number
  }
  disagreements: {
    id: string
    case_id: string
    goal: string
    opened_by: string
    opened_at: number
    closed_by: string | null
    closed_at: number | null
    decision: string | null
    block: string | null
    dissented: string | null
  }
  disagreement_views: { disagreement_id: string; person: string; service: string; at: number; text: string }
}
