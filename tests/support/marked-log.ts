import * as Y from 'yjs'
import type { ThreadRow } from '../../server/comments/anchors.ts'
import { LogText } from '../../server/comments/log-text.ts'
import { writeMark } from '../../server/comments/place-mark.ts'
import { paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { ThreadId } from '../../shared/ids.ts'
import { openEditor, sync } from './editor.ts'

export const thread = (id: string) => ThreadId.parse(id)

export function logWith(...lines: string[]): Y.Doc {
  const doc = new Y.Doc()
  appendBlocks(
    doc,
    lines.map((line) => paragraph(line)),
  )
  return doc
}

/** Marks words as the server does. */
export function mark(doc: Y.Doc, id: string, words: string) {
  const text = new LogText(doc)
  const from = text.words.indexOf(words)
  doc.transact(() => writeMark(text, [{ from, to: from + words.length }], thread(id)))
}

/** The row of a thread whose text stands. */
export const rowOf = (id: string, quote: string): ThreadRow => ({
  id,
  case_id: 'log',
  document: 'log',
  kind: 'text',
  block: null,
  quote,
  prefix: '',
  suffix: '',
  gone: 0,
  person: 'camilla',
  at: 0,
  resolved_by: null,
  resolved_at: null,
})

/** The words of a log's first line. */
export function textOf(doc: Y.Doc): Y.XmlText {
  const line = logFragment(doc).get(0)
  const words = line instanceof Y.XmlElement ? line.get(0) : undefined
  if (!(words instanceof Y.XmlText)) throw new Error('no words')
  return words
}

export function opened(doc: Y.Doc) {
  const copy = new Y.Doc()
  sync(doc, copy)
  return { copy, editor: openEditor(copy) }
}
