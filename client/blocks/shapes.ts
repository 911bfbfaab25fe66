import type { ConcernStatus } from '../../shared/blocks/concern.ts'
import type { MeasureStatus } from '../../shared/blocks/measure.ts'
import type { GoalStatus } from '../../shared/cases.ts'
import type { Shape } from './StatusShape.tsx'

export const measureShapes: Record<MeasureStatus, Shape> = {
  planned: 'dashed',
  underway: 'half',
  paused: 'bars',
  done: 'check',
  stopped: 'square',
}

export const goalShapes: Record<GoalStatus, Shape> = {
  proposed: 'dashed',
  active: 'half',
  paused: 'bars',
  reached: 'check',
  abandoned: 'square',
}

export const concernShapes: Record<ConcernStatus, Shape> = {
  new: 'dashed',
  clarifying: 'question',
  confirmed: 'check',
  unfounded: 'square',
}
