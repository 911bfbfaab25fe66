import type { Person } from '../../shared/people.ts'
import type { WaitingItem } from '../../shared/waiting.ts'
import { marksOf, maySee } from './marks.ts'
import type { Reader, Rows } from './reader.ts'
import { whatWaits } from './waiting.ts'

/** What waits for somebody and was not seen (`open`), and what of it is not put off either (`shown`). */
export async function waitingNow(
  rows: Rows,
  person: Person,
  now: number,
): Promise<{ reader: Reader; open: WaitingItem[]; shown: WaitingItem[] }> {
  const { reader, items } = await whatWaits(rows, person, now)
  const marks = await marksOf(rows, person.id, now)
  const open = items.filter((item) => !(maySee(item) && marks.get(item.key)?.done))
  return { reader, open, shown: open.filter(({ key }) => !marks.get(key)?.later) }
}
