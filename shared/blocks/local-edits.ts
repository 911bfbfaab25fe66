import type { Transaction } from '@tiptap/pm/state'
import { AddMarkStep } from '@tiptap/pm/transform'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

/** Whether a transaction brings what others wrote, or one's own undo, out of the shared document. */
export const comesFromDocument = (tr: Transaction): boolean => tr.getMeta(ySyncPluginKey) !== undefined

/** Ranges of the new document that these transactions wrote or marked. */
export function writtenRanges(transactions: readonly Transaction[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  const steps = transactions.flatMap((tr) =>
    tr.steps.map((step, index) => ({ step, map: tr.mapping.maps[index] })),
  )
  for (const [index, { step, map }] of steps.entries()) {
    const later = steps.slice(index + 1)
    const add = (start: number, end: number): void => {
      const from = later.reduce((pos, next) => next.map?.map(pos, -1) ?? pos, start)
      const to = later.reduce((pos, next) => next.map?.map(pos, 1) ?? pos, end)
      if (to > from) ranges.push({ from, to })
    }
    if (step instanceof AddMarkStep) add(step.from, step.to)
    map?.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      add(newFrom, newTo)
    })
  }
  return ranges
}
