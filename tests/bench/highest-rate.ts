type Range = {
  /** Where to begin; a guess. */
  readonly start: number
  /** How far one step goes. */
  readonly factor: number
  /** How often the last step is halved. */
  readonly halvings: number
  readonly least: number
  readonly most: number
}

/** The highest rate that holds: up in steps until one does not hold (or down until one does), then halving the gap. 0 when none holds. */
export async function highestRate(
  holds: (rate: number) => Promise<boolean>,
  { start, factor, halvings, least, most }: Range,
): Promise<number> {
  let good = 0
  let bad = Number.POSITIVE_INFINITY
  for (let rate = start; rate >= least && rate <= most; ) {
    if (await holds(rate)) good = rate
    else bad = rate
    if (good > 0 && bad < Number.POSITIVE_INFINITY) break
    rate = good > 0 ? rate * factor : rate / factor
  }
  for (let step = 0; step < halvings && good > 0 && bad < Number.POSITIVE_INFINITY; step++) {
    const between = Math.sqrt(good * bad)
    if (await holds(between)) good = between
    else bad = between
  }
  return good
}
