import type { RequestHandler } from 'express'

/** One figure for Prometheus. `counter` only grows. */
export type Metric = { name: string; help: string; type: 'counter' | 'gauge'; value: number }

/** `GET /metrics` in the text exposition format 0.0.4, for this machine alone; others learn nothing. */
export const serveMetrics =
  (read: () => readonly Metric[]): RequestHandler =>
  (req, res, next) => {
    const direct = req.headers['x-forwarded-for'] === undefined && req.headers['forwarded'] === undefined
    if (!direct || !isLoopback(req.socket.remoteAddress)) {
      next()
      return
    }
    const lines = [...processMetrics(), ...read()].map(
      ({ name, help, type, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`,
    )
    res.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
    res.send(lines.join(''))
  }

function processMetrics(): Metric[] {
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const started = Date.now() / 1000 - process.uptime()
  return [
    metric('process_resident_memory_bytes', 'Resident memory.', 'gauge', rss),
    metric('nodejs_heap_size_used_bytes', 'Heap in use.', 'gauge', heapUsed),
    metric('process_cpu_seconds_total', 'CPU time, user and system.', 'counter', (user + system) / 1e6),
    metric('process_start_time_seconds', 'Start of the process since epoch.', 'gauge', started),
  ]
}

const metric = (name: string, help: string, type: Metric['type'], value: number): Metric => ({
  name,
  help,
  type,
  value,
})

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address)
