import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { logFragment } from '../../shared/case-log/document.ts'
import { type Byline, type DocumentName, ServerMessage } from '../../shared/collab/protocol.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { ClientId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { createStore } from '../ui/store.ts'
import { drawClientId } from './draw-client-id.ts'
import { heardBylines } from './heard-bylines.ts'
import { Ledger } from './ledger.ts'
import { LogProvider, LogSocket } from './log-socket.ts'
import type { Ending, LogConnection, LogState } from './log-state.ts'
import { Rejoining } from './rejoining.ts'
import { saveStatus } from './save-status.ts'
import { tellStatus } from './tell-status.ts'
import { touchedLines } from './touched-lines.ts'
import { codeOfClose, verdictOn } from './verdict.ts'
import { watchNetwork } from './watch-network.ts'

export type { LogConnection, LogState } from './log-state.ts'

const socketUrl = (): string => new URL('/collab', location.href.replace(/^http/, 'ws')).href
/** A disconnection shorter than this is nobody's business. */
const GRACE = 1200
/** How long a reconnection is news. */
const NEWS = 8000
/** A rest in the writing. */
const PAUSE = 400
/** An answer that takes longer than this will not come. */
const OVERDUE = 8000

/**
 * Opens a log and keeps it joined until `destroy`. The provider knows sockets only: tickets, refusals,
 * lost access and when to come back are decided here.
 */
export function openLog(document: DocumentName): LogConnection {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const ledger = new Ledger()
  const state = createStore<LogState>({ loaded: false, write: false, joined: false, ending: undefined })
  const bylines = createStore<ReadonlyMap<string, Byline>>(new Map())
  const changedMeanwhile = createStore<ReadonlySet<string>>(new Set())
  let ticket = ''
  let trouble: ErrorCode | undefined
  let unstored = false
  /** The server has shown that the log lacks what we have. */
  let afresh = false
  let downSince: number | undefined = Date.now()
  let linesAway = 0
  let newsUntil = 0
  let meanwhile: Set<string> | undefined
  /** The attempt or connection under way; a new object each time, so that late answers to an old one are known. */
  let current: { code?: ErrorCode } | undefined
  let madeAt = 0
  let pausing: ReturnType<typeof setTimeout> | undefined
  let destroyed = false

  function show(): void {
    if (destroyed) return
    const now = Date.now()
    const { ending, ...known } = state.get()
    saveStatus.set(
      tellStatus({
        ...known,
        unstored,
        trouble,
        settled: ledger.settled,
        writing: now - madeAt < PAUSE,
        lines: ledger.waiting,
        down: downSince !== undefined && now - downSince > GRACE,
        troubled: rejoining.troubled,
        retryAt: rejoining.nextAt,
        ending: ending?.verdict,
        back: now < newsUntil ? linesAway : 0,
      }),
    )
  }

  function set(change: Partial<LogState>): void {
    state.set({ ...state.get(), ...change })
    show()
  }

  async function join(): Promise<void> {
    if (state.get().joined || state.get().ending) return
    current = undefined
    socket.drop()
    const attempt = {}
    current = attempt
    const body = { document, clientId: ClientId.parse(doc.clientID), blocksVersion: BLOCKS_VERSION }
    const answer = await call(endpoints.ticket, { body }).catch((error: unknown) => error)
    if (current !== attempt) return
    if (answer instanceof Error) return over(answer instanceof AppError ? answer.code : undefined)
    ticket = typeof answer === 'object' && answer && 'ticket' in answer ? String(answer.ticket) : ''
    meanwhile = state.get().loaded ? new Set() : undefined
    void socket.connect()
  }

  /** Ends the current connection for this reason; the socket's close leads to `over`. */
  function hangUp(code: ErrorCode | undefined): void {
    if (current && code) current.code = code
    socket.drop()
  }

  function over(code: ErrorCode | undefined): void {
    if (!current) return
    trouble = current.code ?? code
    current = undefined
    ledger.disconnected()
    downSince ??= Date.now()
    setTimeout(show, GRACE + 50)
    const verdict = verdictOn(trouble)
    if (verdict === 'newClientId') drawClientId(doc, awareness)
    if (verdict === 'lost' || verdict === 'signedOut' || verdict === 'outdated') end(verdict)
    else {
      rejoining.later(verdict)
      set({ joined: false })
    }
  }

  /** The content goes at once when the log is no longer ours. */
  function end(verdict: Ending['verdict']): void {
    rejoining.stop()
    network.stop()
    set({ ending: { verdict, at: Date.now() }, write: false, joined: false })
    if (verdict !== 'outdated') wipe()
  }

  function wipe(): void {
    bylines.set(new Map())
    provider.destroy()
    socket.destroy()
    doc.destroy()
  }

  function hear(payload: string): void {
    const message = ServerMessage.safeParse(JSON.parse(payload)).data
    if (message?.type === 'access') {
      const regained = message.write && !state.get().write && provider.joined
      unstored = message.reason === 'notStored'
      set({ write: message.write && !afresh })
      // What was refused meanwhile is asked for again by nobody but us.
      if (regained) provider.forceSync()
    }
    if (message?.type === 'afresh') {
      afresh = true
      beginAfresh()
    }
    if (message?.type === 'bylines') bylines.set(heardBylines(bylines.get(), message))
  }

  /** Only when everything made here is kept at the server may it be let go. */
  function beginAfresh(): void {
    if (!afresh || state.get().ending) return
    if (ledger.settled) end('afresh')
    else set({ write: false })
  }

  // Before the provider listens, so that a change is in the books when it is sent.
  let touched = new Set<string>()
  logFragment(doc).observeDeep((events, { origin }) => {
    if (origin !== provider) touched = touchedLines(events)
    else if (meanwhile) for (const line of touchedLines(events)) meanwhile.add(line)
  })
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    // What the binding tidies for somebody who only reads is not theirs, and is never sent.
    if (origin === provider || !(state.get().write || afresh)) return
    newsUntil = 0
    madeAt = Date.now()
    clearTimeout(pausing)
    pausing = setTimeout(show, PAUSE + 20)
    ledger.made(touched)
    touched = new Set()
    show()
  })

  const socket = new LogSocket(socketUrl(), ({ event }) => over(codeOfClose(event)))
  const provider = new LogProvider(
    { name: document, document: doc, awareness, websocketProvider: socket, token: () => ticket },
    {
      onSent: (whole) => {
        ledger.sent(Date.now(), whole)
        show()
      },
      onAnswer: (stored) => {
        ledger.answered(stored, Date.now())
        show()
        beginAfresh()
      },
      onHeard: () => network.heard(),
      // The server ends the document's connection and leaves the socket open; the provider would sit there.
      onEnded: (reason) => hangUp(codeOfClose({ code: 0, reason })),
    },
  )
  provider.on('authenticationFailed', ({ reason }: { reason: string }) =>
    hangUp(codeOfClose({ code: 0, reason }) ?? 'ticketInvalid'),
  )
  provider.on('authenticated', ({ scope }: { scope: string }) =>
    set({ write: scope === 'read-write' && !afresh }),
  )
  provider.on('stateless', ({ payload }: { payload: string }) => hear(payload))
  provider.on('synced', () => {
    rejoining.succeeded()
    if (state.get().loaded && downSince !== undefined) {
      linesAway = ledger.waiting
      newsUntil = Date.now() + NEWS
      setTimeout(show, NEWS + 50)
      changedMeanwhile.set(meanwhile ?? new Set())
    }
    downSince = undefined
    trouble = undefined
    meanwhile = undefined
    // Presence with the number that the server heard last is not news to it, and a new one counts from nought.
    awareness.setLocalState({ ...awareness.getLocalState() })
    set({ loaded: true, joined: true })
  })

  const rejoining = new Rejoining(() => void join())
  const network = watchNetwork({
    back: () => rejoining.now(),
    gone: () => hangUp(undefined),
    overdue: () => ledger.waited(Date.now()) > OVERDUE,
  })

  provider.attach()
  saveStatus.set({ kind: 'connecting' })
  rejoining.now()

  return {
    doc,
    awareness,
    state,
    bylines,
    changedMeanwhile,
    tryNow: () => rejoining.now(),
    destroy() {
      if (destroyed) return
      destroyed = true
      current = undefined
      rejoining.stop()
      network.stop()
      const ended = state.get().ending
      if (!ended || ended.verdict === 'outdated') wipe()
      saveStatus.clear()
    },
  }
}
