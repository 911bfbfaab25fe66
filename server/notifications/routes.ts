import type { Kysely } from 'kysely'
import { notificationRoutes } from '../../shared/notifications.ts'
import type { Database } from '../db/schema.ts'
import type { Api } from '../http/handle.ts'
import type { Calendars } from './calendar.ts'
import { readSettings, writeSettings } from './settings.ts'

type Dependencies = {
  rows: Kysely<Database>
  calendars: Calendars
  /** Whether this server can send e-mail. */
  available: boolean
  origin: () => string
}

/** Each person's own choices: e-mail when something waits, and a calendar link. */
export function notificationsApi(api: Api, { rows, calendars, available, origin }: Dependencies) {
  api.handle(notificationRoutes.settings, async ({ session: { person } }) => ({
    ...(await readSettings(rows, person.id)),
    available,
  }))

  api.handle(notificationRoutes.choose, async ({ session: { person }, body }) => {
    await writeSettings(rows, person.id, body)
    return { ...body, available }
  })

  api.handle(notificationRoutes.calendar, async ({ session: { person } }) => ({
    madeAt: await calendars.madeAt(person.id),
  }))

  api.handle(notificationRoutes.makeCalendar, async ({ session: { person } }) => {
    const { token, madeAt } = await calendars.make(person.id)
    return { url: `${origin()}/calendar/${token}.ics`, madeAt }
  })

  api.handle(notificationRoutes.endCalendar, async ({ session: { person } }) => {
    await calendars.end(person.id)
    return {}
  })
}
