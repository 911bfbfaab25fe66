import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { until } from './client.ts'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const UPDATE = 2
const STEP_2 = 1

export type RawSocket = Awaited<ReturnType<typeof openRaw>>

type Options = { path?: string; headers?: Record<string, string> }

/** A socket that says whatever it is told: what an attacker has. */
export async function openRaw(port: number, { path = '/collab', headers = {} }: Options = {}) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  ws.binaryType = 'nodebuffer'
  const types: number[] = []
  let closed: { code: number; reason: string } | undefined
  let refused: string | undefined
  ws.on('message', (data) => {
    if (!(data instanceof Buffer)) return
    const decoder = createDecoder(data)
    readVarString(decoder)
    types.push(readVarUint(decoder))
  })
  ws.on('close', (code, reason) => {
    closed ??= { code, reason: reason.toString() }
  })
  ws.on('error', (error) => {
    refused = error.message
  })
  await until(
    'the socket to open or be refused',
    () => ws.readyState !== ws.CONNECTING || refused !== undefined,
  )

  const frame = (document: string, write: (encoder: Encoder) => void) => {
    const encoder = createEncoder()
    writeVarString(encoder, document)
    write(encoder)
    ws.send(toUint8Array(encoder))
  }
  return {
    ws,
    /** Hocuspocus message types received so far. */
    types,
    refused: () => refused,
    bytes: (data: Uint8Array) => ws.send(data),
    frame,
    auth: (document: string, ticket: string) =>
      frame(document, (encoder) => {
        writeVarUint(encoder, AUTH)
        writeVarUint(encoder, 0)
        writeVarString(encoder, ticket)
      }),
    update: (document: string, update: Uint8Array, step2 = false) =>
      frame(document, (encoder) => {
        writeVarUint(encoder, SYNC)
        writeVarUint(encoder, step2 ? STEP_2 : UPDATE)
        writeVarUint8Array(encoder, update)
      }),
    awareness: (document: string, states: readonly [client: number, clock: number, state: unknown][]) =>
      frame(document, (encoder) => {
        const inner = createEncoder()
        writeVarUint(inner, states.length)
        for (const [client, clock, state] of states) {
          writeVarUint(inner, client)
          writeVarUint(inner, clock)
          writeVarString(inner, JSON.stringify(state))
        }
        writeVarUint(encoder, AWARENESS)
        writeVarUint8Array(encoder, toUint8Array(inner))
      }),
    async closing() {
      await until('the socket to be closed', () => closed !== undefined)
      return closed
    },
    open: () => ws.readyState === ws.OPEN,
    close: () => ws.terminate(),
  }
}

/** Bytes written by hand, for updates that Yjs would not make. */
export function handmade(write: (encoder: Encoder) => void): Uint8Array {
  const encoder = createEncoder()
  write(encoder)
  return toUint8Array(encoder)
}

export { writeUint8Array, writeVarString, writeVarUint }

/** The update that a client with this id would send after a change. */
export function updateBy(
  clientId: number,
  base: Uint8Array | undefined,
  change: (doc: Y.Doc) => void,
): Uint8Array {
  const doc = new Y.Doc()
  if (base) Y.applyUpdate(doc, base)
  doc.clientID = clientId
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  doc.transact(() => change(doc))
  return Y.mergeUpdates(made)
}
