import { parseArgs } from 'node:util'
import { ensureBuilt } from '../server/launch/build.mjs'
import { ensureInstalled, toolEnvironment } from '../server/launch/install.mjs'
import { run } from '../server/launch/process.mjs'

/**
 * `npm run fuzz -- --seed N --runs N --rounds N [file]`: the random tests, longer; the same seed walks the same way.
 * Without `--runs` each goes its long way: 1,000 kills, 10,000 faults of the line, 1,000,000 malformed frames, 2,000
 * schedules of five editors.
 */
const { values, positionals: filters } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string' },
    rounds: { type: 'string' },
  },
  allowPositionals: true,
})

async function fuzz() {
  if (!(await ensureInstalled()) || !(await ensureBuilt())) return 1
  console.log(`seed ${values.seed}, ${values.runs ?? 'as many as it takes'} runs`)
  const env = {
    ...toolEnvironment(),
    FUZZ_SEED: values.seed,
    FUZZ_LONG: '1',
    ...(values.runs ? { FUZZ_RUNS: values.runs } : {}),
    ...(values.rounds ? { FUZZ_ROUNDS: values.rounds } : {}),
  }
  const args = ['run', '--config', 'tests/vitest.config.ts', '--testTimeout=0', '--reporter=verbose']
  return run('vitest', [...args, ...(filters.length > 0 ? filters : ['.fuzz.ts'])], { env })
}

process.exit(await fuzz())
