// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import { LateWriting } from '../../shared/case-log/late-writing.ts'
import { BlockId } from '../../shared/ids.ts'
import { openEditor } from '../support/editor.ts'
import { breathe, seed as first, rounds } from '../support/fuzz.ts'
import { Network } from '../support/network.ts'
import { Random } from '../support/random.ts'
import { randomEdit, standingWords } from '../support/random-edits.ts'
import { wordOf } from '../support/words.ts'

const runs = rounds(8, 200)
const edits = Number(process.env['FUZZ_ROUNDS'] ?? 120)

afterEach(breathe)

/** A hub that saves late writing, as the server does. */
function hubOf(seed: number): Network {
  const network = new Network()
  const resend = new Random(seed + 1_000_000)
  network.sendsAll = () => resend.chance(0.4)
  const late = new LateWriting(network.hub)
  let told = 0
  network.receive = (sent, from) => {
    const checked = checkUpdate(network.hub, from.doc.clientID, sent)
    if (!checked) return
    const afterwards = late.watch(checked.data, checked.named, from.seen)
    Y.applyUpdate(network.hub, checked.data, 'network')
    afterwards()?.(network.hub)
    if (late.mark > told) {
      told = late.mark
      network.tell(told)
    }
  }
  return network
}

/** Where a word stands in an editor; undefined where it does not. */
function placeOf(editor: Editor, word: number): number | undefined {
  let place: number | undefined
  editor.state.doc.descendants((node, pos) => {
    const at = node.isText ? (node.text?.indexOf(wordOf(word)) ?? -1) : -1
    if (at >= 0) place ??= pos + at
  })
  return place
}

const write = ({ view, state }: Editor, at: number, word: number) =>
  view.dispatch(state.tr.insertText(wordOf(word), at))

/**
 * Walks at random, and now and then: one writes a word, another takes it away, and the first, who has not heard, goes
 * on right after it. Returns what went wrong.
 */
function comesBack(seed: number): string[] {
  const random = new Random(seed)
  const network = hubOf(seed)
  const id = (text: string) => BlockId.parse(text)
  appendBlocks(network.hub, [
    paragraph(wordOf(0) + wordOf(1)),
    goal({ id: id('g1') }, wordOf(2), [measure({ id: id('m1') }, wordOf(3) + wordOf(4))]),
    goal({ id: id('g2') }, wordOf(5), [measure({ id: id('m2') }, wordOf(6))]),
    paragraph(wordOf(7)),
  ])
  const editors = [101, 102, 103, 104].map((client) => {
    const doc = new Y.Doc()
    doc.clientID = client
    network.join(doc)
    return openEditor(doc)
  })
  const problems: string[] = []
  const gone = new Set<number>()
  let words = 7
  let blocks = 0
  const newWord = () => {
    words += 1
    return words
  }
  const newBlock = () => {
    blocks += 1
    return id(`b${blocks}`)
  }
  for (let round = 1; round <= edits; round += 1) {
    const writer = random.pick(editors)
    const taker = random.pick(editors.filter((editor) => editor !== writer))
    if (!writer || !taker) break
    const edit = randomEdit(writer, random, () => wordOf(newWord()), newBlock)
    // What an undo brings back comes back.
    if (edit.name !== 'undo' && edit.name !== 'redo') edit.run()
    network.deliver(random)
    if (round % 10 > 0) continue
    network.settle(random)
    const standing = standingWords(writer.state.doc)
    for (const word of standing) if (gone.has(word)) problems.push(`${word} stands again`)
    const beside = random.pick(standing)
    const at = beside === undefined ? undefined : placeOf(writer, beside)
    if (at === undefined) continue
    const word = newWord()
    write(writer, at, word)
    network.settle(random)
    const there = placeOf(taker, word)
    const here = placeOf(writer, word)
    if (there === undefined || here === undefined) continue
    taker.view.dispatch(taker.state.tr.delete(there, there + wordOf(word).length))
    const next = newWord()
    write(writer, here + wordOf(word).length, next)
    network.settle(random)
    gone.add(word)
    if (standingWords(writer.state.doc).includes(word)) problems.push(`${word} came back at once`)
    if (!standingWords(taker.state.doc).includes(next)) problems.push(`${next} is lost`)
  }
  for (const editor of editors) editor.destroy()
  expect(gone.size).toBeGreaterThan(0)
  return problems
}

describe('what somebody takes away stays gone, whatever its writer goes on with and sends anew', () => {
  for (let seed = first; seed < first + runs; seed += 1)
    test(`seed ${seed}: nothing comes back`, () => {
      expect(comesBack(seed)).toEqual([])
    })
})
