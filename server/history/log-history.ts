import type { BlockChanges, HistoryNode, HistoryRun, Seq } from '../../shared/history.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import type { Writer } from '../case-log/authorship.ts'
import type { PackedUpdates } from '../db/thread-messages.ts'
import { LogNews } from '../news/log-news.ts'
import { excerptOf } from './excerpt.ts'
import { tellFacts } from './facts.ts'
import { elements, keyOf, type Model, readModel, standsIn } from './model.ts'
import { planRestore, type RestorePlan } from './restore-plan.ts'
import { daysOf, sessionsOf } from './sessions.ts'
import { Timeline } from './timeline.ts'
import { nodeOf, treeBetween } from './tree.ts'
import { isNamed } from './units.ts'
import { whoWrote } from './who.ts'

export type SessionFacts = {
  from: Seq
  to: Seq
  startedAt: number
  endedAt: number
  writer: number
  updates: number
  blocks: BlockChanges[]
}
export type Page = {
  seq: Seq
  writers: Writer[]
  sessions: SessionFacts[]
  next: Seq | null
  days: { day: string; services: string[]; to: Seq }[]
}
export type Moment = {
  seq: Seq
  since: Seq | null
  at: number | null
  writers: Writer[]
  blocks: HistoryNode[]
}
/** Between two moments: what changed in each block, net of what was written and deleted again in between. */
export type Changes = {
  /** The later moment: the one asked for, or the newest there is. */
  upto: Seq
  /** The facts' `writer` is a place in here. */
  writers: Writer[]
  blocks: (BlockChanges & {
    /** The block's text with what came and went in it, cut to what is around the changes. */
    excerpt: HistoryRun[]
  })[]
}

/** What a restore would do; `plan` is missing when the block did not stand then. */
export type Restoring = {
  plan: RestorePlan | undefined
  momentAt: number
  /** Whether the log had anything in it by then, and the moment has been. */
  known: boolean
}

/** One log's history: grows by updates, and answers. Lives in the history thread. */
export class LogHistory {
  readonly timeline = new Timeline()
  #model: Model | undefined
  #news: LogNews | undefined

  add(updates: PackedUpdates) {
    this.timeline.add(updates)
    this.#model = undefined
  }

  get news(): LogNews {
    this.#news ??= new LogNews(this.timeline)
    return this.#news
  }

  get model(): Model {
    this.#model ??= readModel(this.timeline)
    return this.#model
  }

  /** Sessions that ended before a moment (or the newest), newest first, and all days. */
  page(before: Seq | undefined, most: number, restores: readonly Seq[], zone: string): Page {
    const { timeline, model } = this
    const { seqs, ats } = timeline
    const { sessions, of } = sessionsOf(timeline, new Set(restores))
    const until = before === undefined ? timeline.turns + 1 : timeline.turnOf(before - 1) + 1
    const newest = sessions
      .map((session, number) => ({ session, number }))
      .filter(({ session }) => session.to < until)
      .sort((a, b) => b.session.to - a.session.to)
    const shown = newest.slice(0, most)
    const wanted = new Set(shown.map(({ number }) => number))
    const group = (turn: number) => {
      const number = of[turn] ?? -1
      return wanted.has(number) ? number : -1
    }
    const facts = tellFacts(model, { group, span: undefined })
    return {
      seq: timeline.seq,
      writers: timeline.writers,
      sessions: shown.map(({ session: { from, to, writer, updates }, number }) => ({
        from: seqs[from] ?? 0,
        to: seqs[to] ?? 0,
        startedAt: ats[from] ?? 0,
        endedAt: ats[to] ?? 0,
        writer,
        updates,
        blocks: facts.get(number) ?? [],
      })),
      next: newest.length > most ? (seqs[shown.at(-1)?.session.to ?? 0] ?? null) : null,
      days: daysOf(timeline, zone).map(({ to, ...day }) => ({ ...day, to: seqs[to] ?? 0 })),
    }
  }

  /** The log at a moment, with what came and went since an earlier one. */
  moment(seq: Seq, since: Seq | undefined): Moment {
    const { timeline, model } = this
    const to = timeline.turnOf(seq)
    const from = since === undefined ? to : Math.min(timeline.turnOf(since), to)
    return {
      seq: timeline.seqs[to] ?? 0,
      since: since === undefined ? null : (timeline.seqs[from] ?? 0),
      at: to === 0 ? null : (timeline.ats[to] ?? 0),
      writers: timeline.writers,
      blocks: treeBetween(model, { from, to }),
    }
  }

  /** What changed between two moments, in the order of the text. */
  changes(after: Seq, upto: Seq | undefined): Changes {
    const { timeline, model } = this
    const to = upto === undefined ? timeline.turns : timeline.turnOf(upto)
    const span = { from: Math.min(timeline.turnOf(after), to), to }
    const group = (turn: number) => (turn > span.from && turn <= to ? (timeline.by[turn] ?? -1) : -1)
    const byBlock = new Map<string, BlockChanges>()
    for (const blocks of tellFacts(model, { group, span }).values()) {
      for (const { block, facts } of blocks) {
        const known = byBlock.get(block.key)
        if (known) known.facts.push(...facts)
        else byBlock.set(block.key, { block, facts })
      }
    }
    const blocks: Changes['blocks'] = []
    for (const element of elements(model.top)) {
      const changed = byBlock.get(keyOf(element))
      if (!changed) continue
      const around = (turn: number) => standsIn(element.parent, turn)
      const node = nodeOf(model, element, span, around(span.from), around(span.to))
      blocks.push({ ...changed, excerpt: excerptOf(node ? ownRuns(node) : []) })
    }
    return { upto: timeline.seqs[to] ?? 0, writers: timeline.writers, blocks }
  }

  /** How to bring the log, or a block, back to a moment; or (`undo`) to be rid of one update. */
  restorePlan(seq: Seq, undo: boolean, block: string | undefined): Restoring {
    const { timeline, model } = this
    const turn = timeline.turnOf(seq)
    const plan = planRestore(model, { turn, undo, block })
    return { plan, momentAt: timeline.ats[turn] ?? 0, known: turn > 0 && seq <= timeline.seq }
  }

  who(ranges: readonly CharacterRange[]) {
    return { writers: this.timeline.writers, runs: whoWrote(this.timeline, ranges) }
  }
}

/** The text of a block itself, without that of the blocks in it. */
function ownRuns({ runs, children }: HistoryNode): HistoryRun[] {
  const inner = children.filter(({ type }) => !isNamed({ name: type })).flatMap(ownRuns)
  return [...runs, ...inner]
}
