// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Authorship } from '../../server/case-log/authorship.ts'
import { Bylines } from '../../server/case-log/bylines.ts'
import { carriedRuns } from '../../server/case-log/carried.ts'
import { applyLog, writeCarried } from '../../server/case-log/load-log.ts'
import { checkUpdate } from '../../server/collab/check-update.ts'
import type { StoredLog, StoredUpdate } from '../../server/db/update-store.ts'
import { paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph } from '../../shared/case-log/document.ts'
import type { Byline } from '../../shared/collab/protocol.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'
import { caretAt, openEditor, press, type } from '../support/editor.ts'

/** The gate and what it keeps, without sockets and disk: every edit goes through at a time of the test's choosing. */
class Log {
  readonly doc = new Y.Doc()
  readonly authorship = new Authorship()
  readonly bylines = new Bylines(this.doc, this.authorship)
  readonly stored: StoredUpdate[] = []
  minute = 0

  constructor() {
    applyLog(this.doc, { checkpoint: undefined, tail: [] }, () => {})
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => void this.bylines.touch(transaction))
  }

  receive(from: { doc: Y.Doc; person: string }, update: Uint8Array) {
    const checked = checkUpdate(this.doc, from.doc.clientID, update)
    if (!checked) return
    const writer = { person: PersonId.parse(from.person), service: ServiceId.parse(`s-${from.person}`) }
    const at = ++this.minute * 120_000
    const carried = carriedRuns(this.doc, this.authorship, checked.written, checked.deletes)
    this.authorship.add(from.doc.clientID, checked.from, checked.to, writer, at, carried)
    Y.applyUpdate(this.doc, checked.data)
    const seq = this.stored.length + 1
    const { person: author, service } = writer
    this.stored.push({ seq, author, service, at, data: checked.data, carried: writeCarried(carried) })
  }

  /** Who wrote what, paragraph by paragraph: main writer first. */
  who(): Record<string, string> {
    this.bylines.changes()
    return named(this.doc, this.bylines.all())
  }

  /** The same from the log alone, and from a checkpoint in its middle. */
  reloaded(): Record<string, string>[] {
    const middle = this.stored.slice(0, Math.ceil(this.stored.length / 2))
    const half = load({ checkpoint: undefined, tail: middle })
    const checkpoint = {
      seq: middle.length,
      at: 0,
      data: Y.encodeStateAsUpdate(half.doc),
      authorship: half.authorship.encode(),
    }
    return [
      load({ checkpoint: undefined, tail: this.stored }).who(),
      load({ checkpoint, tail: this.stored.slice(middle.length) }).who(),
    ]
  }
}

function load(log: StoredLog) {
  const doc = new Y.Doc()
  const { authorship } = applyLog(doc, log, (_seq, error) => {
    throw error
  })
  const bylines = new Bylines(doc, authorship)
  bylines.changes()
  return { doc, authorship, who: () => named(doc, bylines.all()) }
}

function named(doc: Y.Doc, bylines: Byline[]): Record<string, string> {
  const texts = new Map<string, string>()
  const visit = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement) || !child._item) continue
      const own = child.toArray().filter((inner) => inner instanceof Y.XmlText)
      texts.set(`${child._item.id.client}:${child._item.id.clock}`, own.map((inner) => plain(inner)).join(''))
      visit(child)
    }
  }
  visit(doc.getXmlFragment('log'))
  return Object.fromEntries(
    bylines.map(({ key, person, others }) => [
      texts.get(key) ?? key,
      [person, ...others.map((other) => other.person)].join(' '),
    ]),
  )
}
const plain = (text: Y.XmlText) =>
  text
    .toDelta()
    .map(({ insert }: { insert: string }) => insert)
    .join('')

const editors: Editor[] = []
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy()
})

/** Somebody with an editor on the log; everything written goes through the gate, everybody else's comes in. */
function join(log: Log, person: string) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(log.doc), 'server')
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') log.receive({ doc, person }, update)
  })
  log.doc.on('update', (update: Uint8Array) => Y.applyUpdate(doc, update, 'server'))
  const editor = openEditor(doc)
  editors.push(editor)
  return { doc, editor }
}

function check(log: Log, expected: Record<string, string>) {
  expect(log.who()).toEqual(expected)
  for (const again of log.reloaded()) expect(again).toEqual(expected)
}

describe('whose text it is', () => {
  test('Enter in the middle of a colleague’s paragraph leaves both halves hers; typing there makes the other one of the others', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendParagraph(maren.doc, 'Porten hjelper om morgenen.')
    const petter = join(log, 'petter')
    caretAt(petter.editor, 'Porten hjelper', 'Porten'.length)
    expect(press(petter.editor, 'Enter')).toBe(true)
    check(log, { Porten: 'maren', ' hjelper om morgenen.': 'maren' })
    caretAt(petter.editor, ' hjelper om morgenen.')
    type(petter.editor, ' Enig.')
    check(log, { Porten: 'maren', ' hjelper om morgenen. Enig.': 'maren petter' })
  })

  test('Enter near the end, where a single character moves', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendParagraph(maren.doc, 'Abcde')
    const petter = join(log, 'petter')
    caretAt(petter.editor, 'Abcde', 4)
    press(petter.editor, 'Enter')
    check(log, { Abcd: 'maren', e: 'maren' })
  })

  test('Enter in formatted text that several people wrote', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendParagraph(maren.doc, 'En og to')
    const sigrid = join(log, 'sigrid')
    caretAt(sigrid.editor, 'En og to')
    type(sigrid.editor, ' og tre')
    sigrid.editor.chain().setTextSelection({ from: 4, to: 8 }).toggleBold().run()
    const petter = join(log, 'petter')
    caretAt(petter.editor, 'En og to og tre', 2)
    press(petter.editor, 'Enter')
    check(log, { En: 'maren', ' og to og tre': 'sigrid maren' })
  })

  test('joining two paragraphs, and moving a block, keep their writers', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendParagraph(maren.doc, 'Første avsnitt.')
    const sigrid = join(log, 'sigrid')
    appendParagraph(sigrid.doc, 'Så noe mer')
    const petter = join(log, 'petter')
    const [first, second] = [petter.editor.state.doc.child(0), petter.editor.state.doc.child(1)]
    petter.editor.view.dispatch(
      petter.editor.state.tr.delete(0, first.nodeSize).insert(second.nodeSize, first),
    )
    check(log, { 'Så noe mer': 'sigrid', 'Første avsnitt.': 'maren' })
    caretAt(petter.editor, 'Første avsnitt.', 0)
    press(petter.editor, 'Backspace')
    check(log, { 'Så noe merFørste avsnitt.': 'maren sigrid' })
  })

  test('replacing what a colleague wrote makes it one’s own', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendParagraph(maren.doc, 'Han gleder seg til skolen.')
    const petter = join(log, 'petter')
    petter.editor.chain().selectAll().insertContent('Noe helt annet, skrevet på nytt!').run()
    check(log, { 'Noe helt annet, skrevet på nytt!': 'petter' })
  })

  test('paragraphs inside blocks have bylines of their own, and deleted ones are told of', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendBlocks(maren.doc, [{ type: 'concern', content: [paragraph('Inni en undring.')] }])
    check(log, { 'Inni en undring.': 'maren' })
    const key = log.bylines.all()[0]?.key
    maren.editor.commands.clearContent()
    expect(log.bylines.changes().gone).toEqual([key])
    expect(log.who()).toEqual({})
  })

  test('[BL2] attributes and deletions are nobody’s text', () => {
    const log = new Log()
    const maren = join(log, 'maren')
    appendParagraph(maren.doc, 'Alt av Maren.')
    const petter = join(log, 'petter')
    caretAt(petter.editor, 'Alt av Maren.')
    press(petter.editor, 'Backspace')
    petter.editor.view.dispatch(petter.editor.state.tr.delete(1, 4))
    check(log, { ' av Maren.': 'maren' })
  })
})
