// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changesFor } from '../../server/news/changes.ts'
import { personReader, serviceReader } from '../../server/news/reader.ts'
import { measure } from '../../shared/blocks/json.ts'
import { appendBlocks, itemKey, logFragment } from '../../shared/case-log/document.ts'
import { BlockId } from '../../shared/ids.ts'
import { NewsLog, newcomer } from '../support/news-log.ts'
import { Random } from '../support/random.ts'

/** A log at one moment, as a document that knows no more shows it: each block's characters by their Yjs ids. */
type Moment = Map<string, string[]>

function momentOf(doc: Y.Doc): Moment {
  const moment: Moment = new Map()
  for (const block of logFragment(doc).toArray()) {
    if (!(block instanceof Y.XmlElement)) continue
    const id: unknown = block.getAttribute('id')
    const chars: string[] = []
    for (const child of block.toArray())
      if (child instanceof Y.XmlText)
        for (let item = child._start; item !== null; item = item.right)
          if (!item.deleted && item.content instanceof Y.ContentString)
            for (let at = 0; at < item.length; at += 1) chars.push(`${item.id.client}:${item.id.clock + at}`)
    moment.set(typeof id === 'string' ? id : itemKey(block), chars)
  }
  return moment
}

/** What somebody knows, kept as a set of characters: the naive way. */
class Naive {
  readonly known = new Set<string>()
  readonly settled = new Set<string>()
  readonly people: ReadonlySet<string>
  constructor(...people: string[]) {
    this.people = new Set(people)
  }

  step(before: Moment, after: Moment, author: string, unitOf: ReadonlyMap<string, string>) {
    if (!this.people.has(author)) return
    // Who takes a whole block away needs no word of what others took of it before.
    for (const [char, key] of unitOf) if (before.has(key) && !after.has(key)) this.settled.add(char)
    const [old, now] = [all(before), all(after)]
    for (const char of now.difference(old)) this.known.add(char)
    for (const char of old.difference(now)) this.settled.add(char)
  }

  read(moment: Moment, unitOf: ReadonlyMap<string, string>, keys: readonly string[] | undefined) {
    const now = all(moment)
    for (const [char, key] of unitOf) {
      if (keys && !keys.includes(key)) continue
      if (now.has(char)) this.known.add(char)
      else if (this.known.has(char)) this.settled.add(char)
    }
  }
}

const all = (moment: Moment): Set<string> => new Set([...moment.values()].flat())

/** Several people write, delete, take away and bring back, on and off line; two of them read now and then. */
function run(seed: number, steps: number) {
  const random = new Random(seed)
  const log = new NewsLog()
  const people = ['maren', 'silje', 'petter']
  const peers = people.map((person, index) => {
    const doc = new Y.Doc()
    doc.clientID = 100 + index
    const waiting: Uint8Array[] = []
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') waiting.push(update)
    })
    return { person, doc, waiting, online: true, said: [] as string[] }
  })
  const readers = [...people, 'leser'].map((person) => ({
    person,
    naive: new Naive(person),
    reading: newcomer(person),
  }))
  const service = new Naive('leser', 'maren')
  const unitOf = new Map<string, string>()
  let moment: Moment = new Map()
  let replayed = new Y.Doc()
  let done = 0

  /** Replays what was stored on a fresh document, and looks at it after each update. */
  const follow = (): void => {
    if (random.chance(0.1)) {
      replayed = new Y.Doc()
      for (const { data } of log.stored.slice(0, done)) Y.applyUpdate(replayed, data)
    }
    for (const { data, author } of log.stored.slice(done)) {
      Y.applyUpdate(replayed, data)
      const now = momentOf(replayed)
      for (const [key, chars] of now) for (const char of chars) unitOf.set(char, key)
      for (const { naive } of readers) naive.step(moment, now, author, unitOf)
      service.step(moment, now, author, unitOf)
      moment = now
    }
    done = log.stored.length
  }
  const send = (peer: (typeof peers)[number]): void => {
    for (const update of peer.waiting.splice(0)) log.receive(peer.person, peer.doc.clientID, update)
    Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(log.doc, Y.encodeStateVector(peer.doc)), 'server')
  }

  for (let step = 0; step < steps; step += 1) {
    const peer = random.pick(peers)
    if (!peer) break
    if (random.chance(0.15)) peer.online = !peer.online
    edit(peer.doc, random, peer.said)
    if (peer.online) send(peer)
    follow()
    const reader = random.chance(0.25) ? random.pick(readers) : undefined
    if (reader) {
      const keys = random.chance(0.8) ? [...moment.keys()].filter(() => random.chance(0.4)) : undefined
      reader.reading = log.read(reader.reading, keys)
      reader.naive.read(moment, unitOf, keys)
      if (reader.person === 'leser' || reader.person === 'maren') service.read(moment, unitOf, keys)
    }
  }
  for (const peer of peers) send(peer)
  follow()

  const textOf = textByChar(log)
  const expected = (naive: Naive): string[] => {
    const found: string[] = []
    for (const key of new Set(unitOf.values())) {
      const chars = [...textOf.keys()].filter((char) => unitOf.get(char) === key)
      const now = new Set(moment.get(key))
      const was = chars.filter((char) => naive.known.has(char) && (now.has(char) || !naive.settled.has(char)))
      const words = (some: string[]): string => some.map((char) => textOf.get(char)).join('')
      const [old, fresh] = [words(was), words(chars.filter((char) => now.has(char)))]
      if (old !== fresh) found.push(`${old} → ${fresh}`)
    }
    return withoutPutBack(found).sort()
  }
  return { log, readers, service, expected }
}

/** Words that are gone in one place and new in another, letter by letter, are no news. */
function withoutPutBack(found: string[]): string[] {
  const left = [...found]
  for (const one of found) {
    const [was, now] = one.split(' → ')
    const again = now === '' ? left.indexOf(` → ${was}`) : -1
    if (again < 0 || !left.includes(one)) continue
    left.splice(again, 1)
    left.splice(left.indexOf(one), 1)
  }
  return left
}

/** Each character that ever stood, in the order of the log. */
function textByChar(log: NewsLog): Map<string, string> {
  const doc = new Y.Doc({ gc: false })
  logFragment(doc)
  for (const { data } of log.stored) Y.applyUpdate(doc, data)
  const chars = new Map<string, string>()
  const visit = (type: Y.XmlFragment | Y.XmlText): void => {
    for (let item = type._start; item !== null; item = item.right) {
      const { content, id } = item
      if (content instanceof Y.ContentString)
        for (let at = 0; at < item.length; at += 1)
          chars.set(`${id.client}:${id.clock + at}`, content.str[at] ?? '')
      else if (content instanceof Y.ContentType)
        if (content.type instanceof Y.XmlText || content.type instanceof Y.XmlElement) visit(content.type)
    }
  }
  visit(logFragment(doc))
  return chars
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

function edit(doc: Y.Doc, random: Random, said: string[]): void {
  const log = logFragment(doc)
  const blocks = log.toArray().filter((block): block is Y.XmlElement => block instanceof Y.XmlElement)
  const block = random.pick(blocks)
  const [text] = block?.toArray() ?? []
  const word = Array.from({ length: 1 + random.below(4) }, () => letters[random.below(26)]).join('')
  const add = (words: string): void => {
    const made = new Y.XmlElement('paragraph')
    made.insert(0, [new Y.XmlText(words)])
    log.insert(random.below(log.length + 1), [made])
  }
  const drawn = random.below(20)
  if (!block || !(text instanceof Y.XmlText) || drawn < 2) add(word)
  else if (drawn < 3)
    appendBlocks(doc, [measure({ id: BlockId.parse(`m${doc.clientID}-${random.below(1e9)}`) }, word)])
  else if (drawn < 4 && blocks.length > 2) {
    said.push(text.toString())
    log.delete(log.toArray().indexOf(block), 1)
  } else if (drawn < 5 && said.length > 0) add(said.pop() ?? '')
  else if (drawn < 8 && text.length > 1) {
    const from = random.below(text.length)
    const length = 1 + random.below(Math.min(5, text.length - from))
    said.push(text.toString().slice(from, from + length))
    text.delete(from, Math.min(length, text.length - from))
  } else if (drawn < 10 && said.length > 0) text.insert(random.below(text.length + 1), said.pop() ?? '')
  else text.insert(random.below(text.length + 1), word)
}

describe('news are exactly what a naive replay finds', () => {
  test.each(Array.from({ length: 30 }, (_, index) => 4100 + index))('seed %i', (seed) => {
    const { log, readers, service, expected } = run(seed, 80)
    for (const { naive, reading } of readers) {
      for (const afresh of [false, true]) {
        const { past, units } = log.remembered(afresh)
        const found = changesFor(past, units, personReader(reading))
        const shown = found.filter(({ text }) => text.was !== text.now)
        expect(shown.map(({ text }) => `${text.was} → ${text.now}`).sort()).toEqual(expected(naive))
        // Only a measure that somebody left without a word is new without text.
        for (const { unit, text } of found) if (text.was === text.now) expect(unit.block).toBe('measure')
      }
    }
    const members = readers.filter(({ person }) => person === 'leser' || person === 'maren')
    const found = log.changes(serviceReader(members.map(({ reading }) => reading)))
    const shown = found.filter(({ text }) => text.was !== text.now)
    expect(shown.map(({ text }) => `${text.was} → ${text.now}`).sort()).toEqual(expected(service))
  })
})
