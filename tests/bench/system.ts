import type * as Y from 'yjs'

/** One person's connection to one log, whatever the server. */
export type Peer = {
  readonly doc: Y.Doc
  /** Changes that the server has not acknowledged yet; undefined where it never acknowledges. */
  readonly pending: (() => number) | undefined
  /** Called once for every acknowledged change. */
  readonly onSaved: (listener: () => void) => void
  /** Bytes on the wire so far, frames and handshake included. */
  readonly traffic: () => Traffic
  readonly close: () => void
}

export type Traffic = { readonly sent: number; readonly received: number }

/** A connection without a document of its own, so that what is measured is the server and not this side. */
export type Line = {
  readonly send: (update: Uint8Array) => void
  /** What others wrote, as it comes in. */
  readonly onUpdate: (listener: (update: Uint8Array) => void) => void
  readonly onSaved: (listener: () => void) => void
  readonly close: () => void
}

/** A server process in use. */
export type Running = {
  readonly pid: number
  /** A log that ten people may write in; its document name. */
  readonly createLog: () => Promise<string>
  /** Opens a log as the n-th person; resolves once the server has answered with what it has. */
  readonly join: (log: string, person: number, doc?: Y.Doc) => Promise<Peer>
  /** The same for one who writes under this client id and keeps no document. */
  readonly line: (log: string, person: number, clientId: number) => Promise<Line>
  /** Ends the server the way an operator would. */
  readonly stop: () => Promise<void>
  /** Ends it the way a power cut would. */
  readonly kill: () => Promise<void>
}

/** Something that is measured. */
export type System = {
  readonly name: string
  readonly note: string
  /** Holds logs as documents; a bare fan-out only passes on. */
  readonly holdsLogs: boolean
  /** Has them on disk, so that it can open them again. */
  readonly keepsLogs: boolean
  /** Tells a writer that a change is saved. */
  readonly acknowledges: boolean
  readonly start: (folder: string) => Promise<Running>
}
