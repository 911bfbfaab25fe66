import { createHash, randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Kysely } from 'kysely'
import type { PersonId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'

export type Calendars = {
  /** When the person's link was made; null when there is none. */
  madeAt(person: PersonId): Promise<number | null>
  /** A new link's token, stored nowhere; an older one ends. */
  make(person: PersonId): Promise<{ token: string; madeAt: number }>
  end(person: PersonId): Promise<void>
  /** The calendar behind a token (RFC 5545); undefined for one that is unknown or ended. */
  feed(token: string): Promise<string | undefined>
}

/** Meetings that ended longer ago than this leave the calendar. */
const KEPT = 90 * 24 * 60 * 60 * 1000
const hash = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Private calendars of meetings. Whoever has the link has the calendar, and calendar programs keep copies of it on other
 * companies' servers: so it holds times and a link that needs sign-in, and no title, place, name or log.
 */
export function createCalendars(
  rows: Kysely<Database>,
  origin: () => string,
  clock: () => number,
): Calendars {
  return {
    async madeAt(person) {
      const link = await rows
        .selectFrom('calendar_links')
        .where('person', '=', person)
        .select('made_at')
        .executeTakeFirst()
      return link?.made_at ?? null
    },

    async make(person) {
      const token = randomBytes(32).toString('base64url')
      const link = { token_hash: hash(token), made_at: clock() }
      await rows
        .insertInto('calendar_links')
        .values({ person, ...link })
        .onConflict((conflict) => conflict.column('person').doUpdateSet(link))
        .execute()
      return { token, madeAt: link.made_at }
    },

    async end(person) {
      await rows.deleteFrom('calendar_links').where('person', '=', person).execute()
    },

    async feed(token) {
      const link = await rows
        .selectFrom('calendar_links')
        .where('token_hash', '=', hash(token))
        .select('person')
        .executeTakeFirst()
      if (!link) return undefined
      const meetings = await rows
        .selectFrom('meetings')
        .innerJoin('meeting_people', 'meeting_people.meeting_id', 'meetings.id')
        .where('meeting_people.person', '=', link.person)
        .where('meeting_people.left_out', 'is', null)
        .where('meetings.status', 'in', ['called', 'held', 'cancelled'])
        .where('meetings.starts_at', '>=', clock() - KEPT)
        .orderBy('meetings.starts_at')
        .select(['meetings.id', 'revision', 'status', 'starts_at', 'meetings.minutes', 'created_at'])
        .execute()
      return calendarOf(meetings, origin())
    },
  }
}

type Row = {
  id: string
  revision: number
  status: string
  starts_at: number | null
  minutes: number
  created_at: number
}

function calendarOf(meetings: readonly Row[], origin: string): string {
  const calendar = ical({
    name: 'Stafett',
    prodId: { company: 'Stafett', product: 'meetings', language: 'NB' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 15 * 60,
  })
  for (const { id, revision, status, starts_at, minutes, created_at } of meetings) {
    if (starts_at === null) continue
    calendar.createEvent({
      id: `${id}@stafett`,
      sequence: revision,
      stamp: new Date(created_at),
      start: new Date(starts_at),
      end: new Date(starts_at + minutes * 60_000),
      summary: 'Møte i Stafett',
      description: 'Hva det gjelder og hvor det er, står i Stafett.',
      url: `${origin}/mote/${id}`,
      status: status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}

/** Serves `/calendar/<token>.ics`: to whoever has the link, and to nobody else. */
export const serveCalendar =
  (calendars: Pick<Calendars, 'feed'>): RequestHandler<{ file: string }> =>
  async (req, res) => {
    const token = /^([\w-]{43})\.ics$/.exec(req.params.file)?.[1]
    const text = token === undefined ? undefined : await calendars.feed(token)
    res.setHeader('Cache-Control', 'private, no-store')
    if (text === undefined) {
      res.status(404).type('text/plain').send('There is no such calendar.\n')
      return
    }
    res.type('text/calendar; charset=utf-8').send(text)
  }
