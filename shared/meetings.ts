import { z } from 'zod'
import { Attainment } from './cases.ts'
import { Signed } from './comments.ts'
import {
  AgendaItemId,
  BlockId,
  CaseId,
  DisagreementId,
  MeetingId,
  PersonId,
  ServiceId,
  ThreadId,
} from './ids.ts'

/** A meeting for one log, or a standing team meeting over several. */
export const MeetingKind = z.enum(['case', 'team'])
export const MeetingStatus = z.enum(['proposed', 'called', 'held', 'cancelled'])
export type MeetingStatus = z.infer<typeof MeetingStatus>
export const Repeat = z.enum(['weekly', 'fortnightly', 'monthly'])
export const MeetingAnswer = z.enum(['yes', 'no', 'maybe'])
export type MeetingAnswer = z.infer<typeof MeetingAnswer>

export const Invited = z.object({
  ...Signed.shape,
  title: z.string(),
  /** Why somebody who would be invited by default is left out; null for who is invited. */
  leftOut: z.string().nullable(),
  answer: MeetingAnswer.nullable(),
  /** Null until it is known: filled from who is connected, and by tapping the face. */
  attended: z.boolean().nullable(),
})
export type Invited = z.infer<typeof Invited>

export const Guest = z.object({ id: BlockId, name: z.string(), about: z.string() })
export type Guest = z.infer<typeof Guest>

export const AgendaKind = z.enum([
  'since', // what happened since last time
  'goal',
  'measure',
  'comment',
  'concern',
  'disagreement',
  'question',
  'nextDate', // who does what, and when we meet next
  'free', // anything, in somebody's words
])
export type AgendaKind = z.infer<typeof AgendaKind>

export const AgendaItem = z.object({
  id: AgendaItemId,
  case: CaseId,
  kind: AgendaKind,
  /** The block it is about: a goal, measure or concern. */
  block: BlockId.nullable(),
  thread: ThreadId.nullable(),
  title: z.string(),
  /** Who brings it; null for what the agenda put there by itself. */
  person: Signed.nullable(),
  minutes: z.number().int().min(1).max(240),
  status: z.enum(['open', 'done', 'moved']),
  outcome: z.string(),
  /** It was on an earlier meeting's agenda and not reached. */
  carried: z.boolean(),
})
export type AgendaItem = z.infer<typeof AgendaItem>

export const ProposedTime = z.object({
  id: BlockId,
  startsAt: z.number(),
  answers: z.array(z.object({ person: PersonId, answer: MeetingAnswer })),
})
export type ProposedTime = z.infer<typeof ProposedTime>

/** One meeting as a reader may see it: cases, items and people of logs that they may not read are left out. */
export const Meeting = z.object({
  id: MeetingId,
  /** Rises with every change: an older answer never replaces a newer one on the screen. */
  revision: z.number().int(),
  kind: MeetingKind,
  title: z.string(),
  status: MeetingStatus,
  /** ms since epoch; null while times are proposed. */
  startsAt: z.number().nullable(),
  minutes: z.number().int().min(5).max(480),
  place: z.string(),
  /** A web address for who is not in the room; empty for none. */
  link: z.string(),
  repeats: Repeat.nullable(),
  cases: z.array(z.object({ id: CaseId, name: z.string(), about: z.string() })),
  organiser: Signed,
  leader: Signed,
  people: z.array(Invited),
  guests: z.array(Guest),
  times: z.array(ProposedTime),
  agenda: z.array(AgendaItem),
  /** While it is held: where the leader is, and since when. */
  live: z.object({ startedAt: z.number(), item: AgendaItemId.nullable(), itemSince: z.number() }).nullable(),
  endedAt: z.number().nullable(),
  signed: z.object({ by: Signed, at: z.number(), checksum: z.string() }).nullable(),
  /** The block in each log that the minutes are written in, from the start of the meeting. */
  minutesBlocks: z.array(z.object({ case: CaseId, block: BlockId })),
  /** Whether the reader may lead it, change it and its agenda. */
  mayLead: z.boolean(),
  mayChange: z.boolean(),
})
export type Meeting = z.infer<typeof Meeting>

export const MeetingSummary = Meeting.pick({
  id: true,
  revision: true,
  kind: true,
  title: true,
  status: true,
  startsAt: true,
  minutes: true,
  place: true,
  link: true,
  cases: true,
  organiser: true,
  leader: true,
  endedAt: true,
}).extend({
  /** Somebody is in it now. */
  running: z.boolean(),
  signedAt: z.number().nullable(),
  items: z.number().int(),
  myAnswer: MeetingAnswer.nullable(),
  invited: z.boolean(),
})
export type MeetingSummary = z.infer<typeof MeetingSummary>

/** A step that a service chose, before and after. */
const StepChange = z.object({
  service: ServiceId,
  before: Attainment.nullable(),
  after: Attainment.nullable(),
})

/** What is another than before: a status, an owner, a date, words; or a block that is new or gone. */
export const RecordChange = z.object({
  block: BlockId,
  /** The block's words; a measure's or the goal's title. */
  text: z.string(),
  what: z.enum(['newGoal', 'newMeasure', 'status', 'responsible', 'due', 'title', 'gone']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  by: Signed.nullable(),
})
export type RecordChange = z.infer<typeof RecordChange>

/** What happened to one goal in a meeting. */
export const GoalRecord = z.object({
  goal: BlockId,
  number: z.number().int(),
  title: z.string(),
  /** Where each service that has said so saw it at the start and at the end. */
  ratings: z.array(StepChange),
  changes: z.array(RecordChange),
})
export type GoalRecord = z.infer<typeof GoalRecord>

/** The minutes of one log's part of a meeting: made from what happened, editable for the leader until signed. */
export const MinutesRecord = z.object({
  case: CaseId,
  name: z.string(),
  /** What was written together during the meeting, a paragraph a line. */
  text: z.string(),
  goals: z.array(GoalRecord),
  /** The same of measures that stand outside any goal. */
  loose: z.array(RecordChange),
  decisions: z.array(z.object({ block: BlockId, text: z.string(), by: Signed.nullable() })),
  /** What was agreed: measures with who and by when. */
  agreed: z.array(
    z.object({
      block: BlockId,
      text: z.string(),
      service: ServiceId.nullable(),
      who: z.string(),
      due: z.iso.date().nullable(),
    }),
  ),
  /** Agenda items with their outcome; what was not reached moves on. */
  items: z.array(AgendaItem),
  /** The leader's own words before signing. */
  remark: z.string(),
  /** The log's sequence numbers at start and end: «what changed during the meeting» in its history. */
  from: z.number().int(),
  to: z.number().int(),
})
export type MinutesRecord = z.infer<typeof MinutesRecord>

/** What was agreed about one log, as far as the meeting has come. */
export const AgreedSoFar = MinutesRecord.pick({ case: true, name: true, decisions: true, agreed: true })
export type AgreedSoFar = z.infer<typeof AgreedSoFar>

export const Minutes = z.object({
  meeting: Meeting,
  records: z.array(MinutesRecord),
  next: z.object({ meeting: MeetingId, startsAt: z.number().nullable() }).nullable(),
})
export type Minutes = z.infer<typeof Minutes>

/** Two or more professional views on one goal, side by side, none overwriting another. */
export const Disagreement = z.object({
  id: DisagreementId,
  case: CaseId,
  goal: BlockId,
  openedAt: z.number(),
  views: z.array(z.object({ by: Signed, at: z.number(), text: z.string() })),
  closed: z
    .object({
      by: Signed,
      at: z.number(),
      decision: z.string(),
      dissented: z.array(Signed),
    })
    .nullable(),
})
export type Disagreement = z.infer<typeof Disagreement>
