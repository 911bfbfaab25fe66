import { z } from 'zod'
import { CaseId, ClientId, PersonId, ServiceId } from '../ids.ts'
import { route } from '../route.ts'

/**
 * What Stafett adds to the Yjs and Hocuspocus wire. A change here is a decision: the fingerprint in
 * tests/shared/protocol.test.ts fails until somebody takes it.
 *
 * Version history
 * 1  first version: tickets, awareness fields, stateless `bylines` and `access`
 * 2  stateless `afresh`; an older client does not hear it, and is closed with `startAfresh` at its next edit
 * 3  stateless `taken`, answered with `seen`; of an older client, what it takes away of doubled text may come back once
 */
export const PROTOCOL_VERSION = 3

export const Audience = z.enum(['shared', 'staff'])
export type Audience = z.infer<typeof Audience>

/** `case/<id>/<audience>`: the document is the unit of permission [BL5]. */
export const DocumentName = z
  .string()
  .regex(/^case\/[a-zA-Z0-9_-]{1,64}\/(shared|staff)$/)
  .brand<'DocumentName'>()
export type DocumentName = z.infer<typeof DocumentName>

export const documentName = (caseId: CaseId, audience: Audience): DocumentName =>
  DocumentName.parse(`case/${caseId}/${audience}`)

/** The case and audience that a document name speaks of; undefined for any other string. */
export function parseDocumentName(name: string): { caseId: CaseId; audience: Audience } | undefined {
  if (!DocumentName.safeParse(name).success) return undefined
  const [, caseId, audience] = name.split('/')
  return { caseId: CaseId.parse(caseId), audience: Audience.parse(audience) }
}

/** Yjs XML fragment that holds the text of a log. */
export const LOG_FRAGMENT = 'log'

export const limits = {
  /** One WebSocket frame, in bytes. */
  frame: 1024 * 1024,
  /** One person's awareness state as JSON, in bytes. */
  awareness: 2048,
  /** Encoded state of one document, in bytes. */
  document: 32 * 1024 * 1024,
  /** Structs, and deleted ranges, in one update: more is sent in parts. */
  structs: 20_000,
  deletes: 100_000,
  /** Milliseconds until an opened socket must have signed in to a document. */
  signInDeadline: 5000,
  /** Milliseconds a ticket lives. */
  ticket: 30_000,
} as const

export const TicketRequest = z.strictObject({
  document: DocumentName,
  clientId: ClientId,
  blocksVersion: z.number().int().min(0),
})
export type TicketRequest = z.infer<typeof TicketRequest>

export const collabRoutes = {
  ticket: route({
    method: 'POST',
    path: '/api/collab/ticket',
    summary: 'A one-use ticket (30 s) that claims a Yjs client id in a document',
    params: z.object({}),
    query: z.object({}),
    body: TicketRequest,
    response: z.object({ ticket: z.string() }),
    access: 'account',
    tag: 'collab',
  }),
}

/** Awareness `user`: written by the server from the session, whatever the client claims. */
export const AwarenessUser = z.object({ id: PersonId, name: z.string(), service: ServiceId })

/** Fields of an awareness state; the server drops any other. */
export const AwarenessState = z.object({
  user: AwarenessUser.optional(),
  /** y-tiptap: anchor and head as relative positions in JSON. */
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }).nullish(),
  /** Where the caret is: id of the top-level block's Yjs item, `client:clock`. */
  place: z.string().max(40).nullish(),
  /** When this person last typed, ms since epoch by their own clock; null when idle. */
  typingAt: z.number().nullish(),
})
export type AwarenessState = z.infer<typeof AwarenessState>

/** Who wrote a paragraph. `key` is the Yjs item id of its element, `client:clock`. */
export const Byline = z.object({
  key: z.string().max(40),
  person: PersonId,
  service: ServiceId,
  /** When its newest character was written, ms since epoch by the server's clock. */
  at: z.number(),
  /** Others who wrote in it, most text first. */
  others: z.array(z.object({ person: PersonId, service: ServiceId })),
})
export type Byline = z.infer<typeof Byline>

/** Stateless messages, server → client. */
export const ServerMessage = z.discriminatedUnion('type', [
  /** `all` replaces everything known; else these keys changed and `gone` keys are no longer there. */
  z.object({
    type: z.literal('bylines'),
    all: z.boolean(),
    bylines: z.array(Byline),
    gone: z.array(z.string()),
  }),
  /** The connection's right to write, at connect and whenever it changes. `reason` when the log cannot be stored. */
  z.object({
    type: z.literal('access'),
    write: z.boolean(),
    reason: z.enum(['role', 'notStored']).optional(),
  }),
  /** The log lacks what this client has, and has kept it: open the log again, with an empty document. */
  z.object({ type: z.literal('afresh') }),
  /** Copies of doubled text have been taken away; what was sent before this shows it. To be answered with `seen`. */
  z.object({ type: z.literal('taken'), mark: z.number().int().min(0) }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/** Stateless messages, client → server: what follows on this connection was written by somebody who had seen that. */
export const ClientMessage = z.object({ type: z.literal('seen'), mark: z.number().int().min(0) })
export type ClientMessage = z.infer<typeof ClientMessage>
