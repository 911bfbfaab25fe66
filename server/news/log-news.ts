import type { PersonId, ServiceId } from '../../shared/ids.ts'
import { MOST_NEWS, type NewsItem } from '../../shared/news.ts'
import type { Timeline } from '../history/timeline.ts'
import { type Change, changesFor } from './changes.ts'
import { itemsOf } from './items.ts'
import { Past } from './past.ts'
import { personReader, type Reading, serviceReader } from './reader.ts'
import { markRead } from './reading.ts'
import { type Count, Tally } from './tally.ts'
import { Units } from './units.ts'

export type ServiceReadings = { readonly service: ServiceId; readonly readings: readonly Reading[] }

/** What the thread can be asked about the news of a log that it holds. */
export type NewsQuestions = {
  news: {
    ask: { reading: Reading }
    answer: {
      seq: number
      count: number
      people: { person: PersonId; service: ServiceId; count: number }[]
      items: NewsItem[]
    }
  }
  newsCounts: {
    ask: { services: readonly ServiceReadings[] }
    answer: {
      seq: number
      people: (Count & { person: PersonId })[]
      services: (Count & { service: ServiceId })[]
    }
  }
  newsRead: {
    ask: { reading: Reading; seq: number; keys: readonly string[] | undefined }
    answer: Reading
  }
  /** The newest update at a time. */
  seqAt: { ask: { at: number }; answer: number }
}

/** What is new in one log, for whoever asks. Lives beside its timeline, in the history thread. */
export class LogNews {
  readonly #past: Past
  readonly #units: Units
  readonly #tally: Tally

  constructor(timeline: Timeline) {
    this.#past = new Past(timeline)
    this.#units = new Units(this.#past)
    this.#tally = new Tally(this.#past, this.#units)
  }

  news(reading: Reading): NewsQuestions['news']['answer'] {
    const changes = this.#changes(reading)
    const people = new Map<string, { person: PersonId; service: ServiceId; count: number }>()
    for (const { by } of changes) {
      const [main] = by
      if (!main) continue
      const known = people.get(main.person) ?? { person: main.person, service: main.service, count: 0 }
      people.set(main.person, { ...known, count: known.count + 1 })
    }
    return {
      seq: this.#past.seq,
      count: changes.length,
      people: [...people.values()].sort((a, b) => b.count - a.count),
      items: itemsOf(this.#past.doc, changes, MOST_NEWS),
    }
  }

  counts(services: readonly ServiceReadings[]): NewsQuestions['newsCounts']['answer'] {
    this.#update()
    return {
      seq: this.#past.seq,
      people: services.flatMap(({ readings }) =>
        readings.map((reading) => {
          const { person } = reading
          return { person, ...this.#tally.count(`person:${person}`, signOf(reading), personReader(reading)) }
        }),
      ),
      services: services.map(({ service, readings }) => {
        const sign = readings.map((reading) => `${reading.person} ${signOf(reading)}`).join()
        return { service, ...this.#tally.count(`service:${service}`, sign, serviceReader(readings)) }
      }),
    }
  }

  read(reading: Reading, seq: number, keys: readonly string[] | undefined): Reading {
    this.#update()
    return markRead({ past: this.#past, units: this.#units }, reading, seq, keys)
  }

  seqAt(at: number): number {
    return this.#past.seqAt(at)
  }

  #changes(reading: Reading): Change[] {
    this.#update()
    return changesFor(this.#past, this.#units, personReader(reading))
  }

  #update() {
    const touched = this.#units.update()
    this.#tally.touch(touched, this.#past.takeMoved())
  }
}

const signOf = ({ joined, upTo, blocks }: Reading): string => JSON.stringify([joined, upTo, ...blocks])
