import type { Attributes } from '@tiptap/core'
import { z } from 'zod'

/**
 * A field of a block: what it may hold, and what it counts as when it holds nothing or anything else. Most fields of
 * most blocks hold nothing: that is no error, which would be described first and caught then.
 */
export const field = <T extends z.ZodType>(schema: T, fallback: z.core.util.NoUndefined<z.output<T>>) =>
  schema.default(fallback).catch(fallback)

/** Fields of one block, each stored as one Yjs attribute so that the last writer wins per field [BL2]. */
export type Fields = z.ZodObject<Record<string, z.ZodCatch<z.ZodDefault>>>

const Encoded = z.preprocess((text) => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}, z.unknown())

const htmlName = (name: string): string =>
  `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/**
 * Tiptap attributes of a block's fields. Clipboard HTML carries them as `data-…`; what comes back
 * passes the same schema, so foreign HTML cannot smuggle odd values in.
 */
export function attributesOf(fields: Fields): Attributes {
  const attributes: Attributes = {}
  for (const [name, schema] of Object.entries(fields.shape)) {
    const strict = schema.unwrap().unwrap()
    const read = (value: unknown): unknown => {
      const parsed = z.safeParse(strict, value)
      return parsed.success ? parsed.data : undefined
    }
    const fallback = schema.parse(undefined)
    attributes[name] = {
      default: fallback,
      keepOnSplit: false,
      parseHTML: (element) => {
        const text = element.getAttribute(htmlName(name))
        if (text === null) return fallback
        return read(text) ?? read(Encoded.parse(text)) ?? fallback
      },
      renderHTML: (values) => {
        const value: unknown = values[name]
        if (value === null || value === undefined) return {}
        return { [htmlName(name)]: typeof value === 'string' ? value : JSON.stringify(value) }
      },
    }
  }
  return attributes
}
