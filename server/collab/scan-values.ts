import {
  type Decoder,
  readFloat32,
  readFloat64,
  readUint8,
  readVarInt,
  readVarString,
  readVarUint,
} from 'lib0/decoding'
import { AppError } from '../../shared/errors.ts'

/** Attributes hold a value or a list of values; nothing in a log is nested deeper. */
const MOST_DEPTH = 2
const MOST_ITEMS = 1000
/** Names, labels and dates; what is longer is text, and stands in the text. */
const MOST_LENGTH = 4000

/** Reads past one value of lib0's any-encoding; throws on what no attribute of a block can hold. */
export function readPlain(decoder: Decoder, depth = 0): void {
  const type = readUint8(decoder)
  switch (type) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125:
      readVarInt(decoder)
      return
    case 124:
      readFloat32(decoder)
      return
    case 123:
      readFloat64(decoder)
      return
    case 119:
      if (readVarString(decoder).length > MOST_LENGTH) throw unknown('a value too long')
      return
    case 117: {
      const count = readVarUint(decoder)
      if (count > MOST_ITEMS || depth >= MOST_DEPTH) throw unknown('a list too long or too deep')
      for (let left = count; left > 0; left--) readPlain(decoder, depth + 1)
      return
    }
    default:
      throw unknown('a value that no attribute has')
  }
}

/** The value of a mark. */
export function readJson(text: string): unknown {
  if (text.length > MOST_LENGTH) throw unknown('a mark too long')
  return JSON.parse(text)
}

const unknown = (reason: string) => new AppError('updateUnknownContent', { reason })
