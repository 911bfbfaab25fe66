import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../server/launch/build.mjs'
import { root } from '../server/launch/fingerprint.mjs'
import { ensureInstalled, toolEnvironment } from '../server/launch/install.mjs'
import { run } from '../server/launch/process.mjs'
import { ensureChromium } from './chromium.mjs'

/**
 * @typedef {{ passed: number, failed: number, skipped?: number }} Count
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} PlaywrightReport
 */

const output = join(root, 'tests', 'output')

/** The steps of `npm test`, the quickest to fail first. A word on the command line narrows the tests to files like it. */
const steps = {
  format: { title: 'format and lint', go: () => check('biome', ['check', '--error-on-warnings', '.']) },
  types: { title: 'types', go: () => check('tsc', []) },
  unit: { title: 'unit, property, server and collaboration tests', go: vitest },
  build: { title: 'client build', go: async () => verdict(await ensureBuilt()) },
  journeys: { title: 'browser journeys', go: playwright },
}

const { values, positionals: filters } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
})

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function check(tool, args) {
  return verdict((await run(tool, args, { env: toolEnvironment() })) === 0)
}

/**
 * @param {boolean} good
 * @returns {Count}
 */
function verdict(good) {
  return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** @returns {Promise<Count>} */
async function vitest() {
  const report = freshReport('vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['run', '--config', 'tests/vitest.config.ts', ...reporters, ...narrowed('--passWithNoTests')]
  const code = await run('vitest', args, { env: toolEnvironment() })
  /** @param {VitestReport} counts */
  const read = (counts) => ({
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests,
  })
  return tally(code, report, read)
}

/** @returns {Promise<Count>} */
async function playwright() {
  if (!(await ensureChromium())) {
    console.error(
      'NO BROWSER TESTS WERE RUN: there is no Chromium, and none could be installed. Set CHROMIUM_PATH.',
    )
    return verdict(false)
  }
  const report = freshReport('playwright.json')
  const args = ['test', '--config', 'tests/playwright.config.ts', ...narrowed('--pass-with-no-tests')]
  const code = await run('playwright', args, { env: toolEnvironment() })
  /** @param {PlaywrightReport} report */
  const read = ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  })
  return tally(code, report, read)
}

/** @param {string} name */
function freshReport(name) {
  const report = join(output, name)
  mkdirSync(output, { recursive: true })
  rmSync(report, { force: true })
  return report
}

/** @param {string} emptyIsFine the tool's option for a filter that matches none of its files */
function narrowed(emptyIsFine) {
  return filters.length > 0 ? [...filters, emptyIsFine] : []
}

/**
 * Counts from a machine-readable report. A tool that failed without naming a test (a file that does not load) counts as one.
 * @template Report
 * @param {number} code
 * @param {string} report
 * @param {(json: Report) => Count} read
 * @returns {Count}
 */
function tally(code, report, read) {
  const count = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 }
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

/** @returns {(keyof typeof steps)[]} */
function chosen() {
  const all = /** @type {(keyof typeof steps)[]} */ (Object.keys(steps))
  if (values.only) return all.filter((name) => values.only?.split(',').includes(name))
  return filters.length > 0 ? ['unit', 'build', 'journeys'] : all
}

async function main() {
  if (!(await ensureInstalled())) return 1
  const names = chosen()
  const lines = []
  const total = { passed: 0, failed: 0 }
  for (const [index, name] of names.entries()) {
    console.log(`\n[${index + 1}/${names.length}] ${steps[name].title}`)
    const started = Date.now()
    const { passed, failed, skipped } = await steps[name].go()
    total.passed += passed
    total.failed += failed
    const seconds = `${Math.round((Date.now() - started) / 100) / 10} s`
    const left = skipped ? `, ${skipped} skipped` : ''
    lines.push(
      `  ${failed ? '✗' : '✓'} ${steps[name].title}: ${passed} passed, ${failed} failed${left}, ${seconds}`,
    )
  }
  console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

process.exit(await main())
