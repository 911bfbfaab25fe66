export type Debounced = { (): void; cancel(): void }

/** Runs `work` when it has been quiet for `wait` ms, at the latest `most` ms after the first call. */
export function createDebounce(wait: number, most: number, work: () => void): Debounced {
  let timer: NodeJS.Timeout | undefined
  let first = 0

  const run = () => {
    timer = undefined
    work()
  }
  const debounced = () => {
    const now = performance.now()
    if (timer === undefined) {
      first = now
      timer = setTimeout(run, wait)
      timer.unref()
    } else if (now + wait <= first + most) timer.refresh()
  }
  debounced.cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return debounced
}
