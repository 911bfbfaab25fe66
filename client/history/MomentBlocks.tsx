import { ArrowUndoIcon } from '@navikt/aksel-icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Byline } from '../../shared/collab/protocol.ts'
import type { HistoryNode, HistoryWriter } from '../../shared/history.ts'
import { useMe, useServices } from '../api/queries.ts'
import { type LineSign, signLines } from '../case-log/line-signs.ts'
import { inServiceColours } from '../ui/service.ts'
import { type Drawing, DrawingContext, useDrawing } from './drawing.ts'
import { Box, Evaluation, Goal, Measure } from './MomentBoxes.tsx'
import { MomentRuns } from './MomentRuns.tsx'

/** The log as it stood, looking as the log does, without an editor. */
export function MomentBlocks({ blocks, drawing }: { blocks: readonly HistoryNode[]; drawing: Drawing }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const { writers } = drawing
  const goals = blocks.filter(({ type, state }) => type === 'goal' && state !== 'deleted')
  const signs = signLines(
    blocks.map((node) => ({
      key: node.key,
      byline: signed.has(node.type) ? bylineOf(node, writers) : undefined,
    })),
    {
      me: me.id,
      now: Date.now(),
      language: i18n.language,
      t,
      name: (person) => writers.find((writer) => writer.person === person)?.name ?? '',
      writing: () => [],
    },
  )
  return (
    <DrawingContext value={drawing}>
      {blocks.map((node, at) => (
        <Top key={node.key} node={node} number={goals.indexOf(node) + 1} sign={signs[at]} />
      ))}
    </DrawingContext>
  )
}

const boxes = new Set(['goal', 'measure', 'evaluation', 'concern', 'decision'])
/** As in the log: anything else says inside itself who is behind it. */
const signed = new Set(['paragraph', 'bulletList', 'orderedList'])

/** A block on the paper: who wrote it beside and below it, and how to bring it back. */
function Top({ node, number, sign }: { node: HistoryNode; number: number; sign: LineSign | undefined }) {
  const services = useServices()
  const service = services.find(({ id }) => id === sign?.service)
  return (
    <div
      className={boxes.has(node.type) ? `node-${node.type} moment-block` : 'line moment-block'}
      data-state={node.state}
      data-tile={sign?.tile ? service?.tile : undefined}
      data-byline={sign?.label || undefined}
      {...(service
        ? inServiceColours(service, {
            '--label-solid': service.colour.solid,
            '--label-text': service.colour.text,
          })
        : {})}
    >
      <Block node={node} number={number} />
      <RestoreButton node={node} />
    </div>
  )
}

/** Who wrote in a block and what is in it, and when last; nobody did in one that is only shown as it went. */
function bylineOf(node: HistoryNode, writers: readonly HistoryWriter[]): Byline | undefined {
  const inside = (one: HistoryNode): HistoryNode[] => [one, ...one.children.flatMap(inside)]
  const all = inside(node)
  const [main, ...others] = [...new Set(all.flatMap((one) => one.writers))].flatMap((at) => writers[at] ?? [])
  if (!main || node.state === 'deleted') return undefined
  const at = Math.max(...all.map((one) => one.at ?? 0))
  return { key: node.key, person: main.person, service: main.service, at, others }
}

function RestoreButton({ node }: { node: HistoryNode }) {
  const { t } = useTranslation()
  const { restore } = useDrawing()
  if (!restore) return null
  const block = isKnown(node.type) ? t(`blocks.block.${node.type}`) : t('blocks.block.paragraph')
  return (
    <button
      type="button"
      className="moment-restore"
      aria-label={t('history.restore.blockOf', { block })}
      title={t('history.restore.blockOf', { block })}
      onClick={({ currentTarget }) => restore(node, currentTarget)}
    >
      <ArrowUndoIcon aria-hidden />
    </button>
  )
}

const known = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'goal',
  'measure',
  'evaluation',
  'concern',
  'decision',
] as const
const isKnown = (type: string): type is (typeof known)[number] => known.some((one) => one === type)

function Block({ node, number }: { node: HistoryNode; number: number }): ReactNode {
  switch (node.type) {
    case 'goal':
      return (
        <Goal node={node} number={number}>
          <Inside node={node} />
        </Goal>
      )
    case 'measure':
      return <Measure node={node} />
    case 'evaluation':
      return <Evaluation node={node} />
    case 'concern':
    case 'decision':
      return (
        <Box node={node}>
          <Inside node={node} />
        </Box>
      )
    default:
      return <Prose node={node} />
  }
}

function Inside({ node }: { node: HistoryNode }) {
  return node.children.map((child) =>
    boxes.has(child.type) ? (
      <div key={child.key} className={`node-${child.type} moment-block`} data-state={child.state}>
        <Block node={child} number={0} />
        <RestoreButton node={child} />
      </div>
    ) : (
      <Prose key={child.key} node={child} />
    ),
  )
}

function Prose({ node }: { node: HistoryNode }) {
  const { writers } = useDrawing()
  const runs = <MomentRuns runs={node.runs} writers={writers} />
  const shown = node.runs.length > 0 ? runs : <br />
  switch (node.type) {
    case 'heading':
      return node.fields['level'] === 3 ? <h3>{shown}</h3> : <h2>{shown}</h2>
    case 'goalTitle':
      return <p data-block="goal-title">{shown}</p>
    case 'bulletList':
      return (
        <ul>
          <Inside node={node} />
        </ul>
      )
    case 'orderedList':
      return (
        <ol>
          <Inside node={node} />
        </ol>
      )
    case 'listItem':
      return (
        <li>
          <Inside node={node} />
        </li>
      )
    default:
      return <p>{shown}</p>
  }
}
