// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { moveAtCaret } from '../../client/blocks/block-actions.ts'
import { standings } from '../../client/blocks/goal-model.ts'
import { goalNumberAt } from '../../client/blocks/goal-numbers.ts'
import { fitting } from '../../client/blocks/menus/while-writing.ts'
import { rate } from '../../client/blocks/rating.ts'
import { signedAt } from '../../client/blocks/when.ts'
import { ready, t } from '../../client/i18n/i18n.ts'
import { evaluation, goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { BlockId, PersonId, ServiceId } from '../../shared/ids.ts'
import { caretIn, closeEditors, editorWith, maren, silje, sketch } from './blocks-editor.ts'

await ready
const g1 = BlockId.parse('g1')
const g2 = BlockId.parse('g2')
const skole = ServiceId.parse('skole')
const helse = ServiceId.parse('helse')

const goalNode = (editor: ReturnType<typeof editorWith>) => {
  const node = editor.state.doc.child(0)
  return { node, evaluations: node.children.filter(({ type }) => type.name === 'evaluation') }
}

afterEach(closeEditors)

describe('rating a goal', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-20T10:00:00Z'), toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('[BL2] keeps what two services saw side by side, and never averages', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål')])
    rate(editor, g1, maren, -1)
    rate(editor, g1, silje, 1)
    expect(standings(goalNode(editor).node)).toEqual([
      { service: skole, score: -1 },
      { service: helse, score: 1 },
    ])
  })

  it('corrects my own tap within minutes, and stands beside it later', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål')])
    rate(editor, g1, maren, -1)
    rate(editor, g1, maren, 0)
    expect(goalNode(editor).evaluations.map(({ attrs }) => attrs['score'])).toEqual([0])
    vi.setSystemTime(new Date('2026-11-20T11:00:00Z'))
    rate(editor, g1, maren, 1)
    expect(goalNode(editor).evaluations.map(({ attrs }) => attrs['score'])).toEqual([0, 1])
    expect(standings(goalNode(editor).node)).toEqual([{ service: skole, score: 1 }])
  })

  it('says it anew when a colleague in my service has rated since my tap', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål')])
    const colleague = { ...maren, id: PersonId.parse('amina') }
    rate(editor, g1, maren, 1)
    vi.setSystemTime(new Date('2026-11-20T10:00:03Z'))
    rate(editor, g1, colleague, -1)
    vi.setSystemTime(new Date('2026-11-20T10:00:06Z'))
    const undo = rate(editor, g1, maren, 1)
    expect(standings(goalNode(editor).node)).toEqual([{ service: skole, score: 1 }])
    undo?.()
    expect(standings(goalNode(editor).node)).toEqual([{ service: skole, score: -1 }])
  })

  it('puts my line into my fresh tap, and takes both back as they came', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål')])
    const untap = rate(editor, g1, maren, -1)
    const unline = rate(editor, g1, maren, -1, 'Porten hjelper')
    expect(sketch(editor)).toEqual(['goal: | goalTitle:Mål | evaluation:Porten hjelper'])
    unline?.()
    expect(sketch(editor)).toEqual(['goal: | goalTitle:Mål | evaluation:'])
    untap?.()
    expect(sketch(editor)).toEqual(['goal: | goalTitle:Mål'])
  })

  it('never writes into what somebody else saw', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål')])
    rate(editor, g1, silje, 0, 'Roligere')
    rate(editor, g1, maren, -1, 'Som før')
    expect(sketch(editor)).toEqual(['goal: | goalTitle:Mål | evaluation:Roligere | evaluation:Som før'])
  })

  it('takes the latest of a service by its time, whatever the order in the document [BL1]', () => {
    const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`
    const children = [
      evaluation({ service: skole, score: 1, at: at(9) }),
      evaluation({ service: skole, score: -2, at: at(8) }),
      evaluation({ service: helse, score: null, at: at(9) }),
    ]
    const editor = editorWith([goal({ id: g1 }, 'Mål', children)])
    expect(standings(goalNode(editor).node)).toEqual([{ service: skole, score: 1 }])
  })
})

describe('moving by keyboard', () => {
  const two = () =>
    editorWith([
      goal({ id: g1 }, 'Første', [
        measure({}, 'a'),
        evaluation({ service: skole, score: 0 }, 'sett'),
        measure({}, 'b'),
      ]),
      goal({ id: g2 }, 'Andre', [measure({}, 'c')]),
    ])

  it('takes a measure past the evaluations, which are shown elsewhere, in one step', () => {
    const editor = two()
    caretIn(editor, 'a')
    expect(moveAtCaret(editor, 'down')).toBe(true)
    expect(sketch(editor)[0]).toBe('goal: | goalTitle:Første | evaluation:sett | measure:b | measure:a')
  })

  it('carries a measure into the next goal with its id [BL4]', () => {
    const editor = two()
    caretIn(editor, 'b')
    const before = editor.state.selection.$from.parent.attrs['id']
    moveAtCaret(editor, 'down')
    expect(sketch(editor)).toEqual([
      'goal: | goalTitle:Første | measure:a | evaluation:sett',
      'goal: | goalTitle:Andre | measure:b | measure:c',
    ])
    expect(editor.state.selection.$from.parent.attrs['id']).toBe(before)
  })

  it('numbers goals by their order and renumbers when one moves', () => {
    const editor = two()
    caretIn(editor, 'Andre')
    moveAtCaret(editor, 'up')
    expect(sketch(editor).map((line) => line.split(' | ')[1])).toEqual([
      'goalTitle:Andre',
      'goalTitle:Første',
    ])
    expect(goalNumberAt(editor.state, 0)).toBe(1)
    expect(goalNumberAt(editor.state, editor.state.doc.child(0).nodeSize)).toBe(2)
  })
})

describe('pasting into a goal', () => {
  // jsdom has no clipboard; ProseMirror only needs the event to exist.
  beforeEach(() => {
    vi.stubGlobal('ClipboardEvent', Event)
  })
  const paste = (editor: ReturnType<typeof editorWith>, html: string) => editor.view.pasteHTML(html)

  it('makes a measure of each line, with ids of their own [BL4]', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål', [measure({}, 'slutt')])])
    caretIn(editor, 'slutt')
    paste(editor, '<ul><li>en</li><li>to</li></ul><p>tre</p>')
    expect(sketch(editor)).toEqual(['goal: | goalTitle:Mål | measure:enslutt | measure:to | measure:tre'])
    const ids = editor.state.doc
      .child(0)
      .children.map(({ attrs }) => attrs['id'])
      .filter(Boolean)
    expect(new Set(ids).size).toBe(3)
  })

  it('keeps a title one line', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål')])
    caretIn(editor, 'Mål')
    paste(editor, '<p>Jonas er</p><p>på skolen.</p>')
    expect(sketch(editor)).toEqual(['goal: | goalTitle:Jonas er på skolen.Mål'])
  })

  it('brings blocks copied out of a log along, with new ids [BL4]', () => {
    const editor = editorWith([goal({ id: g1 }, 'Mål', [measure({}, 'ett')]), paragraph('x')])
    const html = editor.view.serializeForClipboard(
      editor.state.doc.slice(0, editor.state.doc.child(0).nodeSize),
    ).dom.innerHTML
    caretIn(editor, 'x')
    editor.commands.setTextSelection(editor.state.doc.content.size - 1)
    paste(editor, html)
    expect(sketch(editor).filter((line) => line === 'goal: | goalTitle:Mål | measure:ett')).toHaveLength(2)
    const ids: unknown[] = []
    editor.state.doc.descendants((node) => {
      if (node.attrs['id']) ids.push(node.attrs['id'])
    })
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('words', () => {
  it('finds what begins like the query before what holds it, in both languages', () => {
    const all = [['tiltak', 'measure'], ['mål', 'goal'], ['nummerert liste'], ['liste']]
    expect(fitting('mål', all, (words) => words)).toEqual([['mål', 'goal']])
    expect(fitting('GOAL', all, (words) => words)).toEqual([['mål', 'goal']])
    expect(fitting('list', all, (words) => words)).toEqual([['liste'], ['nummerert liste']])
  })

  it('says when as people do', () => {
    const now = new Date(2026, 10, 20, 12)
    const at = (day: number, hour = 9) => signedAt(new Date(2026, 10, day, hour).toISOString(), 'nb', t, now)
    expect([at(20), at(19), at(16), at(9)]).toEqual(['i dag', 'i går', 'mandag', '9. nov.'])
    expect(signedAt('no date', 'nb', t, now)).toBe('')
  })
})
