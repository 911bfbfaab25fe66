import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import express from 'express'
import { BLOCKS_VERSION } from '../shared/blocks/registry.ts'
import { collabRoutes } from '../shared/collab/protocol.ts'
import { healthRoutes } from '../shared/health.ts'
import type { CaseId } from '../shared/ids.ts'
import { type Access, createAccess } from './auth/access.ts'
import { createSessions, SESSION_COOKIE, type Sessions } from './auth/session.ts'
import { createReads } from './cases/reads.ts'
import { casesApi } from './cases/routes.ts'
import { type Collab, createCollab } from './collab/collab.ts'
import { commentsApi } from './comments/routes.ts'
import type { Config } from './config.ts'
import type { Storage } from './db/open.ts'
import { disagreementsApi } from './disagreements/routes.ts'
import { createEvents, type Events } from './events/events.ts'
import { handoversApi } from './handovers/routes.ts'
import { createHistories, type Histories } from './history/histories.ts'
import { historyApi } from './history/routes.ts'
import { answerErrors, endApi } from './http/errors.ts'
import { checkOrigin, createRateLimit, noStore, securityHeaders } from './http/guards.ts'
import { createApi } from './http/handle.ts'
import { type Metric, serveMetrics } from './http/metrics.ts'
import { openApi } from './http/openapi.ts'
import { serveClient } from './http/static.ts'
import { routeUpgrades } from './http/upgrades.ts'
import type { Logger } from './log.ts'
import { meetingsApi } from './meetings/routes.ts'
import type { MunicipalityFile } from './municipality/municipality.ts'
import { municipalityApi } from './municipality/routes.ts'
import { createNews, type News } from './news/news.ts'
import { newsApi } from './news/routes.ts'
import { createCalendars, serveCalendar } from './notifications/calendar.ts'
import { createMailer, type Mailer } from './notifications/mailer.ts'
import { notificationsApi } from './notifications/routes.ts'
import { createPeople, type People } from './people/people.ts'
import { peopleApi } from './people/routes.ts'
import { questionsApi } from './questions/routes.ts'
import { serviceAccountsApi } from './service-accounts/routes.ts'
import { createServiceAccounts } from './service-accounts/service-accounts.ts'
import { setAsideApi } from './set-aside/routes.ts'
import { waitingNow } from './waiting/now.ts'
import { waitingApi } from './waiting/routes.ts'

export type AppDependencies = {
  config: Config
  log: Logger
  storage: Storage
  municipality: MunicipalityFile
  clock: () => number
}

export type App = {
  /** Not listening yet. */
  server: Server
  access: Access
  sessions: Sessions
  people: People
  collab: Collab
  events: Events
  histories: Histories
  news: News
  mailer: Mailer
}

const clientFolder = join(import.meta.dirname, '..', 'client', 'dist')

/** Express, the live logs and the live rows, on one port. */
export function build({ config, log, storage, municipality, clock }: AppDependencies): App {
  const { rows } = storage
  const access = createAccess(rows, clock)
  const sessions = createSessions(rows, clock)
  const people = createPeople(rows)
  const live = createEvents({ access, sessions, config, log, clock })
  // Behind a proxy the address is a setting; else it is where this server listens.
  const origin = () => config.publicUrl || addressOf(server)
  const mailer = createMailer({
    rows,
    config,
    async keysOf(id) {
      const person = await people.find(id)
      return person ? (await waitingNow(rows, person, clock())).shown.map(({ key }) => key) : []
    },
    origin,
    log,
    clock,
  })
  const events: Events = {
    ...live,
    waiting(concerned) {
      const everybody = [...concerned]
      live.waiting(everybody)
      mailer.changed(everybody)
    },
  }
  const calendars = createCalendars(rows, origin, clock)
  const histories = createHistories(storage.updates)
  const news = createNews({ rows, histories, access, events, log, clock })
  const derived = {
    ...events,
    caseChanged(caseId: CaseId) {
      events.caseChanged(caseId)
      news.changed(caseId)
    },
  }
  const collab = createCollab({ storage, log, access, sessions, events: derived, config, clock })
  const reads = createReads(storage, clock)
  municipality.onChange(events.municipalityChanged)

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  app.set('query parser', 'simple')
  app.use(securityHeaders)
  app.use('/api', noStore, checkOrigin(config))

  const accounts = createServiceAccounts(rows, clock, collab.closeSession)
  const api = createApi(app, sessions, accounts, log)
  api.handlePublic(healthRoutes.health, async () => ({
    status: 'ok' as const,
    blocksVersion: BLOCKS_VERSION,
  }))
  municipalityApi(api, municipality)
  peopleApi(api, { people, sessions, config, clock })
  casesApi(api, { rows, access, people, reads, news, collab, events, clock })
  commentsApi(api, { rows, access, reads, collab, events, clock })
  newsApi(api, { access, reads, news })
  historyApi(api, { rows, access, people, reads, collab, histories, clock })
  setAsideApi(api, { access, collab, reads })
  meetingsApi(api, { rows, access, reads, collab, events, histories, municipality, log, clock })
  disagreementsApi(api, { rows, access, reads, collab, events, clock })
  questionsApi(api, { rows, access, reads, collab, events, clock })
  handoversApi(api, { rows, access, reads, events, clock })
  waitingApi(api, { rows, access, collab, reads, events, clock })
  notificationsApi(api, { rows, calendars, available: config.smtpUrl !== '', origin })
  serviceAccountsApi(api, accounts, municipality)
  const limitTickets = createRateLimit(200, 10, clock)
  api.handle(collabRoutes.ticket, async ({ session, body }) => {
    limitTickets(session.person.id)
    return { ticket: await collab.issueTicket(session, body) }
  })
  app.get('/api/openapi.json', (_req, res) => {
    res.json(openApi(api.routes, SESSION_COOKIE))
  })
  endApi(app, api)
  app.get(
    '/metrics',
    serveMetrics(() => metrics(collab, events)),
  )
  app.get('/calendar/:file', serveCalendar(calendars))
  app.use(serveClient(clientFolder))
  app.use(answerErrors(log))

  const server = createServer(app)
  routeUpgrades(server, { collab, events, log })
  return { server, access, sessions, people, collab, events, histories, news, mailer }
}

function addressOf(server: Server): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://localhost:${port}`
}

function metrics(collab: Collab, events: Events): Metric[] {
  const now = collab.metrics()
  const gauge = (name: string, help: string, value: number): Metric => ({ name, help, type: 'gauge', value })
  const counter = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: 'counter',
    value,
  })
  return [
    gauge('stafett_open_logs', 'Logs in memory.', now.documents),
    gauge('stafett_collab_sockets', 'Open sockets of logs.', now.sockets),
    gauge('stafett_visitors', 'People in logs, each once for each log and tab.', now.visitors),
    gauge('stafett_updates_waiting', 'Updates on their way to the disk.', now.updatesWaiting),
    counter('stafett_updates_stored_total', 'Updates committed to the log.', now.updatesStored),
    counter('stafett_updates_refused_total', 'Updates refused.', now.updatesRefused),
    counter('stafett_store_failures_total', 'Times the log could not be written.', now.storeFailures),
    counter('stafett_set_aside_total', 'Times what a log had lost was set aside.', now.setAside),
    gauge('stafett_event_sockets', 'Open sockets of live rows.', events.count()),
  ]
}
