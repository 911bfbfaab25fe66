// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import type { HistoryNode } from '../../shared/history.ts'
import { BlockId } from '../../shared/ids.ts'
import { openEditor } from '../support/editor.ts'
import { textIn } from '../support/history-text.ts'
import { Network } from '../support/network.ts'
import { Random } from '../support/random.ts'
import { randomEdit } from '../support/random-edits.ts'
import { RecordedLog } from '../support/recorded-log.ts'
import { wordOf } from '../support/words.ts'

const people = ['maren', 'sigrid', 'petter', 'ida']

/** Four editors write at random through a slow network, and everything goes through the gate into a log. */
function write(seed: number, rounds: number): RecordedLog {
  const random = new Random(seed)
  const network = new Network()
  const log = new RecordedLog()
  const authors = new Map<number, string>()
  network.receive = (update) => {
    const [client = 0] = Y.decodeUpdate(update).structs.map(({ id }) => id.client)
    const author = [...authors].find(([id]) => id === client) ?? [...authors][0]
    log.now += 30_000 * random.below(20)
    if (author) log.receive(author[1], author[0], update)
    Y.applyUpdate(network.hub, update, 'network')
  }
  authors.set(1, 'maren')
  network.hub.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'network') log.receive('maren', 1, update)
  })
  const id = (text: string) => BlockId.parse(text)
  appendBlocks(network.hub, [
    paragraph('En to tre'),
    goal({ id: id('g1') }, 'Skole', [
      measure({ id: id('m1') }, 'Porten'),
      measure({ id: id('m2') }, 'Samtale'),
    ]),
    goal({ id: id('g2') }, 'Ro', [measure({ id: id('m3') }, 'Lek')]),
    paragraph(),
  ])
  const editors: Editor[] = []
  const peers = people.map((person, index) => {
    const doc = new Y.Doc()
    doc.clientID = 101 + index
    authors.set(doc.clientID, person)
    network.join(doc)
    const editor = openEditor(doc)
    editors.push(editor)
    return editor
  })
  let words = 20
  let blocks = 0
  for (let round = 0; round < rounds; round++) {
    const editor = random.pick(peers)
    if (!editor) break
    const word = () => wordOf(words++)
    const newId = () => id(`b${blocks++}`)
    randomEdit(editor, random, word, newId).run()
    network.deliver(random)
  }
  network.settle(random)
  for (const editor of editors) editor.destroy()
  return log
}

type Plain = { type: string; fields: Record<string, unknown>; inside: (string | Plain)[] }

const kept = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))

/** The log as a Yjs document has it, text with its marks. */
function ofDocument(parent: Y.XmlFragment): (string | Plain)[] {
  const inside: (string | Plain)[] = []
  const say = (text: string) => {
    if (typeof inside.at(-1) === 'string') inside.push(`${String(inside.pop())}${text}`)
    else inside.push(text)
  }
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const { insert, attributes = {} } of child.toDelta())
        for (const character of insert) say(character + ('bold' in attributes ? '*' : ''))
    } else if (child instanceof Y.XmlElement) {
      if (child.nodeName === 'hardBreak') say('\n')
      else if (child.nodeName === 'mention') say(`@${child.getAttribute('label')}`)
      else
        inside.push({ type: child.nodeName, fields: kept(child.getAttributes()), inside: ofDocument(child) })
    }
  }
  return inside
}

/** The same of a history's answer. */
function ofHistory(nodes: readonly HistoryNode[]): Plain[] {
  return nodes
    .filter(({ state }) => state !== 'deleted')
    .map(({ type, fields, runs, children }) => {
      const text = runs
        .filter(({ state }) => state !== 'deleted')
        .flatMap(({ text, bold }) => (bold ? [...text].map((one) => `${one}*`) : [text]))
        .join('')
      return { type, fields: kept(fields), inside: [...(text === '' ? [] : [text]), ...ofHistory(children)] }
    })
}

const sorted = (text: string) => [...text].sort().join('')

describe('the log at a moment', () => {
  test.each([1, 2, 3, 4])('is what the log up to it replays to, however it was written (seed %i)', (seed) => {
    const log = write(seed, 160)
    expect(log.seq).toBeGreaterThan(60)
    const whole = log.history()
    const parts = log.history(7)
    expect(whole.timeline.broken + parts.timeline.broken).toBe(0)
    for (let seq = 0; seq <= log.seq; seq += 5) {
      const expected = ofDocument(logFragment(log.at(seq)))
      expect(ofHistory(whole.moment(seq, undefined).blocks)).toEqual(expected)
      expect(parts.moment(seq, undefined)).toEqual(whole.moment(seq, undefined))
    }
  })

  test.each([5, 6])('compared with an earlier one, loses and invents no character (seed %i)', (seed) => {
    const log = write(seed, 160)
    const history = log.history()
    const random = new Random(seed)
    const all = (seq: number) => sorted(textIn(history.moment(seq, undefined).blocks, 'kept'))
    for (let round = 0; round < 40; round++) {
      const since = random.below(log.seq)
      const seq = since + random.below(log.seq - since + 1)
      const { blocks } = history.moment(seq, since)
      expect(ofHistory(blocks)).toEqual(ofDocument(logFragment(log.at(seq))))
      expect(sorted(textIn(blocks, 'kept', 'moved', 'inserted'))).toBe(all(seq))
      expect(sorted(textIn(blocks, 'kept', 'moved', 'deleted'))).toBe(all(since))
    }
  })
})
