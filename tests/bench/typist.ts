import * as Y from 'yjs'
import { type AwarenessState, LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import { seeded } from './statistics.ts'

const letters = 'etaoinsrhldcumfpgwybvkxjqz '
const paragraphLength = 400

/** Somebody who types into a log one character at a time, and now and then goes back to mend a word. */
export class Typist {
  readonly #fragment: Y.XmlFragment
  readonly #random: () => number
  #text = new Y.XmlText()
  #caret = 0

  constructor(doc: Y.Doc, seed: number) {
    this.#fragment = doc.getXmlFragment(LOG_FRAGMENT)
    this.#random = seeded(seed)
    this.#startParagraph()
  }

  /** One edit: one character, in a transaction of its own. */
  type(): void {
    if (this.#text.length >= paragraphLength) this.#startParagraph()
    const jump = this.#random()
    if (jump < 0.02) this.#caret = Math.floor(this.#random() * (this.#text.length + 1))
    else if (jump < 0.04) this.#caret = this.#text.length
    this.#text.insert(this.#caret, letters[Math.floor(this.#random() * letters.length)] ?? ' ')
    this.#caret += 1
  }

  /** Where this person is, as the others should see it. */
  presence(): AwarenessState {
    const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#text, this.#caret))
    return { cursor: { anchor: caret, head: caret }, typingAt: Date.now() }
  }

  #startParagraph() {
    const paragraph = new Y.XmlElement('paragraph')
    this.#text = new Y.XmlText()
    this.#caret = 0
    paragraph.insert(0, [this.#text])
    this.#fragment.push([paragraph])
  }
}

/** Whether a document holds everything that another held when its clocks were read. */
export function holds(doc: Y.Doc, clocks: ReadonlyMap<number, number>): boolean {
  const own = Y.decodeStateVector(Y.encodeStateVector(doc))
  return [...clocks].every(([client, clock]) => (own.get(client) ?? 0) >= clock)
}

export const clocksOf = (doc: Y.Doc): ReadonlyMap<number, number> =>
  Y.decodeStateVector(Y.encodeStateVector(doc))

/** How many characters typists have written in a log. */
export function charactersOf(doc: Y.Doc): number {
  const texts = doc.getXmlFragment(LOG_FRAGMENT).createTreeWalker((node) => node instanceof Y.XmlText)
  return Array.from(texts, (text) => (text instanceof Y.XmlText ? text.length : 0)).reduce((a, b) => a + b, 0)
}
