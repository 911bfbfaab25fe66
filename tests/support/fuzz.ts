/** `npm run fuzz` sets these; without them a random test is short, so that every `npm test` can afford it. */
export const seed = Number(process.env['FUZZ_SEED'] ?? 1)

/** How often a random test goes round: as told, else the long way with `npm run fuzz`, else the short one. */
export function rounds(short: number, long: number): number {
  const told = process.env['FUZZ_RUNS']
  if (told) return Number(told)
  return process.env['FUZZ_LONG'] ? long : short
}

/** Between two walks: an editor that was closed lives on until its own timers have run, and thousands do not fit. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
