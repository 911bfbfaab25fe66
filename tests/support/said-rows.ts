import type { TestApp } from './server.ts'

type Said = {
  id: string
  thread: string
  person: string
  service: string
  at: number
  text?: string
  mentions?: readonly ('person' | 'service')[]
  ref?: string
}

/** Puts rows of comments and meetings where the server would: for tests of what follows from them. */
export function talkIn({ storage: { rows } }: TestApp, case_id: string) {
  return {
    async thread(id: string, person: string, at = 1) {
      await rows
        .insertInto('threads')
        .values({
          id,
          case_id,
          document: `case/${case_id}/shared`,
          kind: 'block',
          block: null,
          quote: '',
          prefix: '',
          suffix: '',
          gone: 0,
          person,
          at,
          resolved_by: null,
          resolved_at: null,
        })
        .execute()
    },
    async comment({ id, thread, person, service, at, text = 'Noe', mentions = [], ref = '' }: Said) {
      await rows
        .insertInto('comments')
        .values({ id, thread_id: thread, case_id, person, service, at, text, mentions: '[]' })
        .execute()
      for (const kind of mentions)
        await rows.insertInto('comment_mentions').values({ comment_id: id, case_id, kind, ref }).execute()
    },
    async meeting(id: string, startsAt: number | null, more: { status?: string; signed?: number } = {}) {
      await rows
        .insertInto('meetings')
        .values({
          id,
          revision: 1,
          kind: 'case',
          title: 'Samarbeidsmøte',
          status: more.status ?? 'called',
          starts_at: startsAt,
          minutes: 30,
          place: '',
          link: '',
          organiser: 'maren',
          leader: 'maren',
          created_at: 5,
          signed_at: more.signed ?? null,
        })
        .execute()
      await rows.insertInto('meeting_cases').values({ meeting_id: id, case_id, position: 0 }).execute()
    },
    async invite(meeting_id: string, person: string, service: string, more: { attended?: number } = {}) {
      await rows
        .insertInto('meeting_people')
        .values({ meeting_id, person, service, cases: JSON.stringify([case_id]), ...more })
        .execute()
    },
  }
}
