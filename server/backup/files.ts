import { closeSync, fsyncSync, openSync } from 'node:fs'
import { StartError } from '../start-error.ts'

/** Brings a file, or a folder's list of names, to the disk: a rename may overtake what it renames. */
export function settle(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } catch (error) {
    // Some systems cannot do that for folders.
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error
  } finally {
    closeSync(file)
  }
}

/** A moment as part of a file name. */
export const stampOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')

/** What hinders a copy, in one line. */
export function copyFault(error: unknown, where: string): Error {
  if (error instanceof StartError) return error
  const why = error instanceof Error ? error.message : 'unknown fault'
  return new StartError(`Writing ${where} failed: ${why}. Nothing of it was kept.`)
}
