import { useState } from 'react'
import { announce } from '../ui/announce.ts'

/** Runs one command at a time and remembers why it failed. Resolves with whether it went through. */
export function useRun() {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  async function run(command: () => Promise<unknown>, done?: string): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setFailed(undefined)
    try {
      await command()
      if (done) announce(done)
      return true
    } catch (error) {
      setFailed(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, failed, run, forget: () => setFailed(undefined) }
}
