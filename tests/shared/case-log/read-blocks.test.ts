// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { goal, measure, paragraph } from '../../../shared/blocks/json.ts'
import { appendBlocks, setBlockFields } from '../../../shared/case-log/document.ts'
import { blockOutline, ReadBlocks } from '../../../shared/case-log/outline.ts'
import { BlockId } from '../../../shared/ids.ts'
import { openEditor } from '../../support/editor.ts'
import { Network } from '../../support/network.ts'
import { Random } from '../../support/random.ts'
import { randomEdit } from '../../support/random-edits.ts'
import { wordOf } from '../../support/words.ts'

const id = (text: string): BlockId => BlockId.parse(text)

function twoGoals(doc: Y.Doc): void {
  appendBlocks(doc, [
    paragraph('En to tre'),
    goal({ id: id('skole') }, 'Skole', [
      measure({ id: id('porten') }, 'Porten'),
      measure({ id: id('samtale') }, 'Samtale'),
    ]),
    goal({ id: id('ro') }, 'Ro', [measure({ id: id('lek') }, 'Lek')]),
    paragraph(),
  ])
}

describe('blocks that are read only when they have changed', () => {
  test('a block that did not change is the same object as before', () => {
    const doc = new Y.Doc()
    twoGoals(doc)
    const read = new ReadBlocks()
    doc.on('update', (_update, _origin, _doc, transaction) => read.forget(transaction))
    const [before] = blockOutline(doc, read).goals
    setBlockFields(doc, id('porten'), { status: 'done' })
    const [after] = blockOutline(doc, read).goals
    expect(after?.measures.map(({ status }) => status)).toEqual(['done', 'planned'])
    expect(after?.measures[0]).not.toBe(before?.measures[0])
    expect(after?.measures[1]).toBe(before?.measures[1])
  })

  test.each([1, 2, 3, 4])(
    'reads what a reading of everything reads, whatever four people do (seed %i)',
    (seed) => {
      const random = new Random(seed)
      const network = new Network()
      twoGoals(network.hub)
      const read = new ReadBlocks()
      let looks = 0
      blockOutline(network.hub, read)
      network.hub.on('update', (_update, _origin, _doc, transaction) => {
        read.forget(transaction)
        expect(blockOutline(network.hub, read)).toEqual(blockOutline(network.hub))
        looks++
      })
      const editors = [101, 102, 103, 104].map((client) => {
        const doc = new Y.Doc()
        doc.clientID = client
        network.join(doc)
        return openEditor(doc)
      })
      let words = 20
      let blocks = 0
      for (let round = 0; round < 150; round++) {
        const editor = random.pick(editors)
        if (!editor) break
        const word = () => wordOf(words++)
        randomEdit(editor, random, word, () => id(`b${blocks++}`)).run()
        network.deliver(random)
      }
      network.settle(random)
      for (const editor of editors) editor.destroy()
      expect(looks).toBeGreaterThan(50)
    },
  )
})
