import type { Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { goal, measure, paragraph } from '../../shared/blocks/json.ts'
import type { Named } from '../../shared/case-log/copies.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { LateWriting } from '../../shared/case-log/late-writing.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { BlockId } from '../../shared/ids.ts'
import { openEditor } from './editor.ts'
import { type Link, Network } from './network.ts'
import { Random } from './random.ts'
import { randomEdit, standingBlocks, standingWords } from './random-edits.ts'
import { readAgain } from './read-again.ts'
import type { Talk } from './talk.ts'
import { wordOf, wordsIn } from './words.ts'

export type Run = {
  seed: number
  rounds: number
  peers?: number
  trace?: ((line: string) => void) | undefined
  /** How often somebody's line goes or comes back. */
  offline?: number
  /** How often somebody sends all that they have, what is known included. */
  all?: number
  /** Every update passes the server's gate, and what it stores is read again at the end. */
  gate?: boolean
  /** People comment meanwhile, and the server keeps their marks. */
  talk?: Talk
}

type Peer = { name: string; doc: Y.Doc; editor: Editor; link: Link; wrote: Set<number>; took: Set<number> }

/** Drives editors at random through a random network. Returns what went wrong, in words: nothing, if all is well. */
export function converge(run: Run): string[] {
  const { seed, rounds, peers: count = 4, trace, offline = 0.05, all = 0, gate = false, talk } = run
  const random = new Random(seed)
  const network = new Network()
  // Drawn by itself, so that the same seed is the same walk without it.
  const resend = new Random(seed + 1_000_000)
  network.sendsAll = () => all > 0 && resend.chance(all)
  const problems: string[] = []
  let words = 9
  let blocks = 0
  const written = new Set<number>([0, 1, 2, 3, 4, 5, 6, 7, 8])
  const taken = new Set<number>()
  const made = new Set<string>(['g1', 'g2', 'm1', 'm2', 'm3'])
  const removed = new Set<string>()
  const word = (): string => {
    words += 1
    return wordOf(words)
  }
  const newId = (): BlockId => {
    blocks += 1
    return BlockId.parse(`b${blocks}`)
  }

  const late = new LateWriting(network.hub)
  let told = 0
  const stored: Uint8Array[] = []
  if (gate) network.hub.on('update', (update: Uint8Array) => stored.push(update))
  network.receive = (sent, from) => {
    const update = gate ? passed(network.hub, from.doc, sent, problems) : sent
    if (!update) return
    const was = trace && hubWords(network.hub)
    const afterwards = late.watch(update, namedIn(sent), from.seen)
    Y.applyUpdate(network.hub, update, 'network')
    const repair = afterwards()
    const between = trace && hubWords(network.hub)
    repair?.(network.hub)
    if (late.mark > told) {
      told = late.mark
      network.tell(told)
    }
    talk?.arrived(network.hub, repair !== undefined)
    if (trace && was && between) trace(story(was, between, hubWords(network.hub), repair !== undefined))
  }

  const id = (text: string): BlockId => BlockId.parse(text)
  appendBlocks(network.hub, [
    paragraph(wordOf(0) + wordOf(1) + wordOf(2)),
    goal({ id: id('g1') }, wordOf(3), [
      measure({ id: id('m1') }, wordOf(4) + wordOf(5)),
      measure({ id: id('m2') }, wordOf(6)),
    ]),
    goal({ id: id('g2') }, wordOf(7), [measure({ id: id('m3') }, wordOf(8))]),
    paragraph(),
  ])
  const peers = Array.from({ length: count }, (_, index): Peer => {
    const doc = new Y.Doc()
    doc.clientID = 101 + index
    const link = network.join(doc)
    const editor = openEditor(doc)
    // What one undo takes back is drawn, and not left to the clock: the same seed is the same run.
    undoManagerIn(editor).captureTimeout = Number.POSITIVE_INFINITY
    return { name: `P${index + 1}`, doc, editor, link, wrote: new Set(), took: new Set() }
  })

  for (let round = 0; round < rounds; round += 1) {
    const peer = random.pick(peers)
    if (!peer) break
    if (random.chance(offline)) peer.link.online = !peer.link.online
    const wordsBefore = new Set(standingWords(peer.editor.state.doc))
    const blocksBefore = new Set(standingBlocks(peer.editor.state.doc))
    const edit = randomEdit(peer.editor, random, word, newId)
    const what = `${round} ${peer.name} «${edit.name}»`
    if (random.chance(0.6)) undoManagerIn(peer.editor).stopCapturing()
    try {
      edit.run()
    } catch (error) {
      problems.push(`${what} threw ${String(error)}`)
    }
    const wordsAfter = new Set(standingWords(peer.editor.state.doc))
    const gone = [...wordsBefore.difference(wordsAfter)]
    const goneBlocks = [...blocksBefore.difference(new Set(standingBlocks(peer.editor.state.doc)))]
    for (const number of wordsAfter.difference(wordsBefore)) {
      if (!written.has(number)) peer.wrote.add(number)
      written.add(number)
    }
    for (const block of standingBlocks(peer.editor.state.doc)) made.add(block)
    trace?.(`${what} +${[...wordsAfter.difference(wordsBefore)]} -${gone} blocks -${goneBlocks}`)
    if (gone.length > 0 && !edit.takes) problems.push(`${what} took ${gone}`)
    // What a person deleted, took back and deletes again is theirs to take.
    const others = gone.filter((number) => !peer.wrote.has(number) && !peer.took.has(number))
    if ((edit.name === 'undo' || edit.name === 'redo') && others.length > 0)
      problems.push(`${what} took others’ ${others}`)
    for (const number of gone) {
      taken.add(number)
      peer.took.add(number)
    }
    for (const block of goneBlocks) removed.add(block)
    talk?.step(
      network.hub,
      peers.map(({ doc }) => doc),
      random,
    )
    network.deliver(random)
  }
  network.settle(random)
  // What is put right arrives everywhere, and leaves nothing to put right.
  for (let looks = 0; talk && talk.keep(network.hub) > 0; looks += 1) {
    network.settle(random)
    if (looks > 5) problems.push('the marks never come to rest')
    if (looks > 5) break
  }
  network.settle(random)
  talk?.keep(network.hub)

  const fresh = new Y.Doc()
  fresh.clientID = 999
  const link = network.join(fresh)
  const reader = openEditor(fresh)
  const shown = shownIn(reader)
  for (const { name, doc, editor } of peers) {
    if (shownIn(editor) !== shown) {
      problems.push(`${name} shows another document`)
      trace?.(`${name} shows ${editor.state.doc}\nfresh shows ${reader.state.doc}`)
    }
    if (logFragment(doc).toString() !== logFragment(network.hub).toString())
      problems.push(`${name} holds another log`)
    if (!Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(network.hub)))
      problems.push(`${name} holds another state`)
  }
  if (talk) problems.push(...talk.problems(network.hub))
  if (gate) problems.push(...readAgain(network.hub, stored))
  if (link.up.length > 0) problems.push('a fresh client changed the log by opening it')
  const standing = standingWords(reader.state.doc)
  const ids = standingBlocks(reader.state.doc)
  for (const number of written.difference(taken))
    if (!standing.includes(number)) problems.push(`lost word ${number}`)
  for (const block of made.difference(removed)) if (!ids.includes(block)) problems.push(`lost block ${block}`)
  trace?.(
    `doubled words ${standing.length - new Set(standing).size} blocks ${ids.length - new Set(ids).size}`,
  )
  for (const { editor } of [...peers, { editor: reader }]) editor.destroy()
  return problems
}

/** What an editor shows. Which of two threads on the same words lies within the other says nothing. */
const shownIn = (editor: Editor): string =>
  JSON.stringify(editor.state.doc.toJSON(), (key, value: unknown) =>
    key === 'marks' && Array.isArray(value) ? value.map((mark) => JSON.stringify(mark)).sort() : value,
  )

/** What the gate lets through; an honest update that it refuses is a problem. */
function passed(hub: Y.Doc, from: Y.Doc, update: Uint8Array, problems: string[]): Uint8Array | undefined {
  try {
    return checkUpdate(hub, from.clientID, update)?.data
  } catch (error) {
    problems.push(`the gate refused an honest update: ${String(error)}`)
    return undefined
  }
}

function undoManagerIn(editor: Editor): Y.UndoManager {
  const { undoManager }: { undoManager: Y.UndoManager } = yUndoPluginKey.getState(editor.state)
  return undoManager
}

/** What an update says is deleted. */
const namedIn = (update: Uint8Array): Named[] =>
  Y.decodeUpdate(update)
    .ds.clients.entries()
    .flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, length: len })))
    .toArray()

const hubWords = (hub: Y.Doc): Set<number> => new Set(wordsIn(outline(hub).text).map(({ number }) => number))

const story = (was: Set<number>, between: Set<number>, now: Set<number>, repaired: boolean): string =>
  `    hub +${[...between.difference(was)]} -${[...was.difference(between)]}${repaired ? ` repaired +${[...now.difference(between)]}` : ''}`
