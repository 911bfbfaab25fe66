import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { AppError } from '../../shared/errors.ts'
import type { ServerEvent } from '../../shared/events.ts'
import type { CaseId, MeetingId, PersonId, ServiceId, ThreadId } from '../../shared/ids.ts'
import type { Access } from '../auth/access.ts'
import { originAllowed } from '../auth/origin.ts'
import type { Session, Sessions } from '../auth/session.ts'
import type { Config } from '../config.ts'
import { faultOf, type Logger } from '../log.ts'

export type Events = {
  /** Rows of this case changed: its members fetch them again. */
  caseChanged(caseId: CaseId): void
  writing(caseId: CaseId, person: PersonId, service: ServiceId): void
  /** How much of a case is new to somebody, and to each service. */
  news(
    caseId: CaseId,
    person: PersonId,
    count: number,
    services: readonly { service: ServiceId; count: number }[],
  ): void
  /** A meeting about these cases changed: their members fetch it again. */
  meeting(meeting: MeetingId, revision: number, cases: readonly CaseId[]): void
  /** A thread of this case changed: its members, or one of them alone, fetch it. */
  thread(caseId: CaseId, thread: ThreadId, only?: PersonId): void
  /** Agenda, questions, handover or disagreements of this case changed. */
  agenda(caseId: CaseId): void
  /** What waits for these people changed. */
  waiting(people: Iterable<PersonId>): void
  /** How long (ms) somebody has had no socket here; 0 while they have one, and since the start for who has had none. */
  awayFor(person: PersonId): number
  municipalityChanged(): void
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  closeSession(idHash: string): void
  /** Sockets that are open now. */
  count(): number
  stop(): void
}

type Dependencies = {
  access: Access
  sessions: Sessions
  config: Pick<Config, 'publicUrl'>
  log: Logger
  clock: () => number
}

/** A burst of changes in one case is one event. */
const GATHER = 120
/** How often «is writing» is said again, and how long it holds. */
const WRITING_EVERY = 2000
const WRITING_FOR = 5000
const HEARTBEAT = 30_000
/** A reader this far behind is let go; it comes back and fetches everything. */
const TOO_SLOW = 256 * 1024

/** Live rows for the overview: WebSocket `/api/events`, ids only, each to the members of its case alone. */
export function createEvents({ access, sessions, config, log, clock }: Dependencies): Events {
  const sockets = new Map<WebSocket, Session>()
  const silent = new Set<WebSocket>()
  const gathering = new Map<CaseId, NodeJS.Timeout>()
  const writers = new Map<string, Extract<ServerEvent, { type: 'writing' }>>()
  /** When somebody's last socket closed. */
  const left = new Map<PersonId, number>()
  const begun = clock()
  const wss = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false })

  const heartbeat = setInterval(() => {
    for (const socket of sockets.keys()) {
      if (silent.has(socket)) socket.terminate()
      else {
        silent.add(socket)
        socket.ping()
      }
    }
    for (const [key, { until }] of writers) if (clock() > until) writers.delete(key)
  }, HEARTBEAT)
  heartbeat.unref()

  function send(socket: WebSocket, event: ServerEvent) {
    if (socket.bufferedAmount > TOO_SLOW) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event))
  }

  /** Each of the members of these cases once. */
  async function tellMembers(cases: readonly CaseId[], event: ServerEvent) {
    if (sockets.size === 0) return
    try {
      const members = new Set((await Promise.all(cases.map((id) => access.membersOf(id)))).flat())
      for (const [socket, { person }] of sockets) if (members.has(person.id)) send(socket, event)
    } catch (error) {
      log.warn({ cases, ...faultOf(error) }, 'event not sent')
    }
  }

  const isHere = (person: PersonId) => sockets.values().some((session) => session.person.id === person)

  /** Counting takes a while: who has been taken out of the log meanwhile hears nothing of it. */
  async function tellMember(caseId: CaseId, member: PersonId, event: ServerEvent) {
    try {
      if (!(await access.roleIn(caseId, member))) return
      for (const [socket, { person }] of sockets) if (person.id === member) send(socket, event)
    } catch (error) {
      log.warn({ case: caseId, ...faultOf(error) }, 'event not sent')
    }
  }

  /** Who came while somebody writes sees it too. */
  async function tellWriters(socket: WebSocket, person: PersonId) {
    try {
      for (const event of writers.values()) {
        if (clock() > event.until) continue
        if (await access.roleIn(event.case, person)) send(socket, event)
      }
    } catch (error) {
      log.warn(faultOf(error), 'a newcomer was not told who writes')
    }
  }

  function caseChanged(caseId: CaseId) {
    if (gathering.has(caseId)) return
    const timer = setTimeout(() => {
      gathering.delete(caseId)
      void tellMembers([caseId], { type: 'case', case: caseId })
    }, GATHER)
    timer.unref()
    gathering.set(caseId, timer)
  }

  access.onChange((caseId, person) => {
    caseChanged(caseId)
    // Who lost the membership is no longer among the members, and must see the row go.
    for (const [socket, session] of sockets) {
      if (session.person.id === person) send(socket, { type: 'case', case: caseId })
    }
  })

  function closeSession(idHash: string) {
    const { close } = new AppError('signedOut')
    for (const [socket, session] of sockets) {
      if (session.idHash !== idHash) continue
      send(socket, { type: 'signedOut' })
      socket.close(close, 'signedOut')
    }
  }
  sessions.onEnd(closeSession)

  return {
    caseChanged,
    writing(caseId, person, service) {
      const key = `${caseId} ${person}`
      const now = clock()
      const until = now + WRITING_FOR
      if (until - (writers.get(key)?.until ?? 0) < WRITING_EVERY) return
      const event = { type: 'writing', case: caseId, person, service, until } as const
      writers.set(key, event)
      void tellMembers([caseId], event)
    },
    news(caseId, person, count, services) {
      void tellMember(caseId, person, { type: 'news', case: caseId, count, services: [...services] })
    },
    meeting(meeting, revision, cases) {
      void tellMembers(cases, { type: 'meeting', meeting, revision })
    },
    agenda(caseId) {
      void tellMembers([caseId], { type: 'agenda', case: caseId })
    },
    waiting(people) {
      const told = new Set(people)
      for (const [socket, { person }] of sockets) if (told.has(person.id)) send(socket, { type: 'waiting' })
    },
    awayFor: (person) => (isHere(person) ? 0 : Math.max(0, clock() - (left.get(person) ?? begun))),
    thread(caseId, thread, only) {
      const event: ServerEvent = { type: 'thread', case: caseId, thread }
      if (only === undefined) void tellMembers([caseId], event)
      else for (const [socket, { person }] of sockets) if (person.id === only) send(socket, event)
    },
    municipalityChanged() {
      for (const socket of sockets.keys()) send(socket, { type: 'municipality' })
    },
    async handleUpgrade(req, socket, head) {
      if (!originAllowed(req, config)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return
      }
      const session = await sessions.ofRequest(req)
      wss.handleUpgrade(req, socket, head, (opened) => {
        opened.on('error', () => opened.terminate())
        if (!session) {
          opened.close(new AppError('notSignedIn').close, 'notSignedIn')
          return
        }
        sockets.set(opened, session)
        void tellWriters(opened, session.person.id)
        opened.on('pong', () => silent.delete(opened))
        opened.on('close', () => {
          sockets.delete(opened)
          silent.delete(opened)
          left.set(session.person.id, clock())
        })
      })
    },
    closeSession,
    count: () => sockets.size,
    stop() {
      clearInterval(heartbeat)
      for (const timer of gathering.values()) clearTimeout(timer)
      gathering.clear()
      for (const socket of sockets.keys())
        socket.close(new AppError('serverStopping').close, 'serverStopping')
      wss.close()
    },
  }
}
