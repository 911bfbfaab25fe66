import { z } from 'zod'
import { historyRoutes } from '../../shared/history-routes.ts'
import { type Bench, using } from './bench.ts'
import { longLogInStafett } from './openings.ts'
import { stafett } from './stafett.ts'
import { percentile, seeded } from './statistics.ts'

const moments = 12
const Days = z.array(z.object({ to: z.number() }))

/** Opening the history of a long log on a server that has just started, and going to any moment of it. */
export async function history(bench: Bench): Promise<void> {
  if (!bench.systems.includes(stafett)) return
  const { written, folder } = await longLogInStafett(bench)
  const page = historyRoutes.sessions.path.replace(':id', written.log.split('/')[1] ?? '')
  await bench.eachRound('history', [stafett], bench.rounds, async ({ name }, round) =>
    using(stafett, folder, async ({ get }) => {
      const timed = async (path: string) => {
        const began = performance.now()
        const answer = await get(path)
        return { answer, took: performance.now() - began }
      }
      const opened = await timed(page)
      const { seq, days } = z.object({ seq: z.number(), days: Days }).parse(opened.answer)
      const first = days.reduce((least, { to }) => Math.min(least, to), seq)
      const random = seeded(round + 1)
      const took: number[] = []
      for (let moment = 0; moment < moments; moment++) {
        const at = first + Math.floor(random() * (seq - first))
        took.push((await timed(`${page}/moment?seq=${at}`)).took)
      }
      bench.report.add('history', name, opened.took)
      bench.report.add('momentP50', name, percentile(took, 0.5))
      bench.report.add('momentMost', name, Math.max(...took))
      return `opened in ${opened.took.toFixed(0)} ms, ${moments} moments in ${took.map(Math.round).join(', ')} ms`
    }),
  )
}
