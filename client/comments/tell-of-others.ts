import type { CaseId, PersonId } from '../../shared/ids.ts'
import { t } from '../i18n/i18n.ts'
import { announce } from '../ui/announce.ts'
import { firstName } from '../ui/names.ts'
import { onThread } from './heard.ts'

/** What comes within this time is told together. */
const GATHER = 1200

/** Tells screen readers what others comment while the log is open. Returns how to stop. */
export function tellOfOthers(caseId: CaseId, me: PersonId): () => void {
  let heard: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (): void => {
    timer = undefined
    const [first = ''] = heard
    announce(heard.length === 1 ? first : t('comments.said.many', { count: heard.length }))
    heard = []
  }
  const say = (sentence: string): void => {
    heard.push(sentence)
    timer ??= setTimeout(tell, GATHER)
  }
  const stop = onThread(caseId, ({ before, now }) => {
    const known = new Set(before?.comments.map(({ id }) => id))
    for (const { id, by, text, deleted } of now.comments) {
      if (known.has(id) || by.person === me || deleted) continue
      const isFirst = now.comments[0]?.id === id
      say(t(isFirst ? 'comments.said.new' : 'comments.said.reply', { name: firstName(by.name), text }))
    }
    const { resolved } = now
    if (resolved && before && !before.resolved && resolved.by.person !== me)
      say(t('comments.said.resolved', { name: firstName(resolved.by.name) }))
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
