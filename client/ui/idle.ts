/** Does some work when nothing else is to be done, but within so many ms. Returns how to call it off. */
export function whenIdle(work: () => void, within: number): () => void {
  // Safari has no idle time to give.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(work, Math.min(within, 50))
    return () => clearTimeout(timer)
  }
  const id = requestIdleCallback(work, { timeout: within })
  return () => cancelIdleCallback(id)
}
