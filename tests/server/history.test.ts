import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { z } from 'zod'
import { measure, paragraph } from '../../shared/blocks/json.ts'
import {
  appendBlocks,
  childElements,
  findBlock,
  logFragment,
  setBlockFields,
} from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { HistoryNode } from '../../shared/history.ts'
import { historyRoutes } from '../../shared/history-routes.ts'
import { BlockId, CaseId } from '../../shared/ids.ts'
import { type Client, connect, until } from '../support/client.ts'
import { textIn } from '../support/history-text.ts'
import { startApp, type TestApp } from '../support/server.ts'

const JONAS = CaseId.parse('logg-a')
const document = documentName(JONAS, 'shared')
const GOAL = BlockId.parse('a-maal-1')
const id = (text: string) => BlockId.parse(text)

let app: TestApp
let maren: Client
let silje: Client
const cookies: Record<string, string> = {}
beforeAll(async () => {
  app = await startApp()
  for (const person of ['maren', 'silje', 'camilla', 'anders']) cookies[person] = await app.signIn(person)
  app.wait(60 * 60_000)
  maren = await connect(app, cookies['maren'] ?? '', document)
  silje = await connect(app, cookies['silje'] ?? '', document)
})
afterAll(async () => {
  maren.close()
  silje.close()
  await app.stop()
})

async function ask(person: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${app.url}/api/cases/${JONAS}/history${path}`, {
    method,
    headers: { cookie: cookies[person] ?? '', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}
const sessions = async (person = 'maren'): Promise<z.infer<typeof historyRoutes.sessions.response>> =>
  historyRoutes.sessions.response.parse((await ask(person, 'GET', '?zone=Europe/Oslo')).body)
const moment = async (seq: number, since?: number) => {
  const query = since === undefined ? `?seq=${seq}` : `?seq=${seq}&since=${since}`
  return historyRoutes.moment.response.parse((await ask('maren', 'GET', `/moment${query}`)).body)
}
const restore = async (body: { id: string; seq: number; undo?: boolean; block?: string }) => {
  const { seq }: { seq: number | null } = (await ask('maren', 'POST', '/restore', body)).body
  return seq
}
const standing = (nodes: readonly HistoryNode[]) => textIn(nodes, 'kept', 'moved', 'inserted')
const liveText = (client: Client) => logFragment(client.doc).toString()

/** Each writes in turn; the other has it before the next does. */
async function write(client: Client, change: (doc: Y.Doc) => void) {
  change(client.doc)
  await client.saved()
  const other = client === maren ? silje : maren
  await until('the other to have it', () => liveText(other) === liveText(client))
}

describe('what happened, in facts', () => {
  test('who wrote, set a status, deleted and removed: each in their own session, in the block they did it in', async () => {
    await write(silje, (doc) => appendBlocks(doc, [measure({ id: id('venner') }, 'Vennegruppe')], GOAL))
    app.wait(20 * 60_000)
    await write(maren, (doc) => {
      appendBlocks(doc, [paragraph('Han smilte i dag.')])
      setBlockFields(doc, id('venner'), { status: 'underway' })
    })
    app.wait(20 * 60_000)
    await write(silje, (doc) => setBlockFields(doc, id('venner'), { status: 'done' }))
    const answer = await sessions()
    const who = answer.sessions.slice(0, 3).map(({ writer }) => answer.writers[writer]?.name)
    expect(who).toEqual(['Silje Nordhagen', 'Maren Solbakken', 'Silje Nordhagen'])
    const told = answer.sessions
      .slice(0, 3)
      .map(({ blocks }) =>
        blocks.map(({ block: { type, name, goal }, facts }) => ({ type, name, goal: goal?.number, facts })),
      )
    expect(told).toMatchObject([
      [
        {
          type: 'measure',
          name: 'Vennegruppe',
          goal: 1,
          facts: [{ kind: 'set', field: 'status', from: 'underway', to: 'done' }],
        },
      ],
      [
        { type: 'measure', facts: [{ kind: 'set', from: 'planned', to: 'underway' }] },
        {
          type: 'paragraph',
          goal: undefined,
          facts: [{ kind: 'wrote', characters: 17, lines: 1, quote: 'Han smilte i dag.' }],
        },
      ],
      [{ type: 'measure', facts: [{ kind: 'added', quote: 'Vennegruppe' }] }],
    ])
    // Close to midnight this hour of work is on two days.
    const services = answer.days.slice(-2).flatMap((day) => day.services)
    expect(services).toEqual(expect.arrayContaining(['fjordvik-skole', 'skolehelsetjenesten']))
    expect(answer.days.at(-1)?.to).toBe(answer.seq)
  })

  test('the log between two moments shows what came, in its writer’s name, and what went, in the deleter’s', async () => {
    const { seq: before } = await sessions()
    await write(silje, (doc) => {
      const line = childElements(logFragment(doc)).at(-1)?.get(0)
      if (line instanceof Y.XmlText) line.delete(0, 4)
    })
    await write(maren, (doc) => appendBlocks(doc, [paragraph('Og i går.')]))
    const { seq } = await sessions()
    const { blocks, writers } = await moment(seq, before)
    expect(textIn(blocks, 'inserted')).toBe('Og i går.')
    expect(textIn(blocks, 'deleted')).toBe('Han ')
    const runs = blocks.flatMap((block) => block.runs)
    const nameOf = (at: number | undefined) => writers[at ?? -1]?.person
    const gone = runs.find(({ state }) => state === 'deleted')
    expect([nameOf(gone?.writer), nameOf(gone?.deleter)]).toEqual(['maren', 'silje'])
    expect(standing((await moment(before)).blocks)).toContain('Han smilte i dag.')
  })
})

describe('who wrote this', () => {
  test('is answered for characters, also those that somebody else moved', async () => {
    const line = childElements(logFragment(maren.doc)).at(-1)?.get(0)
    const item = line instanceof Y.XmlText ? line._start : null
    const ranges = [{ client: item?.id.client, clock: item?.id.clock, length: 3 }]
    const { body } = await ask('camilla', 'POST', '/who', { ranges })
    const { runs, writers } = historyRoutes.who.response.parse(body)
    expect(runs).toMatchObject([{ length: 3 }])
    expect(writers[runs[0]?.writer ?? -1]?.person).toBe('maren')
    const nowhere = await ask('camilla', 'POST', '/who', { ranges: [{ client: 1, clock: 5, length: 3 }] })
    expect(nowhere.body).toMatchObject({ runs: [] })
  })
})

describe('bringing back', () => {
  test('a removed measure comes back where it stood, its writer’s still; the restore is a session, and can be undone', async () => {
    const { seq: before } = await sessions()
    await write(maren, (doc) => {
      const block = findBlock(doc, id('venner'))
      const { parent } = block ?? {}
      if (block && parent instanceof Y.XmlElement) parent.delete(parent.toArray().indexOf(block), 1)
    })
    expect(findBlock(silje.doc, id('venner'))).toBeUndefined()
    const request = { id: 'r1', seq: before, block: 'venner' }
    const made = await restore(request)
    await until('the measure', () => findBlock(silje.doc, id('venner')) !== undefined)
    expect(await restore(request)).toBe(made)
    const back = findBlock(silje.doc, id('venner'))
    expect(back?.toString()).toContain('Vennegruppe')
    expect(back?.getAttribute('status')).toBe('done')
    const text = back?.get(0)
    const item = text instanceof Y.XmlText ? text._start : null
    const ranges = [{ client: item?.id.client, clock: item?.id.clock, length: 5 }]
    const who = historyRoutes.who.response.parse((await ask('maren', 'POST', '/who', { ranges })).body)
    expect(
      who.runs.map((run) => [who.writers[run.writer]?.person, who.writers[run.movedBy ?? -1]?.person]),
    ).toEqual([['silje', 'maren']])
    const [latest] = (await sessions()).sessions
    expect(latest).toMatchObject({
      from: made,
      to: made,
      restore: { to: before, undo: false, block: 'venner' },
      blocks: [{ block: { id: 'venner' }, facts: [{ kind: 'restored', quote: 'Vennegruppe' }] }],
    })
    const undone = await restore({ id: 'r2', seq: made ?? 0, undo: true })
    await until('it to be gone', () => findBlock(silje.doc, id('venner')) === undefined)
    expect((await sessions()).sessions[0]?.restore).toMatchObject({ to: made, undo: true })
    await restore({ id: 'r3', seq: undone ?? 0, undo: true })
    await until('it to be back', () => findBlock(silje.doc, id('venner')) !== undefined)
  })

  test('the whole log comes back as it stood, and others’ writing since stays in the history', async () => {
    const { seq: before } = await sessions()
    const then = liveText(maren)
    await write(maren, (doc) => {
      logFragment(doc).delete(0, 3)
      appendBlocks(doc, [paragraph('Nytt.')])
      setBlockFields(doc, id('venner'), { status: 'stopped' })
    })
    await write(silje, (doc) => {
      const line = childElements(logFragment(doc)).at(-1)?.get(0)
      if (line instanceof Y.XmlText) line.insert(2, 'XX')
    })
    expect(liveText(maren)).not.toBe(then)
    const made = await restore({ id: 'r4', seq: before })
    await until('the log as it was', () => liveText(silje) === then)
    expect(await restore({ id: 'r5', seq: before })).toBe(null)
    expect(standing((await moment((made ?? 0) - 1)).blocks)).toContain('NyXXtt.')
    await restore({ id: 'r6', seq: made ?? 0, undo: true })
    await until('it to be undone', () => liveText(silje).includes('NyXXtt.'))
  })

  test('what cannot be is refused', async () => {
    const refused = async (person: string, body: unknown) =>
      (await ask(person, 'POST', '/restore', body)).status
    expect(await refused('camilla', { id: 'x1', seq: 1 })).toBe(403)
    expect(await refused('anders', { id: 'x1', seq: 1 })).toBe(404)
    expect(await refused('maren', { id: 'x1', seq: 999_999 })).toBe(400)
    expect(await refused('maren', { id: 'x1', seq: 1, undo: true })).toBe(400)
    expect(await refused('silje', { id: 'r1', seq: 1 })).toBe(400)
    const { seq } = await sessions()
    expect(await refused('maren', { id: 'x1', seq, block: 'nowhere' })).toBe(400)
  })
})
