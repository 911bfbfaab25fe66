import { type Connection, OutgoingMessage } from '@hocuspocus/server'
import type { Frame } from './frames.ts'
import type { CollabContext, Visit } from './visit.ts'

type Parts = {
  /** Who writes on this connection, as soon as the ticket has told. */
  visit: () => Visit | undefined
  /** Checks, stores and applies the first of these updates, and maybe some after it; resolves with how many. */
  write(visit: Visit, updates: readonly Uint8Array[]): Promise<number>
  /** Gives a frame to Hocuspocus, with its hooks. */
  handOver(bytes: Uint8Array): void
  /** Ends the connection. */
  onRefused(error: unknown): void
}

export type Inbox = {
  take(bytes: Uint8Array, frame: Frame): void
  /** Resolves when all that came has been dealt with; undefined when there is nothing left. */
  left(): Promise<void> | undefined
}

type Waiting = { bytes: Uint8Array; frame: Frame }

/**
 * The frames of one connection, in the order in which they came. Updates go straight to the gate, and what has queued
 * up behind a commit goes there together; everything else, and any update that the gate has something to say about,
 * goes Hocuspocus' way.
 */
export function createInbox({ visit, write, handOver, onRefused }: Parts): Inbox {
  let queue: Waiting[] = []
  let working: Promise<void> | undefined

  async function work() {
    for (let next = queue[0]; next; next = queue[0]) {
      const writer = visit()
      // What Hocuspocus has of this connection came before.
      await writer?.connection?.waitForPendingMessages()
      while (writer?.recheck !== undefined) await writer.recheck
      if (next.frame.update && writer && (await writeNext(writer))) continue
      queue.shift()
      if (next.frame.seen === undefined) handOver(next.bytes)
      else {
        writer?.seen.reach(next.frame.seen)
        writer?.socket.handled(next.bytes.length)
      }
    }
    working = undefined
  }

  /** False when the next frame is not for this way. */
  async function writeNext(writer: Visit): Promise<boolean> {
    const { connection, mayWrite, socket } = writer
    if (!connection || !mayWrite || socket.refused) return false
    const updates = waitingUpdates()
    try {
      const count = await write(
        writer,
        updates.map(({ update }) => update),
      )
      if (count === 0) return false
      const done = new Set(updates.slice(0, count).map(({ waiting }) => waiting))
      queue = queue.filter((waiting) => !done.has(waiting))
      acknowledge(writer, connection, done)
      return true
    } catch (error) {
      onRefused(error)
      return false
    }
  }

  /** Where somebody is may be told after what they wrote, never before: it would point at what is not there yet. */
  function waitingUpdates() {
    const updates: { waiting: Waiting; update: Uint8Array }[] = []
    for (const waiting of queue) {
      const { update, presence } = waiting.frame
      if (update) updates.push({ waiting, update })
      else if (!presence) break
    }
    return updates
  }

  /** Once for each frame, as Hocuspocus does: its provider counts them. */
  function acknowledge({ socket }: Visit, connection: Connection<CollabContext>, done: ReadonlySet<Waiting>) {
    const message = new OutgoingMessage(connection.messageAddress).writeSyncStatus(true).toUint8Array()
    // With the update itself, which Hocuspocus is about to send to everybody, its writer too.
    socket.gather()
    for (const { bytes } of done) {
      connection.send(message)
      socket.handled(bytes.length)
    }
  }

  return {
    take(bytes, frame) {
      queue.push({ bytes, frame })
      working ??= work()
    },
    left: () => working,
  }
}
