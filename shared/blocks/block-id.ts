import { drawId } from '../draw-id.ts'
import { BlockId } from '../ids.ts'

/** A new block id. */
export const newBlockId = (): BlockId => BlockId.parse(drawId())
