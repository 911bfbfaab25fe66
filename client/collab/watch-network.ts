const EVERY = 2000
/** A clock that jumps this far slept in between, and so did the socket. */
const SLEPT = 20_000

type Watch = {
  /** The network is back, or the machine woke: join at once. */
  back(): void
  /** The line is dead, whatever the socket believes. */
  gone(): void
  /** Whether an answer is overdue. */
  overdue(): boolean
}

/** Watches what the socket does not tell: sleep, a network switched off, answers that never come. */
export function watchNetwork(watch: Watch): { heard(): void; stop(): void } {
  let ticked = Date.now()
  let heardAt = Date.now()
  const tick = setInterval(() => {
    const now = Date.now()
    const slept = now - ticked > SLEPT && document.visibilityState === 'visible'
    ticked = now
    if (slept || (watch.overdue() && now - heardAt > EVERY)) watch.gone()
  }, EVERY)
  const online = (): void => watch.back()
  const offline = (): void => watch.gone()
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  return {
    heard: () => {
      heardAt = Date.now()
    },
    stop() {
      clearInterval(tick)
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
    },
  }
}
