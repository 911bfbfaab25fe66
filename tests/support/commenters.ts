import * as Y from 'yjs'
import { LogText } from '../../server/comments/log-text.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { Thread } from '../../shared/comments.ts'
import { CaseId } from '../../shared/ids.ts'
import { connect } from './client.ts'
import type { TestApp } from './server.ts'

type Answer = { status: number; thread: Thread; threads: Thread[]; error: { code: string; field?: string } }

/** People who comment in a log of a whole running app, over HTTP as the browser does. */
export function commentersOf(app: TestApp, log: string) {
  const base = `/api/cases/${log}/threads`
  let number = 0
  const id = (what: string) => `${what}-${process.pid}-${number++}`

  async function call(cookie: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${app.url}${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, ...(await answer.json()) }
  }

  return {
    base,
    id,
    call,
    /** The log as somebody's browser has it. */
    async log(cookie: string): Promise<Y.Doc> {
      const client = await connect(app, cookie, documentName(CaseId.parse(log), 'shared'))
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(client.doc))
      client.close()
      return doc
    },
    /** An anchor on words of the log, as the browser sends it. */
    async on(cookie: string, quote: string) {
      return anchorOn(await this.log(cookie), quote)
    },
    start: (cookie: string, anchor: unknown, text: string, more: object = {}) =>
      call(cookie, 'POST', base, { id: id('thread'), anchor, comment: { id: id('comment'), text, ...more } }),
    reply: (cookie: string, thread: string, text: string, more: object = {}) =>
      call(cookie, 'POST', `${base}/${thread}/comments`, { id: id('comment'), text, ...more }),
    list: (cookie: string) => call(cookie, 'GET', base),
    one: (cookie: string, thread: string) => call(cookie, 'GET', `${base}/${thread}`),
    resolve: (cookie: string, thread: string, resolved: boolean) =>
      call(cookie, 'PUT', `${base}/${thread}/resolved`, { resolved }),
    become: (cookie: string, thread: string, body: object) =>
      call(cookie, 'POST', `${base}/${thread}/become`, body),
  }
}

/** Characters that say these words where they first stand in a log, and a little of what is around them. */
export function anchorOn(doc: Y.Doc, quote: string) {
  const text = new LogText(doc)
  const from = text.words.indexOf(quote)
  if (from < 0) throw new Error(`«${quote}» does not stand in the log`)
  const span = { from, to: from + quote.length }
  const { prefix, suffix } = text.wordsOf([span])
  return { kind: 'text' as const, ranges: text.idsOf([span]), quote, prefix, suffix }
}

/** What a thread's mark stands on in a log. */
export function markedBy(doc: Y.Doc, thread: string): string {
  const text = new LogText(doc)
  const id = Thread.shape.id.parse(thread)
  return text.wordsOf(text.marked(id)).quote
}
