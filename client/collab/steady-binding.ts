import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import type { Plugin, Transaction } from '@tiptap/pm/state'
import { ReplaceStep, StepMap } from '@tiptap/pm/transform'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

/** Keeps its entries when y-tiptap clears it before every remote change; changed types are deleted one by one. */
class KeptMapping<K, V> extends Map<K, V> {
  override clear(): void {}
}

/**
 * Puts whole blocks in place of others, and maps positions as if only what differs inside them had been replaced: what
 * is drawn on the rest of a block, and whoever stands in it, keeps its place.
 */
class BlocksStep extends ReplaceStep {
  readonly #map: StepMap

  constructor(from: number, to: number, slice: Slice, map: StepMap) {
    super(from, to, slice)
    this.#map = map
  }

  override getMap(): StepMap {
    return this.#map
  }
}

/** Where two runs of content differ, as one range for a step map; empty when they say the same. */
function rangeOf(before: Fragment, after: Fragment, pos: number): number[] {
  const start = before.findDiffStart(after, pos)
  if (start === null) return []
  const end = before.findDiffEnd(after, pos + before.size, pos + after.size)
  // The same letter twice: both ends may claim it.
  const claimed = end ? Math.max(0, start - Math.min(end.a, end.b)) : 0
  return end ? [start, end.a + claimed - start, end.b + claimed - start] : []
}

/** Where some blocks differ from those in their place: one by one where each stands for one, else all together. */
function rangesOf(before: readonly Node[], after: readonly Node[], start: number): number[] {
  const paired = before.length === after.length && before.every((node, at) => after[at]?.type === node.type)
  if (!paired) return rangeOf(Fragment.from([...before]), Fragment.from([...after]), start)
  let pos = start
  return before.flatMap((node, at) => {
    const range = rangeOf(Fragment.from(node), Fragment.from(after[at]), pos)
    pos += node.nodeSize
    return range
  })
}

/** Where two runs of blocks differ; what is the same block in both, in the same order, parts them. */
function mapOf(before: readonly Node[], after: readonly Node[], start: number): StepMap {
  const places = new Map(after.map((node, at) => [node, at]))
  const ranges: number[] = []
  let [from, to, begin, pos] = [0, 0, start, start]
  for (const [at, node] of before.entries()) {
    const place = places.get(node) ?? -1
    pos += node.nodeSize
    if (place < to) continue
    ranges.push(...rangesOf(before.slice(from, at), after.slice(to, place), begin))
    from = at + 1
    to = place + 1
    begin = pos
  }
  ranges.push(...rangesOf(before.slice(from), after.slice(to), begin))
  return new StepMap(ranges)
}

const childrenOf = (content: Fragment, from: number, to: number): Node[] =>
  Array.from({ length: to - from }, (_, at) => content.child(from + at))

/** Replaces only the top-level blocks that differ, by identity, where the whole document was to be replaced. */
function narrowed(tr: Transaction): Transaction {
  const replace = tr.replace.bind(tr)
  tr.replace = (from, to = from, slice = Slice.empty) => {
    const before = tr.doc.content
    if (from !== 0 || to !== before.size) return replace(from, to, slice)
    const after = slice.content
    const shortest = Math.min(before.childCount, after.childCount)
    let start = 0
    let left = 0
    while (start < shortest && before.child(start) === after.child(start))
      left += before.child(start++).nodeSize
    let end = 0
    let right = 0
    while (end < shortest - start) {
      const last = before.child(before.childCount - 1 - end)
      if (last !== after.child(after.childCount - 1 - end)) break
      right += last.nodeSize
      end += 1
    }
    const gone = childrenOf(before, start, before.childCount - end)
    const come = childrenOf(after, start, after.childCount - end)
    if (gone.length === 0 && come.length === 0) return tr
    const blocks = new Slice(Fragment.from(come), 0, 0)
    return tr.step(new BlocksStep(left, to - right, blocks, mapOf(gone, come, left)))
  }
  return tr
}

const isGone = (position: unknown, doc: Y.Doc): boolean => {
  if (!(position instanceof Y.RelativePosition)) return true
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc)
  return absolute === null || absolute.type._item?.deleted === true
}

/** Pins down a binding, once. */
function steadyBinding(binding: ProsemirrorBinding): void {
  if (binding.mapping instanceof KeptMapping) return
  binding.mapping = new KeptMapping()
  binding._isLocalCursorInView = () => false
  Object.defineProperty(binding, '_tr', {
    get: () => narrowed(binding.prosemirrorView.state.tr.setMeta('addToHistory', false)),
  })
  const render = binding._forceRerender.bind(binding)
  binding._forceRerender = () => {
    // At first there is no text for a caret to stand in, and y-tiptap would put one there all the same.
    const none = binding.prosemirrorView.state.doc.childCount === 0
    if (none) Reflect.set(binding, 'beforeTransactionSelection', {})
    render()
    if (none) Reflect.set(binding, 'beforeTransactionSelection', null)
  }
  const typeChanged = binding._observeFunction
  binding._observeFunction = (events: unknown, transaction: unknown) => {
    const caret = binding.beforeTransactionSelection
    // Only where the caret's own text was taken away (a moved block) is a guess better than Yjs' answer.
    if (caret && !isGone(caret.anchor, binding.doc) && !isGone(caret.head, binding.doc))
      binding.beforeTransactionSelection = withoutGuess(caret)
    try {
      typeChanged(events, transaction)
    } catch {
      // The caret's place came out beyond the text. Without the change on screen, the next key press would undo it
      // for everybody; so the caret gives way.
      Reflect.set(binding, 'beforeTransactionSelection', null)
      typeChanged(events, transaction)
    }
  }
}

/** Without the old absolute places, y-tiptap takes the relative ones as they are. */
function withoutGuess<T extends object>(caret: T): T {
  const steadyCaret = { ...caret }
  Reflect.deleteProperty(steadyCaret, 'absAnchor')
  Reflect.deleteProperty(steadyCaret, 'absHead')
  return steadyCaret
}

/**
 * Makes y-tiptap's binding leave alone what did not change. By itself it rebuilds every node at every remote
 * key press, guesses the caret's place from the paragraph's text (so that a colleague who types in the same
 * paragraph shifts it), and scrolls to the caret. Returns the plugin it was given.
 */
export function steady(plugin: Plugin): Plugin {
  const { state } = plugin.spec
  if (!state) return plugin
  const { init } = state
  state.init = (config, instance) => {
    const value: { binding: ProsemirrorBinding } = init.call(plugin, config, instance)
    steadyBinding(value.binding)
    return value
  }
  return plugin
}
