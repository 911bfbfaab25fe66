import type { Mark } from '@tiptap/pm/model'
import { encodeAny, toBase64 } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { editorSchema } from '../blocks/registry.ts'
import type { ThreadId } from '../ids.ts'

/**
 * The key of a mark in a Yjs text, as the editor's binding (y-tiptap) makes it: its name, and for marks that may
 * overlap themselves a hash of what they say. Any other key would be a second mark beside the editor's.
 */
export function markKey(mark: Mark): string {
  const { name } = mark.type
  return mark.type.excludes(mark.type) ? name : `${name}--${hashOf(mark.toJSON())}`
}

/** The key under which a text carries the mark of a thread. */
export const commentKey = (thread: ThreadId): string => markKey(editorSchema().mark('comment', { thread }))

const HASH_BYTES = 6

function hashOf(json: Parameters<typeof encodeAny>[0]): string {
  const hash = digest(encodeAny(json))
  const folded = new Uint8Array(HASH_BYTES)
  // Byte by byte and in place, as the binding does it: what was folded in once is folded on.
  for (const [at, byte] of hash.entries()) folded[at % HASH_BYTES] = (folded[at % HASH_BYTES] ?? 0) ^ byte
  return toBase64(folded)
}
