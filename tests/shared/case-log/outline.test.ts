import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  concern,
  decision,
  evaluation,
  goal,
  measure,
  mention,
  paragraph,
} from '../../../shared/blocks/json.ts'
import { editorSchema } from '../../../shared/blocks/registry.ts'
import {
  appendBlocks,
  appendParagraph,
  findBlock,
  logFragment,
  setBlockFields,
} from '../../../shared/case-log/document.ts'
import { outline } from '../../../shared/case-log/outline.ts'
import { BlockId, PersonId, ServiceId } from '../../../shared/ids.ts'

const id = (text: string): BlockId => BlockId.parse(text)
const school = ServiceId.parse('fjordvik-skole')
const ppt = ServiceId.parse('ppt')
const maren = PersonId.parse('maren')

function jonas(): Y.Doc {
  const doc = new Y.Doc()
  appendBlocks(doc, [
    concern({ service: school }, [paragraph('18 % fravær siden høstferien.')]),
    goal({ id: id('mal'), services: [school] }, 'Jonas er på skolen fire dager i uka.', [
      paragraph('Starter forsiktig.'),
      measure({ service: school, person: maren, status: 'underway' }, 'Voksen møter ved porten 08.15'),
      evaluation({ service: school, score: -2, by: maren, at: '2026-11-13T10:00:00Z' }, 'To dager.'),
      evaluation({ service: ppt, score: 0, by: maren, at: '2026-11-14T10:00:00Z' }),
      evaluation({ service: school, score: -1, by: maren, at: '2026-11-20T10:00:00Z' }, 'Tre dager i snitt.'),
    ]),
    decision({ by: maren }, [paragraph('Egen inngang.')]),
  ])
  appendBlocks(doc, [paragraph([{ type: 'text', text: 'Spør ' }, mention('person', 'maren', 'Maren')])])
  return doc
}

describe('the outline of a log', () => {
  test('reads goals, measures, ratings side by side, concerns and decisions', () => {
    const log = outline(jonas())
    expect(log.goals).toMatchObject([
      {
        number: 1,
        title: 'Jonas er på skolen fire dager i uka.',
        text: 'Starter forsiktig.',
        status: 'proposed',
        services: [school],
        measures: [{ text: 'Voksen møter ved porten 08.15', status: 'underway', person: maren }],
        latestRatings: [
          { service: school, score: -1 },
          { service: ppt, score: 0 },
        ],
      },
    ])
    expect(log.concerns.map(({ text }) => text)).toEqual(['18 % fravær siden høstferien.'])
    expect(log.decisions.map(({ text }) => text)).toEqual(['Egen inngang.'])
    expect(log.text.split('\n').at(-1)).toBe('Spør @Maren')
    expect(log.duplicates).toEqual([])
  })

  test('[BL4.4] reports two blocks with one id, and shows both', () => {
    const doc = jonas()
    appendBlocks(doc, [goal({ id: id('mal') }, 'Et mål til')])
    expect(outline(doc).duplicates).toEqual([id('mal')])
    expect(outline(doc).goals).toHaveLength(2)
  })

  test('[BL2.3] counts an odd field as its fallback and never throws', () => {
    const names = Object.values(editorSchema().nodes).flatMap((type) => Object.keys(type.spec.attrs ?? {}))
    const nodes = Object.keys(editorSchema().nodes).filter((name) => name !== 'text' && name !== 'doc')
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constant('__proto__'),
      fc.double(),
      fc.array(fc.string()),
    )
    const block = fc.record({
      name: fc.oneof(fc.constantFrom(...nodes), fc.string({ minLength: 1 })),
      fields: fc.array(fc.tuple(fc.constantFrom(...names), odd)),
      text: fc.string(),
    })
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const doc = new Y.Doc()
        let parent: Y.XmlElement | Y.XmlFragment = logFragment(doc)
        for (const [index, { name, fields, text }] of blocks.entries()) {
          const element = new Y.XmlElement(name)
          parent.insert(0, [element])
          const open: Y.XmlElement<Record<string, NonNullable<unknown>>> = element
          for (const [field, value] of fields) if (value !== null) open.setAttribute(field, value)
          element.insert(0, [new Y.XmlText(text)])
          if (index % 3 === 0) parent = element
        }
        const log = outline(doc)
        for (const goal of log.goals)
          expect(['proposed', 'active', 'paused', 'reached', 'abandoned']).toContain(goal.status)
        for (const { id: block } of log.goals) expect(BlockId.safeParse(block).success).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('writing on a log’s Yjs types', () => {
  test('[BL2.1] a changed field is one attribute; the others stay as they are', () => {
    const doc = jonas()
    const mal = id('mal')
    const before = findBlock(doc, mal)?.getAttributes()
    expect(setBlockFields(doc, mal, { status: 'active', reviewDate: '2026-12-18' })).toBe(true)
    expect(findBlock(doc, mal)?.getAttributes()).toEqual({
      ...before,
      status: 'active',
      reviewDate: '2026-12-18',
    })
    expect(setBlockFields(doc, mal, { reviewDate: null })).toBe(true)
    expect(findBlock(doc, mal)?.getAttribute('reviewDate')).toBeUndefined()
    expect(setBlockFields(doc, id('gone'), { status: 'active' })).toBe(false)
  })

  test('[BL1.2] an empty line has its text from the start, so that two who begin at once write in the same one', () => {
    const doc = new Y.Doc()
    appendParagraph(doc, '')
    const [line] = logFragment(doc).toArray()
    expect(line instanceof Y.XmlElement && line.get(0)).toBeInstanceOf(Y.XmlText)
  })

  test('refuses blocks that the schema does not know', () => {
    expect(() => appendBlocks(new Y.Doc(), [{ type: 'script' }])).toThrow(RangeError)
    expect(() => appendBlocks(new Y.Doc(), [{ type: 'bulletList', content: [paragraph('x')] }])).toThrow(
      RangeError,
    )
  })
})
