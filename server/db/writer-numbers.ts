import type { PackedUpdates } from './thread-messages.ts'

export type NumberOf = (author: string, service: string) => number

/** Numbers writers as they come, and adds each new one to `writers`; mostly it is the one before. */
export function numbering(writers: PackedUpdates['writers']): NumberOf {
  const numbers = new Map<string, number>()
  let last = { author: '', service: '', number: -1 }
  return (author, service) => {
    if (author === last.author && service === last.service) return last.number
    const key = `${author} ${service}`
    const number = numbers.get(key) ?? writers.push({ author, service }) - 1
    numbers.set(key, number)
    last = { author, service, number }
    return number
  }
}
