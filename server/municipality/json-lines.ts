/** Where each value of a JSON text begins, by its path, and where the text stops being JSON (undefined: it is JSON). */
export type JsonMap = { readonly starts: ReadonlyMap<string, number>; readonly brokenAt: number | undefined }

const space = /[\s]*/y
const scalar =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy

/** Reads JSON for its places: `JSON.parse` does not say on which line a value, or a mistake, stands. */
export function mapJson(text: string): JsonMap {
  const starts = new Map<string, number>()
  let at = 0

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const next = (expected: string): boolean => {
    take(space)
    if (text[at] !== expected) return false
    at += 1
    take(space)
    return true
  }

  function value(path: readonly PropertyKey[]): boolean {
    take(space)
    starts.set(pathKey(path), at)
    if (next('{')) return members(path)
    if (next('[')) return items(path)
    return take(scalar) !== undefined
  }
  function members(path: readonly PropertyKey[]): boolean {
    if (next('}')) return true
    do {
      const key = text[at] === '"' ? take(scalar) : undefined
      if (key === undefined || !next(':') || !value([...path, String(JSON.parse(key))])) return false
    } while (next(','))
    return next('}')
  }
  function items(path: readonly PropertyKey[]): boolean {
    if (next(']')) return true
    let index = 0
    do {
      if (!value([...path, index])) return false
      index += 1
    } while (next(','))
    return next(']')
  }

  const whole = value([])
  take(space)
  return { starts, brokenAt: whole && at === text.length ? undefined : at }
}

/** Line (from 1) of the value at a path; of the nearest thing around it when the value is missing. */
export function lineOfPath(text: string, { starts }: JsonMap, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const start = starts.get(pathKey(path.slice(0, length)))
    if (start !== undefined) return lineAt(text, start)
  }
  return 1
}

/** Line (from 1) on which an offset stands. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const pathKey = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String))
