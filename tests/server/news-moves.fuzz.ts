// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changesFor } from '../../server/news/changes.ts'
import { personReader } from '../../server/news/reader.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { BlockId } from '../../shared/ids.ts'
import { openEditor } from '../support/editor.ts'
import { NewsLog, newcomer } from '../support/news-log.ts'
import { Random } from '../support/random.ts'
import { randomEdit } from '../support/random-edits.ts'
import { wordOf } from '../support/words.ts'

/** Somebody with an editor on the log: what they do goes through the gate, what others do comes in. */
function join(log: NewsLog, person: string, clientId: number) {
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(log.doc), 'server')
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') log.receive(person, clientId, update)
  })
  log.doc.on('update', (update: Uint8Array) => Y.applyUpdate(doc, update, 'server'))
  return openEditor(doc)
}

const lengthOf = (log: NewsLog): number => [...textOfLog(log.doc)].length
const textOfLog = (doc: Y.Doc): string => outline(doc).text.replaceAll('\n', '')

describe('with everything that an editor does: split, join, wrap, move, undo', () => {
  test.each(Array.from({ length: 12 }, (_, index) => 5200 + index))('seed %i', (seed) => {
    const random = new Random(seed)
    const log = new NewsLog()
    let words = 0
    let blocks = 0
    const word = (): string => {
      words += 1
      return wordOf(words)
    }
    const newId = (): BlockId => {
      blocks += 1
      return BlockId.parse(`b${seed}-${blocks}`)
    }
    const editors = ['maren', 'silje'].map((person, index) => join(log, person, 300 + index))
    for (const editor of editors) undoManagerIn(editor).captureTimeout = Number.POSITIVE_INFINITY
    let reading = newcomer('leser')
    let lengthRead = 0
    for (let round = 0; round < 60; round += 1) {
      const editor = random.pick(editors)
      if (!editor) break
      if (random.chance(0.6)) undoManagerIn(editor).stopCapturing()
      randomEdit(editor, random, word, newId).run()
      if (random.chance(0.1)) {
        reading = log.read(reading)
        lengthRead = lengthOf(log)
        expect(log.changes(personReader(reading))).toEqual([])
      }
      // The same from the log's beginning, and counted as it was followed.
      const followed = log.changes(personReader(reading))
      const { past, units } = log.remembered(true)
      expect(
        changesFor(past, units, personReader(reading))
          .map(({ unit }) => unit.key)
          .sort(),
      ).toEqual(followed.map(({ unit }) => unit.key).sort())
      // What was moved neither came nor went: new text less what is gone is by how much the log has grown.
      const grown = followed
        .flatMap(({ text }) => text.parts)
        .reduce((sum, { mark, text }) => {
          const length = text.replaceAll('\n', '').length
          return sum + (mark === 'new' ? length : mark === 'gone' ? -length : 0)
        }, 0)
      // Of a goal that went, the title is told, and not all that stood in it.
      const whole = followed.every(({ what, unit }) => what !== 'gone' || unit.block !== 'goal')
      if (whole) expect(grown).toBe(lengthOf(log) - lengthRead)
    }
    for (const editor of editors) editor.destroy()
  })
})

function undoManagerIn(editor: Editor): Y.UndoManager {
  const { undoManager }: { undoManager: Y.UndoManager } = yUndoPluginKey.getState(editor.state)
  return undoManager
}
