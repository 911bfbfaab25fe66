import { Municipality } from '../../shared/services.ts'
import { contrast } from './contrast.ts'
import { lineAt, lineOfPath, mapJson } from './json-lines.ts'

/** What is wrong with a municipality.json, and on which line. */
export class MunicipalityFault extends Error {
  readonly line: number
  readonly reason: string

  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`)
    this.name = 'MunicipalityFault'
    this.line = line
    this.reason = reason
  }
}

/** WCAG 2.2 AA for text. */
const LEAST_CONTRAST = 4.5

/** Colours that can be read, tiles and ids that cannot be mixed up. */
const Checked = Municipality.superRefine(({ services }, context) => {
  const complain = (index: number, field: readonly string[], message: string) =>
    context.addIssue({ code: 'custom', path: ['services', index, ...field], message })
  for (const [index, { id, tile, colour }] of services.entries()) {
    const before = services.slice(0, index)
    if (before.some((other) => other.id === id)) complain(index, ['id'], `another service has the id «${id}»`)
    if (before.some((other) => other.tile === tile))
      complain(index, ['tile'], `another service has the tile «${tile}»`)
    if (contrast(colour.solid, '#ffffff') < LEAST_CONTRAST) {
      complain(index, ['colour', 'solid'], `white text cannot be read on ${colour.solid} (less than 4.5:1)`)
    }
    if (contrast(colour.text, colour.tint) < LEAST_CONTRAST) {
      complain(index, ['colour', 'text'], `${colour.text} cannot be read on ${colour.tint} (less than 4.5:1)`)
    }
  }
})

/** The municipality that a text describes; a MunicipalityFault names line and reason otherwise. */
export function parseMunicipality(text: string): Municipality {
  const map = mapJson(text)
  if (map.brokenAt !== undefined) {
    const found = text[map.brokenAt]
    const reason = found === undefined ? 'the file ends too early' : `not JSON at ${JSON.stringify(found)}`
    throw new MunicipalityFault(lineAt(text, map.brokenAt), reason)
  }
  const result = Checked.safeParse(JSON.parse(text))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  const reason = `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${issue?.message ?? 'not valid'}`
  throw new MunicipalityFault(lineOfPath(text, map, path), reason)
}
