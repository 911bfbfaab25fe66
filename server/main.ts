import { enableCompileCache } from 'node:module'
import { help, readCommand, readConfig } from './config.ts'
import { createLog, faultOf } from './log.ts'
import { StartError } from './start-error.ts'
import { readTask, runTask } from './tasks.ts'

// The sources run as they are; what was compiled of them last time need not be compiled again.
enableCompileCache()

/** The composition root: the only reader of the environment and the command line. */
async function main(): Promise<number> {
  const task = readTask(process.argv.slice(2))
  if (task) {
    const config = readConfig(process.env)
    return runTask(task, { config, log: createLog({ logLevel: 'warn' }, process.stdout.isTTY === true) })
  }
  const command = readCommand(process.argv.slice(2))
  if (command === 'help') {
    process.stdout.write(help())
    return 0
  }
  const config = readConfig(process.env)
  const log = createLog(config, process.stdout.isTTY === true)

  // Only now: help and bad settings should not wait for everything to load.
  const { rebuild, serve } = await import('./serve.ts')
  if (command === 'rebuildProjection') {
    await rebuild({ config, log })
    log.info('All rows are derived again from the logs.')
    return 0
  }

  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort())
  }
  process.on('unhandledRejection', (error) => log.error(faultOf(error), 'unhandled rejection'))
  process.on('uncaughtException', (error) => {
    log.fatal(faultOf(error), 'uncaught exception')
    process.exit(1)
  })

  const running = await serve({ config, log })
  log.info(`Stafett is open on ${running.url}`)
  await new Promise<void>((resolve) => {
    if (stopping.signal.aborted) resolve()
    else stopping.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  log.info('Stopping …')
  await running.stop()
  log.info('Stopped.')
  return 0
}

try {
  process.exit(await main())
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
