import { replaceEqualDeep } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Doc, Transaction } from 'yjs'
import { type BlockOutline, blockOutline, ReadBlocks } from '../../shared/case-log/outline.ts'
import { createStore } from '../ui/store.ts'

/** A context of its own: what does not read the log is not drawn again when somebody changes it. */
export const OutlineContext = createContext<BlockOutline | undefined>(undefined)

/** The log on the wall, as values. What of it did not change is the same object as before. */
export function useOutlineOnWall(): BlockOutline {
  const log = useContext(OutlineContext)
  if (log === undefined) throw new Error('not on the wall')
  return log
}

/** Changes that come closer together than this (ms) are read together. */
const PACE = 16

/**
 * Goals, measures and decisions of an open log, live. Writing in the minutes draws nothing else. A store: React draws
 * what comes of it at once, before the frame that the editor has asked for, and not in one more after that.
 */
export function useOutline(doc: Doc): BlockOutline {
  const [store] = useState(() => createStore(blockOutline(doc)))
  useEffect(() => {
    const read = new ReadBlocks()
    // A timer: a frame that was asked for is drawn, whether anything changed or not.
    let timer: ReturnType<typeof setTimeout> | undefined
    let changed = true
    const look = (): void => {
      timer = undefined
      if (!changed) return
      changed = false
      store.set(replaceEqualDeep(store.get(), blockOutline(doc, read)))
      timer = setTimeout(look, PACE)
    }
    const hear = (_update: Uint8Array, _origin: unknown, _doc: Doc, transaction: Transaction): void => {
      read.forget(transaction)
      changed = true
      if (timer === undefined) look()
    }
    look()
    doc.on('update', hear)
    return () => {
      doc.off('update', hear)
      clearTimeout(timer)
    }
  }, [doc, store])
  return useSyncExternalStore(store.subscribe, store.get)
}
