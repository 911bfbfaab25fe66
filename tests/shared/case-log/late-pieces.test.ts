import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { measure, paragraph } from '../../../shared/blocks/json.ts'
import { Seen } from '../../../shared/case-log/copies.ts'
import { appendBlocks, findBlock, logFragment } from '../../../shared/case-log/document.ts'
import { Graves } from '../../../shared/case-log/graves.ts'
import { LateWriting } from '../../../shared/case-log/late-writing.ts'
import { outline } from '../../../shared/case-log/outline.ts'
import { BlockId } from '../../../shared/ids.ts'

const porten = BlockId.parse('porten')

function textIn(element: unknown): Y.XmlText {
  const text = element instanceof Y.XmlElement ? element.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error('no text there')
  return text
}

/** A copy of a log, with one update for all that is written in it from now on. */
function away(hub: Y.Doc): { doc: Y.Doc; back: () => Uint8Array } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(hub))
  const written: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => written.push(update))
  return { doc, back: () => Y.mergeUpdates(written) }
}

/** A log that one person removes something from, and another writes in, without hearing of each other. */
function meeting() {
  const hub = new Y.Doc()
  appendBlocks(hub, [paragraph('Først.'), measure({ id: porten }, 'Porten')])
  const late = new LateWriting(hub)
  const receive = (update: Uint8Array) => {
    const afterwards = late.watch(update, [], new Seen())
    Y.applyUpdate(hub, update)
    afterwards()?.(hub)
  }
  return { hub, receive, remover: away(hub), writer: away(hub) }
}

describe('[BL1.4] writing that comes too late', () => {
  test('what its writer took back in part is not written again: the rest of it stands', () => {
    const { receive, remover, writer, hub } = meeting()
    logFragment(remover.doc).delete(1, 1)
    const line = textIn(logFragment(writer.doc).get(0))
    line.insert(6, ' Ikke. Står.')
    line.delete(6, 6)
    textIn(findBlock(writer.doc, porten)).insert(6, ' ved skolen')
    receive(remover.back())
    receive(writer.back())
    expect(outline(hub).text.split('\n')).toEqual(['Først. Står.', ' ved skolen'])
  })

  test('the rest of what its writer took back in part goes where its block went', () => {
    const { receive, remover, writer, hub } = meeting()
    const line = textIn(findBlock(writer.doc, porten))
    line.insert(6, ' Ikke. Står.')
    line.delete(6, 6)
    remover.doc.transact(() => {
      appendBlocks(remover.doc, [measure({ id: porten }, 'Porten')])
      logFragment(remover.doc).delete(1, 1)
    })
    receive(remover.back())
    receive(writer.back())
    expect(outline(hub).text.split('\n')).toEqual(['Først.', 'Porten Står.'])
  })

  test('what was there already, and gone since, does not come back with what follows it', () => {
    const { hub, receive, writer } = meeting()
    const line = textIn(logFragment(writer.doc).get(0))
    line.insert(6, ' Gammelt.')
    receive(writer.back())
    const remover = away(hub)
    textIn(logFragment(remover.doc).get(0)).delete(6, 9)
    receive(remover.back())
    line.insert(15, ' Nytt.')
    receive(Y.encodeStateAsUpdate(writer.doc))
    expect(outline(hub).text.split('\n')).toEqual(['Først. Nytt.', 'Porten'])
  })

  test('what stood beside a formatting mark goes right there, and not into the next word', () => {
    const doc = new Y.Doc()
    appendBlocks(doc, [paragraph('fet tekst')])
    const text = textIn(logFragment(doc).get(0))
    text.format(0, 3, { bold: {} })
    const mark = text._start
    if (!(mark?.content instanceof Y.ContentFormat)) throw new Error('no mark there')
    expect(new Graves().find(doc, mark.id, undefined)).toEqual({ text, index: 0 })
  })
})
