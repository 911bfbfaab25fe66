import { useCallback, useEffect, useMemo, useState } from 'react'
import type { CaseId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { useNamesHidden } from '../cases/hidden-names.ts'
import { useSaveStatus } from '../collab/save-status.ts'
import type { Commands } from './commands.ts'
import { hideNames } from './hidden-words.ts'
import { useLastDone } from './UndoLine.tsx'
import type { Drafts, MeetingOnWall } from './wall-context.ts'

const none: readonly string[] = []

/** What everything on the wall shares. */
export function useMeetingOnWall(meeting: Meeting, leads: boolean, commands: Commands, drafts: Drafts) {
  const [hidden] = useNamesHidden()
  const [next, chooseNext] = useState<number>()
  const done = useLastDone()
  const said = meeting.cases.map(({ name }) => name).join('\n')
  const names = useMemo(() => (hidden ? said.split('\n') : none), [hidden, said])
  const say = useCallback((text: string) => hideNames(text, names), [names])
  const value = useMemo(
    (): MeetingOnWall => ({
      meeting,
      leads,
      commands,
      say,
      offerUndo: done.offerUndo,
      forgetUndo: () => done.forget(),
      drafts,
      next,
      chooseNext,
    }),
    [meeting, leads, commands, say, done, drafts, next],
  )
  return { value, names, done }
}

/** Whether something that was written here is not at the server yet. */
export function useUnsaved(): boolean {
  const status = useSaveStatus()
  return status.kind === 'saving' || ('lines' in status && status.kind !== 'back' && status.lines > 0)
}

/**
 * The log to show. It stays while something that was written in it is not stored yet, since opening another lets its
 * document go.
 */
export function useLogToShow(wanted: CaseId | undefined): { shown: CaseId | undefined; keeps: boolean } {
  const unsaved = useUnsaved()
  const [shown, setShown] = useState(wanted)
  const keeps = shown !== undefined && shown !== wanted && unsaved
  useEffect(() => {
    if (!keeps) setShown(wanted)
  }, [keeps, wanted])
  return { shown: keeps ? shown : wanted, keeps }
}
