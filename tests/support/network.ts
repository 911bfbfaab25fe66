import * as Y from 'yjs'
import { Seen } from '../../shared/case-log/copies.ts'
import type { Random } from './random.ts'

/**
 * A star: every peer is linked to one hub, as browsers are to the server. Each link keeps its order, as sockets
 * do, but goes its own pace: what one peer has had long ago, another gets much later, or twice.
 */
export class Network {
  readonly hub = new Y.Doc()
  readonly #links: Link[] = []

  /** When somebody sends all that they have and not only what is new, as a plain client may; by default never. */
  sendsAll: () => boolean = () => false

  /** What the hub does with an update; by default it only applies it. */
  receive: (update: Uint8Array, from: Link) => void = (update) => Y.applyUpdate(this.hub, update, 'network')

  constructor() {
    this.hub.clientID = 1
    this.hub.on('update', (update: Uint8Array, origin: unknown) => {
      for (const link of this.#links) if (link !== origin) link.down.push(update)
    })
  }

  join(doc: Y.Doc): Link {
    const link: Link = { doc, up: [], down: [], had: [], online: true, told: 0, seen: new Seen() }
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.hub), link)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === link) return
      // Of what has not been sent, Yjs keeps nothing once its block is gone: only who has sent it all can send all.
      const all = link.up.length === 0 && this.sendsAll()
      link.up.push({ update: all ? Y.encodeStateAsUpdate(doc) : update, told: link.told })
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
        if (typeof update === 'number') {
          link.told = update
          continue
        }
        Y.applyUpdate(link.doc, update, link)
        link.had.push(update)
        // Long after, something arrives again: a reconnect, a second tab.
        if (random.chance(0.05)) Y.applyUpdate(link.doc, random.pick(link.had) ?? update, link)
      }
    }
  }

  #send(link: Link, random: Random): void {
    // After being away, a client sends one update with all it has, as the sync protocol does.
    const sent = random.chance(0.2) ? link.up.splice(0) : link.up.splice(0, 1)
    const update = Y.mergeUpdates(sent.map((each) => each.update))
    link.seen.reach(sent[0]?.told ?? 0)
    this.receive(update, link)
    if (random.chance(0.05)) this.receive(update, link)
  }

  /** Tells everybody what they know when this arrives. */
  tell(mark: number): void {
    for (const { down } of this.#links) down.push(mark)
  }

  /** Everybody is online and everything arrives. */
  settle(random: Random): void {
    for (const link of this.#links) link.online = true
    while (this.#links.some((link) => link.up.length + link.down.length > 0)) this.deliver(random)
  }
}

export type Link = {
  doc: Y.Doc
  /** Updates on their way to the hub, with what its peer had been told when it made them. */
  up: { update: Uint8Array; told: number }[]
  /** Updates on their way to the peer, and what it is told between them. */
  down: (Uint8Array | number)[]
  had: Uint8Array[]
  online: boolean
  told: number
  seen: Seen
}
