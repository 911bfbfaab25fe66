import { useCallback, useEffect, useState } from 'react'
import type { AgendaItemId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { call, NoConnection } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import type { Commands } from './commands.ts'

export type Place = {
  /** The item on this screen. */
  readonly item: AgendaItemId | undefined
  /** The meeting is somewhere else than this screen. */
  readonly elsewhere: boolean
  /** The leader's move has not reached the others yet. */
  readonly unsent: boolean
  /** The leader takes everybody along; anybody else looks for themselves. */
  goTo(item: AgendaItemId): void
  goBack(): void
}

const AGAIN = 2000

/**
 * Which item this screen shows. It follows the leader unless its own person looks elsewhere. The leader's move shows
 * here at once, and is sent again until it is through: a lost line never throws anybody back.
 */
export function usePlace(meeting: Meeting, leads: boolean, { run }: Commands): Place {
  const [own, setOwn] = useState<AgendaItemId>()
  const [wish, setWish] = useState<AgendaItemId>()
  const [sending, setSending] = useState(false)
  const live = meeting.live?.item ?? undefined
  const id = meeting.id

  // One at a time, so that two quick moves arrive in their order.
  useEffect(() => {
    if (wish === undefined || sending) return
    if (wish === live || !leads) return setWish(undefined)
    const send = async (): Promise<void> => {
      let away = false
      const sent = await run(async () => {
        try {
          return await call(endpoints.moveMeeting, { params: { id }, body: { item: wish } })
        } catch (error) {
          away = error instanceof NoConnection
          throw error
        }
      })
      if (!sent && away) await new Promise((resolve) => setTimeout(resolve, AGAIN))
      if (!sent && !away) setWish((now) => (now === wish ? undefined : now))
      setSending(false)
    }
    setSending(true)
    void send()
  }, [wish, sending, leads, live, id, run])

  // Where the meeting goes to what somebody looks at already, they are with the others again.
  useEffect(() => {
    if (own === live || leads) setOwn(undefined)
  }, [own, live, leads])

  const goTo = useCallback(
    (item: AgendaItemId) => {
      if (leads) setWish(item)
      else setOwn(item === live ? undefined : item)
    },
    [leads, live],
  )
  const goBack = useCallback(() => setOwn(undefined), [])
  return {
    item: own ?? wish ?? live,
    elsewhere: own !== undefined && own !== live,
    unsent: wish !== undefined,
    goTo,
    goBack,
  }
}
