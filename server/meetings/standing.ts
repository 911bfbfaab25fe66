import { z } from 'zod'
import { MeasureStatus, Responsible } from '../../shared/blocks/measure.ts'
import type { CaseLog, MeasureOutline } from '../../shared/case-log/outline.ts'
import { Attainment, GoalStatus } from '../../shared/cases.ts'
import { BlockId, ServiceId } from '../../shared/ids.ts'

const Measure = z.object({
  id: BlockId,
  text: z.string(),
  status: MeasureStatus,
  service: ServiceId.nullable(),
  person: Responsible.nullable(),
  due: z.string().nullable(),
})
export type StandingMeasure = z.infer<typeof Measure>

const Goal = z.object({
  id: BlockId,
  number: z.number(),
  title: z.string(),
  status: GoalStatus,
  ratings: z.array(z.object({ service: ServiceId, score: Attainment })),
  measures: z.array(Measure),
})
export type StandingGoal = z.infer<typeof Goal>

/** How the goals of a log stand at a moment: what a meeting begins from, and what it is held against at its end. */
export const Standing = z.object({
  goals: z.array(Goal),
  /** Measures outside any goal. */
  measures: z.array(Measure),
  decisions: z.array(BlockId),
})
export type Standing = z.infer<typeof Standing>

const measureOf = ({ id, text, status, service, person, due }: MeasureOutline): StandingMeasure => ({
  id,
  text,
  status,
  service,
  person,
  due,
})

export const standingOf = ({ goals, looseMeasures, decisions }: CaseLog): Standing => ({
  goals: goals.map(({ id, number, title, status, latestRatings, measures }) => ({
    id,
    number,
    title,
    status,
    ratings: latestRatings.map(({ service, score }) => ({ service, score })),
    measures: measures.map(measureOf),
  })),
  measures: looseMeasures.map(measureOf),
  decisions: decisions.map(({ id }) => id),
})
