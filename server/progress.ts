/** Nobody waits longer than this without being told how far it is. */
const FIRST_AFTER = 1000
const LINE_EVERY = 5000

type Out = { write(text: string): unknown; isTTY?: boolean }

export type Progress = {
  /** So much of so much is done; shown when the whole takes longer than a second. */
  tell(what: string, done: number, of: number): void
  end(): void
}

/** Progress of something long: one line that renews itself on a terminal, a line now and then elsewhere. */
export function createProgress(
  out: Out = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const started = now()
  let shown = Number.NEGATIVE_INFINITY
  let written = false
  return {
    tell(what, done, of) {
      const at = now()
      if (at - started < FIRST_AFTER || at - shown < (out.isTTY ? 100 : LINE_EVERY)) return
      shown = at
      const percent = of > 0 ? ` (${Math.min(100, Math.floor((done / of) * 100))} %)` : ''
      const line = `${done.toLocaleString('en')} of ${of.toLocaleString('en')} ${what}${percent}`
      out.write(out.isTTY ? `\r\u001B[K${line}` : `${line}\n`)
      written = true
    },
    end() {
      if (written && out.isTTY) out.write('\r\u001B[K')
    },
  }
}
