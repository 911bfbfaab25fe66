import { afterEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Storage } from '../../server/db/open.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

/** The hook that fails next, and what it throws. */
const fault = vi.hoisted<{ hook: string | undefined; thrown: unknown }>(() => ({
  hook: undefined,
  thrown: undefined,
}))

vi.mock('../../server/collab/hooks.ts', async (importActual) => {
  const actual = await importActual<typeof import('../../server/collab/hooks.ts')>()
  const failing =
    <P, R>(name: string, hook: (payload: P) => R) =>
    (payload: P): R => {
      if (fault.hook === name) {
        fault.hook = undefined
        throw fault.thrown
      }
      return hook(payload)
    }
  return {
    ...actual,
    createHooks: (...given: Parameters<typeof actual.createHooks>) => {
      const hooks = actual.createHooks(...given)
      const wrapped: typeof hooks = {
        awaited: (name, hook) => hooks.awaited(name, async (payload) => failing(name, hook)(payload)),
        muting: (name, hook, silence) =>
          hooks.muting(name, async (payload) => failing(name, hook)(payload), silence),
        detached: (name, hook) => hooks.detached(name, failing(name, hook)),
        refuse: hooks.refuse,
      }
      return wrapped
    },
  }
})

const document = documentName(jonas, 'shared')
let server: CollabServer
const clients: Client[] = []
afterEach(async () => {
  fault.hook = undefined
  for (const client of clients.splice(0)) client.close()
  await server.stop()
})

async function open(person: Person) {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  await client.synced()
  return client
}

const text = (doc: Y.Doc) => logFragment(doc).toString()

async function fromDisk(): Promise<string> {
  const doc = new Y.Doc()
  const { tail } = await server.storage.updates.load(document, 0)
  for (const { data } of tail) Y.applyUpdate(doc, data)
  return text(doc)
}

const hooks = [
  'onAuthenticate',
  'onLoadDocument',
  'afterLoadDocument',
  'connected',
  'beforeHandleMessage',
  'beforeHandleAwareness',
  'beforeSync',
  'afterHandleMessage',
  'onStoreDocument',
  'beforeUnloadDocument',
]
const thrown: [string, unknown][] = [
  ['an Error', new Error('Jonas gruer seg')],
  ['a string', 'Jonas gruer seg'],
  ['undefined', undefined],
]

describe.each(hooks)('%s fails', (hook) => {
  test.each(thrown)(
    'with %s: the process lives, nothing is lost, and everybody works on',
    async (_name, what) => {
      const unhandled = vi.fn()
      process.on('unhandledRejection', unhandled)
      const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
      server = await startCollab()
      const first = await open(people.sigrid)
      appendParagraph(first.doc, 'Før.')
      await first.saved()
      fault.thrown = what
      fault.hook = hook
      const second = await open(people.petter)
      appendParagraph(second.doc, 'Under.')
      await second.saved()
      appendParagraph(first.doc, 'Etter.')
      await first.saved()
      await until('all to be equal', () => text(first.doc) === text(second.doc))
      for (const client of clients.splice(0)) client.close()
      await until('the log to leave memory', () => server.collab.metrics().documents === 0)
      const third = await open(people.maren)
      for (const words of ['Før.', 'Under.', 'Etter.']) expect(text(third.doc)).toContain(words)
      expect(await fromDisk()).toBe(text(third.doc))
      expect(fault.hook, 'the fault came').toBeUndefined()
      expect(unhandled).not.toHaveBeenCalled()
      expect(JSON.stringify(printed.mock.calls)).not.toContain('gruer')
      process.off('unhandledRejection', unhandled)
    },
  )
})

describe('a slow disk', () => {
  test('200 ms a commit: nothing is called saved before it is, and typing goes on meanwhile', async () => {
    let stored = 0
    const slow = (storage: Storage): Storage => ({
      ...storage,
      updates: {
        ...storage.updates,
        append: async (entry) => {
          const seq = await storage.updates.append(entry)
          await new Promise((resolve) => setTimeout(resolve, 200))
          stored++
          return seq
        },
      },
    })
    server = await startCollab({ storage: slow })
    const maren = await open(people.maren)
    for (let index = 1; index <= 5; index++) {
      appendParagraph(maren.doc, `linje ${index}`)
      expect(stored).toBeLessThan(index)
      expect(maren.provider.hasUnsyncedChanges).toBe(true)
    }
    await maren.saved()
    expect(stored).toBe(5)
    expect(await fromDisk()).toBe(text(maren.doc))
  })
})

describe('a clock that jumps', () => {
  const hour = 60 * 60 * 1000
  test.each([
    ['an hour ahead', hour],
    ['an hour back', -hour],
    ['a day ahead', 24 * hour],
    ['a day back', -24 * hour],
  ])('%s: writing, arriving and new tickets go on, in the order of the log', async (_name, ms) => {
    server = await startCollab()
    const maren = await open(people.maren)
    appendParagraph(maren.doc, 'Før spranget.')
    await maren.saved()
    server.wait(ms)
    appendParagraph(maren.doc, 'Etter spranget.')
    await maren.saved()
    const petter = await open(people.petter)
    appendParagraph(petter.doc, 'Petter også.')
    await petter.saved()
    await until('all to be equal', () => text(maren.doc) === text(petter.doc))
    expect(maren.closed).toEqual([])
    const { tail } = await server.storage.updates.load(document)
    expect([...tail].map(({ author }) => author)).toEqual(['maren', 'maren', 'petter'])
    expect(await fromDisk()).toBe(text(maren.doc))
  })
})
