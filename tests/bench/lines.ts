import { once } from 'node:events'
import { createDecoder, type Decoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import { type RawData, WebSocket } from 'ws'
import type { Line } from './system.ts'

const SYNC = 0
const AUTH = 2
const SYNC_STATUS = 8
const PONG = 10
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2
const AUTHENTICATED = 2
const NOTHING = Uint8Array.of(0)
const NO_UPDATE = Uint8Array.of(0, 0)

/** A line to a Hocuspocus, plain or ours. */
export async function hocuspocusLine(
  url: string,
  log: string,
  token: string,
  headers: Record<string, string>,
): Promise<Line> {
  const socket = await open(url, headers)
  const frame = (write: (encoder: Encoder) => void) =>
    socket.send((encoder) => {
      writeVarString(encoder, log)
      write(encoder)
    })
  const sync = synchronise(frame)
  socket.onFrame((decoder, size) => {
    if (size === 1) return socket.send((encoder) => writeVarUint(encoder, PONG))
    readVarString(decoder)
    const type = readVarUint(decoder)
    if (type === SYNC) sync.read(decoder)
    else if (type === SYNC_STATUS) sync.saved()
    else if (type === AUTH && readVarUint(decoder) === AUTHENTICATED) sync.ask()
    else if (type === AUTH) sync.refuse(`${log}: ${readVarString(decoder)}`)
  })
  socket.onClose((code) => sync.refuse(`${log}: closed with ${code}`))
  frame((encoder) => {
    writeVarUint(encoder, AUTH)
    writeVarUint(encoder, 0)
    writeVarString(encoder, token)
    writeVarString(encoder, 'bench')
  })
  return sync.line(socket.close)
}

/** A line to a server that speaks the plain Yjs protocol. */
export async function plainLine(url: string, log: string): Promise<Line> {
  const socket = await open(`${url}/${log}`, {})
  const sync = synchronise(socket.send)
  socket.onFrame((decoder) => {
    if (readVarUint(decoder) === SYNC) sync.read(decoder)
  })
  socket.onClose((code) => sync.refuse(`${log}: closed with ${code}`))
  sync.ask()
  return sync.line(socket.close)
}

/** A line through the bare fan-out: updates and nothing else. */
export async function bareLine(url: string, log: string): Promise<Line> {
  const socket = await open(`${url}/${log}`, {})
  const listeners: ((update: Uint8Array) => void)[] = []
  socket.onBytes((data) => {
    for (const listener of listeners) listener(data)
  })
  return {
    send: socket.bytes,
    onUpdate: (listener) => listeners.push(listener),
    onSaved: () => {},
    close: socket.close,
  }
}

/** The sync part of both wires: asks for what there is, answers that there is nothing here, then passes updates. */
function synchronise(frame: (write: (encoder: Encoder) => void) => void) {
  const updates: ((update: Uint8Array) => void)[] = []
  const saves: (() => void)[] = []
  const synced = Promise.withResolvers<void>()
  const say = (kind: number, data: Uint8Array) =>
    frame((encoder) => {
      writeVarUint(encoder, SYNC)
      writeVarUint(encoder, kind)
      writeVarUint8Array(encoder, data)
    })
  return {
    ask: () => say(STEP_1, NOTHING),
    read(decoder: Decoder) {
      const kind = readVarUint(decoder)
      if (kind === STEP_1) say(STEP_2, NO_UPDATE)
      else if (kind === STEP_2) synced.resolve()
      else if (kind === UPDATE) {
        const update = readVarUint8Array(decoder)
        for (const listener of updates) listener(update)
      }
    },
    saved() {
      for (const listener of saves) listener()
    },
    refuse: (reason: string) => synced.reject(new Error(reason)),
    async line(close: () => void): Promise<Line> {
      await synced.promise
      return {
        send: (update) => say(UPDATE, update),
        onUpdate: (listener) => updates.push(listener),
        onSaved: (listener) => saves.push(listener),
        close,
      }
    },
  }
}

async function open(url: string, headers: Record<string, string>) {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const waiting: Uint8Array[] = []
  let read = (data: Uint8Array): void => void waiting.push(data)
  socket.on('message', (data) => read(bytesOf(data)))
  await once(socket, 'open')
  // A killed server resets the connection; what is lost by that is counted, not thrown.
  socket.on('error', () => {})
  const onBytes = (listener: (data: Uint8Array) => void) => {
    read = listener
    for (const data of waiting.splice(0)) listener(data)
  }
  const bytes = (data: Uint8Array) => {
    if (socket.readyState === socket.OPEN) socket.send(data)
  }
  return {
    bytes,
    onBytes,
    send(write: (encoder: Encoder) => void) {
      const encoder = createEncoder()
      write(encoder)
      bytes(toUint8Array(encoder))
    },
    onFrame: (listener: (decoder: Decoder, size: number) => void) =>
      onBytes((data) => listener(createDecoder(data), data.length)),
    onClose: (listener: (code: number) => void) => socket.on('close', listener),
    close: () => socket.terminate(),
  }
}

export const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data
