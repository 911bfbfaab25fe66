import type { BlockJson } from '../../shared/blocks/json.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Piece } from './pieces.ts'

/** Takes every signature out of pieces that is not their writer's: what was lost may have been made up. */
export const signedOnlyBy = (pieces: readonly Piece[], person: PersonId | undefined): Piece[] =>
  pieces.map((piece) =>
    'block' in piece.what ? { ...piece, what: { block: unsigned(piece.what.block, person) } } : piece,
  )

function unsigned(block: BlockJson, person: PersonId | undefined): BlockJson {
  const { attrs, content } = block
  const foreign = attrs?.['by'] !== undefined && attrs['by'] !== person
  return {
    ...block,
    ...(foreign ? { attrs: { ...attrs, by: null } } : {}),
    ...(content ? { content: content.map((child) => unsigned(child, person)) } : {}),
  }
}
