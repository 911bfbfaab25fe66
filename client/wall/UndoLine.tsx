import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Undo } from '../blocks/rating.ts'
import { announce } from '../ui/announce.ts'
import { tellTrouble } from '../ui/trouble.ts'

const SHOWN_FOR = 10_000

export type Done = { readonly text: string; readonly undo: Undo | undefined; readonly nth: number }

/** Keeps what was just done, and says it aloud. */
export function useDone() {
  const [done, setDone] = useState<Done>()
  const offerUndo = useCallback((text: string, undo: Undo | undefined) => {
    announce(text)
    setDone((before) => ({ text, undo, nth: (before?.nth ?? 0) + 1 }))
  }, [])
  /** Takes the line away: this one, where another may have come, or any. */
  const forget = useCallback(
    (old?: Done) => setDone((now) => (old === undefined || now === old ? undefined : now)),
    [],
  )
  return { done, offerUndo, forget }
}

/** What was just done, and ten seconds to take it back. Stays while somebody is on the button. */
export function UndoLine({ done, onEnd }: { done: Done | undefined; onEnd: (done: Done) => void }) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!done) return
    const look = (): void => {
      if (button.current && button.current === document.activeElement) timer = setTimeout(look, 1000)
      else onEnd(done)
    }
    let timer = setTimeout(look, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [done, onEnd])
  if (!done) return null
  const takeBack = async () => {
    try {
      await done.undo?.()
    } catch {
      return tellTrouble(t('blocks.notTakenBack'))
    }
    announce(t('meeting.undone'))
    onEnd(done)
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
