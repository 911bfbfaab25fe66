import { z } from 'zod'
import { median } from './statistics.ts'

/** One line of the table: what is measured, in what, and what we aim at. */
export type Metric = {
  readonly key: string
  readonly title: string
  readonly unit: string
  readonly digits: number
}

/** Samples of every metric and system, one a round. */
export class Report {
  readonly #samples = new Map<string, Map<string, number[]>>()

  /** Where the load was the limit: the figure is a lower bound. */
  readonly #atLeast = new Set<string>()

  atLeast(metric: string, system: string): void {
    this.#atLeast.add(`${metric} ${system}`)
  }

  add(metric: string, system: string, value: number): void {
    const systems = this.#samples.get(metric) ?? new Map<string, number[]>()
    this.#samples.set(metric, systems.set(system, [...(systems.get(system) ?? []), value]))
  }

  samples(metric: string, system: string): readonly number[] {
    return this.#samples.get(metric)?.get(system) ?? []
  }

  /** The median of the rounds and their range; a dash where there is nothing to measure. */
  cell(metric: Metric, system: string): string {
    const samples = this.samples(metric.key, system).filter((value) => !Number.isNaN(value))
    if (samples.length === 0) return '–'
    const round = (value: number) => value.toLocaleString('en', { maximumFractionDigits: metric.digits })
    const range = `${round(Math.min(...samples))}…${round(Math.max(...samples))}`
    const bound = this.#atLeast.has(`${metric.key} ${system}`) ? '≥ ' : ''
    return `${bound}${round(median(samples))} ${metric.unit}${samples.length > 1 ? ` (${range})` : ''}`
  }

  toJSON(): z.infer<typeof Samples> {
    const samples = [...this.#samples].map(([key, systems]) => [key, Object.fromEntries(systems)])
    return { samples: Object.fromEntries(samples), atLeast: [...this.#atLeast] }
  }

  /** Takes in what another report had written, before our own. */
  takeIn(json: unknown): void {
    const { samples, atLeast } = Samples.parse(json)
    for (const [metric, systems] of Object.entries(samples))
      for (const [system, values] of Object.entries(systems))
        for (const value of values) this.add(metric, system, value ?? Number.NaN)
    for (const bound of atLeast) this.#atLeast.add(bound)
  }
}

/** What is written to the file; JSON has no NaN. */
const Samples = z.object({
  samples: z.record(z.string(), z.record(z.string(), z.array(z.number().nullable()))),
  atLeast: z.array(z.string()),
})

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  const [head = [], ...body] = rows
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n')
}

/** The same as a table in Markdown. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`
  const [head = [], ...body] = rows
  return [
    line(head),
    line(head.map(() => '---')),
    ...body.map((row) => line(row.map((cell) => cell.trim()))),
  ].join('\n')
}
