import type { PersonId } from '../../shared/ids.ts'
import { sayNames } from '../case-log/line-signs.ts'
import type { LogState } from '../collab/connection.ts'
import { t } from '../i18n/i18n.ts'
import { announce } from '../ui/announce.ts'
import { firstName } from '../ui/names.ts'
import type { Store } from '../ui/store.ts'
import type { PersonHere } from './here.ts'

/** Somebody who is away for less than this only reconnected. */
const PATIENCE = 5000

type Watched = Pick<Store<readonly PersonHere[]>, 'get' | 'subscribe'>

/** Tells screen readers who came and went: gathered, politely, and not when only a line dropped. */
export function announceComings(
  here: Watched,
  state: Pick<Store<LogState>, 'get' | 'subscribe'>,
): () => void {
  let known: Map<PersonId, string> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const namesOf = (people: Iterable<string>): { count: number; names: string } => {
    const names = [...people].map(firstName)
    return { count: names.length, names: sayNames(names, t) }
  }

  const tell = (): void => {
    timer = undefined
    if (!state.get().joined) return
    const now = new Map(here.get().map(({ person, name }) => [person, name]))
    const before = known ?? new Map<PersonId, string>()
    const first = known === undefined
    known = now
    const came = namesOf([...now].filter(([person]) => !before.has(person)).map(([, name]) => name))
    const went = namesOf([...before].filter(([person]) => !now.has(person)).map(([, name]) => name))
    if (first && came.count > 0) announce(t(`caseLog.here.${came.count === 1 ? 'one' : 'other'}`, came))
    else if (came.count > 0) announce(t('caseLog.here.came', came))
    if (went.count > 0) announce(t('caseLog.here.went', went))
  }

  const soon = (): void => {
    timer ??= setTimeout(tell, PATIENCE)
  }
  const stopHere = here.subscribe(soon)
  const stopState = state.subscribe(soon)
  soon()
  return () => {
    clearTimeout(timer)
    stopHere()
    stopState()
  }
}
