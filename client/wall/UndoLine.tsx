import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Undo } from '../blocks/rating.ts'
import { announce } from '../ui/announce.ts'
import { createStore, type Store } from '../ui/store.ts'
import { tellTrouble } from '../ui/trouble.ts'

const SHOWN_FOR = 10_000

type Done = { readonly text: string; readonly undo: Undo | undefined; readonly nth: number }

/** What was done last. Only the line that shows it is drawn again for it. */
export type LastDone = Pick<Store<Done | undefined>, 'get' | 'subscribe'> & {
  /** Keeps what was just done, and says it aloud. */
  offerUndo(text: string, undo: Undo | undefined): void
  /** Takes the line away: this one, where another may have come, or any. */
  forget(done?: Done): void
}

export function useLastDone(): LastDone {
  const [last] = useState(createLastDone)
  return last
}

function createLastDone(): LastDone {
  const { get, set, subscribe } = createStore<Done | undefined>(undefined)
  let nth = 0
  return {
    get,
    subscribe,
    offerUndo(text, undo) {
      announce(text)
      nth += 1
      set({ text, undo, nth })
    },
    forget(old) {
      if (old === undefined || get() === old) set(undefined)
    },
  }
}

/** What was just done, and ten seconds to take it back. Stays while somebody is on the button. */
export function UndoLine({ last }: { last: LastDone }) {
  const { t } = useTranslation()
  const { forget } = last
  const done = useSyncExternalStore(last.subscribe, last.get)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!done) return
    const look = (): void => {
      if (button.current && button.current === document.activeElement) timer = setTimeout(look, 1000)
      else forget(done)
    }
    let timer = setTimeout(look, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [done, forget])
  if (!done) return null
  const takeBack = async () => {
    try {
      await done.undo?.()
    } catch {
      return tellTrouble(t('blocks.notTakenBack'))
    }
    announce(t('meeting.undone'))
    forget(done)
  }
  return (
    <p className="wall-undo" key={done.nth}>
      {done.text}
      {done.undo && (
        <button type="button" ref={button} className="link-button" onClick={() => void takeBack()}>
          {t('blocks.undo')}
        </button>
      )}
    </p>
  )
}
