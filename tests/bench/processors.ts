import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The server has the first core for itself, the load the second. */
const serverCore = '0'
const loadCore = '1'

// Asked once: a process that is pinned sees its own core alone.
const cores = availableParallelism()
const hasTaskset = spawnSync('taskset', ['--version']).status === 0
let pinned = false

/** Why processors cannot be pinned on this machine; undefined where they can. */
export function pinningFault(): string | undefined {
  if (cores < 2) return 'this machine has one core'
  return hasTaskset ? undefined : 'taskset (from util-linux) is not installed'
}

/** Puts this process on its core, and every server that starts from now on, on the other. */
export function pin(): void {
  if (pinningFault() !== undefined) return
  place(loadCore)
  pinned = true
}

/** Lets this process, and servers that start from now on, run wherever there is room: for what a whole machine does. */
export function unpin(): void {
  if (!pinned) return
  place(`0-${cores - 1}`)
  pinned = false
}

/** Does work that is not measured, wherever there is room. */
export async function onEveryCore<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = pinned
  unpin()
  try {
    return await work()
  } finally {
    if (before) pin()
  }
}

/** A command on the server's core. `taskset` becomes the command, so the process id is the server's own. */
export function onServerCore(command: string, args: readonly string[]): [string, string[]] {
  return pinned ? ['taskset', ['--cpu-list', serverCore, command, ...args]] : [command, [...args]]
}

function place(where: string) {
  const { status, stderr } = spawnSync('taskset', [
    '--all-tasks',
    '--cpu-list',
    '--pid',
    where,
    `${process.pid}`,
  ])
  if (status !== 0) throw new Error(`taskset: ${stderr}`)
}
