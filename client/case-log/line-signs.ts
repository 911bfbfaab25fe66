import type { Byline } from '../../shared/collab/protocol.ts'
import type { PersonId, ServiceId } from '../../shared/ids.ts'
import type { Translate } from '../i18n/i18n.ts'
import { firstName } from '../ui/names.ts'
import { bylineWhen, sameDay } from './when.ts'

/** One top-level block of the text, and who wrote it. */
export type Line = { readonly key: string; readonly byline: Byline | undefined }

/** What stands beside and below one block. */
export type LineSign = {
  readonly service: ServiceId
  readonly tile: boolean
  readonly label: string
  /** In whose colour the label stands: the writer's while somebody writes. */
  readonly labelService: ServiceId
  readonly writing: boolean
}

export type Signing = {
  readonly me: PersonId
  readonly now: number
  readonly language: string
  readonly t: Translate
  name(person: PersonId): string
  /** Others who write in a block right now. */
  writing(key: string): readonly { name: string; service: ServiceId }[]
}

const together = (a: Line | undefined, b: Line): boolean =>
  a?.byline !== undefined &&
  b.byline !== undefined &&
  a.byline.person === b.byline.person &&
  a.byline.others.length === 0 &&
  b.byline.others.length === 0 &&
  sameDay(a.byline.at, b.byline.at)

/** Names as one would say them: «Mari», «Mari og Tone», «Mari og 2 til». */
export function sayNames(names: readonly string[], t: Translate): string {
  const [first = '', second] = names
  if (second === undefined) return first
  if (names.length === 2) return t('caseLog.byline.and', { first, last: second })
  return t('caseLog.byline.more', { first, count: names.length - 1 })
}

/** Signs for all blocks. Neighbours by the same person on the same day share one: tile above, name below. */
export function signLines(lines: readonly Line[], signing: Signing): (LineSign | undefined)[] {
  const { t } = signing
  return lines.map((line, at) => {
    const writers = signing.writing(line.key)
    const { byline } = line
    const tile = byline !== undefined && !together(lines[at - 1], line)
    const [writer] = writers
    if (writer) {
      const names = sayNames(
        writers.map(({ name }) => firstName(name)),
        t,
      )
      const label = t('caseLog.byline.writing', { count: writers.length, names })
      const service = byline?.service ?? writer.service
      return { service, tile, label, labelService: writer.service, writing: true }
    }
    if (!byline) return undefined
    const next = lines[at + 1]
    const last = next === undefined || !together(line, next) || signing.writing(next.key).length > 0
    const label = last ? labelOf(byline, signing) : ''
    return { service: byline.service, tile, label, labelService: byline.service, writing: false }
  })
}

function labelOf(byline: Byline, { me, name, t, language, now }: Signing): string {
  const people = [byline.person, ...byline.others.map(({ person }) => person)]
  const names = people.map((person) => (person === me ? t('caseLog.byline.you') : firstName(name(person))))
  return `${sayNames([...new Set(names)], t)} · ${bylineWhen(byline.at, language, t, now)}`
}
