import { type Encoder, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Authorship } from '../../server/case-log/authorship.ts'
import { carriedRuns } from '../../server/case-log/carried.ts'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { MergeWork, MOST_LOOKS } from '../../server/collab/merge-work.ts'
import { scanUpdate } from '../../server/collab/scan.ts'
import { goal } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, childElements, logFragment } from '../../shared/case-log/document.ts'
import { limits } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { handmade, updateBy } from '../support/raw-socket.ts'

const CLIENT = 77
const ORIGIN = 0x80
const RIGHT = 0x40
const SUB = 0x20

function logOf(paragraphs: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.transact(() => {
    for (let index = 0; index < paragraphs; index++) appendParagraph(doc, `avsnitt ${index}`)
  })
  return doc
}

const textOf = (doc: Y.Doc, index: number): Y.XmlText => {
  const text = childElements(logFragment(doc))[index]?.get(0)
  if (!(text instanceof Y.XmlText)) throw new Error('no text')
  return text
}

/** An update of structs written by hand, as no client of ours would. */
const structs = (count: number, write: (encoder: Encoder, index: number) => void) =>
  handmade((encoder) => {
    for (const value of [1, count, CLIENT, 0]) writeVarUint(encoder, value)
    for (let index = 0; index < count; index++) write(encoder, index)
    writeVarUint(encoder, 0)
  })

const id = (encoder: Encoder, client: number, clock: number) => {
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock)
}

function codeOf(doc: Y.Doc, update: Uint8Array): string {
  try {
    checkUpdate(doc, CLIENT, update)
    return 'passed'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

describe('an update that would cost others their time is refused before it is applied', () => {
  test('more structs, or more deleted ranges, than anybody needs in one message', () => {
    const many = structs(limits.structs + 1, (encoder) => {
      writeUint8(encoder, 0)
      writeVarUint(encoder, 1)
    })
    expect(codeOf(new Y.Doc(), many)).toBe('tooLarge')
    const deletes = handmade((encoder) => {
      for (const value of [0, 1, 1, limits.deletes + 1]) writeVarUint(encoder, value)
      for (let index = 0; index <= limits.deletes; index++) {
        writeVarUint(encoder, index * 2)
        writeVarUint(encoder, 1)
      }
    })
    expect(codeOf(logOf(1), deletes)).toBe('tooLarge')
  })

  test('insertions that each have the whole log looked through', () => {
    const doc = logOf(2000)
    const elements = childElements(logFragment(doc))
    const update = structs(1500, (encoder, index) => {
      // Before everything, and up to another paragraph each time.
      writeUint8(encoder, RIGHT | 7)
      const right = elements[elements.length - 1 - index]?._item?.id
      id(encoder, right?.client ?? 0, right?.clock ?? 0)
      writeVarUint(encoder, 3)
      writeVarString(encoder, 'paragraph')
    })
    expect(codeOf(doc, update)).toBe('tooLarge')
  })

  test('insertions among those of the same update, without a log to look through', () => {
    const doc = logOf(1)
    const parent = textOf(doc, 0)._item?.id
    const count = 4000
    const update = structs(count, (encoder, index) => {
      const first = index === 0
      writeUint8(encoder, (first ? 0 : RIGHT) | 4)
      if (first) {
        writeVarUint(encoder, 0)
        id(encoder, parent?.client ?? 0, parent?.clock ?? 0)
      } else id(encoder, CLIENT, 0)
      writeVarString(encoder, 'x')
    })
    expect(codeOf(new Y.Doc(), update)).toBe('updateIncomplete')
    const chained = structs(count, (encoder, index) => {
      const first = index === 0
      writeUint8(encoder, (first ? 0 : ORIGIN) | 4)
      if (first) {
        writeVarUint(encoder, 0)
        id(encoder, parent?.client ?? 0, parent?.clock ?? 0)
      } else id(encoder, CLIENT, 0)
      writeVarString(encoder, 'x')
    })
    expect(codeOf(doc, chained)).toBe('tooLarge')
  })

  test('one field set over and over from its first value', () => {
    const doc = new Y.Doc()
    appendBlocks(doc, [goal({}, 'Et mål')])
    const element = childElements(logFragment(doc))[0]?._item?.id
    const update = structs(2000, (encoder) => {
      writeUint8(encoder, SUB | 8)
      writeVarUint(encoder, 0)
      id(encoder, element?.client ?? 0, element?.clock ?? 0)
      writeVarString(encoder, 'reviewDate')
      writeVarUint(encoder, 1)
      writeUint8(encoder, 119)
      writeVarString(encoder, 'x')
    })
    expect(codeOf(doc, update)).toBe('tooLarge')
  })

  test('blocks in blocks without end, and a field as long as a book', () => {
    const nested = updateBy(CLIENT, undefined, (doc) => {
      let into: Y.XmlFragment = logFragment(doc)
      for (let depth = 0; depth < 30; depth++) {
        const list = new Y.XmlElement('bulletList')
        const item = new Y.XmlElement('listItem')
        into.insert(0, [list])
        list.insert(0, [item])
        into = item
      }
    })
    expect(codeOf(new Y.Doc(), nested)).toBe('updateUnknownContent')
    const long = updateBy(CLIENT, undefined, (doc) => {
      const goal = new Y.XmlElement('goal')
      goal.setAttribute('reviewDate', 'x'.repeat(5000))
      logFragment(doc).insert(0, [goal])
    })
    expect(codeOf(new Y.Doc(), long)).toBe('updateUnknownContent')
  })

  test('moving thousands of small pieces at once is matched in one go', () => {
    const doc = logOf(3000)
    const update = updateBy(CLIENT, Y.encodeStateAsUpdate(doc), (copy) => {
      const log = logFragment(copy)
      const words = childElements(log).map((one) => one.toString().replaceAll(/<[^>]*>/g, ''))
      log.delete(0, log.length)
      appendParagraph(copy, words.join(' '))
    })
    const checked = checkUpdate(doc, CLIENT, update)
    const authorship = new Authorship()
    expect(carriedRuns(doc, authorship, checked?.written ?? [], checked?.deletes ?? [])).toEqual([])
  })
})

describe('honest work costs next to nothing', () => {
  const looksOf = (doc: Y.Doc, update: Uint8Array) => {
    const work = new MergeWork(doc, logFragment(doc))
    for (const { client, structs: all } of scanUpdate(update).sections)
      for (const struct of all) work.add(client, struct)
    return work.looks
  }

  test('a long paste, and a key press in a long log', () => {
    const doc = logOf(500)
    const paste = updateBy(CLIENT, Y.encodeStateAsUpdate(doc), (copy) => {
      for (let index = 0; index < 2000; index++) appendParagraph(copy, `limt inn ${index}`)
    })
    expect(looksOf(doc, paste)).toBe(0)
    const press = updateBy(CLIENT, Y.encodeStateAsUpdate(doc), (copy) => textOf(copy, 200).insert(4, 'x'))
    expect(looksOf(doc, press)).toBe(0)
  })

  test('a week offline, merged with what colleagues wrote in the same paragraph meanwhile', () => {
    const doc = logOf(3)
    const base = Y.encodeStateAsUpdate(doc)
    const away = updateBy(CLIENT, base, (copy) => {
      for (let index = 0; index < 300; index++) textOf(copy, 1).insert(3 + (index % 4), 'y')
    })
    for (let index = 0; index < 300; index++) textOf(doc, 1).insert(3 + (index % 5), 'z')
    expect(looksOf(doc, away)).toBeLessThan(MOST_LOOKS / 2)
    expect(codeOf(doc, away)).toBe('passed')
  })

  /** A log that knows the first two letters of a word, and the copy of who writes it. */
  function begunWord() {
    const doc = logOf(1)
    const copy = new Y.Doc()
    copy.clientID = CLIENT
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    textOf(copy, 0).insert(0, 'ab')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy))
    return { doc, copy, text: textOf(copy, 0) }
  }

  test('all that a client has, of which the first letters of a word are known already', () => {
    const { doc, copy, text } = begunWord()
    // The word goes on, and is then written into: its known part, its new part and what follows are three of one update.
    text.insert(2, 'c')
    text.insert(3, 'e')
    text.insert(3, 'd')
    expect(codeOf(doc, Y.encodeStateAsUpdate(copy))).toBe('passed')
  })

  test('the same where the word was taken away again before it was sent', () => {
    const { doc, copy, text } = begunWord()
    text.insert(2, 'c')
    text.delete(1, 2)
    text.insert(1, 'd')
    expect(codeOf(doc, Y.encodeStateAsUpdate(copy))).toBe('passed')
  })
})
