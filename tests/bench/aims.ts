import type { Metric, Report } from './report.ts'
import { stafett } from './stafett.ts'
import { median } from './statistics.ts'

export type AimedMetric = Metric & {
  /** `met` is undefined where what it compares with was not measured. */
  readonly aim?: { readonly text: string; readonly met: (report: Report) => boolean | undefined }
}

const ours = stafett.name

const figure = (report: Report, key: string, system = ours) => {
  const samples = report.samples(key, system)
  return samples.length > 0 ? median(samples) : undefined
}
/** Our figure under a limit. */
export const under = (key: string, limit: number, text: string) => ({
  text,
  met: (report: Report) => {
    const own = figure(report, key)
    return own === undefined ? undefined : own < limit
  },
})
/** Our figure against a factor of another's; `theirKey` where theirs is under another name. */
export const beside = (
  key: string,
  { name }: { name: string },
  text: string,
  good: (own: number, theirs: number) => boolean,
  theirKey = key,
) => ({
  text,
  met: (report: Report) => {
    const own = figure(report, key)
    const theirs = figure(report, theirKey, name)
    return own === undefined || theirs === undefined ? undefined : good(own, theirs)
  },
})
export const atMost = (factor: number) => (own: number, theirs: number) => own <= factor * theirs
export const atLeast = (factor: number) => (own: number, theirs: number) => own >= factor * theirs
