import * as Y from 'yjs'
import { itemKey, logFragment } from '../../shared/case-log/document.ts'
import type { Byline } from '../../shared/collab/protocol.ts'
import { knownContent } from '../collab/known-content.ts'
import type { Authorship, Writer } from './authorship.ts'

const MINUTE = 60_000

/** What a byline says, which is the minute: while somebody types it need not be told again. */
const wordsOf = (byline: Byline): string => JSON.stringify({ ...byline, at: Math.floor(byline.at / MINUTE) })

export type BylineChange = { bylines: Byline[]; gone: string[] }

/**
 * Who wrote each paragraph, kept up to date by looking only at what a change touched. A paragraph is any element
 * that holds text, at the top of the log or inside a block.
 */
export class Bylines {
  readonly #authorship: Authorship
  readonly #known = new Map<Y.XmlElement, { key: string; byline: Byline | undefined; told: string }>()
  readonly #dirty = new Set<Y.XmlElement>()
  readonly #parents = new Set<Y.XmlFragment>()

  constructor(doc: Y.Doc, authorship: Authorship) {
    this.#authorship = authorship
    this.#parents.add(logFragment(doc))
  }

  /** Notes what a transaction touched; true when there is something to look at. */
  touch(transaction: Y.Transaction): boolean {
    for (const type of transaction.changed.keys()) {
      if (type instanceof Y.XmlText) {
        if (type.parent instanceof Y.XmlElement) this.#dirty.add(type.parent)
      } else if (type instanceof Y.XmlFragment) this.#parents.add(type)
    }
    return this.#dirty.size > 0 || this.#parents.size > 0
  }

  /** What has changed since the last call. */
  changes(): BylineChange {
    for (const parent of this.#parents) this.#look(parent)
    this.#parents.clear()
    const change: BylineChange = { bylines: [], gone: [] }
    for (const [element, { key, told }] of this.#known) {
      if (element._item?.deleted !== false) {
        this.#known.delete(element)
        this.#dirty.delete(element)
        if (told !== '') change.gone.push(key)
      }
    }
    for (const element of this.#dirty) {
      if (element._item?.deleted !== false) continue
      const key = itemKey(element)
      const byline = this.#bylineOf(element, key)
      const told = byline ? wordsOf(byline) : ''
      const before = this.#known.get(element)?.told ?? ''
      this.#known.set(element, { key, byline, told })
      if (told === before) continue
      if (byline) change.bylines.push(byline)
      else change.gone.push(key)
    }
    this.#dirty.clear()
    return change
  }

  /** Every byline there is, as last told. */
  all(): Byline[] {
    return [...this.#known.values()].flatMap(({ byline }) => byline ?? [])
  }

  #look(parent: Y.XmlFragment) {
    if (parent instanceof Y.XmlElement && knownContent().textBlocks.has(parent.nodeName))
      this.#dirty.add(parent)
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement) || this.#known.has(child)) continue
      if (knownContent().textBlocks.has(child.nodeName)) this.#dirty.add(child)
      else this.#look(child)
    }
  }

  #bylineOf(element: Y.XmlElement, key: string): Byline | undefined {
    const shares = new Map<string, Writer & { length: number }>()
    let newest = 0
    const count = (item: Y.Item) => {
      this.#authorship.each(item.id.client, item.id.clock, item.length, (length, writer, at) => {
        const name = `${writer.person} ${writer.service}`
        const share = shares.get(name)
        if (share) share.length += length
        else shares.set(name, { ...writer, length })
        newest = Math.max(newest, at)
      })
    }
    for (const child of element.toArray()) {
      if (child instanceof Y.XmlText) {
        for (let item = child._start; item !== null; item = item.right) {
          if (!item.deleted && item.content instanceof Y.ContentString) count(item)
        }
      } else if (child instanceof Y.XmlElement && child._item) count(child._item)
    }
    const [main, ...others] = [...shares.values()].sort((a, b) => b.length - a.length)
    if (!main) return undefined
    return {
      key,
      person: main.person,
      service: main.service,
      at: newest,
      others: others.map(({ person, service }) => ({ person, service })),
    }
  }
}
