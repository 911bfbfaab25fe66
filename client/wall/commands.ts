import { useCallback, useState } from 'react'
import type { Meeting } from '../../shared/meetings.ts'
import { keepMeeting } from './queries.ts'

export type Commands = {
  /** Why the last command did not come through; gone with the next that does. */
  readonly trouble: Error | undefined
  /** Runs a command on the meeting and keeps its answer; false when it did not come through. */
  run(command: () => Promise<{ meeting: Meeting }>): Promise<boolean>
  forget(): void
}

/** Sends commands of a meeting. What was refused or did not arrive is told in one place, and nothing is half done. */
export function useCommands(): Commands {
  const [trouble, setTrouble] = useState<Error>()
  const run = useCallback(async (command: () => Promise<{ meeting: Meeting }>) => {
    try {
      keepMeeting(await command())
      setTrouble(undefined)
      return true
    } catch (error) {
      setTrouble(error instanceof Error ? error : new Error(String(error)))
      return false
    }
  }, [])
  const forget = useCallback(() => setTrouble(undefined), [])
  return { trouble, run, forget }
}
