import type { z } from 'zod'
import { can } from '../../shared/capabilities.ts'
import type { CaseSummary, ServicePulse } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'

type Beat = z.infer<typeof ServicePulse>

/** Whole calendar days between a moment and now, as people count them: last night is «i går». */
export function daysSince(moment: string, now: Date): number {
  const then = new Date(moment)
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.max(0, Math.round((midnight(now) - midnight(then)) / 86_400_000))
}

/** Whether a service has been silent for longer than the municipality finds right. */
export const isSilent = ({ lastLineAt }: Beat, silentAfterDays: number, now: Date): boolean =>
  lastLineAt !== null && daysSince(lastLineAt, now) > silentAfterDays

/** Whether a log lacks something: a service is silent or has not begun, or there is no goal. */
export const lacksSomething = (one: CaseSummary, silentAfterDays: number, now: Date): boolean =>
  one.goals.length === 0 ||
  one.pulses.some((beat) => beat.lastLineAt === null || isSilent(beat, silentAfterDays, now))

/** Whether somebody may ask a service for a line in this log: another service than their own. */
export const mayAsk = (one: CaseSummary, service: { id: ServiceId }, me: { service: ServiceId }): boolean =>
  can(one.role, 'question.ask') && service.id !== me.service

/** The services that take part in any of these logs, in the order given. */
export function takingPart<T extends { id: ServiceId }>(
  services: readonly T[],
  cases: readonly CaseSummary[],
): T[] {
  const there = new Set(cases.flatMap(({ pulses }) => pulses.map(({ service }) => service)))
  return services.filter(({ id }) => there.has(id))
}
