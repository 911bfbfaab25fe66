import type { HistoryRun } from '../../shared/history.ts'

/** Unchanged text beside a change that is kept, and the most of it all. */
const AROUND = 40
const MOST = 320

/** Runs cut to the changes in them and a few words around; «…» stands for what is left out. */
export function excerptOf(runs: readonly HistoryRun[]): HistoryRun[] {
  const changed = (run: HistoryRun | undefined) => run?.state === 'inserted' || run?.state === 'deleted'
  const excerpt: HistoryRun[] = []
  let room = MOST
  for (const [at, run] of runs.entries()) {
    if (room <= 0) break
    let { text } = run
    if (!changed(run)) {
      const after = changed(runs[at - 1])
      const before = changed(runs[at + 1])
      if (text.length > AROUND * (after && before ? 2 : 1)) {
        const head = after ? `${text.slice(0, AROUND)}…` : ''
        const tail = before ? `…${text.slice(-AROUND)}` : ''
        text = head && tail ? `${head.slice(0, -1)} ${tail}` : head || tail
      } else if (!after && !before) text = ''
    }
    if (text === '') continue
    if (text.length > room) text = `${text.slice(0, room)}…`
    room -= text.length
    excerpt.push({ ...run, text })
  }
  return excerpt
}
