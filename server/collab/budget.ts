/** What may come in over time: one socket's, or one person's on all sockets together. */
const PER_SOCKET = { frames: 4000, bytes: 4 * 1024 * 1024 }
const PER_PERSON = { frames: 8000, bytes: 8 * 1024 * 1024 }
/** A paste or an hour offline comes at once. */
const BURST_SECONDS = 4
const MOST_WAITING_FRAMES = 2000
const MOST_WAITING_BYTES = 8 * 1024 * 1024
/** People whose buckets are kept; a bucket that has filled up again can be forgotten. */
const MOST_PEOPLE = 2000

type Rate = { readonly frames: number; readonly bytes: number }

/** A token bucket for frames and bytes. */
export class Bucket {
  readonly #rate: Rate
  #frames: number
  #bytes: number
  #at = performance.now()

  constructor(rate: Rate) {
    this.#rate = rate
    this.#frames = rate.frames * BURST_SECONDS
    this.#bytes = rate.bytes * BURST_SECONDS
  }

  take(frames: number, bytes: number) {
    this.#frames -= frames
    this.#bytes -= bytes
  }

  /** Seconds until nothing is owed any more. */
  owed(): number {
    if (this.#frames >= 0 && this.#bytes >= 0) return 0
    this.#refill()
    return Math.max(0, -this.#frames / this.#rate.frames, -this.#bytes / this.#rate.bytes)
  }

  isFull(): boolean {
    this.#refill()
    const { frames, bytes } = this.#rate
    return this.#frames >= frames * BURST_SECONDS && this.#bytes >= bytes * BURST_SECONDS
  }

  #refill() {
    const now = performance.now()
    const seconds = (now - this.#at) / 1000
    const { frames, bytes } = this.#rate
    this.#at = now
    this.#frames = Math.min(this.#frames + seconds * frames, frames * BURST_SECONDS)
    this.#bytes = Math.min(this.#bytes + seconds * bytes, bytes * BURST_SECONDS)
  }
}

/** One bucket for each person, shared by all of that person's sockets. */
export function createPersonBuckets(rate: Rate = PER_PERSON): (person: string) => Bucket {
  const buckets = new Map<string, Bucket>()
  return (person) => {
    let bucket = buckets.get(person)
    if (!bucket) {
      if (buckets.size >= MOST_PEOPLE) for (const [key, one] of buckets) if (one.isFull()) buckets.delete(key)
      bucket = new Bucket(rate)
      buckets.set(person, bucket)
    }
    return bucket
  }
}

export type Budget = {
  arrived(bytes: number): void
  handled(bytes: number): void
  /** Work that a frame caused beyond its own size. */
  charge(bytes: number): void
  /** From now on the person's other sockets count as well. */
  shareWith(bucket: Bucket): void
  stop(): void
}

/**
 * Who is over budget is not thrown out but read more slowly: the network holds the rest back, and nothing is lost.
 */
export function createBudget(flow: { pause(): void; resume(): void }, rate: Rate = PER_SOCKET): Budget {
  const buckets = [new Bucket(rate)]
  let waitingFrames = 0
  let waitingBytes = 0
  let paused = false
  let timer: NodeJS.Timeout | undefined

  const congested = () => waitingFrames > MOST_WAITING_FRAMES || waitingBytes > MOST_WAITING_BYTES

  function settle() {
    const owed = Math.max(...buckets.map((bucket) => bucket.owed()))
    if (owed > 0) {
      hold()
      timer ??= setTimeout(
        () => {
          timer = undefined
          settle()
        },
        owed * 1000 + 5,
      )
    } else if (congested()) hold()
    else if (paused) {
      paused = false
      flow.resume()
    }
  }

  function hold() {
    if (paused) return
    paused = true
    flow.pause()
  }

  function take(frames: number, bytes: number) {
    for (const bucket of buckets) bucket.take(frames, bytes)
    if (congested() || buckets.some((bucket) => bucket.owed() > 0)) settle()
  }

  return {
    arrived(size) {
      waitingFrames++
      waitingBytes += size
      take(1, size)
    },
    handled(size) {
      waitingFrames = Math.max(0, waitingFrames - 1)
      waitingBytes = Math.max(0, waitingBytes - size)
      if (paused && !congested()) settle()
    },
    charge: (bytes) => take(0, bytes),
    shareWith: (bucket) => void buckets.push(bucket),
    stop: () => clearTimeout(timer),
  }
}
