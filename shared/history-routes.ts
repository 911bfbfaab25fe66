import { z } from 'zod'
import { HistoryNode, HistorySession, HistoryWriter, Seq } from './history.ts'
import { BlockId, CaseId, PersonId, ServiceId } from './ids.ts'
import { route } from './route.ts'

/** A moment in an address. */
const SeqText = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

/** A day on which somebody worked in the log. */
export const HistoryDay = z.object({
  day: z.iso.date(),
  services: z.array(ServiceId),
  /** The moment at the day's end. */
  to: Seq,
})
export type HistoryDay = z.infer<typeof HistoryDay>

/** A name that somebody gave a moment. */
export const Version = z.object({
  id: BlockId,
  seq: Seq,
  name: z.string(),
  person: PersonId,
  personName: z.string(),
  /** When the moment was, and when it was named. */
  momentAt: z.number(),
  at: z.number(),
})
export type Version = z.infer<typeof Version>
const VersionName = z.string().trim().min(1).max(80)

/** Characters of the log by their Yjs ids. */
export const CharacterRange = z.strictObject({
  client: z.number().int().min(0).max(0xffff_ffff),
  clock: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31),
  length: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31),
})
export type CharacterRange = z.infer<typeof CharacterRange>

/** What of the log is brought back: as it stood at a moment, or as if one update (a restore) had not been. */
export const RestoreRequest = z.strictObject({
  /** Drawn by the client: the same id again is the same restore. */
  id: BlockId,
  seq: Seq,
  undo: z.boolean().default(false),
  /** `id` of a block, or `key` of one without; without it, the whole log. */
  block: z.string().max(64).optional(),
})
export type RestoreRequest = z.infer<typeof RestoreRequest>

const byId = z.object({ id: CaseId })
const versionOf = z.object({ id: CaseId, version: BlockId })
const none = z.object({})
const tag = 'history'

export const historyRoutes = {
  sessions: route({
    method: 'GET',
    path: '/api/cases/:id/history',
    summary: 'Who worked in the log when, and what they did; newest first, a page at a time',
    params: byId,
    query: z.object({
      /** Sessions that ended before this moment; the newest without it. */
      before: SeqText.optional(),
      /** Where days begin. */
      zone: z.string().max(64).default('UTC'),
    }),
    body: z.undefined(),
    response: z.object({
      seq: Seq,
      writers: z.array(HistoryWriter),
      sessions: z.array(HistorySession),
      /** Where the next page begins; null on the last. */
      next: Seq.nullable(),
      days: z.array(HistoryDay),
      versions: z.array(Version),
    }),
    access: 'session',
    tag,
  }),
  moment: route({
    method: 'GET',
    path: '/api/cases/:id/history/moment',
    summary: 'The log as it stood at a moment, with what changed since an earlier one',
    params: byId,
    query: z.object({ seq: SeqText, since: SeqText.optional() }),
    body: z.undefined(),
    response: z.object({
      seq: Seq,
      since: Seq.nullable(),
      at: z.number().nullable(),
      writers: z.array(HistoryWriter),
      blocks: z.array(HistoryNode),
    }),
    access: 'session',
    tag,
  }),
  who: route({
    method: 'POST',
    path: '/api/cases/:id/history/who',
    summary: 'Who wrote these characters, and when',
    params: byId,
    query: none,
    body: z.strictObject({ ranges: z.array(CharacterRange).min(1).max(500) }),
    response: z.object({
      writers: z.array(HistoryWriter),
      runs: z.array(
        z.object({
          length: z.number().int(),
          writer: z.number().int(),
          at: z.number(),
          seq: Seq,
          /** Who moved or brought it here since, if somebody did. */
          movedBy: z.number().int().optional(),
          movedAt: z.number().optional(),
        }),
      ),
    }),
    access: 'session',
    tag,
  }),
  restore: route({
    method: 'POST',
    path: '/api/cases/:id/history/restore',
    summary: 'Bring a block or the whole log back to a moment, as a new edit; or undo such a restore',
    params: byId,
    query: none,
    body: RestoreRequest,
    /** `seq` of the new edit; null when everything stood as wished already. */
    response: z.object({ seq: Seq.nullable() }),
    access: 'session',
    tag,
  }),
  nameVersion: route({
    method: 'POST',
    path: '/api/cases/:id/history/versions',
    summary: 'Give a moment a name',
    params: byId,
    query: none,
    body: z.strictObject({ id: BlockId, seq: Seq, name: VersionName }),
    response: z.object({}),
    access: 'session',
    tag,
  }),
  renameVersion: route({
    method: 'PUT',
    path: '/api/cases/:id/history/versions/:version',
    summary: 'Change a name that you gave',
    params: versionOf,
    query: none,
    body: z.strictObject({ name: VersionName }),
    response: z.object({}),
    access: 'session',
    tag,
  }),
  removeVersion: route({
    method: 'DELETE',
    path: '/api/cases/:id/history/versions/:version',
    summary: 'Take back a name that you gave; the moment stays',
    params: versionOf,
    query: none,
    body: z.undefined(),
    response: z.object({}),
    access: 'session',
    tag,
  }),
}
