import { type Editor, Extension } from '@tiptap/core'
import { useSyncExternalStore } from 'react'
import type { Attainment, Member } from '../../shared/cases.ts'
import type { BlockId, ServiceId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Service } from '../../shared/services.ts'
import type { BlockForAgenda } from './on-agenda.ts'
import type { Undo } from './rating.ts'

/** What a comment is begun on: what is selected, or the line or block at a place. */
export type CommentOn = { readonly at: number } | 'selection'

/** What the blocks need to know about the log they stand in. Functions are asked again whenever the editor changes. */
export type BlocksContext = {
  readonly services: readonly Service[]
  readonly me: Person
  readonly members: () => readonly Member[]
  readonly canWrite: () => boolean
  readonly canRate: () => boolean
  /** Has the server write a rating for somebody whose connection is read-only. */
  readonly rateThroughServer?: (goal: BlockId, score: Attainment, line: string) => Promise<Undo>
  /** Shows who wrote what is selected; missing for who may not see a log's history. */
  readonly askWho?: ((editor: Editor) => void) | undefined
  readonly canComment?: () => boolean
  /** Begins a comment; missing where there is none, as in the composer. */
  readonly comment?: ((on: CommentOn) => void) | undefined
  /** Puts a block on the agenda of the log's next meeting; missing for who may not. */
  readonly putOnAgenda?: (() => ((block: BlockForAgenda) => void) | undefined) | undefined
  /** Only blocks in nodes of this type are on the screen: the others need no controls. */
  readonly shownIn?: string | undefined
  /** Whether this log has a thread of comments with that id. */
  readonly isThread?: (thread: string) => boolean
}

/** What the views draw from. A new object only when something in it changed. */
export type Blocks = {
  readonly services: readonly Service[]
  readonly me: Person
  readonly members: readonly Member[]
  readonly canWrite: boolean
  readonly canRate: boolean
  readonly rateThroughServer: BlocksContext['rateThroughServer']
  readonly askWho: BlocksContext['askWho']
  /** Begins a comment; missing for who may not. */
  readonly comment: BlocksContext['comment']
  /** Puts a block on the agenda; missing for who may not. */
  readonly putOnAgenda: ((block: BlockForAgenda) => void) | undefined
}

type BlocksStore = {
  read: () => Blocks
  subscribe: (listener: () => void) => () => void
  refresh: () => void
}

declare module '@tiptap/core' {
  interface Storage {
    blocks: { store: BlocksStore; drafts: Map<BlockId, string>; shownIn: string | undefined }
  }
}

function createStore(context: BlocksContext): BlocksStore {
  const listeners = new Set<() => void>()
  const ask = (): Blocks => ({
    services: context.services,
    me: context.me,
    members: context.members(),
    canWrite: context.canWrite(),
    canRate: context.canRate(),
    rateThroughServer: context.rateThroughServer,
    askWho: context.askWho,
    comment: context.canComment?.() ? context.comment : undefined,
    putOnAgenda: context.putOnAgenda?.(),
  })
  let current = ask()
  return {
    read: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    refresh() {
      const next = ask()
      const same =
        next.members === current.members &&
        next.canWrite === current.canWrite &&
        next.canRate === current.canRate &&
        next.comment === current.comment &&
        next.putOnAgenda === current.putOnAgenda
      if (same) return
      current = next
      for (const listener of listeners) listener()
    },
  }
}

/** Hands the log's context to the views. One listener for all of them, so that typing wakes none. */
export const blocksContext = (context: BlocksContext): Extension =>
  Extension.create({
    name: 'blocks',
    addStorage: () => ({
      store: createStore(context),
      drafts: new Map<BlockId, string>(),
      shownIn: context.shownIn,
    }),
    onTransaction() {
      this.editor.storage.blocks.store.refresh()
    },
    onUpdate() {
      // `setEditable` tells by an update without a transaction.
      this.editor.storage.blocks.store.refresh()
    },
  })

export const blocksOf = (editor: Editor): Blocks => editor.storage.blocks.store.read()

export function useBlocks(editor: Editor): Blocks {
  const { subscribe, read } = editor.storage.blocks.store
  return useSyncExternalStore(subscribe, read)
}

export const serviceOf = (blocks: Blocks, id: ServiceId | null | undefined): Service | undefined =>
  blocks.services.find((service) => service.id === id)
