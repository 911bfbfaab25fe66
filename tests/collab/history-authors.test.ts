import '../support/browser.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { moveBlockDown, moveBlockTo, moveBlockToGoal, moveBlockUp } from '../../shared/blocks/move.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { historyRoutes } from '../../shared/history-routes.ts'
import { BlockId } from '../../shared/ids.ts'
import { type Client, connect, until } from '../support/client.ts'
import { openEditor, press } from '../support/editor.ts'
import { Random } from '../support/random.ts'
import { startProcess, type TestProcess } from '../support/server.ts'

const id = (text: string) => BlockId.parse(text)

/** Everybody writes with letters of their own: each character says who really typed it. */
const letters: [person: string, alphabet: string][] = [
  ['maren', 'abcdef'],
  ['silje', 'ghijkl'],
  ['haakon', 'mnopqr'],
  ['amina', 'stuvwx'],
]

type Writing = { alphabet: string; client: Client; editor: Editor }

const dataDir = mkdtempSync(join(tmpdir(), 'stafett-authors-'))
let server: TestProcess
let cookies: string[] = []
const open: Writing[] = []
afterEach(async () => {
  leave()
  await server.end()
  rmSync(dataDir, { recursive: true, force: true })
})

function leave() {
  for (const { editor, client } of open.splice(0)) {
    editor.destroy()
    client.close()
  }
}

async function enter(log: string) {
  cookies = await Promise.all(letters.map(([person]) => server.signIn(person)))
  for (const [at, [, alphabet]] of letters.entries()) {
    const client = await connect(server, cookies[at] ?? '', `case/${log}/shared`)
    open.push({ alphabet, client, editor: openEditor(client.doc) })
  }
}

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${server.url}/api/cases${path}`, {
    method,
    headers: { cookie: cookies[0] ?? '', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.status).toBe(200)
  return answer.json()
}

const text = ({ client }: Writing) => logFragment(client.doc).toString()

async function settle() {
  await Promise.all(open.map(({ client }) => client.saved()))
  await until('everybody to see the same', () => new Set(open.map(text)).size === 1)
}

/** Something that writes, or carries text about; nothing that a person would not do. */
function edit({ editor, alphabet }: Writing, random: Random) {
  const { state, view } = editor
  const lines: { pos: number; length: number }[] = []
  const blocks: number[] = []
  state.doc.descendants((node, pos) => {
    if (node.isTextblock) lines.push({ pos, length: node.content.size })
    if (node.isBlock && node.type.name !== 'goalTitle') blocks.push(pos)
    return !node.isTextblock
  })
  const line = random.pick(lines)
  if (!line) return
  const spot = line.pos + 1 + random.below(line.length + 1)
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, spot)))
  const word = Array.from(
    { length: 2 + random.below(9) },
    () => alphabet[random.below(alphabet.length)],
  ).join('')
  const run = (command: ReturnType<typeof moveBlockTo>) => command(editor.state, view.dispatch, view)
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2:
      return press(editor, 'Enter')
    case 3:
      view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, line.pos + 1)))
      return press(editor, 'Backspace')
    case 4:
      return run(moveBlockUp)
    case 5:
      return run(moveBlockDown)
    case 6:
      return run(moveBlockToGoal(id('m1'), id(random.chance(0.5) ? 'g1' : 'g2')))
    case 7:
      return run(moveBlockTo(random.pick(blocks) ?? 0, random.pick(blocks) ?? 0))
    case 8: {
      const to = Math.min(spot + 1 + random.below(3), line.pos + 1 + line.length)
      return spot < to && view.dispatch(state.tr.delete(spot, to))
    }
    default:
      return view.dispatch(state.tr.insertText(word))
  }
}

/** Every character that stands, with its Yjs id. */
function characters(doc: Y.Doc): { character: string; client: number; clock: number }[] {
  const visit = (parent: Y.XmlFragment): { character: string; client: number; clock: number }[] =>
    parent.toArray().flatMap((child) => {
      if (child instanceof Y.XmlElement) return visit(child)
      if (!(child instanceof Y.XmlText)) return []
      const found: { character: string; client: number; clock: number }[] = []
      for (let item = child._start; item !== null; item = item.right) {
        if (item.deleted || !(item.content instanceof Y.ContentString)) continue
        const { client, clock } = item.id
        for (const [at, character] of [...item.content.str].entries())
          found.push({ character, client, clock: clock + at })
      }
      return found
    })
  return visit(logFragment(doc))
}

test('every character is whose hands typed it, through all that happens to it', async () => {
  const random = new Random(11)
  server = await startProcess({ dataDir })
  cookies = [await server.signIn('maren')]
  const log = await newLog()
  await enter(log)
  const [first] = open
  if (!first) throw new Error('nobody is here')
  appendBlocks(first.client.doc, [
    paragraph('abcabc'),
    goal({ id: id('g1') }, 'defdef', [measure({ id: id('m1') }, 'fedcba')]),
    goal({ id: id('g2') }, 'aabbcc'),
    paragraph('cab'),
  ])
  await settle()

  async function newLog(): Promise<string> {
    const answer = await ask('POST', '', {
      subject: { name: 'Ny', kind: 'child' },
      concern: 'abc',
      service: 'fjordvik-skole',
      members: ['silje', 'haakon', 'amina'],
    })
    const { id: made }: { id?: string } = Object(answer)
    return made ?? ''
  }

  async function check(when: string) {
    const all = open[0] ? characters(open[0].client.doc) : []
    expect(all.length).toBeGreaterThan(10)
    const authors: string[] = []
    for (let at = 0; at < all.length; at += 500) {
      const ranges = all.slice(at, at + 500).map(({ client, clock }) => ({ client, clock, length: 1 }))
      const answer = await ask('POST', `/${log}/history/who`, { ranges })
      const { runs, writers } = historyRoutes.who.response.parse(answer)
      for (const { length, writer } of runs)
        authors.push(...Array<string>(length).fill(writers[writer]?.person ?? '?'))
    }
    expect(authors.length).toBe(all.length)
    const wrong = all.flatMap(({ character }, at) => {
      const truly = letters.find(([, alphabet]) => alphabet.includes(character))?.[0]
      return truly === authors[at] ? [] : [`${character} of ${truly} is said to be ${authors[at]}’s`]
    })
    expect(wrong, when).toEqual([])
  }

  const work = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      const writing = random.pick(open)
      if (writing) edit(writing, random)
      // One after the other: the same seed is the same run, whatever the machine is busy with.
      await settle()
    }
    await settle()
  }

  await work(90)
  await check('after writing, splitting, joining and moving')

  const { seq } = historyRoutes.sessions.response.parse(await ask('GET', `/${log}/history`))
  await work(30)
  const restored = await ask('POST', `/${log}/history/restore`, { id: 'back', seq })
  expect(historyRoutes.restore.response.parse(restored).seq).not.toBeNull()
  await settle()
  await check('after somebody brought the log back')

  leave()
  await server.end()
  const database = new DatabaseSync(join(dataDir, 'stafett.db'), { readOnly: true })
  expect(
    database.prepare('SELECT document FROM checkpoints WHERE document = ?').get(`case/${log}/shared`),
  ).toBeDefined()
  database.close()
  server = await startProcess({ dataDir })
  await enter(log)
  await work(40)
  await check('after a checkpoint and a restart')
}, 240_000)
