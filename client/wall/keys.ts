import type { Attainment } from '../../shared/cases.ts'

/** What a single key does in a meeting. */
export type Act =
  | { readonly kind: 'rate'; readonly step: Attainment }
  | { readonly kind: 'measure' | 'minutes' | 'decision' | 'previous' | 'next' }

export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat'>

export type Where = {
  /** Somebody has switched single keys off on this device [WCAG 2.1.4]. */
  readonly on: boolean
  /** Focus is where keys write. */
  readonly typing: boolean
  /** A dialog or a menu is open: keys are its own. */
  readonly covered: boolean
}

const steps: Readonly<Record<string, Attainment>> = { 1: -2, 2: -1, 3: 0, 4: 1, 5: 2 }
const acts: Readonly<Record<string, Act>> = {
  t: { kind: 'measure' },
  r: { kind: 'minutes' },
  d: { kind: 'decision' },
  ArrowLeft: { kind: 'previous' },
  ArrowRight: { kind: 'next' },
}

/** What a key press does, if anything: never while somebody types, with a modifier, or while the key is held down. */
export function actOf(press: Press, { on, typing, covered }: Where): Act | undefined {
  if (!on || typing || covered || press.isComposing || press.repeat) return undefined
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined
  const step = steps[press.key]
  if (step !== undefined) return { kind: 'rate', step }
  return acts[press.key.length === 1 ? press.key.toLowerCase() : press.key]
}
