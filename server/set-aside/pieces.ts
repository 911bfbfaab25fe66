import * as Y from 'yjs'
import { z } from 'zod'
import { BlockJson } from '../../shared/blocks/json.ts'
import { logFragment } from '../../shared/case-log/document.ts'
import { knownContent, markName } from '../collab/known-content.ts'

const ItemId = z.object({ client: z.number(), clock: z.number() })
export type ItemId = z.infer<typeof ItemId>

/** Something that stood in a log once: what it was, and what it stood in and after, as far as the log knows that. */
export const Piece = z.object({
  /** The block it stood in; null for the log itself. */
  parent: ItemId.nullable(),
  /** What it stood right after; null for the beginning. */
  after: ItemId.nullable(),
  what: z.union([
    z.object({ text: z.string(), marks: z.record(z.string(), z.unknown()) }),
    z.object({ block: BlockJson }),
  ]),
})
export type Piece = z.infer<typeof Piece>

/** Whose something is that the log lacks; undefined for what it has. */
export type OwnerOf<O> = (id: ItemId) => O | undefined

/**
 * Everything that still shows in `doc` and is somebody's according to `ownerOf`, owner by owner in the order of the
 * log. A block goes to whoever made it, with the text and fields of the same person; what others wrote in it is a
 * piece of theirs.
 */
export function piecesIn<O>(doc: Y.Doc, ownerOf: OwnerOf<O>): Map<O, Piece[]> {
  const found = new Map<O, Piece[]>()
  const add = (owner: O, piece: Piece) => {
    const list = found.get(owner)
    if (list) list.push(piece)
    else found.set(owner, [piece])
  }

  function visit(parent: Y.XmlFragment, at: ItemId | null) {
    let after: ItemId | null = null
    for (let item = parent._start; item !== null; item = item.right) {
      const owner = ownerOf(item.id)
      if (owner === undefined && item.content instanceof Y.ContentType) {
        const { type } = item.content
        if (!item.deleted && type instanceof Y.XmlText) visitText(type, at)
        else if (!item.deleted && type instanceof Y.XmlElement) visit(type, item.id)
      }
      if (owner === undefined) {
        if (item.content instanceof Y.ContentType ? item.content.type instanceof Y.XmlElement : true)
          after = item.lastId
        continue
      }
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue
      const { type } = item.content
      if (type instanceof Y.XmlText) visitText(type, at)
      else if (type instanceof Y.XmlElement) visitLost(type, owner, { parent: at, after })
    }
  }

  /** A block that the log lacks. What others wrote in it has nowhere to stand but after it. */
  function visitLost(element: Y.XmlElement, owner: O, place: Pick<Piece, 'parent' | 'after'>) {
    const others: { owner: O; piece: Piece }[] = []
    const block = blockOf(element, owner, (other, json) =>
      others.push({ owner: other, piece: { ...place, what: { block: json } } }),
    )
    if (says(block)) add(owner, { ...place, what: { block } })
    for (const { owner: other, piece } of others) add(other, piece)
  }

  function blockOf(element: Y.XmlElement, owner: O, other: (owner: O, json: BlockJson) => void): BlockJson {
    const attrs: Record<string, unknown> = {}
    for (const [name, item] of element._map) {
      if (!item.deleted && ownerOf(item.id) === owner) attrs[name] = element.getAttribute(name)
    }
    const content: BlockJson[] = []
    for (let item = element._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue
      const { type } = item.content
      const maker = ownerOf(item.id)
      if (type instanceof Y.XmlText) {
        for (const run of runsOf(type)) {
          if (run.owner === owner) content.push(textJson(run))
          else if (run.owner !== undefined) other(run.owner, { type: 'paragraph', content: [textJson(run)] })
        }
      } else if (type instanceof Y.XmlElement && maker !== undefined) {
        const inner = blockOf(type, maker, other)
        if (maker === owner) content.push(inner)
        else if (says(inner)) other(maker, inner)
      }
    }
    return { type: element.nodeName, attrs, content }
  }

  type Run = { owner: O | undefined; text: string; marks: Record<string, unknown>; after: ItemId | null }

  /** The text, part by part, each with what the log has to its left. */
  function* runsOf(text: Y.XmlText): Generator<Run> {
    let marks: Record<string, unknown> = {}
    let after: ItemId | null = null
    for (let item = text._start; item !== null; item = item.right) {
      const { content } = item
      if (content instanceof Y.ContentFormat && !item.deleted) {
        marks = { ...marks, [content.key]: content.value }
        if (content.value === null) delete marks[content.key]
      }
      let run: Run | undefined
      for (let offset = 0; offset < item.length; offset++) {
        const id = { client: item.id.client, clock: item.id.clock + offset }
        const owner = ownerOf(id)
        if (run && run.owner !== owner) {
          yield run
          run = undefined
        }
        if (content instanceof Y.ContentString && !item.deleted) {
          run ??= { owner, text: '', marks, after }
          run.text += content.str[offset] ?? ''
        }
        if (owner === undefined) after = id
      }
      if (run) yield run
    }
  }

  function visitText(text: Y.XmlText, at: ItemId | null) {
    let last: { owner: O; after: ItemId | null; piece: { text: string; marks: object } } | undefined
    for (const { owner, text: words, marks, after } of runsOf(text)) {
      if (owner === undefined) {
        last = undefined
        continue
      }
      if (last && last.owner === owner && JSON.stringify(last.piece.marks) === JSON.stringify(marks)) {
        last.piece.text += words
        continue
      }
      const what = { text: words, marks }
      last = { owner, after, piece: what }
      add(owner, { parent: at, after, what })
    }
  }

  visit(logFragment(doc), null)
  return found
}

const textJson = ({ text, marks }: { text: string; marks: Record<string, unknown> }): BlockJson => ({
  type: 'text',
  text,
  marks: Object.entries(marks).map(([key, attrs]) => {
    const type = markName(key)
    return typeof attrs === 'object' && attrs !== null ? { type, attrs: { ...attrs } } : { type }
  }),
})

/** Whether a block holds anything that somebody would miss. */
const says = (block: BlockJson): boolean => {
  const { id: _, ...fields } = block.attrs ?? {}
  const rated = knownContent().textBlocks.has(block.type) && block.type !== 'paragraph' && 'score' in fields
  return rated || wordsOf(block) !== ''
}

/** What a block says, line by line. */
export function wordsOf(block: BlockJson): string {
  if (block.text !== undefined) return block.text
  const parts = (block.content ?? []).map(wordsOf).filter((words) => words !== '')
  return parts.join(knownContent().textBlocks.has(block.type) ? '' : '\n')
}

/** What pieces say, for people to read. */
export const excerptOf = (pieces: readonly Piece[]): string =>
  pieces.map(({ what }) => ('block' in what ? wordsOf(what.block) : what.text)).join('\n')
