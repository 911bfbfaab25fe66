import type { Editor } from '@tiptap/core'
import { createContext, useContext } from 'react'
import type { CaseDetail } from '../../shared/cases.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import type { AgendaItem, Meeting } from '../../shared/meetings.ts'
import type { Undo } from '../blocks/rating.ts'
import type { LogConnection } from '../collab/connection.ts'
import type { Commands } from './commands.ts'

/** Lines begun in the composers, by log: they outlive a move to another log and back, and the meeting. */
export type Drafts = Map<CaseId, string>

/** A meeting while it is held, whichever log stands on the wall. */
export type MeetingOnWall = {
  readonly meeting: Meeting
  /** This person leads. */
  readonly leads: boolean
  readonly commands: Commands
  /** Text as this screen may show it now: names are drawn to letters while they are hidden. */
  say(text: string): string
  /** Shows what was just done and how to take it back, for ten seconds. */
  offerUndo(text: string, undo: Undo | undefined): void
  /** Something else is being done: what is still offered would be taken for that. */
  forgetUndo(): void
  readonly drafts: Drafts
  /** When the next meeting is to be, as the leader has chosen it; ms since epoch. */
  readonly next: number | undefined
  chooseNext(at: number | undefined): void
}

/** What the wall needs of a log's row: who may do what in it. Not what changes with every line. */
export type WallCase = Pick<CaseDetail, 'id' | 'role' | 'members'>

/** The log of the item on this screen. */
export type LogOnWall = {
  readonly item: AgendaItem | undefined
  readonly detail: WallCase
  readonly log: LogConnection
  /** Undefined until the text is here. */
  readonly editor: Editor | undefined
  /** May write in this log, and its text is here. */
  readonly writes: boolean
  /** The block that the minutes are written in. */
  readonly minutes: BlockId | undefined
}

export const MeetingContext = createContext<MeetingOnWall | undefined>(undefined)
export const LogContext = createContext<LogOnWall | undefined>(undefined)

const inside = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not on the wall')
  return value
}
export const useOnWall = (): MeetingOnWall => inside(useContext(MeetingContext))
export const useLogOnWall = (): LogOnWall => inside(useContext(LogContext))
