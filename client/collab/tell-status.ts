import type { ErrorCode } from '../../shared/errors.ts'
import type { SaveStatus } from './save-status.ts'
import type { Verdict } from './verdict.ts'

/** Everything that decides what the person is told about saving. */
export type Facts = {
  loaded: boolean
  joined: boolean
  write: boolean
  /** The server says that the log cannot be stored. */
  unstored: boolean
  /** Everything written here is on disk at the server. */
  settled: boolean
  /** A change was made a moment ago; between two words the sign does not flicker. */
  writing: boolean
  lines: number
  /** Disconnected for longer than a blink. */
  down: boolean
  /** So many attempts that the person should hear of it. */
  troubled: boolean
  trouble: ErrorCode | undefined
  retryAt: number | undefined
  ending: Verdict | undefined
  /** Lines shared by the latest reconnection, while that is news. */
  back: number
}

/** One sentence's worth of truth; the first rule that holds wins. */
export function tellStatus(facts: Facts): SaveStatus {
  const { lines, retryAt } = facts
  if (facts.ending === 'lost') return { kind: 'noAccess' }
  if (facts.ending === 'afresh') return { kind: 'connecting' }
  if (facts.ending)
    return {
      kind: 'failed',
      trouble: facts.ending === 'outdated' ? 'clientOutdated' : 'signedOut',
      lines,
      retryAt: undefined,
    }
  if (!facts.joined && facts.down && facts.troubled)
    return { kind: 'failed', trouble: facts.trouble ?? 'noConnection', lines, retryAt }
  if (!facts.loaded) return { kind: 'connecting' }
  if (facts.joined && facts.unstored)
    return { kind: 'failed', trouble: 'notStored', lines, retryAt: undefined }
  if (facts.joined && !facts.write) return { kind: 'readOnly', lines }
  if (!facts.joined && facts.down) return { kind: 'offline', lines }
  if (!facts.settled || facts.writing) return { kind: 'saving' }
  return facts.back > 0 ? { kind: 'back', lines: facts.back } : { kind: 'saved' }
}
