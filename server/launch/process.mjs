import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './fingerprint.mjs'

const windows = process.platform === 'win32'

/**
 * Runs a command in the checkout and resolves to its exit code; a command that cannot start counts as 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: 'inherit',
      shell: windows && !command.includes('\\'),
    })
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)))
  })
}

/**
 * Says every ten seconds that something long is still going on.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function tellingTime(what, work) {
  const started = Date.now()
  const ticking = setInterval(() => {
    console.log(`  … ${what}, ${Math.round((Date.now() - started) / 1000)} s`)
  }, 10_000)
  try {
    return await work()
  } finally {
    clearInterval(ticking)
  }
}

/**
 * Runs commands until the first of them ends, then ends the others; resolves to the first one's exit code.
 * They get process groups of their own: a Ctrl-C reaches them once, through us, never twice.
 * @param {readonly { command: string, args: readonly string[], env?: NodeJS.ProcessEnv }[]} commands
 * @returns {Promise<number>}
 */
export async function runTogether(commands) {
  const children = commands.map(({ command, args, env }) =>
    spawn(command, args, { cwd: root, env: env ?? process.env, stdio: 'inherit', detached: !windows }),
  )
  let lastSignal = 0
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // A terminal signals npm as well as us, and npm passes it on: what follows at once is the same Ctrl-C.
    if (Date.now() - lastSignal < 1000) return
    lastSignal = Date.now()
    for (const child of children) child.kill(signal)
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, forward)
  // npm ends its shell on SIGTERM and leaves us behind; a server must not outlive the command that started it.
  const parent = process.ppid
  const watching = setInterval(() => {
    if (process.env['npm_lifecycle_event'] && process.ppid !== parent) forward('SIGTERM')
  }, 250)
  const ends = children.map(
    (child) =>
      /** @type {Promise<number>} */ (
        new Promise((resolve) => {
          child.once('error', () => resolve(127))
          child.once('exit', (code, signal) => resolve(exitCode(code, signal)))
        })
      ),
  )
  const first = await Promise.race(ends)
  clearInterval(watching)
  for (const child of children) if (child.exitCode === null && !lastSignal) child.kill('SIGTERM')
  await Promise.all(ends)
  return first
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}
