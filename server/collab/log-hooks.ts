import type { beforeUnloadDocumentPayload, Configuration, Document } from '@hocuspocus/server'
import { AppError } from '../../shared/errors.ts'
import type { Entry } from './entry.ts'
import { disarm, mute } from './frames.ts'
import type { Gate } from './gate.ts'
import { type Hooks, NothingToDo } from './hooks.ts'
import type { LiveLog } from './live-log.ts'
import { cleanPresence, noticeLeaving } from './presence.ts'
import { type CollabContext, tell, type Visit } from './visit.ts'
import type { Visits } from './visits.ts'

type Parts = {
  hooks: Hooks
  gate: Gate
  entry: Entry
  visits: Visits
  liveLogOf: (document: Document) => LiveLog
  /** Whether this is the document that others get; one that is being unloaded is not. */
  isCurrent: (document: Document) => boolean
  /** Somebody types, be it in the composer, before any update comes. */
  sayWriting: (visit: Visit) => void
  open: (document: Document, name: string) => Promise<void>
}

function visitOf(context: CollabContext | undefined): Visit {
  if (!context?.visit) throw new AppError('notSignedIn')
  return context.visit
}

/** The life of a connection, in the order in which Hocuspocus calls its hooks. */
export function logHooks({ hooks, gate, entry, visits, liveLogOf, isCurrent, sayWriting, open }: Parts) {
  const leave = hooks.detached('beforeUnloadDocument', async (document: Document) => {
    const live = liveLogOf(document)
    // What is on its way to the disk is applied to this document: another one of the same log might not have it.
    while (live.turns.size > 0) await Promise.all(live.turns.values())
    await live.close()
    await live.compact(true)
  })

  const tellBylines = hooks.detached('bylines', ([visit, live]: [Visit, LiveLog]) => {
    tell(visit, { type: 'bylines', all: true, bylines: live.allBylines(), gone: [] })
  })

  return {
    onAuthenticate: hooks.awaited('onAuthenticate', async (payload) => {
      const visit = await entry.enter(payload)
      visits.add(visit)
      visit.socket.onClosed(() => visits.remove(visit))
      return { visit }
    }),

    onLoadDocument: hooks.awaited('onLoadDocument', async ({ document, documentName }) => {
      await open(document, documentName)
    }),

    afterLoadDocument: hooks.awaited('afterLoadDocument', async ({ document }) => {
      // What was loaded waits in the document to be sent, on top of the first sync: content is sent once.
      document.flush()
    }),

    connected: hooks.awaited('connected', async ({ connection, context }) => {
      const visit = visitOf(context)
      const live = liveLogOf(connection.document)
      if (!isCurrent(connection.document)) throw new AppError('internal')
      visit.connection = connection
      connection.onClose((_document, event) => {
        // Somebody's line broke: what they sent before still counts.
        if (visit.socket.gone) return
        // Hocuspocus closes its connection and leaves the socket open: a client would wait there for ever.
        if (event?.code === 1000) visit.socket.close(1000, 'left')
        else visit.socket.refuse('invalidInput')
      })
      visit.socket.joined()
      visits.tellAccess(visit, live.stalled)
      if (live.taken > 0) tell(visit, { type: 'taken', mark: live.taken })
      setImmediate(tellBylines, [visit, live])
    }),

    beforeHandleMessage: hooks.muting(
      'beforeHandleMessage',
      async (payload) => {
        const { connection, context, update } = payload
        const visit = visitOf(context)
        while (visit.recheck !== undefined) await visit.recheck
        if (visit.socket.refused) return mute(update)
        // Here and nowhere else: it must not change between the gate and Hocuspocus' own look at it.
        connection.readOnly = !visit.mayWrite
        noticeLeaving(visit, payload)
      },
      ({ update }) => mute(update),
    ),

    beforeHandleAwareness: hooks.awaited('beforeHandleAwareness', async (payload) => {
      const visit = visitOf(payload.context)
      if (cleanPresence(visit, payload)) sayWriting(visit)
    }),

    beforeSync: hooks.muting(
      'beforeSync',
      (payload) => gate.pass(liveLogOf(payload.document), visitOf(payload.context), payload),
      ({ payload }) => disarm(payload),
    ),

    afterHandleMessage: hooks.detached('afterHandleMessage', ({ context, update }) => {
      context.visit?.endTurn?.()
      context.visit?.socket.handled(update.length)
    }),

    onStoreDocument: hooks.detached('onStoreDocument', ({ document }) => liveLogOf(document).compact(false)),

    async beforeUnloadDocument({ document }: beforeUnloadDocumentPayload) {
      // Hocuspocus lets go of a log by its name, and once more in a timer: what has been opened since would go instead,
      // and there would be two of one log, each with people in it.
      if (!isCurrent(document)) throw new NothingToDo()
      await leave(document)
    },
  } satisfies Partial<Configuration<CollabContext>>
}
