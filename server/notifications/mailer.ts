import type { Kysely } from 'kysely'
import { createTransport } from 'nodemailer'
import { PersonId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'
import { faultOf, type Logger } from '../log.ts'
import { letter } from './letter.ts'
import { readSettings, whoWants } from './settings.ts'

export type Mailer = {
  /** Something that waits for these people changed: those who want to know at once are written to soon. */
  changed(people: Iterable<PersonId>): void
  /** Sends what is due by the clock: the daily letters, and those at once that could not be sent before. */
  sweep(): Promise<void>
  /** Resolves when what is being sent has been. */
  stop(): Promise<void>
}

type Dependencies = {
  rows: Kysely<Database>
  config: { readonly smtpUrl: string; readonly mailFrom: string }
  /** Keys of what waits for somebody now, not put off. */
  keysOf: (person: PersonId) => Promise<readonly string[]>
  origin: () => string
  log: Logger
  clock: () => number
}

/** Several things at once are one letter. */
const GATHER = 2000
const DAILY_HOUR = 7
const zone = 'Europe/Oslo'
const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })

/** Whether the day's letters are due: from seven in the morning, for what is not written of on that day yet. */
export const isDailyDue = (now: number, last: number | undefined): boolean =>
  Number(hour.format(now)) >= DAILY_HOUR && (last === undefined || day.format(now) !== day.format(last))

/**
 * Tells people by e-mail that something waits: each thing once, at once or once a day, as they chose. A letter that
 * cannot be sent is tried again at the next sweep.
 */
export function createMailer({ rows, config, keysOf, origin, log, clock }: Dependencies): Mailer {
  const transport = config.smtpUrl === '' ? undefined : createTransport(config.smtpUrl)
  const gathered = new Set<PersonId>()
  let timer: NodeJS.Timeout | undefined
  /** One after the other, so that nothing is written of twice. */
  let sending: Promise<void> = Promise.resolve()

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    sending = sending.then(work).catch((error: unknown) => {
      log.error(faultOf(error), 'no letters could be sent')
    })
    return sending
  }

  async function write(person: PersonId, wants: 'atOnce' | 'daily') {
    const { email, mail } = await readSettings(rows, person)
    if (!transport || mail !== wants || email === '') return
    const written = await rows
      .selectFrom('mails_sent')
      .where('person', '=', person)
      .select(['key', 'at'])
      .execute()
    if (wants === 'daily' && !isDailyDue(clock(), lastOf(written))) return
    const known = new Set(written.map(({ key }) => key))
    const fresh = (await keysOf(person)).filter((key) => !known.has(key))
    if (fresh.length === 0) return
    await transport.sendMail({ from: config.mailFrom, to: email, ...letter(origin()) })
    const at = clock()
    await rows
      .insertInto('mails_sent')
      .values(fresh.map((key) => ({ person, key, at })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** One address that refuses its letter keeps nobody else from theirs. */
  async function writeTo(people: Iterable<PersonId>, wants: 'atOnce' | 'daily') {
    for (const person of people) {
      try {
        await write(person, wants)
      } catch (error) {
        log.warn({ person, ...faultOf(error) }, 'a letter was not sent; trying again')
      }
    }
  }

  function sendGathered() {
    timer = undefined
    const people = [...gathered]
    gathered.clear()
    void inTurn(() => writeTo(people, 'atOnce'))
  }

  return {
    changed(people) {
      if (!transport) return
      for (const person of people) gathered.add(person)
      if (gathered.size === 0) return
      timer ??= setTimeout(sendGathered, GATHER)
      timer.unref()
    },
    sweep: () =>
      inTurn(async () => {
        if (!transport) return
        for (const wants of ['atOnce', 'daily'] as const) {
          const people = await whoWants(rows, wants)
          await writeTo(
            people.map((person) => PersonId.parse(person)),
            wants,
          )
        }
      }),
    async stop() {
      clearTimeout(timer)
      await sending
      transport?.close()
    },
  }
}

const lastOf = (written: readonly { at: number }[]): number | undefined =>
  written.length === 0 ? undefined : Math.max(...written.map(({ at }) => at))
