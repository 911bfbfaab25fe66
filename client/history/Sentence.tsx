import { NAME } from './sentences.ts'

/** A sentence with the names in it set off. */
export function Sentence({ text }: { text: string }) {
  const parts = text.split(new RegExp(`([${NAME[0]}][^${NAME[1]}]*[${NAME[1]}])`))
  let at = 0
  return (
    <>
      {parts.map((part) => {
        const key = at
        at += part.length
        return part.startsWith(NAME[0]) ? <strong key={key}>{part.slice(1, -1)}</strong> : part
      })}
    </>
  )
}
