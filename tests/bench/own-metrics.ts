import { type AimedMetric, under } from './aims.ts'

const ms = { unit: 'ms', digits: 1 }
const MB = { unit: 'MB', digits: 1 }
const seconds = { unit: 's', digits: 1 }
const kB = { unit: 'kB', digits: 0 }

/** What is measured of Stafett alone: logs at rest, and the browser. */
export const ownMetrics: readonly AimedMetric[] = [
  { key: 'yearsDisk', title: 'five years (500,000 updates, 40 people): disk', ...MB },
  { key: 'yearsCheckpoint', title: '  of it the checkpoint', ...MB },
  { key: 'yearsMemory', title: '  memory of the open log', ...MB },
  { key: 'years-checkpoint', title: '  opened from the checkpoint', ...ms },
  { key: 'years-alone', title: '  opened from the updates alone', ...ms },
  { key: 'years-verify', title: '  npm run verify', ...seconds },
  { key: 'years-backup', title: '  npm run backup', ...seconds },
  { key: 'fewStored', title: 'memory with 300 logs stored, none open', ...MB },
  { key: 'fewOpen', title: '  with all 300 open', ...MB },
  { key: 'manyStored', title: 'memory with 10,000 logs stored, none open', ...MB },
  { key: 'manyOpen', title: '  with 300 open', ...MB },
  {
    key: 'click200k',
    title: '200,000 edits, from the click on its row to text on screen',
    ...ms,
    aim: under('click200k', 500, 'under 500 ms'),
  },
  { key: 'screen200k', title: '  from its address, the app not running yet', ...ms },
  { key: 'paintP50', title: 'key press to paint, p50', ...ms },
  { key: 'paintP95', title: 'key press to paint, p95', ...ms },
  {
    key: 'ownP95',
    title: '  of it the app’s own share, p95',
    ...ms,
    aim: under('ownP95', 16, 'under 16 ms'),
  },
  {
    key: 'meetingOpen',
    title: 'opening a meeting of 12 goals and 60 measures',
    ...ms,
    aim: under('meetingOpen', 1000, 'under 1 s'),
  },
  { key: 'tapP50', title: 'tap on the scale to nine other screens, p50', ...ms },
  {
    key: 'tapP99',
    title: 'tap on the scale to nine other screens, p99',
    ...ms,
    aim: under('tapP99', 150, 'under 150 ms'),
  },
  {
    key: 'threadsScroll',
    title: '10,000 words and 500 threads, scrolled: longest task',
    ...ms,
    aim: under('threadsScroll', 100, 'under 100 ms'),
  },
  {
    key: 'threadsType',
    title: '  typed in: longest task',
    ...ms,
    aim: under('threadsType', 100, 'under 100 ms'),
  },
  { key: 'threadsOwn', title: '  the app’s own share of a key press, p95', ...ms },
  {
    key: 'overviewWeight',
    title: 'JavaScript for the overview, gzip',
    ...kB,
    aim: under('overviewWeight', 180, 'under 180 kB'),
  },
  { key: 'logWeight', title: 'JavaScript for a log, gzip', ...kB },
]
