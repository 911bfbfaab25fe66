import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { LogProvider, LogSocket } from '../../client/collab/log-socket.ts'
import { appendParagraph, childElements, logFragment } from '../../shared/case-log/document.ts'
import type { Random } from './random.ts'

/** One edit by a writer: a token that must be in the log, or must not be there any more. */
type Edit = { token: string; there: boolean }

/**
 * Somebody who writes without a pause, on the client's own socket and provider, and remembers what the server has
 * acknowledged. Comes back by itself, as the client does.
 */
export class Writer {
  readonly doc = new Y.Doc()
  readonly edits: Edit[] = []
  /** So many of the edits have been acknowledged. */
  acked = 0
  /** Reasons for which the server refused something of ours. */
  readonly refusals: string[] = []
  readonly #name: string
  readonly #random: Random
  readonly #ticket: (clientId: number) => Promise<string>
  readonly #socket: LogSocket
  readonly #provider: LogProvider
  readonly #sent: number[] = []
  #token = ''
  #joining = false
  #over = false

  constructor(
    name: string,
    url: () => string,
    document: string,
    ticket: (clientId: number) => Promise<string>,
    random: Random,
  ) {
    this.#name = name
    this.#random = random
    this.#ticket = ticket
    this.#socket = new LogSocket(url(), ({ event }) => {
      if (event.code >= 4400 && event.code < 4500 && event.code !== 4408) this.refusals.push(event.reason)
      this.#sent.length = 0
      this.#later()
    })
    this.#provider = new LogProvider(
      {
        name: document,
        document: this.doc,
        awareness: new Awareness(this.doc),
        websocketProvider: this.#socket,
        token: () => this.#token,
      },
      {
        onSent: (whole) => this.#sent.push(whole ? this.edits.length : 0),
        onAnswer: (stored) => {
          const upTo = this.#sent.shift() ?? 0
          if (stored) this.acked = Math.max(this.acked, upTo)
        },
        onHeard: () => {},
        onEnded: () => this.#socket.drop(),
      },
    )
    this.#provider.on('authenticationFailed', () => this.#socket.drop())
    this.#provider.attach()
    void this.#join()
  }

  get connected(): boolean {
    return this.#provider.joined && this.#socket.webSocket?.readyState === WebSocket.OPEN
  }

  get settled(): boolean {
    return this.connected && this.acked === this.edits.length
  }

  /** Writes something somewhere, or takes away something of its own. */
  write() {
    const random = this.#random
    const own = this.edits.slice(-30).filter(({ there }) => there)
    const old = random.chance(0.15) ? random.pick(own) : undefined
    const paragraph = old && this.#find(old.token)
    if (old && paragraph) {
      const log = logFragment(this.doc)
      // In the books before it is sent: the answer may be for this very edit.
      this.edits.push({ token: old.token, there: false })
      log.delete(log.toArray().indexOf(paragraph), 1)
      return
    }
    const token = `${this.#name}-${this.edits.length}.`
    this.edits.push({ token, there: true })
    appendParagraph(this.doc, `${token}${'x'.repeat(random.below(60))}`)
  }

  /** Edits that were acknowledged and that this text does not show; empty is as it must be. */
  missingIn(text: string, upTo = this.acked): string[] {
    const taken = new Set(this.edits.filter(({ there }) => !there).map(({ token }) => token))
    return this.edits.slice(0, upTo).flatMap(({ token, there }) => {
      const shown = text.includes(`>${token}`)
      if (there ? shown || taken.has(token) : !shown) return []
      return [`${there ? '' : 'not '}${token}`]
    })
  }

  close() {
    this.#over = true
    this.#provider.destroy()
    this.#socket.destroy()
  }

  #find(token: string) {
    return childElements(logFragment(this.doc))
      .slice(-100)
      .find((element) => element.toString().includes(`>${token}`))
  }

  #later() {
    if (!this.#over) setTimeout(() => void this.#join(), 20 + this.#random.below(60))
  }

  async #join() {
    if (this.#joining || this.#over || this.connected) return
    this.#joining = true
    try {
      this.#token = await this.#ticket(this.doc.clientID)
      void this.#socket.connect()
    } catch {
      this.#later()
    }
    this.#joining = false
  }
}
