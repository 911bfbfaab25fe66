import type { Answer, Operations } from './thread-messages.ts'

/**
 * Shared memory between the server and its writing thread. An edit waits for two turns between threads, and a message
 * wakes a thread by way of its event loop; this wakes it at once (measured: half the time and half the processor).
 */
export type Lane = {
  readonly memory: SharedArrayBuffer
  readonly state: Int32Array<SharedArrayBuffer>
  /** What is handed over lies here. */
  readonly room: Buffer
}

type Batch = Operations['append']['ask']

const STATE_BYTES = 32
const ROOM = 1024 * 1024
/** Places in the state: how often the thread was called and has answered, and what lies in the room. */
const CALLS = 0
const ANSWERS = 1
const WAITING = 2
const HEAD = 3
const BYTES = 4

const nothing = new Uint8Array(0)

export function openLane(memory = new SharedArrayBuffer(STATE_BYTES + ROOM)): Lane {
  const state = new Int32Array(memory, 0, STATE_BYTES / Int32Array.BYTES_PER_ELEMENT)
  return { memory, state, room: Buffer.from(memory, STATE_BYTES) }
}

/** Wakes the thread: something waits in the lane or among its messages. */
export function wake({ state }: Lane): void {
  Atomics.add(state, CALLS, 1)
  Atomics.notify(state, CALLS)
}

/** Hands a batch over and tells its answer; false, and nothing done, when it is too large for the lane. */
export function send(lane: Lane, { rows, bytes, now }: Batch, tell: (said: Answer) => void): boolean {
  const head = JSON.stringify({ rows, now })
  if (Buffer.byteLength(head) + bytes.length > ROOM) return false
  put(lane, head, bytes)
  const { state } = lane
  const { value } = Atomics.waitAsync(state, ANSWERS, Atomics.load(state, ANSWERS))
  Atomics.store(state, WAITING, 1)
  wake(lane)
  void Promise.resolve(value).then(() => tell(JSON.parse(take(lane).head)))
  return true
}

/** In the thread: sleeps until it is called again after `seen`, and returns the call it has seen now. */
export function sleep({ state }: Lane, seen: number): number {
  Atomics.wait(state, CALLS, seen)
  return Atomics.load(state, CALLS)
}

/** In the thread: the batch that waits, if one does. */
export function receive(lane: Lane): Batch | undefined {
  if (Atomics.exchange(lane.state, WAITING, 0) === 0) return undefined
  const { head, bytes } = take(lane)
  return { ...JSON.parse(head), bytes }
}

/** In the thread: answers the batch it received. */
export function answer(lane: Lane, said: Answer): void {
  put(lane, JSON.stringify(said), nothing)
  Atomics.add(lane.state, ANSWERS, 1)
  Atomics.notify(lane.state, ANSWERS)
}

function put({ room, state }: Lane, head: string, bytes: Uint8Array) {
  const size = room.write(head)
  room.set(bytes, size)
  state[HEAD] = size
  state[BYTES] = bytes.length
}

function take({ room, state }: Lane): { head: string; bytes: Uint8Array<ArrayBuffer> } {
  const size = state[HEAD] ?? 0
  return {
    head: room.toString('utf8', 0, size),
    bytes: new Uint8Array(room.subarray(size, size + (state[BYTES] ?? 0))),
  }
}
