import { editorSchema } from '../../shared/blocks/registry.ts'

/** What the block schema can build, as sets: what the gate compares each struct with. */
export type KnownContent = {
  /** Elements that may stand in an element; `doc` is the log itself. */
  children: ReadonlyMap<string, ReadonlySet<string>>
  attributes: ReadonlyMap<string, ReadonlySet<string>>
  /** Elements that hold text. */
  textBlocks: ReadonlySet<string>
  marks: ReadonlySet<string>
}

let known: KnownContent | undefined

/** Read off the one editor schema, so that the gate never knows more or less than the editor. */
export function knownContent(): KnownContent {
  known ??= read()
  return known
}

function read(): KnownContent {
  const schema = editorSchema()
  const types = Object.values(schema.nodes).filter((type) => type !== schema.nodes['text'])
  const childrenOf = (parent: (typeof types)[number]) =>
    types.filter((type) => parent.contentMatch.matchType(type) !== null).map(({ name }) => name)
  return {
    children: new Map(types.map((type) => [type.name, new Set(childrenOf(type))])),
    attributes: new Map(types.map((type) => [type.name, new Set(Object.keys(type.spec.attrs ?? {}))])),
    textBlocks: new Set(types.filter(({ inlineContent }) => inlineContent).map(({ name }) => name)),
    marks: new Set(Object.keys(schema.marks)),
  }
}

/** y-tiptap adds a hash to marks that may overlap themselves. */
export const markName = (key: string): string => /^(.*)--[a-zA-Z0-9+/=]{8}$/.exec(key)?.[1] ?? key
