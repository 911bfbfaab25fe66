import { z } from 'zod'
import { BlockId, PersonId, ServiceId } from './ids.ts'

/** A moment in a log: the sequence number of the newest update that had come by then. 0 is before the first. */
export const Seq = z.number().int().min(0)
export type Seq = z.infer<typeof Seq>
/** Somebody who wrote in the log, for a service. Answers name writers by their place in a list of these. */
export const HistoryWriter = z.object({ person: PersonId, service: ServiceId, name: z.string() })
export type HistoryWriter = z.infer<typeof HistoryWriter>

/** Text between two moments: it stood at both, came, went, or only stands in another place. */
export const HistoryState = z.enum(['kept', 'inserted', 'deleted', 'moved'])
export type HistoryState = z.infer<typeof HistoryState>

/** Text that reads alike. Who wrote it is said of inserted and deleted text; of the rest, by the block. */
export const HistoryRun = z.object({
  text: z.string(),
  state: HistoryState,
  writer: z.number().int().optional(),
  /** When it was written, ms since epoch by the server's clock. */
  at: z.number().optional(),
  /** Who deleted it, and when. */
  deleter: z.number().int().optional(),
  deletedAt: z.number().optional(),
  bold: z.literal(true).optional(),
  italic: z.literal(true).optional(),
  href: z.string().optional(),
  mention: z.literal(true).optional(),
})
export type HistoryRun = z.infer<typeof HistoryRun>

export const FieldValue = z.union([z.string(), z.number(), z.array(z.string()), z.null()])
export type FieldValue = z.infer<typeof FieldValue>

/** One block of the log as it stood, with what stood in it. */
export type HistoryNode = {
  /** Yjs item id of its element, `client:clock`. */
  key: string
  type: string
  state: HistoryState
  fields: Record<string, FieldValue>
  /** Fields that held something else at the earlier moment. */
  before?: Record<string, FieldValue> | undefined
  /** Who wrote the text right in it, most first, and when its newest character was written. */
  writers: number[]
  at: number | null
  runs: HistoryRun[]
  children: HistoryNode[]
}
export const HistoryNode: z.ZodType<HistoryNode> = z.lazy(() =>
  z.object({
    key: z.string(),
    type: z.string(),
    state: HistoryState,
    fields: z.record(z.string(), FieldValue),
    before: z.record(z.string(), FieldValue).optional(),
    writers: z.array(z.number()),
    at: z.number().nullable(),
    runs: z.array(HistoryRun),
    children: z.array(HistoryNode),
  }),
)

/** The block that something happened in: one with an id (goal, measure …), else the one on the paper itself. */
export const HistoryBlock = z.object({
  /** Yjs item id of its element where it stands, or last stood; and of the block on the paper that holds it. */
  key: z.string(),
  top: z.string(),
  id: BlockId.nullable(),
  type: z.string(),
  /** Its first words. */
  name: z.string(),
  service: ServiceId.nullable(),
  /** The goal that it is, or stands in. The number counts the goals that stand; null for one that is gone. */
  goal: z
    .object({ id: BlockId.nullable(), number: z.number().int().nullable(), title: z.string() })
    .nullable(),
  stands: z.boolean(),
})
export type HistoryBlock = z.infer<typeof HistoryBlock>

/** The last of the updates behind a fact. */
const signed = { writer: z.number().int(), at: z.number(), seq: Seq }
const Quote = z.string()

/** What one person did in one block. Facts alone: the client makes sentences of them. */
export const HistoryFact = z.discriminatedUnion('kind', [
  z.object({
    ...signed,
    kind: z.literal('wrote'),
    characters: z.number().int(),
    /** In how many lines of the block. */
    lines: z.number().int(),
    quote: Quote,
  }),
  z.object({ ...signed, kind: z.literal('deleted'), characters: z.number().int(), quote: Quote }),
  /** Text that had been deleted, brought back; its writer stays who wrote it. */
  z.object({ ...signed, kind: z.literal('restored'), characters: z.number().int(), quote: Quote }),
  z.object({ ...signed, kind: z.literal('set'), field: z.string(), from: FieldValue, to: FieldValue }),
  /** A service's step on a goal; `from` is its step before. */
  z.object({
    ...signed,
    kind: z.literal('rated'),
    from: z.number().nullable(),
    to: z.number().nullable(),
    quote: Quote,
  }),
  z.object({ ...signed, kind: z.literal('added'), quote: Quote }),
  z.object({ ...signed, kind: z.literal('removed'), quote: Quote }),
  z.object({ ...signed, kind: z.literal('moved') }),
])
export type HistoryFact = z.infer<typeof HistoryFact>

export const BlockChanges = z.object({ block: HistoryBlock, facts: z.array(HistoryFact).min(1) })
export type BlockChanges = z.infer<typeof BlockChanges>

/** Pauses shorter than this (ms) do not end a session of work. */
export const SESSION_PAUSE = 10 * 60_000

/** Why a session is one of its own: somebody brought something back. */
export const HistoryRestore = z.object({
  /** The moment that was brought back, or the restore that was undone. */
  to: Seq,
  undo: z.boolean(),
  /** One block, or the whole log. */
  block: z.string().nullable(),
  /** When the moment brought back was. */
  momentAt: z.number(),
})
export type HistoryRestore = z.infer<typeof HistoryRestore>

/**
 * A session of work: one person's updates with pauses under ten minutes, whatever others write meanwhile. A restore
 * is a session of its own.
 */
export const HistorySession = z.object({
  from: Seq,
  to: Seq,
  startedAt: z.number(),
  endedAt: z.number(),
  writer: z.number().int(),
  updates: z.number().int(),
  blocks: z.array(BlockChanges),
  restore: HistoryRestore.optional(),
})
export type HistorySession = z.infer<typeof HistorySession>
