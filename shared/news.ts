import { z } from 'zod'
import { CaseId, PersonId, ServiceId } from './ids.ts'
import { route } from './route.ts'

/**
 * What a piece of news is about: the block's own id where it has one (it keeps it when it is moved), else the Yjs item
 * of its element, `client:clock`.
 */
export const NewsKey = z.string().regex(/^([a-zA-Z0-9_-]{1,64}|\d{1,10}:\d{1,10})$/)

/** Blocks that are read and counted as one. What stands in a concern or an agreement belongs to it. */
export const NewsBlock = z.enum([
  'paragraph',
  'heading',
  'goal',
  'measure',
  'evaluation',
  'concern',
  'decision',
])
export type NewsBlock = z.infer<typeof NewsBlock>

/** A stretch of a block's text as the reader knows it: unchanged, new, or gone. */
export const NewsPart = z.object({
  mark: z.enum(['same', 'new', 'gone']),
  text: z.string(),
  /** Who wrote it, or took it away; only for what changed. */
  person: PersonId.optional(),
  service: ServiceId.optional(),
  /** Yjs items of new text, `[client, clock, length]`: what the editor marks, wherever it stands by then. */
  ids: z.array(z.tuple([z.number(), z.number(), z.number()])).optional(),
  /** The last standing character before what is gone, `[client, clock]`; null at the beginning of its line. */
  after: z.tuple([z.number(), z.number()]).nullable().optional(),
})
export type NewsPart = z.infer<typeof NewsPart>

/** What a single value of a block may hold. */
export const NewsField = z.union([z.string(), z.number(), z.array(z.string())]).nullable()

export const NewsItem = z.object({
  key: NewsKey,
  block: NewsBlock,
  what: z.enum(['made', 'changed', 'gone']),
  /** Whose doing, most of it first. */
  by: z.array(z.object({ person: PersonId, service: ServiceId, at: z.number() })).min(1),
  parts: z.array(NewsPart),
  /** Single values that are another than the reader last saw. */
  fields: z.array(z.object({ name: z.string(), from: NewsField, to: NewsField })),
  /** Something gone: the Yjs item (`client:clock`) it stood right after, or stood first in. */
  place: z.object({ after: z.string().nullable(), within: z.string().nullable() }).optional(),
})
export type NewsItem = z.infer<typeof NewsItem>

/** Most items in one answer; `count` is always the whole number, and the rest comes as these are read. */
export const MOST_NEWS = 300

export const News = z.object({
  /** Everything up to this sequence number is in here: what to say when it was read. */
  seq: z.number().int().min(0),
  /** When the reader last read anything here; null before the first time. */
  since: z.number().nullable(),
  count: z.number().int().min(0),
  /** The blocks by whose doing they mainly are. */
  people: z.array(
    z.object({ person: PersonId, name: z.string(), service: ServiceId, count: z.number().int() }),
  ),
  /** In the order of the log. */
  items: z.array(NewsItem),
})
export type News = z.infer<typeof News>

export const Read = z.strictObject({
  /** `seq` of the answer that was on the screen. */
  seq: z.number().int().min(0),
  /** The blocks that were on the screen; none means all of the log. */
  keys: z.array(NewsKey).max(500).optional(),
})
export type Read = z.infer<typeof Read>

const ofCase = z.object({ id: CaseId })
const none = z.object({})

export const newsRoutes = {
  news: route({
    method: 'GET',
    path: '/api/cases/:id/news',
    summary: 'What others changed in a log since you last read it, block by block',
    params: ofCase,
    query: none,
    body: z.undefined(),
    response: News,
    access: 'session',
    tag: 'news',
  }),
  read: route({
    method: 'POST',
    path: '/api/cases/:id/read',
    summary: 'Say which news you have had on the screen',
    params: ofCase,
    query: none,
    body: Read,
    response: none,
    access: 'session',
    tag: 'news',
  }),
}
