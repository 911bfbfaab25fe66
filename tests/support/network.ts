import * as Y from 'yjs'
import type { Random } from './random.ts'

/**
 * A star: every peer is linked to one hub, as browsers are to the server. Each link keeps its order, as sockets
 * do, but goes its own pace: what one peer has had long ago, another gets much later, or twice.
 */
export class Network {
  readonly hub = new Y.Doc()
  readonly #links: Link[] = []

  /** What the hub does with an update; by default it only applies it. */
  receive: (update: Uint8Array, from: Y.Doc) => void = (update) => Y.applyUpdate(this.hub, update, 'network')

  constructor() {
    this.hub.clientID = 1
    this.hub.on('update', (update: Uint8Array, origin: unknown) => {
      for (const link of this.#links) if (link !== origin) link.down.push(update)
    })
  }

  join(doc: Y.Doc): Link {
    const link: Link = { doc, up: [], down: [], had: [], online: true }
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.hub), link)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== link) link.up.push(update)
    })
    this.#links.push(link)
    return link
  }

  /** Delivers some of what is under way. */
  deliver(random: Random): void {
    for (const link of this.#links) {
      if (!link.online) continue
      while (link.up.length > 0 && random.chance(0.6)) this.#send(link, random)
      while (link.down.length > 0 && random.chance(0.6)) {
        const update = link.down.shift()
        if (!update) break
        Y.applyUpdate(link.doc, update, link)
        link.had.push(update)
        // Long after, something arrives again: a reconnect, a second tab.
        if (random.chance(0.05)) Y.applyUpdate(link.doc, random.pick(link.had) ?? update, link)
      }
    }
  }

  #send(link: Link, random: Random): void {
    // After being away, a client sends one update with all it has, as the sync protocol does.
    const updates = random.chance(0.2) ? [Y.mergeUpdates(link.up.splice(0))] : link.up.splice(0, 1)
    for (const update of updates) {
      this.receive(update, link.doc)
      if (random.chance(0.05)) this.receive(update, link.doc)
    }
  }

  /** Everybody is online and everything arrives. */
  settle(random: Random): void {
    for (const link of this.#links) link.online = true
    while (this.#links.some((link) => link.up.length + link.down.length > 0)) this.deliver(random)
  }
}

export type Link = { doc: Y.Doc; up: Uint8Array[]; down: Uint8Array[]; had: Uint8Array[]; online: boolean }
