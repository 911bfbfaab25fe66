import { z } from 'zod'

/** Branded ids: a case's id never passes for a person's. URL-safe, 1–64 characters. */
const id = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)

export const PersonId = id.brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>

export const CaseId = id.brand<'CaseId'>()
export type CaseId = z.infer<typeof CaseId>

/** Id of a goal, measure, evaluation … inside a document. */
export const BlockId = id.brand<'BlockId'>()
export type BlockId = z.infer<typeof BlockId>

/** Key of a service in municipality.json, such as `fjordvik-skole`. */
export const ServiceId = id.brand<'ServiceId'>()
export type ServiceId = z.infer<typeof ServiceId>

/** A Yjs client id: an unsigned 32-bit integer, as Yjs draws them. */
export const ClientId = z.number().int().min(1).max(0xffff_ffff).brand<'ClientId'>()
export type ClientId = z.infer<typeof ClientId>

export const ThreadId = id.brand<'ThreadId'>()
export type ThreadId = z.infer<typeof ThreadId>

export const CommentId = id.brand<'CommentId'>()
export type CommentId = z.infer<typeof CommentId>

export const MeetingId = id.brand<'MeetingId'>()
export type MeetingId = z.infer<typeof MeetingId>

/** Something on the agenda of a meeting, or waiting for a log's next one. */
export const AgendaItemId = id.brand<'AgendaItemId'>()
export type AgendaItemId = z.infer<typeof AgendaItemId>

export const QuestionId = id.brand<'QuestionId'>()
export type QuestionId = z.infer<typeof QuestionId>

export const HandoverId = id.brand<'HandoverId'>()
export type HandoverId = z.infer<typeof HandoverId>

export const DisagreementId = id.brand<'DisagreementId'>()
export type DisagreementId = z.infer<typeof DisagreementId>
