import type { HistoryNode } from '../../shared/history.ts'

/** The text of a history's answer that is in one of these states, in its order. */
export const textIn = (nodes: readonly HistoryNode[], ...states: string[]): string =>
  nodes
    .map(({ runs, children }) => {
      const own = runs.filter(({ state }) => states.includes(state)).map(({ text }) => text)
      return own.join('') + textIn(children, ...states)
    })
    .join('')
