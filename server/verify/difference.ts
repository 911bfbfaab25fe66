/** The first thing that is not as it should be: where, and what, in ids and numbers, never in case text. */
export type Difference = {
  /** Name of a document, `audit`, or `meeting` and its id. */
  where: string
  /** Sequence number of the update, or of the audit row; 0 for a meeting. */
  seq: number
  what: string
}

export const described = ({ where, seq, what }: Difference): string =>
  where === 'audit'
    ? `audit row ${seq}: ${what}`
    : seq === 0
      ? `${where}: ${what}`
      : `${where}, update ${seq}: ${what}`

/** Rows come in pages: a log of years does not fit into one answer. */
export const PAGE = 5000
