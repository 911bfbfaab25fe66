/** One whole binary message that is not masked: how a server sends (RFC 6455 §5.2). */
const WHOLE_BINARY = 0x82
const TWO_BYTES = 126

/** What is longer costs more to copy than to frame again. */
export const MOST_FRAMED = 0xffff

let last: { message: Uint8Array; frame: Buffer } | undefined

/**
 * A message of at most `MOST_FRAMED` bytes as a WebSocket frame. What everybody in a log gets is one message and becomes one frame, written to each
 * socket as it is: the library would make it again for each of them.
 */
export function framed(message: Uint8Array): Buffer {
  if (last?.message !== message) last = { message, frame: frameOf(message) }
  return last.frame
}

function frameOf(message: Uint8Array): Buffer {
  const { length } = message
  const head = length < TWO_BYTES ? 2 : 4
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = WHOLE_BINARY
  if (head === 2) frame[1] = length
  else {
    frame[1] = TWO_BYTES
    frame.writeUInt16BE(length, 2)
  }
  frame.set(message, head)
  return frame
}
