import type { TestApp } from './server.ts'

export type Answer<T> = { status: number; body: T }
export type Caller = {
  person: string
  get<T = unknown>(path: string): Promise<Answer<T>>
  post<T = unknown>(path: string, body?: unknown): Promise<Answer<T>>
  put<T = unknown>(path: string, body?: unknown): Promise<Answer<T>>
  remove<T = unknown>(path: string): Promise<Answer<T>>
}

/** Somebody signed in, who calls the API as their browser would. */
export async function caller(app: TestApp, person: string): Promise<Caller> {
  const cookie = await app.signIn(person)
  async function send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await fetch(`${app.url}/api${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  return {
    person,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    remove: (path) => send('DELETE', path),
  }
}
