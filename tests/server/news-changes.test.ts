// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { removeBlock, setFields } from '../../shared/blocks/edit.ts'
import { evaluation, goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { moveBlockUp } from '../../shared/blocks/move.ts'
import { appendBlocks, appendParagraph } from '../../shared/case-log/document.ts'
import { BlockId, PersonId, ServiceId } from '../../shared/ids.ts'
import { caretAt, openEditor, press, type } from '../support/editor.ts'
import { NewsLog, newcomer } from '../support/news-log.ts'

const editors: Editor[] = []
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy()
})

/** Somebody with an editor on the log; everything written goes through the gate, everybody else's comes in. */
function join(log: NewsLog, person: string) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(log.doc), 'server')
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') log.receive(person, doc.clientID, update)
  })
  log.doc.on('update', (update: Uint8Array) => Y.applyUpdate(doc, update, 'server'))
  const editor = openEditor(doc)
  editors.push(editor)
  return { doc, editor }
}

const id = (text: string) => BlockId.parse(text)

test('what others wrote is new until it is read; one’s own never is', () => {
  const log = new NewsLog()
  const maren = join(log, 'maren')
  appendParagraph(maren.doc, 'Porten hjelper.')
  const petter = join(log, 'petter')
  appendParagraph(petter.doc, 'Enig.')
  expect(log.news(newcomer('maren'))).toEqual(['petter made Enig.'])
  expect(log.news(newcomer('petter'))).toEqual(['maren made Porten hjelper.'])
  const read = log.read(newcomer('petter'))
  expect(log.news(read)).toEqual([])
  caretAt(maren.editor, 'Porten hjelper.')
  type(maren.editor, ' Ja.')
  expect(log.news(read)).toContain('maren changed Porten hjelper. → Porten hjelper. Ja.')
})

test('only the block that was read is read, and the rest stays new', () => {
  const log = new NewsLog()
  const maren = join(log, 'maren')
  for (const words of ['En', 'To', 'Tre']) appendParagraph(maren.doc, words)
  const [one, two] = log.changes({
    isOwn: () => false,
    hasRead: () => false,
    readBetween: () => false,
    readUpTo: () => 0,
  })
  const reading = log.read(newcomer('petter'), [two?.unit.key ?? ''])
  expect(log.news(reading)).toEqual(['maren made En', 'maren made Tre'])
  expect(reading.upTo).toBe(0)
  const more = log.read(reading, [one?.unit.key ?? ''])
  appendParagraph(maren.doc, 'Fire')
  expect(log.news(more)).toEqual(['maren made Tre', 'maren made Fire'])
})

test('what was deleted again was never there; what is put back letter by letter never went', () => {
  const log = new NewsLog()
  const maren = join(log, 'maren')
  appendParagraph(maren.doc, 'Det som sto der.')
  appendParagraph(maren.doc, 'Det som blir stående.')
  const read = log.read(newcomer('petter'))
  const silje = join(log, 'silje')
  caretAt(silje.editor, 'Det som sto der.')
  type(silje.editor, ' Feil')
  expect(log.news(read)).toHaveLength(1)
  silje.editor.commands.undo()
  expect(log.news(read)).toEqual([])
  appendParagraph(silje.doc, 'Kommer og går.')
  expect(log.news(read)).toEqual(['silje made Kommer og går.'])
  const tore = join(log, 'tore')
  const { state, view } = tore.editor
  view.dispatch(state.tr.delete(state.doc.content.size - 'Kommer og går.'.length - 2, state.doc.content.size))
  expect(log.news(read)).toEqual([])
  const maria = join(log, 'maria')
  maria.editor.view.dispatch(maria.editor.state.tr.delete(0, maria.editor.state.doc.child(0).nodeSize))
  expect(log.news(read)).toEqual(['maria gone Det som sto der.'])
  maria.editor.commands.undo()
  expect(log.news(read)).toEqual([])
})

test('who took away what a reader knew is news, even of the reader’s own words, until it is read', () => {
  const log = new NewsLog()
  const petter = join(log, 'petter')
  appendParagraph(petter.doc, 'Mine ord. Alle sammen.')
  const silje = join(log, 'silje')
  silje.editor.view.dispatch(silje.editor.state.tr.delete(1, 11))
  const [news] = log.changes({ ...reader('petter') })
  expect(news?.text).toMatchObject({ was: 'Mine ord. Alle sammen.', now: 'Alle sammen.' })
  expect(news?.text.parts[0]).toMatchObject({
    mark: 'gone',
    text: 'Mine ord. ',
    person: 'silje',
    after: null,
  })
  expect(log.news(log.read(newcomer('petter'), [news?.unit.key ?? '']))).toEqual([])
  // Deleting what somebody else wrote is one's own doing.
  petter.editor.view.dispatch(petter.editor.state.tr.delete(1, 6))
  expect(log.news(newcomer('silje'))).toHaveLength(1)
})

const reader = (person: string) => ({
  isOwn: (one: PersonId) => one === person,
  hasRead: () => false,
  readBetween: () => false,
  readUpTo: () => 0,
})

test('Enter, joining, wrapping and moving make nothing new of what was read, and keep new what was not', () => {
  const log = new NewsLog()
  const maren = join(log, 'maren')
  appendParagraph(maren.doc, 'Porten hjelper om morgenen.')
  appendParagraph(maren.doc, 'Han er roligere.')
  const silje = join(log, 'silje')
  const read = log.read(newcomer('petter'))
  const unread = newcomer('petter')
  caretAt(silje.editor, 'Porten hjelper', 'Porten'.length)
  press(silje.editor, 'Enter')
  expect(log.news(read)).toEqual([])
  expect(log.news(unread)).toEqual([
    'maren made Porten',
    'maren made Han er roligere.',
    'maren made  hjelper om morgenen.',
  ])
  caretAt(silje.editor, ' hjelper om morgenen.', 0)
  silje.editor.commands.toggleBulletList()
  expect(log.news(read)).toEqual([])
  caretAt(silje.editor, 'Han er roligere.')
  moveBlockUp(silje.editor.state, silje.editor.view.dispatch, silje.editor.view)
  expect(log.news(read)).toEqual([])
  expect(log.news(unread)).toHaveLength(3)
  press(silje.editor, 'Backspace')
  expect(log.news(read).length).toBeLessThanOrEqual(1)
})

test('what was read in one block is not new where it is moved to, also when the rest is unread', () => {
  const log = new NewsLog()
  const maren = join(log, 'maren')
  appendParagraph(maren.doc, 'Uleste ord her.')
  appendParagraph(maren.doc, 'Lest og så delt i to.')
  const keys = log.changes(reader('petter')).map(({ unit }) => unit.key)
  let reading = log.read(newcomer('petter'), keys.slice(1, 2))
  const silje = join(log, 'silje')
  caretAt(silje.editor, 'Lest og så delt i to.', 'Lest og så'.length)
  press(silje.editor, 'Enter')
  expect(log.news(reading)).toEqual(['maren made Uleste ord her.'])
  // The half that stayed is read again later: the other half was read before it left.
  caretAt(silje.editor, 'Lest og så')
  type(silje.editor, ' mer')
  reading = log.read(reading, keys.slice(1, 2))
  expect(log.news(reading)).toEqual(['maren made Uleste ord her.'])
})

test('single values, new blocks and removed ones, whole', () => {
  const log = new NewsLog()
  const maren = join(log, 'maren')
  const school = ServiceId.parse('skole')
  appendBlocks(maren.doc, [
    goal({ id: id('g1') }, 'Fire dager i uka', [measure({ id: id('m1'), service: school }, 'Porten')]),
  ])
  const read = log.read(newcomer('petter'))
  const silje = join(log, 'silje')
  setFields(id('m1'), { status: 'done' })(silje.editor.state, silje.editor.view.dispatch)
  expect(log.news(read)).toEqual(['silje changed Porten → Porten status: planned→done'])
  setFields(id('m1'), { status: 'planned' })(silje.editor.state, silje.editor.view.dispatch)
  expect(log.news(read)).toEqual([])
  const score = { id: id('e1'), service: school, score: 1 as const, by: PersonId.parse('silje'), at: null }
  appendBlocks(silje.doc, [evaluation(score, 'Bedre.')], id('g1'))
  appendBlocks(silje.doc, [measure({ id: id('m2') }, '')], id('g1'))
  expect(log.news(read)).toEqual(['silje made Bedre. score: null→1', 'silje made '])
  const after = log.read(read)
  removeBlock(id('g1'))(silje.editor.state, silje.editor.view.dispatch)
  expect(log.news(after)).toEqual(['silje gone Fire dager i uka'])
  silje.editor.commands.undo()
  expect(log.news(after)).toEqual([])
  appendBlocks(silje.doc, [
    { type: 'concern', attrs: { id: 'c1' }, content: [paragraph('A'), paragraph('B')] },
  ])
  expect(log.news(after)).toEqual(['silje made A\nB'])
})
