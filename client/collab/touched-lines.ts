import * as Y from 'yjs'

type LineType = Y.XmlElement | Y.XmlText | Y.XmlFragment

const keyOf = (type: Y.AbstractType<Y.YXmlEvent> | Y.XmlText): string | undefined =>
  type._item === null ? undefined : `${type._item.id.client}:${type._item.id.clock}`

/** The line that a type belongs to: a run of text is part of the element around it. */
function lineOf(type: unknown): string | undefined {
  if (type instanceof Y.XmlText) return type.parent instanceof Y.XmlElement ? keyOf(type.parent) : undefined
  return type instanceof Y.XmlElement ? keyOf(type) : undefined
}

/** Keys of the lines that a change touched: the elements whose text, fields or existence changed. */
export function touchedLines(events: readonly Y.YEvent<LineType>[]): Set<string> {
  const lines = new Set<string>()
  const add = (key: string | undefined): void => {
    if (key !== undefined) lines.add(key)
  }
  for (const event of events) {
    // Yjs works `changes` out on first use; a key press inside a line does not need it.
    if (event.target instanceof Y.XmlText) add(lineOf(event.target))
    else {
      const { added, deleted, keys } = event.changes
      if (keys.size > 0) add(lineOf(event.target))
      for (const { content } of added) if (content instanceof Y.ContentType) add(lineOf(content.type))
      if (added.size === 0 && deleted.size > 0) add(lineOf(event.target) ?? 'log')
    }
  }
  return lines
}
