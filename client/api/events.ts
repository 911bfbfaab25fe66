import { errorTable } from '../../shared/errors.ts'
import type { ServerEvent } from '../../shared/events.ts'
import { missedThreads, noteThread } from '../comments/heard.ts'
import { missedNews, noteNews } from '../news/heard.ts'
import { missedMeetings, noteMeeting } from '../wall/heard.ts'
import { keys, queryClient } from './queries.ts'
import { leave } from './session.ts'
import { forgetWriting, noteWriting } from './writing.ts'

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000
/** Rows are fetched about this often (ms) while somebody types; not by everybody who has them open at the same moment. */
const GATHER = 600
/** A burst of one change, such as an answer that is a line and a reply too, is one question to the server. */
const AT_ONCE = 80
const changesWhatWaits: ReadonlySet<ServerEvent['type']> = new Set([
  'waiting',
  'case',
  'thread',
  'agenda',
  'meeting',
])

const ended: readonly number[] = [errorTable.notSignedIn.close, errorTable.signedOut.close]

/** Keeps a socket to `/api/events` for as long as somebody is signed in. Returns how to stop. */
export function listenToServer(): () => void {
  let socket: WebSocket | undefined
  let pause = FIRST_PAUSE
  let again: ReturnType<typeof setTimeout> | undefined
  let gathering: ReturnType<typeof setTimeout> | undefined
  let askingWhatWaits: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let missed = false

  const refetch = () => {
    gathering ??= setTimeout(
      () => {
        gathering = undefined
        void queryClient.invalidateQueries({ queryKey: keys.cases })
        void queryClient.invalidateQueries({ queryKey: ['case'] })
      },
      GATHER * (0.5 + Math.random()),
    )
  }

  /** What waits follows from all of these, also where nobody said so. */
  const fetchWaiting = () => {
    askingWhatWaits ??= setTimeout(() => {
      askingWhatWaits = undefined
      void queryClient.invalidateQueries({ queryKey: keys.waiting })
    }, AT_ONCE)
  }

  const hear = (event: ServerEvent) => {
    if (changesWhatWaits.has(event.type)) fetchWaiting()
    switch (event.type) {
      case 'case':
        return refetch()
      case 'writing':
        return noteWriting(event.case, event)
      case 'news':
        return noteNews(event)
      case 'meeting':
        return noteMeeting(event)
      case 'agenda':
        noteMeeting(event)
        return refetch()
      case 'thread':
        return noteThread(event.case, event.thread)
      case 'municipality':
        return void queryClient.invalidateQueries({ queryKey: keys.municipality })
      case 'signedOut':
        return void leave()
    }
  }

  const connect = () => {
    clearTimeout(again)
    if (stopped || socket?.readyState === WebSocket.CONNECTING || socket?.readyState === WebSocket.OPEN)
      return
    const opened = new WebSocket(new URL('/api/events', location.href.replace(/^http/, 'ws')))
    socket = opened
    opened.onopen = () => {
      pause = FIRST_PAUSE
      missed = false
      // Also at the first opening: what the page shows was asked for before it.
      refetch()
      fetchWaiting()
      missedNews()
      missedThreads()
      missedMeetings()
    }
    opened.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data))
    opened.onclose = ({ code }) => {
      if (stopped || socket !== opened) return
      // A socket that never opened may mean that the session is over: ask.
      if (!missed) void queryClient.invalidateQueries({ queryKey: keys.session })
      missed = true
      if (ended.includes(code)) return void leave()
      // Spread, so that a restarted server is not met by everybody at once.
      again = setTimeout(connect, pause * (0.5 + Math.random()))
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    }
  }

  const wake = () => {
    pause = FIRST_PAUSE
    if (document.visibilityState === 'visible') connect()
  }

  connect()
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  return () => {
    stopped = true
    clearTimeout(again)
    clearTimeout(gathering)
    clearTimeout(askingWhatWaits)
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    socket?.close()
    forgetWriting()
  }
}
