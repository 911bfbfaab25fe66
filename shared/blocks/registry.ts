import { type Extensions, getSchema } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { ChosenSelection } from './chosen-selection.ts'
import { CommentMark } from './comment-mark.ts'
import { Concern } from './concern.ts'
import { Decision } from './decision.ts'
import { Evaluation } from './evaluation.ts'
import { Goal, GoalTitle } from './goal.ts'
import { BlockKeyboard } from './keyboard.ts'
import { BulletList, ListItem, OrderedList } from './lists.ts'
import { Bold, Italic, Link } from './marks.ts'
import { Measure } from './measure.ts'
import { Mention } from './mention.ts'
import { Minutes } from './minutes.ts'
import { PlainAtoms } from './plain-atoms.ts'
import { RemoteEdits } from './remote-edits.ts'
import { Doc, HardBreak, Heading, Paragraph, Text } from './text.ts'
import { UniqueIds } from './unique-ids.ts'

/**
 * Version of everything in this list. A client with an older one is refused before it syncs, since it
 * would delete what it does not know [BL3]. The fingerprint in tests/shared/protocol.test.ts fails until
 * a change here is decided on.
 *
 * Version history
 * 1  first version
 * 2  the mark `comment` and the block `minutes`
 */
export const BLOCKS_VERSION = 2

/** Every block and mark of a log, in order, and how they behave. The client's views extend these; nobody else declares blocks. */
export const blockExtensions = [
  Doc,
  Paragraph,
  Text,
  Heading,
  BulletList,
  OrderedList,
  ListItem,
  Goal,
  GoalTitle,
  Measure,
  Evaluation,
  Concern,
  Decision,
  Minutes,
  Mention,
  HardBreak,
  Bold,
  Italic,
  Link,
  CommentMark,
  BlockKeyboard,
  UniqueIds,
  PlainAtoms,
  RemoteEdits,
  ChosenSelection,
] as const satisfies Extensions

let schema: Schema | undefined

/** The one editor schema, the same in the browser, on the server and in tests. */
export function editorSchema(): Schema {
  schema ??= getSchema([...blockExtensions])
  return schema
}
