import { changesFor } from './changes.ts'
import type { Past } from './past.ts'
import { personReader, type Reading } from './reader.ts'
import type { Units } from './units.ts'

/** A log as the news sees it. */
export type Remembered = { readonly past: Past; readonly units: Units }

/** The reading after these blocks were on the screen, as they stood at a moment; without blocks, all of the log. */
export function markRead(
  { past, units }: Remembered,
  reading: Reading,
  moment: number,
  keys: readonly string[] | undefined,
): Reading {
  const seq = Math.min(moment, past.seq)
  const read = keys
    ? readBlocks(units, reading, seq, keys)
    : { ...reading, upTo: Math.max(reading.upTo, seq) }
  // Nothing unread is left: one number says it all, and the blocks need not be remembered.
  if (changesFor(past, units, personReader(read)).length === 0)
    return { ...read, upTo: past.seq, blocks: new Map() }
  const later = [...read.blocks].filter(([, moments]) => (moments.at(-1) ?? 0) > read.upTo)
  return { ...read, blocks: new Map(later) }
}

function readBlocks(units: Units, reading: Reading, seq: number, keys: readonly string[]): Reading {
  const blocks = new Map(reading.blocks)
  for (const key of keys) {
    const unit = units.get(key)
    const before = blocks.get(key) ?? []
    const last = before.at(-1) ?? 0
    if (!unit || seq <= Math.max(reading.upTo, last)) continue
    // What left the block between the two was read by the earlier one alone.
    const earlier = unit.left.some((left) => left > last && left <= seq) ? before : before.slice(0, -1)
    blocks.set(key, [...earlier, seq])
  }
  return { ...reading, blocks }
}
