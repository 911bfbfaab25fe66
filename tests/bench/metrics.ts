import { type AimedMetric, atLeast, atMost, beside, under } from './aims.ts'
import { hocuspocusInMemory, hocuspocusSqlite } from './hocuspocus.ts'
import { ownMetrics } from './own-metrics.ts'
import { stafett } from './stafett.ts'

const ms = { unit: 'ms', digits: 1 }
const kB = { unit: 'kB', digits: 0 }
const bytes = { unit: 'bytes', digits: 0 }
const perSecond = { unit: 'edits/s', digits: 0 }

const underLoad = (key: string, where: string): readonly AimedMetric[] => [
  {
    key: `sustained${key}`,
    title: `edits a second with p99 < 100 ms, ${where}`,
    ...perSecond,
    aim: beside(`sustained${key}`, hocuspocusInMemory, 'at least 0.75 × Hocuspocus in memory', atLeast(0.75)),
  },
  {
    key: `processor${key}`,
    title: `processor time an edit at 900 edits/s, ${where}`,
    unit: 'ms',
    digits: 3,
    aim: beside(`processor${key}`, hocuspocusInMemory, 'within 1.3 × Hocuspocus in memory', atMost(1.3)),
  },
  { key: `steadyP99${key}`, title: `arrival p99 at 900 edits/s, ${where}`, ...ms },
  { key: `steadySavedP50${key}`, title: `“saved” p50 at 900 edits/s, ${where}`, ...ms },
  {
    key: `steadySavedP99${key}`,
    title: `“saved” p99 at 900 edits/s, ${where}`,
    ...ms,
    aim: under(`steadySavedP99${key}`, 20, 'at most 20 ms'),
  },
]

/** Everything that is measured, in the order of the table, with what we aim at. */
export const metrics: readonly AimedMetric[] = [
  {
    key: 'arrivalP50',
    title: 'arrival at nine others, p50',
    ...ms,
    digits: 2,
    aim: beside('arrivalP50', hocuspocusInMemory, 'within 1.5 × Hocuspocus in memory', atMost(1.5)),
  },
  { key: 'arrivalP99', title: 'arrival at nine others, p99', ...ms },
  { key: 'savedP50', title: '“saved”, p50', ...ms },
  { key: 'savedP99', title: '“saved”, p99', ...ms, aim: under('savedP99', 25, 'under 25 ms') },
  ...underLoad('1', 'one document'),
  ...underLoad('300', '300 documents'),
  { key: 'rate', title: 'flat out, ten writers with documents of their own', ...perSecond },
  {
    key: 'keyPress',
    title: 'processor time for a key press in 60 kB',
    unit: 'ms',
    digits: 2,
    aim: under('keyPress', 1, 'under 1 ms'),
  },
  { key: 'wireUp', title: 'bytes for a key press, to the server', ...bytes },
  { key: 'wireBack', title: 'bytes for a key press, back to the writer', ...bytes },
  { key: 'wireOn', title: 'bytes for a key press, to each other person', ...bytes },
  { key: 'open20k', title: 'first open, 20,000 edits', ...ms },
  {
    key: 'open200k',
    title: 'first open, 200,000 edits, from the checkpoint',
    ...ms,
    aim: beside('open200k', hocuspocusSqlite, 'no slower than Hocuspocus + SQLite', atMost(1)),
  },
  { key: 'tail200k', title: '  from a checkpoint and a tail of half of them', ...ms },
  {
    key: 'alone200k',
    title: '  from the updates alone',
    ...ms,
    aim: beside('alone200k', hocuspocusSqlite, 'within 2 × Hocuspocus + SQLite', atMost(2), 'open200k'),
  },
  {
    key: 'sentOnce',
    title: '  bytes received for it, of its content',
    unit: '×',
    digits: 2,
    aim: under('sentOnce', 1.5, 'content sent once'),
  },
  {
    key: 'history',
    title: 'history of 200,000 edits opened',
    ...ms,
    aim: under('history', 1000, 'under 1 s'),
  },
  { key: 'momentP50', title: '  any moment, p50', ...ms },
  {
    key: 'momentMost',
    title: '  any moment, the slowest of 12',
    ...ms,
    aim: under('momentMost', 300, 'under 300 ms'),
  },
  { key: 'memory', title: 'memory of an open log (20,000 edits)', ...kB },
  { key: 'memoryConnection', title: 'memory of a connection', ...kB },
  { key: 'promised', title: 'edits saved or passed on before a kill -9', unit: '', digits: 0 },
  {
    key: 'lost',
    title: '  of them gone after it',
    unit: '',
    digits: 0,
    aim: {
      text: 'none, ever',
      // Not the median: one edit in one round is too many.
      met: (report) => {
        const lost = report.samples('lost', stafett.name)
        return lost.length > 0 ? lost.every((edits) => edits === 0) : undefined
      },
    },
  },
  ...ownMetrics,
]
